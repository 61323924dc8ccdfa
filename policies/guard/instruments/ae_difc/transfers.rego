# DIFC Law 5/2020 Art. 26 to 28: transfers out of the Dubai International Financial Centre.

# METADATA
# scope: package
# title: Data Protection Law of the Dubai International Financial Centre
# description: >-
#   Applies when the operator declares that it is established in the DIFC, a free zone without a code of its own. What
#   leaves the zone for the rest of the Emirates leaves the jurisdiction. Covered are the transfer, special categories,
#   requests of authorities and the notice of autonomous systems.
# custom:
#   cites: ["DIFC Law 5/2020, as amended by DIFC Law 1/2025", "DIFC Data Protection Regulations, Regulation 10"]
#   omits:
#     - "Art. 9, 10, 12: principles, lawful bases and consent are the operator's word"
#     - "Art. 14 to 23: officer, notification, impact assessment, security"
#     - "Art. 27(2)(a), (d), (e): instruments between authorities, codes of conduct and certification"
#     - "Art. 32 to 40: rights of data subjects, breaches"
#     - "Regulation 10: certification, register and officer for autonomous systems"
package guard.instruments.ae_difc

import data.guard.lib

# Emirates and zone share the code: that the recipient is in the zone has to be on file.
in_zone if {
	lib.on_file("difc_recipient")
	every place in lib.places {
		data.tables.territories.ae_difc[place]
	}
}

within if in_zone

within if lib.stays

transferred if {
	count(lib.personal) > 0
	not within
}

# METADATA
# title: No personal data are left
# description: Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: ae_difc.no_personal_data
#   kind: exemption
#   cites: ["DIFC Law 5/2020 Art. 6", "DIFC Law 5/2020 Sch. 1"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_difc.no_personal_data",
	"instrument": "ae_difc",
	"mechanism": "no_personal_data",
	"authority": "DIFC Law 5/2020 Art. 6",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_difc.no_personal_data")
	count(lib.personal) == 0
}

# METADATA
# title: The data stay in the Centre
# description: >-
#   It is on file that the recipient stores, processes and sees the data in the DIFC only, or they stay on the
#   operator's own device.
# custom:
#   id: ae_difc.within_centre
#   kind: exemption
#   cites: ["DIFC Law 5/2020 Art. 26(1)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_difc.within_centre",
	"instrument": "ae_difc",
	"mechanism": "within_territory",
	"authority": "DIFC Law 5/2020 Art. 26(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_difc.within_centre")
	within
}

# METADATA
# title: The Commissioner's list names the destination
# description: >-
#   The operator declares that every jurisdiction that the data would reach is on the Commissioner's list. The
#   list is not kept here, and every place has to be named.
# custom:
#   id: ae_difc.adequacy
#   kind: permit
#   cites: ["DIFC Law 5/2020 Art. 26(2)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: "https://difc-experienceedge-prod-da3wyzvmj.vercel.app/business/registrars-and-commissioners/commissioner-of-data-protection/data-export-and-sharing"
permits contains {
	"rule": "ae_difc.adequacy",
	"instrument": "ae_difc",
	"mechanism": "adequacy",
	"authority": "DIFC Law 5/2020 Art. 26(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	adequate
}

adequate if {
	lib.in_force("ae_difc.adequacy")
	lib.places_named
	lib.declared("ae_difc.adequate_jurisdiction")
}

# METADATA
# title: Standard clauses of the Commissioner
# description: The standard data protection clauses that the Commissioner adopted bind the recipient.
# custom:
#   id: ae_difc.clauses
#   kind: permit
#   cites: ["DIFC Law 5/2020 Art. 27(2)(c)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_difc.clauses",
	"instrument": "ae_difc",
	"mechanism": "standard_clauses",
	"authority": "DIFC Law 5/2020 Art. 27(2)(c)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	contracted
}

contracted if {
	lib.in_force("ae_difc.clauses")
	lib.on_file("difc_clauses")
}

# METADATA
# title: Binding corporate rules
# description: Corporate rules that the Commissioner approved bind the recipient.
# custom:
#   id: ae_difc.corporate_rules
#   kind: permit
#   cites: ["DIFC Law 5/2020 Art. 27(2)(b)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_difc.corporate_rules",
	"instrument": "ae_difc",
	"mechanism": "binding_corporate_rules",
	"authority": "DIFC Law 5/2020 Art. 27(2)(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	ruled
}

ruled if {
	lib.in_force("ae_difc.corporate_rules")
	lib.on_file("difc_corporate_rules")
}

# METADATA
# title: A derogation is claimed
# description: The operator declares that a derogation, or the limited case after it, covers this transfer.
# custom:
#   id: ae_difc.derogation
#   kind: permit
#   cites: ["DIFC Law 5/2020 Art. 27(3)", "DIFC Law 5/2020 Art. 27(4)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_difc.derogation",
	"instrument": "ae_difc",
	"mechanism": "derogation",
	"authority": "DIFC Law 5/2020 Art. 27(3)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_difc.derogation")
	derogated
}

grounded if adequate

grounded if contracted

grounded if ruled

derogated if {
	transferred
	not grounded
	lib.declared("ae_difc.derogation")
}

# METADATA
# title: A derogation needs a person's confirmation
# description: >-
#   Derogations are exceptions for cases, and a pipeline is systematic, so a person confirms each use.
# custom:
#   id: ae_difc.derogation_review
#   kind: barrier
#   cites: ["DIFC Law 5/2020 Art. 27(3)", "DIFC Law 5/2020 Art. 27(4)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_difc.derogation_review",
	"instrument": "ae_difc",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("ae_difc.derogation_review")
	derogated
}

# METADATA
# title: No ground for a transfer out of the Centre
# description: >-
#   Personal data would leave the DIFC, be it for the rest of the Emirates, and neither the Commissioner's list nor
#   clauses, corporate rules or a derogation is stated.
# custom:
#   id: ae_difc.no_transfer_ground
#   kind: barrier
#   cites: ["DIFC Law 5/2020 Art. 26(1)", "DIFC Law 5/2020 Art. 27(1)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_difc.no_transfer_ground",
	"instrument": "ae_difc",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ae_difc.no_transfer_ground")
	transferred
	not grounded
	not derogated
}

# METADATA
# title: Keep the record of the transfer
# description: The record of processing names third countries and the safeguards on which transfers rest.
# custom:
#   id: ae_difc.record
#   kind: obligation
#   cites: ["DIFC Law 5/2020 Art. 15"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "ae_difc.record",
	"instrument": "ae_difc",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("ae_difc.record")
	transferred
}

# METADATA
# title: The amendment of 2025 was not compared
# description: >-
#   The law was amended with effect of 15 July 2025. This reading follows the text before it as far as it is known;
#   compare the rules on transfers before you rely on it.
# custom:
#   id: ae_difc.amendment
#   kind: advice
#   cites: ["DIFC Law 1/2025"]
#   since: "2025-07-15"
#   confidence: low
#   source: general knowledge, not checked against the text
advice contains {"rule": "ae_difc.amendment", "instrument": "ae_difc"} if {
	lib.in_force("ae_difc.amendment")
	transferred
}
