# Law from elsewhere that reaches an operator, said only to whoever requires sovereignty.
package guard.instruments.operator

import data.guard.lib

# Countries whose orders bind whoever runs the destination.
rulers contains lib.country(input.destination.operator)

rulers contains lib.country(input.destination.parent)

# A requirement of sovereignty was stated, not only one of retention or training.
sovereign if {
	some stated in [
		object.get(input.transfer.facts, "require_access_in", []),
		object.get(input.transfer.facts, "require_assurance", []),
		object.get(input.transfer.facts, "require_location_in", []),
		object.get(input.transfer.facts, "require_operator_in", []),
		object.get(input.transfer.facts, "require_parent_in", []),
	]
	count(stated) > 0
}

# METADATA
# title: US orders reach the operator
# description: >-
#   The operator or its ultimate parent is of the United States: it can be ordered to produce data in its
#   possession, custody or control, wherever they are stored.
# custom:
#   id: operator.us_orders
#   kind: advice
#   cites: ["18 USC 2713", "18 USC 2703(h)"]
#   since: "2018-03-23"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "operator.us_orders", "instrument": "operator"} if {
	sovereign
	"US" in rulers
	lib.in_force("operator.us_orders")
}

# METADATA
# title: US surveillance law reaches the operator
# description: >-
#   The operator or its ultimate parent is of the United States: as a provider of electronic communication services
#   it can be directed to assist under section 702. The statute lapsed on 12 June 2026; certifications run on.
# custom:
#   id: operator.us_surveillance
#   kind: advice
#   cites: ["50 USC 1881a"]
#   since: "2018-05-25"
#   confidence: medium
#   source: https://peopleofinternet.com/articles/section-702-s-first-lapse-in-18-years-exposes-the-limits-of-.html
advice contains {"rule": "operator.us_surveillance", "instrument": "operator"} if {
	sovereign
	"US" in rulers
	lib.in_force("operator.us_surveillance")
}

# METADATA
# title: Chinese orders reach the operator
# description: >-
#   The operator or its ultimate parent is of China: it must support state intelligence work and may hand data in
#   China to foreign bodies only with approval.
# custom:
#   id: operator.cn_orders
#   kind: advice
#   cites: ["National Intelligence Law Art. 7", "DSL Art. 36"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "operator.cn_orders", "instrument": "operator"} if {
	sovereign
	"CN" in rulers
	lib.in_force("operator.cn_orders")
}

# METADATA
# title: Who rules the operator is not known
# description: >-
#   The country of the operator or of its ultimate parent is not known, so it cannot be said whose orders reach it.
# custom:
#   id: operator.owner_unknown
#   kind: advice
#   cites: ["Requirement of the operator"]
#   since: "2018-05-25"
#   confidence: high
#   source: the operator's own requirement
advice contains {"rule": "operator.owner_unknown", "instrument": "operator"} if {
	sovereign
	"unknown" in rulers
	lib.in_force("operator.owner_unknown")
}
