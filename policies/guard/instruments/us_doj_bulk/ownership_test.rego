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

# Their own entity in China, whose operator is given as this country.
abroad_by(operator) := object.union(
	fixture.in_country("CN"),
	{"operator": operator, "parent": "US", "role": "self"},
)

our_branch := {"recipient_form": "branch", "same_legal_entity": true}

test_a_branch_abroad_is_its_head_office if {
	every operator in ["CN", "US"] {
		every transaction in ["none", "vendor_agreement", "data_brokerage"] {
			every fact in [{"recipient_role": "own_branch"}, our_branch] {
				said := judged({"facts": object.union(fact, {"transaction": transaction})}, abroad_by(operator))
				said.effect == "permit"
				"us_doj_bulk.us_recipient" in fixture.rules(said.permits)
			}
		}
	}
}

test_what_is_no_branch_of_ours if {
	employed := {"facts": {"recipient_role": "own_branch", "transaction": "employment_agreement"}}
	fixture.stuck(judged(employed, abroad_by("CN")), "us_doj_bulk.restricted")
	theirs := object.union(fixture.in_country("CN"), {"parent": "US"})
	fixture.stuck(vendor(our_branch, object.union(theirs, {"role": "processor"})), "us_doj_bulk.restricted")
	fixture.stuck(vendor(our_branch, {"role": "self"}), "us_doj_bulk.restricted")
	fixture.stuck(vendor({"recipient_role": "own_branch"}, {"role": "self"}), "us_doj_bulk.restricted")
	fixture.stuck(vendor({"recipient_form": "branch", "same_legal_entity": false}, theirs), "us_doj_bulk.restricted")
}
