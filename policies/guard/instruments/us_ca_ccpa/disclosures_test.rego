package guard.instruments.us_ca_ccpa_test

import data.guard.fixture_test as fixture

request := {
	"tags": fixture.tags(["us_ca_ccpa"]),
	"data_subjects": ["US-CA"],
	"categories": [fixture.email("none")],
	"treatment": "none",
}

bound := {"safeguards": ["ccpa_service_provider"]}

asked(changes, place) := fixture.answer(object.union(request, changes), object.union({"safeguards": []}, place))

test_no_contract if {
	fixture.stuck(asked({}, {}), "us_ca_ccpa.no_contract")
	fixture.stuck(asked({}, object.union(bound, {"role": "controller"})), "us_ca_ccpa.no_contract")
}

test_training_that_is_not_excluded_is_looked_at if {
	said := asked({}, object.union(bound, {"training_use": "unknown"}))
	fixture.only(said, "us_ca_ccpa.provider_trains")
	said.effect == "review"
}

test_a_contract_binds_a_recipient_whose_role_is_not_known if {
	fixture.permits_by(asked({}, object.union(bound, {"role": "unknown"})), "us_ca_ccpa.service_provider")
}

test_service_provider if fixture.permits_by(asked({}, bound), "us_ca_ccpa.service_provider")

test_third_party_with_contract_and_opt_outs if {
	third := {"safeguards": ["ccpa_third_party_contract"], "role": "controller"}
	told := {"declared": ["us_ca_ccpa.notice_and_opt_out"]}
	said := asked(told, third)
	fixture.permits_by(said, "us_ca_ccpa.third_party")
	"us_ca_ccpa.risk_assessment" in fixture.rules(said.advice)
	untold := asked({}, third)
	fixture.only(untold, "us_ca_ccpa.no_opt_out")
	untold.effect == "deny"
	fixture.stuck(asked(told, {"role": "controller"}), "us_ca_ccpa.no_contract")
}

test_no_personal_information if {
	changes := {"categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(asked(changes, {}), "us_ca_ccpa.no_personal_information")
}

test_not_a_business if {
	fixture.permits_by(asked({"declared": ["us_ca_ccpa.not_a_business"]}, {}), "us_ca_ccpa.not_a_business")
}

test_own_systems if fixture.permits_by(asked({}, {"role": "self"}), "us_ca_ccpa.own_systems")

test_a_provider_that_trains_is_looked_at if {
	trains := object.union(bound, {"training_use": "yes"})
	said := asked({}, trains)
	fixture.only(said, "us_ca_ccpa.provider_trains")
	said.effect == "review"
}

test_sensitive_information_beyond_the_service if {
	every purpose in ["analytics", "telemetry", "training"] {
		sensitive := {"categories": [fixture.diagnosis("none")], "purpose": purpose}
		fixture.only(asked(sensitive, bound), "us_ca_ccpa.sensitive_use")
		limited := object.union(sensitive, {"declared": ["us_ca_ccpa.sensitive_use_limited"]})
		fixture.permits_by(asked(limited, bound), "us_ca_ccpa.service_provider")
	}
	said := asked({"categories": [fixture.diagnosis("none")]}, bound)
	said.effect == "permit"
	"us_ca_ccpa.risk_assessment" in fixture.rules(said.advice)
	not "us_ca_ccpa.risk_assessment" in fixture.rules(asked({}, bound).advice)
}

duties(day, use_case) := {duty.rule |
	some duty in asked({"time": day, "use_case": use_case}, bound).obligations
}

test_automated_decisions_from_2027 if {
	every use_case in ["education_vocational", "employment_workers", "essential_services_credit_insurance_benefits"] {
		duties("2027-01-01", use_case) == {"us_ca_ccpa.automated_decisions"}
		duties("2026-12-31", use_case) == set()
	}
	duties("2027-01-01", "general") == set()
}
