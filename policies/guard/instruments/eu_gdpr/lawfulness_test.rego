# GDPR Art. 5, 6, 8, 9, 13, 22 as far as facts are stated.
package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

within(facts) := fixture.answer({"facts": facts}, {})

test_no_basis_is_the_only_reason if {
	fixture.only(within({"legal_basis": "None"}), "eu_gdpr.no_lawful_basis")
	within({"legal_basis": "6(1)(b)"}).effect == "permit"
}

test_lawful_processing_is_a_ground_of_its_own if {
	every facts in [
		{"legal_basis": "6(1)(f)_balanced"},
		{"balancing_passed": true},
		{"art9_basis": "research_law"},
		{"privacy_notice_adequate": true},
		{"recipient_means_of_reidentification": false},
		{"training_lawful": true},
	] {
		said := within(facts)
		said.effect == "permit"
		"eu_gdpr.lawful_processing" in fixture.rules(said.permits)
	}
	not "eu_gdpr.lawful_processing" in fixture.rules(within({}).permits)
	abroad_too := fixture.answer({"facts": {"legal_basis": "6(1)(b)"}}, fixture.in_country("IN"))
	fixture.stuck(abroad_too, "eu_gdpr.no_transfer_ground")
}

test_lawful_processing_in_one_entity if {
	facts := {"legal_basis": "6(1)(b)", "same_legal_entity": true}
	said := fixture.answer({"facts": facts}, object.union(fixture.in_country("IN"), {"role": "self"}))
	fixture.rules(said.permits) == {"eu_gdpr.lawful_processing", "eu_gdpr.same_legal_entity"}
}

test_interests_that_fail if {
	every facts in [
		{"balancing_passed": false},
		{"less_intrusive_alternative_available": true},
		{"legal_basis": "6(1)(f)_balanced", "balancing_passed": false},
		{"legal_basis": "6(1)(f)", "necessity_shown": false},
	] {
		fixture.only(within(facts), "eu_gdpr.interests_not_met")
	}
	within({"legal_basis": "6(1)(a)", "balancing_passed": false}).effect == "permit"
}

test_interests_that_are_open if {
	every facts in [
		{"legal_basis": "6(1)(f)"},
		{"reasonable_expectations_evidence": "privacy_policy_only"},
		{"legal_basis": "6(1)(f)_balanced", "reasonable_expectations_evidence": "privacy_policy_only"},
		{"legal_basis": "6(1)(f)_balanced", "optout_before_training": false},
		{"less_intrusive_alternative_available": false},
	] {
		said := within(facts)
		said.effect == "review"
		fixture.only(said, "eu_gdpr.interests_review")
	}
	within({"legal_basis": "6(1)(f)", "balancing_passed": true, "optout_before_training": true}).effect == "permit"
}

test_notice_is_the_only_reason if {
	fixture.only(within({"privacy_notice_adequate": false}), "eu_gdpr.notice_inadequate")
}

test_surplus_is_the_only_reason if {
	fixture.only(within({"data_limited_to_relevant": false}), "eu_gdpr.not_limited")
	fixture.only(within({"data_limited_to_contract_need": false}), "eu_gdpr.not_limited")
	within({"data_limited_to_relevant": true}).effect == "permit"
}

test_basis_not_declared_is_advice if {
	"eu_gdpr.lawful_basis_not_declared" in fixture.rules(within({}).advice)
	declared := fixture.answer({"declared": ["eu_gdpr.lawful_basis"]}, {})
	not "eu_gdpr.lawful_basis_not_declared" in fixture.rules(declared.advice)
	not "eu_gdpr.lawful_basis_not_declared" in fixture.rules(within({"legal_basis": "6(1)(b)"}).advice)
}

health(facts, declared) := fixture.answer(
	{
		"categories": [fixture.diagnosis("pseudonymise")],
		"facts": facts,
		"declared": declared,
	},
	{},
)

test_interests_do_not_lift_article_9 if {
	facts := {"legal_basis": "6(1)(f)_balanced"}
	fixture.only(health(facts, ["eu_gdpr.art9_other_exception"]), "eu_gdpr.special_categories_interests")
	health(object.union(facts, {"art9_basis": "research_law"}), []).effect == "permit"
	health(object.union(facts, {"explicit_consent": true}), []).effect == "permit"
}

test_stated_exceptions_of_article_9 if {
	health({"art9_basis": "research_law"}, []).effect == "permit"
	health({"explicit_consent": true}, []).effect == "permit"
	fixture.only(health({"explicit_consent": false}, []), "eu_gdpr.special_categories")
}

child(age, places) := fixture.answer({"facts": {"child_age": age}, "data_subjects": places}, {})

test_child_under_the_age_of_its_state if {
	fixture.only(child(15, ["DE"]), "eu_gdpr.child_consent")
	child(16, ["DE"]).effect == "permit"
	child(13, ["BE"]).effect == "permit"
	fixture.only(child(13, ["BE", "FR"]), "eu_gdpr.child_consent")
	fixture.only(child(15, ["EEA"]), "eu_gdpr.child_consent")
	fixture.only(child(15, []), "eu_gdpr.child_consent")
}

test_a_child_needs_no_consent_on_another_basis_or_with_parents if {
	fixture.answer({"facts": {"child_age": 9, "legal_basis": "6(1)(c)"}}, {}).effect == "permit"
	parents := {"facts": {"child_age": 9}, "declared": ["eu_gdpr.parental_consent"]}
	fixture.answer(parents, {}).effect == "permit"
}

decides(declared, facts) := fixture.answer(
	{
		"facts": object.union({"automated_decision": true}, facts),
		"declared": declared,
	},
	{},
)

test_decision_without_a_human if {
	said := decides([], {})
	fixture.only(said, "eu_gdpr.automated_decision")
	"eu_gdpr.human_intervention" in fixture.rules(said.obligations)
	decides(["eu_gdpr.art22_exception"], {}).effect == "permit"
	decides([], {"explicit_consent": true}).effect == "permit"
	not "eu_gdpr.human_intervention" in fixture.rules(within({}).obligations)
}

about_health(declared) := fixture.answer(
	{
		"categories": [fixture.diagnosis("pseudonymise")],
		"facts": {"automated_decision": true},
		"declared": array.concat(["eu_gdpr.art22_exception", "eu_gdpr.art9_other_exception"], declared),
	},
	{},
)

test_decision_on_special_categories if {
	fixture.only(about_health([]), "eu_gdpr.automated_decision_special")
	about_health(["eu_gdpr.art22_special_categories"]).effect == "permit"
}
