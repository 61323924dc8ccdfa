package guard.instruments.sg_pdpa_test

import data.guard.fixture_test as fixture

# An organisation in Singapore and a data intermediary.
ask(changes, place) := fixture.answer(object.union(home, changes), place)

home := {
	"tags": fixture.tags(["sg_pdpa"]),
	"principal": {"establishment": ["SG"], "role": "controller"},
	"origin": "SG",
	"data_subjects": ["SG"],
}

us := fixture.in_country("US")

singapore := fixture.in_country("SG")

stated(facts) := {"facts": facts}

# The vendor in the United States with this on file.
bound(safeguards) := object.union(us, {"safeguards": safeguards})

own := object.union(us, {"role": "self"})

test_within_singapore if fixture.permits_by(ask({}, singapore), "sg_pdpa.within_singapore")

test_nothing_binds_the_recipient if {
	said := ask({}, us)
	fixture.stuck(said, "sg_pdpa.no_comparable_protection")
	said.barriers[0].confine == ["SG"]
}

test_support_from_abroad_is_a_transfer if {
	fixture.stuck(ask({}, object.union(singapore, {"access": ["IN"]})), "sg_pdpa.no_comparable_protection")
}

test_contract_that_names_the_countries if {
	place := bound(["sg_comparable_protection_contract", "sg_contract_countries"])
	fixture.permits_by(ask({}, place), "sg_pdpa.contract")
}

test_contract_that_does_not_name_them_is_reviewed if {
	said := ask({}, bound(["sg_comparable_protection_contract"]))
	fixture.only(said, "sg_pdpa.contract_countries_open")
	said.effect == "review"
	fixture.rules(said.permits) == {"sg_pdpa.contract_open"}
}

test_countries_without_a_contract if {
	fixture.stuck(ask({}, bound(["sg_contract_countries"])), "sg_pdpa.no_comparable_protection")
}

test_corporate_rules if {
	fixture.permits_by(ask({}, bound(["sg_binding_corporate_rules"])), "sg_pdpa.binding_corporate_rules")
}

test_certification_from_its_day_on if {
	place := bound(["sg_cbpr_certification"])
	fixture.permits_by(ask({}, place), "sg_pdpa.certification")
	earlier := object.union(place, {"valid_from": "2019-01-01"})
	fixture.stuck(ask({"time": "2020-06-01"}, earlier), "sg_pdpa.no_comparable_protection")
}

test_law_that_was_assessed if {
	fixture.permits_by(ask({}, bound(["sg_comparable_law"])), "sg_pdpa.comparable_law")
	nowhere := object.union(bound(["sg_comparable_law"]), {"processing": ["GLOBAL"]})
	fixture.stuck(ask({}, nowhere), "sg_pdpa.no_comparable_protection")
}

test_consent_after_a_summary if {
	facts := {"consent_for_transfer": true, "written_summary_given": true}
	fixture.permits_by(ask(stated(facts), us), "sg_pdpa.consent")
	declared := object.union(stated({"consent_for_transfer": true}), {"declared": ["sg_pdpa.written_summary"]})
	fixture.permits_by(ask(declared, us), "sg_pdpa.consent")
}

test_consent_without_a_summary if {
	fixture.stuck(ask(stated({"consent_for_transfer": true}), us), "sg_pdpa.no_comparable_protection")
	facts := {"consent_for_transfer": true, "written_summary_given": false}
	declared := object.union(stated(facts), {"declared": ["sg_pdpa.written_summary"]})
	fixture.stuck(ask(declared, us), "sg_pdpa.no_comparable_protection")
}

test_summary_without_consent if {
	facts := {"consent_for_transfer": false, "written_summary_given": true}
	fixture.stuck(ask(stated(facts), us), "sg_pdpa.no_comparable_protection")
}

test_needed_for_a_contract if {
	fixture.permits_by(ask({"declared": ["sg_pdpa.contract_necessity"]}, us), "sg_pdpa.contract_necessity")
}

test_vital_interests if {
	changes := {"declared": ["sg_pdpa.vital_or_public_interest"]}
	fixture.permits_by(ask(changes, us), "sg_pdpa.vital_or_public_interest")
}

test_data_in_transit if {
	line := object.union(us, {"kind": "storage", "retention_days": 0})
	passing := stated({"data_in_transit": true})
	fixture.permits_by(ask(passing, line), "sg_pdpa.data_in_transit")
	opened := {"data_in_transit": true, "accessed_in_transit": true}
	fixture.stuck(ask(stated(opened), line), "sg_pdpa.no_comparable_protection")
	fixture.stuck(ask(passing, us), "sg_pdpa.no_comparable_protection")
	fixture.stuck(ask(passing, object.union(line, {"retention_days": -1})), "sg_pdpa.no_comparable_protection")
}

test_a_recipient_that_names_no_place if {
	everywhere := {"processing": ["GLOBAL"]}
	filed := bound(["sg_comparable_protection_contract", "sg_contract_countries"])
	said := ask({}, object.union(filed, everywhere))
	fixture.only(said, "sg_pdpa.contract_countries_open")
	said.effect == "review"
	told := stated({"consent_for_transfer": true, "written_summary_given": true})
	fixture.permits_by(ask(told, us), "sg_pdpa.consent")
	fixture.stuck(ask(told, object.union(us, everywhere)), "sg_pdpa.no_comparable_protection")
}

test_publicly_available if {
	fixture.permits_by(ask(stated({"publicly_available": true}), us), "sg_pdpa.publicly_available")
	fixture.stuck(ask(stated({"publicly_available": false}), us), "sg_pdpa.no_comparable_protection")
}

test_own_office_abroad if {
	fixture.permits_by(ask({}, own), "sg_pdpa.own_control")
	both := stated({"same_legal_entity": true, "direct_control_kept": true})
	fixture.permits_by(ask(both, own), "sg_pdpa.own_control")
	fixture.only(ask(both, us), "sg_pdpa.control_unsettled")
}

test_control_that_was_given_away if {
	facts := {"same_legal_entity": true, "direct_control_kept": false}
	fixture.stuck(ask(stated(facts), own), "sg_pdpa.no_comparable_protection")
	fixture.stuck(ask(stated({"same_legal_entity": false}), own), "sg_pdpa.no_comparable_protection")
}

test_control_at_anothers_place_is_reviewed if {
	every facts in [{"direct_control_kept": true}, {"same_legal_entity": true}] {
		said := ask(stated(facts), us)
		fixture.only(said, "sg_pdpa.control_unsettled")
		said.effect == "review"
		fixture.rules(said.permits) == {"sg_pdpa.control_claimed"}
	}
}

test_contract_decides_beside_a_claim_of_control if {
	said := ask(stated({"direct_control_kept": true}), bound(["sg_comparable_protection_contract"]))
	fixture.only(said, "sg_pdpa.contract_countries_open")
}

test_recipient_that_trains if {
	fixture.only(ask({}, object.union(singapore, {"training_use": "unknown"})), "sg_pdpa.training_use")
	consented := {"declared": ["sg_pdpa.training_consent"]}
	ask(consented, object.union(singapore, {"training_use": "yes"})).effect == "permit"
}

test_transfers_are_recorded if {
	said := ask(stated({"publicly_available": true}), us)
	"sg_pdpa.transfer_record" in fixture.rules(said.obligations)
	not "sg_pdpa.transfer_record" in fixture.rules(ask({}, singapore).obligations)
}

test_redacted_data_may_go_anywhere if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(ask(redacted, object.union(us, {"training_use": "yes"})), "sg_pdpa.no_personal_data")
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["sg_pdpa"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "sg_pdpa.access_not_known"
	place := fixture.in_country("SG")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
