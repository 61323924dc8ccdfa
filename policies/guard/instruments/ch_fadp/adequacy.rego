# FADP Art. 16(1): states in Annex 1 of the Data Protection Ordinance.
package guard.instruments.ch_fadp

import data.guard.lib

# METADATA
# title: The Federal Council has found the protection adequate
# description: >-
#   Every state that the data would reach stands in Annex 1 of the Ordinance, and its condition is met: for the
#   United States the recipient is certified under the Swiss-US Data Privacy Framework.
# custom:
#   id: ch_fadp.adequacy
#   kind: permit
#   cites: ["FADP Art. 16(1)", "DPO Art. 8, Annex 1"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ch_fadp.adequacy",
	"instrument": "ch_fadp",
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
	lib.in_force("ch_fadp.adequacy")
	every place in abroad {
		count(object.get(adequacy, place, set())) > 0
	}
}

adequacy[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.ch_fadp[place]
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
	some place, home in data.tables.territories.ch_fadp
	home
}

free_places contains place if {
	some place, rows in data.tables.adequacy.ch_fadp
	some row in rows
	row.requires == "none"
	row.revoked == false
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}
