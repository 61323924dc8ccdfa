package guard.instruments.hk_pdpo_test

import data.guard.fixture_test as fixture

pdpo(words) := {"origin": "HK", "tags": fixture.tags(["hk_pdpo"]), "declared": words}

place(country, safeguards) := object.union(fixture.in_country(country), {"safeguards": safeguards})

bound := ["hk_processor_terms"]

test_no_use if {
	own := object.union(place("HK", []), {"role": "self"})
	fixture.permits_by(fixture.answer(pdpo([]), own), "hk_pdpo.no_use")
	changes := object.union(pdpo([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(changes, place("US", [])), "hk_pdpo.no_use")
}

test_own_device if {
	device := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer(pdpo([]), device), "hk_pdpo.no_use")
}

test_purpose if {
	every word in ["hk_pdpo.original_purpose", "hk_pdpo.prescribed_consent"] {
		said := fixture.answer(pdpo([word]), place("US", bound))
		fixture.permits_by(said, "hk_pdpo.purpose")
		said.permits[0].confidence == "medium"
		"hk_pdpo.model_clauses" in fixture.rules(said.advice)
		"hk_pdpo.use_record" in fixture.rules(said.obligations)
	}
}

test_new_purpose_is_the_only_reason if {
	fixture.stuck(fixture.answer(pdpo([]), place("HK", bound)), "hk_pdpo.new_purpose")
	own := object.union(place("US", []), {"role": "self"})
	fixture.stuck(fixture.answer(pdpo([]), own), "hk_pdpo.new_purpose")
}

test_processor_terms_are_the_only_reason if {
	fixture.only(fixture.answer(pdpo(["hk_pdpo.original_purpose"]), place("HK", [])), "hk_pdpo.processor_terms")
	user := object.union(place("HK", []), {"role": "controller"})
	fixture.answer(pdpo(["hk_pdpo.original_purpose"]), user).effect == "permit"
}

test_model_clauses_are_terms if {
	said := fixture.answer(pdpo(["hk_pdpo.original_purpose"]), place("US", ["hk_model_clauses"]))
	fixture.permits_by(said, "hk_pdpo.purpose")
	not "hk_pdpo.model_clauses" in fixture.rules(said.advice)
}

test_at_home_no_clauses_are_recommended if {
	said := fixture.answer(pdpo(["hk_pdpo.original_purpose"]), place("HK", bound))
	said.effect == "permit"
	not "hk_pdpo.model_clauses" in fixture.rules(said.advice)
	not "hk_pdpo.use_record" in fixture.rules(said.obligations)
}
