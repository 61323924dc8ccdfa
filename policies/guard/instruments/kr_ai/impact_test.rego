package guard.instruments.kr_ai_test

import data.guard.fixture_test as fixture

use(use_case, facts) := {
	"tags": fixture.tags(["kr_ai"]),
	"use_case": use_case,
	"time": "2026-01-22",
	"principal": {"establishment": ["KR"], "role": "deployer"},
	"facts": facts,
}

judged(use_case, facts) := fixture.answer(use(use_case, facts), {})

owed(use_case, facts) := fixture.rules(judged(use_case, facts).obligations)

test_ordinary_use if {
	fixture.permits_by(judged("general", {}), "kr_ai.ordinary_use")
	fixture.permits_by(judged("unknown", {"high_impact": false}), "kr_ai.ordinary_use")
	owed("general", {}) & {"kr_ai.user_notice", "kr_ai.high_impact_measures", "kr_ai.safety"} == set()
}

test_before_the_act if {
	changes := object.union(use("general", {}), {"time": "2026-01-21"})
	fixture.only(fixture.answer(changes, {}), "guard.no_ground")
}

test_high_impact_use if {
	fixture.permits_by(judged("employment_workers", {}), "kr_ai.high_impact_use")
	fixture.permits_by(judged("general", {"high_impact": true}), "kr_ai.high_impact_use")
	duties := owed("employment_workers", {})
	{"kr_ai.user_notice", "kr_ai.high_impact_measures"} & duties == {"kr_ai.user_notice", "kr_ai.high_impact_measures"}
}

test_use_of_which_nothing_is_said_is_the_only_reason if {
	fixture.stuck(judged("unknown", {}), "kr_ai.use_unknown")
	fixture.stuck(judged("social_scoring", {}), "kr_ai.use_unknown")
}

test_review_against_the_list_is_for_a_person if {
	said := judged("employment_workers", {"high_impact": false})
	said.effect == "review"
	fixture.only(said, "kr_ai.impact_contested")
}

test_representative_is_the_only_reason if {
	abroad := object.union(
		use("general", {"kr_thresholds_met": true}),
		{"principal": {"establishment": ["US"], "role": "provider"}},
	)
	fixture.only(fixture.answer(abroad, {}), "kr_ai.domestic_representative")
	fixture.answer(object.union(abroad, {"declared": ["kr_ai.domestic_representative"]}), {}).effect == "permit"
	fixture.answer(object.union(abroad, {"facts": {"kr_thresholds_met": false}}), {}).effect == "permit"
	judged("general", {"kr_thresholds_met": true}).effect == "permit"
}

test_generative_ai if {
	generating := {"generates_content": true}
	duties := owed("general", generating)
	{"kr_ai.user_notice", "kr_ai.output_label"} & duties == {"kr_ai.user_notice", "kr_ai.output_label"}
	training := object.union(use("general", generating), {"purpose": "training"})
	not "kr_ai.output_label" in fixture.rules(fixture.answer(training, {}).obligations)
	not "kr_ai.user_notice" in fixture.rules(fixture.answer(training, {}).obligations)
	not "kr_ai.transparency" in fixture.rules(judged("general", generating).advice)
	not "kr_ai.transparency" in fixture.rules(judged("general", {"generates_content": false}).advice)
	"kr_ai.transparency" in fixture.rules(judged("general", {}).advice)
}

test_high_performance if {
	"kr_ai.safety" in owed("general", {"training_compute_e20": 1000000})
	not "kr_ai.safety" in owed("general", {"training_compute_e20": 999999})
}

test_reading_is_not_verified if {
	said := judged("general", {})
	fixture.unverified(said, "kr_ai")
	said.permits[0].confidence == "medium"
}
