# AI Act Art. 4a: special categories for finding and correcting bias, under strict conditions.
package guard.instruments.eu_ai_act

import data.guard.lib

bias_work if {
	lib.declared("eu_ai_act.special_category_bias_art4a")
	input.transfer.purpose in {"evaluation", "training"}
}

# Special categories of the GDPR that are in the clear.
special_clear contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.treatment == "none"
	some class in category.classes
	data.tables.sensitive.eu_gdpr[class]
}

# METADATA
# title: Special categories for bias work stand in the clear
# description: >-
#   Special categories may be used to detect and correct bias only with state-of-the-art protection, including
#   pseudonymisation.
# custom:
#   id: eu_ai_act.bias_pseudonymisation
#   kind: barrier
#   cites: ["AI Act Art. 4a", "AI Act Art. 10(5)(b)"]
#   since: "2026-07-27"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.bias_pseudonymisation",
	"instrument": "eu_ai_act",
	"categories": sort(special_clear),
	"remedies": ["pseudonymise", "redact"],
	"confine": [],
} if {
	bias_work
	count(special_clear) > 0
	lib.in_force("eu_ai_act.bias_pseudonymisation")
}

# METADATA
# title: Special categories for bias work go to another party
# description: >-
#   Special categories used to detect and correct bias are not transmitted to or accessed by other parties. A
#   processor acts for the operator; a controller or an unknown role does not.
# custom:
#   id: eu_ai_act.bias_disclosure
#   kind: barrier
#   cites: ["AI Act Art. 4a", "AI Act Art. 10(5)(d)"]
#   since: "2026-07-27"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.bias_disclosure",
	"instrument": "eu_ai_act",
	"categories": sort(special_personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	bias_work
	count(special_personal) > 0
	not input.destination.role in {"processor", "self"}
	lib.in_force("eu_ai_act.bias_disclosure")
}

special_personal := lib.sensitive("eu_gdpr")

# METADATA
# title: Conditions of bias work are not declared
# description: >-
#   Special categories are used to detect or correct bias, and the conditions are not declared: no other data would
#   do, access is limited, the data are deleted afterwards, and the reasons are recorded.
# custom:
#   id: eu_ai_act.bias_conditions
#   kind: barrier
#   cites: ["AI Act Art. 4a", "AI Act Art. 10(5)"]
#   since: "2026-07-27"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.bias_conditions",
	"instrument": "eu_ai_act",
	"categories": sort(special_personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.bias_detection == true
	input.transfer.purpose in {"evaluation", "training"}
	count(special_personal) > 0
	not lib.declared("eu_ai_act.special_category_bias_art4a")
	lib.in_force("eu_ai_act.bias_conditions")
}
