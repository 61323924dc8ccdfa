package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

test_output_is_marked if {
	"eu_ai_act.output_marking" in fixture.rules(fixture.answer(use("general", "2026-08-02"), {}).advice)
}

test_marking_before_its_date if {
	not "eu_ai_act.output_marking" in fixture.rules(fixture.answer(use("general", "2026-08-01"), {}).advice)
}

test_storage_generates_nothing if {
	changes := object.union(use("general", "2026-08-02"), {"purpose": "storage"})
	not "eu_ai_act.output_marking" in fixture.rules(fixture.answer(changes, {}).advice)
}

generator := {"generates_content": true, "principal_role": "provider"}

test_providers_mark_output if {
	"eu_ai_act.mark_output" in owed(generator, "2026-08-02")
	not "eu_ai_act.mark_output" in owed(generator, "2026-08-01")
	not "eu_ai_act.mark_output" in owed({"generates_content": true}, "2026-08-02")
	not "eu_ai_act.mark_output" in owed(object.union(generator, {"generates_content": false}), "2026-08-02")
	provider := {"principal": {"establishment": ["DE"], "role": "provider"}}
	by_role := object.union(stated({"generates_content": true}), provider)
	"eu_ai_act.mark_output" in fixture.rules(fixture.answer(by_role, {}).obligations)
}

test_older_systems_mark_output_from_december_2026 if {
	older := object.union(generator, {"marketed_before_2026_08_02": true})
	not "eu_ai_act.mark_output" in owed(older, "2026-12-02")
	"eu_ai_act.mark_output_of_older_systems" in owed(older, "2026-12-02")
	not "eu_ai_act.mark_output_of_older_systems" in owed(older, "2026-12-01")
	not "eu_ai_act.mark_output_of_older_systems" in owed(generator, "2026-12-02")
}

test_people_are_told if {
	"eu_ai_act.interaction_notice" in owed({"interacts_with_people": true}, "2026-08-02")
	not "eu_ai_act.interaction_notice" in owed({"interacts_with_people": false}, "2026-08-02")
	"eu_ai_act.deep_fake_notice" in owed({"deep_fake": true}, "2026-08-02")
	not "eu_ai_act.deep_fake_notice" in owed({"deep_fake": true}, "2026-08-01")
	"eu_ai_act.exposure_notice" in owed(of_customers, "2026-08-02")
	"eu_ai_act.exposure_notice" in owed({"biometric_categorisation": true, "deduces_sensitive": false}, "2026-08-02")
	not "eu_ai_act.exposure_notice" in owed(of_customers, "2026-08-01")
	not "eu_ai_act.exposure_notice" in owed({"affected_persons": "customers"}, "2026-08-02")
}
