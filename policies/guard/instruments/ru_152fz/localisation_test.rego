package guard.instruments.ru_152fz_test

import data.guard.fixture_test as fixture

moscow(words) := {"origin": "RU", "tags": fixture.tags(["ru_152fz"]), "declared": words}

kazakhstan := fixture.in_country("KZ")

russia := fixture.in_country("RU")

told := object.union(kazakhstan, {"safeguards": ["ru_transfer_notice"]})

recorded := ["ru_152fz.first_recorded_in_russia"]

number_found := object.union(fixture.tags(["ru_152fz"])[0], {"trigger": "finding", "jurisdiction": "RU"})

test_no_transfer if {
	said := fixture.answer(moscow([]), russia)
	fixture.permits_by(said, "ru_152fz.no_transfer")
	not "ru_152fz.record" in fixture.rules(said.obligations)
	redacted := object.union(moscow([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, kazakhstan), "ru_152fz.no_transfer")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(moscow([]), device), "ru_152fz.no_transfer")
}

test_localisation_is_the_only_reason if {
	said := fixture.answer(moscow([]), told)
	fixture.only(said, "ru_152fz.localisation")
	said.barriers[0].confine == ["RU"]
	nowhere := object.union(russia, {"processing": ["unknown"], "safeguards": ["ru_transfer_notice"]})
	fixture.only(fixture.answer(moscow([]), nowhere), "ru_152fz.localisation")
}

test_a_later_transfer_is_notified if {
	said := fixture.answer(moscow(recorded), told)
	fixture.permits_by(said, "ru_152fz.notified")
	"ru_152fz.reach_disputed" in fixture.rules(said.advice)
	"ru_152fz.record" in fixture.rules(said.obligations)
	fixture.stuck(fixture.answer(moscow(recorded), kazakhstan), "ru_152fz.not_notified")
}

test_exceptions_from_localisation if {
	every word in ["ru_152fz.localisation_exception", "ru_152fz.no_citizens"] {
		said := fixture.answer(moscow([word]), told)
		fixture.permits_by(said, "ru_152fz.notified")
		not "ru_152fz.reach_disputed" in fixture.rules(said.advice)
	}
}

test_a_russian_number_speaks_against_the_declaration if {
	found := object.union(moscow(["ru_152fz.no_citizens"]), {"tags": [number_found]})
	fixture.only(fixture.answer(found, told), "ru_152fz.localisation")
}

test_access_from_abroad_is_a_transfer_and_no_database if {
	seen := object.union(russia, {"access": ["RU", "KZ"]})
	fixture.stuck(fixture.answer(moscow([]), seen), "ru_152fz.not_notified")
	fixture.permits_by(
		fixture.answer(moscow([]), object.union(seen, {"safeguards": ["ru_transfer_notice"]})),
		"ru_152fz.notified",
	)
}

test_a_prohibition_is_the_only_reason if {
	words := array.concat(recorded, ["ru_152fz.transfer_prohibited"])
	fixture.only(fixture.answer(moscow(words), told), "ru_152fz.prohibited")
}

test_special_categories_are_the_only_reason if {
	sick := {"categories": [fixture.diagnosis("none")]}
	fixture.only(fixture.answer(object.union(moscow([]), sick), russia), "ru_152fz.special_categories")
	grounded := object.union(moscow(["ru_152fz.special_ground"]), sick)
	fixture.permits_by(fixture.answer(grounded, russia), "ru_152fz.no_transfer")
}

test_no_place_suits_russia_and_the_union if {
	both := object.union(moscow([]), {"tags": fixture.tags(["eu_gdpr", "ru_152fz"])})
	fixture.answer(both, russia).effect != "permit"
	fixture.answer(both, kazakhstan).effect == "conflict"
}

test_training_is_the_only_reason if {
	every use in ["yes", "unknown"] {
		fixture.only(fixture.answer(moscow([]), object.union(russia, {"training_use": use})), "ru_152fz.training_use")
	}
}
