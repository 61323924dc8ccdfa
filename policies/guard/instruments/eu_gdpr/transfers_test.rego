package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

scc := {"safeguards": ["dpa_art28", "scc_2021_914", "tia"]}

test_within_eea if fixture.permits_by(fixture.answer({}, {}), "eu_gdpr.within_eea")

test_norway_is_in_the_eea if fixture.permits_by(fixture.answer({}, fixture.in_country("NO")), "eu_gdpr.within_eea")

test_switzerland_is_adequate_not_eea if {
	said := fixture.answer({}, fixture.in_country("CH"))
	fixture.permits_by(said, "eu_gdpr.adequacy")
	not "eu_gdpr.within_eea" in fixture.rules(said.permits)
}

test_remote_access_is_a_transfer if {
	fixture.stuck(fixture.answer({}, {"access": ["FR", "IN"]}), "eu_gdpr.no_transfer_ground")
}

test_unknown_place_is_a_third_country if {
	fixture.stuck(fixture.answer({}, {"processing": ["unknown"]}), "eu_gdpr.no_transfer_ground")
}

test_no_ground_for_china if {
	said := fixture.answer({}, fixture.in_country("CN"))
	fixture.stuck(said, "eu_gdpr.no_transfer_ground")
	said.missing == ["eu_gdpr"]
	"DE" in said.barriers[0].confine
	"BR" in said.barriers[0].confine
	not "US" in said.barriers[0].confine
	not "CN" in said.barriers[0].confine
}

test_brazil_from_its_decision_on if {
	fixture.permits_by(fixture.answer({"time": "2026-01-26"}, fixture.in_country("BR")), "eu_gdpr.adequacy")
}

test_brazil_not_a_day_earlier if {
	fixture.stuck(fixture.answer({"time": "2026-01-25"}, fixture.in_country("BR")), "eu_gdpr.no_transfer_ground")
}

test_revoked_decision_closes_the_route if {
	revoked := [object.union(row, {"revoked": true}) | some row in data.tables.adequacy.eu_gdpr.BR]
	said := fixture.answer({}, fixture.in_country("BR")) with data.tables.adequacy.eu_gdpr.BR as revoked
	fixture.stuck(said, "eu_gdpr.no_transfer_ground")
}

test_united_states_only_when_listed if {
	us := fixture.in_country("US")
	fixture.stuck(fixture.answer({}, us), "eu_gdpr.no_transfer_ground")
	listed := object.union(us, {"safeguards": ["dpa_art28", "dpf_listed"]})
	fixture.permits_by(fixture.answer({}, listed), "eu_gdpr.adequacy")
}

test_one_inadequate_place_spoils_adequacy if {
	fixture.stuck(fixture.answer({}, {"processing": ["BR", "IN"]}), "eu_gdpr.no_transfer_ground")
}

test_clauses_with_assessment if {
	said := fixture.answer({}, object.union(fixture.in_country("CN"), scc))
	fixture.permits_by(said, "eu_gdpr.standard_clauses")
}

test_clauses_without_assessment_are_not_enough if {
	place := object.union(fixture.in_country("CN"), {"safeguards": ["scc_2021_914"]})
	fixture.stuck(fixture.answer({}, place), "eu_gdpr.no_transfer_ground")
}

test_clauses_need_named_places if {
	place := object.union(scc, {"processing": ["GLOBAL"]})
	fixture.stuck(fixture.answer({}, place), "eu_gdpr.no_transfer_ground")
}

test_clauses_before_they_existed if {
	place := object.union(fixture.in_country("CN"), scc)
	fixture.stuck(fixture.answer({"time": "2021-06-26"}, place), "eu_gdpr.no_transfer_ground")
}

test_corporate_rules if {
	place := object.union(fixture.in_country("IN"), {"safeguards": ["bcr", "dpa_art28", "tia"]})
	fixture.permits_by(fixture.answer({}, place), "eu_gdpr.binding_corporate_rules")
}

test_corporate_rules_without_assessment if {
	place := object.union(fixture.in_country("IN"), {"safeguards": ["bcr", "dpa_art28"]})
	fixture.stuck(fixture.answer({}, place), "eu_gdpr.no_transfer_ground")
}

test_code_of_conduct if {
	place := object.union(fixture.in_country("IN"), {"safeguards": ["code_or_certification", "dpa_art28", "tia"]})
	fixture.permits_by(fixture.answer({}, place), "eu_gdpr.code_or_certification")
}

test_code_of_conduct_without_assessment if {
	place := object.union(fixture.in_country("IN"), {"safeguards": ["code_or_certification", "dpa_art28"]})
	fixture.stuck(fixture.answer({}, place), "eu_gdpr.no_transfer_ground")
}

test_derogation_is_reviewed if {
	said := fixture.answer({"declared": ["eu_gdpr.art49_derogation"]}, fixture.in_country("IN"))
	fixture.only(said, "eu_gdpr.derogation_review")
	said.effect == "review"
	fixture.rules(said.permits) == {"eu_gdpr.derogation"}
}

test_derogation_is_not_used_where_another_ground_stands if {
	said := fixture.answer({"declared": ["eu_gdpr.art49_derogation"]}, fixture.in_country("BR"))
	said.effect == "permit"
	fixture.rules(said.permits) == {"eu_gdpr.adequacy"}
}

test_redacted_data_may_go_anywhere if {
	changes := {"categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(fixture.answer(changes, fixture.in_country("CN")), "eu_gdpr.no_personal_data")
}

test_pseudonymised_data_are_personal if {
	said := fixture.answer({}, fixture.in_country("CN"))
	not "eu_gdpr.no_personal_data" in fixture.rules(said.permits)
}

test_own_device_where_the_data_are if {
	place := {"kind": "device", "role": "self", "storage": ["unknown"], "processing": ["unknown"], "access": ["unknown"]}
	fixture.permits_by(fixture.answer({}, place), "eu_gdpr.own_device")
}

test_own_device_elsewhere_is_a_transfer if {
	place := object.union(fixture.in_country("IN"), {"kind": "device", "role": "self"})
	fixture.stuck(fixture.answer({}, place), "eu_gdpr.no_transfer_ground")
}

test_framework_under_appeal_is_advice if {
	listed := object.union(fixture.in_country("US"), {"safeguards": ["dpa_art28", "dpf_listed"]})
	"eu_gdpr.framework_under_appeal" in fixture.rules(fixture.answer({}, listed).advice)
	both := object.union(listed, {"safeguards": ["dpf_listed", "scc_2021_914", "tia"]})
	not "eu_gdpr.framework_under_appeal" in fixture.rules(fixture.answer({}, both).advice)
}

test_united_kingdom_on_its_last_day if {
	fixture.permits_by(fixture.answer({"time": "2031-12-26"}, fixture.in_country("GB")), "eu_gdpr.adequacy")
	said := fixture.answer({"time": "2031-12-27"}, fixture.in_country("GB"))
	fixture.stuck(said, "eu_gdpr.no_transfer_ground")
	not "GB" in said.barriers[0].confine
}

test_home_of_the_law_can_shrink if {
	said := fixture.answer({}, fixture.in_country("CN")) with data.tables.territories.eu_gdpr.DE as false
	not "DE" in said.barriers[0].confine
}

test_framework_advice_is_for_personal_data_and_for_the_framework if {
	listed := object.union(fixture.in_country("US"), {"safeguards": ["dpa_art28", "dpf_listed"]})
	redacted := fixture.answer({"categories": [fixture.email("redact")]}, listed)
	not "eu_gdpr.framework_under_appeal" in fixture.rules(redacted.advice)
	rows := [object.union(row, {"requires": "none"}) | some row in data.tables.adequacy.eu_gdpr.US]
	full := fixture.answer({}, listed) with data.tables.adequacy.eu_gdpr.US as rows
	full.effect == "permit"
	not "eu_gdpr.framework_under_appeal" in fixture.rules(full.advice)
}
