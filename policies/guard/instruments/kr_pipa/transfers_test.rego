package guard.instruments.kr_pipa_test

import data.guard.fixture_test as fixture

# A controller in Seoul and a processor with an outsourcing document.
ask(changes, place) := fixture.answer(object.union(seoul, changes), object.union(paper, place))

seoul := {
	"tags": fixture.tags(["kr_pipa"]),
	"principal": {"establishment": ["KR"], "role": "controller"},
	"origin": "KR",
	"data_subjects": ["KR"],
	"declared": ["kr_pipa.needed_for_contract"],
}

paper := {"safeguards": ["kr_outsourcing_contract"]}

us := fixture.in_country("US")

korea := fixture.in_country("KR")

stated(facts) := {"facts": facts}

disclosed := stated({"disclosed_in_privacy_policy": true})

number := fixture.category("identity.national_number", true, ["government_id"], "none")

account := fixture.category("financial.bank_account", true, ["financial_account"], "none")

test_within_korea if fixture.permits_by(ask({}, korea), "kr_pipa.within_korea")

test_support_from_abroad_is_a_transfer if {
	fixture.stuck(ask({}, object.union(korea, {"access": ["KR", "US"]})), "kr_pipa.no_transfer_ground")
}

test_unknown_place_is_abroad if {
	fixture.stuck(ask({}, object.union(korea, {"processing": ["unknown"]})), "kr_pipa.no_transfer_ground")
}

test_no_ground_for_the_united_states if {
	said := ask({}, us)
	fixture.stuck(said, "kr_pipa.no_transfer_ground")
	"KR" in said.barriers[0].confine
	"DE" in said.barriers[0].confine
	not "US" in said.barriers[0].confine
}

test_no_ground_when_nothing_was_made_known if {
	silent := {"consent_for_transfer": false, "disclosed_in_privacy_policy": false, "users_notified": false}
	fixture.stuck(ask(stated(silent), us), "kr_pipa.no_transfer_ground")
}

test_consent if fixture.permits_by(ask(stated({"consent_for_transfer": true}), us), "kr_pipa.consent")

test_consent_without_the_items_is_reviewed if {
	said := ask(stated({"consent_for_transfer": true, "users_notified": false}), us)
	fixture.only(said, "kr_pipa.consent_uninformed")
	said.effect == "review"
}

# The persons are told the country, so somebody has to name it.
test_recipient_that_names_no_country_is_reviewed if {
	nowhere := object.union(us, {"processing": ["GLOBAL"]})
	every facts in [{"consent_for_transfer": true}, {"disclosed_in_privacy_policy": true}] {
		said := ask(stated(facts), nowhere)
		fixture.only(said, "kr_pipa.country_not_named")
		said.effect == "review"
	}
	certified := object.union(nowhere, {"safeguards": ["kr_outsourcing_contract", "kr_transfer_certification"]})
	ask(stated({"consent_for_transfer": true}), certified).effect == "permit"
}

test_data_of_which_nobody_says_where_they_are_may_be_in_korea if {
	said := ask(object.union(abroad, {"origin": "unknown"}), object.union(us, {"role": "self"}))
	said.effect == "review"
	"kr_pipa.collection_unsettled" in fixture.rules(said.barriers)
}

test_items_do_not_matter_beside_another_ground if {
	facts := {"consent_for_transfer": true, "users_notified": false, "disclosed_in_privacy_policy": true}
	ask(stated(facts), us).effect == "permit"
}

test_law_or_treaty if fixture.permits_by(ask({"declared": ["kr_pipa.transfer_by_law"]}, us), "kr_pipa.law_or_treaty")

test_outsourcing_in_the_privacy_policy if fixture.permits_by(ask(disclosed, us), "kr_pipa.outsourcing")

test_outsourcing_notified if fixture.permits_by(ask(stated({"users_notified": true}), us), "kr_pipa.outsourcing")

test_storage_of_ones_own_abroad_is_made_known if {
	fixture.permits_by(ask(disclosed, object.union(us, {"role": "self"})), "kr_pipa.outsourcing")
	fixture.stuck(ask({}, object.union(us, {"role": "self"})), "kr_pipa.no_transfer_ground")
}

test_outsourcing_that_no_contract_needs if {
	fixture.stuck(ask(object.union(disclosed, {"declared": []}), us), "kr_pipa.no_transfer_ground")
}

test_disclosure_does_not_cover_third_parties if {
	changes := object.union(disclosed, {"declared": ["kr_pipa.needed_for_contract", "kr_pipa.provision_basis"]})
	fixture.stuck(ask(changes, object.union(us, {"role": "controller"})), "kr_pipa.no_transfer_ground")
}

test_certification if {
	place := object.union(us, {"safeguards": ["kr_outsourcing_contract", "kr_transfer_certification"]})
	fixture.permits_by(ask({}, place), "kr_pipa.certification")
}

test_equivalency_from_its_day_on if {
	fixture.permits_by(ask({"time": "2025-09-16"}, {}), "kr_pipa.equivalency")
	fixture.stuck(ask({"time": "2025-09-15"}, {}), "kr_pipa.no_transfer_ground")
}

test_equivalency_leaves_numbers_and_credit_out if {
	declared := ["kr_pipa.resident_number_statute", "kr_pipa.sensitive_consent"]
	said := ask({"declared": declared, "categories": [number]}, {})
	fixture.stuck(said, "kr_pipa.no_transfer_ground")
	not "DE" in said.barriers[0].confine
	fixture.stuck(ask({"categories": [account]}, {}), "kr_pipa.no_transfer_ground")
}

test_equivalency_can_be_withdrawn if {
	rows := [object.union(row, {"revoked": true}) | some row in data.tables.adequacy.kr_pipa.FR]
	said := ask({}, {}) with data.tables.adequacy.kr_pipa.FR as rows
	fixture.stuck(said, "kr_pipa.no_transfer_ground")
}

test_stop_order_overrides_every_ground if {
	said := ask(object.union(disclosed, {"declared": ["kr_pipa.needed_for_contract", "kr_pipa.stop_order"]}), us)
	fixture.only(said, "kr_pipa.stop_order")
	said.barriers[0].remedies == ["redact", "relocate"]
	ask({"declared": ["kr_pipa.stop_order"]}, korea).effect == "permit"
}

test_redacted_data_may_go_anywhere if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	said := ask(redacted, object.union(us, {"safeguards": [], "training_use": "yes"}))
	fixture.permits_by(said, "kr_pipa.no_personal_information")
	fixture.rules(said.obligations) == {"guard.redact"}
	fixture.risks(said) == set()
}

test_own_device if {
	place := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(ask({}, place), "kr_pipa.own_device")
}

abroad := {"principal": {"establishment": ["US"], "role": "controller"}, "origin": "US"}

test_company_abroad_collects_itself if {
	fixture.permits_by(ask(abroad, object.union(us, {"role": "self"})), "kr_pipa.collected_abroad")
	elsewhere := object.union(fixture.in_country("IN"), {"role": "self"})
	fixture.stuck(ask(abroad, elsewhere), "kr_pipa.no_transfer_ground")
	both := object.union(abroad, {"principal": {"establishment": ["KR", "US"], "role": "controller"}})
	fixture.stuck(ask(both, object.union(us, {"role": "self"})), "kr_pipa.no_transfer_ground")
}

test_company_abroad_whose_data_rest_in_korea_is_reviewed if {
	said := ask(object.union(abroad, {"origin": "KR"}), object.union(us, {"role": "self"}))
	fixture.only(said, "kr_pipa.collection_unsettled")
	said.effect == "review"
	fixture.rules(said.permits) == {"kr_pipa.collection_claimed"}
}

test_company_abroad_needs_a_ground_for_its_processor if {
	fixture.stuck(ask(abroad, us), "kr_pipa.no_transfer_ground")
	controller := object.union(us, {"role": "controller"})
	ask(abroad, controller).effect == "review"
	every facts in [{"consent_for_transfer": false}, {"users_notified": false}, {"recipient_role": "merchant"}] {
		said := ask(object.union(abroad, stated(facts)), controller)
		"kr_pipa.no_transfer_ground" in fixture.rules(said.barriers)
	}
}

test_transfers_are_recorded if {
	said := ask(disclosed, us)
	"kr_pipa.transfer_record" in fixture.rules(said.obligations)
	"kr_pipa.recipient_measures" in fixture.rules(said.advice)
	at_home := ask(disclosed, korea)
	not "kr_pipa.transfer_record" in fixture.rules(at_home.obligations)
	fixture.risks(at_home) == set()
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["kr_pipa"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "kr_pipa.access_not_known"
	place := fixture.in_country("KR")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}

test_equivalency_needs_no_consent_to_the_transfer if {
	based := object.union(stated({"consent_for_transfer": false}), {"declared": ["kr_pipa.provision_basis"]})
	german := object.union(fixture.in_country("DE"), {"role": "controller"})
	fixture.permits_by(ask(based, german), "kr_pipa.equivalency")
	fixture.only(ask(stated({"consent_for_transfer": false}), german), "kr_pipa.third_party_provision")
	late := fixture.rules(ask(object.union(based, {"time": "2025-09-15"}), german).barriers)
	late == {"kr_pipa.no_transfer_ground", "kr_pipa.third_party_provision"}
	"kr_pipa.third_party_provision" in fixture.rules(ask(based, object.union(us, {"role": "controller"})).barriers)
	credit := ask(object.union(based, {"categories": [account]}), german)
	credit.effect == "deny"
	fixture.rules(credit.barriers) == {"kr_pipa.no_transfer_ground", "kr_pipa.third_party_provision"}
}
