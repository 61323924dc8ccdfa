# EDPB Guidelines 05/2021: what is a transfer, told by its examples.
package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

abroad(facts, place) := fixture.answer({"facts": facts}, object.union(fixture.in_country("IN"), place))

# A person, who is neither controller nor processor.
person := {"principal": {"establishment": ["IT"], "role": "unknown"}, "facts": {"principal_role": "data_subject"}}

test_persons_hand_over_their_own_data if {
	place := object.union(fixture.in_country("IN"), {"role": "controller"})
	own := fixture.answer(person, place)
	fixture.permits_by(own, "eu_gdpr.data_subject_discloses")
	direct := {"facts": {"exporter_is_data_subject": true}, "principal": {"establishment": ["IN"], "role": "controller"}}
	fixture.permits_by(fixture.answer(direct, fixture.in_country("IN")), "eu_gdpr.data_subject_discloses")
	fixture.stuck(abroad({"exporter_is_data_subject": true}, {}), "eu_gdpr.no_transfer_ground")
	fixture.stuck(fixture.answer(direct, fixture.in_country("US")), "eu_gdpr.no_transfer_ground")
	contrary := object.union(person, {"facts": {"principal_role": "data_subject", "exporter_is_data_subject": false}})
	fixture.stuck(fixture.answer(contrary, fixture.in_country("IN")), "eu_gdpr.no_transfer_ground")
}

test_a_controller_is_no_person_who_hands_over_her_own_data if {
	fixture.stuck(abroad({"principal_role": "data_subject"}, {}), "eu_gdpr.no_transfer_ground")
}

test_direct_collection_needs_no_terms_from_the_person if {
	said := fixture.answer(person, object.union(fixture.in_country("IN"), {"safeguards": []}))
	said.effect == "permit"
}

test_employee_and_branch_are_the_controller if {
	every facts in [
		{"same_legal_entity": true},
		{"recipient_type": "employee"},
		{"recipient_role": "employee_of_controller"},
		{"recipient_role": "own_branch"},
	] {
		fixture.permits_by(abroad(facts, {"role": "self"}), "eu_gdpr.same_legal_entity")
	}
}

test_branch_said_to_be_a_controller if {
	facts := {"same_legal_entity": true, "recipient_role": "controller"}
	every operator in ["DE", "unknown"] {
		fixture.permits_by(abroad(facts, {"role": "controller", "operator": operator}), "eu_gdpr.same_legal_entity")
	}
}

test_a_statement_on_the_entity_frees_no_vendor if {
	facts := {"same_legal_entity": true, "recipient_role": "controller"}
	fixture.stuck(abroad(facts, {"role": "controller"}), "eu_gdpr.no_transfer_ground")
	every role in ["processor", "unknown"] {
		fixture.stuck(abroad(facts, {"role": role, "operator": "DE"}), "eu_gdpr.no_transfer_ground")
	}
}

test_group_company_is_another_party if {
	every facts in [
		{"intra_group": true},
		{"intra_group": true, "same_legal_entity": true},
		{"same_legal_entity": false, "recipient_type": "employee"},
		{"same_legal_entity": true, "recipient_role": "parent"},
	] {
		fixture.stuck(abroad(facts, {"role": "controller"}), "eu_gdpr.no_transfer_ground")
	}
}

test_one_entity_must_not_be_a_vendor if {
	fixture.stuck(abroad({"same_legal_entity": true}, {}), "eu_gdpr.no_transfer_ground")
}

parent := {"parent": "US"}

test_parent_without_access_is_no_transfer if {
	facts := {"parent_has_access": false, "access_from_outside_eu": false}
	fixture.permits_by(fixture.answer({"facts": facts}, parent), "eu_gdpr.within_eea")
}

test_parent_with_access_is_one if {
	fixture.stuck(fixture.answer({"facts": {"parent_has_access": true}}, parent), "eu_gdpr.no_transfer_ground")
	fixture.answer({"facts": {"parent_has_access": true}}, {"parent": "CH"}).effect == "permit"
}

test_access_from_somewhere_abroad_is_a_transfer_to_the_unknown if {
	every fact in ["access_from_outside_eu", "processor_outside_eu"] {
		fixture.stuck(fixture.answer({"facts": {fact: true}}, {}), "eu_gdpr.no_transfer_ground")
		fixture.permits_by(fixture.answer({"facts": {fact: true}}, {"access": ["CH"]}), "eu_gdpr.adequacy")
	}
}

test_looking_on_the_spot_reaches_no_other_place if {
	facts := {"access_mode": "on_site", "data_location": ["FR"]}
	fixture.permits_by(fixture.answer({"facts": facts}, {"access": ["IN"]}), "eu_gdpr.within_eea")
	remote := {"facts": {"access_mode": "remote_view"}}
	fixture.stuck(fixture.answer(remote, {"access": ["IN"]}), "eu_gdpr.no_transfer_ground")
}

test_what_belies_looking_on_the_spot if {
	facts := {"access_mode": "on_site", "data_location": ["FR"]}
	every belying in [{"retention_days": -1}, {"retention_days": 30}, {"storage": ["DE"]}, {"processing": ["unknown"]}] {
		said := fixture.answer({"facts": facts}, object.union({"access": ["IN"]}, belying))
		fixture.stuck(said, "eu_gdpr.no_transfer_ground")
	}
	contrary := object.union(facts, {"access_from_outside_eu": true})
	fixture.stuck(fixture.answer({"facts": contrary}, {"access": ["IN"]}), "eu_gdpr.no_transfer_ground")
}

test_on_the_spot_of_a_destination_in_the_union_that_is_reached_from_abroad_is_reviewed if {
	said := fixture.answer({"facts": {"access_mode": "on_site"}}, {"access": ["IN"]})
	fixture.only(said, "eu_gdpr.access_on_site_review")
}

test_on_the_spot_of_an_unnamed_place_is_reviewed if {
	said := abroad({"access_mode": "on_site"}, {})
	said.effect == "review"
	fixture.only(said, "eu_gdpr.access_on_site_review")
	fixture.rules(said.permits) == {"eu_gdpr.access_on_site"}
}

test_importer_bound_by_the_regulation_is_still_a_recipient_abroad if {
	every fact in [
		"importer_art3_2",
		"importer_art3_2_targeting_eu",
		"importer_monitors_eu",
		"importer_eu_establishment",
	] {
		fixture.stuck(abroad({fact: true}, {}), "eu_gdpr.no_transfer_ground")
		said := abroad({fact: true}, {"safeguards": ["dpa_art28", "scc_2021_914", "tia"]})
		said.effect == "review"
		fixture.only(said, "eu_gdpr.importer_bound_review")
		abroad({fact: true}, {"safeguards": ["dpa_art28", "bcr", "tia"]}).effect == "permit"
	}
}

test_listing_is_stated_or_on_file if {
	us := fixture.in_country("US")
	fixture.permits_by(fixture.answer({"facts": {"importer_dpf_listed": true}}, us), "eu_gdpr.adequacy")
	denied := object.union(us, {"safeguards": ["dpa_art28", "dpf_listed"]})
	fixture.stuck(fixture.answer({"facts": {"importer_dpf_listed": false}}, denied), "eu_gdpr.no_transfer_ground")
	early := {"facts": {"importer_dpf_listed": true}, "time": "2023-07-09"}
	fixture.stuck(fixture.answer(early, us), "eu_gdpr.no_transfer_ground")
}

test_foreign_order_is_the_only_reason if {
	said := fixture.answer({"facts": {"foreign_access_order_complied": true}}, parent)
	fixture.only(said, "eu_gdpr.foreign_order")
	treaty := {"foreign_access_order_complied": true, "international_agreement": true}
	fixture.answer({"facts": treaty}, parent).effect == "permit"
	redacted := {"facts": {"foreign_access_order_complied": true}, "categories": [fixture.email("redact")]}
	fixture.answer(redacted, parent).effect == "permit"
}

test_no_instruction_is_the_only_reason if {
	fixture.only(fixture.answer({"facts": {"controller_instruction": false}}, {}), "eu_gdpr.no_instruction")
	fixture.answer({"facts": {"controller_instruction": true}}, {}).effect == "permit"
}

test_agreement_with_an_authority if {
	facts := {"international_agreement": true, "recipient_role": "public_authority"}
	fixture.permits_by(abroad(facts, {"role": "controller"}), "eu_gdpr.international_agreement")
}

test_agreement_with_an_authority_covers_no_vendor if {
	facts := {"international_agreement": true, "recipient_role": "public_authority"}
	every role in ["processor", "unknown", "self"] {
		fixture.only(abroad(facts, {"role": role}), "eu_gdpr.agreement_review")
	}
}

test_only_american_organisations_are_on_the_list if {
	every operator, effect in {"US": "permit", "US-CA": "permit", "unknown": "permit", "CN": "deny"} {
		place := object.union(fixture.in_country("US"), {"operator": operator})
		fixture.answer({"facts": {"importer_dpf_listed": true}}, place).effect == effect
	}
}

test_agreement_with_somebody_else_is_reviewed if {
	said := abroad({"international_agreement": true}, {"role": "controller"})
	said.effect == "review"
	fixture.only(said, "eu_gdpr.agreement_review")
	fixture.rules(fixture.answer({"facts": {"international_agreement": true}}, {}).permits) == {"eu_gdpr.within_eea"}
}
