package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

german_buyer := fixture.in_country("DE")

bound := {"safeguards": ["doj_onward_ban"]}

test_genetic_data_for_nobody_covered if {
	secured := {"safeguards": ["doj_security_requirements"]}
	every transaction in ["vendor_agreement", "employment_agreement", "investment_agreement"] {
		said := judged({"categories": [genetic], "facts": {"transaction": transaction}}, secured)
		fixture.stuck(said, "us_doj_bulk.human_omic")
	}
	fixture.rules(judged({"categories": [genetic]}, {}).barriers) == {
		"us_doj_bulk.human_omic", "us_doj_bulk.prohibited_brokerage",
	}
}

test_clause_against_onward_transfer if {
	fixture.stuck(judged({}, german_buyer), "us_doj_bulk.onward_clause_missing")
	said := judged({"declared": ["us_doj_bulk.violation_reporting"]}, object.union(german_buyer, bound))
	fixture.permits_by(said, "us_doj_bulk.onward_clause")
	{duty.rule | some duty in said.obligations} == {"us_doj_bulk.records", "us_doj_bulk.violation_report"}
	{duty.days | some duty in said.obligations; duty.do == "notice"} == {14}
	prohibited(judged({}, bound))
}

test_the_clause_without_reporting_is_open if {
	undecided(judged({}, object.union(german_buyer, bound)))
	undecided(judged({"facts": {"us_person_knowledge": true}}, object.union(german_buyer, bound)))
	fixture.rules(judged({"facts": {"knows_or_should_know": true}}, german_buyer).barriers) == {
		"us_doj_bulk.onward_clause_missing", "us_doj_bulk.undecided",
	}
}

test_no_clause_opens_what_is_known_to_be_passed_on if {
	every statements in [[], ["us_doj_bulk.violation_reporting"]] {
		said := judged(
			{"facts": {"knows_or_should_know": true}, "declared": statements},
			object.union(german_buyer, bound),
		)
		fixture.stuck(said, "us_doj_bulk.known_onward_transfer")
		said.effect == "deny"
	}
	unaware := judged(
		{"facts": {"knows_or_should_know": false}, "declared": ["us_doj_bulk.violation_reporting"]},
		object.union(german_buyer, bound),
	)
	fixture.permits_by(unaware, "us_doj_bulk.onward_clause")
}

test_the_clause_does_not_make_an_exempt_sale_conditional if {
	few := object.union(german_buyer, {"counts": {"persons": 5}})
	exempt_by(judged({}, object.union(few, bound)), "us_doj_bulk.below_threshold")
}

test_with_the_clause_an_open_question_is_settled if {
	said := judged(
		{
			"facts": {"access_by_covered_person_gained": false},
			"declared": ["us_doj_bulk.violation_reporting"],
		},
		object.union(german_buyer, bound),
	)
	fixture.permits_by(said, "us_doj_bulk.onward_clause")
}

test_other_persons_need_no_clause if {
	exempt_by(judged({"data_subjects": ["FR"]}, object.union(german_buyer, bound)), "us_doj_bulk.no_us_persons")
	public := {"facts": {"lawfully_public": true}}
	exempt_by(judged(public, object.union(german_buyer, bound)), "us_doj_bulk.lawfully_public")
}

test_evasion if {
	every fact in [{"evasion_indicators": true}, {"purpose_of_structure": "avoid_rule"}] {
		fixture.stuck(vendor(fact, german_buyer), "us_doj_bulk.evasion")
		fixture.stuck(judged({"facts": fact}, fixture.in_country("US")), "us_doj_bulk.evasion")
		below := judged({"facts": fact}, object.union(german_buyer, {"counts": {"persons": 5}}))
		fixture.stuck(below, "us_doj_bulk.evasion")
		not "us_doj_bulk.evasion" in fixture.rules(judged(
			{"facts": fact, "principal": {"establishment": ["DE"], "role": "controller"}},
			{},
		).barriers)
	}
	fixture.rules(stated({"evasion_indicators": false}).barriers) == {"us_doj_bulk.prohibited_brokerage"}
}

test_without_knowledge_it_is_open if {
	every fact in [
		{"knows_or_should_know": false},
		{"us_person_knowledge": false},
	] {
		undecided(stated(fact))
		undecided(vendor(fact, {}))
	}
	every fact in [
		{"knowingly_installed": false, "knows_or_should_know": true},
		{"knowingly_installed": true, "us_person_knowledge": false},
		{"knows_or_should_know": false, "us_person_knowledge": true},
	] {
		prohibited(stated(fact))
	}
}

test_not_before_it_applies if {
	judged({"time": "2025-04-07"}, {}).effect == "deny"
	fixture.rules(judged({"time": "2025-04-07"}, {}).barriers) == {"guard.no_ground"}
	prohibited(judged({"time": "2025-04-08"}, {}))
}
