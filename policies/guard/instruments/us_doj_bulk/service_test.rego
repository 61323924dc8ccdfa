# What guard.toml states of "the recipient" holds for every destination; a Chinese provider is not freed by it.
package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

# A provider of a model in China, as the tables describe one, and the health records of 20,000 U.S. persons.
provider(facts, changes) := fixture.answer(
	object.union(object.remove(sale, ["facts"]), {"purpose": "inference", "facts": facts}),
	object.union_n([buyer, {"role": "processor"}, changes]),
)

test_a_statement_about_the_recipient_frees_no_chinese_provider if {
	every facts in [
		{},
		{"same_legal_entity": true},
		{"recipient_role": "own_branch"},
		{"recipient_role": "employee_of_controller", "recipient_primary_residence": "US"},
		{"recipient_role": "affiliate", "intra_group": true},
		{"recipient_citizenship": "US"},
		{"recipient_primary_residence": "SG", "recipient_employer_covered": false},
		{"recipient_location_at_transfer": "US", "recipient_citizenship": "CN"},
		{"recipient_us_citizens_only": true},
		{"recipient_form": "us_organised_subsidiary"},
		{"access_by_covered_person_gained": false},
		{"model_can_reproduce_training_data": false},
	] {
		fixture.stuck(provider(facts, {}), "us_doj_bulk.restricted")
		fixture.stuck(provider(facts, {"role": "unknown"}), "us_doj_bulk.restricted")
	}
}

test_a_buyer_who_is_an_individual_is_a_buyer_all_the_same if {
	prohibited(provider({"recipient_role": "buyer_individual", "recipient_primary_residence": "US"}, {}))
	prohibited(provider({"recipient_role": "licensee", "recipient_citizenship": "US"}, {}))
}

test_an_activity_that_is_claimed_for_every_destination_is_looked_at if {
	every activity in ["telecommunications", "travel", "payroll", "purchase_of_goods"] {
		undecided(provider({"ordinarily_incident_to": activity, "intra_group": true}, {}))
	}
	bucket := {"kind": "storage", "retention_days": -1}
	every role in ["consultant", "contractor", "controller", "public_authority", "vendor", "processor"] {
		undecided(provider({"transaction": "none", "recipient_role": role}, {}))
		undecided(provider({"transaction": "none", "recipient_role": role}, bucket))
		denied := provider({"access_by_covered_person_gained": false, "recipient_role": role}, {})
		fixture.stuck(denied, "us_doj_bulk.restricted")
	}
	undecided(provider({"transaction": "none"}, {}))
	undecided(provider({"transaction": "payment_processing", "recipient_role": "processor"}, {}))
	undecided(provider({"required_by_regulator": true, "prior_treatment": "pseudonymised"}, {}))
}

test_an_individual_abroad_is_still_seen if {
	contractor := {"recipient_role": "contractor", "recipient_primary_residence": "CN"}
	in_germany := object.union(fixture.in_country("DE"), {"role": "processor"})
	fixture.stuck(provider(contractor, in_germany), "us_doj_bulk.restricted")
}

# Another recipient changes nothing about what the sender knows.
test_another_recipient_is_no_remedy_for_knowledge if {
	german := object.union(fixture.in_country("DE"), {"role": "processor"})
	knowing := provider({"knows_or_should_know": true}, german)
	undecided(knowing)
	knowing.barriers[0].remedies == ["redact", "review"]
	american := object.union(fixture.in_country("US"), {"role": "processor"})
	undecided(provider({"knows_or_should_know": true}, american))
	provider({"transaction": "none"}, {}).barriers[0].remedies == ["redact", "relocate", "review"]
}

test_a_foreign_service_that_names_no_place_is_looked_at if {
	german := object.union(fixture.in_country("DE"), {"role": "processor"})
	exempt_by(provider({}, german), "us_doj_bulk.no_covered_person")
	undecided(provider({}, object.union(german, {"processing": ["GLOBAL"]})))
	undecided(provider({}, object.union(german, {"storage": ["unknown"]})))
	listed := object.union(german, {"processing": ["DOJ_COUNTRIES_OF_CONCERN"]})
	fixture.stuck(provider({}, listed), "us_doj_bulk.restricted")
}

test_a_provider_of_the_united_states_may_name_no_place if {
	american := object.union(fixture.in_country("US"), {"role": "processor", "processing": ["GLOBAL"]})
	exempt_by(provider({}, american), "us_doj_bulk.us_recipient")
}

test_what_a_detector_finds_is_not_public_by_statement if {
	claim := {"lawfully_public": true}
	exempt_by(provider(claim, {}), "us_doj_bulk.lawfully_public")
	records := {"categories": [found("health.condition", ["health"])], "facts": claim, "purpose": "inference"}
	said := judged(records, {"role": "processor"})
	undecided(said)
}
