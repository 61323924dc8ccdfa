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
# title: Data would be outside the required places
# description: >-
#   The destination stores or processes data outside the places that the operator names, or does not say where.
# custom:
#   id: operator.location
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.location",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	count(input.transfer.facts.require_location_in) > 0
	not lib.stays
	lib.in_force("operator.location")
	some place in array.concat(input.destination.storage, input.destination.processing)
	not covers(input.transfer.facts.require_location_in, place)
}

# METADATA
# title: Data would be reached from outside the required places
# description: >-
#   Staff of the destination can reach data from outside the places that the operator names, or it is not known
#   whence.
# custom:
#   id: operator.access
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.access",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	count(input.transfer.facts.require_access_in) > 0
	not lib.stays
	lib.in_force("operator.access")
	some place in input.destination.access
	not covers(input.transfer.facts.require_access_in, place)
}

# METADATA
# title: The operating company is elsewhere
# description: >-
#   The company that operates the destination is not established in the places that the operator names.
# custom:
#   id: operator.operator_country
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.operator_country",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	count(input.transfer.facts.require_operator_in) > 0
	not lib.stays
	not covers(input.transfer.facts.require_operator_in, input.destination.operator)
	lib.in_force("operator.operator_country")
}

# METADATA
# title: The ultimate parent is elsewhere
# description: >-
#   The ultimate parent of the company that operates the destination is not established in the places that the
#   operator names.
# custom:
#   id: operator.parent_country
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.parent_country",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	count(input.transfer.facts.require_parent_in) > 0
	not lib.stays
	not covers(input.transfer.facts.require_parent_in, input.destination.parent)
	lib.in_force("operator.parent_country")
}

# METADATA
# title: The weights do not come from a required place
# description: >-
#   The model's weights do not come from the places that the operator names, or their origin is not known.
# custom:
#   id: operator.weights_origin
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.weights_origin",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	count(input.transfer.facts.require_weights_from) > 0
	input.destination.kind != "storage"
	not covers(input.transfer.facts.require_weights_from, input.destination.weights)
	lib.in_force("operator.weights_origin")
}

# METADATA
# title: The weights come from an excluded place
# description: >-
#   The model's weights come from a place that the operator excludes, or their origin is not known.
# custom:
#   id: operator.weights_excluded
#   kind: barrier
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
barriers contains {
	"rule": "operator.weights_excluded",
	"instrument": "operator",
	"categories": [],
	"remedies": ["relocate"],
	"confine": [],
} if {
	input.destination.kind != "storage"
	weights_excluded
	lib.in_force("operator.weights_excluded")
}

weights_excluded if covers(input.transfer.facts.require_weights_not_from, input.destination.weights)

weights_excluded if {
	count(input.transfer.facts.require_weights_not_from) > 0
	input.destination.weights == "unknown"
}

# A set of places whose members are not known here excludes whatever is not known to be outside it.
weights_excluded if {
	some name in input.transfer.facts.require_weights_not_from
	count(name) > 2
	not contains(name, "-")
	not name in {"EEA", "EEA_PLUS_CH", "EU"}
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
	input.transfer.facts.require_max_retention_days >= 0
	input.destination.retention_days < 0
}

# Whether a place lies within the places named; a set of the tables stands for its members.
covers(names, place) if place in names

covers(names, place) if lib.country(place) in names

covers(names, place) if {
	some name in names
	name in {"EEA", "EEA_PLUS_CH"}
	data.tables.territories.eu_gdpr[lib.country(place)]
}

covers(names, place) if {
	"EU" in names
	data.tables.territories.eu_gdpr[lib.country(place)]
	not lib.country(place) in {"EEA", "IS", "LI", "NO"}
}

covers(names, place) if {
	"EEA_PLUS_CH" in names
	lib.country(place) == "CH"
}
