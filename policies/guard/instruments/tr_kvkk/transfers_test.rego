package guard.instruments.tr_kvkk_test

import data.guard.fixture_test as fixture

ankara(words) := {"origin": "TR", "tags": fixture.tags(["tr_kvkk"]), "declared": words}

on(day, words) := object.union(ankara(words), {"time": day})

germany := fixture.in_country("DE")

turkey := fixture.in_country("TR")

bound(safeguards) := object.union(germany, {"safeguards": safeguards})

convicted(words) := object.union(ankara(words), {"categories": [fixture.conviction("none")]})

test_no_transfer if {
	said := fixture.answer(ankara([]), turkey)
	fixture.permits_by(said, "tr_kvkk.no_transfer")
	not "tr_kvkk.record" in fixture.rules(said.obligations)
	redacted := object.union(ankara([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, germany), "tr_kvkk.no_transfer")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(ankara([]), device), "tr_kvkk.no_transfer")
}

test_standard_contract_that_was_notified if {
	said := fixture.answer(ankara([]), bound(["tr_standard_contract", "tr_contract_notified"]))
	fixture.permits_by(said, "tr_kvkk.standard_contract")
	"tr_kvkk.record" in fixture.rules(said.obligations)
	not "tr_kvkk.notify_in_time" in fixture.rules(said.advice)
}

test_the_missing_notice_is_the_only_reason if {
	said := fixture.answer(ankara([]), bound(["tr_standard_contract"]))
	fixture.only(said, "tr_kvkk.contract_not_notified")
	running := fixture.answer(ankara(["tr_kvkk.notification_term_runs"]), bound(["tr_standard_contract"]))
	fixture.permits_by(running, "tr_kvkk.standard_contract")
	"tr_kvkk.notify_in_time" in fixture.rules(running.advice)
}

test_a_notice_without_contract_is_nothing if {
	fixture.stuck(fixture.answer(ankara([]), bound(["tr_contract_notified"])), "tr_kvkk.no_transfer_ground")
}

test_corporate_rules if {
	fixture.permits_by(fixture.answer(ankara([]), bound(["tr_corporate_rules"])), "tr_kvkk.corporate_rules")
	both := fixture.answer(ankara([]), bound(["tr_corporate_rules", "tr_standard_contract"]))
	both.effect == "permit"
}

test_undertaking if {
	fixture.permits_by(fixture.answer(ankara([]), bound(["tr_authorised_undertaking"])), "tr_kvkk.undertaking")
}

test_consent_ended if {
	words := ["tr_kvkk.explicit_consent"]
	fixture.permits_by(fixture.answer(on("2024-08-31", words), germany), "tr_kvkk.explicit_consent")
	fixture.stuck(fixture.answer(on("2024-09-01", words), germany), "tr_kvkk.no_transfer_ground")
	fixture.answer(on("2024-08-31", words), bound(["tr_standard_contract"])).effect == "permit"
}

test_an_occasional_transfer_is_reviewed if {
	said := fixture.answer(ankara(["tr_kvkk.occasional_exception"]), germany)
	said.effect == "review"
	fixture.only(said, "tr_kvkk.exception_review")
	fixture.rules(said.permits) == {"tr_kvkk.exception"}
}

test_no_ground_is_the_only_reason if {
	said := fixture.answer(ankara([]), germany)
	fixture.stuck(said, "tr_kvkk.no_transfer_ground")
	said.barriers[0].confine == ["TR"]
}

test_special_categories_are_the_only_reason if {
	fixture.only(fixture.answer(convicted([]), turkey), "tr_kvkk.special_categories")
	fixture.permits_by(fixture.answer(convicted(["tr_kvkk.special_condition"]), turkey), "tr_kvkk.no_transfer")
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(ankara([]), object.union(turkey, {"training_use": use})), "tr_kvkk.training_use")
	}
}
