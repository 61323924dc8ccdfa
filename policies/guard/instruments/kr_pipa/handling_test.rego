package guard.instruments.kr_pipa_test

import data.guard.fixture_test as fixture

child := fixture.category("sensitive.child_data", false, ["child_data"], "none")

test_sensitive_data_need_separate_consent if {
	fixture.only(ask({"categories": [fixture.diagnosis("none")]}, korea), "kr_pipa.sensitive_consent")
	consented := {"categories": [fixture.diagnosis("none")], "declared": ["kr_pipa.sensitive_consent"]}
	ask(consented, korea).effect == "permit"
}

test_unique_identifiers_need_separate_consent if {
	passport := fixture.category("identity.passport_number", true, ["government_id"], "none")
	fixture.only(ask({"categories": [passport]}, korea), "kr_pipa.sensitive_consent")
}

test_resident_numbers_need_a_statute if {
	changes := {"categories": [number], "declared": ["kr_pipa.sensitive_consent"]}
	said := ask(changes, korea)
	fixture.only(said, "kr_pipa.resident_number")
	said.barriers[0].remedies == ["declare", "redact"]
	declared := ["kr_pipa.resident_number_statute", "kr_pipa.sensitive_consent"]
	ask(object.union(changes, {"declared": declared}), korea).effect == "permit"
}

test_children_need_their_guardian if {
	fixture.only(ask({"categories": [child]}, korea), "kr_pipa.guardian_consent")
	ask({"categories": [child], "declared": ["kr_pipa.guardian_consent"]}, korea).effect == "permit"
}

test_unrelated_persons if {
	facts := {"consent_for_transfer": true, "includes_persons_unrelated_to_purpose": true}
	fixture.only(ask(stated(facts), us), "kr_pipa.unrelated_persons")
	fixture.only(ask(stated({"includes_persons_unrelated_to_purpose": true}), korea), "kr_pipa.unrelated_persons")
	ask(stated({"includes_persons_unrelated_to_purpose": false}), korea).effect == "permit"
}

test_unrelated_persons_need_no_contract if {
	facts := {"disclosed_in_privacy_policy": true, "includes_persons_unrelated_to_purpose": true}
	said := ask(stated(facts), us)
	fixture.rules(said.barriers) == {"kr_pipa.no_transfer_ground", "kr_pipa.unrelated_persons"}
}

test_outsourcing_needs_a_document if {
	fixture.only(ask({}, object.union(korea, {"safeguards": []})), "kr_pipa.outsourcing_document")
	ask({}, object.union(korea, {"safeguards": ["dpa_art28"]})).effect == "permit"
	ask({}, object.union(korea, {"role": "self", "safeguards": []})).effect == "permit"
}

test_processor_is_made_public if {
	fixture.only(ask(stated({"disclosed_in_privacy_policy": false}), korea), "kr_pipa.processor_not_disclosed")
	told := {"disclosed_in_privacy_policy": false, "users_notified": true}
	fixture.only(ask(stated(told), korea), "kr_pipa.not_made_known")
}

test_processor_is_supervised if {
	facts := {"disclosed_in_privacy_policy": true, "processor_supervised": false}
	fixture.only(ask(stated(facts), us), "kr_pipa.processor_unsupervised")
	ask(stated(object.union(facts, {"processor_supervised": true})), us).effect == "permit"
}

test_third_parties_in_korea if {
	buyer := object.union(korea, {"role": "controller"})
	fixture.stuck(ask({}, buyer), "kr_pipa.third_party_provision")
	based := {"declared": ["kr_pipa.provision_basis"]}
	fixture.permits_by(ask(based, buyer), "kr_pipa.provided_in_korea")
	refused := object.union(based, stated({"consent_for_transfer": false}))
	fixture.stuck(ask(refused, buyer), "kr_pipa.third_party_provision")
}

test_third_parties_abroad_need_consent_only if {
	buyer := object.union(us, {"role": "controller"})
	fixture.permits_by(ask(stated({"consent_for_transfer": true}), buyer), "kr_pipa.consent")
}

test_recipient_that_trains if {
	fixture.only(ask({}, object.union(korea, {"training_use": "yes"})), "kr_pipa.training_use")
	fixture.only(ask({}, object.union(korea, {"training_use": "unknown"})), "kr_pipa.training_use")
	consented := {"declared": ["kr_pipa.training_consent"]}
	ask(consented, object.union(korea, {"training_use": "yes"})).effect == "permit"
}

test_training_by_what_is_stated if {
	fixture.only(ask(stated({"training_lawful": false}), korea), "kr_pipa.training_unlawful")
	open_ := ask(stated({"training_lawful": "unknown_no_finding"}), korea)
	fixture.only(open_, "kr_pipa.training_unsettled")
	open_.effect == "review"
	fixture.permits_by(ask(stated({"training_lawful": true}), korea), "kr_pipa.training_in_korea")
	fixture.stuck(ask(stated({"training_lawful": true}), us), "kr_pipa.no_transfer_ground")
}

test_users_who_were_not_told_count_in_korea_too if {
	every role in ["processor", "self"] {
		said := ask(stated({"users_notified": false}), object.union(korea, {"role": role}))
		fixture.only(said, "kr_pipa.not_made_known")
		said.effect == "review"
	}
	quiet := ask(stated({"disclosed_in_privacy_policy": false}), object.union(korea, {"role": "self"}))
	fixture.only(quiet, "kr_pipa.not_made_known")
	told := {"disclosed_in_privacy_policy": true, "users_notified": true}
	fixture.permits_by(ask(stated(told), korea), "kr_pipa.within_korea")
	nobody := object.union(stated({"users_notified": false}), {"categories": [fixture.email("redact")]})
	ask(nobody, korea).effect == "permit"
	device := object.union(korea, {"kind": "device", "role": "self"})
	fixture.permits_by(ask(stated({"users_notified": false}), device), "kr_pipa.own_device")
}
