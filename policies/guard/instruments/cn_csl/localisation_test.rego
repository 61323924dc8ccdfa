package guard.instruments.cn_csl_test

import data.guard.fixture_test as fixture

csl(facts) := {"origin": "CN", "tags": fixture.tags(["cn_csl"]), "facts": facts}

critical := csl({"ciio": true})

marked(id) := object.union(fixture.category(id, false, [], "none"), {"personal": false})

assessed := object.union(fixture.in_country("SG"), {"safeguards": ["cac_assessment_passed_2024-06-01"]})

test_not_critical if {
	said := fixture.answer(csl({}), fixture.in_country("SG"))
	fixture.permits_by(said, "cn_csl.not_critical")
	not "cn_csl.export_record" in fixture.rules(said.obligations)
}

test_nothing_leaves if {
	fixture.permits_by(fixture.answer(critical, fixture.in_country("CN")), "cn_csl.nothing_leaves")
	changes := object.union(critical, {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(changes, fixture.in_country("SG")), "cn_csl.nothing_leaves")
}

test_critical_operator_is_the_only_reason if {
	said := fixture.answer(critical, fixture.in_country("SG"))
	fixture.stuck(said, "cn_csl.critical_operator")
	said.barriers[0].confine == ["CN"]
	said.barriers[0].remedies == ["mechanism", "redact", "relocate"]
	fixture.unverified(said, "cn_csl")
}

test_important_data_of_a_critical_operator if {
	every grade in ["data.important", "data.core"] {
		said := fixture.answer(object.union(critical, {"categories": [marked(grade)]}), fixture.in_country("SG"))
		fixture.stuck(said, "cn_csl.critical_operator")
		said.barriers[0].remedies == ["mechanism", "relocate"]
	}
}

test_security_assessment if {
	said := fixture.answer(critical, assessed)
	fixture.permits_by(said, "cn_csl.security_assessment")
	said.permits[0].valid_until == "2027-06-01"
	"cn_csl.export_record" in fixture.rules(said.obligations)
}

test_exempt_flow if {
	said := fixture.answer(csl({"ciio": true, "emergency": true}), fixture.in_country("SG"))
	fixture.permits_by(said, "cn_csl.exempt_flow")
}

test_exemption_does_not_cover_important_data if {
	changes := object.union(
		csl({"ciio": true, "emergency": true}),
		{"categories": [fixture.email("none"), marked("data.important")]},
	)
	fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "cn_csl.critical_operator")
}

test_artificial_intelligence if {
	"cn_csl.artificial_intelligence" in fixture.rules(fixture.answer(csl({}), fixture.in_country("CN")).advice)
	every silent in [
		{"purpose": "storage"},
		{"time": "2025-12-31"},
		{"declared": ["cn_genai.public_service"]},
		{"declared": ["cn_genai.not_public"]},
	] {
		said := fixture.answer(object.union(csl({}), silent), fixture.in_country("CN"))
		not "cn_csl.artificial_intelligence" in fixture.rules(said.advice)
	}
}
