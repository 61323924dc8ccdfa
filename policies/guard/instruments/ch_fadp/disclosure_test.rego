package guard.instruments.ch_fadp_test

import data.guard.fixture_test as fixture

# A controller in Switzerland, and a processor there with a contract on file.
at_home := {
	"principal": {"establishment": ["CH"], "role": "controller"},
	"origin": "CH",
	"data_subjects": ["CH"],
	"tags": fixture.tags(["ch_fadp"]),
}

here := object.union(fixture.in_country("CH"), {"safeguards": ["ch_dpa_art9"]})

answer(changes, place) := fixture.answer(object.union(at_home, changes), object.union(here, place))

in_india(facts, place) := answer({"facts": facts}, object.union(fixture.in_country("IN"), place))

test_within_switzerland if {
	fixture.permits_by(answer({}, {}), "ch_fadp.within_switzerland")
	not "ch_fadp.within_switzerland" in fixture.rules(in_india({}, {}).permits)
}

test_no_personal_data if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(answer(redacted, fixture.in_country("IN")), "ch_fadp.no_personal_data")
	fixture.permits_by(in_india({"prior_treatment": "anonymised"}, {}), "ch_fadp.no_personal_data")
	every fact, value in {"anonymity_demonstrated": false, "recipient_means_of_reidentification": true} {
		facts := {"prior_treatment": "anonymised", fact: value}
		fixture.stuck(in_india(facts, {}), "ch_fadp.no_transfer_ground")
	}
}

test_annex_1 if {
	fixture.permits_by(answer({}, fixture.in_country("DE")), "ch_fadp.adequacy")
	fixture.permits_by(answer({}, fixture.in_country("GB")), "ch_fadp.adequacy")
	every country in ["JP", "KR", "BR", "IN"] {
		fixture.stuck(answer({}, fixture.in_country(country)), "ch_fadp.no_transfer_ground")
	}
}

united_states(safeguard) := object.union(fixture.in_country("US"), {"safeguards": ["ch_dpa_art9", safeguard]})

test_swiss_us_framework if {
	fixture.permits_by(answer({}, united_states("swiss_dpf_listed")), "ch_fadp.adequacy")
	fixture.stuck(answer({}, united_states("dpf_listed")), "ch_fadp.no_transfer_ground")
	early := {"time": "2024-09-14"}
	fixture.stuck(answer(early, united_states("swiss_dpf_listed")), "ch_fadp.no_transfer_ground")
}

test_each_safeguard_with_its_assessment if {
	every safeguard in ["ch_clauses", "ch_notified_clauses", "ch_bcr"] {
		papers := ["ch_dpa_art9", "ch_tia", safeguard]
		fixture.permits_by(in_india({}, {"safeguards": papers}), "ch_fadp.safeguards")
		fixture.stuck(in_india({}, {"safeguards": ["ch_dpa_art9", safeguard]}), "ch_fadp.no_transfer_ground")
		every defect in ["tia_incomplete", "measures_not_compensating"] {
			spoilt := {"safeguards": array.concat(papers, [defect])}
			fixture.stuck(in_india({}, spoilt), "ch_fadp.no_transfer_ground")
		}
		nowhere := {"safeguards": papers, "processing": ["GLOBAL"]}
		fixture.stuck(in_india({}, nowhere), "ch_fadp.no_transfer_ground")
	}
}

test_confined_to_annex_1 if {
	said := in_india({}, {})
	{"CH", "DE", "GB"} - {place | some place in said.barriers[0].confine} == set()
	not "US" in said.barriers[0].confine
}

test_nothing_is_disclosed if {
	every facts in [{"same_legal_entity": true}, {"recipient_type": "employee"}] {
		fixture.permits_by(in_india(facts, {"role": "self"}), "ch_fadp.not_disclosed")
		fixture.stuck(in_india(facts, {}), "ch_fadp.no_transfer_ground")
	}
	person := {
		"principal": {"establishment": ["CH"], "role": "unknown"},
		"facts": {"principal_role": "data_subject"},
	}
	place := object.union(fixture.in_country("IN"), {"role": "controller"})
	fixture.permits_by(answer(person, place), "ch_fadp.not_disclosed")
	fixture.stuck(in_india({"principal_role": "data_subject"}, {"role": "controller"}), "ch_fadp.no_transfer_ground")
	fixture.stuck(in_india({"exporter_is_data_subject": true}, {}), "ch_fadp.no_transfer_ground")
	every facts in [
		{"same_legal_entity": true, "intra_group": true},
		{"recipient_type": "employee", "same_legal_entity": false},
	] {
		fixture.stuck(in_india(facts, {"role": "self"}), "ch_fadp.no_transfer_ground")
	}
}

test_exception_is_reviewed if {
	said := answer({"declared": ["ch_fadp.art17_exception"]}, fixture.in_country("IN"))
	said.effect == "review"
	fixture.only(said, "ch_fadp.exception_review")
	fixture.rules(said.permits) == {"ch_fadp.exception"}
	fixture.permits_by(answer({"declared": ["ch_fadp.art17_exception"]}, {}), "ch_fadp.within_switzerland")
}

test_unknown_access_is_advice if {
	papers := {"safeguards": ["ch_clauses", "ch_dpa_art9", "ch_tia"]}
	said := in_india({}, object.union(papers, {"access": ["unknown"]}))
	said.effect == "permit"
	"ch_fadp.access_unknown" in fixture.rules(said.advice)
	not "ch_fadp.access_unknown" in fixture.rules(in_india({}, papers).advice)
}
