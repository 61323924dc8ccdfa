package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

# A declared ordinary use of which these facts are stated.
stated(facts) := object.union(use("general", "2026-11-22"), {"facts": facts, "categories": [signal]})

signal := {
	"id": "person.biometric_signal",
	"at_most": 1,
	"personal": true,
	"direct": false,
	"classes": [],
	"treatment": "none",
	"found": false,
}

written := object.union(signal, {"id": "person.opinions"})

of_staff := {"emotion_inference": true, "affected_persons": "employees", "area": "workplace"}

of_customers := {"emotion_inference": true, "affected_persons": "customers", "area": "retail"}

judged(facts) := fixture.answer(stated(facts), {})

allowed(facts) if fixture.permits_by(judged(facts), "eu_ai_act.ordinary_use")

refused(facts, rule) if {
	said := judged(facts)
	said.effect == "deny"
	fixture.only(said, rule)
}

reviewed(facts, rule) if {
	said := judged(facts)
	said.effect == "review"
	fixture.only(said, rule)
}

test_emotions_at_work if {
	refused(of_staff, "eu_ai_act.emotion_inference")
	refused(object.union(of_staff, {"area": "retail"}), "eu_ai_act.emotion_inference")
	refused(object.union(of_staff, {"area": "customer_contact"}), "eu_ai_act.emotion_inference")
	refused({"emotion_inference": true, "affected_persons": "job_candidates"}, "eu_ai_act.emotion_inference")
	refused({"emotion_inference": true, "affected_persons": "students"}, "eu_ai_act.emotion_inference")
	refused({"emotion_inference": true, "area": "education"}, "eu_ai_act.emotion_inference")
	refused({"emotion_inference": true, "area": "workplace"}, "eu_ai_act.emotion_inference")
	refused({"inferred_state": "emotion", "affected_persons": "employees"}, "eu_ai_act.emotion_inference")
}

test_emotions_at_work_before_the_prohibition if {
	before := object.union(stated(of_staff), {"time": "2025-02-01"})
	fixture.permits_by(fixture.answer(before, {}), "eu_ai_act.ordinary_use")
	after := object.union(stated(of_staff), {"time": "2025-02-02"})
	fixture.only(fixture.answer(after, {}), "eu_ai_act.emotion_inference")
}

test_no_emotion if {
	allowed(object.union(of_staff, {"emotion_inference": false}))
	allowed(object.union(of_staff, {"emotion_inference": false, "inferred_state": "emotion"}))
	allowed(object.union(of_staff, {"inferred_state": "fatigue"}))
	allowed(object.union(of_staff, {"inferred_state": "pain"}))
	allowed(object.union(of_staff, {"inferred_state": "apparent_expression"}))
	refused(object.union(of_staff, {"inferred_state": "intention"}), "eu_ai_act.emotion_inference")
}

test_what_staff_write if {
	text_only := object.union(stated(of_staff), {"categories": [written]})
	fixture.permits_by(fixture.answer(text_only, {}), "eu_ai_act.ordinary_use")
	with_voice := object.union(stated(of_staff), {"categories": [written, signal]})
	fixture.only(fixture.answer(with_voice, {}), "eu_ai_act.emotion_inference")
	heart := fixture.category("health.condition", false, ["health"], "none")
	with_pulse := object.union(stated(of_staff), {"categories": [written, heart]})
	fixture.only(fixture.answer(with_pulse, {}), "eu_ai_act.emotion_inference")
	found := object.union(stated(of_staff), {"categories": [object.union(written, {"found": true})]})
	fixture.only(fixture.answer(found, {}), "eu_ai_act.emotion_inference")
}

test_medical_or_safety_purpose if {
	allowed(object.union(of_staff, {"medical_or_safety_purpose": true}))
	refused(object.union(of_staff, {"medical_or_safety_purpose": false}), "eu_ai_act.emotion_inference")
	used := object.union(of_staff, {"medical_or_safety_purpose": true, "shared_with_hr": true})
	reviewed(used, "eu_ai_act.emotion_purpose_doubtful")
}

test_own_training if {
	training := object.union(of_staff, {"training_only": true})
	allowed(object.union(training, {"shared_with_hr": false, "affects_work_relationship": false}))
	reviewed(training, "eu_ai_act.emotion_purpose_doubtful")
	reviewed(object.union(training, {"shared_with_hr": false}), "eu_ai_act.emotion_purpose_doubtful")
	reviewed(object.union(training, {"affects_work_relationship": false}), "eu_ai_act.emotion_purpose_doubtful")
	refused(object.union(training, {"shared_with_hr": true}), "eu_ai_act.emotion_inference")
	refused(object.union(training, {"affects_work_relationship": true}), "eu_ai_act.emotion_inference")
	refused(object.union(of_staff, {"training_only": false}), "eu_ai_act.emotion_inference")
}

test_emotions_of_customers if {
	allowed(object.union(of_customers, {"area": "customer_contact"}))
	allowed(object.union(of_customers, {"employees_tracked": false}))
	allowed(object.union(of_customers, {"safeguards_against_tracking_staff": true}))
	reviewed(of_customers, "eu_ai_act.emotion_staff_nearby")
	unsafe := {"employees_tracked": false, "safeguards_against_tracking_staff": false}
	reviewed(object.union(of_customers, unsafe), "eu_ai_act.emotion_staff_nearby")
	refused(object.union(of_customers, {"employees_tracked": true}), "eu_ai_act.emotion_inference")
}

test_emotions_of_nobody_knows_whom if {
	reviewed({"emotion_inference": true}, "eu_ai_act.emotion_persons_unknown")
	reviewed({"emotion_inference": true, "area": "customer_contact"}, "eu_ai_act.emotion_persons_unknown")
	allowed({"emotion_inference": true, "affected_persons": "patients"})
}

test_outside_the_regulation if {
	every reason in ["military_or_national_security_only", "scientific_research_only"] {
		said := judged(object.union(of_staff, {reason: true}))
		said.effect == "permit"
		"eu_ai_act.outside_scope" in fixture.rules(said.permits)
	}
	refused(object.union(of_staff, {"scientific_research_only": false}), "eu_ai_act.emotion_inference")
	every use_case in ["social_scoring", "unknown"] {
		changes := object.union(use(use_case, "2026-11-22"), {"facts": {"scientific_research_only": true}})
		fixture.permits_by(fixture.answer(changes, {}), "eu_ai_act.outside_scope")
	}
}
