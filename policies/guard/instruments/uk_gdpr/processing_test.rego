package guard.instruments.uk_gdpr_test

import data.guard.fixture_test as fixture

test_identifiers_in_the_clear if {
	clear := {"categories": [fixture.email("none")], "treatment": "none"}
	fixture.only(answer(clear, {}), "uk_gdpr.minimisation")
	answer(object.union(clear, {"declared": ["uk_gdpr.identifiers_needed"]}), {}).effect == "permit"
	answer(object.union(clear, {"purpose": "storage"}), {}).effect == "permit"
	answer(clear, {"role": "self"}).effect == "permit"
}

test_special_categories if {
	health := {"categories": [fixture.diagnosis("pseudonymise")]}
	fixture.only(answer(health, {}), "uk_gdpr.special_categories")
	answer(object.union(health, {"declared": ["uk_gdpr.art9_condition"]}), {}).effect == "permit"
}

test_criminal_offences if {
	conviction := {"categories": [fixture.conviction("pseudonymise")]}
	fixture.only(answer(conviction, {}), "uk_gdpr.criminal_offences")
	answer(object.union(conviction, {"declared": ["uk_gdpr.art10_condition"]}), {}).effect == "permit"
}

test_processor_terms if {
	fixture.only(answer({}, {"safeguards": []}), "uk_gdpr.processor_terms")
	fixture.only(answer({}, {"safeguards": [], "role": "unknown"}), "uk_gdpr.processor_terms")
	answer({}, {"safeguards": [], "role": "controller"}).effect == "permit"
	answer({}, {"safeguards": ["dpa_art28"]}).effect == "permit"
}

test_training_use if {
	fixture.only(answer({}, {"training_use": "unknown"}), "uk_gdpr.training_use")
	answer({}, {"role": "self", "training_use": "yes"}).effect == "permit"
}

test_child_under_13 if {
	fixture.only(answer({"facts": {"child_age": 12}}, {}), "uk_gdpr.child_consent")
	answer({"facts": {"child_age": 13}}, {}).effect == "permit"
	answer({"facts": {"child_age": 12, "legal_basis": "6(1)(b)"}}, {}).effect == "permit"
	answer({"facts": {"child_age": 12}, "declared": ["uk_gdpr.parental_consent"]}, {}).effect == "permit"
}

decides := {"facts": {"automated_decision": true}}

test_automated_decisions_before_and_after_the_act_of_2025 if {
	before := object.union(decides, {"time": "2026-02-04"})
	fixture.only(answer(before, {}), "uk_gdpr.automated_decision")
	answer(object.union(before, {"declared": ["uk_gdpr.art22_exception"]}), {}).effect == "permit"
	answer(object.union(before, {"facts": {"explicit_consent": true}}), {}).effect == "permit"
	after := answer(object.union(decides, {"time": "2026-02-05"}), {})
	after.effect == "permit"
	"uk_gdpr.decision_safeguards" in fixture.rules(after.obligations)
	not "uk_gdpr.decision_safeguards" in fixture.rules(answer({}, {}).obligations)
}

test_significant_decision_on_special_categories if {
	health := object.union(decides, {
		"categories": [fixture.diagnosis("pseudonymise")],
		"declared": ["uk_gdpr.art9_condition"],
	})
	fixture.only(answer(health, {}), "uk_gdpr.automated_decision_special")
	answer(object.union(health, {"facts": {"explicit_consent": true}}), {}).effect == "permit"
	both := ["uk_gdpr.art9_condition", "uk_gdpr.decision_special_categories"]
	answer(object.union(health, {"declared": both}), {}).effect == "permit"
}

test_record_of_processing if {
	"uk_gdpr.processing_record" in fixture.rules(answer({}, {}).obligations)
	redacted := {"categories": [fixture.email("redact")]}
	not "uk_gdpr.processing_record" in fixture.rules(answer(redacted, {}).obligations)
}

test_basis_not_declared if {
	"uk_gdpr.lawful_basis_not_declared" in fixture.rules(answer({}, {}).advice)
	declared := answer({"declared": ["uk_gdpr.lawful_basis"]}, {})
	not "uk_gdpr.lawful_basis_not_declared" in fixture.rules(declared.advice)
}

test_foreign_orders if {
	"uk_gdpr.foreign_orders" in fixture.rules(answer({}, {"parent": "US"}).advice)
	not "uk_gdpr.foreign_orders" in fixture.rules(answer({}, {}).advice)
}
