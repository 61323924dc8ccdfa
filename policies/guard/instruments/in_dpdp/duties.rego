# DPDP Act s. 4 to 9: what stands in the way where there is no ground, or where it has come to an end.
package guard.instruments.in_dpdp

import data.guard.lib

# METADATA
# title: Neither consent nor a certain legitimate use
# description: >-
#   Personal data may be processed only with consent or for a certain legitimate use. Neither is stated, or what
#   is stated speaks against it.
# custom:
#   id: in_dpdp.no_lawful_ground
#   kind: barrier
#   cites: ["DPDP Act s. 4(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.no_lawful_ground",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	governed
	not lawful
	not withdrawn
	not input.transfer.facts.objection == true
	lib.in_force("in_dpdp.no_lawful_ground")
}

# METADATA
# title: The consent was withdrawn
# description: >-
#   The data principal has withdrawn the consent, so the processing ceases within a reasonable time, by
#   processors too, unless it completes what was ordered before or law requires it.
# custom:
#   id: in_dpdp.consent_withdrawn
#   kind: barrier
#   cites: ["DPDP Act s. 6(4)", "DPDP Act s. 6(6)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.consent_withdrawn",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact"],
	"confine": [],
} if {
	governed
	withdrawn
	not lib.declared("in_dpdp.legitimate_use")
	lib.in_force("in_dpdp.consent_withdrawn")
}

# METADATA
# title: The data principal does not consent
# description: >-
#   The data principal has indicated that she does not consent to this use of what she gave.
# custom:
#   id: in_dpdp.objection
#   kind: barrier
#   cites: ["DPDP Act s. 7(a)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.objection",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact"],
	"confine": [],
} if {
	governed
	input.transfer.facts.objection == true
	not lib.declared("in_dpdp.legitimate_use")
	lib.in_force("in_dpdp.objection")
}

# METADATA
# title: The data are not necessary for the purpose
# description: >-
#   Consent reaches only as far as the specified purpose needs, and data whose purpose is served are erased. It
#   is stated that these are not necessary.
# custom:
#   id: in_dpdp.not_necessary
#   kind: barrier
#   cites: ["DPDP Act s. 6(1)", "DPDP Act s. 8(7)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.not_necessary",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	governed
	input.transfer.facts.data_necessary_for_purpose == false
	lib.in_force("in_dpdp.not_necessary")
}

# METADATA
# title: Another purpose than the one asked for
# description: >-
#   There is a ground, but the purpose is stated not to be the one for which the data were given. A person has
#   to see whether the consent covers it.
# custom:
#   id: in_dpdp.purpose_differs
#   kind: barrier
#   cites: ["DPDP Act s. 5(1)", "DPDP Act s. 6(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.purpose_differs",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "review"],
	"confine": [],
} if {
	governed
	lawful
	input.transfer.facts.purpose_matches_request == false
	lib.in_force("in_dpdp.purpose_differs")
}

children contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	some class in category.classes
	data.tables.sensitive.in_dpdp[class]
}

tracking contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	"behavioural_tracking_online" in category.classes
}

# METADATA
# title: Children under 18
# description: >-
#   The data of a child under 18, or of a person with disability who has a lawful guardian, need the verifiable
#   consent of the parent or guardian.
# custom:
#   id: in_dpdp.parental_consent
#   kind: barrier
#   cites: ["DPDP Act s. 9(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.parental_consent",
	"instrument": "in_dpdp",
	"categories": sort(children),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	governed
	count(children) > 0
	not lib.declared("in_dpdp.parental_consent")
	lib.in_force("in_dpdp.parental_consent")
}

# METADATA
# title: Tracking of children
# description: >-
#   Tracking and behavioural monitoring of children are forbidden, with their parents' consent too.
# custom:
#   id: in_dpdp.child_tracking
#   kind: barrier
#   cites: ["DPDP Act s. 9(3)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.child_tracking",
	"instrument": "in_dpdp",
	"categories": sort(children | tracking),
	"remedies": ["redact"],
	"confine": [],
} if {
	governed
	count(children) > 0
	count(tracking) > 0
	lib.in_force("in_dpdp.child_tracking")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. That is a purpose of
#   its own, for which no ground of the operator's speaks.
# custom:
#   id: in_dpdp.training_use
#   kind: barrier
#   cites: ["DPDP Act s. 6(1)", "DPDP Act s. 8(2)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.training_use",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact", "relocate"],
	"confine": [],
} if {
	governed
	lib.recipient
	input.destination.training_use != "no"
	not consented
	lib.in_force("in_dpdp.training_use")
}

# METADATA
# title: Whether the consent covers training by the recipient is open
# description: >-
#   The data principals consented, and the recipient uses inputs to train its own models, or does not say that it
#   does not. Consent reaches only as far as the specified purpose; a person has to see whether that names training.
# custom:
#   id: in_dpdp.training_unsettled
#   kind: barrier
#   cites: ["DPDP Act s. 5(1)", "DPDP Act s. 6(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_dpdp.training_unsettled",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate", "review"],
	"confine": [],
} if {
	governed
	lib.recipient
	input.destination.training_use != "no"
	consented
	lib.in_force("in_dpdp.training_unsettled")
}

# METADATA
# title: Keep logs for a year
# description: >-
#   Personal data, traffic data and logs of the processing are kept for at least one year.
# custom:
#   id: in_dpdp.log_retention
#   kind: obligation
#   cites: ["DPDP Rules 2025 r. 6(1)(e)", "DPDP Rules 2025 r. 8(3)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "retain_log",
	"rule": "in_dpdp.log_retention",
	"instrument": "in_dpdp",
	"days": 365,
	"declaration": "none",
} if {
	governed
	lib.in_force("in_dpdp.log_retention")
}
