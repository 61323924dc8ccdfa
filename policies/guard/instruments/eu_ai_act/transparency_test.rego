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
