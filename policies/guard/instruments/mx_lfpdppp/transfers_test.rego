package guard.instruments.mx_lfpdppp_test

import data.guard.fixture_test as fixture

puebla(words) := {"origin": "MX", "tags": fixture.tags(["mx_lfpdppp"]), "declared": words}

us := fixture.in_country("US")

mexico := fixture.in_country("MX")

bound(place) := object.union(place, {"safeguards": ["mx_processor_contract"]})

buyer := object.union(us, {"role": "controller"})

sick(words) := object.union(puebla(words), {"categories": [fixture.diagnosis("none")]})

test_nobody_receives_anything if {
	said := fixture.answer(puebla([]), object.union(us, {"role": "self"}))
	fixture.permits_by(said, "mx_lfpdppp.no_recipient")
	said.permits[0].confidence == "low"
	fixture.unverified(said, "mx_lfpdppp")
	redacted := object.union(puebla([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "mx_lfpdppp.no_recipient")
}

test_remission_at_home_and_abroad if {
	every place in [us, mexico] {
		said := fixture.answer(puebla([]), bound(place))
		fixture.permits_by(said, "mx_lfpdppp.remission")
		not "mx_lfpdppp.record" in fixture.rules(said.obligations)
		fixture.stuck(fixture.answer(puebla([]), place), "mx_lfpdppp.no_contract")
	}
}

test_a_transfer_needs_consent if {
	others := [{"role": "controller"}, {"role": "unknown"}, {"training_use": "yes"}, {"training_use": "unknown"}]
	every change in others {
		place := object.union(bound(us), change)
		fixture.stuck(fixture.answer(puebla([]), place), "mx_lfpdppp.no_consent")
	}
}

test_consent if {
	said := fixture.answer(puebla(["mx_lfpdppp.transfer_consent"]), buyer)
	fixture.permits_by(said, "mx_lfpdppp.consent")
	"mx_lfpdppp.record" in fixture.rules(said.obligations)
}

test_exception if {
	fixture.permits_by(fixture.answer(puebla(["mx_lfpdppp.transfer_exception"]), buyer), "mx_lfpdppp.exception")
}

test_sensitive_data_are_the_only_reason if {
	fixture.only(fixture.answer(sick([]), bound(mexico)), "mx_lfpdppp.sensitive_data")
	consented := sick(["mx_lfpdppp.sensitive_consent"])
	fixture.permits_by(fixture.answer(consented, bound(mexico)), "mx_lfpdppp.remission")
}
