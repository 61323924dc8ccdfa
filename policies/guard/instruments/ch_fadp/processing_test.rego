package guard.instruments.ch_fadp_test

import data.guard.fixture_test as fixture

test_proportionality if {
	clear := {"categories": [fixture.email("none")], "treatment": "none"}
	fixture.only(answer(clear, {}), "ch_fadp.proportionality")
	answer(object.union(clear, {"declared": ["ch_fadp.identifiers_needed"]}), {}).effect == "permit"
	answer(object.union(clear, {"purpose": "storage"}), {}).effect == "permit"
}

test_sensitive_data_to_a_third_party if {
	every category in [
		fixture.diagnosis("pseudonymise"),
		fixture.conviction("pseudonymise"),
		fixture.category("sensitive.welfare", false, ["social_assistance"], "none"),
	] {
		about := {"categories": [category]}
		fixture.only(answer(about, {"role": "controller"}), "ch_fadp.sensitive_data")
		answer(about, {}).effect == "permit"
		justified := object.union(about, {"declared": ["ch_fadp.sensitive_justified"]})
		answer(justified, {"role": "controller"}).effect == "permit"
	}
}

test_processor_terms if {
	fixture.only(answer({}, {"safeguards": []}), "ch_fadp.processor_terms")
	answer({}, {"safeguards": ["dpa_art28"]}).effect == "permit"
	answer({}, {"safeguards": [], "role": "controller"}).effect == "permit"
}

test_training_use if {
	fixture.only(answer({}, {"training_use": "yes"}), "ch_fadp.training_use")
	answer({}, {"role": "self", "training_use": "yes"}).effect == "permit"
}

test_notice_of_the_state if {
	abroad := answer({}, fixture.in_country("DE"))
	"ch_fadp.foreign_state_notice" in fixture.rules(abroad.obligations)
	"ch_fadp.states_not_told" in fixture.rules(abroad.advice)
	told := answer({"declared": ["ch_fadp.foreign_recipients_told"]}, fixture.in_country("DE"))
	fixture.risks(told) == set()
	home := answer({}, {})
	fixture.rules(home.obligations) == {"ch_fadp.processing_record", "guard.pseudonymise"}
	fixture.risks(home) == set()
}

test_nothing_personal_nothing_to_record if {
	said := answer({"categories": [fixture.email("redact")]}, {})
	not "ch_fadp.processing_record" in fixture.rules(said.obligations)
}

test_review_of_an_automated_decision if {
	decided := answer({"facts": {"automated_decision": true}}, {})
	"ch_fadp.decision_review" in fixture.rules(decided.obligations)
}
