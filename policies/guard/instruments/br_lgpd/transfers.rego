# LGPD Art. 33 to 36 and Resolution CD/ANPD 19/2024: the mechanisms of an international transfer.
package guard.instruments.br_lgpd

import data.guard.lib

# METADATA
# title: The ANPD has found the protection adequate
# description: >-
#   Every country that the data would reach is covered by a decision of the ANPD in force. The European Union is, by
#   mutual decision of January 2026.
# custom:
#   id: br_lgpd.adequacy
#   kind: permit
#   cites: ["LGPD Art. 33(I)", "LGPD Art. 34"]
#   since: "2020-09-18"
#   confidence: medium
#   source: https://www.stevens-bolton.com/insights/102mh6r/eu-and-brazil-adopt-mutual-adequacy-decisions
permits contains {
	"rule": "br_lgpd.adequacy",
	"instrument": "br_lgpd",
	"mechanism": "adequacy",
	"authority": decision.authority,
	"valid_until": decision.valid_until,
	"confidence": lib.weakest(decision.confidence, input.destination.confidence),
} if {
	adequate_everywhere
	some place in abroad
	some decision in adequacy[place]
}

adequacy[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.br_lgpd[place]
		row.revoked == false
		row.requires == "none"
		row.valid_from <= input.transfer.time
		input.transfer.time < row.valid_until
	}
}

adequate_everywhere if {
	lib.in_force("br_lgpd.adequacy")
	transferred
	every place in abroad {
		count(object.get(adequacy, place, set())) > 0
	}
}

# METADATA
# title: Specific and highlighted consent to the transfer
# description: >-
#   Every data subject consented specifically and in highlighted form to the transfer, told beforehand that it is
#   international and apart from other purposes.
# custom:
#   id: br_lgpd.consent
#   kind: permit
#   cites: ["LGPD Art. 33(VIII)"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "br_lgpd.consent",
	"instrument": "br_lgpd",
	"mechanism": "consent",
	"authority": "LGPD Art. 33(VIII)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	transferred
	consented
}

consented if {
	lib.in_force("br_lgpd.consent")
	lib.declared("br_lgpd.transfer_consent")
}

# METADATA
# title: The transfer is necessary for a named purpose
# description: >-
#   Legal cooperation, the protection of life, a commitment of cooperation, public policy, a legal obligation, a
#   contract or the exercise of rights needs the transfer.
# custom:
#   id: br_lgpd.necessity
#   kind: permit
#   cites: ["LGPD Art. 33(III)", "LGPD Art. 33(IV)", "LGPD Art. 33(IX)"]
#   since: "2020-09-18"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "br_lgpd.necessity",
	"instrument": "br_lgpd",
	"mechanism": "derogation",
	"authority": "LGPD Art. 33(III)-(VII), (IX)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	needed
}

needed if {
	lib.in_force("br_lgpd.necessity")
	lib.declared("br_lgpd.transfer_necessity")
}

grounded if adequate_everywhere

grounded if standard_clauses

grounded if earlier_clauses

grounded if specific_clauses

grounded if corporate_rules

grounded if consented

grounded if needed

# METADATA
# title: No mechanism for an international transfer
# description: >-
#   Personal data would leave Brazil for a country without an adequacy decision, and neither the ANPD's clauses,
#   approved rules, specific consent nor a named necessity is stated.
# custom:
#   id: br_lgpd.no_transfer_ground
#   kind: barrier
#   cites: ["LGPD Art. 33"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "br_lgpd.no_transfer_ground",
	"instrument": "br_lgpd",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	lib.in_force("br_lgpd.no_transfer_ground")
	transferred
	not grounded
}

# Brazil, and every place with a decision in force.
confine := sort(home | adequate)

home contains place if {
	some place, inside in data.tables.territories.br_lgpd
	inside
}

adequate contains place if {
	some place, rows in data.tables.adequacy.br_lgpd
	some row in rows
	row.revoked == false
	row.requires == "none"
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}

# METADATA
# title: Describe international transfers on the website
# description: >-
#   The controller publishes a document in plain Portuguese on what is transferred, to which country, for how long, for
#   what purpose and who answers for it.
# custom:
#   id: br_lgpd.publication
#   kind: obligation
#   cites: ["Resolution CD/ANPD 19/2024 Art. 17", "LGPD Art. 9"]
#   since: "2024-08-23"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "br_lgpd.publication",
	"instrument": "br_lgpd",
	"days": 0,
	"declaration": "br_lgpd.transfer_published",
} if {
	lib.in_force("br_lgpd.publication")
	transferred
}

# METADATA
# title: Keep the record of the transfer
# description: Controllers and processors keep a record of processing, of which the transfer is a part.
# custom:
#   id: br_lgpd.record
#   kind: obligation
#   cites: ["LGPD Art. 37"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "br_lgpd.record",
	"instrument": "br_lgpd",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("br_lgpd.record")
	transferred
}

# METADATA
# title: How far the adequacy decision for the Union reaches was not verified
# description: >-
#   The number and the day of the decision, and whether it covers the whole European Economic Area, were not checked.
#   Keep the ANPD's clauses on file as a fall-back.
# custom:
#   id: br_lgpd.adequacy_reach
#   kind: advice
#   cites: ["LGPD Art. 33(I)"]
#   since: "2026-02-01"
#   confidence: medium
#   source: https://www.stevens-bolton.com/insights/102mh6r/eu-and-brazil-adopt-mutual-adequacy-decisions
advice contains {"rule": "br_lgpd.adequacy_reach", "instrument": "br_lgpd"} if {
	lib.in_force("br_lgpd.adequacy_reach")
	adequate_everywhere
	not standard_clauses
}
