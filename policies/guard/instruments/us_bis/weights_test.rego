package guard.instruments.us_bis_test

import data.guard.fixture_test as fixture

weights := object.union(fixture.category("data.model_weights", false, [], "none"), {"personal": false})

request := {
	"tags": fixture.tags(["us_bis"]),
	"principal": {"establishment": ["US"], "role": "provider"},
	"origin": "US",
	"purpose": "storage",
	"categories": [weights],
	"treatment": "none",
}

nothing_on_file(country) := object.union(fixture.in_country(country), {"safeguards": []})

sent(changes, country, place) := fixture.answer(
	object.union(request, changes),
	object.union(nothing_on_file(country), place),
)

test_within_the_united_states if {
	fixture.permits_by(sent({}, "US", {}), "us_bis.no_export")
	gone := [object.union(weights, {"treatment": "redact"})]
	fixture.permits_by(sent({"categories": gone}, "CN", {}), "us_bis.no_export")
}

test_a_classification_names_its_destination if {
	filed := {"safeguards": ["bis_classified_uncontrolled"]}
	fixture.permits_by(sent({}, "DE", filed), "us_bis.classified")
	every place in [{"processing": ["GLOBAL"]}, {"access": ["unknown"]}, {"storage": ["DOJ_COUNTRIES_OF_CONCERN"]}] {
		said := sent({}, "DE", object.union(filed, place))
		fixture.only(said, "us_bis.review")
	}
}

test_published_weights if fixture.permits_by(sent({"facts": {"weights_published": true}}, "CN", {}), "us_bis.published")

test_countries_of_concern_are_looked_at if {
	every country in ["CN", "HK", "VN", "AE"] {
		said := sent({}, country, {})
		said.effect == "review"
		fixture.only(said, "us_bis.review")
	}
	fixture.only(sent({}, "US", {"parent": "CN"}), "us_bis.review")
	fixture.only(sent({}, "US", {"processing": ["GLOBAL"]}), "us_bis.review")
	fixture.only(sent({}, "US", {"operator": "unknown"}), "us_bis.review")
}

test_allies_on_a_weak_reading if {
	said := sent({}, "DE", {})
	fixture.permits_by(said, "us_bis.claimed")
	said.permits[0].confidence == "low"
	fixture.unverified(said, "us_bis")
	{[duty.rule, duty.days] | some duty in said.obligations} == {["us_bis.records", 1827]}
}

test_before_the_rescission_nothing_was_claimed if {
	sent({"time": "2025-05-12"}, "CN", {}).effect == "deny"
}

test_licence_or_classification if {
	fixture.permits_by(sent({}, "CN", {"safeguards": ["bis_export_authorisation"]}), "us_bis.authorised")
	fixture.permits_by(sent({}, "CN", {"safeguards": ["bis_classified_uncontrolled"]}), "us_bis.classified")
}

test_embargo if {
	every country in ["BY", "CU", "IR", "KP", "RU", "SY"] {
		said := sent({}, country, {})
		said.effect == "deny"
		"us_bis.embargo" in fixture.rules(said.barriers)
		sent({}, country, {"safeguards": ["bis_classified_uncontrolled"]}).effect == "deny"
		fixture.permits_by(sent({}, country, {"safeguards": ["bis_export_authorisation"]}), "us_bis.authorised")
	}
}
