package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

use(use_case, date) := {"tags": fixture.tags(["eu_ai_act"]), "use_case": use_case, "time": date}

test_ordinary_use if {
	fixture.permits_by(fixture.answer(use("general", "2026-11-22"), {}), "eu_ai_act.ordinary_use")
}

test_ordinary_use_before_the_act if {
	fixture.only(fixture.answer(use("general", "2024-07-31"), {}), "guard.no_ground")
}

test_social_scoring_is_the_only_reason if {
	said := fixture.answer(use("social_scoring", "2025-02-02"), {})
	fixture.only(said, "eu_ai_act.prohibited_practice")
	said.effect == "deny"
	said.barriers[0].remedies == []
}

test_social_scoring_before_the_prohibition if {
	said := fixture.answer(use("social_scoring", "2025-02-01"), {})
	fixture.permits_by(said, "eu_ai_act.not_yet_prohibited")
	said.permits[0].valid_until == "2025-02-02"
}

test_intimate_images_are_prohibited_from_december_2026 if {
	fixture.permits_by(fixture.answer(use("ncii_generation", "2026-12-01"), {}), "eu_ai_act.not_yet_prohibited")
	fixture.only(fixture.answer(use("ncii_generation", "2026-12-02"), {}), "eu_ai_act.prohibited_practice")
}

test_redaction_does_not_cure_a_prohibited_practice if {
	changes := object.union(use("social_scoring", "2026-11-22"), {"categories": [fixture.email("redact")]})
	fixture.only(fixture.answer(changes, {}), "eu_ai_act.prohibited_practice")
}

test_unknown_use_case_is_the_only_reason if {
	said := fixture.answer(use("unknown", "2026-11-22"), {})
	fixture.only(said, "eu_ai_act.use_case_unknown")
	said.barriers[0].remedies == ["declare"]
}

test_use_case_that_no_table_knows if {
	fixture.only(fixture.answer(use("no_such_use_case", "2026-11-22"), {}), "eu_ai_act.use_case_unknown")
}

test_high_risk_use_before_its_date if {
	said := fixture.answer(use("employment_workers", "2027-12-01"), {})
	fixture.permits_by(said, "eu_ai_act.high_risk_use")
	"eu_ai_act.high_risk_ahead" in fixture.rules(said.advice)
	not "eu_ai_act.log_retention" in fixture.rules(said.obligations)
}

test_high_risk_use_from_its_date if {
	assessed := {"declared": ["eu_ai_act.conformity_assessed"]}
	said := fixture.answer(object.union(use("employment_workers", "2027-12-02"), assessed), {})
	fixture.permits_by(said, "eu_ai_act.high_risk_use")
	not "eu_ai_act.high_risk_ahead" in fixture.rules(said.advice)
}

test_ordinary_use_is_not_high_risk if {
	said := fixture.answer(use("general", "2027-12-02"), {})
	fixture.rules(said.permits) == {"eu_ai_act.ordinary_use"}
}

test_each_permit_is_for_its_own_status if {
	fixture.answer(use("social_scoring", "2026-11-22"), {}).permits == []
	fixture.rules(fixture.answer(use("employment_workers", "2026-11-22"), {}).permits) == {"eu_ai_act.high_risk_use"}
	advice := fixture.rules(fixture.answer(use("ncii_generation", "2026-11-22"), {}).advice)
	not "eu_ai_act.high_risk_ahead" in advice
}
