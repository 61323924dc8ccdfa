package guard.instruments.in_spdi_legacy_test

import data.guard.fixture_test as fixture

# A body corporate in Mumbai that sends account numbers to a processor in India.
ask(changes, place) := fixture.answer(object.union(mumbai, changes), object.union(india, place))

mumbai := {
	"tags": fixture.tags(["in_spdi_legacy"]),
	"principal": {"establishment": ["IN"], "role": "controller"},
	"origin": "IN",
	"data_subjects": ["IN"],
	"categories": [account],
	"declared": ["in_spdi_legacy.consent"],
}

account := fixture.category("financial.bank_account", true, ["financial_account"], "none")

india := fixture.in_country("IN")

us := fixture.in_country("US")

test_consent_within_india if fixture.permits_by(ask({}, {}), "in_spdi_legacy.same_level")

test_contract_within_india if {
	fixture.permits_by(ask({"declared": ["in_spdi_legacy.contract"]}, {}), "in_spdi_legacy.same_level")
}

test_neither_consent_nor_contract if {
	fixture.stuck(ask({"declared": []}, {}), "in_spdi_legacy.no_consent_or_contract")
}

test_health_is_sensitive if {
	changes := {"declared": [], "categories": [fixture.diagnosis("none")]}
	fixture.stuck(ask(changes, {}), "in_spdi_legacy.no_consent_or_contract")
}

test_abroad_needs_the_same_level if {
	said := ask({}, us)
	fixture.stuck(said, "in_spdi_legacy.lower_protection")
	said.barriers[0].confine == ["IN"]
	bound := object.union(us, {"safeguards": ["in_same_level_protection"]})
	fixture.permits_by(ask({}, bound), "in_spdi_legacy.same_level")
}

test_other_personal_data_are_free if {
	changes := {"categories": [fixture.email("none")], "declared": []}
	fixture.permits_by(ask(changes, us), "in_spdi_legacy.no_sensitive_data")
}

test_public_domain if {
	changes := {"declared": [], "facts": {"publicly_available": true}}
	fixture.permits_by(ask(changes, us), "in_spdi_legacy.public_domain")
}

test_own_machine if {
	fixture.permits_by(ask({"declared": []}, object.union(us, {"role": "self"})), "in_spdi_legacy.own_entity")
}

test_the_new_act_is_announced if {
	"in_spdi_legacy.new_act_coming" in fixture.rules(ask({}, {}).advice)
	not "in_spdi_legacy.new_act_coming" in fixture.rules(ask({"time": "2025-11-12"}, {}).advice)
}

test_the_rules_end_when_the_act_begins if {
	fixture.permits_by(ask({"time": "2027-05-12"}, {}), "in_spdi_legacy.same_level")
	fixture.stuck(ask({"time": "2027-05-13"}, {}), "guard.no_ground")
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["in_spdi_legacy"]), "categories": [fixture.diagnosis("none")], "treatment": "none"}
	rule := "in_spdi_legacy.access_not_known"
	place := fixture.in_country("IN")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}
