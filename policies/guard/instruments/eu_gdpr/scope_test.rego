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

records_of(id, changes, place) := fixture.answer(
	object.union({"categories": [object.union(record_of(id), {"found": false})], "treatment": "none"}, changes),
	object.union_n([fixture.in_country("IN"), {"role": "controller"}, place]),
)

record_of(id) := object.union(fixture.category(id, false, [], "none"), {"personal": false})

test_records_that_are_said_to_hold_persons if {
	business := "organisation.record"
	free := records_of(business, {}, {})
	fixture.permits_by(free, "eu_gdpr.no_personal_data")
	every place in [{"counts": {"persons": 0}}, {"counts": {"devices": 3}}] {
		fixture.permits_by(records_of(business, {}, place), "eu_gdpr.no_personal_data")
	}
	fixture.stuck(records_of(business, {}, {"counts": {"persons": 1}}), "eu_gdpr.no_transfer_ground")
	every word in ["eu_gdpr.data_subjects_informed", "eu_gdpr.names_pseudonymised"] {
		fixture.stuck(records_of(business, {"declared": [word]}, {}), "eu_gdpr.no_transfer_ground")
	}
	fixture.stuck(
		records_of(business, {"facts": {"derogation_claimed": "49(1)(e)"}}, {}),
		"eu_gdpr.derogation_not_met",
	)
	unnamed_ground := records_of(business, {"facts": {"article49_ground_claimed": true}}, {})
	fixture.only(unnamed_ground, "eu_gdpr.derogation_review")
}

test_only_records_can_hold_persons_unseen if {
	every id in ["data.core", "data.important", "data.industrial", "data.source_code", "data.technical"] {
		fixture.stuck(records_of(id, {}, {"counts": {"persons": 1}}), "eu_gdpr.no_transfer_ground")
	}
	said := records_of("time.date", {}, {"counts": {"persons": 1}})
	fixture.permits_by(said, "eu_gdpr.no_personal_data")
}

test_records_without_the_persons if {
	business := "organisation.record"
	counted := {"counts": {"persons": 1}}
	redacted := records_of(business, {"treatment": "redact"}, counted)
	redacted.effect == "deny"
	anonymous := {"facts": {"prior_treatment": "anonymised"}}
	fixture.permits_by(records_of(business, anonymous, counted), "eu_gdpr.no_personal_data")
}

test_data_that_rest_here_and_nobody_who_processes_them_here if {
	word := {"origin": "DE", "declared": ["eu_gdpr.no_establishment_here"]}
	abroad_said := fixture.answer(object.union(shop, word), fixture.in_country("SG"))
	fixture.permits_by(abroad_said, "eu_gdpr.outside_scope")
	every bent in [
		{"principal": {"establishment": ["IE"], "role": "controller"}},
		{"facts": {}},
		{"facts": {"controller_art3_2": false, "art3_2": true}},
		{"facts": {"controller_art3_2": false, "controller_has_eu_establishment": true}},
	] {
		changes := object.union(object.remove(object.union(shop, word), object.keys(bent)), bent)
		fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "eu_gdpr.no_transfer_ground")
	}
}
