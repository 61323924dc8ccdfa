package guard.instruments.us_co_test

import data.guard.fixture_test as fixture

use(use_case, facts) := {
	"tags": fixture.tags(["us_co"]),
	"use_case": use_case,
	"time": "2027-01-01",
	"facts": facts,
}

judged(use_case, facts) := fixture.answer(use(use_case, facts), {})

owed(use_case, facts) := fixture.rules(judged(use_case, facts).obligations)

test_no_consequential_decision if {
	fixture.permits_by(judged("general", {}), "us_co.not_covered")
	fixture.permits_by(judged("employment_workers", {"materially_influences": false}), "us_co.not_covered")
	not "us_co.records" in owed("general", {})
}

test_listed_use_said_to_decide_nothing_is_reviewed if {
	said := judged("employment_workers", {"consequential_decision": false})
	said.effect == "review"
	fixture.only(said, "us_co.decision_contested")
	both := {"consequential_decision": false, "materially_influences": false}
	fixture.permits_by(judged("employment_workers", both), "us_co.not_covered")
}

test_before_the_act if {
	changes := object.union(use("general", {}), {"time": "2026-12-31"})
	fixture.only(fixture.answer(changes, {}), "guard.no_ground")
}

test_covered_use if {
	fixture.permits_by(judged("employment_workers", {}), "us_co.covered_use")
	fixture.permits_by(judged("general", {"consequential_decision": true}), "us_co.covered_use")
	said := judged("general", {"consequential_decision": true, "materially_influences": true})
	fixture.permits_by(said, "us_co.covered_use")
	{
		"us_co.adverse_outcome", "us_co.consumer_notice",
		"us_co.human_review", "us_co.records",
	} == {rule | some rule in fixture.rules(said.obligations); startswith(rule, "us_co.")}
	some record in said.obligations
	record.rule == "us_co.records"
	record.days == 1096
}

test_developers_document if {
	developer := {"principal": {"establishment": ["US-CO"], "role": "provider"}}
	said := fixture.answer(object.union(use("employment_workers", {}), developer), {})
	"us_co.documentation" in fixture.rules(said.obligations)
	not "us_co.documentation" in owed("employment_workers", {})
	not "us_co.documentation" in fixture.rules(fixture.answer(object.union(use("general", {}), developer), {}).obligations)
}

test_training_decides_nothing if {
	training := object.union(use("employment_workers", {}), {"purpose": "training"})
	not "us_co.consumer_notice" in fixture.rules(fixture.answer(training, {}).obligations)
}

test_use_of_which_nothing_is_said_is_the_only_reason if {
	fixture.stuck(judged("unknown", {}), "us_co.use_unknown")
	fixture.stuck(judged("law_enforcement", {}), "us_co.use_unknown")
	fixture.stuck(judged("law_enforcement", {"materially_influences": true}), "us_co.use_unknown")
}

test_reading_is_not_verified if {
	said := judged("general", {})
	fixture.unverified(said, "us_co")
	said.permits[0].confidence == "medium"
}
