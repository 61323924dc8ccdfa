# ADGM DPR 2021 s. 4, 7 and 26: special categories and processors.
package guard.instruments.ae_adgm

import data.guard.lib

sensitive := lib.sensitive("ae_adgm")

# METADATA
# title: Special categories without a condition
# description: >-
#   Data on origin, beliefs, health, sex life, genetics, biometrics or crime are processed only on a condition of the
#   section on special categories.
# custom:
#   id: ae_adgm.special_categories
#   kind: barrier
#   cites: ["ADGM DPR 2021 s. 7"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_adgm.special_categories",
	"instrument": "ae_adgm",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("ae_adgm.special_categories")
	count(sensitive) > 0
	not lib.declared("ae_adgm.special_condition")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor acts on the
#   controller's documented instructions only.
# custom:
#   id: ae_adgm.training_use
#   kind: barrier
#   cites: ["ADGM DPR 2021 s. 4", "ADGM DPR 2021 s. 26"]
#   since: "2021-02-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_adgm.training_use",
	"instrument": "ae_adgm",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ae_adgm.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}
