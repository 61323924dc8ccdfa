package guard.lib_test

import data.guard.lib

import data.guard.fixture_test as fixture

test_country_of_a_subdivision if lib.country("US-CA") == "US"

test_hong_kong_is_not_the_mainland if lib.country("CN-HK") == "HK"

test_sets_stand_for_themselves if lib.country("EEA") == "EEA"

test_redacted_is_not_personal if {
	lib.personal == set() with input as {"transfer": {"categories": [fixture.email("redact")]}}
}

test_pseudonymised_is_personal if {
	lib.personal == {"contact.email"} with input as {"transfer": {"categories": [fixture.email("pseudonymise")]}}
}

test_pseudonymised_is_not_direct if {
	lib.direct == set() with input as {"transfer": {"categories": [fixture.email("pseudonymise")]}}
}

test_weakest if {
	lib.weakest("high", "high") == "high"
	lib.weakest("medium", "high") == "medium"
	lib.weakest("medium", "low") == "low"
}

test_rule_without_dates_never_applies if {
	not lib.in_force("no.such_rule") with input as {"transfer": {"time": "2026-11-22"}}
}

test_places_are_storage_processing_and_access if {
	lib.places == {"DE", "IE", "US"} with input as {"destination": {
		"storage": ["DE"],
		"processing": ["IE"],
		"access": ["US-CA"],
	}}
}

test_set_without_boundary_is_not_named if {
	not lib.places_named with input as {"destination": {"storage": ["SG"], "processing": ["GLOBAL_EXCEPT_CN_MAINLAND"]}}
}
