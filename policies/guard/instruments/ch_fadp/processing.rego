# What the FADP asks of the processing itself: proportionality, sensitive data, processors, automated decisions.
package guard.instruments.ch_fadp

import data.guard.lib

sensitive contains category.id if {
	some category in input.transfer.categories
	category.id in subjects
	some class in category.classes
	data.tables.sensitive.ch_fadp[class]
}

# METADATA
# title: Direct identifiers that the purpose does not need
# description: >-
#   Names, addresses, numbers and the like would leave in the clear for a purpose that seldom needs them. Processing
#   has to be proportionate.
# custom:
#   id: ch_fadp.proportionality
#   kind: barrier
#   cites: ["FADP Art. 6(2)", "FADP Art. 7(3)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ch_fadp.proportionality",
	"instrument": "ch_fadp",
	"categories": sort(lib.direct),
	"remedies": ["declare", "pseudonymise", "redact"],
	"confine": [],
} if {
	count(lib.direct) > 0
	count(subjects) > 0
	lib.recipient
	input.transfer.purpose in {"analytics", "embedding", "evaluation", "inference", "training"}
	not lib.declared("ch_fadp.identifiers_needed")
	lib.in_force("ch_fadp.proportionality")
}

# METADATA
# title: Sensitive personal data go to a third party
# description: >-
#   Disclosing sensitive data to a third party that is no processor violates personality rights unless explicit
#   consent, an overriding interest or law justifies it. None is declared.
# custom:
#   id: ch_fadp.sensitive_data
#   kind: barrier
#   cites: ["FADP Art. 5(c)", "FADP Art. 30(2)(c)", "FADP Art. 31"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ch_fadp.sensitive_data",
	"instrument": "ch_fadp",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(sensitive) > 0
	input.destination.role in {"controller", "unknown"}
	not lib.declared("ch_fadp.sensitive_justified")
	lib.in_force("ch_fadp.sensitive_data")
}

# METADATA
# title: No processor contract on file
# description: >-
#   Processing may be assigned to a processor by contract or law. No contract is on file for this recipient. A
#   recipient whose role is unknown is treated like a processor.
# custom:
#   id: ch_fadp.processor_terms
#   kind: barrier
#   cites: ["FADP Art. 9"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ch_fadp.processor_terms",
	"instrument": "ch_fadp",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact"],
	"confine": [],
} if {
	count(subjects) > 0
	input.destination.role in {"processor", "unknown"}
	not lib.on_file("ch_dpa_art9")
	not lib.on_file("dpa_art28")
	lib.in_force("ch_fadp.processor_terms")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor may process
#   only as the controller itself may, for the purpose that was recognisable.
# custom:
#   id: ch_fadp.training_use
#   kind: barrier
#   cites: ["FADP Art. 6(3)", "FADP Art. 9(1)(a)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ch_fadp.training_use",
	"instrument": "ch_fadp",
	"categories": sort(subjects),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	count(subjects) > 0
	lib.recipient
	input.destination.training_use != "no"
	lib.in_force("ch_fadp.training_use")
}

# METADATA
# title: Tell persons the states and the safeguards
# description: >-
#   Where data are disclosed abroad, persons are told the state and the safeguards or the exception on which that
#   rests.
# custom:
#   id: ch_fadp.foreign_state_notice
#   kind: obligation
#   cites: ["FADP Art. 19(4)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "ch_fadp.foreign_state_notice",
	"instrument": "ch_fadp",
	"days": 0,
	"declaration": "none",
} if {
	count(subjects) > 0
	count(abroad) > 0
	not undisclosed
	lib.in_force("ch_fadp.foreign_state_notice")
}

# METADATA
# title: Keep a record of the processing
# description: >-
#   Recipients, categories, states and safeguards belong in the inventory of processing activities.
# custom:
#   id: ch_fadp.processing_record
#   kind: obligation
#   cites: ["FADP Art. 12(2)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "ch_fadp.processing_record",
	"instrument": "ch_fadp",
	"days": 0,
	"declaration": "none",
} if {
	count(subjects) > 0
	lib.in_force("ch_fadp.processing_record")
}

# METADATA
# title: Review of an automated decision
# description: >-
#   Persons are told of a decision that rests solely on automated processing and can have it reviewed by a natural
#   person.
# custom:
#   id: ch_fadp.decision_review
#   kind: obligation
#   cites: ["FADP Art. 21"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "human_oversight",
	"rule": "ch_fadp.decision_review",
	"instrument": "ch_fadp",
	"days": 0,
	"declaration": "ch_fadp.decision_review",
} if {
	input.transfer.facts.automated_decision == true
	count(subjects) > 0
	lib.in_force("ch_fadp.decision_review")
}

# METADATA
# title: States of destination not declared as told
# description: >-
#   Data are disclosed abroad, and it is not declared that the persons were told the states and the safeguards.
# custom:
#   id: ch_fadp.states_not_told
#   kind: advice
#   cites: ["FADP Art. 19(4)", "FADP Art. 60"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "ch_fadp.states_not_told", "instrument": "ch_fadp"} if {
	count(subjects) > 0
	count(abroad) > 0
	not lib.declared("ch_fadp.foreign_recipients_told")
	lib.in_force("ch_fadp.states_not_told")
}
