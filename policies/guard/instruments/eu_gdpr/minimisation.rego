# GDPR Art. 5(1)(c): no more than the purpose needs.
package guard.instruments.eu_gdpr

import data.guard.lib

# Purposes for which knowing who somebody is is not needed as a rule.
impersonal_purposes := {"analytics", "embedding", "evaluation", "inference", "training"}

# METADATA
# title: Direct identifiers that the purpose does not need
# description: >-
#   Names, addresses, numbers and the like would leave in the clear for a purpose that seldom needs them. Take
#   them out, replace them by pseudonyms, or declare that this use needs to know who the person is.
# custom:
#   id: eu_gdpr.minimisation
#   kind: barrier
#   cites: ["GDPR Art. 5(1)(c)", "GDPR Art. 25(1)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.minimisation",
	"instrument": "eu_gdpr",
	"categories": sort(lib.direct),
	"remedies": ["declare", "pseudonymise", "redact"],
	"confine": [],
} if {
	count(lib.direct) > 0
	count(subjects) > 0
	lib.recipient
	input.transfer.purpose in impersonal_purposes
	not lib.declared("eu_gdpr.identifiers_needed")
	lib.in_force("eu_gdpr.minimisation")
}

# METADATA
# title: More goes than the purpose needs
# description: >-
#   It is stated that the data are not limited to what is relevant, or to what the contract needs. What is surplus
#   has no ground.
# custom:
#   id: eu_gdpr.not_limited
#   kind: barrier
#   cites: ["GDPR Art. 5(1)(c)", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.not_limited",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["redact"],
	"confine": [],
} if {
	stated
	surplus
	count(subjects) > 0
	lib.in_force("eu_gdpr.not_limited")
}

surplus if input.transfer.facts.data_limited_to_relevant == false

surplus if input.transfer.facts.data_limited_to_contract_need == false

# METADATA
# title: Redaction is not proof of anonymity
# description: >-
#   What detection does not find, redaction does not take out, and what is left may still single somebody out.
#   Anonymity is judged by all means reasonably likely to be used.
# custom:
#   id: eu_gdpr.residual_risk
#   kind: advice
#   cites: ["GDPR Rec. 26"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.residual_risk", "instrument": "eu_gdpr"} if {
	count(subjects) == 0
	lib.recipient
	lib.in_force("eu_gdpr.residual_risk")
}
