package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

clear := {"categories": [fixture.email("none")], "treatment": "none"}

test_direct_identifier_is_the_only_reason if {
	said := fixture.answer(clear, {})
	fixture.only(said, "eu_gdpr.minimisation")
	said.barriers[0].categories == ["contact.email"]
}

test_identifier_that_is_needed if {
	fixture.answer(object.union(clear, {"declared": ["eu_gdpr.identifiers_needed"]}), {}).effect == "permit"
}

test_minimisation_for_each_impersonal_purpose if {
	every purpose in ["analytics", "embedding", "evaluation", "inference", "training"] {
		fixture.only(fixture.answer(object.union(clear, {"purpose": purpose}), {}), "eu_gdpr.minimisation")
	}
}

test_storage_keeps_identifiers if {
	fixture.answer(object.union(clear, {"purpose": "storage"}), {}).effect == "permit"
}

test_own_machine_keeps_identifiers if fixture.answer(clear, {"role": "self"}).effect == "permit"

test_residual_risk_after_redaction if {
	changes := {"categories": [fixture.email("redact")], "treatment": "redact"}
	"eu_gdpr.residual_risk" in fixture.rules(fixture.answer(changes, {}).advice)
}

test_no_residual_risk_while_data_are_personal if {
	not "eu_gdpr.residual_risk" in fixture.rules(fixture.answer({}, {}).advice)
}
