package guard.instruments.cn_cbdf_test

import data.guard.fixture_test as fixture

cbdf(facts) := {"origin": "CN", "tags": fixture.tags(["cn_cbdf"]), "facts": facts}

holding(categories, facts) := object.union(cbdf(facts), {"categories": categories})

sent(country, counts) := object.union(fixture.in_country(country), {"counts": counts})

on_file(counts, safeguards) := object.union(sent("SG", counts), {"safeguards": safeguards})

persons(ordinary, sensitive) := {"persons_since_jan1": ordinary, "sensitive_since_jan1": sensitive}

industrial := object.union(fixture.category("data.industrial", false, [], "none"), {"personal": false})

marked(id) := object.union(fixture.category(id, false, [], "none"), {"personal": false})

looked_at(mode) := object.union(cbdf({}), {"facts": {"access_mode": mode}})

visitor := {"storage": ["CN"], "processing": ["CN"], "access": ["DE"], "counts": persons(150000, 0)}

test_within_mainland if {
	fixture.permits_by(fixture.answer(cbdf({}), sent("CN", persons(5000000, 0))), "cn_cbdf.within_mainland")
}

test_hong_kong_is_abroad if {
	fixture.stuck(fixture.answer(cbdf({}), sent("HK", persons(150000, 0))), "cn_cbdf.contract_or_certification")
}

test_stated_to_leave_is_an_export if {
	said := fixture.answer(cbdf({"data_leaves_china": true}), sent("CN", persons(150000, 0)))
	fixture.stuck(said, "cn_cbdf.contract_or_certification")
	said.barriers[0].confine == []
}

test_own_device if {
	unknown := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer(cbdf({}), unknown), "cn_cbdf.own_device")
	fixture.permits_by(fixture.answer(cbdf({"data_leaves_china": true}), unknown), "cn_cbdf.own_device")
}

test_query_from_abroad_is_an_export if {
	every mode in ["remote_query", "remote_view"] {
		said := fixture.answer(looked_at(mode), visitor)
		fixture.stuck(said, "cn_cbdf.contract_or_certification")
	}
}

test_to_deny_leaving_does_not_help_who_queries if {
	changes := cbdf({"access_mode": "remote_query", "data_leaves_china": false})
	fixture.stuck(fixture.answer(changes, visitor), "cn_cbdf.contract_or_certification")
}

test_visit_of_which_no_more_is_said if {
	fixture.stuck(fixture.answer(looked_at("on_site"), visitor), "cn_cbdf.contract_or_certification")
}

test_visit_that_takes_nothing_along if {
	said := fixture.answer(cbdf({"access_mode": "on_site", "data_leaves_china": false}), visitor)
	fixture.permits_by(said, "cn_cbdf.within_mainland")
}

test_visit_to_data_that_rest_abroad if {
	changes := cbdf({"access_mode": "on_site", "data_leaves_china": false})
	every where in ["storage", "processing"] {
		said := fixture.answer(changes, object.union(visitor, {where: ["CN", "DE"]}))
		fixture.stuck(said, "cn_cbdf.contract_or_certification")
	}
}

test_visit_that_takes_data_along if {
	said := fixture.answer(cbdf({"access_mode": "on_site", "data_leaves_china": true}), visitor)
	fixture.stuck(said, "cn_cbdf.contract_or_certification")
}

test_ordinary_data if {
	fixture.permits_by(fixture.answer(holding([industrial], {}), sent("SG", {})), "cn_cbdf.ordinary_data")
}

test_data_of_trade if {
	said := fixture.answer(holding([industrial], {"activity": "international_trade"}), sent("SG", {}))
	fixture.permits_by(said, "cn_cbdf.activity_without_personal_information")
}

test_data_of_trade_with_personal_information if {
	changes := holding([industrial, fixture.email("none")], {"activity": "international_trade"})
	fixture.stuck(fixture.answer(changes, sent("SG", persons(150000, 0))), "cn_cbdf.contract_or_certification")
}

test_data_of_trade_that_are_important if {
	changes := holding([marked("data.important")], {"activity": "international_trade"})
	fixture.stuck(fixture.answer(changes, sent("SG", {})), "cn_cbdf.important_data")
}

test_anonymised_information if {
	said := fixture.answer(cbdf({"prior_treatment": "anonymised"}), sent("SG", persons(150000, 0)))
	fixture.permits_by(said, "cn_cbdf.ordinary_data")
	every treatment in ["pseudonymised", "encrypted_no_key"] {
		still := fixture.answer(cbdf({"prior_treatment": treatment}), sent("SG", persons(150000, 0)))
		fixture.stuck(still, "cn_cbdf.contract_or_certification")
	}
}

foreign := {"collected_abroad": true, "domestic_pi_or_important_data_added": false}

test_collected_abroad if {
	fixture.permits_by(fixture.answer(cbdf(foreign), sent("SG", persons(3000000, 0))), "cn_cbdf.collected_abroad")
}

# Where the operator states that the data leave, another place does not keep them.
test_relocation_is_no_remedy_for_a_stated_export if {
	large := sent("SG", persons(3000000, 0))
	fixture.answer(cbdf({}), large).barriers[0].remedies == ["mechanism", "redact", "relocate"]
	stated := fixture.answer(cbdf({"data_leaves_china": true}), large)
	stated.barriers[0].remedies == ["mechanism", "redact"]
	home := fixture.answer(cbdf({"data_leaves_china": true}), sent("CN", persons(3000000, 0)))
	fixture.only(home, "cn_cbdf.large_volume")
}

test_collected_abroad_and_domestic_data_found if {
	tags := [object.union(tag, {"trigger": "finding"}) | some tag in fixture.tags(["cn_cbdf"])]
	said := fixture.answer(object.union(cbdf(foreign), {"tags": tags}), sent("SG", persons(3000000, 0)))
	fixture.stuck(said, "cn_cbdf.large_volume")
}

test_collected_abroad_with_something_added if {
	every changed in [
		{"collected_abroad": true},
		object.union(foreign, {"domestic_pi_or_important_data_added": true}),
		object.union(foreign, {"collected_abroad": false}),
		{"domestic_pi_or_important_data_added": false},
	] {
		fixture.stuck(fixture.answer(cbdf(changed), sent("SG", persons(3000000, 0))), "cn_cbdf.large_volume")
	}
}

test_collected_abroad_and_important if {
	every grade in ["data.important", "data.core"] {
		changes := holding([fixture.email("none"), marked(grade)], foreign)
		said := fixture.answer(changes, sent("SG", persons(3000000, 0)))
		said.effect != "permit"
		said.permits == []
	}
}

test_before_the_provisions if {
	said := fixture.answer(object.union(cbdf({}), {"time": "2024-03-21"}), sent("CN", {}))
	fixture.stuck(said, "guard.no_ground")
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["cn_cbdf"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "cn_cbdf.access_not_known"
	place := fixture.in_country("CN")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
