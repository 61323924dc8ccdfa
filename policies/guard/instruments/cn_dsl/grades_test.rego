package guard.instruments.cn_dsl_test

import data.guard.fixture_test as fixture

dsl(declared) := {"origin": "CN", "tags": fixture.tags(["cn_dsl"]), "declared": declared}

test_ordinary_data_may_leave if {
	said := fixture.answer(dsl([]), fixture.in_country("SG"))
	fixture.permits_by(said, "cn_dsl.ordinary_data")
	"cn_dsl.grading" in fixture.rules(said.advice)
}

test_ordinary_data_before_order_16_have_no_ground if {
	said := fixture.answer(object.union(dsl([]), {"time": "2024-03-21"}), fixture.in_country("SG"))
	fixture.stuck(said, "guard.no_ground")
}

test_within_mainland if {
	said := fixture.answer(dsl(["cn_dsl.core_data"]), fixture.in_country("CN"))
	fixture.permits_by(said, "cn_dsl.within_mainland")
	not "cn_dsl.grading" in fixture.rules(said.advice)
}

test_own_device if {
	place := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer(dsl(["cn_dsl.core_data"]), place), "cn_dsl.own_device")
}

test_own_device_abroad if {
	place := object.union(fixture.in_country("SG"), {"kind": "device", "role": "self"})
	fixture.stuck(fixture.answer(dsl(["cn_dsl.core_data"]), place), "cn_dsl.core_data")
}

test_core_data_is_the_only_reason if {
	said := fixture.answer(dsl(["cn_dsl.core_data"]), fixture.in_country("SG"))
	fixture.stuck(said, "cn_dsl.core_data")
	said.effect == "deny"
	said.barriers[0].confine == ["CN"]
}

test_assessment_does_not_cure_core_data if {
	changes := dsl(["cn_dsl.core_data", "cn_dsl.important_data", "cn_dsl.security_assessment_passed"])
	fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "cn_dsl.core_data")
}

test_important_data_is_the_only_reason if {
	fixture.stuck(fixture.answer(dsl(["cn_dsl.important_data"]), fixture.in_country("SG")), "cn_dsl.important_data")
}

test_important_data_assessed if {
	changes := dsl(["cn_dsl.important_data", "cn_dsl.security_assessment_passed"])
	fixture.permits_by(fixture.answer(changes, fixture.in_country("SG")), "cn_dsl.security_assessment")
}

test_important_data_assessed_on_file if {
	place := object.union(fixture.in_country("SG"), {"safeguards": ["cac_security_assessment"]})
	fixture.permits_by(fixture.answer(dsl(["cn_dsl.important_data"]), place), "cn_dsl.security_assessment")
}

test_important_data_risk_assessment_is_kept if {
	said := fixture.answer(dsl(["cn_dsl.important_data"]), fixture.in_country("CN"))
	said.effect == "permit"
	"cn_dsl.risk_assessment" in fixture.rules(said.obligations)
	not "cn_dsl.risk_assessment" in fixture.rules(fixture.answer(dsl([]), fixture.in_country("CN")).obligations)
}

test_redaction_does_not_cure_important_data if {
	changes := object.union(dsl(["cn_dsl.important_data"]), {"categories": [fixture.email("redact")]})
	fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "cn_dsl.important_data")
}

test_foreign_authority_is_the_only_reason if {
	said := fixture.answer(dsl(["cn_dsl.foreign_authority_request"]), fixture.in_country("SG"))
	fixture.only(said, "cn_dsl.foreign_authority")
}

test_foreign_authority_with_approval if {
	changes := dsl(["cn_dsl.authority_approval", "cn_dsl.foreign_authority_request"])
	fixture.answer(changes, fixture.in_country("SG")).effect == "permit"
}

marked(id) := object.union(dsl([]), {"categories": [object.union(
	fixture.category(id, false, [], "none"),
	{"personal": false},
)]})

test_data_marked_as_core if {
	fixture.stuck(fixture.answer(marked("data.core"), fixture.in_country("SG")), "cn_dsl.core_data")
}

test_data_marked_as_important if {
	fixture.stuck(fixture.answer(marked("data.important"), fixture.in_country("SG")), "cn_dsl.important_data")
}

test_redacted_mark_is_gone if {
	item := object.union(fixture.category("data.core", false, [], "redact"), {"personal": false})
	said := fixture.answer(object.union(dsl([]), {"categories": [item]}), fixture.in_country("SG"))
	fixture.permits_by(said, "cn_dsl.ordinary_data")
}

test_important_data_at_home if {
	said := fixture.answer(dsl(["cn_dsl.important_data"]), fixture.in_country("CN"))
	fixture.permits_by(said, "cn_dsl.within_mainland")
}

test_assessment_does_not_make_ordinary_data_important if {
	said := fixture.answer(dsl(["cn_dsl.security_assessment_passed"]), fixture.in_country("SG"))
	fixture.permits_by(said, "cn_dsl.ordinary_data")
}

test_grading_is_for_ordinary_data_abroad if {
	at_home := fixture.answer(dsl([]), fixture.in_country("CN"))
	not "cn_dsl.grading" in fixture.rules(at_home.advice)
	important_abroad := fixture.answer(dsl(["cn_dsl.important_data"]), fixture.in_country("SG"))
	not "cn_dsl.grading" in fixture.rules(important_abroad.advice)
	core_abroad := fixture.answer(dsl(["cn_dsl.core_data"]), fixture.in_country("SG"))
	not "cn_dsl.grading" in fixture.rules(core_abroad.advice)
}

test_device_on_the_mainland_is_an_own_device if {
	place := object.union(fixture.in_country("CN"), {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(dsl(["cn_dsl.core_data"]), place), "cn_dsl.own_device")
}

test_core_data_that_are_important_too_are_core if {
	changes := dsl(["cn_dsl.core_data", "cn_dsl.important_data"])
	fixture.stuck(fixture.answer(changes, fixture.in_country("SG")), "cn_dsl.core_data")
}
