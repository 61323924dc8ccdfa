package guard.instruments.operator_test

import data.guard.fixture_test as fixture

warned(facts, place) := {rule |
	some rule in fixture.rules(judged(facts, place).advice)
	startswith(rule, "operator.")
}

requirements := [
	{"require_access_in": ["EEA"]},
	{"require_assurance": ["secnumcloud"]},
	{"require_location_in": ["EEA"]},
	{"require_operator_in": ["EEA"]},
	{"require_parent_in": ["EEA"]},
]

test_orders_reach_a_parent if {
	every facts in requirements {
		warned(facts, {"parent": "US"}) == {"operator.us_orders", "operator.us_surveillance"}
		warned(facts, {"operator": "US-CA"}) == {"operator.us_orders", "operator.us_surveillance"}
		warned(facts, {"parent": "CN"}) == {"operator.cn_orders"}
		warned(facts, {"parent": "unknown"}) == {"operator.owner_unknown"}
		warned(facts, {}) == set()
	}
}

test_nothing_is_said_without_a_requirement_of_sovereignty if {
	warned({"require_no_training": true}, {"parent": "US"}) == set()
	warned({"require_max_retention_days": 30}, {"parent": "CN"}) == set()
	warned({"require_location_in": []}, {"parent": "unknown"}) == set()
}
