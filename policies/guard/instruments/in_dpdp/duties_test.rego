package guard.instruments.in_dpdp_test

import data.guard.fixture_test as fixture

child := fixture.category("sensitive.child_data", false, ["child_data"], "none")

profile := fixture.category("profile.behaviour", false, ["behavioural_tracking_online"], "none")

test_data_that_the_purpose_does_not_need if {
	facts := {"consent": true, "data_necessary_for_purpose": false}
	fixture.only(ask(stated(facts), {}), "in_dpdp.not_necessary")
	ask(stated({"consent": true, "data_necessary_for_purpose": true}), {}).effect == "permit"
}

test_purpose_that_differs_is_reviewed if {
	said := ask(stated({"consent": true, "purpose_matches_request": false}), {})
	fixture.only(said, "in_dpdp.purpose_differs")
	said.effect == "review"
}

test_children_need_their_parents if {
	fixture.only(ask(object.union(ground, {"categories": [child]}), {}), "in_dpdp.parental_consent")
	consented := ["in_dpdp.lawful_ground", "in_dpdp.parental_consent"]
	ask({"categories": [child], "declared": consented}, {}).effect == "permit"
}

test_children_are_not_tracked if {
	consented := ["in_dpdp.lawful_ground", "in_dpdp.parental_consent"]
	said := ask({"categories": [child, profile], "declared": consented}, {})
	fixture.only(said, "in_dpdp.child_tracking")
	ask({"categories": [profile], "declared": consented}, {}).effect == "permit"
}

test_recipient_that_trains if {
	fixture.only(ask(ground, {"training_use": "unknown"}), "in_dpdp.training_use")
	every use in ["yes", "unknown"] {
		said := ask(stated({"consent": true}), {"training_use": use})
		fixture.only(said, "in_dpdp.training_unsettled")
		said.effect == "review"
	}
	ask(stated({"consent": true}), {"role": "self", "training_use": "yes"}).effect == "permit"
	ask(ground, {"role": "self", "training_use": "yes"}).effect == "permit"
}

test_logs_are_kept_for_a_year if {
	some duty in ask(ground, {}).obligations
	duty.rule == "in_dpdp.log_retention"
	duty.days == 365
}

test_abroad_is_free if {
	said := ask(ground, us)
	fixture.permits_by(said, "in_dpdp.declared_ground")
	fixture.risks(said) == {"in_dpdp.transfers_may_be_restricted"}
	fixture.risks(ask(ground, {})) == set()
}

test_restricted_country if {
	declared := {"declared": ["in_dpdp.lawful_ground", "in_dpdp.restricted_country"]}
	said := ask(declared, us)
	fixture.only(said, "in_dpdp.restricted_country")
	said.barriers[0].confine == ["IN"]
	ask(declared, {}).effect == "permit"
}

test_data_that_must_stay if {
	declared := {"declared": ["in_dpdp.lawful_ground", "in_dpdp.localised_data"]}
	fixture.only(ask(declared, us), "in_dpdp.localised_data")
	ask(declared, {}).effect == "permit"
}

test_foreign_authorities if {
	changes := object.union(ground, stated({"recipient_role": "public_authority"}))
	said := ask(changes, us)
	fixture.only(said, "in_dpdp.foreign_state")
	said.effect == "review"
	ask(changes, {}).effect == "permit"
}
