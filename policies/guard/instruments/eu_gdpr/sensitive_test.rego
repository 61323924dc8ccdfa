package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

test_health_is_the_only_reason if {
	said := fixture.answer({"categories": [fixture.diagnosis("pseudonymise")]}, {})
	fixture.only(said, "eu_gdpr.special_categories")
	said.barriers[0].categories == ["health.diagnosis"]
}

test_health_with_explicit_consent if {
	said := fixture.answer(
		{
			"categories": [fixture.diagnosis("pseudonymise")],
			"declared": ["eu_gdpr.art9_explicit_consent"],
		},
		{},
	)
	said.effect == "permit"
}

test_health_with_another_exception if {
	said := fixture.answer(
		{
			"categories": [fixture.diagnosis("pseudonymise")],
			"declared": ["eu_gdpr.art9_other_exception"],
		},
		{},
	)
	said.effect == "permit"
}

test_redacted_health_is_no_special_category if {
	fixture.answer({"categories": [fixture.diagnosis("redact")]}, {}).effect == "permit"
}

test_conviction_is_the_only_reason if {
	said := fixture.answer({"categories": [fixture.conviction("pseudonymise")]}, {})
	fixture.only(said, "eu_gdpr.criminal_convictions")
}

test_consent_does_not_cure_a_conviction if {
	said := fixture.answer(
		{
			"categories": [fixture.conviction("none")],
			"declared": ["eu_gdpr.art9_explicit_consent"],
		},
		{},
	)
	fixture.only(said, "eu_gdpr.criminal_convictions")
}

test_authorised_conviction if {
	said := fixture.answer(
		{
			"categories": [fixture.conviction("none")],
			"declared": ["eu_gdpr.art10_authorised"],
		},
		{},
	)
	said.effect == "permit"
}
