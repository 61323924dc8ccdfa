# Federal Law 2/2019 Art. 13 and Federal Decree-Law 45/2021 Art. 5, 8: where health data stay, and who may use data.
package guard.instruments.ae_pdpl

import data.guard.lib

health contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	"health" in category.classes
}

# METADATA
# title: Health data stay in the State
# description: >-
#   Health information may not be stored, processed or transferred outside the Emirates unless a decision of the
#   health authority excepts it. That holds in the free zones too, and neither contract nor consent lifts it.
# custom:
#   id: ae_pdpl.health_in_state
#   kind: barrier
#   cites: ["Federal Law 2/2019 Art. 13", "Federal Decree-Law 45/2021 Art. 2(2)"]
#   since: "2019-05-14"
#   confidence: medium
#   source: https://www.kayrouzandassociates.com/insights/cross-border-data-transfers-under-uae-law-in-2026
barriers contains {
	"rule": "ae_pdpl.health_in_state",
	"instrument": "ae_pdpl",
	"categories": sort(health),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ae_pdpl.health_in_state")
	count(abroad) > 0
	count(health) > 0
	not lib.declared("ae_pdpl.health_exception")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor follows the
#   controller's instructions, and data collected for one purpose are not processed for another. The free zones' own
#   laws say this for themselves.
# custom:
#   id: ae_pdpl.training_use
#   kind: barrier
#   cites: ["Federal Decree-Law 45/2021 Art. 5", "Federal Decree-Law 45/2021 Art. 8"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_pdpl.training_use",
	"instrument": "ae_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ae_pdpl.training_use")
	count(lib.personal) > 0
	not free_zone
	lib.recipient
	input.destination.training_use != "no"
}
