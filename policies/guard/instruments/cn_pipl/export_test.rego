package guard.instruments.cn_pipl_test

import data.guard.fixture_test as fixture

# A handler in China with every declaration of the Law but no route.
pipl := {
	"origin": "CN",
	"tags": fixture.tags(["cn_pipl"]),
	"declared": ["cn_pipl.impact_assessment", "cn_pipl.separate_consent", "cn_pipl.sensitive_separate_consent"],
}

declaring(more) := object.union(pipl, {"declared": array.concat(pipl.declared, more)})

on_file(country, safeguards) := object.union(fixture.in_country(country), {"safeguards": safeguards})

test_within_mainland if {
	fixture.permits_by(fixture.answer(pipl, fixture.in_country("CN")), "cn_pipl.within_mainland")
}

test_hong_kong_is_abroad if {
	fixture.stuck(fixture.answer(pipl, fixture.in_country("HK")), "cn_pipl.no_export_route")
	fixture.stuck(fixture.answer(pipl, fixture.in_country("CN-HK")), "cn_pipl.no_export_route")
}

test_no_route_is_the_only_reason if {
	said := fixture.answer(pipl, fixture.in_country("SG"))
	fixture.stuck(said, "cn_pipl.no_export_route")
	said.barriers[0].confine == ["CN"]
	said.barriers[0].remedies == ["declare", "mechanism", "redact", "relocate"]
}

test_access_from_abroad_is_an_export if {
	place := object.union(fixture.in_country("CN"), {"access": ["CN", "US"]})
	fixture.stuck(fixture.answer(pipl, place), "cn_pipl.no_export_route")
}

test_security_assessment if {
	said := fixture.answer(pipl, on_file("SG", ["cac_security_assessment"]))
	fixture.permits_by(said, "cn_pipl.security_assessment")
}

test_security_assessment_serves_critical_operators if {
	said := fixture.answer(declaring(["cn.ciio"]), on_file("SG", ["cac_security_assessment"]))
	fixture.permits_by(said, "cn_pipl.security_assessment")
}

test_standard_contract if {
	said := fixture.answer(pipl, on_file("SG", ["cac_standard_contract"]))
	fixture.permits_by(said, "cn_pipl.standard_contract")
}

test_standard_contract_before_its_measures if {
	said := fixture.answer(object.union(pipl, {"time": "2023-05-31"}), on_file("SG", ["cac_standard_contract"]))
	fixture.stuck(said, "cn_pipl.no_export_route")
}

test_certification if {
	said := fixture.answer(pipl, on_file("SG", ["cac_certification"]))
	fixture.permits_by(said, "cn_pipl.certification")
}

test_certification_before_its_measures if {
	said := fixture.answer(object.union(pipl, {"time": "2025-12-31"}), on_file("SG", ["cac_certification"]))
	fixture.stuck(said, "cn_pipl.no_export_route")
}

test_below_threshold if {
	said := fixture.answer(declaring(["cn_pipl.below_export_threshold"]), fixture.in_country("SG"))
	fixture.permits_by(said, "cn_pipl.below_threshold")
}

test_sensitive_information_has_no_threshold if {
	changes := object.union(
		declaring(["cn_pipl.below_export_threshold"]),
		{"categories": [fixture.diagnosis("pseudonymise")]},
	)
	said := fixture.answer(changes, fixture.in_country("SG"))
	fixture.stuck(said, "cn_pipl.no_export_route")
	not "declare" in said.barriers[0].remedies
}

test_below_threshold_before_order_16 if {
	changes := object.union(declaring(["cn_pipl.below_export_threshold"]), {"time": "2024-03-21"})
	fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "cn_pipl.no_export_route")
}

test_localisation_is_the_only_reason if {
	said := fixture.answer(declaring(["cn.ciio"]), fixture.in_country("SG"))
	fixture.stuck(said, "cn_pipl.ciio_localisation")
	said.barriers[0].confine == ["CN"]
}

test_contract_does_not_serve_critical_operators if {
	said := fixture.answer(declaring(["cn.ciio"]), on_file("SG", ["cac_standard_contract", "cac_certification"]))
	fixture.stuck(said, "cn_pipl.ciio_localisation")
}

test_threshold_does_not_serve_critical_operators if {
	changes := declaring(["cn.ciio", "cn_pipl.below_export_threshold"])
	fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "cn_pipl.ciio_localisation")
}

test_critical_operator_at_home if {
	said := fixture.answer(declaring(["cn.ciio"]), fixture.in_country("CN"))
	fixture.permits_by(said, "cn_pipl.within_mainland")
}

test_redacted_information_may_leave if {
	changes := object.union(pipl, {"categories": [fixture.email("redact")], "treatment": "redact"})
	said := fixture.answer(changes, fixture.in_country("US"))
	fixture.permits_by(said, "cn_pipl.no_personal_information")
	"cn_pipl.residual_risk" in fixture.rules(said.advice)
}

test_pseudonymised_information_is_personal if {
	said := fixture.answer(pipl, fixture.in_country("US"))
	not "cn_pipl.no_personal_information" in fixture.rules(said.permits)
	not "cn_pipl.residual_risk" in fixture.rules(said.advice)
}

test_own_device if {
	place := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer(pipl, place), "cn_pipl.own_device")
}

test_own_device_abroad_is_an_export if {
	place := object.union(fixture.in_country("SG"), {"kind": "device", "role": "self"})
	fixture.stuck(fixture.answer(pipl, place), "cn_pipl.no_export_route")
}

test_routes_are_for_exports if {
	safeguards := ["cac_certification", "cac_security_assessment", "cac_standard_contract"]
	changes := declaring(["cn_pipl.below_export_threshold"])
	fixture.permits_by(fixture.answer(changes, on_file("CN", safeguards)), "cn_pipl.within_mainland")
}

test_device_on_the_mainland_is_an_own_device if {
	place := object.union(fixture.in_country("CN"), {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(pipl, place), "cn_pipl.own_device")
}

counted(ordinary, sensitive, safeguards) := object.union(on_file("SG", safeguards), {"counts": {
	"persons_since_jan1": ordinary,
	"sensitive_since_jan1": sensitive,
}})

stating(facts) := object.union(pipl, {"facts": facts})

test_counted_below_threshold if {
	fixture.permits_by(fixture.answer(pipl, counted(99999, 0, [])), "cn_pipl.below_threshold")
	fixture.stuck(fixture.answer(pipl, counted(100000, 0, [])), "cn_pipl.no_export_route")
}

test_contract_ends_where_the_assessment_begins if {
	fixture.permits_by(fixture.answer(pipl, counted(999999, 0, ["cac_standard_contract"])), "cn_pipl.standard_contract")
	every safeguard in ["cac_certification", "cac_standard_contract"] {
		fixture.stuck(fixture.answer(pipl, counted(1000000, 0, [safeguard])), "cn_pipl.no_export_route")
	}
}

test_assessment_expires if {
	place := counted(1000000, 0, ["cac_assessment_passed_2024-06-01"])
	said := fixture.answer(pipl, place)
	fixture.permits_by(said, "cn_pipl.security_assessment")
	said.permits[0].valid_until == "2027-06-01"
	fixture.stuck(fixture.answer(object.union(pipl, {"time": "2027-06-01"}), place), "cn_pipl.no_export_route")
}

test_bay_area_contract if {
	said := fixture.answer(pipl, on_file("HK", ["gba_standard_contract"]))
	fixture.permits_by(said, "cn_pipl.standard_contract")
}

test_exempt_flow if {
	fixture.permits_by(fixture.answer(stating({"emergency": true}), counted(1000000, 0, [])), "cn_pipl.exempt_flow")
	critical := stating({"emergency": true, "ciio": true})
	fixture.permits_by(fixture.answer(critical, counted(10, 0, [])), "cn_pipl.exempt_flow")
}

test_critical_by_fact if {
	fixture.stuck(fixture.answer(stating({"ciio": true}), counted(10, 0, [])), "cn_pipl.ciio_localisation")
}
