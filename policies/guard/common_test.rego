package guard_test

import data.guard.fixture_test as fixture

test_incomplete_detection_is_the_only_reason if {
	fixture.only(fixture.answer({"detection": {"complete": false}}, {}), "guard.detection_incomplete")
}

test_content_that_nobody_can_scan_is_the_only_reason if {
	changes := {"detection": {"skipped": ["content:image"]}}
	fixture.only(fixture.answer(changes, {}), "guard.content_not_scanned")
}

test_content_that_may_go_unscanned_does_not_stand_in_the_way if {
	fixture.answer({"detection": {"skipped": ["script:han", "unscanned:image"]}}, {}).effect == "permit"
}

test_unknown_instrument_refuses if {
	said := fixture.answer({"tags": fixture.tags(["eu_gdpr", "zz_law"])}, {})
	said.effect == "deny"
	said.unknown == ["zz_law"]
	fixture.rules(said.barriers) == {"guard.unknown_instrument"}
	said.barriers[0].remedies == ["declare"]
}

test_unknown_instrument_from_findings_can_be_redacted if {
	tag := {
		"instrument": "zz_law",
		"trigger": "finding",
		"jurisdiction": "DE",
		"strength": 90,
		"evidence": "contact.email",
	}
	said := fixture.answer({"tags": [tag]}, {})
	said.barriers[0].remedies == ["declare", "redact"]
}

test_nothing_regulated_is_permitted if {
	fixture.permits_by(fixture.answer({"tags": [], "categories": []}, {}), "guard.no_regulated_data")
}

test_personal_data_without_a_law_stay if {
	said := fixture.answer({"tags": []}, {})
	fixture.stuck(said, "guard.no_instrument")
	said.barriers[0].remedies == ["declare", "redact"]
}

test_redaction_cures_personal_data_without_a_law if {
	changes := {"tags": [], "categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(fixture.answer(changes, {}), "guard.no_regulated_data")
}

test_no_ground_names_itself if {
	said := fixture.answer({"time": "2018-05-24"}, {"valid_from": "2018-01-01"})
	said.missing == ["eu_gdpr"]
	fixture.stuck(said, "guard.no_ground")
}

test_no_ground_is_silent_when_the_law_speaks if {
	said := fixture.answer({}, fixture.in_country("CN"))
	not "guard.no_ground" in fixture.rules(said.barriers)
}

test_expired_destination_is_the_only_reason if {
	fixture.only(fixture.answer({}, {"valid_until": "2026-11-22"}), "guard.destination_not_valid")
}

test_destination_of_the_future_is_refused if {
	fixture.only(fixture.answer({}, {"valid_from": "2026-11-23"}), "guard.destination_not_valid")
}

test_treatments_become_obligations if {
	"guard.pseudonymise" in fixture.rules(fixture.answer({}, {}).obligations)
	"guard.redact" in fixture.rules(fixture.answer({"treatment": "redact"}, {}).obligations)
}

test_no_treatment_no_treatment_obligation if {
	said := fixture.answer({"treatment": "none"}, {})
	fixture.rules(said.obligations) & {"guard.pseudonymise", "guard.redact"} == set()
}

test_weak_evidence_is_advice if {
	hints := fixture.tags(["cn_pipl", "eu_gdpr"])
	said := fixture.answer({"hints": hints}, {})
	said.effect == "permit"
	{"rule": "guard.weak_evidence", "instrument": "cn_pipl"} in said.advice
	not {"rule": "guard.weak_evidence", "instrument": "eu_gdpr"} in said.advice
}

test_low_confidence_is_advice if {
	"guard.low_confidence" in fixture.rules(fixture.answer({}, {"confidence": "low"}).advice)
	not "guard.low_confidence" in fixture.rules(fixture.answer({}, {}).advice)
}

test_one_unknown_law_among_known_ones_can_be_redacted if {
	found := {
		"instrument": "zz_law",
		"trigger": "finding",
		"jurisdiction": "DE",
		"strength": 90,
		"evidence": "contact.email",
	}
	said := fixture.answer({"tags": array.concat(fixture.tags(["eu_gdpr"]), [found])}, {})
	said.barriers[0].remedies == ["declare", "redact"]
}

test_nothing_regulated_is_no_ground_beside_a_law if {
	said := fixture.answer({"categories": []}, {})
	not "guard.no_regulated_data" in fixture.rules(said.permits)
}

test_personal_data_are_not_nothing if {
	said := fixture.answer({"tags": []}, {})
	said.permits == []
}

test_restricted_data_without_a_law_stay if {
	every id in ["data.core", "data.important", "data.model_weights"] {
		kind := object.union(fixture.category(id, false, [], "none"), {"personal": false})
		said := fixture.answer({"tags": [], "categories": [kind]}, {})
		fixture.stuck(said, "guard.no_instrument")
		said.barriers[0].categories == [id]
		said.barriers[0].remedies == ["declare"]
	}
}

test_company_data_without_a_law_may_go if {
	company := object.union(fixture.category("organisation.name", false, [], "none"), {"personal": false})
	fixture.permits_by(fixture.answer({"tags": [], "categories": [company]}, {}), "guard.no_regulated_data")
}

test_a_reading_that_nobody_checked_is_advice_once_per_law if {
	fixture.unverified(fixture.answer({}, {}), "eu_gdpr")
	fixture.unverified(fixture.answer({}, fixture.in_country("CN")), "eu_gdpr")
	both := fixture.answer({"tags": fixture.tags(["eu_gdpr", "id_pdp"])}, {})
	{entry.instrument | some entry in both.advice; entry.rule == "guard.unverified"} == {"eu_gdpr", "id_pdp"}
}

test_a_law_that_does_not_apply_is_not_doubted if {
	said := fixture.answer({"tags": []}, {})
	not "guard.unverified" in fixture.rules(said.advice)
}

# What the operator requires needs no text to be checked against.
test_what_was_checked_is_not_doubted if {
	required := {"tags": fixture.tags(["operator"]), "facts": {"require_no_training": true}}
	said := fixture.answer(required, {"training_use": "yes"})
	"operator.training" in fixture.rules(said.barriers)
	not "guard.unverified" in fixture.rules(said.advice)
}
