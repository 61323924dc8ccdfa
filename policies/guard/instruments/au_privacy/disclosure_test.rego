package guard.instruments.au_privacy_test

import data.guard.fixture_test as fixture

# An entity in Sydney and a contractor that does not train.
ask(changes, place) := fixture.answer(object.union(sydney, changes), place)

sydney := {
	"tags": fixture.tags(["au_privacy"]),
	"principal": {"establishment": ["AU"], "role": "controller"},
	"origin": "AU",
	"data_subjects": ["AU"],
}

us := fixture.in_country("US")

australia := fixture.in_country("AU")

stated(facts) := {"facts": facts}

bound(safeguards) := object.union(us, {"safeguards": safeguards})

host := {"contract_limits_host_to_storage": true, "host_sub_contractors_bound": true, "effective_control_kept": true}

store := {"kind": "storage"}

test_within_australia if fixture.permits_by(ask({}, australia), "au_privacy.within_australia")

test_no_steps_and_no_exception if {
	said := ask({}, us)
	fixture.stuck(said, "au_privacy.no_reasonable_steps")
	said.barriers[0].confine == ["AU"]
	fixture.stuck(ask(stated({"reasonable_steps": false}), us), "au_privacy.no_reasonable_steps")
}

test_enforceable_contract if {
	said := ask({}, bound(["au_app_contract"]))
	fixture.permits_by(said, "au_privacy.reasonable_steps")
	"au_privacy.accountability" in fixture.rules(said.advice)
	"au_privacy.disclosure_record" in fixture.rules(said.obligations)
}

test_steps_that_are_stated if {
	fixture.permits_by(ask(stated({"reasonable_steps": true}), us), "au_privacy.reasonable_steps")
}

test_contract_without_the_steps if {
	said := ask(stated({"reasonable_steps": false}), bound(["au_app_contract"]))
	fixture.stuck(said, "au_privacy.no_reasonable_steps")
}

test_similar_law if {
	said := ask({}, bound(["au_similar_law"]))
	fixture.permits_by(said, "au_privacy.similar_law")
	not "au_privacy.accountability" in fixture.rules(said.advice)
	nowhere := object.union(bound(["au_similar_law"]), {"processing": ["unknown"]})
	fixture.stuck(ask({}, nowhere), "au_privacy.no_reasonable_steps")
}

prescription := {
	"authority": "Privacy Regulation",
	"valid_from": "2025-01-01",
	"valid_until": "9999-12-31",
	"revoked": false,
	"requires": "none",
	"confidence": "medium",
}

test_no_country_is_prescribed_yet if {
	prescribed := {"US": [prescription]}
	said := ask({}, us) with data.tables.adequacy.au_privacy as prescribed
	fixture.permits_by(said, "au_privacy.prescribed_country")
	before := ask({"time": "2024-12-31"}, us) with data.tables.adequacy.au_privacy as prescribed
	fixture.stuck(before, "au_privacy.no_reasonable_steps")
}

test_informed_consent if {
	fixture.permits_by(ask({"declared": ["au_privacy.informed_consent"]}, us), "au_privacy.informed_consent")
}

test_required_by_law if {
	fixture.permits_by(ask({"declared": ["au_privacy.required_by_law"]}, us), "au_privacy.required_by_law")
}

test_permitted_situation if {
	fixture.permits_by(ask({"declared": ["au_privacy.permitted_situation"]}, us), "au_privacy.permitted_situation")
}

test_storage_that_is_a_use if {
	said := ask(stated(host), object.union(us, store))
	fixture.permits_by(said, "au_privacy.storage_is_use")
	not "au_privacy.disclosure_record" in fixture.rules(said.obligations)
}

# What is stated of the host holds for every destination: a model does not only store.
test_a_model_is_no_store if {
	said := ask(stated(host), us)
	fixture.only(said, "au_privacy.control_unsettled")
	said.effect == "review"
	trained := ask(stated(host), object.union_n([us, store, {"training_use": "unknown"}]))
	"au_privacy.control_unsettled" in fixture.rules(trained.barriers)
}

test_steps_for_a_recipient_that_names_no_place if {
	nowhere := {"processing": ["GLOBAL"]}
	fixture.stuck(ask(stated({"reasonable_steps": true}), object.union(us, nowhere)), "au_privacy.no_reasonable_steps")
	filed := object.union(bound(["au_app_contract"]), nowhere)
	fixture.permits_by(ask({}, filed), "au_privacy.reasonable_steps")
}

test_each_condition_of_use_matters if {
	every condition, _ in host {
		broken := object.union(host, {condition: false})
		fixture.stuck(ask(stated(broken), us), "au_privacy.no_reasonable_steps")
		open_ := ask(stated(object.remove(host, {condition})), us)
		fixture.only(open_, "au_privacy.control_unsettled")
		open_.effect == "review"
		fixture.rules(open_.permits) == {"au_privacy.control_claimed"}
	}
}

test_third_party_is_no_host if {
	said := ask(stated(host), object.union(us, {"role": "controller"}))
	fixture.only(said, "au_privacy.control_unsettled")
}

test_claim_without_steps_is_refused if {
	facts := {"effective_control_kept": true, "reasonable_steps": false}
	fixture.stuck(ask(stated(facts), us), "au_privacy.no_reasonable_steps")
}

test_own_office_abroad if {
	office := object.union(us, {"role": "self"})
	fixture.permits_by(ask({}, office), "au_privacy.own_entity")
	fixture.stuck(ask(stated({"effective_control_kept": false}), office), "au_privacy.no_reasonable_steps")
}

test_data_that_pass_through if {
	line := object.union(us, store)
	every facts in [{"data_in_transit": true}, {"recipient_role": "transit_host"}] {
		fixture.permits_by(ask(stated(facts), line), "au_privacy.in_transit")
		fixture.stuck(ask(stated(facts), us), "au_privacy.no_reasonable_steps")
		fixture.stuck(ask(stated(facts), object.union(line, {"retention_days": -1})), "au_privacy.no_reasonable_steps")
	}
	opened := {"data_in_transit": true, "accessed_in_transit": true}
	fixture.stuck(ask(stated(opened), line), "au_privacy.no_reasonable_steps")
}

test_redacted_data_may_go_anywhere if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	said := ask(redacted, object.union(us, {"training_use": "yes"}))
	fixture.permits_by(said, "au_privacy.no_personal_information")
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["au_privacy"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "au_privacy.access_not_known"
	place := fixture.in_country("AU")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
