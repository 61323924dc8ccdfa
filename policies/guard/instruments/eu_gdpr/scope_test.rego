package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

weights := object.union(fixture.category("data.model_weights", false, [], "none"), {"personal": false})

model(facts) := {"categories": [weights], "facts": facts, "purpose": "storage"}

found_email := object.union(fixture.email("none"), {"found": true})

# In India nothing carries personal data, so what is permitted there is not personal.
test_stated_anonymity_leaves_the_regulation if {
	every facts in [
		{"prior_treatment": "anonymised"},
		{"anonymity_demonstrated": true, "prior_treatment": "anonymised"},
		{"anonymity_demonstrated": true, "claimed_treatment": "anonymised"},
		{"anonymity_demonstrated": true},
	] {
		said := fixture.answer({"facts": facts, "purpose": "storage"}, fixture.in_country("IN"))
		fixture.permits_by(said, "eu_gdpr.no_personal_data")
	}
}

test_anonymity_of_the_data_for_deployment_only if {
	facts := {"anonymity_demonstrated": true, "new_personal_data_in_deployment": false}
	data_and_model := {"facts": facts, "categories": [weights, fixture.email("pseudonymise")], "purpose": "inference"}
	fixture.permits_by(fixture.answer(data_and_model, fixture.in_country("IN")), "eu_gdpr.no_personal_data")
}

test_what_contradicts_anonymity if {
	every fact, value in {
		"anonymity_demonstrated": false,
		"extraction_tests_done": false,
		"model_retains_personal_data": true,
		"recipient_means_of_reidentification": true,
		"new_personal_data_in_deployment": true,
	} {
		facts := object.union({"prior_treatment": "anonymised"}, {fact: value})
		said := fixture.answer({"facts": facts}, fixture.in_country("IN"))
		"eu_gdpr.no_transfer_ground" in fixture.rules(said.barriers)
	}
}

test_a_claim_is_no_demonstration if {
	said := fixture.answer({"facts": {"claimed_treatment": "anonymised"}}, {})
	fixture.only(said, "eu_gdpr.anonymity_not_shown")
}

test_a_word_does_not_cover_what_was_found if {
	changes := {"facts": {"prior_treatment": "anonymised"}, "categories": [found_email], "purpose": "storage"}
	fixture.stuck(fixture.answer(changes, fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
}

test_pseudonyms_are_not_anonymous_because_the_model_is if {
	facts := {"anonymity_demonstrated": true, "prior_treatment": "pseudonymised"}
	changes := {"facts": facts, "purpose": "storage", "categories": [weights, fixture.email("pseudonymise")]}
	fixture.stuck(fixture.answer(changes, fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
}

test_training_data_are_not_anonymous_because_the_model_is if {
	changes := {"facts": {"anonymity_demonstrated": true}, "purpose": "training"}
	fixture.stuck(fixture.answer(changes, fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
}

test_weights_of_an_anonymous_model if {
	facts := {"anonymity_demonstrated": true, "extraction_tests_done": true, "model_retains_personal_data": false}
	fixture.permits_by(fixture.answer(model(facts), fixture.in_country("IN")), "eu_gdpr.no_personal_data")
}

test_weights_of_which_nothing_is_said_are_advised_on if {
	said := fixture.answer(model({}), {})
	said.effect == "permit"
	"eu_gdpr.model_not_assessed" in fixture.rules(said.advice)
	shown := fixture.answer(model({"anonymity_demonstrated": true}), {})
	not "eu_gdpr.model_not_assessed" in fixture.rules(shown.advice)
}

test_weights_that_hold_personal_data_are_transferred if {
	every facts in [
		{"model_retains_personal_data": true},
		{"new_personal_data_in_deployment": true},
		{"training_lawful": true, "deployer_assessment_done": false, "deployer_same_as_developer": true},
	] {
		fixture.stuck(fixture.answer(model(facts), fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
	}
}

shop := {
	"principal": {"establishment": ["SG"], "role": "controller"},
	"origin": "SG",
	"facts": {"controller_art3_2": false},
}

test_controller_outside_the_scope if {
	every fact in ["art3_2", "controller_art3_2", "exporter_art3_2"] {
		said := fixture.answer(object.union(shop, {"facts": {fact: false}}), fixture.in_country("SG"))
		"eu_gdpr.outside_scope" in fixture.rules(said.permits)
		said.effect == "permit"
	}
}

test_what_brings_a_controller_into_scope if {
	every bent in [
		{"facts": {"controller_art3_2": false, "exporter_art3_2": true}},
		{"facts": {"controller_art3_2": false, "art3_2": true}},
		{"facts": {"art3_2": false, "controller_art3_2": true}},
		{"facts": {"controller_art3_2": false, "controller_has_eu_establishment": true}},
		{"principal": {"establishment": ["SG", "IE"], "role": "controller"}},
		{"principal": {"establishment": ["unknown"], "role": "controller"}},
		{"principal": {"establishment": [], "role": "controller"}},
		{"origin": "DE"},
	] {
		said := fixture.answer(object.union(shop, bent), fixture.in_country("SG"))
		fixture.stuck(said, "eu_gdpr.no_transfer_ground")
	}
}

test_data_that_rest_here_with_no_establishment if {
	facts := {"controller_art3_2": false, "controller_has_eu_establishment": false}
	said := fixture.answer(object.union(shop, {"origin": "DE", "facts": facts}), fixture.in_country("SG"))
	fixture.permits_by(said, "eu_gdpr.outside_scope")
}

test_an_establishment_in_a_part_of_a_member_state_is_one_in_it if {
	every place in ["DE-BY", "FR-GP"] {
		changes := {"facts": {"art3_2": false}, "principal": {"establishment": [place], "role": "controller"}, "origin": "IN"}
		fixture.stuck(fixture.answer(changes, fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
	}
	resting := {
		"facts": {"art3_2": false},
		"principal": {"establishment": ["IN"], "role": "controller"},
		"origin": "DE-BY",
	}
	fixture.stuck(fixture.answer(resting, fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
}

test_what_is_found_belies_anonymity if {
	diagnosis := object.union(fixture.diagnosis("none"), {"found": false})
	name := object.union(fixture.email("none"), {"found": true})
	changes := {"facts": {"prior_treatment": "anonymised"}, "purpose": "storage", "categories": [diagnosis, name]}
	fixture.only(fixture.answer(changes, {}), "eu_gdpr.special_categories")
}
