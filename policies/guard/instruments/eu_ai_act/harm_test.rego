package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

from_december(facts) := fixture.answer(object.union(stated(facts), {"time": "2026-12-02"}), {})

test_manipulation if {
	refused({"manipulates_behaviour": true}, "eu_ai_act.manipulation")
	refused({"manipulates_behaviour": true, "significant_harm": true}, "eu_ai_act.manipulation")
	allowed({"manipulates_behaviour": true, "significant_harm": false})
	refused({"exploits_vulnerability": true}, "eu_ai_act.vulnerability")
	allowed({"exploits_vulnerability": true, "significant_harm": false})
	allowed({"significant_harm": true})
}

test_intimate_images if {
	fact := {"generates_intimate_images_without_consent": true}
	fixture.only(from_december(fact), "eu_ai_act.intimate_images")
	allowed(fact)
	"eu_ai_act.content_ahead" in fixture.rules(judged(fact).advice)
	not "eu_ai_act.content_ahead" in fixture.rules(from_december(fact).advice)
	from_december({"generates_intimate_images_without_consent": false}).effect == "permit"
}

test_child_abuse_material if {
	fact := {"generates_child_abuse_material": true}
	fixture.only(from_december(fact), "eu_ai_act.child_abuse_material")
	allowed(fact)
	"eu_ai_act.content_ahead" in fixture.rules(judged(fact).advice)
	from_december({"generates_child_abuse_material": false}).effect == "permit"
}
