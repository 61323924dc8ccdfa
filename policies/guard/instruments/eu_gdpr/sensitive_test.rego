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

test_company_with_a_diagnosis_is_no_person if {
	about_a_company := [object.union(item, {"personal": false}) | some item in [
		fixture.diagnosis("none"),
		fixture.conviction("none"),
	]]
	fixture.answer({"categories": about_a_company}, {}).effect == "permit"
}

test_redacted_conviction_is_none if {
	fixture.answer({"categories": [fixture.conviction("redact")]}, {}).effect == "permit"
}

test_bank_account_is_no_special_category if {
	account := fixture.category("finance.account", false, ["financial_account"], "none")
	fixture.answer({"categories": [account]}, {}).effect == "permit"
}
