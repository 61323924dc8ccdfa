# UK GDPR Art. 8 and 22A to 22D: children's consent, and decisions about persons without a human.
package guard.instruments.uk_gdpr

import data.guard.lib

# Art. 8 concerns consent; on any other basis the child's age is weighed elsewhere.
other_basis_than_consent if {
	input.transfer.facts.legal_basis in {"6(1)(b)", "6(1)(c)", "6(1)(d)", "6(1)(e)", "6(1)(f)", "6(1)(f)_balanced"}
}

# METADATA
# title: A child under 13 cannot consent alone
# description: >-
#   An online service is offered to a child under 13 on the basis of consent, and the consent of a parent is not
#   declared.
# custom:
#   id: uk_gdpr.child_consent
#   kind: barrier
#   cites: ["UK GDPR Art. 8", "DPA 2018 s. 9"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.child_consent",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.child_age < 13
	count(subjects) > 0
	not other_basis_than_consent
	not lib.declared("uk_gdpr.parental_consent")
	lib.in_force("uk_gdpr.child_consent")
}

# METADATA
# title: Decision without a human
# description: >-
#   Until 5 February 2026 a solely automated decision with legal or similarly significant effect was allowed only
#   for a contract, by law or with explicit consent.
# custom:
#   id: uk_gdpr.automated_decision
#   kind: barrier
#   cites: ["UK GDPR Art. 22 as it stood before 2026-02-05"]
#   since: "2021-01-01"
#   until: "2026-02-05"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.automated_decision",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.automated_decision == true
	count(subjects) > 0
	not input.transfer.facts.explicit_consent == true
	not lib.declared("uk_gdpr.art22_exception")
	lib.in_force("uk_gdpr.automated_decision")
}

# METADATA
# title: Significant decision on special category data
# description: >-
#   A significant decision based solely on automated processing of special category data needs explicit consent, or
#   a contract or law together with substantial public interest.
# custom:
#   id: uk_gdpr.automated_decision_special
#   kind: barrier
#   cites: ["UK GDPR Art. 22B", "Data (Use and Access) Act 2025 s. 80", "SI 2026/82"]
#   since: "2026-02-05"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.automated_decision_special",
	"instrument": "uk_gdpr",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.automated_decision == true
	count(special) > 0
	not input.transfer.facts.explicit_consent == true
	not lib.declared("uk_gdpr.decision_special_categories")
	lib.in_force("uk_gdpr.automated_decision_special")
}

# METADATA
# title: Safeguards for a significant decision
# description: >-
#   Persons are told of a significant decision that a machine takes alone, and can make representations, obtain
#   human intervention and contest it.
# custom:
#   id: uk_gdpr.decision_safeguards
#   kind: obligation
#   cites: ["UK GDPR Art. 22C", "Data (Use and Access) Act 2025 s. 80"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "human_oversight",
	"rule": "uk_gdpr.decision_safeguards",
	"instrument": "uk_gdpr",
	"days": 0,
	"declaration": "uk_gdpr.decision_safeguards",
} if {
	input.transfer.facts.automated_decision == true
	count(subjects) > 0
	lib.in_force("uk_gdpr.decision_safeguards")
}
