# UK GDPR Art. 45A: countries that adequacy regulations cover.
package guard.instruments.uk_gdpr

import data.guard.lib

# METADATA
# title: Adequacy regulations cover the receiver
# description: >-
#   Every country that the data would reach is covered by regulations of the Secretary of State, or by a decision
#   that they carry on, and their condition is met: for the United States the receiver takes part in the UK
#   Extension.
# custom:
#   id: uk_gdpr.adequacy
#   kind: permit
#   cites: ["UK GDPR Art. 45A", "DPA 2018 Sch. 21"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.adequacy",
	"instrument": "uk_gdpr",
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
	lib.in_force("uk_gdpr.adequacy")
	every place in abroad {
		count(object.get(adequacy, place, set())) > 0
	}
}

adequacy[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.uk_gdpr[place]
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

confine := sort(free_places)

free_places contains place if {
	some place, home in data.tables.territories.uk_gdpr
	home
}

free_places contains place if {
	some place, rows in data.tables.adequacy.uk_gdpr
	some row in rows
	row.requires == "none"
	row.revoked == false
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}
