package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

singapore := fixture.in_country("SG")

america := fixture.in_country("US")

hired(facts, place) := judged({"facts": object.union({"transaction": "employment_agreement"}, facts)}, place)

bought(facts, place) := judged(
	{"facts": object.union({"transaction": "data_brokerage", "recipient_role": "buyer_individual"}, facts)},
	place,
)

test_every_country_of_concern if {
	every country in ["CN", "CU", "HK", "IR", "KP", "MO", "RU", "VE"] {
		prohibited(judged({}, fixture.in_country(country)))
	}
	every country in ["TW", "DE", "IN"] {
		fixture.stuck(judged({}, fixture.in_country(country)), "us_doj_bulk.onward_clause_missing")
	}
}

test_any_place_is_enough if {
	every field in ["storage", "processing", "access"] {
		fixture.stuck(vendor({}, object.union(singapore, {field: ["SG", "CN"]})), "us_doj_bulk.restricted")
	}
}

test_operator_and_parent if {
	every field in ["operator", "parent"] {
		fixture.stuck(vendor({}, object.union(singapore, {field: "CN"})), "us_doj_bulk.restricted")
	}
	exempt_by(vendor({}, singapore), "us_doj_bulk.no_covered_person")
}

test_unknown_owner_is_open if {
	undecided(vendor({}, object.union(singapore, {"parent": "unknown"})))
	undecided(vendor({}, object.union(singapore, {"operator": "unknown"})))
	known := {"ownership": ["SG:100"]}
	exempt_by(vendor(known, object.union(singapore, {"parent": "unknown"})), "us_doj_bulk.no_covered_person")
}

test_among_us_persons if {
	exempt_by(judged({}, america), "us_doj_bulk.us_recipient")
	prohibited(judged({"facts": {"recipient_designated": true}}, america))
}

test_subsidiary_of_a_parent_of_concern if {
	place := object.union(america, {"parent": "CN"})
	form := {"recipient_form": "us_organised_subsidiary"}
	said := judged({"facts": form}, place)
	exempt_by(said, "us_doj_bulk.us_recipient")
	fixture.risks(said) == {"us_doj_bulk.parent_of_concern"}
	prohibited(judged({"facts": object.union(form, {"parent_has_access": true})}, place))
	undecided(judged({}, place))
	exempt_by(judged({"facts": {"parent_has_access": false}}, place), "us_doj_bulk.us_recipient")
	owned_by_half := {"recipient_form": "us_organised_subsidiary", "ownership": ["VE:50"]}
	exempt_by(judged({"facts": owned_by_half}, america), "us_doj_bulk.us_recipient")
	undecided(judged({"facts": {"ownership": ["VE:50"]}}, america))
}

test_a_branch_is_part_of_its_entity if {
	form := {"recipient_form": "branch"}
	abroad := object.union(fixture.in_country("CN"), {"operator": "US", "parent": "US"})
	exempt_by(vendor(form, abroad), "us_doj_bulk.us_recipient")
	prohibited(judged({"facts": form}, object.union(america, {"operator": "CN", "parent": "CN"})))
	prohibited(judged({"facts": form}, object.union(america, {"parent": "CN"})))
}

own := {"operator": "US", "parent": "US", "role": "self"}

test_the_sender_itself if {
	every fact in [{"recipient_role": "own_branch"}, {"same_legal_entity": true}] {
		said := judged({"facts": object.union({"transaction": "none"}, fact)}, own)
		said.effect == "permit"
		"us_doj_bulk.us_recipient" in fixture.rules(said.permits)
		fixture.stuck(hired(object.union(fact, {"recipient_primary_residence": "CN"}), own), "us_doj_bulk.restricted")
	}
}

silently(place) := fixture.answer(object.remove(sale, ["facts"]), object.union(buyer, place))

test_own_systems_in_production if {
	unnamed := {"operator": "unknown", "parent": "unknown", "role": "self"}
	here := {"storage": ["US"], "processing": ["US"], "access": ["US"]}
	exempt_by(silently(object.union(unnamed, here)), "us_doj_bulk.us_recipient")
	fixture.stuck(silently({"role": "self"}), "us_doj_bulk.restricted")
}

test_residence_and_not_citizenship if {
	fixture.stuck(hired({"recipient_primary_residence": "CU"}, america), "us_doj_bulk.restricted")
	there := {"recipient_citizenship": "CN", "recipient_primary_residence": "SG"}
	exempt_by(hired(there, singapore), "us_doj_bulk.no_covered_person")
	here := {"recipient_citizenship": "CN", "recipient_primary_residence": "US"}
	exempt_by(hired(here, america), "us_doj_bulk.us_recipient")
}

test_the_employer_of_an_individual if {
	abroad := {"recipient_citizenship": "CN", "recipient_primary_residence": "SG"}
	prohibited(bought(object.union(abroad, {"recipient_employer_covered": true}), singapore))
	fixture.stuck(bought(abroad, singapore), "us_doj_bulk.onward_clause_missing")
	prohibited(bought(abroad, object.union(singapore, {"operator": "CN"})))
	prohibited(bought(abroad, object.union(singapore, {"parent": "CN"})))
	denied := object.union(abroad, {"recipient_employer_covered": false})
	fixture.stuck(bought(denied, object.union(singapore, {"parent": "CN"})), "us_doj_bulk.onward_clause_missing")
}

test_whoever_is_in_the_united_states if {
	guest := {"recipient_primary_residence": "CN", "recipient_location_at_transfer": "US"}
	exempt_by(bought(guest, america), "us_doj_bulk.us_recipient")
	prohibited(bought({"recipient_primary_residence": "CN"}, america))
	prohibited(bought(object.union(guest, {"recipient_designated": true}), america))
	exempt_by(hired({"recipient_role": "employee_of_controller"}, america), "us_doj_bulk.us_recipient")
	fixture.stuck(hired({"recipient_role": "employee_of_controller"}, {}), "us_doj_bulk.restricted")
	exempt_by(bought({"recipient_citizenship": "US"}, {}), "us_doj_bulk.us_recipient")
}

test_only_citizens if {
	laboratory := {"recipient_role": "own_laboratory", "transaction": "none"}
	open := object.union(laboratory, {"recipient_us_citizens_only": false})
	undecided(judged({"facts": open}, own))
	exempt_by(bought({"recipient_us_citizens_only": true}, {}), "us_doj_bulk.us_recipient")
	fixture.stuck(vendor({"recipient_us_citizens_only": true}, {}), "us_doj_bulk.restricted")
	exempt_by(vendor({"recipient_us_citizens_only": true}, {"operator": "US", "parent": "US"}), "us_doj_bulk.us_recipient")
}

test_whoever_knows_what_follows if {
	every fact in [
		{"knows_or_should_know": true},
		{"us_person_knowledge": true},
		{"access_by_covered_person_gained": true},
	] {
		undecided(vendor(fact, singapore))
		undecided(judged({"facts": fact}, america))
	}
	unknown := {"access_by_covered_person_gained": true, "us_person_knowledge": false}
	exempt_by(vendor(unknown, singapore), "us_doj_bulk.no_covered_person")
}
