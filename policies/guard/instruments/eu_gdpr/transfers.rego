# GDPR Chapter V: may personal data go where this destination is?
# Order of the law: no third country, adequacy (Art. 45), safeguards (Art. 46), derogation (Art. 49).
package guard.instruments.eu_gdpr

import data.guard.lib

# Third countries that the data would reach.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.eu_gdpr[place]
}

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted. Anonymous information is
#   outside the Regulation.
# custom:
#   id: eu_gdpr.no_personal_data
#   kind: permit
#   cites: ["GDPR Art. 4(1)", "GDPR Rec. 26"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.no_personal_data",
	"instrument": "eu_gdpr",
	"mechanism": "no_personal_data",
	"authority": "GDPR Rec. 26",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_gdpr.no_personal_data")
	count(lib.personal) == 0
}

# METADATA
# title: The data stay within the European Economic Area
# description: >-
#   Storage, processing and support access are all inside the EEA, so there is no transfer to a third country,
#   whoever owns the operator.
# custom:
#   id: eu_gdpr.within_eea
#   kind: permit
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.within_eea",
	"instrument": "eu_gdpr",
	"mechanism": "within_eea",
	"authority": "GDPR Art. 44",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_gdpr.within_eea")
	count(abroad) == 0
	not lib.stays
}

# METADATA
# title: The data stay on a device of the operator's own
# description: >-
#   The destination is a device of the operator's own at the place where the data already are. Nobody receives
#   them and they cross no border.
# custom:
#   id: eu_gdpr.own_device
#   kind: permit
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.own_device",
	"instrument": "eu_gdpr",
	"mechanism": "own_device",
	"authority": "GDPR Art. 44",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_gdpr.own_device")
	lib.stays
}

# METADATA
# title: The Commission has found the protection adequate
# description: >-
#   Every third country that the data would reach is covered by an adequacy decision that is in force and whose
#   condition is met: for the United States the recipient is on the Data Privacy Framework list, for Canada it is
#   subject to PIPEDA.
# custom:
#   id: eu_gdpr.adequacy
#   kind: permit
#   cites: ["GDPR Art. 45(1)", "GDPR Art. 45(3)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.adequacy",
	"instrument": "eu_gdpr",
	"mechanism": "adequacy",
	"authority": ground.authority,
	"valid_until": ground.valid_until,
	"confidence": lib.weakest(ground.confidence, input.destination.confidence),
} if {
	adequate_everywhere
	some place in abroad
	some ground in adequacy[place]
}

adequate_everywhere if {
	lib.in_force("eu_gdpr.adequacy")
	every place in abroad {
		count(object.get(adequacy, place, set())) > 0
	}
}

# Adequacy decisions that stand for a place on the date of the transfer and for this recipient.
adequacy[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.eu_gdpr[place]
		in_time(row)
		met(row.requires)
	}
}

in_time(row) if {
	row.revoked == false
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}

met("none") := true

met(safeguard) if lib.on_file(safeguard)

# METADATA
# title: Standard contractual clauses are on file
# description: >-
#   The recipient has signed the Commission's standard contractual clauses, a transfer impact assessment is on
#   file, and the recipient says where it stores and processes: an assessment of an unknown country is none.
# custom:
#   id: eu_gdpr.standard_clauses
#   kind: permit
#   cites: ["GDPR Art. 46(2)(c)", "Decision (EU) 2021/914", "CJEU C-311/18"]
#   since: "2021-06-27"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.standard_clauses",
	"instrument": "eu_gdpr",
	"mechanism": "scc",
	"authority": "Decision (EU) 2021/914",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	safeguarded_by.scc_2021_914
}

# METADATA
# title: Binding corporate rules are on file
# description: >-
#   The recipient belongs to a group with approved binding corporate rules, and a transfer impact assessment of
#   the countries that it names is on file.
# custom:
#   id: eu_gdpr.binding_corporate_rules
#   kind: permit
#   cites: ["GDPR Art. 46(2)(b)", "GDPR Art. 47", "CJEU C-311/18"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.binding_corporate_rules",
	"instrument": "eu_gdpr",
	"mechanism": "bcr",
	"authority": "GDPR Art. 47",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	safeguarded_by.bcr
}

# METADATA
# title: An approved code of conduct or certification is on file
# description: >-
#   The recipient has made binding commitments under an approved code of conduct or certification, and a
#   transfer impact assessment of the countries that it names is on file.
# custom:
#   id: eu_gdpr.code_or_certification
#   kind: permit
#   cites: ["GDPR Art. 46(2)(e)", "GDPR Art. 46(2)(f)", "CJEU C-311/18"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.code_or_certification",
	"instrument": "eu_gdpr",
	"mechanism": "code_or_certification",
	"authority": "GDPR Art. 46(2)(e), (f)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	safeguarded_by.code_or_certification
}

# Art. 46 safeguards that hold here: the instrument and its assessment are on file, the places are named.
safeguarded_by contains safeguard if {
	lib.on_file("tia")
	lib.places_named
	some rule, safeguard in safeguards
	lib.in_force(rule)
	lib.on_file(safeguard)
}

safeguards := {
	"eu_gdpr.standard_clauses": "scc_2021_914",
	"eu_gdpr.binding_corporate_rules": "bcr",
	"eu_gdpr.code_or_certification": "code_or_certification",
}

# METADATA
# title: A derogation for specific situations is claimed
# description: >-
#   The operator declares that a derogation applies, for instance explicit consent to this transfer after
#   information about its risks. It serves occasional transfers only, so a person has to confirm each.
# custom:
#   id: eu_gdpr.derogation
#   kind: permit
#   cites: ["GDPR Art. 49(1)", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.derogation",
	"instrument": "eu_gdpr",
	"mechanism": "derogation",
	"authority": "GDPR Art. 49(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("eu_gdpr.derogation")
	third_country_without_ground
	lib.declared("eu_gdpr.art49_derogation")
}

third_country_without_ground if {
	count(lib.personal) > 0
	count(abroad) > 0
	not adequate_everywhere
	count(safeguarded_by) == 0
}

# METADATA
# title: No ground for a transfer to this third country
# description: >-
#   The data would reach a country outside the EEA that has no adequacy decision in force for this recipient,
#   and no safeguard with a transfer impact assessment is on file. Not knowing the country counts as outside.
# custom:
#   id: eu_gdpr.no_transfer_ground
#   kind: barrier
#   cites: ["GDPR Art. 44", "GDPR Art. 45", "GDPR Art. 46"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.no_transfer_ground",
	"instrument": "eu_gdpr",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	lib.in_force("eu_gdpr.no_transfer_ground")
	third_country_without_ground
	not lib.declared("eu_gdpr.art49_derogation")
}

# METADATA
# title: A derogation needs a person's confirmation
# description: >-
#   Derogations are exceptions for occasional transfers and must not become the rule. A pipeline is systematic
#   by nature, so each use is reviewed and the assessment is documented.
# custom:
#   id: eu_gdpr.derogation_review
#   kind: barrier
#   cites: ["GDPR Art. 49(1)", "GDPR Art. 49(6)", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.derogation_review",
	"instrument": "eu_gdpr",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": confine,
} if {
	lib.in_force("eu_gdpr.derogation_review")
	third_country_without_ground
	lib.declared("eu_gdpr.art49_derogation")
}

# Where Chapter V would not stand in the way: the EEA, and countries that are adequate without condition.
confine := sort(free_places)

free_places contains place if {
	some place, home in data.tables.territories.eu_gdpr
	home
}

free_places contains place if {
	some place, rows in data.tables.adequacy.eu_gdpr
	some row in rows
	row.requires == "none"
	in_time(row)
}

# METADATA
# title: The Data Privacy Framework is under appeal
# description: >-
#   The ground is the adequacy decision for the United States, whose validity is before the Court of Justice.
#   Keep standard contractual clauses on file as a fall-back.
# custom:
#   id: eu_gdpr.framework_under_appeal
#   kind: advice
#   cites: ["CJEU C-703/25 P", "Decision (EU) 2023/1795"]
#   since: "2025-10-31"
#   confidence: medium
#   source: https://eur-lex.europa.eu/eli/C/2025/6610/oj/eng
advice contains {"rule": "eu_gdpr.framework_under_appeal", "instrument": "eu_gdpr"} if {
	lib.in_force("eu_gdpr.framework_under_appeal")
	count(lib.personal) > 0
	count(safeguarded_by) == 0
	some row in adequacy.US
	row.requires == "dpf_listed"
}
