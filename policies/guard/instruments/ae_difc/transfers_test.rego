package guard.instruments.ae_difc_test

import data.guard.fixture_test as fixture

# A firm in the Centre that told its clients of the model.
firm(words) := {
	"origin": "AE",
	"tags": fixture.tags(["ae_difc"]),
	"declared": array.concat(["ae_difc.established", "ae_difc.system_notice"], words),
}

us := fixture.in_country("US")

bound(safeguards) := object.union(us, {"safeguards": safeguards})

emirates := fixture.in_country("AE")

sick(words) := object.union(firm(words), {"categories": [fixture.diagnosis("none")]})

centre := object.union(emirates, {"safeguards": ["difc_recipient"]})

test_redacted_data_may_leave if {
	redacted := object.union(firm([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "ae_difc.no_personal_data")
}

test_the_emirates_are_not_the_centre if {
	fixture.permits_by(fixture.answer(firm([]), centre), "ae_difc.within_centre")
	fixture.stuck(fixture.answer(firm([]), emirates), "ae_difc.no_transfer_ground")
	fixture.stuck(fixture.answer(firm([]), bound(["difc_recipient"])), "ae_difc.no_transfer_ground")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(firm([]), device), "ae_difc.within_centre")
}

test_adequacy_by_the_list if {
	listed := firm(["ae_difc.adequate_jurisdiction"])
	fixture.permits_by(fixture.answer(listed, fixture.in_country("GB")), "ae_difc.adequacy")
	nowhere := object.union(us, {"storage": ["unknown"]})
	fixture.stuck(fixture.answer(listed, nowhere), "ae_difc.no_transfer_ground")
}

test_clauses if {
	said := fixture.answer(firm([]), bound(["difc_clauses"]))
	fixture.permits_by(said, "ae_difc.clauses")
	"ae_difc.record" in fixture.rules(said.obligations)
	"ae_difc.system_notice" in fixture.rules(said.obligations)
	"ae_difc.amendment" in fixture.rules(said.advice)
}

test_corporate_rules if {
	fixture.permits_by(fixture.answer(firm([]), bound(["difc_corporate_rules"])), "ae_difc.corporate_rules")
}

test_a_derogation_is_reviewed if {
	said := fixture.answer(firm(["ae_difc.derogation"]), us)
	said.effect == "review"
	fixture.only(said, "ae_difc.derogation_review")
	fixture.rules(said.permits) == {"ae_difc.derogation"}
	fixture.permits_by(fixture.answer(firm(["ae_difc.derogation"]), bound(["difc_clauses"])), "ae_difc.clauses")
}

test_special_categories_are_the_only_reason if {
	fixture.only(fixture.answer(sick([]), centre), "ae_difc.special_categories")
	fixture.permits_by(fixture.answer(sick(["ae_difc.special_ground"]), centre), "ae_difc.within_centre")
}

test_authority_request if {
	asked := ["ae_difc.authority_request"]
	fixture.only(fixture.answer(firm(asked), bound(["difc_clauses"])), "ae_difc.authority_request")
	examined := array.concat(asked, ["ae_difc.authority_assured"])
	fixture.permits_by(fixture.answer(firm(examined), bound(["difc_clauses"])), "ae_difc.clauses")
}

test_system_notice_is_owed_for_inference_only if {
	stored := object.union(firm([]), {"purpose": "storage"})
	not "ae_difc.system_notice" in fixture.rules(fixture.answer(stored, bound(["difc_clauses"])).obligations)
	early := object.union(firm([]), {"time": "2023-08-31"})
	not "ae_difc.system_notice" in fixture.rules(fixture.answer(early, bound(["difc_clauses"])).obligations)
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(firm([]), object.union(centre, {"training_use": use})), "ae_difc.training_use")
	}
}
