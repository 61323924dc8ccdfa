# Royal Decree M/19 Art. 6, 8 and 10: sensitive data, and what the recipient does with what it gets.
package guard.instruments.sa_pdpl

import data.guard.lib

sensitive := lib.sensitive("sa_pdpl")

# METADATA
# title: Sensitive data without explicit consent
# description: >-
#   Data on origin, belief, health, genetics or crime are processed with explicit consent or where the Law dispenses
#   with it; a legitimate interest does not do.
# custom:
#   id: sa_pdpl.sensitive_data
#   kind: barrier
#   cites: ["Royal Decree M/19 Art. 1", "Royal Decree M/19 Art. 6"]
#   since: "2023-09-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sa_pdpl.sensitive_data",
	"instrument": "sa_pdpl",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("sa_pdpl.sensitive_data")
	count(sensitive) > 0
	not lib.declared("sa_pdpl.sensitive_consent")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. The controller chooses
#   processors that follow its instructions, and data are not used for a purpose other than that of the collection.
# custom:
#   id: sa_pdpl.training_use
#   kind: barrier
#   cites: ["Royal Decree M/19 Art. 8", "Royal Decree M/19 Art. 10"]
#   since: "2023-09-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sa_pdpl.training_use",
	"instrument": "sa_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("sa_pdpl.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}
