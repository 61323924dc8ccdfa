package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

german := {"principal": {"establishment": ["DE"], "role": "controller"}}

by_germans(facts) := judged(object.union(german, {"facts": facts}), {})

test_nobody_of_the_united_states if {
	exempt_by(by_germans({}), "us_doj_bulk.not_a_us_person")
	exempt_by(by_germans({"us_person_approves": false, "us_person_knowledge": true}), "us_doj_bulk.not_a_us_person")
	exempt_by(by_germans({"principal_role": "foreign_company"}), "us_doj_bulk.not_a_us_person")
	nowhere := {"principal": {"establishment": [], "role": "controller"}}
	stateless := object.union(nowhere, {"facts": {"principal_role": "foreign_company"}})
	exempt_by(judged(stateless, {}), "us_doj_bulk.not_a_us_person")
}

test_a_company_in_the_united_states_is_no_foreign_company if {
	prohibited(stated({"principal_role": "foreign_company", "transaction": "data_brokerage"}))
	prohibited(stated({"principal_role": "covered_person", "transaction": "data_brokerage"}))
}

test_who_is_bound if {
	prohibited(by_germans({"principal_role": "us_person"}))
	prohibited(judged({"principal": {"establishment": [], "role": "controller"}}, {}))
	prohibited(judged({"principal": {"establishment": ["DE", "US-CA"], "role": "controller"}}, {}))
	prohibited(judged({"principal": {"establishment": ["unknown"], "role": "controller"}}, {}))
}

test_directing_another if {
	prohibited(by_germans({"us_person_approves": true, "us_person_knowledge": true}))
	prohibited(by_germans({"us_person_approves": true}))
	undecided(by_germans({"us_person_approves": true, "us_person_knowledge": false}))
	undecided(by_germans({"us_person_knowledge": true}))
}

hospital(facts) := judged(
	{"facts": object.union({"principal_role": "covered_person", "transaction": "vendor_agreement"}, facts)},
	fixture.in_country("US"),
)

test_a_covered_person_has_its_own_data_worked_on if {
	fixture.rules(hospital({"access_by_covered_person_gained": false}).permits) == {
		"us_doj_bulk.no_access", "us_doj_bulk.us_recipient",
	}
	fixture.stuck(hospital({"access_by_covered_person_gained": true}), "us_doj_bulk.restricted")
	exempt_by(hospital({}), "us_doj_bulk.us_recipient")
	prohibited(judged({"facts": {"principal_role": "covered_person"}}, {}))
}

abroad(facts, place) := judged(
	{
		"principal": {"establishment": ["CN"], "role": "controller"},
		"facts": object.union({"principal_role": "covered_person"}, facts),
	},
	place,
)

test_a_covered_person_gives_a_us_person_data if {
	here := fixture.in_country("US")
	said := abroad({}, here)
	said.effect == "permit"
	"us_doj_bulk.not_a_us_person" in fixture.rules(said.permits)
	prohibited(abroad({"access_by_covered_person_gained": true}, here))
}

test_a_foreign_company_may_cause_a_violation if {
	company := {"principal_role": "foreign_company"}
	every fact in [
		{"knowingly_installed": true},
		{"purpose_of_structure": "avoid_rule"},
		{"evasion_indicators": true},
	] {
		undecided(by_germans(object.union(company, fact)))
		uninvolved := object.union_n([company, fact, {"us_person_approves": false}])
		exempt_by(by_germans(uninvolved), "us_doj_bulk.not_a_us_person")
		others := {"facts": object.union(company, fact), "principal": german.principal}
		exempt_by(judged(others, fixture.in_country("DE")), "us_doj_bulk.not_a_us_person")
	}
	exempt_by(by_germans(object.union(company, {"knowingly_installed": false})), "us_doj_bulk.not_a_us_person")
}
