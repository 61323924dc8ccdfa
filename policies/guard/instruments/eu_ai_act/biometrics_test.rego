package guard.instruments.eu_ai_act_test

import data.guard.fixture_test as fixture

test_face_database if {
	refused({"builds_face_recognition_db": true, "untargeted": true}, "eu_ai_act.face_scraping")
	refused({"builds_face_recognition_db": true}, "eu_ai_act.face_scraping")
	allowed({"builds_face_recognition_db": true, "untargeted": false})
	allowed({"builds_face_recognition_db": false, "untargeted": true})
	allowed({"untargeted": false})
	reviewed({"untargeted": true}, "eu_ai_act.face_scraping_open")
}

test_biometric_categories if {
	refused({"biometric_categorisation": true, "deduces_sensitive": true}, "eu_ai_act.biometric_categorisation")
	allowed({"biometric_categorisation": true, "deduces_sensitive": false})
	allowed({"biometric_categorisation": false, "deduces_sensitive": true})
	labelling := {"biometric_categorisation": true, "deduces_sensitive": true, "lawful_biometric_labelling": true}
	allowed(labelling)
	reviewed({"biometric_categorisation": true}, "eu_ai_act.biometric_categorisation_open")
	training := {"biometric_categorisation": true, "deduces_sensitive": true, "training_only": true}
	reviewed(training, "eu_ai_act.biometric_categorisation_open")
	reviewed({"deduces_sensitive": true}, "eu_ai_act.biometric_categorisation_open")
	from_text := object.union(stated({"deduces_sensitive": true}), {"categories": [written]})
	fixture.permits_by(fixture.answer(from_text, {}), "eu_ai_act.ordinary_use")
}

test_identification_in_real_time if {
	refused({"realtime_identification_for_police": true}, "eu_ai_act.realtime_identification")
	authorised := {"realtime_identification_for_police": true, "realtime_identification_authorised": true}
	reviewed(authorised, "eu_ai_act.realtime_identification_review")
	allowed({"realtime_identification_for_police": false})
}
