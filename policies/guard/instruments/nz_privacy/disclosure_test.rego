package guard.instruments.nz_privacy_test

import data.guard.fixture_test as fixture

# An agency in Wellington and a recipient with purposes of its own.
ask(changes, place) := fixture.answer(object.union(wellington, changes), object.union({"role": "controller"}, place))

wellington := {
	"tags": fixture.tags(["nz_privacy"]),
	"principal": {"establishment": ["NZ"], "role": "controller"},
	"origin": "NZ",
	"data_subjects": ["NZ"],
}

us := fixture.in_country("US")

new_zealand := fixture.in_country("NZ")

bound(safeguards) := object.union(us, {"safeguards": safeguards})

test_within_new_zealand if fixture.permits_by(ask({}, new_zealand), "nz_privacy.within_new_zealand")

test_foreign_person_without_safeguards if {
	said := ask({}, us)
	fixture.stuck(said, "nz_privacy.no_comparable_safeguards")
	said.barriers[0].confine == ["NZ"]
}

test_agent_holds_for_the_agency if {
	fixture.permits_by(ask({}, object.union(us, {"role": "processor"})), "nz_privacy.agent")
	fixture.stuck(ask({}, object.union(us, {"role": "unknown"})), "nz_privacy.no_comparable_safeguards")
}

test_agent_that_trains_is_none if {
	said := ask({}, object.union(bound(["nz_model_contract"]), {"role": "processor", "training_use": "unknown"}))
	fixture.only(said, "nz_privacy.training_use")
	home := object.union(new_zealand, {"training_use": "yes"})
	fixture.only(ask({}, home), "nz_privacy.training_use")
	ask({"declared": ["nz_privacy.authorised"]}, object.union(us, {"training_use": "yes"})).effect == "permit"
}

test_own_machine_abroad if fixture.permits_by(ask({}, object.union(us, {"role": "self"})), "nz_privacy.own_entity")

test_authorised if fixture.permits_by(ask({"declared": ["nz_privacy.authorised"]}, us), "nz_privacy.authorised")

test_comparable_law if {
	fixture.permits_by(ask({}, bound(["nz_comparable_law"])), "nz_privacy.comparable_law")
	nowhere := object.union(bound(["nz_comparable_law"]), {"storage": ["unknown"]})
	fixture.stuck(ask({}, nowhere), "nz_privacy.no_comparable_safeguards")
}

test_prescribed if fixture.permits_by(ask({"declared": ["nz_privacy.prescribed_country"]}, us), "nz_privacy.prescribed")

test_agreement if fixture.permits_by(ask({}, bound(["nz_model_contract"])), "nz_privacy.agreement")

test_every_decision_says_that_the_reading_is_not_verified if {
	said := ask({}, new_zealand)
	fixture.unverified(said, "nz_privacy")
	said.permits[0].confidence == "low"
	early := ask({"time": "2020-11-30"}, new_zealand)
	not "guard.unverified" in fixture.rules(early.advice)
}

test_redacted_data_may_go_anywhere if {
	redacted := {"categories": [fixture.email("redact")], "treatment": "redact"}
	fixture.permits_by(ask(redacted, us), "nz_privacy.no_personal_information")
}

test_unknown_access_is_explained if {
	changes := {"tags": fixture.tags(["nz_privacy"]), "categories": [fixture.email("none")], "treatment": "none"}
	rule := "nz_privacy.access_not_known"
	place := fixture.in_country("NZ")
	rule in fixture.rules(fixture.answer(changes, object.union(place, {"access": ["unknown"]})).advice)
	every known in [{"access": ["US"]}, {}, {"access": ["unknown"], "processing": ["unknown"]}] {
		not rule in fixture.rules(fixture.answer(changes, object.union(place, known)).advice)
	}
}

# What lifts the barrier abroad lifts it at home, or a further place would open what was closed.
test_authorised_training_at_home_and_abroad if {
	changes := {
		"tags": fixture.tags(["nz_privacy"]),
		"categories": [fixture.email("none")],
		"treatment": "none",
		"declared": ["nz_privacy.authorised"],
	}
	every country in ["NZ", "US"] {
		place := object.union(fixture.in_country(country), {"training_use": "unknown"})
		fixture.answer(changes, place).effect == "permit"
		refused := fixture.answer(object.union(changes, {"declared": []}), place)
		"nz_privacy.training_use" in fixture.rules(refused.barriers)
	}
}
