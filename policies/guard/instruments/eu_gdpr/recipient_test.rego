package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

test_processor_without_terms_is_the_only_reason if {
	fixture.only(fixture.answer({}, {"safeguards": []}), "eu_gdpr.processor_terms")
}

test_unknown_role_needs_terms if {
	fixture.only(fixture.answer({}, {"role": "unknown", "safeguards": []}), "eu_gdpr.processor_terms")
}

test_controller_needs_no_processor_terms if {
	fixture.answer({}, {"role": "controller", "safeguards": []}).effect == "permit"
}

test_clauses_contain_the_terms if {
	fixture.answer({}, {"safeguards": ["scc_2021_914"]}).effect == "permit"
}

test_training_use_is_the_only_reason if {
	fixture.only(fixture.answer({}, {"training_use": "yes"}), "eu_gdpr.training_use")
}

test_unknown_training_use_is_training_use if {
	fixture.only(fixture.answer({}, {"training_use": "unknown"}), "eu_gdpr.training_use")
}

test_own_model_may_train if {
	fixture.answer({"purpose": "training"}, {"role": "self", "training_use": "yes"}).effect == "permit"
}

test_foreign_parent_is_advice_not_refusal if {
	said := fixture.answer({}, {"parent": "US"})
	said.effect == "permit"
	"eu_gdpr.foreign_orders" in fixture.rules(said.advice)
}

test_unknown_operator_is_advice if {
	"eu_gdpr.foreign_orders" in fixture.rules(fixture.answer({}, {"operator": "unknown"}).advice)
}

test_european_operator_needs_no_advice if {
	not "eu_gdpr.foreign_orders" in fixture.rules(fixture.answer({}, {}).advice)
}

test_unknown_retention_is_advice if {
	"eu_gdpr.retention_unknown" in fixture.rules(fixture.answer({}, {"retention_days": -1}).advice)
	not "eu_gdpr.retention_unknown" in fixture.rules(fixture.answer({}, {"retention_days": 30}).advice)
}

test_processing_is_recorded if {
	"eu_gdpr.processing_record" in fixture.rules(fixture.answer({}, {}).obligations)
}

test_nothing_personal_nothing_to_record if {
	said := fixture.answer({"categories": [fixture.email("redact")]}, {})
	not "eu_gdpr.processing_record" in fixture.rules(said.obligations)
}

redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}

test_redacted_data_need_nothing_of_the_recipient if {
	place := {"safeguards": [], "training_use": "yes", "parent": "US", "retention_days": -1}
	said := fixture.answer(redacted, place)
	said.effect == "permit"
	fixture.risks(said) == {"eu_gdpr.residual_risk"}
}

test_own_machine_has_no_recipient if {
	place := {"role": "self", "parent": "US", "retention_days": -1}
	fixture.risks(fixture.answer({}, place)) == set()
	fixture.risks(fixture.answer(redacted, place)) == set()
}
