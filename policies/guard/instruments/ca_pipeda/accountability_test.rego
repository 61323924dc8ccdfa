package guard.instruments.ca_pipeda_test

import data.guard.fixture_test as fixture

# An organisation in Ontario that tells where it has data processed.
ontario(words) := {
	"origin": "CA",
	"tags": fixture.tags(["ca_pipeda"]),
	"declared": array.concat(["ca_pipeda.foreign_processing_told"], words),
}

us := fixture.in_country("US")

canada := fixture.in_country("CA")

bound(place) := object.union(place, {"safeguards": ["ca_comparable_protection"]})

test_redacted_data_may_go_anywhere if {
	redacted := object.union(ontario([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "ca_pipeda.no_personal_information")
}

test_own_processing_at_home_and_abroad if {
	every place in [us, canada] {
		said := fixture.answer(ontario([]), object.union(place, {"role": "self"}))
		fixture.permits_by(said, "ca_pipeda.own_processing")
		not "ca_pipeda.foreign_processing_notice" in fixture.rules(said.obligations)
	}
}

test_accountability if {
	abroad := fixture.answer(ontario([]), bound(us))
	fixture.permits_by(abroad, "ca_pipeda.accountability")
	"ca_pipeda.foreign_processing_notice" in fixture.rules(abroad.obligations)
	"ca_pipeda.foreign_law" in fixture.rules(abroad.advice)
	at_home := fixture.answer(ontario([]), bound(canada))
	fixture.permits_by(at_home, "ca_pipeda.accountability")
	not "ca_pipeda.foreign_processing_notice" in fixture.rules(at_home.obligations)
	not "ca_pipeda.foreign_law" in fixture.rules(at_home.advice)
}

test_a_province_is_in_canada if {
	quebec := fixture.answer(ontario([]), bound(fixture.in_country("CA-QC")))
	not "ca_pipeda.foreign_processing_notice" in fixture.rules(quebec.obligations)
}

test_no_comparable_protection_is_the_only_reason if {
	every place in [us, canada] {
		fixture.stuck(fixture.answer(ontario([]), place), "ca_pipeda.no_comparable_protection")
	}
}

test_a_disclosure_needs_consent if {
	consented := ontario(["ca_pipeda.disclosure_consent"])
	every change in [{"role": "controller"}, {"role": "unknown"}, {"training_use": "yes"}, {"training_use": "unknown"}] {
		place := object.union(bound(us), change)
		fixture.stuck(fixture.answer(ontario([]), place), "ca_pipeda.disclosure_without_consent")
		fixture.permits_by(fixture.answer(consented, place), "ca_pipeda.disclosure_consent")
	}
}

quebec(words) := object.union(ontario(words), {
	"origin": "CA-QC",
	"principal": {"establishment": ["CA-QC"], "role": "controller"},
})

test_a_similar_law_of_the_province if {
	words := ["ca_pipeda.no_federal_undertaking"]
	there := fixture.in_country("CA-QC")
	fixture.permits_by(fixture.answer(quebec(words), there), "ca_pipeda.provincial_law")
	fixture.stuck(fixture.answer(quebec([]), there), "ca_pipeda.no_comparable_protection")
	fixture.stuck(fixture.answer(quebec(words), canada), "ca_pipeda.no_comparable_protection")
	seen := object.union(there, {"access": ["CA-ON"]})
	fixture.stuck(fixture.answer(quebec(words), seen), "ca_pipeda.no_comparable_protection")
	other := {"origin": "CA-ON", "principal": {"establishment": ["CA-ON"], "role": "controller"}}
	said := fixture.answer(object.union(quebec(words), other), fixture.in_country("CA-ON"))
	fixture.stuck(said, "ca_pipeda.no_comparable_protection")
}
