# GDPR Art. 45: countries whose protection the Commission has found adequate.
package guard.instruments.eu_gdpr

import data.guard.lib

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
	count(abroad) > 0
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

met(safeguard) if {
	lib.on_file(safeguard)
	not contradicted(safeguard)
}

# The list is public and changes: a statement that the recipient is on it that day is as good as a record on file. Only
# organisations of the United States can be on it, so the statement says nothing of anybody else.
met("dpf_listed") if {
	input.transfer.facts.importer_dpf_listed == true
	lib.country(input.destination.operator) in {"US", "unknown"}
}

contradicted("dpf_listed") if input.transfer.facts.importer_dpf_listed == false

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
	"US" in abroad
	count(subjects) > 0
	count(safeguarded_by) == 0
	lib.in_force("eu_gdpr.framework_under_appeal")
	some row in adequacy.US
	row.requires == "dpf_listed"
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
	row.revoked == false
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}
