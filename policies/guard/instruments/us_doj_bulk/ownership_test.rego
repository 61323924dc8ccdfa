package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

owned(entries) := judged(
	{"facts": {"transaction": "vendor_agreement", "ownership": entries}},
	fixture.in_country("SG"),
)

test_half_of_it if {
	every entries in [
		["CN:50", "SG:50"],
		["CN:25", "RU:25", "SG:50"],
		["CN:25", "CN:25"],
		["covered:50%"],
		["fund:VE:33.3", "fund:IR:16.7"],
		["HK:48.91", "MO:1.09"],
	] {
		fixture.stuck(owned(entries), "us_doj_bulk.restricted")
	}
}

test_less_than_half if {
	every entries in [["CN:49", "SG:51"], ["CN:49.9"], ["covered:25", "DE:75"], ["company:TW:80"]] {
		exempt_by(owned(entries), "us_doj_bulk.no_covered_person")
	}
}

test_what_cannot_be_read_is_open if {
	every entries in [
		["half_by_a_fund"],
		["CN"],
		["fund:50"],
		["CN:10:20"],
		["CN:20", "SG:True:80"],
		["CN:SG:20"],
		["CN:0.5"],
		["a_firm_of_Chinese_residents:SG:100"],
		["entity_b_itself_covered:SG:25"],
	] {
		undecided(owned(entries))
	}
}

test_what_can_be_read_may_be_enough if fixture.stuck(owned(["CN:50", "somebody"]), "us_doj_bulk.restricted")
