# Law 6698 Art. 4, 6 and 12: special categories, and what the recipient does with what it gets.
package guard.instruments.tr_kvkk

import data.guard.lib

special := lib.sensitive("tr_kvkk")

# METADATA
# title: Special categories without a condition
# description: >-
#   Data on origin, views, beliefs, union, health, sex life, crime, biometrics or genetics are processed on a condition
#   of the article and with the measures that the Board set.
# custom:
#   id: tr_kvkk.special_categories
#   kind: barrier
#   cites: ["Law 6698 Art. 6(3)", "Law 6698 Art. 6(4)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "tr_kvkk.special_categories",
	"instrument": "tr_kvkk",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("tr_kvkk.special_categories")
	count(special) > 0
	not lib.declared("tr_kvkk.special_condition")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. Data are processed for
#   specified purposes, and a processor does not use them for any other.
# custom:
#   id: tr_kvkk.training_use
#   kind: barrier
#   cites: ["Law 6698 Art. 4(2)", "Law 6698 Art. 12(4)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "tr_kvkk.training_use",
	"instrument": "tr_kvkk",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("tr_kvkk.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}
