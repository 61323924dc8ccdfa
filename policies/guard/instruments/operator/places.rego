# Where data, staff, company, parent and weights must be for the operator.
package guard.instruments.operator

import data.guard.lib

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
# title: The weights may come from an excluded place
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
