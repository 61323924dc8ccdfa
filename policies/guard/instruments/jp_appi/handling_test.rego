package guard.instruments.jp_appi_test

import data.guard.fixture_test as fixture

test_beyond_the_stated_purpose if {
	fixture.only(ask(stated({"within_stated_purpose": false}), japan), "jp_appi.beyond_purpose")
	ask(stated({"within_stated_purpose": true}), japan).effect == "permit"
	ask(stated({"within_stated_purpose": false, "consent": true}), japan).effect == "permit"
}

test_training_on_inputs if {
	fixture.only(ask({}, object.union(japan, {"training_use": "yes"})), "jp_appi.training_on_inputs")
	fixture.only(ask(stated({"provider_trains_on_inputs": true}), japan), "jp_appi.training_on_inputs")
	ask(stated({"consent": true}), object.union(japan, {"training_use": "yes"})).effect == "permit"
}

test_confirmation_does_not_outweigh_the_destination if {
	said := ask(stated({"no_training_confirmed": true}), object.union(japan, {"training_use": "yes"}))
	fixture.only(said, "jp_appi.training_on_inputs")
}

test_training_that_nobody_asked_about if {
	silent := object.union(japan, {"training_use": "unknown"})
	said := ask({}, silent)
	fixture.only(said, "jp_appi.training_unconfirmed")
	said.effect == "review"
	fixture.only(ask(stated({"no_training_confirmed": false}), japan), "jp_appi.training_unconfirmed")
	ask(stated({"no_training_confirmed": false, "consent": true}), japan).effect == "permit"
}

test_training_that_was_ruled_out if {
	silent := object.union(japan, {"training_use": "unknown"})
	fixture.permits_by(ask(stated({"no_training_confirmed": true}), silent), "jp_appi.cleared_in_japan")
	fixture.permits_by(ask(stated({"provider_trains_on_inputs": false}), silent), "jp_appi.within_japan")
}

test_consent_in_japan if fixture.permits_by(ask(stated({"consent": true}), japan), "jp_appi.cleared_in_japan")

test_special_care_required_information if {
	sick := {"categories": [fixture.diagnosis("none")]}
	fixture.only(ask(sick, japan), "jp_appi.sensitive_acquisition")
	ask(object.union(sick, {"declared": ["jp_appi.sensitive_consent"]}), japan).effect == "permit"
}

test_foreign_environment_is_advice if {
	"jp_appi.foreign_environment" in fixture.rules(ask({}, {}).advice)
	fixture.risks(ask({}, japan)) == set()
}
