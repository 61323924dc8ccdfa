package guard.instruments.uk_gdpr_test

import data.guard.fixture_test as fixture

# A controller in the United Kingdom, and a processor there with terms on file.
at_home := {
	"principal": {"establishment": ["GB"], "role": "controller"},
	"origin": "GB",
	"data_subjects": ["GB"],
	"tags": fixture.tags(["uk_gdpr"]),
}

here := object.union(fixture.in_country("GB"), {"safeguards": ["uk_dpa_art28"]})

answer(changes, place) := fixture.answer(object.union(at_home, changes), object.union(here, place))

in_india(facts, place) := answer({"facts": facts}, object.union(fixture.in_country("IN"), place))

test_within_uk if {
	fixture.permits_by(answer({}, {}), "uk_gdpr.within_uk")
	not "uk_gdpr.within_uk" in fixture.rules(in_india({}, {}).permits)
}

test_own_device if {
	unknown := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	place := object.union(unknown, {"kind": "device", "role": "self"})
	fixture.permits_by(answer({}, place), "uk_gdpr.within_uk")
}

test_no_personal_data if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(answer(redacted, fixture.in_country("IN")), "uk_gdpr.no_personal_data")
	fixture.permits_by(in_india({"prior_treatment": "anonymised"}, {}), "uk_gdpr.no_personal_data")
}

test_anonymity_that_was_not_shown if {
	every fact, value in {"anonymity_demonstrated": false, "recipient_means_of_reidentification": true} {
		said := answer({"facts": {"prior_treatment": "anonymised", fact: value}}, {})
		fixture.only(said, "uk_gdpr.anonymity_not_shown")
	}
	found := object.union(fixture.email("pseudonymise"), {"found": true})
	said := answer({"facts": {"prior_treatment": "anonymised"}, "categories": [found]}, fixture.in_country("IN"))
	fixture.stuck(said, "uk_gdpr.no_transfer_ground")
}

test_no_ground_for_india if {
	said := in_india({}, {})
	fixture.stuck(said, "uk_gdpr.no_transfer_ground")
	"GB" in said.barriers[0].confine
	"DE" in said.barriers[0].confine
	not "US" in said.barriers[0].confine
}

test_encrypted_and_pseudonymised_data_are_transferred if {
	every treatment in ["encrypted_no_key", "pseudonymised"] {
		fixture.stuck(in_india({"prior_treatment": treatment}, {}), "uk_gdpr.no_transfer_ground")
	}
}

test_adequacy_regulations if {
	fixture.permits_by(answer({}, fixture.in_country("DE")), "uk_gdpr.adequacy")
	fixture.permits_by(answer({}, fixture.in_country("NZ")), "uk_gdpr.adequacy")
	fixture.stuck(answer({"time": "2022-12-18"}, fixture.in_country("KR")), "uk_gdpr.no_transfer_ground")
}

listed(safeguard) := object.union(fixture.in_country("US"), {"safeguards": ["uk_dpa_art28", safeguard]})

test_data_bridge_needs_the_uk_extension if {
	fixture.permits_by(answer({}, listed("dpf_uk_extension")), "uk_gdpr.adequacy")
	fixture.stuck(answer({}, listed("dpf_listed")), "uk_gdpr.no_transfer_ground")
}

test_each_safeguard_with_its_assessment if {
	every safeguard, rule in {
		"uk_idta": "uk_gdpr.transfer_agreement",
		"uk_addendum": "uk_gdpr.addendum",
		"uk_bcr": "uk_gdpr.binding_corporate_rules",
	} {
		fixture.permits_by(in_india({}, {"safeguards": ["uk_dpa_art28", "uk_tra", safeguard]}), rule)
		fixture.stuck(in_india({}, {"safeguards": ["uk_dpa_art28", safeguard]}), "uk_gdpr.no_transfer_ground")
		spoilt := {"safeguards": ["uk_dpa_art28", "uk_tra", "tia_incomplete", safeguard]}
		fixture.stuck(in_india({}, spoilt), "uk_gdpr.no_transfer_ground")
		weak := {"safeguards": ["uk_dpa_art28", "uk_tra", "measures_not_compensating", safeguard]}
		fixture.stuck(in_india({}, weak), "uk_gdpr.no_transfer_ground")
		papers := {"safeguards": ["uk_dpa_art28", "uk_tra", safeguard]}
		fixture.stuck(in_india({"essential_equivalence_demonstrated": false}, papers), "uk_gdpr.no_transfer_ground")
		fixture.stuck(in_india({}, object.union(papers, {"processing": ["GLOBAL"]})), "uk_gdpr.no_transfer_ground")
	}
}

test_clauses_of_the_union_alone_carry_nothing if {
	place := {"safeguards": ["uk_dpa_art28", "uk_tra", "scc_2021_914"]}
	fixture.stuck(in_india({}, place), "uk_gdpr.no_transfer_ground")
}

test_agreement_before_it_existed if {
	place := object.union(fixture.in_country("IN"), {"safeguards": ["uk_dpa_art28", "uk_tra", "uk_idta"]})
	fixture.stuck(answer({"time": "2022-03-20"}, place), "uk_gdpr.no_transfer_ground")
}

test_persons_send_their_own_data if {
	direct := {"facts": {"exporter_is_data_subject": true}, "principal": {"establishment": ["IN"], "role": "controller"}}
	fixture.permits_by(answer(direct, fixture.in_country("IN")), "uk_gdpr.own_data")
	fixture.stuck(in_india({"exporter_is_data_subject": true}, {}), "uk_gdpr.no_transfer_ground")
	fixture.stuck(answer(direct, fixture.in_country("US")), "uk_gdpr.no_transfer_ground")
	fixture.stuck(in_india({"principal_role": "data_subject"}, {}), "uk_gdpr.no_transfer_ground")
	person := {"principal": {"establishment": ["GB"], "role": "unknown"}, "facts": {"principal_role": "data_subject"}}
	place := object.union(fixture.in_country("IN"), {"role": "controller"})
	fixture.permits_by(answer(person, place), "uk_gdpr.own_data")
	contrary := object.union(person, {"facts": {"principal_role": "data_subject", "exporter_is_data_subject": false}})
	fixture.stuck(answer(contrary, place), "uk_gdpr.no_transfer_ground")
}

test_one_legal_entity if {
	every facts in [
		{"same_legal_entity": true},
		{"recipient_type": "employee"},
		{"recipient_role": "own_branch"},
	] {
		fixture.permits_by(in_india(facts, {"role": "self"}), "uk_gdpr.same_legal_entity")
		fixture.stuck(in_india(facts, {}), "uk_gdpr.no_transfer_ground")
	}
	branch := {"same_legal_entity": true, "recipient_role": "controller"}
	every operator in ["GB", "unknown"] {
		fixture.permits_by(in_india(branch, {"role": "controller", "operator": operator}), "uk_gdpr.same_legal_entity")
		fixture.stuck(in_india(branch, {"role": "processor", "operator": operator}), "uk_gdpr.no_transfer_ground")
	}
	fixture.stuck(in_india(branch, {"role": "controller"}), "uk_gdpr.no_transfer_ground")
}

test_a_processor_does_not_return_data_to_a_vendor if {
	back := object.union(processor, {"facts": {"recipient_role": "controller"}})
	fixture.stuck(answer(back, fixture.in_country("US")), "uk_gdpr.no_transfer_ground")
}

test_what_belies_looking_on_the_spot if {
	facts := {"access_mode": "on_site", "data_location": ["GB"]}
	every belying in [{"retention_days": -1}, {"storage": ["unknown"]}, {"processing": ["GG"]}] {
		said := answer({"facts": facts}, object.union({"access": ["IN"]}, belying))
		fixture.stuck(said, "uk_gdpr.no_transfer_ground")
	}
	unplaced := answer({"facts": {"access_mode": "on_site"}}, {"access": ["IN"]})
	fixture.only(unplaced, "uk_gdpr.access_on_site_review")
}

test_an_establishment_in_a_part_of_the_country_is_one_in_it if {
	own := {"facts": {"exporter_is_data_subject": true}, "principal": {"establishment": ["GB-SCT"], "role": "controller"}}
	fixture.stuck(answer(own, fixture.in_country("IN")), "uk_gdpr.no_transfer_ground")
}

test_what_is_found_belies_anonymity if {
	diagnosis := object.union(fixture.diagnosis("none"), {"found": false})
	name := object.union(fixture.email("none"), {"found": true})
	changes := {"facts": {"prior_treatment": "anonymised"}, "purpose": "storage", "categories": [diagnosis, name]}
	fixture.only(answer(changes, {}), "uk_gdpr.special_categories")
}

test_group_companies_are_separate if {
	every facts in [
		{"same_legal_entity": true, "intra_group": true},
		{"recipient_type": "employee", "same_legal_entity": false},
	] {
		fixture.stuck(in_india(facts, {"role": "self"}), "uk_gdpr.no_transfer_ground")
	}
}

processor := {"principal": {"establishment": ["GB"], "role": "processor"}}

test_processor_returns_data_to_its_controller if {
	place := object.union(fixture.in_country("US"), {"role": "controller"})
	back := object.union(processor, {"facts": {"recipient_role": "controller"}})
	fixture.permits_by(answer(back, place), "uk_gdpr.returned_to_controller")
	fixture.stuck(answer(processor, place), "uk_gdpr.no_transfer_ground")
	astray := object.union(
		processor,
		{"facts": {"recipient_role": "controller", "controller_instruction": false}},
	)
	fixture.stuck(answer(astray, place), "uk_gdpr.no_transfer_ground")
	chosen := object.union(processor, {"facts": {"recipient_role": "sub_processor"}})
	fixture.stuck(answer(chosen, fixture.in_country("US")), "uk_gdpr.no_transfer_ground")
	controller := {"facts": {"recipient_role": "controller"}}
	fixture.stuck(answer(controller, place), "uk_gdpr.no_transfer_ground")
}

test_transit_is_no_transfer if {
	fixture.permits_by(answer({"facts": {"transit_countries": ["US"]}}, {}), "uk_gdpr.within_uk")
}

test_on_the_spot if {
	facts := {"access_mode": "on_site", "data_location": ["GB"]}
	fixture.permits_by(answer({"facts": facts}, {"access": ["IN"]}), "uk_gdpr.within_uk")
	remote := {"access_mode": "remote_view", "data_location": ["GB"]}
	fixture.stuck(answer({"facts": remote}, {"access": ["IN"]}), "uk_gdpr.no_transfer_ground")
	said := in_india({"access_mode": "on_site"}, {})
	said.effect == "review"
	fixture.only(said, "uk_gdpr.access_on_site_review")
	fixture.rules(said.permits) == {"uk_gdpr.access_on_site"}
}

reviewed(said) if {
	said.effect == "review"
	fixture.only(said, "uk_gdpr.exception_review")
	fixture.rules(said.permits) == {"uk_gdpr.exception"}
}

test_exceptions_are_reviewed if {
	reviewed(answer({"declared": ["uk_gdpr.art49_exception"]}, fixture.in_country("IN")))
	reviewed(in_india({"derogation_claimed": "49(1)(b)"}, {}))
	consent := {"derogation_claimed": "49(1)(a)", "explicit_consent": true, "informed_of_risks": true}
	reviewed(in_india(consent, {}))
}

test_exceptions_that_the_facts_exclude if {
	every facts in [
		{"derogation_claimed": "49(1)(b)", "systematic": true},
		{"derogation_claimed": "49(1)(b)", "occasional": false},
		{"derogation_claimed": "49(1)(e)", "necessity_shown": false},
		{"derogation_claimed": "49(1)(a)", "explicit_consent": true},
		{"derogation_claimed": "49(1)(a)", "informed_of_risks": true},
		{"derogation_claimed": "49(1)(f)"},
	] {
		fixture.stuck(in_india(facts, {}), "uk_gdpr.exception_not_met")
	}
}

test_unknown_access_is_advice if {
	papers := {"safeguards": ["uk_dpa_art28", "uk_idta", "uk_tra"]}
	said := in_india({}, object.union(papers, {"access": ["unknown"]}))
	said.effect == "permit"
	"uk_gdpr.access_unknown" in fixture.rules(said.advice)
	not "uk_gdpr.access_unknown" in fixture.rules(in_india({}, papers).advice)
}
