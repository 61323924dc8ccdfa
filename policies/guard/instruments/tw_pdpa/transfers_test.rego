package guard.instruments.tw_pdpa_test

import data.guard.fixture_test as fixture

pdpa(words) := {"origin": "TW", "tags": fixture.tags(["tw_pdpa"]), "declared": words}

test_no_transfer if {
	said := fixture.answer(pdpa([]), fixture.in_country("TW"))
	fixture.permits_by(said, "tw_pdpa.no_transfer")
	not "tw_pdpa.amendment" in fixture.rules(said.advice)
}

test_own_device if {
	device := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer(pdpa([]), device), "tw_pdpa.no_transfer")
}

test_unrestricted if {
	said := fixture.answer(pdpa([]), fixture.in_country("US"))
	fixture.permits_by(said, "tw_pdpa.unrestricted")
	"tw_pdpa.amendment" in fixture.rules(said.advice)
	"tw_pdpa.record" in fixture.rules(said.obligations)
}

test_restricted_is_the_only_reason if {
	said := fixture.answer(pdpa(["tw_pdpa.restricted_transfer"]), fixture.in_country("CN"))
	fixture.stuck(said, "tw_pdpa.restricted")
	said.barriers[0].confine == ["TW"]
}

test_mainland_orders_are_the_only_reason if {
	every place in ["CN", "unknown", "GLOBAL", "DOJ_COUNTRIES_OF_CONCERN"] {
		said := fixture.answer(pdpa([]), fixture.in_country(place))
		fixture.only(said, "tw_pdpa.mainland_orders")
	}
}

test_no_mainland_order if {
	said := fixture.answer(pdpa(["tw_pdpa.no_mainland_order"]), fixture.in_country("CN"))
	fixture.permits_by(said, "tw_pdpa.unrestricted")
}

test_special_data_are_the_only_reason if {
	changes := object.union(pdpa([]), {"categories": [fixture.diagnosis("none")]})
	fixture.only(fixture.answer(changes, fixture.in_country("TW")), "tw_pdpa.special_data")
	grounded := object.union(changes, {"declared": ["tw_pdpa.special_data_ground"]})
	fixture.answer(grounded, fixture.in_country("TW")).effect == "permit"
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["tw_pdpa"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "tw_pdpa.access_not_known"
	place := fixture.in_country("TW")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
