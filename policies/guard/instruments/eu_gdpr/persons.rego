# GDPR Art. 8 and 22: children's consent, and decisions about persons without a human.
package guard.instruments.eu_gdpr

import data.guard.lib

# Age of consent to information society services by Member State (Art. 8(1)); 16 where a state set nothing else.
# National laws change: confidence medium, Denmark and Slovenia by recent acts that were not checked.
consent_age := {
	"AT": 14, "BE": 13, "BG": 14, "CY": 14, "CZ": 15, "DE": 16, "DK": 15, "EE": 13, "ES": 14, "FI": 13, "FR": 15,
	"GR": 15, "HR": 16, "HU": 16, "IE": 16, "IS": 13, "IT": 14, "LI": 16, "LT": 14, "LU": 16, "LV": 13, "MT": 13,
	"NL": 16, "NO": 13, "PL": 16, "PT": 13, "RO": 16, "SE": 13, "SI": 15, "SK": 16,
}

# METADATA
# title: A child cannot consent alone
# description: >-
#   An online service is offered to a child on the basis of consent, the child is under the age that the Member State
#   has set (13 to 16), and the consent of the holder of parental responsibility is not declared. Where the Member State
#   is not known the age is 16.
# custom:
#   id: eu_gdpr.child_consent
#   kind: barrier
#   cites: ["GDPR Art. 8(1)", "GDPR Art. 8(2)", "national laws on Art. 8"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.child_consent",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	is_number(input.transfer.facts.child_age)
	input.transfer.facts.child_age < age_needed
	count(subjects) > 0
	not other_basis_than_consent
	not lib.declared("eu_gdpr.parental_consent")
	lib.in_force("eu_gdpr.child_consent")
}

# Art. 8 concerns consent; on any other basis the child's age is weighed elsewhere.
other_basis_than_consent if {
	input.transfer.facts.legal_basis in {"6(1)(b)", "6(1)(c)", "6(1)(d)", "6(1)(e)", "6(1)(f)", "6(1)(f)_balanced"}
}

age_needed := max(ages)

ages contains object.get(consent_age, lib.country(place), 16) if some place in input.transfer.data_subjects

ages contains 16 if count(input.transfer.data_subjects) == 0

# METADATA
# title: Decision without a human
# description: >-
#   A decision with legal or similarly significant effect rests solely on automated processing. It is allowed only for
#   a contract, by law or with explicit consent; a score on which others rely heavily is such a decision.
# custom:
#   id: eu_gdpr.automated_decision
#   kind: barrier
#   cites: ["GDPR Art. 22(1)", "GDPR Art. 22(2)", "CJEU C-634/21"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.automated_decision",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.automated_decision == true
	count(subjects) > 0
	not input.transfer.facts.explicit_consent == true
	not lib.declared("eu_gdpr.art22_exception")
	lib.in_force("eu_gdpr.automated_decision")
}

# METADATA
# title: Decision without a human on special categories
# description: >-
#   A solely automated decision may rest on special categories of data only with explicit consent or on law of
#   substantial public interest.
# custom:
#   id: eu_gdpr.automated_decision_special
#   kind: barrier
#   cites: ["GDPR Art. 22(4)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.automated_decision_special",
	"instrument": "eu_gdpr",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.automated_decision == true
	count(special) > 0
	not input.transfer.facts.explicit_consent == true
	not lib.declared("eu_gdpr.art22_special_categories")
	lib.in_force("eu_gdpr.automated_decision_special")
}

# METADATA
# title: A human on request
# description: >-
#   Persons about whom a machine decides by itself can obtain human intervention, express their view and contest the
#   decision.
# custom:
#   id: eu_gdpr.human_intervention
#   kind: obligation
#   cites: ["GDPR Art. 22(3)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "human_oversight",
	"rule": "eu_gdpr.human_intervention",
	"instrument": "eu_gdpr",
	"days": 0,
	"declaration": "eu_gdpr.human_intervention",
} if {
	input.transfer.facts.automated_decision == true
	count(subjects) > 0
	lib.in_force("eu_gdpr.human_intervention")
}
