package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

modified(ratio) := {"principal_role": "modifier", "compute_ratio": ratio}

owed(facts, date) := fixture.rules(said.obligations) if {
	said := fixture.answer(object.union(stated(facts), {"time": date}), {})
}

grounds(facts, date) := fixture.rules(said.permits) if {
	said := fixture.answer(object.union(stated(facts), {"time": date}), {})
}

test_a_third_makes_no_provider if {
	every ratio in [0, 100000, 333333] {
		grounds(modified(ratio), "2026-11-22") == {"eu_ai_act.minor_modification", "eu_ai_act.ordinary_use"}
		not "eu_ai_act.model_documentation" in owed(modified(ratio), "2026-11-22")
	}
}

test_more_than_a_third_makes_a_provider if {
	every ratio in [333334, 400000, 2000000] {
		grounds(modified(ratio), "2026-11-22") == {"eu_ai_act.model_provider", "eu_ai_act.ordinary_use"}
		"eu_ai_act.model_documentation" in owed(modified(ratio), "2026-11-22")
	}
	grounds({"compute_ratio": 333333}, "2026-11-22") == {"eu_ai_act.minor_modification", "eu_ai_act.ordinary_use"}
	grounds(modified(400000), "2025-08-01") == {"eu_ai_act.ordinary_use"}
}

test_a_modification_of_unknown_size_is_for_review if {
	reviewed({"principal_role": "modifier"}, "eu_ai_act.modification_unknown")
	allowed({"principal_role": "deployer"})
}

test_a_model_without_documentation_is_the_only_reason if {
	without := {"conformity_evidence": false}
	refused(object.union(modified(400000), without), "eu_ai_act.model_documentation_lacking")
	refused({"gpai_model": true, "conformity_evidence": false}, "eu_ai_act.model_documentation_lacking")
	judged(object.union(modified(100000), without)).effect == "permit"
}

test_systemic_risk if {
	model := {"gpai_model": true}
	"eu_ai_act.systemic_risk" in owed(object.union(model, {"training_compute_e20": 100001}), "2026-11-22")
	not "eu_ai_act.systemic_risk" in owed(object.union(model, {"training_compute_e20": 100000}), "2026-11-22")
	not "eu_ai_act.systemic_risk" in owed({"training_compute_e20": 100001}, "2026-11-22")
}

test_models_from_before_august_2025 if {
	old := {"gpai_model": true, "gpai_marketed_before_2025_08_02": true}
	not "eu_ai_act.model_documentation" in owed(old, "2027-08-01")
	"eu_ai_act.model_documentation" in owed(old, "2027-08-02")
	said := fixture.answer(object.union(stated(old), {"time": "2027-08-02"}), {})
	"eu_ai_act.older_models" in fixture.rules(said.advice)
	not "eu_ai_act.older_models" in fixture.rules(judged(old).advice)
}

test_research_models_are_outside if {
	research := {"conformity_evidence": false, "scientific_research_only": true}
	judged(object.union(modified(400000), research)).effect == "permit"
}

test_a_model_on_the_market_is_not_for_research_alone if {
	every reason in ["military_or_national_security_only", "scientific_research_only"] {
		said := judged({"gpai_model": true, "conformity_evidence": false, reason: true})
		fixture.only(said, "eu_ai_act.model_documentation_lacking")
		not "eu_ai_act.outside_scope" in fixture.rules(said.permits)
	}
}
