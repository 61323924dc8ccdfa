package guard.instruments.in_dpdp_test

import data.guard.fixture_test as fixture

# A data fiduciary in Mumbai, after the duties began, and a processor in India.
ask(changes, place) := fixture.answer(object.union(mumbai, changes), object.union(india, place))

mumbai := {
	"time": "2027-06-01",
	"tags": fixture.tags(["in_dpdp"]),
	"principal": {"establishment": ["IN"], "role": "controller"},
	"origin": "IN",
	"data_subjects": ["IN"],
}

india := fixture.in_country("IN")

us := fixture.in_country("US")

stated(facts) := {"facts": facts}

ground := {"declared": ["in_dpdp.lawful_ground"]}

test_without_a_ground_nothing_is_lawful if {
	fixture.stuck(ask({}, {}), "in_dpdp.no_lawful_ground")
	fixture.stuck(ask(stated({"consent": false}), {}), "in_dpdp.no_lawful_ground")
}

test_consent if fixture.permits_by(ask(stated({"consent": true}), {}), "in_dpdp.consent")

test_declared_ground if fixture.permits_by(ask(ground, {}), "in_dpdp.declared_ground")

test_legitimate_use_needs_no_consent if {
	changes := object.union(stated({"consent": false}), {"declared": ["in_dpdp.legitimate_use"]})
	fixture.permits_by(ask(changes, {}), "in_dpdp.declared_ground")
}

test_declaration_that_facts_contradict if {
	every facts in [{"consent": false}, {"voluntarily_provided": false}, {"purpose_matches_request": false}] {
		fixture.stuck(ask(object.union(ground, stated(facts)), {}), "in_dpdp.no_lawful_ground")
	}
}

test_given_voluntarily if {
	facts := {"voluntarily_provided": true, "purpose_matches_request": true, "objection": false}
	fixture.permits_by(ask(stated(facts), {}), "in_dpdp.voluntary")
	fixture.stuck(ask(stated({"voluntarily_provided": true}), {}), "in_dpdp.no_lawful_ground")
}

test_given_voluntarily_for_something_else if {
	facts := {"voluntarily_provided": true, "purpose_matches_request": false}
	fixture.stuck(ask(object.union(ground, stated(facts)), {}), "in_dpdp.no_lawful_ground")
}

test_objection_ends_it if {
	facts := {"voluntarily_provided": true, "purpose_matches_request": true, "objection": true}
	fixture.stuck(ask(stated(facts), {}), "in_dpdp.objection")
	fixture.stuck(ask(object.union(ground, stated({"objection": true})), {}), "in_dpdp.objection")
}

test_withdrawn_consent if {
	facts := {"consent": true, "consent_withdrawn": true, "needed_for_prior_order": false}
	fixture.stuck(ask(object.union(ground, stated(facts)), {}), "in_dpdp.consent_withdrawn")
	given := {"voluntarily_provided": true, "purpose_matches_request": true, "consent_withdrawn": true}
	fixture.stuck(ask(stated(given), {}), "in_dpdp.consent_withdrawn")
	lawful := object.union(stated(facts), {"declared": ["in_dpdp.legitimate_use"]})
	ask(lawful, {}).effect == "permit"
}

test_order_of_before_the_withdrawal if {
	facts := {"consent": true, "consent_withdrawn": true, "needed_for_prior_order": true}
	fixture.permits_by(ask(stated(facts), {}), "in_dpdp.prior_order")
}

test_made_public_by_herself if {
	fixture.permits_by(ask(stated({"made_public_by_data_principal": true}), us), "in_dpdp.made_public")
	fixture.stuck(ask(stated({"made_public_by_data_principal": false}), {}), "in_dpdp.no_lawful_ground")
}

test_contract_with_a_foreign_principal if {
	changes := {"declared": ["in_dpdp.outsourced_abroad"], "data_subjects": ["US"]}
	fixture.permits_by(ask(changes, us), "in_dpdp.outsourced_abroad")
	tags := [object.union(tag, {"trigger": "finding"}) | some tag in fixture.tags(["in_dpdp"])]
	fixture.stuck(ask(object.union(changes, {"tags": tags}), us), "in_dpdp.no_lawful_ground")
	mixed := object.union(changes, {"data_subjects": ["IN", "US"]})
	fixture.stuck(ask(mixed, us), "in_dpdp.no_lawful_ground")
}

test_nothing_personal_is_left if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	said := ask(redacted, {"training_use": "yes"})
	fixture.permits_by(said, "in_dpdp.no_personal_data")
	not "in_dpdp.log_retention" in fixture.rules(said.obligations)
}

test_the_duties_begin_in_may if {
	fixture.permits_by(ask(object.union(ground, {"time": "2027-05-13"}), {}), "in_dpdp.declared_ground")
	fixture.stuck(ask(object.union(ground, {"time": "2027-05-12"}), {}), "guard.no_ground")
}
