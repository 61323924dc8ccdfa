package guard.instruments.cn_pi_cert_test

import data.guard.fixture_test as fixture

cert(facts) := {"origin": "CN", "tags": fixture.tags(["cn_pi_cert"]), "facts": facts}

holding(categories, facts) := object.union(cert(facts), {"categories": categories})

filed(ordinary, sensitive, safeguards) := object.union(fixture.in_country("SG"), {
	"counts": {"persons_since_jan1": ordinary, "sensitive_since_jan1": sensitive},
	"safeguards": safeguards,
})

certified(ordinary, sensitive) := filed(ordinary, sensitive, ["cac_certification"])

important := object.union(fixture.category("data.important", false, [], "none"), {"personal": false})

test_certified if {
	every number in [100000, 999999] {
		said := fixture.answer(cert({}), certified(number, 0))
		fixture.permits_by(said, "cn_pi_cert.certified")
		"cn_pi_cert.record" in fixture.rules(said.obligations)
		"cn_pi_cert.term" in fixture.rules(said.advice)
	}
}

test_certified_sensitive_information if {
	changes := holding([fixture.diagnosis("none")], {})
	fixture.permits_by(fixture.answer(changes, certified(9999, 9999)), "cn_pi_cert.certified")
	fixture.stuck(fixture.answer(changes, certified(10000, 10000)), "cn_pi_cert.assessment_instead")
}

test_certified_volume_unknown if {
	place := object.union(fixture.in_country("SG"), {"safeguards": ["cac_certification"]})
	fixture.permits_by(fixture.answer(cert({}), place), "cn_pi_cert.certified")
}

test_no_certificate_is_the_only_reason if {
	fixture.stuck(fixture.answer(cert({}), filed(150000, 0, [])), "cn_pi_cert.no_certificate")
	fixture.stuck(fixture.answer(cert({}), fixture.in_country("SG")), "cn_pi_cert.no_certificate")
}

test_assessment_instead_is_the_only_reason if {
	fixture.stuck(fixture.answer(cert({}), certified(1000000, 0)), "cn_pi_cert.assessment_instead")
	fixture.stuck(fixture.answer(cert({"ciio": true}), certified(150000, 0)), "cn_pi_cert.assessment_instead")
}

test_important_data_are_the_only_reason if {
	said := fixture.answer(holding([important], {}), certified(10, 0))
	fixture.stuck(said, "cn_pi_cert.important_data")
	both := fixture.answer(holding([important, fixture.email("none")], {}), certified(150000, 0))
	fixture.only(both, "cn_pi_cert.important_data")
}

test_listing_unclear_is_the_only_reason if {
	changes := holding([important, fixture.email("none")], {"important_data_notified": false})
	said := fixture.answer(changes, certified(150000, 0))
	fixture.only(said, "cn_pi_cert.listing_unclear")
	said.effect == "review"
}

test_split_volume_is_the_only_reason if {
	changes := cert({"split_to_avoid_assessment": true})
	fixture.stuck(fixture.answer(changes, certified(150000, 0)), "cn_pi_cert.split_volume")
}

test_no_export if {
	home := object.union(certified(150000, 0), fixture.in_country("CN"))
	fixture.permits_by(fixture.answer(cert({}), home), "cn_pi_cert.no_export")
}

test_not_required if {
	fixture.permits_by(fixture.answer(cert({}), certified(99999, 0)), "cn_pi_cert.not_required")
	fixture.permits_by(fixture.answer(cert({"emergency": true}), filed(150000, 0, [])), "cn_pi_cert.not_required")
}

test_other_mechanism if {
	every safeguard in ["cac_security_assessment", "cac_standard_contract"] {
		said := fixture.answer(cert({}), filed(150000, 0, [safeguard]))
		fixture.permits_by(said, "cn_pi_cert.other_mechanism")
		not "cn_pi_cert.term" in fixture.rules(said.advice)
	}
}

test_important_data_that_were_assessed if {
	changes := object.union(holding([important], {}), {"declared": ["cn_dsl.security_assessment_passed"]})
	fixture.permits_by(fixture.answer(changes, filed(10, 0, [])), "cn_pi_cert.other_mechanism")
}

test_other_mechanism_in_the_bay_area if {
	place := object.union(filed(150000, 0, ["gba_standard_contract"]), fixture.in_country("HK"))
	fixture.permits_by(fixture.answer(cert({}), place), "cn_pi_cert.other_mechanism")
}

test_representative_is_the_only_reason if {
	changes := cert({"principal_role": "foreign_company"})
	fixture.only(fixture.answer(changes, certified(150000, 0)), "cn_pi_cert.representative")
	represented := object.union(changes, {"declared": ["cn_pipl.domestic_representative"]})
	fixture.permits_by(fixture.answer(represented, certified(150000, 0)), "cn_pi_cert.certified")
}

test_not_necessary_is_the_only_reason if {
	said := fixture.answer(cert({"minimum_necessary": false}), certified(150000, 0))
	fixture.only(said, "cn_pi_cert.not_necessary")
}

test_unclear_exemption_is_the_only_reason if {
	before := fixture.answer(cert({}), filed(500, 20, []))
	fixture.only(before, "cn_pi_cert.exemption_unclear")
	before.effect == "review"
	scenario := fixture.answer(cert({"scenario_listed_in_art5": true}), filed(150000, 0, []))
	fixture.only(scenario, "cn_pi_cert.exemption_unclear")
}

test_certificate_settles_what_is_unclear if {
	fixture.answer(cert({}), certified(500, 20)).effect == "permit"
}

test_before_the_measures if {
	said := fixture.answer(object.union(cert({}), {"time": "2025-12-31"}), certified(150000, 0))
	fixture.stuck(said, "guard.no_ground")
}
