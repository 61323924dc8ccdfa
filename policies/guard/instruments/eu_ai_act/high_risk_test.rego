package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

# Recruitment, by its facts, on a day.
recruiting(facts, date) := object.union(use("general", date), {"facts": object.union({"annex_iii": "4a"}, facts)})

on_the_day(facts) := fixture.answer(recruiting(facts, "2027-12-02"), {})

test_recruitment_before_its_date if {
	said := fixture.answer(recruiting({"conformity_evidence": false}, "2027-12-01"), {})
	fixture.permits_by(said, "eu_ai_act.ordinary_use")
	"eu_ai_act.literacy" in fixture.rules(said.advice)
}

test_recruitment_from_its_date if {
	said := on_the_day({"conformity_evidence": true})
	said.effect == "permit"
	"eu_ai_act.high_risk_by_facts" in fixture.rules(said.permits)
}

test_recruitment_without_conformity_is_the_only_reason if {
	said := on_the_day({"conformity_evidence": false})
	fixture.only(said, "eu_ai_act.conformity_lacking")
	said.effect == "deny"
}

test_recruitment_of_which_conformity_is_not_said_is_for_review if {
	said := on_the_day({"profiling": false})
	fixture.only(said, "eu_ai_act.conformity_unknown")
	said.effect == "review"
	declared := object.union(recruiting({}, "2027-12-02"), {"declared": ["eu_ai_act.conformity_assessed"]})
	fixture.answer(declared, {}).effect == "permit"
	in_training := object.union(declared, {"purpose": "training"})
	not "eu_ai_act.conformity_unknown" in fixture.rules(fixture.answer(in_training, {}).barriers)
}

assessed(facts) := object.union(
	recruiting(facts, "2027-12-02"),
	{"declared": ["eu_ai_act.not_high_risk_assessed"]},
)

test_assessment_that_a_listed_use_is_not_high_risk if {
	said := fixture.answer(assessed({"profiling": false}), {})
	fixture.rules(said.permits) == {"eu_ai_act.not_high_risk", "eu_ai_act.ordinary_use"}
	said.effect == "permit"
	said.obligations == [duty | some duty in said.obligations; duty.instrument == "guard"]
	fixture.only(fixture.answer(assessed({"profiling": true}), {}), "eu_ai_act.conformity_unknown")
	fixture.only(fixture.answer(assessed({}), {}), "eu_ai_act.conformity_unknown")
}

test_facts_that_describe_a_listed_use if {
	every facts in [
		{"emotion_inference": true, "affected_persons": "customers", "area": "customer_contact"},
		{"scoring": true, "detrimental_treatment": false, "affected_persons": "welfare_recipients"},
		{"profiling": true, "affected_persons": "employees"},
		{"profiling": true, "affected_persons": "job_candidates"},
	] {
		changes := object.union(stated(facts), {"time": "2027-12-02"})
		fixture.only(fixture.answer(changes, {}), "eu_ai_act.conformity_unknown")
	}
}

# The points that facts alone describe.
points_of(facts) := points if {
	# regal ignore:with-outside-test-context
	points := data.guard.instruments.eu_ai_act.points with input as {
		"transfer": object.union(fixture.transfer, stated(facts)),
		"destination": fixture.destination,
	}
}

test_points_of_annex_iii if {
	points_of({"annex_iii": "5b"}) == {"5b"}
	points_of({"emotion_inference": true}) == {"1c"}
	points_of({"biometric_categorisation": true}) == {"1b"}
	points_of({"biometric_categorisation": true, "deduces_sensitive": false}) == set()
	points_of({"profiling": true, "affected_persons": "job_candidates"}) == {"4a"}
	points_of({"scoring": true, "affected_persons": "employees"}) == {"4b"}
	points_of({"profiling": true, "affected_persons": "welfare_recipients"}) == {"5a"}
	points_of({"affected_persons": "employees"}) == set()
	points_of({"profiling": true, "affected_persons": "consumers"}) == set()
}

annex_i(date) := object.union(use("general", date), {"facts": {"annex_i_product": true}})

test_product_of_annex_i if {
	fixture.permits_by(fixture.answer(annex_i("2028-08-01"), {}), "eu_ai_act.ordinary_use")
	fixture.only(fixture.answer(annex_i("2028-08-02"), {}), "eu_ai_act.conformity_unknown")
	claimed := object.union(annex_i("2028-08-02"), {"declared": ["eu_ai_act.not_high_risk_assessed"]})
	fixture.only(fixture.answer(claimed, {}), "eu_ai_act.conformity_unknown")
}

test_system_from_before_the_rules if {
	old := fixture.answer(recruiting({"legacy_system": true}, "2030-08-01"), {})
	fixture.rules(old.permits) == {"eu_ai_act.legacy_system", "eu_ai_act.ordinary_use"}
	old.effect == "permit"
	private := {"legacy_system": true, "public_authority": false}
	later := fixture.answer(recruiting(private, "2030-08-02"), {})
	"eu_ai_act.legacy_system" in fixture.rules(later.permits)
	not "eu_ai_act.legacy_public_authority" in fixture.rules(later.advice)
	public := fixture.answer(recruiting({"legacy_system": true}, "2030-08-02"), {})
	fixture.only(public, "eu_ai_act.conformity_unknown")
	"eu_ai_act.legacy_public_authority" in fixture.rules(public.advice)
	old_product := object.union(annex_i("2028-08-02"), {"facts": {"annex_i_product": true, "legacy_system": true}})
	fixture.answer(old_product, {}).effect == "permit"
}

test_listed_use_outside_the_regulation if {
	changes := recruiting({"scientific_research_only": true, "conformity_evidence": false}, "2027-12-02")
	fixture.answer(changes, {}).effect == "permit"
}
