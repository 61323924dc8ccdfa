package guard.instruments.us_doj_bulk_test

many := {"counts": {"persons": 200000}}

listing(names, facts) := judged(
	{"categories": [], "facts": object.union({"listed_identifiers": names}, facts)},
	many,
)

named(names, facts) := judged(
	{
		"categories": [declared("identity.name", []), declared("contact.email", [])],
		"facts": object.union({"listed_identifiers": names}, facts),
	},
	many,
)

test_two_identifiers_of_different_fields if {
	every pair in [
		["first_and_last_name", "ssn"],
		["drivers_license_number", "passport_number"],
		["mac_address", "residential_address"],
		["account_username", "first_and_last_name"],
		["advertising_id", "email_address"],
		["cpni", "imei"],
		["credit_card_number", "name"],
	] {
		prohibited(named(pair, {"linked": true}))
		prohibited(named(pair, {}))
	}
}

test_an_unknown_word_beside_contact_data_is_open if {
	words := ["a_field_of_its_own", "email_address"]
	undecided(named(words, {"linked": true}))
	undecided(named(words, {}))
	exempt_by(named(words, {"linked": false}), "us_doj_bulk.no_sensitive_data")
	prohibited(named(["a_field_of_its_own", "email_address", "imei"], {}))
	prohibited(listing(words, {}))
	every other in [declared("network.mac_address", []), found("contact.email", [])] {
		both := {"categories": [declared("identity.name", []), other], "facts": {"listed_identifiers": words}}
		prohibited(judged(
			object.union(both, {"facts": {
				"listed_identifiers": words,
				"transaction": "data_brokerage",
			}}),
			many,
		))
	}
}

test_contact_data_with_contact_data_are_excluded if {
	every names in [
		["first_and_last_name", "residential_address"],
		["first_last_name", "street_address", "phone"],
		["name", "email", "zip_code", "date_of_birth", "loyalty_phone"],
		["residential_street_address", "phone_number"],
	] {
		exempt_by(named(names, {"linked": true}), "us_doj_bulk.no_sensitive_data")
	}
}

test_a_lone_identifier if {
	exempt_by(named(["ssn"], {}), "us_doj_bulk.no_sensitive_data")
	exempt_by(named(["ssn"], {"linked": false}), "us_doj_bulk.no_sensitive_data")
	prohibited(named(["mac_address"], {"linked": true}))
}

test_what_the_recipient_could_get_elsewhere_links_nothing if {
	elsewhere := {"recipient_can_obtain_other_sets_from_unaffiliated_parties": true}
	exempt_by(named(["mac_address"], elsewhere), "us_doj_bulk.no_sensitive_data")
}

test_identifiers_that_are_not_linked if {
	exempt_by(named(["first_and_last_name", "mac_address"], {"linked": false}), "us_doj_bulk.no_sensitive_data")
}

test_two_files_and_an_employee_number if {
	files := {"files": 2, "linked": "via_employee_id"}
	names := ["first_and_last_name", "mac_address"]
	prohibited(named(names, object.union(files, {"recipients_related": true})))
	prohibited(named(names, files))
	undecided(named(names, object.union(files, {"recipients_related": false})))
	undecided(named(names, {"files": 2}))
	prohibited(named(names, {"files": 1}))
}

test_logins_that_are_sold_are_no_service if {
	names := ["account_username", "account_password"]
	prohibited(named(names, {}))
	undecided(named(names, {"transaction": "vendor_agreement"}))
}

test_findings_stand_together_whatever_is_stated if {
	text := [found("contact.email", []), found("network.ip_address", [])]
	facts := {"listed_identifiers": ["email_address"], "linked": false, "files": 2}
	prohibited(judged({"categories": text, "facts": facts}, many))
}

test_categories_speak_where_nothing_is_listed if {
	prohibited(judged({"categories": [declared("identity.name", []), declared("network.mac_address", [])]}, many))
	licence := declared("identity.driving_licence_number", ["government_id"])
	prohibited(judged({"categories": [declared("identity.name", []), licence]}, many))
	exempt_by(
		judged({"categories": [declared("identity.name", []), declared("contact.phone", [])]}, many),
		"us_doj_bulk.no_sensitive_data",
	)
}

test_a_list_holds_without_categories if {
	prohibited(listing(["ssn", "name"], {}))
	exempt_by(listing(["ssn"], {}), "us_doj_bulk.no_sensitive_data")
}
