package guard.instruments.za_popia_test

import data.guard.fixture_test as fixture

cape(words) := {"origin": "ZA", "tags": fixture.tags(["za_popia"]), "declared": words}

india := fixture.in_country("IN")

republic := fixture.in_country("ZA")

bound(safeguards) := object.union(india, {"safeguards": safeguards})

sick(words) := object.union(cape(words), {"categories": [fixture.diagnosis("none")]})

pupil := fixture.category("sensitive.child_data", false, ["child_data"], "none")

young(words) := object.union(cape(words), {"categories": [pupil]})

test_within_the_republic if {
	said := fixture.answer(cape([]), republic)
	fixture.permits_by(said, "za_popia.within_republic")
	not "za_popia.record" in fixture.rules(said.obligations)
	redacted := object.union(cape([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, india), "za_popia.within_republic")
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(cape([]), device), "za_popia.within_republic")
}

test_adequate_law if {
	fixture.permits_by(fixture.answer(cape([]), bound(["za_adequate_law"])), "za_popia.adequate_law")
	hidden := object.union(bound(["za_adequate_law"]), {"storage": ["unknown"]})
	fixture.stuck(fixture.answer(cape([]), hidden), "za_popia.no_transfer_ground")
}

test_corporate_rules if {
	fixture.permits_by(fixture.answer(cape([]), bound(["za_corporate_rules"])), "za_popia.corporate_rules")
}

test_agreement if {
	said := fixture.answer(cape([]), bound(["za_agreement"]))
	fixture.permits_by(said, "za_popia.agreement")
	"za_popia.record" in fixture.rules(said.obligations)
}

test_consent if fixture.permits_by(fixture.answer(cape(["za_popia.transfer_consent"]), india), "za_popia.consent")

test_contract_necessity if {
	said := fixture.answer(cape(["za_popia.contract_necessity"]), india)
	fixture.permits_by(said, "za_popia.contract_necessity")
}

test_benefit_is_reviewed if {
	said := fixture.answer(cape(["za_popia.benefit"]), india)
	said.effect == "review"
	fixture.only(said, "za_popia.benefit_review")
	fixture.rules(said.permits) == {"za_popia.benefit"}
}

test_no_ground_is_the_only_reason if {
	said := fixture.answer(cape([]), india)
	fixture.stuck(said, "za_popia.no_transfer_ground")
	said.barriers[0].confine == ["ZA"]
}

test_special_information_is_authorised_beforehand if {
	authorised := sick(["za_popia.special_authorised"])
	fixture.only(fixture.answer(authorised, bound(["za_agreement"])), "za_popia.prior_authorisation")
	approved := bound(["za_agreement", "za_prior_authorisation"])
	fixture.permits_by(fixture.answer(authorised, approved), "za_popia.agreement")
	fixture.permits_by(fixture.answer(authorised, bound(["za_adequate_law"])), "za_popia.adequate_law")
}

test_information_of_children_is_authorised_beforehand if {
	authorised := young(["za_popia.child_authorised"])
	fixture.only(fixture.answer(authorised, bound(["za_agreement"])), "za_popia.prior_authorisation")
}

test_special_information_is_the_only_reason if {
	fixture.only(fixture.answer(sick([]), republic), "za_popia.special_information")
	fixture.permits_by(fixture.answer(sick(["za_popia.special_authorised"]), republic), "za_popia.within_republic")
}

test_children_are_the_only_reason if {
	fixture.only(fixture.answer(young([]), republic), "za_popia.children")
	fixture.permits_by(fixture.answer(young(["za_popia.child_authorised"]), republic), "za_popia.within_republic")
}

test_training_is_the_only_reason if {
	fixture.only(fixture.answer(cape([]), object.union(republic, {"training_use": "yes"})), "za_popia.training_use")
}

test_companies_are_mentioned if {
	company := object.union(fixture.category("organisation.name", false, [], "none"), {"personal": false})
	named := object.union(cape([]), {"categories": [company]})
	"za_popia.juristic_persons" in fixture.rules(fixture.answer(named, india).advice)
	not "za_popia.juristic_persons" in fixture.rules(fixture.answer(named, republic).advice)
}
