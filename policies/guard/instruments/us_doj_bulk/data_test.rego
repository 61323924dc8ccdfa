package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

health := declared("health.condition", ["health"])

genetic := declared("sensitive.genetic", ["genetic"])

biometric := declared("sensitive.biometric_identification", ["biometric_identification"])

location := declared("sensitive.precise_geolocation", ["precise_geolocation"])

account := declared("financial.bank_account", ["financial_account"])

declared(id, classes) := object.union(fixture.category(id, false, classes, "none"), {"found": false})

found(id, classes) := object.union(fixture.category(id, false, classes, "none"), {"found": true})

# A company in the United States sells the health records of 20,000 U.S. persons.
sale := {
	"principal": {"establishment": ["US"], "role": "controller"},
	"origin": "US",
	"data_subjects": ["US"],
	"categories": [health],
	"treatment": "none",
	"tags": fixture.tags(["us_doj_bulk"]),
	"purpose": "storage",
	"facts": {"transaction": "data_brokerage"},
}

# The buyer is Chinese.
buyer := object.union(fixture.in_country("CN"), {"role": "controller", "safeguards": [], "counts": {"persons": 20000}})

# The decision about the sale with some of its facts changed.
judged(changes, place) := fixture.answer(object.union(sale, changes), object.union(buyer, place))

stated(facts) := judged({"facts": facts}, {})

vendor(facts, place) := judged({"facts": object.union({"transaction": "vendor_agreement"}, facts)}, place)

prohibited(said) if {
	said.effect == "deny"
	fixture.rules(said.barriers) == {"us_doj_bulk.prohibited_brokerage"}
	said.permits == []
}

undecided(said) if {
	said.effect == "review"
	fixture.rules(said.barriers) == {"us_doj_bulk.undecided"}
	fixture.rules(said.permits) == {"us_doj_bulk.claimed"}
	"guard.unverified" in fixture.rules(said.advice)
}

exempt_by(said, rule) if fixture.permits_by(said, rule)

test_the_sale_itself_is_prohibited if prohibited(judged({}, {}))

test_treatment_beforehand_changes_nothing if {
	every treatment in ["anonymised", "pseudonymised", "encrypted_no_key"] {
		prohibited(stated({"prior_treatment": treatment}))
	}
}

test_our_pseudonyms_change_nothing if {
	prohibited(judged({"categories": [object.union(health, {"treatment": "pseudonymise"})]}, {}))
}

test_redaction_takes_data_out if {
	said := judged({"categories": [object.union(health, {"treatment": "redact"})]}, {})
	exempt_by(said, "us_doj_bulk.no_sensitive_data")
}

test_data_about_nobody if {
	drawings := object.union(declared("data.technical", []), {"personal": false})
	exempt_by(judged({"categories": [drawings]}, {}), "us_doj_bulk.no_sensitive_data")
}

test_data_of_other_persons if {
	exempt_by(judged({"data_subjects": ["DE", "EEA"]}, {}), "us_doj_bulk.no_us_persons")
	prohibited(judged({"data_subjects": ["DE", "PR"]}, {}))
	prohibited(judged({"data_subjects": ["GLOBAL"]}, {}))
	prohibited(judged({"data_subjects": []}, {}))
}

test_a_finding_outweighs_the_declared_subjects if {
	tag := object.union(sale.tags[0], {"trigger": "finding", "jurisdiction": "US"})
	prohibited(judged({"data_subjects": ["DE"], "tags": [tag]}, {}))
}

test_public_data if {
	exempt_by(stated({"lawfully_public": true}), "us_doj_bulk.lawfully_public")
	prohibited(stated({"lawfully_public": false}))
}

test_what_is_derived_from_public_pictures_is_open if {
	undecided(judged({"categories": [biometric], "facts": {"lawfully_public": true}}, {}))
	undecided(stated({"lawfully_public": true, "marketed_as_government": true}))
}

test_government_data_have_no_minimum if {
	few := {"counts": {"persons": 2, "devices": 2}}
	prohibited(judged({"facts": {"marketed_as_government": true}}, few))
	here := {"categories": [location], "facts": {"inside_government_related_location_list": true}}
	prohibited(judged(here, few))
	exempt_by(judged({"facts": {"marketed_as_government": false}}, few), "us_doj_bulk.below_threshold")
}

test_government_label_on_other_data_is_open if {
	contact := {"categories": [declared("contact.email", [])]}
	undecided(judged(object.union(contact, {"facts": {"inside_government_related_location_list": true}}), {}))
}

test_unspecified_records_are_open if {
	record := {"categories": [declared("person.record", [])]}
	undecided(judged(record, {"counts": {"persons": 200000}}))
	exempt_by(judged(record, {}), "us_doj_bulk.below_threshold")
	undecided(judged(record, {"counts": {"persons": 9, "window_months": 3}}))
}

test_purchases_are_financial_data if {
	prohibited(judged({"categories": [declared("person.purchases", [])]}, {}))
}

test_kinds_that_hold_no_identifier if {
	every kind in ["person.opinions", "profile.behaviour", "person.image"] {
		said := judged({"categories": [declared(kind, [])]}, {"counts": {"persons": 900000}})
		exempt_by(said, "us_doj_bulk.no_sensitive_data")
	}
}

test_marketing_as_of_the_government_makes_any_personal_data_so if {
	few := {"counts": {"persons": 2}}
	label := {"marketed_as_government": true}
	agreement := {"transaction": "vendor_agreement"}
	every id in ["contact.email", "identity.name", "network.device_id", "person.record", "profile.behaviour"] {
		prohibited(judged({"categories": [declared(id, [])], "facts": label}, few))
		said := judged({"categories": [declared(id, [])], "facts": {"marketed_as_government": false}}, few)
		said.effect == "permit"
		hired := judged({"categories": [declared(id, [])], "facts": object.union(label, agreement)}, few)
		fixture.stuck(hired, "us_doj_bulk.restricted")
	}
}

test_business_records_of_counted_persons if {
	records := object.union(declared("organisation.record", []), {"personal": false})
	label := {"marketed_as_government": true}
	prohibited(judged({"categories": [records], "facts": label}, {"counts": {"persons": 1}}))
	none := judged({"categories": [records], "facts": label}, {"counts": {"persons": 0}})
	exempt_by(none, "us_doj_bulk.no_sensitive_data")
	exempt_by(judged({"categories": [records]}, {}), "us_doj_bulk.no_sensitive_data")
	blank := object.union(records, {"treatment": "redact"})
	exempt_by(judged({"categories": [blank], "facts": label}, {}), "us_doj_bulk.no_sensitive_data")
}
