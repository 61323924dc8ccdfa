package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

bias_test(treatment) := object.union(use("general", "2026-11-22"), {
	"purpose": "evaluation",
	"categories": [fixture.diagnosis(treatment)],
	"declared": ["eu_ai_act.special_category_bias_art4a"],
})

test_bias_work_in_the_clear_is_the_only_reason if {
	said := fixture.answer(bias_test("none"), {})
	fixture.only(said, "eu_ai_act.bias_pseudonymisation")
	said.barriers[0].categories == ["health.diagnosis"]
}

test_bias_work_pseudonymised if fixture.answer(bias_test("pseudonymise"), {}).effect == "permit"

test_bias_work_before_the_amendment if {
	changes := object.union(bias_test("none"), {"time": "2026-07-26"})
	fixture.answer(changes, {}).effect == "permit"
}

test_bias_work_for_another_party_is_the_only_reason if {
	said := fixture.answer(bias_test("pseudonymise"), {"role": "controller"})
	fixture.only(said, "eu_ai_act.bias_disclosure")
}

test_bias_work_at_home if fixture.answer(bias_test("pseudonymise"), {"role": "self"}).effect == "permit"

test_special_category_without_bias_work if {
	changes := object.union(bias_test("none"), {"declared": []})
	fixture.answer(changes, {"role": "controller"}).effect == "permit"
}

test_bias_work_is_not_inference if {
	changes := object.union(bias_test("none"), {"purpose": "inference"})
	fixture.answer(changes, {"role": "controller"}).effect == "permit"
}

test_bias_work_on_other_data if {
	account := fixture.category("finance.account", false, ["financial_account"], "none")
	changes := object.union(bias_test("none"), {"categories": [account]})
	fixture.answer(changes, {"role": "controller"}).effect == "permit"
}

test_bias_work_about_a_company if {
	about_a_company := object.union(fixture.diagnosis("none"), {"personal": false})
	fixture.answer(object.union(bias_test("none"), {"categories": [about_a_company]}), {}).effect == "permit"
}

test_bias_work_without_its_conditions_is_the_only_reason if {
	facts := {"bias_detection": true}
	changes := object.union(bias_test("pseudonymise"), {"declared": [], "facts": facts})
	fixture.only(fixture.answer(changes, {}), "eu_ai_act.bias_conditions")
	fixture.answer(object.union(changes, {"facts": {"bias_detection": false}}), {}).effect == "permit"
	fixture.answer(object.union(changes, {"purpose": "inference"}), {}).effect == "permit"
	fixture.answer(object.union(bias_test("pseudonymise"), {"facts": facts}), {}).effect == "permit"
	fixture.answer(object.union(bias_test("redact"), {"declared": [], "facts": facts}), {}).effect == "permit"
}
