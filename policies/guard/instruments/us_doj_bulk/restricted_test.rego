package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

programme := ["us_doj_bulk.annual_audit", "us_doj_bulk.compliance_programme"]

secured := {"safeguards": ["doj_security_requirements"]}

agreed(transaction, statements, place) := judged(
	{"facts": {"transaction": transaction}, "declared": statements},
	place,
)

test_requirements_programme_and_audit if {
	every transaction in ["vendor_agreement", "employment_agreement", "investment_agreement"] {
		said := agreed(transaction, programme, secured)
		fixture.permits_by(said, "us_doj_bulk.restricted_authorised")
		{[duty.do, duty.days] | some duty in said.obligations} == {["keep_record", 3653]}
		fixture.stuck(agreed(transaction, programme, {}), "us_doj_bulk.restricted")
	}
	prohibited(agreed("data_brokerage", programme, secured))
}

test_each_part_is_needed if {
	every one in programme {
		fixture.stuck(agreed("vendor_agreement", [one], secured), "us_doj_bulk.programme_missing")
	}
	audit := {"safeguards": ["doj_security_requirements", "doj_audit_right"]}
	fixture.stuck(agreed("vendor_agreement", ["us_doj_bulk.compliance_programme"], audit), "us_doj_bulk.programme_missing")
}

test_own_controls_are_not_the_requirements if {
	statements := array.concat(programme, ["us_doj_bulk.custom_controls"])
	fixture.stuck(agreed("vendor_agreement", statements, {}), "us_doj_bulk.restricted")
}

# Only 202.1001, 202.1002, 202.1103 and 202.1104 waited until October; records are due from the first day.
test_programme_and_audit_came_later if {
	early := {"time": "2025-10-05", "facts": {"transaction": "vendor_agreement"}}
	said := judged(early, secured)
	fixture.permits_by(said, "us_doj_bulk.restricted_authorised")
	{duty.rule | some duty in said.obligations} == {"us_doj_bulk.records"}
	later := object.union(early, {"time": "2025-10-06"})
	fixture.stuck(judged(later, secured), "us_doj_bulk.programme_missing")
}

test_a_permit_of_the_restricted_needs_no_sensitive_data_to_be_found if {
	said := judged({"categories": [], "facts": {"transaction": "vendor_agreement"}, "declared": programme}, secured)
	exempt_by(said, "us_doj_bulk.no_sensitive_data")
}

test_whoever_meets_the_requirements_need_not_have_known if {
	said := judged(
		{
			"facts": {"transaction": "vendor_agreement", "us_person_knowledge": false},
			"declared": programme,
		},
		secured,
	)
	fixture.permits_by(said, "us_doj_bulk.restricted_authorised")
}
