# EDPB Opinion 28/2024, CJEU C-413/23 P and collection from the web.
package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

used(facts) := fixture.answer({"categories": [weights], "facts": facts}, {})

test_model_not_shown_to_be_anonymous_is_reviewed if {
	every facts in [
		{"anonymity_demonstrated": false},
		{"extraction_tests_done": false},
		{"claimed_treatment": "anonymised"},
		{"anonymity_demonstrated": true, "model_retains_personal_data": true},
	] {
		said := used(facts)
		said.effect == "review"
		fixture.only(said, "eu_gdpr.model_anonymity_review")
	}
	used({"anonymity_demonstrated": true}).effect == "permit"
}

test_scenario_1_same_controller if {
	facts := {"training_lawful": false, "deployer_same_as_developer": true, "model_retains_personal_data": true}
	said := used(facts)
	said.effect == "review"
	fixture.only(said, "eu_gdpr.doubtful_training_review")
	used(object.union(facts, {"training_lawful": true})).effect == "permit"
	used(object.union(facts, {"training_lawful": "unknown_no_finding"})).effect == "review"
}

test_scenario_2_another_deployer if {
	facts := {"deployer_same_as_developer": false, "model_retains_personal_data": true}
	unknown := object.union(facts, {"training_lawful": "unknown_no_finding"})
	fixture.only(used(unknown), "eu_gdpr.model_origin_not_assessed")
	fixture.only(used({"deployer_assessment_done": false}), "eu_gdpr.model_origin_not_assessed")
	assessed := used(object.union(unknown, {"deployer_assessment_done": true}))
	assessed.effect == "permit"
	"eu_gdpr.lawful_processing" in fixture.rules(assessed.permits)
	unlawful := object.union(facts, {"training_lawful": false})
	fixture.only(used(unlawful), "eu_gdpr.model_origin_not_assessed")
	known := used(object.union(unlawful, {"deployer_assessment_done": true}))
	known.effect == "review"
	fixture.only(known, "eu_gdpr.doubtful_training_review")
}

test_scenario_3_anonymous_model if {
	every facts in [{"anonymity_demonstrated": true}, {"model_retains_personal_data": false}] {
		said := used(object.union(facts, {"training_lawful": false}))
		said.effect == "permit"
		fixture.rules(said.permits) == {"eu_gdpr.no_personal_data", "eu_gdpr.within_eea"}
	}
	fed := used({
		"training_lawful": false,
		"anonymity_demonstrated": true,
		"new_personal_data_in_deployment": true,
		"legal_basis": "6(1)(f)_balanced",
	})
	fed.effect == "permit"
	"eu_gdpr.lawful_processing" in fixture.rules(fed.permits)
}

test_unlawful_training_is_the_only_reason if {
	trained := {"facts": {"training_lawful": false}, "purpose": "training"}
	fixture.only(fixture.answer(trained, {}), "eu_gdpr.unlawful_training")
	fixture.answer({"facts": {"training_lawful": true}, "purpose": "training"}, {}).effect == "permit"
}

web := object.union(fixture.category("content.web", false, [], "none"), {"found": false})

measures := ["eu_gdpr.collection_criteria", "eu_gdpr.irrelevant_data_deleted", "eu_gdpr.sensitive_sources_excluded"]

scraped(facts, declared) := fixture.answer(
	{"categories": [web], "purpose": "training", "facts": facts, "declared": declared},
	{},
)

balanced := {"legal_basis": "6(1)(f)_balanced"}

test_sources_that_object if {
	every fact in ["site_exclusion_signal", "source_requires_account"] {
		fixture.only(scraped(object.union(balanced, {fact: true}), measures), "eu_gdpr.sources_object")
		scraped(object.union(balanced, {fact: false}), measures).effect == "permit"
	}
}

test_each_measure_of_web_collection if {
	scraped({"legal_basis": "6(1)(f)", "balancing_passed": true}, []).effect == "permit"
	scraped(balanced, measures).effect == "permit"
	every missing in measures {
		said := scraped(balanced, [one | some one in measures; one != missing])
		said.effect == "review"
		fixture.only(said, "eu_gdpr.web_collection_review")
	}
}

coded := {"prior_treatment": "pseudonymised", "recipient_means_of_reidentification": false}

coded_to(place, declared) := fixture.answer(
	{"facts": coded, "declared": declared},
	object.union(place, {"safeguards": ["dpa_art28", "code_list_with_sender"]}),
)

test_recipient_that_cannot_identify if {
	named := ["eu_gdpr.recipients_disclosed"]
	coded_to({}, named).effect == "permit"
	said := coded_to(fixture.in_country("US"), named)
	said.effect == "review"
	fixture.only(said, "eu_gdpr.relative_identifiability_review")
	fixture.rules(said.permits) == {"eu_gdpr.recipient_cannot_identify"}
	fixture.unverified(said, "eu_gdpr")
	early := fixture.answer(
		{"facts": coded, "declared": named, "time": "2025-09-03"},
		object.union(fixture.in_country("US"), {"safeguards": ["dpa_art28", "code_list_with_sender"]}),
	)
	fixture.stuck(early, "eu_gdpr.no_transfer_ground")
	keyed := fixture.answer(
		{"facts": coded, "declared": named},
		object.union(
			fixture.in_country("US"),
			{"safeguards": ["dpa_art28", "code_list_with_sender", "additional_information_with_importer"]},
		),
	)
	fixture.stuck(keyed, "eu_gdpr.no_transfer_ground")
}

test_recipient_that_was_not_named if {
	said := coded_to({}, [])
	said.effect == "review"
	fixture.only(said, "eu_gdpr.recipient_not_named")
	told := object.union(coded, {"privacy_notice_adequate": true})
	fixture.answer({"facts": told}, {"safeguards": ["dpa_art28", "code_list_with_sender"]}).effect == "permit"
}

test_what_is_only_called_anonymous if {
	said := fixture.answer({"facts": {"prior_treatment": "anonymised", "anonymity_demonstrated": false}}, {})
	fixture.only(said, "eu_gdpr.anonymity_not_shown")
}
