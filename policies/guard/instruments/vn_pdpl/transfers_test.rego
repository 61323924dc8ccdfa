package guard.instruments.vn_pdpl_test

import data.guard.fixture_test as fixture

hanoi(words) := {"origin": "VN", "tags": fixture.tags(["vn_pdpl"]), "declared": words}

singapore := fixture.in_country("SG")

vietnam := fixture.in_country("VN")

after(days) := object.union(singapore, {"counts": {"days_since_first_transfer": days}})

filed := object.union(singapore, {"safeguards": ["vn_transfer_dossier"]})

tracked(words) := object.union(hanoi(words), {"categories": [profile]})

profile := fixture.category("profile.behaviour", false, ["behavioural_tracking_online"], "none")

test_no_transfer if {
	said := fixture.answer(hanoi([]), vietnam)
	fixture.permits_by(said, "vn_pdpl.no_transfer")
	not "vn_pdpl.record" in fixture.rules(said.obligations)
	redacted := object.union(hanoi([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, singapore), "vn_pdpl.no_transfer")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(hanoi([]), device), "vn_pdpl.no_transfer")
}

test_no_dossier_is_the_only_reason if {
	said := fixture.answer(hanoi([]), singapore)
	fixture.stuck(said, "vn_pdpl.no_dossier")
	said.barriers[0].confine == ["VN"]
}

test_sixty_days_are_the_term if {
	last := fixture.answer(hanoi([]), after(60))
	fixture.permits_by(last, "vn_pdpl.within_term")
	"vn_pdpl.submit_in_time" in fixture.rules(last.advice)
	fixture.stuck(fixture.answer(hanoi([]), after(61)), "vn_pdpl.no_dossier")
}

test_a_dossier_lasts if {
	late := object.union(filed, {"counts": {"days_since_first_transfer": 400}})
	said := fixture.answer(hanoi([]), late)
	fixture.permits_by(said, "vn_pdpl.dossier")
	"vn_pdpl.record" in fixture.rules(said.obligations)
	not "vn_pdpl.submit_in_time" in fixture.rules(said.advice)
}

test_exempt_transfers if {
	every word in ["vn_pdpl.self_transfer", "vn_pdpl.state_agency"] {
		fixture.permits_by(fixture.answer(hanoi([word]), singapore), "vn_pdpl.dossier_exempt")
	}
}

test_employee_data_are_exempt_in_storage_only if {
	staff := hanoi(["vn_pdpl.employee_data_on_cloud"])
	fixture.permits_by(
		fixture.answer(object.union(staff, {"purpose": "storage"}), singapore),
		"vn_pdpl.dossier_exempt",
	)
	fixture.stuck(fixture.answer(staff, singapore), "vn_pdpl.no_dossier")
}

test_a_stop_order_is_the_only_reason if {
	fixture.only(fixture.answer(hanoi(["vn_pdpl.stop_order"]), filed), "vn_pdpl.stopped")
	fixture.permits_by(fixture.answer(hanoi(["vn_pdpl.stop_order"]), vietnam), "vn_pdpl.no_transfer")
}

test_tracking_is_sensitive if {
	fixture.only(fixture.answer(tracked([]), filed), "vn_pdpl.sensitive_data")
	fixture.permits_by(fixture.answer(tracked(["vn_pdpl.sensitive_consent"]), filed), "vn_pdpl.dossier")
}

test_important_data_are_assessed if {
	plan := object.union(fixture.category("data.important", false, [], "none"), {"personal": false})
	graded := object.union(hanoi([]), {"categories": [plan]})
	fixture.only(fixture.answer(graded, singapore), "vn_pdpl.important_data")
	assessed := object.union(hanoi(["vn_pdpl.important_data_assessed"]), {"categories": [plan]})
	fixture.permits_by(fixture.answer(assessed, singapore), "vn_pdpl.no_transfer")
	fixture.permits_by(fixture.answer(graded, vietnam), "vn_pdpl.no_transfer")
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(hanoi([]), object.union(vietnam, {"training_use": use})), "vn_pdpl.training_use")
	}
}
