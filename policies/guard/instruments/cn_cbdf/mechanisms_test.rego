package guard.instruments.cn_cbdf_test

import data.guard.fixture_test as fixture

dated := ["cac_assessment_passed_2024-06-01"]

dated_on(day) := object.union(cbdf({}), {"time": day})

test_security_assessment if {
	said := fixture.answer(cbdf({"ciio": true}), on_file(persons(5000000, 50000), ["cac_security_assessment"]))
	fixture.permits_by(said, "cn_cbdf.security_assessment")
	"cn_cbdf.record" in fixture.rules(said.obligations)
	not "cn_cbdf.assessment_term" in fixture.rules(said.advice)
}

test_assessment_is_valid_for_three_years if {
	every day in ["2024-06-01", "2026-11-22", "2027-05-31"] {
		said := fixture.answer(dated_on(day), on_file(persons(2000000, 0), dated))
		fixture.permits_by(said, "cn_cbdf.security_assessment")
		said.permits[0].valid_until == "2027-06-01"
		"cn_cbdf.assessment_term" in fixture.rules(said.advice)
	}
}

test_assessment_is_not_valid_before_or_after if {
	every day in ["2024-05-31", "2027-06-01", "2030-01-01"] {
		said := fixture.answer(dated_on(day), on_file(persons(2000000, 0), dated))
		fixture.stuck(said, "cn_cbdf.large_volume")
	}
}

test_assessment_without_a_day_counts_for_nothing if {
	every name in ["cac_assessment_passed_", "cac_assessment_passed_soon", "cac_assessment_passed_1999-01-01"] {
		fixture.stuck(fixture.answer(cbdf({}), on_file(persons(2000000, 0), [name])), "cn_cbdf.large_volume")
	}
}

test_standard_contract if {
	said := fixture.answer(cbdf({}), on_file(persons(999999, 0), ["cac_standard_contract"]))
	fixture.permits_by(said, "cn_cbdf.standard_contract")
	unknown := fixture.answer(cbdf({}), on_file({}, ["cac_standard_contract"]))
	fixture.permits_by(unknown, "cn_cbdf.standard_contract")
}

test_contract_and_certification_end_at_a_million if {
	every safeguard in ["cac_standard_contract", "cac_certification", "gba_standard_contract"] {
		said := fixture.answer(cbdf({}), on_file(persons(1000000, 0), [safeguard]))
		fixture.stuck(said, "cn_cbdf.large_volume")
	}
}

test_certification if {
	said := fixture.answer(cbdf({}), on_file(persons(500000, 0), ["cac_certification"]))
	fixture.permits_by(said, "cn_cbdf.certification")
	earlier := fixture.answer(dated_on("2025-12-31"), on_file(persons(500000, 0), ["cac_certification"]))
	fixture.stuck(earlier, "cn_cbdf.contract_or_certification")
}

test_bay_area_contract if {
	place := object.union(sent("HK", persons(500000, 0)), {"safeguards": ["gba_standard_contract"]})
	fixture.permits_by(fixture.answer(cbdf({}), place), "cn_cbdf.bay_area_contract")
	further := object.union(place, {"access": ["HK", "SG"]})
	fixture.stuck(fixture.answer(cbdf({}), further), "cn_cbdf.contract_or_certification")
}

test_critical_operator_is_the_only_reason if {
	place := on_file(persons(10, 0), ["cac_standard_contract", "cac_certification", "gba_standard_contract"])
	said := fixture.answer(cbdf({"ciio": true}), place)
	fixture.stuck(said, "cn_cbdf.critical_operator")
	said.barriers[0].confine == ["CN"]
}

test_split_volume_is_the_only_reason if {
	changes := cbdf({"split_to_avoid_assessment": true})
	fixture.stuck(fixture.answer(changes, on_file(persons(90000, 0), ["cac_certification"])), "cn_cbdf.split_volume")
	whole := cbdf({"split_to_avoid_assessment": false})
	fixture.permits_by(fixture.answer(whole, sent("SG", persons(90000, 0))), "cn_cbdf.small_volume")
}

test_important_data_are_the_only_reason if {
	every changes in [
		holding([marked("data.important")], {}),
		holding([industrial], {"important_data_notified": true}),
		holding([industrial], {"important_data_published": true}),
		object.union(holding([industrial], {}), {"declared": ["cn_dsl.important_data"]}),
	] {
		fixture.stuck(fixture.answer(changes, sent("SG", {})), "cn_cbdf.important_data")
	}
}

test_important_data_assessed if {
	changes := holding([marked("data.important")], {})
	fixture.permits_by(fixture.answer(changes, on_file({}, dated)), "cn_cbdf.security_assessment")
	stated := object.union(changes, {"declared": ["cn_dsl.security_assessment_passed"]})
	fixture.permits_by(fixture.answer(stated, sent("SG", {})), "cn_cbdf.security_assessment")
}

test_declared_assessment_of_important_data_carries_no_persons if {
	changes := object.union(
		holding([marked("data.important"), fixture.email("none")], {}),
		{"declared": ["cn_dsl.security_assessment_passed"]},
	)
	said := fixture.answer(changes, sent("SG", persons(150000, 0)))
	fixture.only(said, "cn_cbdf.contract_or_certification")
}

test_neither_notified_nor_published if {
	facts := {"important_data_notified": false, "important_data_published": false}
	changes := holding([marked("data.important")], facts)
	fixture.permits_by(fixture.answer(changes, sent("SG", {})), "cn_cbdf.ordinary_data")
}

test_listing_unclear_is_the_only_reason if {
	every fact in ["important_data_notified", "important_data_published"] {
		said := fixture.answer(holding([marked("data.important")], {fact: false}), sent("SG", {}))
		fixture.only(said, "cn_cbdf.listing_unclear")
		said.effect == "review"
		assessed := fixture.answer(holding([marked("data.important")], {fact: false}), on_file({}, dated))
		assessed.effect == "permit"
	}
}

test_core_data_are_the_only_reason if {
	changes := holding([marked("data.core")], {})
	said := fixture.answer(changes, on_file({}, ["cac_security_assessment"]))
	fixture.only(said, "cn_cbdf.core_data")
	said.effect == "deny"
	fixture.permits_by(fixture.answer(changes, sent("CN", {})), "cn_cbdf.within_mainland")
}

test_representative_is_the_only_reason if {
	place := on_file(persons(10, 0), ["cac_certification"])
	abroad := {"principal_role": "foreign_company"}
	fixture.only(fixture.answer(cbdf(abroad), place), "cn_cbdf.representative")
	represented := object.union(cbdf(abroad), {"declared": ["cn_pipl.domestic_representative"]})
	fixture.answer(represented, place).effect == "permit"
	fixture.answer(cbdf({"principal_role": "controller"}), place).effect == "permit"
}

test_record_is_for_mechanisms if {
	small := fixture.answer(cbdf({}), sent("SG", persons(10, 0)))
	not "cn_cbdf.record" in fixture.rules(small.obligations)
}

test_redacted_information_needs_nothing if {
	changes := holding([fixture.email("redact")], {"ciio": true})
	fixture.permits_by(fixture.answer(changes, many), "cn_cbdf.ordinary_data")
}

# Whoever is under one of these laws is under all of them: what satisfies the Provisions satisfies the others.
together(words) := {
	"origin": "CN",
	"tags": fixture.tags(["cn_cbdf", "cn_csl", "cn_dsl", "cn_ndsr", "cn_pi_cert", "cn_pipl"]),
	"declared": array.concat(words, ["cn_pipl.impact_assessment", "cn_pipl.separate_consent"]),
}

test_the_laws_agree_on_a_filed_contract if {
	said := fixture.answer(together([]), on_file(persons(200000, 0), ["cac_standard_contract"]))
	said.effect == "permit"
	said.missing == []
}

test_the_laws_agree_on_a_small_volume if {
	fixture.answer(together(["cn_pipl.below_export_threshold"]), sent("SG", {})).effect == "permit"
	fixture.answer(together([]), sent("SG", persons(99999, 0))).effect == "permit"
}

test_the_laws_agree_on_an_exemption_of_a_critical_operator if {
	changes := object.union(together(["cn.ciio"]), {"facts": {"emergency": true}})
	fixture.answer(changes, sent("SG", persons(5000000, 50000))).effect == "permit"
}

test_the_laws_agree_on_a_refusal if {
	said := fixture.answer(together([]), sent("SG", persons(200000, 0)))
	fixture.rules(said.barriers) == {
		"cn_cbdf.contract_or_certification",
		"cn_ndsr.no_export_condition",
		"cn_pi_cert.no_certificate",
		"cn_pipl.no_export_route",
	}
}
