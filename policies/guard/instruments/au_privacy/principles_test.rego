package guard.instruments.au_privacy_test

import data.guard.fixture_test as fixture

test_sensitive_information if {
	sick := {"categories": [fixture.diagnosis("none")]}
	fixture.only(ask(sick, australia), "au_privacy.sensitive_consent")
	ask(object.union(sick, {"declared": ["au_privacy.sensitive_consent"]}), australia).effect == "permit"
}

test_recipient_that_trains if {
	fixture.only(ask({}, object.union(australia, {"training_use": "unknown"})), "au_privacy.training_use")
	consented := {"declared": ["au_privacy.training_consent"]}
	ask(consented, object.union(australia, {"training_use": "yes"})).effect == "permit"
}

decides := {"declared": ["au_privacy.automated_decisions"]}

test_automated_decisions_from_their_day_on if {
	said := ask(object.union(decides, {"time": "2026-12-10"}), australia)
	duties := [duty.declaration | some duty in said.obligations; duty.rule == "au_privacy.automated_decisions"]
	duties == ["au_privacy.automated_decisions_disclosed"]
}

test_no_automated_decisions_before_or_without if {
	before := ask(object.union(decides, {"time": "2026-12-09"}), australia)
	not "au_privacy.automated_decisions" in fixture.rules(before.obligations)
	silent := ask({"time": "2026-12-10"}, australia)
	not "au_privacy.automated_decisions" in fixture.rules(silent.obligations)
}

test_automated_decisions_are_asked_about if {
	advice := "au_privacy.automated_decisions_from_december"
	advice in fixture.rules(ask({}, australia).advice)
	not advice in fixture.rules(ask(decides, australia).advice)
	not advice in fixture.rules(ask({"purpose": "storage"}, australia).advice)
}
