package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

hiring(purpose) := object.union(
	use("employment_workers", "2027-12-02"),
	{"purpose": purpose, "declared": ["eu_ai_act.conformity_assessed"]},
)

test_data_governance_is_the_only_reason if {
	fixture.only(fixture.answer(hiring("training"), {}), "eu_ai_act.data_governance")
	fixture.only(fixture.answer(hiring("evaluation"), {}), "eu_ai_act.data_governance")
}

test_data_governance_declared if {
	changes := object.union(hiring("training"), {"declared": ["eu_ai_act.data_governance_record"]})
	fixture.answer(changes, {}).effect == "permit"
	evidenced := object.union(hiring("training"), {"facts": {"conformity_evidence": true}})
	fixture.answer(evidenced, {}).effect == "permit"
}

test_data_governance_before_its_date if {
	changes := object.union(hiring("training"), {"time": "2027-12-01"})
	fixture.answer(changes, {}).effect == "permit"
}

test_conformity_of_a_declared_use if {
	changes := object.union(hiring("inference"), {"declared": []})
	fixture.only(fixture.answer(changes, {}), "eu_ai_act.conformity_unknown")
}

test_logs_are_kept_183_days if {
	some duty in fixture.answer(hiring("inference"), {}).obligations
	duty.rule == "eu_ai_act.log_retention"
	duty.days == 183
}

test_no_log_retention_for_an_ordinary_use if {
	said := fixture.answer(use("general", "2027-12-02"), {})
	not "eu_ai_act.log_retention" in fixture.rules(said.obligations)
}

test_human_oversight if {
	some duty in fixture.answer(hiring("inference"), {}).obligations
	duty.rule == "eu_ai_act.human_oversight"
	duty.declaration == "eu_ai_act.human_oversight"
}

test_persons_are_told if {
	some duty in fixture.answer(hiring("inference"), {}).obligations
	duty.rule == "eu_ai_act.persons_informed"
	duty.declaration == "eu_ai_act.persons_informed"
}

test_no_oversight_of_training if {
	said := fixture.rules(fixture.answer(hiring("training"), {}).obligations)
	not "eu_ai_act.human_oversight" in said
	not "eu_ai_act.persons_informed" in said
}

test_ordinary_use_owes_nothing if {
	every purpose in ["inference", "training"] {
		changes := object.union(use("general", "2027-12-02"), {"purpose": purpose, "treatment": "none"})
		said := fixture.answer(changes, {})
		said.effect == "permit"
		said.obligations == []
	}
}

test_use_case_has_its_own_date if {
	later := object.union(data.tables.use_cases.employment_workers.eu_ai_act, {"from": "2028-08-02"})
	said := fixture.answer(hiring("inference"), {}) with data.tables.use_cases.employment_workers.eu_ai_act as later
	not "eu_ai_act.log_retention" in fixture.rules(said.obligations)
}

rights_assessed(changes) if {
	said := fixture.answer(object.union(hiring("inference"), changes), {})
	"eu_ai_act.rights_assessment" in fixture.rules(said.obligations)
}

test_impact_on_fundamental_rights if {
	not rights_assessed({})
	rights_assessed({"facts": {"public_authority": true}})
	rights_assessed({"facts": {"annex_iii": "5b"}})
	rights_assessed({"use_case": "annex_iii_5c"})
	not rights_assessed({"facts": {"annex_iii": "5d"}})
}

test_advice_about_high_risk_uses if {
	said := fixture.rules(fixture.answer(hiring("inference"), {}).advice)
	{"eu_ai_act.literacy", "eu_ai_act.impact_assessment"} & said == {"eu_ai_act.literacy", "eu_ai_act.impact_assessment"}
	early := fixture.rules(fixture.answer(object.union(hiring("inference"), {"time": "2025-02-02"}), {}).advice)
	"eu_ai_act.literacy" in early
	not "eu_ai_act.impact_assessment" in early
	no_person := object.union(hiring("inference"), {"categories": []})
	not "eu_ai_act.impact_assessment" in fixture.rules(fixture.answer(no_person, {}).advice)
	ordinary := fixture.rules(fixture.answer(use("general", "2027-12-02"), {}).advice)
	not "eu_ai_act.literacy" in ordinary
}
