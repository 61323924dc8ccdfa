# What the operator requires of a destination, whatever the law says. Each barrier names the requirement that fails.

# METADATA
# scope: package
# title: The operator's own requirements
# description: >-
#   No law. Applies as soon as a requirement is stated (facts require_…): assurance, places of data and access,
#   operator and parent, origin of weights, training on inputs, retention. What a destination does not disclose does
#   not satisfy a requirement.
# custom:
#   cites: ["Requirement of the operator", "EU Cloud Sovereignty Framework v1.2.1"]
#   omits:
#     - "Key custody and the jurisdiction of the technology, which destinations do not show to policies"
#     - "The weighted score of the EU framework, which ranks and does not admit"
package guard.instruments.operator

import data.guard.lib

# METADATA
# title: Every requirement is met
# description: >-
#   The destination satisfies everything that the operator stated as a requirement.
# custom:
#   id: operator.requirements_met
#   kind: permit
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
permits contains {
	"rule": "operator.requirements_met",
	"instrument": "operator",
	"mechanism": "requirements_met",
	"authority": "Requirement of the operator",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(barriers) == 0
	lib.in_force("operator.requirements_met")
}

# METADATA
# title: Personal data, and no law is known to govern them
# description: >-
#   Requirements of the operator govern the transfer, and no law does, although personal data are in it. Declare
#   where the operator is established and whose data these are, or redact them. A requirement is no ground of law.
# custom:
#   id: operator.no_law
#   kind: barrier
#   cites: ["GDPR Art. 3", "PIPL Art. 3"]
#   since: "2018-05-25"
#   confidence: high
#   source: principle of this tool, no answer is a no
barriers contains {
	"rule": "operator.no_law",
	"instrument": "operator",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	count(lib.personal) > 0
	count(laws) == 0
	lib.in_force("operator.no_law")
}

laws contains tag.instrument if {
	some tag in input.transfer.tags
	tag.instrument != "operator"
}

# Assurances that the destination holds and that are in use on the day. The tables add what a level contains.
held contains name if {
	some name in input.destination.assurance
	row := data.tables.assurances[name]
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}

# METADATA
# title: An assurance is missing
# description: >-
#   The destination does not hold every assurance that the operator requires, or not on this day.
# custom:
#   id: operator.assurance
#   kind: barrier
#   cites: ["Requirement of the operator", "EU Cloud Sovereignty Framework v1.2.1"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.assurance",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	lib.in_force("operator.assurance")
	some name in input.transfer.facts.require_assurance
	not name in held
}

# METADATA
# title: Inputs may be used for training
# description: >-
#   The recipient trains on what it is given, or does not rule it out.
# custom:
#   id: operator.training
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.training",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	input.transfer.facts.require_no_training == true
	lib.recipient
	input.destination.training_use != "no"
	lib.in_force("operator.training")
}

# METADATA
# title: Inputs are kept too long
# description: >-
#   The recipient keeps what it is given for longer than the operator allows, or does not say for how long.
# custom:
#   id: operator.retention
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.retention",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	lib.recipient
	kept_too_long
	lib.in_force("operator.retention")
}

kept_too_long if input.destination.retention_days > input.transfer.facts.require_max_retention_days

kept_too_long if {
	input.transfer.facts.require_no_retention == true
	input.destination.retention_days != 0
}

kept_too_long if {
	input.transfer.facts.require_max_retention_days >= 0
	input.destination.retention_days < 0
}
