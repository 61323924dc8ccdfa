package guard.instruments.cn_pipl_test

import data.guard.fixture_test as fixture

routed(country) := on_file(country, ["cac_standard_contract"])

with_only(declared) := object.union(pipl, {"declared": declared})

test_separate_consent_is_the_only_reason if {
	said := fixture.answer(with_only(["cn_pipl.impact_assessment"]), routed("SG"))
	fixture.only(said, "cn_pipl.separate_consent")
}

test_no_separate_consent_at_home if {
	said := fixture.answer(with_only(["cn_pipl.impact_assessment"]), fixture.in_country("CN"))
	said.effect == "permit"
}

test_another_legal_basis_needs_no_separate_consent if {
	said := fixture.answer(with_only(["cn_pipl.impact_assessment", "cn_pipl.other_legal_basis"]), routed("SG"))
	said.effect == "permit"
}

test_export_needs_notice if {
	said := fixture.answer(pipl, routed("SG"))
	some duty in said.obligations
	duty.rule == "cn_pipl.export_notice"
	duty.declaration == "cn_pipl.export_notice"
}

test_no_notice_of_export_at_home if {
	not "cn_pipl.export_notice" in fixture.rules(fixture.answer(pipl, fixture.in_country("CN")).obligations)
}

test_sensitive_information_is_the_only_reason if {
	changes := object.union(
		with_only(["cn_pipl.impact_assessment"]),
		{"categories": [fixture.diagnosis("pseudonymise")]},
	)
	said := fixture.answer(changes, fixture.in_country("CN"))
	fixture.only(said, "cn_pipl.sensitive_information")
	said.barriers[0].categories == ["health.diagnosis"]
}

test_sensitive_information_with_consent if {
	changes := object.union(pipl, {"categories": [fixture.diagnosis("pseudonymise")]})
	fixture.answer(changes, fixture.in_country("CN")).effect == "permit"
}

test_bank_accounts_are_sensitive_here if {
	account := fixture.category("finance.account", false, ["financial_account"], "pseudonymise")
	changes := object.union(with_only(["cn_pipl.impact_assessment"]), {"categories": [account]})
	fixture.only(fixture.answer(changes, fixture.in_country("CN")), "cn_pipl.sensitive_information")
}

test_impact_assessment_is_the_only_reason if {
	said := fixture.answer(with_only(["cn_pipl.separate_consent"]), routed("SG"))
	fixture.only(said, "cn_pipl.impact_assessment")
}

test_entrusting_needs_an_assessment_at_home if {
	fixture.only(fixture.answer(with_only([]), fixture.in_country("CN")), "cn_pipl.impact_assessment")
}

test_own_machine_at_home_needs_no_assessment if {
	place := object.union(fixture.in_country("CN"), {"role": "self"})
	said := fixture.answer(with_only([]), place)
	said.effect == "permit"
	not "cn_pipl.assessment_record" in fixture.rules(said.obligations)
}

test_assessment_is_kept if {
	"cn_pipl.assessment_record" in fixture.rules(fixture.answer(pipl, fixture.in_country("CN")).obligations)
}

test_foreign_authority_is_the_only_reason if {
	said := fixture.answer(declaring(["cn_dsl.foreign_authority_request"]), routed("SG"))
	fixture.only(said, "cn_pipl.foreign_authority")
}

test_foreign_authority_with_approval if {
	changes := declaring(["cn_dsl.authority_approval", "cn_dsl.foreign_authority_request"])
	fixture.answer(changes, routed("SG")).effect == "permit"
}

test_another_legal_basis_for_sensitive_information if {
	changes := object.union(
		with_only(["cn_pipl.impact_assessment", "cn_pipl.other_legal_basis"]),
		{"categories": [fixture.diagnosis("pseudonymise")]},
	)
	fixture.answer(changes, fixture.in_country("CN")).effect == "permit"
}

test_redacted_information_needs_no_assessment if {
	changes := object.union(with_only(["cn_dsl.foreign_authority_request"]), {"categories": [fixture.email("redact")]})
	said := fixture.answer(changes, fixture.in_country("SG"))
	said.effect == "permit"
	said.obligations == fixture.answer(changes, fixture.in_country("CN")).obligations
	fixture.rules(said.obligations) == {"guard.pseudonymise"}
}

test_own_machine_has_no_residual_risk if {
	changes := object.union(pipl, {"categories": [fixture.email("redact")]})
	place := object.union(fixture.in_country("CN"), {"role": "self"})
	fixture.risks(fixture.answer(changes, place)) == set()
}

test_foreign_authority_asks_at_home if {
	said := fixture.answer(declaring(["cn_dsl.foreign_authority_request"]), fixture.in_country("CN"))
	said.effect == "permit"
}

test_foreign_authority_confines if {
	said := fixture.answer(declaring(["cn_dsl.foreign_authority_request"]), routed("US"))
	said.barriers[0].confine == ["CN"]
}

test_restricted_recipient_is_the_only_reason if {
	said := fixture.answer(declaring(["cn_pipl.recipient_restricted"]), routed("SG"))
	fixture.only(said, "cn_pipl.restricted_recipient")
	at_home := fixture.answer(declaring(["cn_pipl.recipient_restricted"]), fixture.in_country("CN"))
	at_home.effect == "permit"
}
