package guard.instruments.operator_test

import data.guard.fixture_test as fixture

# What the fixture's destination is asked: it is French throughout, keeps nothing and does not train.
asked(facts) := {"tags": fixture.tags(["operator"]), "facts": facts}

judged(facts, place) := fixture.answer(asked(facts), place)

met(facts, place) if fixture.permits_by(judged(facts, place), "operator.requirements_met")

failed(facts, place, rule) if {
	said := judged(facts, place)
	fixture.stuck(said, rule)
	said.effect == "deny"
}

on_own_device := {
	"kind": "device", "role": "self",
	"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"],
	"operator": "unknown", "parent": "unknown", "weights": "unknown",
}

test_every_requirement_met if {
	facts := {
		"require_location_in": ["FR"],
		"require_access_in": ["EEA"],
		"require_operator_in": ["EU"],
		"require_parent_in": ["EEA_PLUS_CH"],
		"require_weights_from": ["FR", "US"],
		"require_weights_not_from": ["CN"],
		"require_no_training": true,
		"require_max_retention_days": 30,
	}
	met(facts, {"retention_days": 30})
	met({}, {})
}

test_assurance if {
	facts := {"require_assurance": ["secnumcloud"]}
	failed(facts, {}, "operator.assurance")
	failed(facts, {"assurance": ["c5-2020.type-2"]}, "operator.assurance")
	met(facts, {"assurance": ["secnumcloud"]})
	both := {"require_assurance": ["secnumcloud", "seal-2"]}
	failed(both, {"assurance": ["secnumcloud"]}, "operator.assurance")
	met(both, {"assurance": ["secnumcloud", "seal-2"]})
}

test_assurance_that_ended if {
	facts := {"require_assurance": ["c5-2020.type-2"]}
	place := {"assurance": ["c5-2020.type-2"]}
	met(facts, place)
	later := object.union(asked(facts), {"time": "2027-06-01"})
	fixture.stuck(fixture.answer(later, place), "operator.assurance")
}

test_assurance_that_nobody_can_have if {
	failed({"require_assurance": ["eucs-high"]}, {"assurance": ["eucs-high"]}, "operator.assurance")
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

test_training if {
	failed({"require_no_training": true}, {"training_use": "yes"}, "operator.training")
	failed({"require_no_training": true}, {"training_use": "unknown"}, "operator.training")
	met({"require_no_training": false}, {"training_use": "yes"})
	met({"require_no_training": true}, {"training_use": "unknown", "role": "self"})
}

test_retention if {
	failed({"require_max_retention_days": 30}, {"retention_days": 31}, "operator.retention")
	failed({"require_max_retention_days": 30}, {"retention_days": -1}, "operator.retention")
	failed({"require_max_retention_days": 0}, {"retention_days": 1}, "operator.retention")
	met({"require_max_retention_days": 0}, {"retention_days": 0})
	met({"require_max_retention_days": 30}, {"retention_days": -1, "role": "self"})
	met({"require_no_training": true}, {"retention_days": -1})
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

test_no_treatment_cures_a_requirement if {
	changes := object.union(asked({"require_parent_in": ["EEA"]}), {"categories": [fixture.email("redact")]})
	fixture.stuck(fixture.answer(changes, {"parent": "US"}), "operator.parent_country")
}
