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

test_rule_ends_on_its_last_day if {
	ended := {"some.rule": {"since": "2020-01-01", "until": "2026-11-22"}}
	not lib.in_force("some.rule") with data.tables.rules as ended with input as {"transfer": {"time": "2026-11-22"}}
	lib.in_force("some.rule") with data.tables.rules as ended with input as {"transfer": {"time": "2026-11-21"}}
}

test_company_is_not_personal if {
	company := object.union(fixture.category("organisation.name", true, ["health"], "none"), {"personal": false})
	facts := {"transfer": {"categories": [company]}}
	lib.personal == set() with input as facts
	lib.direct == set() with input as facts
	lib.sensitive("eu_gdpr") == set() with input as facts
}

test_redacted_is_not_sensitive if {
	lib.sensitive("eu_gdpr") == set() with input as {"transfer": {"categories": [fixture.diagnosis("redact")]}}
}

test_class_of_another_law_is_not_sensitive if {
	account := fixture.category("finance.account", false, ["financial_account"], "none")
	lib.sensitive("eu_gdpr") == set() with input as {"transfer": {"categories": [account]}}
	lib.sensitive("cn_pipl") == {"finance.account"} with input as {"transfer": {"categories": [account]}}
}

test_storage_without_boundary_is_not_named if {
	not lib.places_named with input as {"destination": {"storage": ["unknown"], "processing": ["SG"]}}
}

test_places_named_when_both_are if {
	lib.places_named with input as {"destination": {"storage": ["DE"], "processing": ["SG"]}}
}

somewhere := {"storage": ["DE"], "processing": ["unknown"], "access": ["DE"]}

test_stays_on_an_own_device_only if {
	from_germany := {"origin": "DE"}
	own := object.union(somewhere, {"kind": "device", "role": "self"})
	lib.stays with input as {"transfer": from_germany, "destination": own}
	not lib.stays with input as {"transfer": from_germany, "destination": object.union(own, {"kind": "model"})}
	not lib.stays with input as {"transfer": from_germany, "destination": object.union(own, {"role": "processor"})}
	not lib.stays with input as {"transfer": {"origin": "FR"}, "destination": own}
}

# Categories of a transfer that is said to have been treated so.
said_to_be(treatment, categories) := {"transfer": {"facts": {"prior_treatment": treatment}, "categories": categories}}

declared_diagnosis := object.union(fixture.diagnosis("none"), {"found": false})

found_email(treatment) := object.union(fixture.email(treatment), {"found": true})

test_what_is_found_in_the_clear_belies_anonymity if {
	lib.personal == set() with input as said_to_be("anonymised", [declared_diagnosis])
	both := {"contact.email", "health.diagnosis"}
	lib.personal == both with input as said_to_be("anonymised", [declared_diagnosis, found_email("none")])
	lib.personal == set() with input as said_to_be("anonymised", [declared_diagnosis, found_email("redact")])
}

test_what_is_found_belies_encryption if {
	lib.sealed with input as said_to_be("encrypted_no_key", [declared_diagnosis])
	every treatment in ["none", "pseudonymise", "redact"] {
		not lib.sealed with input as said_to_be("encrypted_no_key", [declared_diagnosis, found_email(treatment)])
	}
}
