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
	exempt_by(hospital({"access_by_covered_person_gained": false}), "us_doj_bulk.no_access")
	fixture.stuck(hospital({"access_by_covered_person_gained": true}), "us_doj_bulk.restricted")
	undecided(hospital({}))
}
