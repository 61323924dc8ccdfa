package guard.instruments.sa_pdpl_test

import data.guard.fixture_test as fixture

riyadh(words) := {"origin": "SA", "tags": fixture.tags(["sa_pdpl"]), "declared": words}

us := fixture.in_country("US")

bound(safeguards) := object.union(us, {"safeguards": safeguards})

conditions := ["sa_pdpl.transfer_conditions", "sa_pdpl.permitted_purpose"]

careful := array.concat(conditions, ["sa_pdpl.risk_assessment"])

sick(words) := object.union(riyadh(words), {"categories": [fixture.diagnosis("none")]})

test_no_transfer if {
	fixture.permits_by(fixture.answer(riyadh([]), fixture.in_country("SA")), "sa_pdpl.no_transfer")
	redacted := object.union(riyadh([]), {"categories": [fixture.email("redact")]})
	said := fixture.answer(redacted, us)
	fixture.permits_by(said, "sa_pdpl.no_transfer")
	not "sa_pdpl.record" in fixture.rules(said.obligations)
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(riyadh([]), device), "sa_pdpl.no_transfer")
}

test_standard_clauses if {
	said := fixture.answer(riyadh(careful), bound(["sa_standard_clauses"]))
	fixture.permits_by(said, "sa_pdpl.standard_clauses")
	"sa_pdpl.record" in fixture.rules(said.obligations)
	"sa_pdpl.adequacy_list" in fixture.rules(said.advice)
}

test_common_rules if {
	fixture.permits_by(fixture.answer(riyadh(careful), bound(["sa_common_rules"])), "sa_pdpl.common_rules")
}

test_certification if {
	fixture.permits_by(fixture.answer(riyadh(careful), bound(["sa_certification"])), "sa_pdpl.certification")
}

test_no_safeguard_is_the_only_reason if {
	said := fixture.answer(riyadh(careful), us)
	fixture.stuck(said, "sa_pdpl.no_transfer_ground")
	said.barriers[0].confine == ["SA"]
}

test_an_exempt_transfer if {
	words := ["sa_pdpl.exempt_transfer", "sa_pdpl.transfer_conditions"]
	fixture.permits_by(fixture.answer(riyadh(words), us), "sa_pdpl.exempt_transfer")
	fixture.only(fixture.answer(riyadh(["sa_pdpl.exempt_transfer"]), us), "sa_pdpl.conditions")
	fixture.answer(riyadh(words), bound(["sa_standard_clauses"])).effect == "permit"
}

test_a_purpose_is_named if {
	words := ["sa_pdpl.transfer_conditions", "sa_pdpl.risk_assessment"]
	fixture.only(fixture.answer(riyadh(words), bound(["sa_standard_clauses"])), "sa_pdpl.purpose_not_named")
}

test_conditions_are_declared if {
	words := ["sa_pdpl.permitted_purpose", "sa_pdpl.risk_assessment"]
	fixture.only(fixture.answer(riyadh(words), bound(["sa_standard_clauses"])), "sa_pdpl.conditions")
}

test_risks_are_assessed if {
	fixture.only(fixture.answer(riyadh(conditions), bound(["sa_standard_clauses"])), "sa_pdpl.risk_assessment")
	nowhere := object.union(bound(["sa_standard_clauses"]), {"storage": ["unknown"]})
	fixture.only(fixture.answer(riyadh(careful), nowhere), "sa_pdpl.risk_assessment")
}

test_sensitive_data_abroad_are_assessed_whatever_the_ground if {
	words := ["sa_pdpl.exempt_transfer", "sa_pdpl.transfer_conditions", "sa_pdpl.sensitive_consent"]
	fixture.only(fixture.answer(sick(words), us), "sa_pdpl.risk_assessment")
}

test_sensitive_data_are_the_only_reason if {
	fixture.only(fixture.answer(sick([]), fixture.in_country("SA")), "sa_pdpl.sensitive_data")
	consented := sick(["sa_pdpl.sensitive_consent"])
	fixture.permits_by(fixture.answer(consented, fixture.in_country("SA")), "sa_pdpl.no_transfer")
}

test_safeguards_before_the_regulation if {
	early := object.union(riyadh(conditions), {"time": "2024-08-31"})
	fixture.stuck(fixture.answer(early, bound(["sa_standard_clauses"])), "sa_pdpl.no_transfer_ground")
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		place := object.union(fixture.in_country("SA"), {"training_use": use})
		fixture.only(fixture.answer(riyadh([]), place), "sa_pdpl.training_use")
	}
}
