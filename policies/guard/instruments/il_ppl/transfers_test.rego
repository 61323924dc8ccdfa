package guard.instruments.il_ppl_test

import data.guard.fixture_test as fixture

haifa(words) := {"origin": "IL", "tags": fixture.tags(["il_ppl"]), "declared": words}

us := fixture.in_country("US")

israel := fixture.in_country("IL")

bound(safeguards) := object.union(us, {"safeguards": array.concat(["il_undertaking"], safeguards)})

test_no_transfer if {
	said := fixture.answer(haifa([]), israel)
	fixture.permits_by(said, "il_ppl.no_transfer")
	said.permits[0].confidence == "low"
	fixture.unverified(said, "il_ppl")
	not "il_ppl.record" in fixture.rules(said.obligations)
	redacted := object.union(haifa([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "il_ppl.no_transfer")
}

test_amendment_is_missing_from_its_first_day if {
	fixture.risks(fixture.answer(haifa([]), israel)) == {"il_ppl.amendment_missing"}
	early := object.union(haifa([]), {"time": "2025-08-13"})
	fixture.risks(fixture.answer(early, israel)) == set()
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(haifa([]), device), "il_ppl.no_transfer")
}

test_comparable_law if {
	said := fixture.answer(haifa([]), bound(["il_comparable_law"]))
	fixture.permits_by(said, "il_ppl.comparable_law")
	"il_ppl.record" in fixture.rules(said.obligations)
	hidden := object.union(bound(["il_comparable_law"]), {"storage": ["unknown"]})
	fixture.stuck(fixture.answer(haifa([]), hidden), "il_ppl.no_transfer_ground")
}

test_european_states if {
	germany := object.union(fixture.in_country("DE"), {"safeguards": ["il_undertaking"]})
	fixture.permits_by(fixture.answer(haifa([]), germany), "il_ppl.european_states")
	seen := object.union(germany, {"access": ["DE", "US"]})
	fixture.stuck(fixture.answer(haifa([]), seen), "il_ppl.no_transfer_ground")
}

test_consent if fixture.permits_by(fixture.answer(haifa(["il_ppl.transfer_consent"]), bound([])), "il_ppl.consent")

test_agreement if fixture.permits_by(fixture.answer(haifa([]), bound(["il_agreement"])), "il_ppl.agreement")

test_another_case_is_reviewed if {
	said := fixture.answer(haifa(["il_ppl.other_exception"]), bound([]))
	said.effect == "review"
	fixture.only(said, "il_ppl.exception_review")
	fixture.rules(said.permits) == {"il_ppl.other_exception"}
}

test_no_ground_is_the_only_reason if {
	said := fixture.answer(haifa([]), bound([]))
	fixture.stuck(said, "il_ppl.no_transfer_ground")
	said.barriers[0].confine == ["IL"]
}

test_no_undertaking_is_the_only_reason if {
	fixture.only(fixture.answer(haifa(["il_ppl.transfer_consent"]), us), "il_ppl.no_undertaking")
	own := object.union(us, {"role": "self"})
	fixture.permits_by(fixture.answer(haifa(["il_ppl.transfer_consent"]), own), "il_ppl.consent")
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(haifa([]), object.union(israel, {"training_use": use})), "il_ppl.training_use")
	}
}
