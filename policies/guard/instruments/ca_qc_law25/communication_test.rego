package guard.instruments.ca_qc_law25_test

import data.guard.fixture_test as fixture

# An enterprise in Montreal that told its customers.
montreal(words) := {
	"origin": "CA-QC",
	"tags": fixture.tags(["ca_qc_law25"]),
	"declared": array.concat(["ca_qc_law25.outside_quebec_told"], words),
}

ontario := fixture.in_country("CA-ON")

us := fixture.in_country("US")

with_papers(place) := object.union(place, {"safeguards": ["ca_qc_assessment", "ca_qc_agreement"]})

quebec := object.union(fixture.in_country("CA-QC"), {"safeguards": ["ca_qc_agreement"]})

nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}

device := object.union(nowhere, {"kind": "device", "role": "self"})

sick(words) := object.union(montreal(words), {"categories": [fixture.diagnosis("none")]})

test_within_quebec if {
	said := fixture.answer(montreal([]), quebec)
	fixture.permits_by(said, "ca_qc_law25.within_quebec")
	not "ca_qc_law25.outside_notice" in fixture.rules(said.obligations)
	redacted := object.union(montreal([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "ca_qc_law25.within_quebec")
}

test_own_device_in_quebec_only if {
	fixture.permits_by(fixture.answer(montreal([]), device), "ca_qc_law25.within_quebec")
	canada := {"storage": ["CA"], "processing": ["CA"], "access": ["CA"], "kind": "device", "role": "self"}
	fixture.stuck(fixture.answer(montreal([]), canada), "ca_qc_law25.not_assessed")
	assessed := object.union(canada, {"safeguards": ["ca_qc_assessment"]})
	fixture.permits_by(fixture.answer(montreal([]), assessed), "ca_qc_law25.assessed")
}

test_other_provinces_and_countries_are_outside if {
	every place in [ontario, us, fixture.in_country("CA")] {
		said := fixture.answer(montreal([]), with_papers(place))
		fixture.permits_by(said, "ca_qc_law25.assessed")
		"ca_qc_law25.outside_notice" in fixture.rules(said.obligations)
	}
}

test_no_assessment_is_the_only_reason if {
	every place in [ontario, us] {
		agreed := object.union(place, {"safeguards": ["ca_qc_agreement"]})
		said := fixture.answer(montreal([]), agreed)
		fixture.stuck(said, "ca_qc_law25.not_assessed")
		said.barriers[0].confine == ["CA-QC"]
	}
	hidden := object.union(with_papers(us), {"processing": ["GLOBAL"]})
	fixture.stuck(fixture.answer(montreal([]), hidden), "ca_qc_law25.not_assessed")
}

test_no_agreement_is_the_only_reason if {
	assessed := object.union(ontario, {"safeguards": ["ca_qc_assessment"]})
	fixture.stuck(fixture.answer(montreal([]), assessed), "ca_qc_law25.no_agreement")
}

test_a_mandate_within_quebec_is_in_writing if {
	every role in ["processor", "unknown"] {
		bare := object.union(fixture.in_country("CA-QC"), {"role": role, "safeguards": []})
		fixture.only(fixture.answer(montreal([]), bare), "ca_qc_law25.mandate_without_contract")
	}
	own := object.union(fixture.in_country("CA-QC"), {"role": "self", "safeguards": []})
	fixture.permits_by(fixture.answer(montreal([]), own), "ca_qc_law25.within_quebec")
}

test_training_is_the_only_reason if {
	fixture.only(
		fixture.answer(montreal([]), object.union(quebec, {"training_use": "unknown"})),
		"ca_qc_law25.training_use",
	)
}

test_sensitive_information_is_the_only_reason if {
	fixture.only(fixture.answer(sick([]), quebec), "ca_qc_law25.sensitive_information")
	consented := sick(["ca_qc_law25.sensitive_consent"])
	fixture.permits_by(fixture.answer(consented, quebec), "ca_qc_law25.within_quebec")
}

test_automated_decisions_are_told if {
	decided := fixture.answer(montreal(["ca_qc_law25.automated_decisions"]), quebec)
	"ca_qc_law25.automated_decision_notice" in fixture.rules(decided.obligations)
	plain := fixture.answer(montreal([]), quebec)
	not "ca_qc_law25.automated_decision_notice" in fixture.rules(plain.obligations)
}

test_canada_without_a_province if {
	vague := fixture.answer(montreal([]), with_papers(fixture.in_country("CA")))
	"ca_qc_law25.province_not_named" in fixture.rules(vague.advice)
	exact := fixture.answer(montreal([]), with_papers(ontario))
	not "ca_qc_law25.province_not_named" in fixture.rules(exact.advice)
}
