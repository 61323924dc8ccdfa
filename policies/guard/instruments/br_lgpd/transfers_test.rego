package guard.instruments.br_lgpd_test

import data.guard.fixture_test as fixture

# A controller in São Paulo that describes its transfers.
paulista(words) := {
	"origin": "BR",
	"tags": fixture.tags(["br_lgpd"]),
	"declared": array.concat(["br_lgpd.transfer_published"], words),
}

on(day) := object.union(paulista([]), {"time": day})

us := fixture.in_country("US")

brazil := fixture.in_country("BR")

bound(safeguards) := object.union(us, {"safeguards": safeguards})

sick(words) := object.union(paulista(words), {"categories": [fixture.diagnosis("none")]})

pupil := fixture.category("sensitive.child_data", false, ["child_data"], "none")

young(words) := object.union(paulista(words), {"categories": [pupil]})

test_redacted_data_may_leave if {
	redacted := object.union(paulista([]), {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(redacted, us), "br_lgpd.no_personal_data")
}

test_within_brazil if {
	said := fixture.answer(paulista([]), brazil)
	fixture.permits_by(said, "br_lgpd.within_brazil")
	not "br_lgpd.publication" in fixture.rules(said.obligations)
	not "br_lgpd.record" in fixture.rules(said.obligations)
}

test_own_device if {
	nowhere := {"storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	device := object.union(nowhere, {"kind": "device", "role": "self"})
	fixture.permits_by(fixture.answer(paulista([]), device), "br_lgpd.within_brazil")
}

test_adequacy_of_the_union if {
	said := fixture.answer(paulista([]), fixture.in_country("DE"))
	fixture.permits_by(said, "br_lgpd.adequacy")
	"br_lgpd.adequacy_reach" in fixture.rules(said.advice)
	"br_lgpd.record" in fixture.rules(said.obligations)
	"br_lgpd.publication" in fixture.rules(said.obligations)
	fixture.stuck(fixture.answer(on("2026-01-31"), fixture.in_country("DE")), "br_lgpd.no_transfer_ground")
	half := object.union(fixture.in_country("DE"), {"access": ["DE", "US"]})
	fixture.stuck(fixture.answer(paulista([]), half), "br_lgpd.no_transfer_ground")
}

test_standard_clauses if {
	fixture.permits_by(fixture.answer(paulista([]), bound(["br_anpd_clauses"])), "br_lgpd.standard_clauses")
	fixture.stuck(fixture.answer(on("2024-08-22"), bound(["br_anpd_clauses"])), "br_lgpd.no_transfer_ground")
}

test_clauses_of_the_parties_end_with_the_deadline if {
	own := bound(["br_earlier_clauses"])
	fixture.permits_by(fixture.answer(on("2025-08-22"), own), "br_lgpd.earlier_clauses")
	fixture.stuck(fixture.answer(on("2025-08-23"), own), "br_lgpd.no_transfer_ground")
}

test_specific_clauses if {
	fixture.permits_by(fixture.answer(paulista([]), bound(["br_specific_clauses"])), "br_lgpd.specific_clauses")
}

test_corporate_rules if {
	fixture.permits_by(fixture.answer(paulista([]), bound(["br_global_rules"])), "br_lgpd.corporate_rules")
}

test_consent if fixture.permits_by(fixture.answer(paulista(["br_lgpd.transfer_consent"]), us), "br_lgpd.consent")

test_necessity if fixture.permits_by(fixture.answer(paulista(["br_lgpd.transfer_necessity"]), us), "br_lgpd.necessity")

test_no_ground_is_the_only_reason if {
	said := fixture.answer(paulista([]), us)
	fixture.stuck(said, "br_lgpd.no_transfer_ground")
	"BR" in said.barriers[0].confine
	"PT" in said.barriers[0].confine
}

test_sensitive_data_are_the_only_reason if {
	fixture.only(fixture.answer(sick([]), brazil), "br_lgpd.sensitive_data")
	fixture.permits_by(fixture.answer(sick(["br_lgpd.sensitive_ground"]), brazil), "br_lgpd.within_brazil")
}

test_children_are_the_only_reason if {
	fixture.only(fixture.answer(young([]), brazil), "br_lgpd.children")
	fixture.permits_by(fixture.answer(young(["br_lgpd.child_best_interest"]), brazil), "br_lgpd.within_brazil")
}

test_training_is_the_only_reason if {
	keen := object.union(brazil, {"training_use": "unknown"})
	fixture.only(fixture.answer(paulista([]), keen), "br_lgpd.training_use")
	fixture.permits_by(fixture.answer(paulista(["br_lgpd.training_ground"]), keen), "br_lgpd.within_brazil")
}
