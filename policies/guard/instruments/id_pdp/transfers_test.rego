package guard.instruments.id_pdp_test

import data.guard.fixture_test as fixture

jakarta(words) := {"origin": "ID", "tags": fixture.tags(["id_pdp"]), "declared": words}

singapore := fixture.in_country("SG")

indonesia := fixture.in_country("ID")

bound := object.union(singapore, {"safeguards": ["id_binding_safeguards"]})

sick(words) := object.union(jakarta(words), {"categories": [fixture.diagnosis("none")]})

test_no_transfer if {
	said := fixture.answer(jakarta([]), indonesia)
	fixture.permits_by(said, "id_pdp.no_transfer")
	said.permits[0].confidence == "low"
	fixture.unverified(said, "id_pdp")
	not "id_pdp.record" in fixture.rules(said.obligations)
	redacted := object.union(jakarta([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, singapore), "id_pdp.no_transfer")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(jakarta([]), device), "id_pdp.no_transfer")
}

test_first_step if {
	protecting := jakarta(["id_pdp.equal_protection"])
	fixture.permits_by(fixture.answer(protecting, singapore), "id_pdp.equal_protection")
	nowhere := object.union(singapore, {"processing": ["GLOBAL"]})
	fixture.stuck(fixture.answer(protecting, nowhere), "id_pdp.no_transfer_ground")
}

test_second_step if {
	said := fixture.answer(jakarta([]), bound)
	fixture.permits_by(said, "id_pdp.safeguards")
	"id_pdp.record" in fixture.rules(said.obligations)
}

test_third_step_is_the_last if {
	consented := jakarta(["id_pdp.transfer_consent"])
	fixture.permits_by(fixture.answer(consented, singapore), "id_pdp.consent")
	fixture.permits_by(fixture.answer(consented, bound), "id_pdp.safeguards")
	both := jakarta(["id_pdp.transfer_consent", "id_pdp.equal_protection"])
	fixture.permits_by(fixture.answer(both, singapore), "id_pdp.equal_protection")
}

test_no_step_is_the_only_reason if {
	said := fixture.answer(jakarta([]), singapore)
	fixture.stuck(said, "id_pdp.no_transfer_ground")
	said.barriers[0].confine == ["ID"]
}

test_public_systems_stay if {
	fixture.only(fixture.answer(jakarta(["id_pdp.public_scope"]), bound), "id_pdp.public_system")
	fixture.permits_by(fixture.answer(jakarta(["id_pdp.public_scope"]), indonesia), "id_pdp.no_transfer")
}

test_specific_data_are_assessed if {
	fixture.only(fixture.answer(sick([]), bound), "id_pdp.impact_assessment")
	fixture.permits_by(fixture.answer(sick(["id_pdp.impact_assessment"]), bound), "id_pdp.safeguards")
	fixture.permits_by(
		fixture.answer(object.union(sick([]), {"time": "2024-10-16"}), bound),
		"id_pdp.safeguards",
	)
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(jakarta([]), object.union(indonesia, {"training_use": use})), "id_pdp.training_use")
	}
}
