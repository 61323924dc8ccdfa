# What holds whatever the law: the tool's own conditions for an answer.
package guard

import data.guard.lib

# METADATA
# title: Nothing regulated was found
# description: >-
#   No instrument of law applies by what was declared and found, no personal data was found or is left after
#   redaction, and nothing else is declared that laws of several countries restrict (important or core data, model
#   weights). So no rule has to allow the transfer.
# custom:
#   id: guard.no_regulated_data
#   kind: permit
#   cites: ["GDPR Art. 2(1)", "GDPR Rec. 26"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, what no law governs needs no ground
own_permits contains {
	"rule": "guard.no_regulated_data",
	"instrument": "guard",
	"mechanism": "no_regulated_data",
	"authority": "GDPR Rec. 26",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(applicable) == 0
	count(ungoverned) == 0
}

# What some law restricts, wherever it is: personal data, and what an operator declares to be of these kinds.
ungoverned := lib.personal | restricted

restricted contains category.id if {
	some category in input.transfer.categories
	category.id in {"data.core", "data.important", "data.model_weights"}
}

# METADATA
# title: Not everything was scanned
# description: >-
#   Part of the payload could not be scanned: a time-out, a text that is too long, a language or a format that
#   is not covered. What was not looked at may hold anything, so the data stay.
# custom:
#   id: guard.detection_incomplete
#   kind: barrier
#   cites: ["GDPR Art. 5(2)", "GDPR Art. 24(1)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, no answer is a no
own_barriers contains {
	"rule": "guard.detection_incomplete",
	"instrument": "guard",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	not input.transfer.detection.complete
}

# METADATA
# title: Content that nobody can scan
# description: >-
#   Part of the request is of a kind that no detector reads: a picture, a recording, a file, a field that nobody knows,
#   or something that lies at the provider already. It may hold anything, so it stays, unless the operator has said in
#   guard.toml that content of this kind may go unscanned. It then counts as personal data that nothing can take out.
# custom:
#   id: guard.content_not_scanned
#   kind: barrier
#   cites: ["GDPR Art. 5(2)", "GDPR Art. 24(1)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, no answer is a no
own_barriers contains {
	"rule": "guard.content_not_scanned",
	"instrument": "guard",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	some code in input.transfer.detection.skipped
	startswith(code, "content:")
}

# METADATA
# title: A law applies that no policy speaks for
# description: >-
#   The transfer is governed by an instrument of law for which no policy is installed. A law that is not
#   understood is not satisfied. Where only findings point at it, taking the findings out removes it.
# custom:
#   id: guard.unknown_instrument
#   kind: barrier
#   cites: ["GDPR Art. 5(2)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, no answer is a no
own_barriers contains {
	"rule": "guard.unknown_instrument",
	"instrument": "guard",
	"categories": [],
	"remedies": unknown_remedies,
	"confine": [],
} if {
	count(unknown) > 0
}

default unknown_remedies := ["declare"]

unknown_remedies := ["declare", "redact"] if {
	every tag in tags_unknown {
		tag.trigger == "finding"
	}
}

tags_unknown contains tag if {
	some tag in input.transfer.tags
	tag.instrument in unknown
}

# METADATA
# title: Regulated data, and no law is known to govern them
# description: >-
#   There are personal data here, or data that laws of several countries restrict (important or core data, model
#   weights), but neither a declaration nor a finding says which law governs them. Declare where the operator is
#   established and whose data these are. Personal data that were found can be redacted; the others have no place in
#   a text that could be.
# custom:
#   id: guard.no_instrument
#   kind: barrier
#   cites: ["GDPR Art. 3", "PIPL Art. 3"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, no answer is a no
own_barriers contains {
	"rule": "guard.no_instrument",
	"instrument": "guard",
	"categories": sort(ungoverned),
	"remedies": lawless_remedies,
	"confine": [],
} if {
	count(applicable) == 0
	count(ungoverned) > 0
}

default lawless_remedies := ["declare"]

lawless_remedies := ["declare", "redact"] if count(restricted) == 0

# METADATA
# title: A law applies and gives no ground
# description: >-
#   An instrument governs the transfer, gives no positive ground for it and names no particular obstacle
#   either, for instance on a date before any of its rules applied. Silence is not permission.
# custom:
#   id: guard.no_ground
#   kind: barrier
#   cites: ["GDPR Art. 5(2)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, no answer is a no
own_barriers contains {
	"rule": "guard.no_ground",
	"instrument": "guard",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	count(missing - hindering) > 0
}

hindering contains barrier.instrument if some barrier in law_barriers

# METADATA
# title: The destination's facts do not hold on this date
# description: >-
#   The row that describes the destination is not valid on the date of the transfer, so nothing is known about
#   where the data would be.
# custom:
#   id: guard.destination_not_valid
#   kind: barrier
#   cites: ["GDPR Art. 5(2)", "GDPR Art. 44"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, an expired fact is no fact
own_barriers contains {
	"rule": "guard.destination_not_valid",
	"instrument": "guard",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	not destination_valid
}

destination_valid if {
	input.destination.valid_from <= input.transfer.time
	input.transfer.time < input.destination.valid_until
}

# METADATA
# title: Redact the personal data first
# description: The answer rests on the personal data having been taken out before the data leave.
# custom:
#   id: guard.redact
#   kind: obligation
#   cites: ["GDPR Art. 5(1)(c)", "GDPR Art. 25(1)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, what an answer rests on is done first
own_obligations contains {
	"do": "redact",
	"rule": "guard.redact",
	"instrument": "guard",
	"days": 0,
	"declaration": "none",
} if {
	input.transfer.treatment == "redact"
}

# METADATA
# title: Replace the personal data by pseudonyms first
# description: The answer rests on identifiers having been replaced by pseudonyms before the data leave.
# custom:
#   id: guard.pseudonymise
#   kind: obligation
#   cites: ["GDPR Art. 4(5)", "GDPR Art. 25(1)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool, what an answer rests on is done first
own_obligations contains {
	"do": "pseudonymise",
	"rule": "guard.pseudonymise",
	"instrument": "guard",
	"days": 0,
	"declaration": "none",
} if {
	input.transfer.treatment == "pseudonymise"
}

# METADATA
# title: Weak evidence points at another law
# description: >-
#   Something was found that may point at a further law but is too weak to make it apply, for instance a lone
#   dialling code. If data of that country are expected, declare it.
# custom:
#   id: guard.weak_evidence
#   kind: advice
#   cites: ["GDPR Art. 3(2)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool
own_advice contains {"rule": "guard.weak_evidence", "instrument": hint.instrument} if {
	some hint in input.transfer.hints
	not hint.instrument in applicable
}

# METADATA
# title: The destination's facts are not well supported
# description: The row that describes the destination has low confidence. Check it with the provider.
# custom:
#   id: guard.low_confidence
#   kind: advice
#   cites: ["GDPR Art. 5(2)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool
own_advice contains {"rule": "guard.low_confidence", "instrument": "guard"} if {
	input.destination.confidence == "low"
}

# METADATA
# title: A reading that decides here was not checked or is unsure
# description: >-
#   What stands in this answer was read from general knowledge or from secondary sources and not compared with the text
#   of the law, or the reading is an unsure one. Ask before you rely on it.
# custom:
#   id: guard.unverified
#   kind: advice
#   cites: ["GDPR Art. 5(2)"]
#   since: "0001-01-01"
#   confidence: high
#   source: principle of this tool
own_advice contains {"rule": "guard.unverified", "instrument": law} if some law in doubtful

# What the laws say here, by rule. What the tool says of itself needs no text to be checked against.
readings contains entry.rule if some entry in law_permits

readings contains entry.rule if some entry in law_barriers

readings contains entry.rule if some entry in law_obligations

readings contains entry.rule if some entry in law_advice

# A rule is called `<instrument>.<name>`.
doubtful contains split(rule, ".")[0] if some rule in (readings & unverified)

# The ground is a weak one, and not because of the destination's facts: a row of a table that has low confidence, or
# a rule that says so of itself.
doubtful contains ground.instrument if {
	input.destination.confidence != "low"
	some ground in law_permits
	ground.confidence == "low"
}
