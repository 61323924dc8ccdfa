package guard_test

import data.guard.fixture_test as fixture

test_lawful_transfer_is_permitted if {
	said := fixture.answer({}, {})
	said.effect == "permit"
	said.barriers == []
	said.applicable == ["eu_gdpr"]
}

test_no_input_is_a_refusal if {
	said := data.guard.decision with input as {}
	said.effect == "deny"
	count(said.barriers) > 0
}

test_every_law_needs_its_own_ground if {
	said := fixture.answer({"tags": fixture.tags(["eu_gdpr", "eu_ai_act"]), "use_case": "unknown"}, {})
	said.effect == "deny"
	said.missing == ["eu_ai_act"]
}

test_law_before_its_time_gives_no_ground if {
	fixture.stuck(fixture.answer({"time": "2018-05-24"}, {"valid_from": "2018-01-01"}), "guard.no_ground")
}

test_review_when_a_person_can_clear_everything if {
	said := fixture.answer({"declared": ["eu_gdpr.art49_derogation"]}, fixture.in_country("CN"))
	said.effect == "review"
}

test_deny_when_something_else_stands_as_well if {
	said := fixture.answer(
		{"declared": ["eu_gdpr.art49_derogation"]},
		object.union(fixture.in_country("CN"), {"training_use": "yes"}),
	)
	said.effect == "deny"
}

test_conflict_when_no_place_satisfies_both_laws if {
	changes := {"tags": fixture.tags(["cn_dsl", "eu_gdpr"]), "declared": ["cn_dsl.core_data"]}
	said := fixture.answer(changes, fixture.in_country("US"))
	said.effect == "conflict"
	fixture.rules(said.barriers) == {"cn_dsl.core_data", "eu_gdpr.no_transfer_ground"}
}

test_one_law_alone_is_no_conflict if {
	said := fixture.answer({"tags": fixture.tags(["cn_dsl"]), "declared": ["cn_dsl.core_data"]}, fixture.in_country("US"))
	said.effect == "deny"
}

test_plan_answers_every_candidate if {
	elsewhere := object.union(fixture.destination, fixture.in_country("CN"))
	matrix := data.guard.plan with input as {
		"transfer": fixture.transfer,
		"candidates": [fixture.destination, elsewhere],
	}
	[row.effect | some row in matrix] == ["permit", "deny"]
}

test_no_conflict_with_a_barrier_that_place_does_not_cure if {
	changes := {"tags": fixture.tags(["cn_dsl", "eu_gdpr"]), "declared": ["cn_dsl.core_data"]}
	said := fixture.answer(changes, {"safeguards": []})
	fixture.rules(said.barriers) == {"cn_dsl.core_data", "eu_gdpr.processor_terms"}
	said.effect == "deny"
}

test_no_conflict_when_one_place_satisfies_both if {
	changes := {
		"tags": fixture.tags(["cn_dsl", "cn_pipl"]),
		"declared": ["cn_dsl.core_data", "cn_pipl.impact_assessment", "cn_pipl.separate_consent"],
	}
	said := fixture.answer(changes, fixture.in_country("SG"))
	fixture.rules(said.barriers) == {"cn_dsl.core_data", "cn_pipl.no_export_route"}
	said.effect == "deny"
}

test_no_conflict_with_a_paper_that_is_missing if {
	changes := {"tags": fixture.tags(["cn_pipl", "eu_gdpr"]), "declared": ["cn_pipl.separate_consent"]}
	place := object.union(fixture.in_country("SG"), {"safeguards": ["cac_standard_contract", "dpa_art28"]})
	said := fixture.answer(changes, place)
	fixture.rules(said.barriers) == {"cn_pipl.impact_assessment", "eu_gdpr.no_transfer_ground"}
	said.effect == "deny"
}

test_no_conflict_where_both_laws_miss_a_paper if {
	changes := {
		"tags": fixture.tags(["cn_pipl", "eu_gdpr"]),
		"declared": ["cn_pipl.impact_assessment", "cn_pipl.separate_consent"],
	}
	said := fixture.answer(changes, fixture.in_country("SG"))
	fixture.rules(said.barriers) == {"cn_pipl.no_export_route", "eu_gdpr.no_transfer_ground"}
	said.effect == "deny"
}

test_conflict_whichever_law_localises if {
	changes := {"tags": fixture.tags(["ch_fadp", "vn_pdpl"]), "declared": ["vn_pdpl.stop_order"]}
	place := object.union(fixture.in_country("US"), {"safeguards": ["ch_dpa_art9", "dpa_art28"]})
	said := fixture.answer(changes, place)
	said.effect == "conflict"
	{"ch_fadp.no_transfer_ground", "vn_pdpl.stopped"} - fixture.rules(said.barriers) == set()
}
