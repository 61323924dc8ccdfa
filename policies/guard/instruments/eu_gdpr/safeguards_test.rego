# GDPR Art. 46 and EDPB Recommendations 01/2020, Annex 2.
package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

us_on(day, facts, safeguards) := fixture.answer(
	{"facts": facts, "time": day, "purpose": "storage"},
	object.union(fixture.in_country("US"), {"safeguards": safeguards}),
)

us(facts, safeguards) := us_on("2022-03-01", facts, array.concat(["dpa_art28"], safeguards))

problem(facts) := object.union({"importer_subject_to_problematic_law": true}, facts)

test_each_module_with_its_roles if {
	every one in [
		["scc_c2c", "controller", "controller"],
		["scc_c2p", "controller", "processor"],
		["scc_p2p", "processor", "processor"],
		["scc_p2c", "processor", "controller"],
	] {
		place := object.union(fixture.in_country("IN"), {"role": one[2], "safeguards": ["dpa_art28", "tia", one[0]]})
		who := {"principal": {"establishment": ["DE"], "role": one[1]}}
		fixture.permits_by(fixture.answer(who, place), "eu_gdpr.standard_clauses")
	}
}

test_wrong_module_carries_nothing if {
	every one in [
		["scc_c2c", "controller", "processor"],
		["scc_c2c", "processor", "controller"],
		["scc_c2p", "controller", "controller"],
		["scc_c2p", "processor", "processor"],
		["scc_p2p", "controller", "processor"],
		["scc_p2p", "processor", "controller"],
		["scc_p2c", "controller", "controller"],
		["scc_p2c", "processor", "processor"],
	] {
		place := object.union(fixture.in_country("IN"), {"role": one[2], "safeguards": ["dpa_art28", "tia", one[0]]})
		who := {"principal": {"establishment": ["DE"], "role": one[1]}}
		said := fixture.answer(who, place)
		fixture.stuck(said, "eu_gdpr.no_transfer_ground")
		"eu_gdpr.wrong_module" in fixture.rules(said.advice)
	}
}

test_a_parent_may_be_either if {
	place := object.union(fixture.in_country("IN"), {"role": "controller", "safeguards": ["tia", "scc_c2p"]})
	said := fixture.answer({"facts": {"recipient_role": "parent"}}, place)
	fixture.permits_by(said, "eu_gdpr.standard_clauses")
	not "eu_gdpr.wrong_module" in fixture.rules(said.advice)
}

test_clauses_for_processors_contain_the_terms if {
	place := object.union(fixture.in_country("IN"), {"safeguards": ["tia", "scc_c2p"]})
	fixture.answer({}, place).effect == "permit"
	bare := object.union(fixture.in_country("CH"), {"safeguards": ["scc_c2c"]})
	fixture.only(fixture.answer({}, bare), "eu_gdpr.processor_terms")
}

test_former_clauses_until_their_last_day if {
	fixture.permits_by(us_on("2022-12-26", {}, ["dpa_art28", "tia", "scc_2010_87"]), "eu_gdpr.former_clauses")
	fixture.stuck(us_on("2022-12-27", {}, ["dpa_art28", "tia", "scc_2010_87"]), "eu_gdpr.no_transfer_ground")
}

test_modules_before_2021_are_the_former_clauses if {
	fixture.permits_by(us_on("2021-03-01", {}, ["dpa_art28", "tia", "scc_c2p"]), "eu_gdpr.former_clauses")
	fixture.permits_by(us_on("2023-03-01", {}, ["dpa_art28", "tia", "scc_c2p"]), "eu_gdpr.standard_clauses")
}

test_other_safeguards if {
	every safeguard in ["ad_hoc_clauses", "public_body_instrument"] {
		fixture.permits_by(us({}, ["tia", safeguard]), "eu_gdpr.other_safeguard")
	}
}

test_use_case_1_encrypted_storage if {
	measures := ["scc_c2p", "encryption_state_of_the_art", "keys_only_in_eea"]
	sealed := problem({"prior_treatment": "encrypted_no_key"})
	fixture.permits_by(us(sealed, measures), "eu_gdpr.standard_clauses")
	fixture.stuck(us(problem({}), measures), "eu_gdpr.no_transfer_ground")
	fixture.stuck(us(sealed, ["scc_c2p", "encryption_state_of_the_art"]), "eu_gdpr.no_transfer_ground")
	fixture.stuck(us(sealed, ["scc_c2p", "keys_only_in_eea"]), "eu_gdpr.no_transfer_ground")
	fixture.stuck(us(sealed, array.concat(measures, ["keys_with_importer"])), "eu_gdpr.no_transfer_ground")
	fixture.stuck(us(sealed, ["encryption_state_of_the_art", "keys_only_in_eea"]), "eu_gdpr.no_transfer_ground")
}

test_use_case_1_is_for_storage_only if {
	place := object.union(
		fixture.in_country("US"),
		{"safeguards": ["scc_c2p", "encryption_state_of_the_art", "keys_only_in_eea"]},
	)
	sealed := {"facts": problem({"prior_treatment": "encrypted_no_key"}), "time": "2022-03-01"}
	fixture.stuck(fixture.answer(sealed, place), "eu_gdpr.no_transfer_ground")
}

test_use_case_2_pseudonyms if {
	measures := ["scc_c2p", "additional_information_in_eea", "no_singling_out"]
	keyed := problem({"prior_treatment": "pseudonymised"})
	fixture.permits_by(us(keyed, measures), "eu_gdpr.standard_clauses")
	every wrong in [
		us(keyed, ["scc_c2p", "additional_information_in_eea"]),
		us(keyed, ["scc_c2p", "no_singling_out"]),
		us(keyed, array.concat(measures, ["additional_information_with_importer"])),
		us(object.union(keyed, {"recipient_means_of_reidentification": true}), measures),
	] {
		fixture.stuck(wrong, "eu_gdpr.no_transfer_ground")
	}
}

test_pseudonyms_beside_names_that_were_found_are_none if {
	said := fixture.answer(
		{
			"facts": problem({"prior_treatment": "pseudonymised"}),
			"time": "2022-03-01",
			"purpose": "storage",
			"categories": [found_email],
			"treatment": "none",
		},
		object.union(
			fixture.in_country("US"),
			{"safeguards": ["scc_c2p", "additional_information_in_eea", "no_singling_out"]},
		),
	)
	fixture.stuck(said, "eu_gdpr.no_transfer_ground")
}

carried := ["dpa_art28", "transport_encryption_state_of_the_art", "decryption_at_adequate_destination"]

test_use_case_3_transit if {
	fixture.permits_by(us({"recipient_role": "transit_host"}, carried), "eu_gdpr.encrypted_transit")
	fixture.stuck(us({"recipient_role": "cloud_host"}, carried), "eu_gdpr.no_transfer_ground")
	half := ["dpa_art28", "transport_encryption_state_of_the_art"]
	fixture.stuck(us({"recipient_role": "transit_host"}, half), "eu_gdpr.no_transfer_ground")
	keys := array.concat(carried, ["keys_with_importer"])
	fixture.stuck(us({"recipient_role": "transit_host"}, keys), "eu_gdpr.no_transfer_ground")
}

test_what_belies_transit if {
	every belying in [{"role": "controller"}, {"retention_days": 30}] {
		place := object.union({"safeguards": carried}, belying)
		said := fixture.answer(
			{"facts": {"recipient_role": "transit_host"}},
			object.union(fixture.in_country("US"), place),
		)
		fixture.stuck(said, "eu_gdpr.no_transfer_ground")
	}
	found := object.union(fixture.diagnosis("none"), {"found": true})
	legible := {
		"facts": {"recipient_role": "transit_host"},
		"categories": [found],
		"declared": ["eu_gdpr.art9_explicit_consent"],
	}
	said := fixture.answer(legible, object.union(fixture.in_country("US"), {"safeguards": carried}))
	fixture.stuck(said, "eu_gdpr.no_transfer_ground")
}

test_countries_passed_through if {
	through := {"facts": {"transit_countries": ["US"]}}
	said := fixture.answer(through, {})
	said.effect == "review"
	fixture.only(said, "eu_gdpr.transit_review")
	fixture.answer(through, {"safeguards": carried}).effect == "permit"
	fixture.answer(through, {"safeguards": ["dpa_art28", "end_to_end_encryption"]}).effect == "permit"
	fixture.answer({"facts": {"transit_countries": ["CH"]}}, {}).effect == "permit"
	sealed := {
		"facts": {"transit_countries": ["US"], "prior_treatment": "encrypted_no_key"},
		"purpose": "storage",
	}
	kept := {"safeguards": ["dpa_art28", "encryption_state_of_the_art", "keys_only_in_eea"]}
	fixture.answer(sealed, kept).effect == "permit"
}

test_use_case_4_protected_recipient if {
	measures := ["scc_c2p", "privileged_recipient", "end_to_end_encryption"]
	fixture.permits_by(us(problem({}), measures), "eu_gdpr.standard_clauses")
	fixture.stuck(us(problem({}), ["scc_c2p", "privileged_recipient"]), "eu_gdpr.no_transfer_ground")
	fixture.stuck(us(problem({}), ["scc_c2p", "end_to_end_encryption"]), "eu_gdpr.no_transfer_ground")
}

test_use_case_5_split_processing if {
	measures := ["scc_c2p", "split_processing", "processors_apart", "authorities_apart"]
	fixture.permits_by(us(problem({}), measures), "eu_gdpr.standard_clauses")
	every missing in ["split_processing", "processors_apart", "authorities_apart"] {
		rest := [one | some one in measures; one != missing]
		fixture.stuck(us(problem({}), rest), "eu_gdpr.no_transfer_ground")
	}
}

test_use_cases_6_and_7_in_clear if {
	clear := ["scc_c2p", "transport_encryption", "encryption_at_rest", "keys_with_importer", "tia"]
	said := us(problem({}), clear)
	fixture.stuck(said, "eu_gdpr.no_transfer_ground")
	"eu_gdpr.problematic_law" in fixture.rules(said.advice)
	calm := us({}, clear)
	calm.effect == "permit"
	not "eu_gdpr.problematic_law" in fixture.rules(calm.advice)
}

test_essential_equivalence_demonstrated_or_not if {
	shown := problem({"essential_equivalence_demonstrated": true})
	fixture.permits_by(us(shown, ["scc_c2p"]), "eu_gdpr.standard_clauses")
	not_shown := {"essential_equivalence_demonstrated": false}
	fixture.stuck(us(not_shown, ["scc_c2p", "tia"]), "eu_gdpr.no_transfer_ground")
	every defect in ["tia_incomplete", "measures_not_compensating"] {
		fixture.stuck(us({}, ["scc_c2p", "tia", defect]), "eu_gdpr.no_transfer_ground")
		fixture.stuck(us(shown, ["scc_c2p", defect]), "eu_gdpr.no_transfer_ground")
	}
}

test_law_found_unproblematic_is_an_assessment if {
	fixture.permits_by(us({"importer_subject_to_problematic_law": false}, ["scc_c2p"]), "eu_gdpr.standard_clauses")
	fixture.stuck(us({}, ["scc_c2p"]), "eu_gdpr.no_transfer_ground")
}

test_a_declared_name_in_the_clear_is_no_pseudonym if {
	papers := ["additional_information_in_eea", "dpa_art28", "no_singling_out", "scc_2021_914"]
	place := object.union(fixture.in_country("US"), {"safeguards": papers})
	fixture.permits_by(fixture.answer({}, place), "eu_gdpr.standard_clauses")
	name := object.union(fixture.category("identity.name", true, [], "none"), {"found": false})
	changes := {"purpose": "storage", "categories": [name, fixture.email("pseudonymise")]}
	fixture.stuck(fixture.answer(changes, place), "eu_gdpr.no_transfer_ground")
}

test_unknown_access_is_advice if {
	place := object.union(fixture.in_country("US"), {"safeguards": ["scc_2021_914", "tia"]})
	every access in [["unknown"], ["US", "GLOBAL"]] {
		said := fixture.answer({}, object.union(place, {"access": access}))
		said.effect == "permit"
		"eu_gdpr.access_unknown" in fixture.rules(said.advice)
	}
	not "eu_gdpr.access_unknown" in fixture.rules(fixture.answer({}, place).advice)
	bare := fixture.answer({}, object.union(fixture.in_country("US"), {"access": ["unknown"]}))
	not "eu_gdpr.access_unknown" in fixture.rules(bare.advice)
}
