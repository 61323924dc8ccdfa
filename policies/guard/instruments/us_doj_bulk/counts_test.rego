package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

limits := [
	[genetic, 100], [biometric, 1000], [location, 1000], [health, 10000], [account, 10000],
]

sold(category, number) := judged(
	{"categories": [category]},
	{"counts": {"persons": number, "devices": number, "window_months": 12}},
)

test_more_than_the_limit_and_not_the_limit_itself if {
	every pair in limits {
		exempt_by(sold(pair[0], pair[1]), "us_doj_bulk.below_threshold")
		"us_doj_bulk.prohibited_brokerage" in fixture.rules(sold(pair[0], pair[1] + 1).barriers)
	}
}

test_geolocation_alone_is_counted_in_devices if {
	exempt_by(bare_judged({"categories": [location]}, {"devices": 1000}), "us_doj_bulk.below_threshold")
	prohibited(bare_judged({"categories": [location]}, {"devices": 1001}))
	exempt_by(bare_judged({"categories": [location]}, {"devices": 900, "persons": 5000}), "us_doj_bulk.below_threshold")
	phones := [location, declared("network.device_id", [])]
	exempt_by(bare_judged({"categories": phones}, {"devices": 900}), "us_doj_bulk.below_threshold")
	prohibited(bare_judged({"categories": [location, health]}, {"devices": 900}))
}

test_the_lowest_limit_of_a_mixture if {
	prohibited(judged({"categories": [health, biometric]}, {"counts": {"persons": 2000}}))
	exempt_by(judged({"categories": [health, account]}, {"counts": {"persons": 2000}}), "us_doj_bulk.below_threshold")
}

test_earlier_transfers_to_the_same_recipient_count if {
	batch := {"persons_in_batch": 1500, "prior_distinct_persons_same_counterparty_12m": 8000}
	exempt_by(judged({}, {"counts": object.union({"persons": 0}, batch)}), "us_doj_bulk.below_threshold")
	prohibited(judged({}, {"counts": {
		"persons": 0,
		"persons_in_batch": 2001,
		"prior_distinct_persons_same_counterparty_12m": 8000,
	}}))
	prohibited(judged({}, {"counts": {"persons": 4000, "related_batches_total": 12000}}))
}

test_the_ledger_counts_as_well if {
	prohibited(judged({}, {"counts": {"persons": 1, "doj_health_12m": 10001}}))
	exempt_by(judged({}, {"counts": {"persons": 1, "doj_health_12m": 10000}}), "us_doj_bulk.below_threshold")
}

bare(counts) := object.union(object.remove(buyer, ["counts"]), {"counts": counts})

bare_judged(changes, counts) := fixture.answer(object.union(sale, changes), bare(counts))

test_the_ledger_alone_is_enough_for_every_kind_it_covers if {
	said := bare_judged({}, {"doj_health_12m": 500})
	exempt_by(said, "us_doj_bulk.below_threshold")
	prohibited(bare_judged({"categories": [health, account]}, {"doj_health_12m": 500}))
	pair := {"categories": [declared("contact.email", []), declared("network.ip_address", [])]}
	exempt_by(bare_judged(pair, {"doj_identifiers_12m": 100000}), "us_doj_bulk.below_threshold")
	prohibited(bare_judged(pair, {"doj_identifiers_12m": 100001}))
}

test_a_number_that_nobody_knows_is_bulk if {
	said := bare_judged({}, {})
	prohibited(said)
	fixture.risks(said) == {"us_doj_bulk.count_unknown"}
	not "us_doj_bulk.count_unknown" in fixture.rules(judged({}, {}).advice)
}

test_a_count_over_another_time_is_open if {
	undecided(judged({}, {"counts": {"persons": 20000, "window_months": 18}}))
	undecided(judged({}, {"counts": {"persons": 200, "window_months": 1}}))
	exempt_by(judged({}, {"counts": {"persons": 200, "window_months": 18}}), "us_doj_bulk.below_threshold")
}

test_of_devices_only_identifiers_are_counted_too if {
	phones := {"categories": [declared("network.device_id", []), declared("network.ip_address", [])]}
	exempt_by(bare_judged(phones, {"devices": 100000}), "us_doj_bulk.below_threshold")
	prohibited(bare_judged(phones, {"devices": 100001}))
}

test_few_persons_for_a_covered_person_are_pointed_at if {
	rule := "us_doj_bulk.near_covered_person"
	few := {"counts": {"persons": 10000}}
	said := judged({}, few)
	said.effect == "permit"
	rule in fixture.rules(said.advice)
	not rule in fixture.rules(judged({}, object.union(few, fixture.in_country("DE"))).advice)
	not rule in fixture.rules(judged({}, {}).advice)
	not rule in fixture.rules(judged({"categories": [fixture.email("none")]}, few).advice)
}

counted_as(facts, counts) := fixture.answer(
	object.union(sale, {"facts": object.union({"transaction": "data_brokerage"}, facts)}),
	object.union(object.remove(buyer, ["counts"]), {"counts": counts}),
)

test_batches_for_unrelated_recipients_are_not_added_up if {
	batches := {"persons_in_batch": 3000, "related_batches_total": 12000}
	prohibited(counted_as({}, batches))
	prohibited(counted_as({"recipients_related": true}, batches))
	apart := {"recipients_related": false}
	exempt_by(counted_as(apart, batches), "us_doj_bulk.below_threshold")
	prohibited(counted_as(apart, {"related_batches_total": 3000}))
	before := {"persons_in_batch": 3000, "prior_distinct_persons_same_counterparty_12m": 9000}
	prohibited(counted_as(apart, before))
}
