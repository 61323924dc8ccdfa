package guard.instruments.cn_ndsr_test

import data.guard.fixture_test as fixture

ndsr(facts) := {"origin": "CN", "tags": fixture.tags(["cn_ndsr"]), "facts": facts}

declaring(words) := object.union(ndsr({}), {"declared": words})

marked(id) := object.union(fixture.category(id, false, [], "none"), {"personal": false})

grave(id, words) := object.union(declaring(words), {"categories": [marked(id)]})

abroad(safeguards) := object.union(fixture.in_country("SG"), {"safeguards": safeguards})

test_nothing_leaves if {
	fixture.permits_by(fixture.answer(ndsr({}), fixture.in_country("CN")), "cn_ndsr.nothing_leaves")
	changes := object.union(ndsr({}), {"categories": [fixture.email("redact")]})
	said := fixture.answer(changes, abroad([]))
	fixture.permits_by(said, "cn_ndsr.nothing_leaves")
	not "cn_ndsr.sharing_record" in fixture.rules(said.obligations)
}

test_no_export_condition_is_the_only_reason if {
	said := fixture.answer(ndsr({}), abroad([]))
	fixture.stuck(said, "cn_ndsr.no_export_condition")
	said.barriers[0].confine == ["CN"]
}

test_each_export_condition if {
	fixture.permits_by(fixture.answer(ndsr({"emergency": true}), abroad([])), "cn_ndsr.export_condition")
	duty := fixture.answer(declaring(["cn_ndsr.statutory_duty"]), abroad([]))
	fixture.permits_by(duty, "cn_ndsr.export_condition")
	small := fixture.answer(declaring(["cn_pipl.below_export_threshold"]), abroad([]))
	fixture.permits_by(small, "cn_ndsr.export_condition")
	filed := fixture.answer(ndsr({}), abroad(["cac_standard_contract"]))
	fixture.permits_by(filed, "cn_ndsr.export_condition")
	"cn_ndsr.sharing_record" in fixture.rules(filed.obligations)
}

test_important_data_are_the_only_reason if {
	said := fixture.answer(grave("data.important", ["cn_ndsr.important_data_risk_assessment"]), abroad([]))
	fixture.stuck(said, "cn_ndsr.important_data")
}

test_important_data_assessed if {
	changes := grave("data.important", ["cn_ndsr.important_data_risk_assessment"])
	said := fixture.answer(changes, abroad(["cac_security_assessment"]))
	fixture.permits_by(said, "cn_ndsr.important_data_assessed")
	"cn_ndsr.annual_assessment" in fixture.rules(said.obligations)
	"cn_ndsr.sharing_record" in fixture.rules(said.obligations)
}

test_core_data_are_the_only_reason if {
	fixture.stuck(fixture.answer(grave("data.core", []), abroad(["cac_security_assessment"])), "cn_ndsr.core_data")
	fixture.permits_by(fixture.answer(grave("data.core", []), fixture.in_country("CN")), "cn_ndsr.nothing_leaves")
}

test_risk_assessment_is_the_only_reason if {
	said := fixture.answer(grave("data.important", []), fixture.in_country("CN"))
	fixture.only(said, "cn_ndsr.risk_assessment")
	own := object.union(fixture.in_country("CN"), {"role": "self"})
	fixture.answer(grave("data.important", []), own).effect == "permit"
}

test_risk_assessed_or_demanded_by_law if {
	every word in ["cn_ndsr.important_data_risk_assessment", "cn_ndsr.statutory_duty"] {
		fixture.answer(grave("data.important", [word]), fixture.in_country("CN")).effect == "permit"
	}
}

test_ten_million_persons if {
	said := fixture.answer(declaring(["cn_ndsr.ten_million_persons"]), fixture.in_country("CN"))
	"cn_ndsr.annual_assessment" in fixture.rules(said.obligations)
	fewer := fixture.answer(ndsr({}), fixture.in_country("CN"))
	not "cn_ndsr.annual_assessment" in fixture.rules(fewer.obligations)
}

test_training_data if {
	training := object.union(ndsr({}), {"purpose": "training"})
	"cn_ndsr.training_data" in fixture.rules(fixture.answer(training, fixture.in_country("CN")).advice)
	not "cn_ndsr.training_data" in fixture.rules(fixture.answer(ndsr({}), fixture.in_country("CN")).advice)
}
