package guard.instruments.ae_pdpl_test

import data.guard.fixture_test as fixture

dubai(words) := {"origin": "AE", "tags": fixture.tags(["ae_pdpl"]), "declared": words}

india := fixture.in_country("IN")

bound := object.union(india, {"safeguards": ["ae_contract"]})

ill(words) := object.union(dubai(words), {"categories": [fixture.diagnosis("pseudonymise")]})

test_redacted_data_may_leave if {
	redacted := object.union(dubai([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, india), "ae_pdpl.no_personal_data")
}

test_data_stay_in_the_state if {
	said := fixture.answer(dubai([]), fixture.in_country("AE"))
	fixture.permits_by(said, "ae_pdpl.within_state")
	not "ae_pdpl.regulations_unpublished" in fixture.rules(said.advice)
	not "ae_pdpl.record" in fixture.rules(said.obligations)
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(dubai([]), device), "ae_pdpl.within_state")
}

test_a_free_zone_has_its_own_law if {
	every zone in ["ae_difc.established", "ae_adgm.established"] {
		fixture.permits_by(fixture.answer(dubai([zone]), india), "ae_pdpl.free_zone")
	}
}

test_no_ground_is_the_only_reason if {
	said := fixture.answer(dubai([]), india)
	fixture.stuck(said, "ae_pdpl.no_transfer_ground")
	said.barriers[0].confine == ["AE"]
}

test_contract if {
	said := fixture.answer(dubai([]), bound)
	fixture.permits_by(said, "ae_pdpl.contract")
	"ae_pdpl.record" in fixture.rules(said.obligations)
	"ae_pdpl.regulations_unpublished" in fixture.rules(said.advice)
}

test_consent if fixture.permits_by(fixture.answer(dubai(["ae_pdpl.explicit_consent"]), india), "ae_pdpl.consent")

test_necessity if fixture.permits_by(fixture.answer(dubai(["ae_pdpl.necessity"]), india), "ae_pdpl.necessity")

test_health_data_stay_whatever_the_contract if {
	fixture.only(fixture.answer(ill([]), bound), "ae_pdpl.health_in_state")
	fixture.only(fixture.answer(ill(["ae_difc.established"]), india), "ae_pdpl.health_in_state")
	fixture.permits_by(fixture.answer(ill(["ae_pdpl.health_exception"]), bound), "ae_pdpl.contract")
	fixture.permits_by(fixture.answer(ill([]), fixture.in_country("AE")), "ae_pdpl.within_state")
}

test_before_the_law if {
	early := object.union(dubai([]), {"time": "2022-01-01"})
	fixture.only(fixture.answer(early, india), "guard.no_ground")
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		place := object.union(fixture.in_country("AE"), {"training_use": use})
		fixture.only(fixture.answer(dubai([]), place), "ae_pdpl.training_use")
	}
}
