package guard.instruments.operator_test

import data.guard.fixture_test as fixture

# What the fixture's destination is asked: it is French throughout, keeps nothing and does not train.
asked(facts) := {"tags": fixture.tags(["operator"]), "categories": [], "facts": facts}

judged(facts, place) := fixture.answer(asked(facts), place)

met(facts, place) if fixture.permits_by(judged(facts, place), "operator.requirements_met")

failed(facts, place, rule) if {
	said := judged(facts, place)
	fixture.stuck(said, rule)
	said.effect == "deny"
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
	failed({"require_no_retention": true}, {"retention_days": 1}, "operator.retention")
	failed({"require_no_retention": true}, {"retention_days": -1}, "operator.retention")
	met({"require_no_retention": true}, {"retention_days": 0})
	met({"require_no_retention": false}, {"retention_days": 90})
	met({"require_no_training": true}, {"retention_days": -1})
}

test_no_treatment_cures_a_requirement if {
	changes := object.union(asked({"require_parent_in": ["EEA"]}), {"categories": [fixture.email("redact")]})
	fixture.stuck(fixture.answer(changes, {"parent": "US"}), "operator.parent_country")
}

test_a_requirement_is_no_ground_for_personal_data if {
	facts := {"require_no_training": true}
	named := object.union(asked(facts), {"categories": [fixture.email("pseudonymise")]})
	said := fixture.answer(named, {})
	fixture.stuck(said, "operator.no_law")
	said.barriers[0].categories == ["contact.email"]
	redacted := object.union(asked(facts), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, {}), "operator.requirements_met")
	with_law := object.union(named, {"tags": fixture.tags(["eu_gdpr", "operator"])})
	fixture.answer(with_law, {}).effect == "permit"
}
