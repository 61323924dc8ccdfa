package guard.instruments.mo_pdpa_test

import data.guard.fixture_test as fixture

pdpa(words) := {"origin": "MO", "tags": fixture.tags(["mo_pdpa"]), "declared": words}

test_no_transfer if {
	said := fixture.answer(pdpa([]), fixture.in_country("MO"))
	fixture.permits_by(said, "mo_pdpa.no_transfer")
	said.permits[0].confidence == "low"
	fixture.unverified(said, "mo_pdpa")
	not "mo_pdpa.record" in fixture.rules(said.obligations)
}

test_own_device if {
	device := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer(pdpa([]), device), "mo_pdpa.no_transfer")
}

test_no_ground_is_the_only_reason if {
	said := fixture.answer(pdpa([]), fixture.in_country("CN"))
	fixture.stuck(said, "mo_pdpa.no_transfer_ground")
	said.barriers[0].confine == ["MO"]
}

test_adequacy if {
	said := fixture.answer(pdpa(["mo_pdpa.adequate_by_authority"]), fixture.in_country("PT"))
	fixture.permits_by(said, "mo_pdpa.adequacy")
	"mo_pdpa.record" in fixture.rules(said.obligations)
}

test_derogation if {
	fixture.permits_by(fixture.answer(pdpa(["mo_pdpa.derogation"]), fixture.in_country("US")), "mo_pdpa.derogation")
}

test_authorisation if {
	place := object.union(fixture.in_country("US"), {"safeguards": ["mo_authorisation"]})
	fixture.permits_by(fixture.answer(pdpa([]), place), "mo_pdpa.authorisation")
}

test_sensitive_data_are_the_only_reason if {
	changes := object.union(pdpa([]), {"categories": [fixture.diagnosis("none")]})
	fixture.only(fixture.answer(changes, fixture.in_country("MO")), "mo_pdpa.sensitive_data")
	grounded := object.union(changes, {"declared": ["mo_pdpa.sensitive_ground"]})
	fixture.answer(grounded, fixture.in_country("MO")).effect == "permit"
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["mo_pdpa"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "mo_pdpa.access_not_known"
	place := fixture.in_country("MO")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
