package guard.instruments.jp_appi_test

import data.guard.fixture_test as fixture

# A business operator in Tokyo and a processor that does not train.
ask(changes, place) := fixture.answer(object.union(tokyo, changes), place)

tokyo := {
	"tags": fixture.tags(["jp_appi"]),
	"principal": {"establishment": ["JP"], "role": "controller"},
	"origin": "JP",
	"data_subjects": ["JP"],
	"declared": ["jp_appi.transfer_information_given", "jp_appi.equivalent_measures_monitored"],
}

us := fixture.in_country("US")

japan := fixture.in_country("JP")

buyer := {"role": "controller"}

stated(facts) := {"facts": facts}

test_within_japan if fixture.permits_by(ask({}, japan), "jp_appi.within_japan")

test_no_ground_for_the_united_states if {
	said := ask({}, us)
	fixture.stuck(said, "jp_appi.no_foreign_ground")
	"JP" in said.barriers[0].confine
	"GB" in said.barriers[0].confine
	not "US" in said.barriers[0].confine
}

test_support_from_abroad_is_provision if {
	fixture.stuck(ask({}, object.union(japan, {"access": ["US"]})), "jp_appi.no_foreign_ground")
}

test_informed_consent if fixture.permits_by(ask(stated({"consent": true}), us), "jp_appi.consent")

test_consent_without_information if {
	fixture.stuck(ask(object.union(stated({"consent": true}), {"declared": []}), us), "jp_appi.no_foreign_ground")
	fixture.stuck(ask(stated({"consent": false}), us), "jp_appi.no_foreign_ground")
}

test_designated_countries if {
	fixture.permits_by(ask({}, fixture.in_country("GB")), "jp_appi.equivalent_country")
	fixture.permits_by(ask({}, {}), "jp_appi.equivalent_country")
	fixture.stuck(ask({}, {"processing": ["FR", "US"]}), "jp_appi.no_foreign_ground")
}

test_designation_can_be_revoked if {
	rows := [object.union(row, {"revoked": true}) | some row in data.tables.adequacy.jp_appi.GB]
	said := ask({}, fixture.in_country("GB")) with data.tables.adequacy.jp_appi.GB as rows
	fixture.stuck(said, "jp_appi.no_foreign_ground")
}

test_equivalent_measures_that_are_watched if {
	bound := object.union(us, {"safeguards": ["jp_equivalent_measures"]})
	fixture.permits_by(ask({}, bound), "jp_appi.equivalent_measures")
	unwatched := ask({"declared": []}, bound)
	fixture.only(unwatched, "jp_appi.measures_not_watched")
	unwatched.effect == "deny"
	ask({"declared": ["jp_appi.provision_exception"]}, bound).effect == "permit"
}

test_statutory_exception if {
	fixture.permits_by(ask({"declared": ["jp_appi.provision_exception"]}, us), "jp_appi.statutory_exception")
}

test_own_branch_abroad_is_no_third_party if {
	branch := object.union(us, {"role": "self"})
	said := ask({}, branch)
	fixture.permits_by(said, "jp_appi.own_entity")
	fixture.risks(said) == {"jp_appi.foreign_environment"}
	fixture.stuck(ask(stated({"same_legal_entity": false}), branch), "jp_appi.no_foreign_ground")
}

kept_out := {"contract_excludes_handling": true, "access_control": true}

store := object.union(us, {"kind": "storage"})

test_provider_that_does_not_handle if {
	fixture.permits_by(ask(stated(kept_out), store), "jp_appi.not_handled")
	fixture.permits_by(ask(stated({"provider_handles_personal_data": false}), store), "jp_appi.not_handled")
	every_sign := object.union(kept_out, {"provider_handles_personal_data": false})
	fixture.permits_by(ask(stated(every_sign), store), "jp_appi.not_handled")
}

test_a_model_handles_what_it_reads if {
	every facts in [kept_out, {"provider_handles_personal_data": false}] {
		said := ask(stated(facts), us)
		fixture.only(said, "jp_appi.handling_unsettled")
		said.effect == "review"
	}
}

test_provider_without_a_key_is_kept_out if {
	sealed := {"contract_excludes_handling": true, "prior_treatment": "encrypted_no_key"}
	fixture.permits_by(ask(stated(sealed), store), "jp_appi.not_handled")
	fixture.stuck(ask(stated({"prior_treatment": "encrypted_no_key"}), store), "jp_appi.no_foreign_ground")
	open_ := ask(stated(object.union(sealed, {"access_control": false})), store)
	fixture.only(open_, "jp_appi.handling_unsettled")
}

test_provider_that_handles if {
	handles := {"provider_handles_personal_data": true}
	fixture.stuck(ask(stated(handles), us), "jp_appi.no_foreign_ground")
	fixture.stuck(ask(stated(object.union(kept_out, handles)), us), "jp_appi.no_foreign_ground")
}

half_kept_out := [
	{"contract_excludes_handling": true},
	{"contract_excludes_handling": true, "access_control": false},
	{"provider_handles_personal_data": false, "access_control": false},
	{"provider_handles_personal_data": false, "contract_excludes_handling": false},
]

test_one_sign_is_for_a_person_to_judge if {
	every facts in half_kept_out {
		said := ask(stated(facts), us)
		fixture.only(said, "jp_appi.handling_unsettled")
		said.effect == "review"
		fixture.rules(said.permits) == {"jp_appi.handling_claimed"}
	}
}

test_access_control_alone_is_no_sign if {
	fixture.stuck(ask(stated({"access_control": true}), us), "jp_appi.no_foreign_ground")
}

test_third_party_is_not_kept_out if {
	said := ask(stated(kept_out), object.union(us, buyer))
	"jp_appi.no_foreign_ground" in fixture.rules(said.barriers)
}

test_provider_abroad_that_only_answers if {
	said := ask(stated({"no_training_confirmed": true, "within_stated_purpose": true}), us)
	fixture.only(said, "jp_appi.answer_unsettled")
	said.effect == "review"
	fixture.rules(said.permits) == {"jp_appi.answer_only"}
	ask(stated({"provider_trains_on_inputs": false}), us).effect == "review"
}

confirmed := {"no_training_confirmed": true, "provider_trains_on_inputs": false, "within_stated_purpose": true}

test_what_the_alert_asks_for_is_enough if {
	fixture.permits_by(ask(stated(confirmed), us), "jp_appi.answer_only")
	every part in object.keys(confirmed) {
		ask(stated(object.remove(confirmed, [part])), us).effect != "permit"
	}
	beyond := ask(stated(object.union(confirmed, {"within_stated_purpose": false})), us)
	"jp_appi.beyond_purpose" in fixture.rules(beyond.barriers)
	fixture.only(ask(stated(confirmed), object.union(us, {"training_use": "unknown"})), "jp_appi.answer_unsettled")
	ask(stated(confirmed), object.union(us, {"training_use": "yes"})).effect == "deny"
	ask(stated(confirmed), object.union(us, buyer)).effect == "deny"
	training := object.union(stated(confirmed), {"purpose": "training"})
	fixture.stuck(ask(training, us), "jp_appi.no_foreign_ground")
}

test_a_host_of_which_every_sign_is_stated if {
	signs := {"access_control": true, "contract_excludes_handling": true, "provider_handles_personal_data": false}
	host := object.union(signs, {"recipient_role": "cloud_host"})
	fixture.permits_by(ask(stated(host), us), "jp_appi.not_handled")
	every role in ["ai_provider", "processor"] {
		said := ask(stated(object.union(signs, {"recipient_role": role})), us)
		fixture.only(said, "jp_appi.handling_unsettled")
		said.effect == "review"
	}
	every sign in object.keys(signs) {
		fixture.only(ask(stated(object.remove(host, [sign])), us), "jp_appi.handling_unsettled")
	}
	ask(stated(host), object.union(us, {"training_use": "yes"})).effect == "deny"
}

test_only_prompts_are_answered if {
	training := object.union(stated({"no_training_confirmed": true}), {"purpose": "training"})
	fixture.stuck(ask(training, us), "jp_appi.no_foreign_ground")
	before := object.union(stated({"no_training_confirmed": true}), {"time": "2023-06-01"})
	fixture.stuck(ask(before, us), "jp_appi.no_foreign_ground")
}

test_third_parties_in_japan if {
	place := object.union(japan, buyer)
	fixture.stuck(ask({}, place), "jp_appi.third_party_provision")
	fixture.permits_by(ask(stated({"consent": true}), place), "jp_appi.provided_in_japan")
	fixture.permits_by(ask({"declared": ["jp_appi.domestic_provision"]}, place), "jp_appi.provided_in_japan")
	fixture.permits_by(ask({"declared": ["jp_appi.provision_exception"]}, place), "jp_appi.provided_in_japan")
}

test_third_parties_in_designated_countries_need_consent if {
	fixture.only(ask({}, buyer), "jp_appi.third_party_provision")
	ask(stated({"consent": true}), buyer).effect == "permit"
}

test_unknown_role_is_a_third_party if {
	fixture.stuck(ask({}, object.union(japan, {"role": "unknown"})), "jp_appi.third_party_provision")
}

test_provision_is_recorded if {
	said := ask(stated({"consent": true}), object.union(japan, buyer))
	"jp_appi.provision_record" in fixture.rules(said.obligations)
	not "jp_appi.provision_record" in fixture.rules(ask({}, japan).obligations)
}

test_redacted_data_may_go_anywhere if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	place := object.union(us, {"role": "controller", "training_use": "yes"})
	fixture.permits_by(ask(redacted, place), "jp_appi.no_personal_data")
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["jp_appi"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "jp_appi.access_not_known"
	place := fixture.in_country("JP")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
