# ADGM Data Protection Regulations 2021, Part V: transfers out of the Abu Dhabi Global Market.

# METADATA
# scope: package
# title: Data Protection Regulations of the Abu Dhabi Global Market
# description: >-
#   Applies when the operator declares an establishment in the ADGM, a free zone without a code of its own. What leaves
#   the zone for the rest of the Emirates leaves the jurisdiction. The Commissioner designates adequate jurisdictions;
#   secondary sources say that the list follows that of the European Union, which is not relied on here. The numbers of
#   the sections are known from secondary sources only.
# custom:
#   cites: ["ADGM Data Protection Regulations 2021"]
#   omits:
#     - "s. 4 to 6: principles, lawful bases and consent are the operator's word"
#     - "s. 10 to 20: rights of data subjects, automated decisions"
#     - "s. 22 to 39: fees, processors, security, breaches, impact assessment, officer"
#     - "s. 42: codes of conduct, certification and instruments between authorities"
package guard.instruments.ae_adgm

import data.guard.lib

in_market if {
	lib.on_file("adgm_recipient")
	every place in lib.places {
		data.tables.territories.ae_adgm[place]
	}
}

within if in_market

within if lib.stays

transferred if {
	count(lib.personal) > 0
	not within
}

# METADATA
# title: No personal data are left
# description: Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: ae_adgm.no_personal_data
#   kind: exemption
#   cites: ["ADGM DPR 2021 s. 3"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_adgm.no_personal_data",
	"instrument": "ae_adgm",
	"mechanism": "no_personal_data",
	"authority": "ADGM DPR 2021 s. 3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_adgm.no_personal_data")
	count(lib.personal) == 0
}

# METADATA
# title: The data stay in the Global Market
# description: >-
#   It is on file that the recipient stores, processes and sees the data in the ADGM only, or they stay on the
#   operator's own device.
# custom:
#   id: ae_adgm.within_market
#   kind: exemption
#   cites: ["ADGM DPR 2021 s. 40"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_adgm.within_market",
	"instrument": "ae_adgm",
	"mechanism": "within_territory",
	"authority": "ADGM DPR 2021 s. 40",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_adgm.within_market")
	within
}

# METADATA
# title: The Commissioner has designated the destination
# description: >-
#   The operator declares that every jurisdiction that the data would reach is designated as adequate. The list is
#   not kept here, and every place has to be named.
# custom:
#   id: ae_adgm.adequacy
#   kind: permit
#   cites: ["ADGM DPR 2021 s. 41"]
#   since: "2021-02-14"
#   confidence: medium
#   source: https://www.kayrouzandassociates.com/insights/cross-border-data-transfers-under-uae-law-in-2026
permits contains {
	"rule": "ae_adgm.adequacy",
	"instrument": "ae_adgm",
	"mechanism": "adequacy",
	"authority": "ADGM DPR 2021 s. 41",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	adequate
}

adequate if {
	lib.in_force("ae_adgm.adequacy")
	lib.places_named
	lib.declared("ae_adgm.adequate_jurisdiction")
}

# METADATA
# title: Standard clauses of the Commissioner
# description: The standard data protection clauses that the Commissioner adopted bind the recipient.
# custom:
#   id: ae_adgm.clauses
#   kind: permit
#   cites: ["ADGM DPR 2021 s. 42"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_adgm.clauses",
	"instrument": "ae_adgm",
	"mechanism": "standard_clauses",
	"authority": "ADGM DPR 2021 s. 42",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	contracted
}

contracted if {
	lib.in_force("ae_adgm.clauses")
	lib.on_file("adgm_clauses")
}

# METADATA
# title: Binding corporate rules
# description: Corporate rules that the Commissioner approved bind the recipient.
# custom:
#   id: ae_adgm.corporate_rules
#   kind: permit
#   cites: ["ADGM DPR 2021 s. 43"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_adgm.corporate_rules",
	"instrument": "ae_adgm",
	"mechanism": "binding_corporate_rules",
	"authority": "ADGM DPR 2021 s. 43",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	ruled
}

ruled if {
	lib.in_force("ae_adgm.corporate_rules")
	lib.on_file("adgm_corporate_rules")
}

grounded if adequate

grounded if contracted

grounded if ruled

derogated if {
	transferred
	not grounded
	lib.declared("ae_adgm.derogation")
}

# METADATA
# title: A derogation is claimed
# description: The operator declares that one of the specific situations covers this transfer.
# custom:
#   id: ae_adgm.derogation
#   kind: permit
#   cites: ["ADGM DPR 2021 s. 44"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_adgm.derogation",
	"instrument": "ae_adgm",
	"mechanism": "derogation",
	"authority": "ADGM DPR 2021 s. 44",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_adgm.derogation")
	derogated
}

# METADATA
# title: A derogation needs a person's confirmation
# description: Derogations are for specific situations and not for a pipeline, so a person confirms each use.
# custom:
#   id: ae_adgm.derogation_review
#   kind: barrier
#   cites: ["ADGM DPR 2021 s. 44"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_adgm.derogation_review",
	"instrument": "ae_adgm",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("ae_adgm.derogation_review")
	derogated
}

# METADATA
# title: No ground for a transfer out of the Global Market
# description: >-
#   Personal data would leave the ADGM, be it for the rest of the Emirates, and neither a designated jurisdiction nor
#   clauses, corporate rules or a derogation is stated.
# custom:
#   id: ae_adgm.no_transfer_ground
#   kind: barrier
#   cites: ["ADGM DPR 2021 s. 40", "ADGM DPR 2021 s. 41", "ADGM DPR 2021 s. 42"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_adgm.no_transfer_ground",
	"instrument": "ae_adgm",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ae_adgm.no_transfer_ground")
	transferred
	not grounded
	not derogated
}

# METADATA
# title: Keep the record of the transfer
# description: The record of processing activities names the transfer, the jurisdiction and the safeguard.
# custom:
#   id: ae_adgm.record
#   kind: obligation
#   cites: ["ADGM DPR 2021 s. 28"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "ae_adgm.record",
	"instrument": "ae_adgm",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("ae_adgm.record")
	transferred
}
