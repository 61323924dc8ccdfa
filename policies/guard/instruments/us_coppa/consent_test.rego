package guard.instruments.us_coppa_test

import data.guard.fixture_test as fixture

child := fixture.category("sensitive.child_data", false, ["child_data"], "none")

request := {
	"tags": fixture.tags(["us_coppa"]),
	"categories": [child, fixture.email("none")],
	"treatment": "none",
	"declared": [],
}

assured := {"safeguards": ["coppa_recipient_assurance"]}

asked(changes, place) := fixture.answer(object.union(request, changes), object.union({"safeguards": []}, place))

consented := {"declared": ["us_coppa.parental_consent"]}

test_without_consent if fixture.stuck(asked({}, assured), "us_coppa.no_consent")

test_with_consent_and_assurances if {
	said := asked(consented, assured)
	fixture.permits_by(said, "us_coppa.parental_consent")
	fixture.risks(said) == {"us_coppa.separate_consent"}
}

test_without_assurances if {
	fixture.only(asked(consented, {}), "us_coppa.no_assurance")
	fixture.permits_by(asked(consented, {"role": "self"}), "us_coppa.parental_consent")
	fixture.risks(asked(consented, {"role": "self"})) == set()
}

test_assurances_are_asked_for_since_the_amendment if {
	before := object.union(consented, {"time": "2026-04-21"})
	fixture.permits_by(asked(before, {}), "us_coppa.parental_consent")
	fixture.only(asked(object.union(consented, {"time": "2026-04-22"}), {}), "us_coppa.no_assurance")
}

test_everything_redacted if {
	redacted := [object.union(child, {"treatment": "redact"}), fixture.email("redact")]
	fixture.permits_by(asked({"categories": redacted}, {}), "us_coppa.no_personal_information")
	half := [object.union(child, {"treatment": "redact"}), fixture.email("none")]
	fixture.stuck(asked({"categories": half}, assured), "us_coppa.no_consent")
}

test_not_directed_to_children if {
	fixture.permits_by(asked({"declared": ["us_coppa.not_directed_to_children"]}, {}), "us_coppa.not_directed")
}
