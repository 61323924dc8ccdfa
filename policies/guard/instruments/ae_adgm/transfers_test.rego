package guard.instruments.ae_adgm_test

import data.guard.fixture_test as fixture

fund(words) := {
	"origin": "AE",
	"tags": fixture.tags(["ae_adgm"]),
	"declared": array.concat(["ae_adgm.established"], words),
}

us := fixture.in_country("US")

bound(safeguards) := object.union(us, {"safeguards": safeguards})

emirates := fixture.in_country("AE")

market := object.union(emirates, {"safeguards": ["adgm_recipient"]})

test_redacted_data_may_leave if {
	redacted := object.union(fund([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "ae_adgm.no_personal_data")
}

test_the_emirates_are_not_the_market if {
	said := fixture.answer(fund([]), market)
	fixture.permits_by(said, "ae_adgm.within_market")
	fixture.stuck(fixture.answer(fund([]), emirates), "ae_adgm.no_transfer_ground")
	fixture.stuck(fixture.answer(fund([]), bound(["adgm_recipient"])), "ae_adgm.no_transfer_ground")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(fund([]), device), "ae_adgm.within_market")
}

test_a_designated_jurisdiction if {
	listed := fund(["ae_adgm.adequate_jurisdiction"])
	fixture.permits_by(fixture.answer(listed, fixture.in_country("FR")), "ae_adgm.adequacy")
	fixture.stuck(fixture.answer(listed, {"processing": ["GLOBAL"]}), "ae_adgm.no_transfer_ground")
}

test_clauses if {
	said := fixture.answer(fund([]), bound(["adgm_clauses"]))
	fixture.permits_by(said, "ae_adgm.clauses")
	"ae_adgm.record" in fixture.rules(said.obligations)
	fixture.unverified(said, "ae_adgm")
}

test_corporate_rules if {
	fixture.permits_by(fixture.answer(fund([]), bound(["adgm_corporate_rules"])), "ae_adgm.corporate_rules")
}

test_a_derogation_is_reviewed if {
	said := fixture.answer(fund(["ae_adgm.derogation"]), us)
	said.effect == "review"
	fixture.only(said, "ae_adgm.derogation_review")
	fixture.rules(said.permits) == {"ae_adgm.derogation"}
}

test_special_categories_are_the_only_reason if {
	convicted := object.union(fund([]), {"categories": [fixture.conviction("none")]})
	fixture.only(fixture.answer(convicted, market), "ae_adgm.special_categories")
	allowed := object.union(fund(["ae_adgm.special_condition"]), {"categories": [fixture.conviction("none")]})
	fixture.permits_by(fixture.answer(allowed, market), "ae_adgm.within_market")
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(fund([]), object.union(market, {"training_use": use})), "ae_adgm.training_use")
	}
}
