package guard.instruments.operator_test

on_own_device := {
	"kind": "device", "role": "self",
	"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"],
	"operator": "unknown", "parent": "unknown", "weights": "unknown",
}

test_location if {
	facts := {"require_location_in": ["EEA"]}
	failed(facts, {"storage": ["US"]}, "operator.location")
	failed(facts, {"processing": ["FR", "US"]}, "operator.location")
	failed(facts, {"storage": ["unknown"]}, "operator.location")
	failed(facts, {"processing": ["GLOBAL"]}, "operator.location")
	met(facts, {"storage": ["EEA"], "processing": ["RE"]})
	failed({"require_location_in": ["DE"]}, {}, "operator.location")
	failed({"require_location_in": ["DE"]}, {"storage": ["DE"], "processing": ["EU"]}, "operator.location")
	met({"require_location_in": []}, {"storage": ["US"]})
}

test_access if {
	failed({"require_access_in": ["EU"]}, {"access": ["FR", "IN"]}, "operator.access")
	failed({"require_access_in": ["EU"]}, {"access": ["NO"]}, "operator.access")
	failed({"require_access_in": ["EU"]}, {"access": ["EEA"]}, "operator.access")
	met({"require_access_in": ["EEA"]}, {"access": ["NO"]})
	met({"require_access_in": ["EEA_PLUS_CH"]}, {"access": ["CH", "NO"]})
	failed({"require_access_in": ["EEA"]}, {"access": ["CH"]}, "operator.access")
}

test_operator_country if {
	failed({"require_operator_in": ["EEA"]}, {"operator": "US"}, "operator.operator_country")
	failed({"require_operator_in": ["EEA"]}, {"operator": "unknown"}, "operator.operator_country")
	met({"require_operator_in": ["US"]}, {"operator": "US-CA"})
}

test_parent_country if {
	failed({"require_parent_in": ["EEA"]}, {"parent": "US"}, "operator.parent_country")
	failed({"require_parent_in": ["EEA"]}, {"parent": "unknown"}, "operator.parent_country")
	met({"require_parent_in": ["EEA"]}, {"operator": "US"})
}

test_weights if {
	failed({"require_weights_from": ["EEA"]}, {"weights": "CN"}, "operator.weights_origin")
	failed({"require_weights_from": ["EEA"]}, {"weights": "unknown"}, "operator.weights_origin")
	met({"require_weights_from": ["EEA"]}, {"kind": "storage", "weights": "unknown"})
	failed({"require_weights_not_from": ["CN", "RU"]}, {"weights": "CN"}, "operator.weights_excluded")
	failed({"require_weights_not_from": ["CN"]}, {"weights": "unknown"}, "operator.weights_excluded")
	failed({"require_weights_not_from": ["DOJ_COUNTRIES_OF_CONCERN"]}, {}, "operator.weights_excluded")
	failed({"require_weights_not_from": ["EEA"]}, {}, "operator.weights_excluded")
	met({"require_weights_not_from": ["CN", "US-CA"]}, {})
	met({"require_weights_not_from": ["CN"]}, {"kind": "storage", "weights": "unknown"})
	met({"require_weights_not_from": []}, {"weights": "unknown"})
}

test_own_device if {
	facts := {
		"require_location_in": ["EEA"],
		"require_access_in": ["EEA"],
		"require_operator_in": ["EEA"],
		"require_parent_in": ["EEA"],
	}
	met(facts, on_own_device)
	failed({"require_weights_not_from": ["CN"]}, on_own_device, "operator.weights_excluded")
}
