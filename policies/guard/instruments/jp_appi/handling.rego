# APPI Art. 18 and 20(2) and the alert on generative AI: what holds wherever the data are.
package guard.instruments.jp_appi

import data.guard.lib

delicate := lib.sensitive("jp_appi")

consent_given if input.transfer.facts.consent == true

# METADATA
# title: Beyond the stated purpose of use
# description: >-
#   What is done here goes beyond what the specified purpose of use needs, and the persons have not consented.
#   That holds for prompts too.
# custom:
#   id: jp_appi.beyond_purpose
#   kind: barrier
#   cites: ["APPI Art. 18(1)", "PPC alert of 2 June 2023 (1)1"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.beyond_purpose",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	concerned
	input.transfer.facts.within_stated_purpose == false
	not consent_given
	lib.in_force("jp_appi.beyond_purpose")
}

# METADATA
# title: The provider trains on what it receives
# description: >-
#   The provider uses personal data in inputs for machine learning, that is, for more than the answer, and the
#   persons have not consented. Entrusting does not cover a provider's own purposes.
# custom:
#   id: jp_appi.training_on_inputs
#   kind: barrier
#   cites: ["APPI Art. 27(1)", "PPC alert of 2 June 2023 (1)2"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.training_on_inputs",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact", "relocate"],
	"confine": [],
} if {
	concerned
	lib.recipient
	trains
	not consent_given
	lib.in_force("jp_appi.training_on_inputs")
}

# METADATA
# title: It was not confirmed that the provider does not train
# description: >-
#   Whether the provider trains on inputs is not known, or nobody has made sure that it does not. Somebody has
#   to, before personal data go into a prompt without consent.
# custom:
#   id: jp_appi.training_unconfirmed
#   kind: barrier
#   cites: ["PPC alert of 2 June 2023 (1)2"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.training_unconfirmed",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "relocate", "review"],
	"confine": [],
} if {
	training_open
	lib.in_force("jp_appi.training_unconfirmed")
}

training_open if {
	concerned
	lib.recipient
	not trains
	not consent_given
	not input.transfer.facts.no_training_confirmed == true
	not input.transfer.facts.provider_trains_on_inputs == false
	training_not_excluded
}

training_not_excluded if input.destination.training_use == "unknown"

training_not_excluded if input.transfer.facts.no_training_confirmed == false

# METADATA
# title: Special care-required personal information
# description: >-
#   Information on race, creed, social status, medical history, convictions or being a victim of crime may be
#   acquired only with the person's consent or under an exception.
# custom:
#   id: jp_appi.sensitive_acquisition
#   kind: barrier
#   cites: ["APPI Art. 2(3)", "APPI Art. 20(2)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.sensitive_acquisition",
	"instrument": "jp_appi",
	"categories": sort(delicate),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(delicate) > 0
	not lib.declared("jp_appi.sensitive_consent")
	lib.in_force("jp_appi.sensitive_acquisition")
}

# METADATA
# title: Understand the foreign system and tell the persons
# description: >-
#   Personal data that are handled abroad, even by the operator itself, need security measures that reckon with
#   the law there, and the country is named to the persons.
# custom:
#   id: jp_appi.foreign_environment
#   kind: advice
#   cites: ["APPI Art. 23", "APPI Art. 32(1)(4)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "jp_appi.foreign_environment", "instrument": "jp_appi"} if {
	concerned
	count(abroad) > 0
	lib.in_force("jp_appi.foreign_environment")
}
