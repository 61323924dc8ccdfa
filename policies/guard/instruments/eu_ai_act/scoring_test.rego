package guard.instruments.eu_ai_act_test

scored(facts) := object.union({"scoring": true, "affected_persons": "consumers"}, facts)

test_social_scoring_by_facts if {
	worse := {"detrimental_treatment": true}
	refused(scored(object.union(worse, {"context_of_data_related": false})), "eu_ai_act.social_scoring")
	refused(scored(object.union(worse, {"disproportionate": true})), "eu_ai_act.social_scoring")
	excessive := {"context_of_data_related": true, "disproportionate": true}
	refused(scored(object.union(worse, excessive)), "eu_ai_act.social_scoring")
	refused(scored({"context_of_data_related": false}), "eu_ai_act.social_scoring")
	unrelated := {"context_of_data_related": false, "disproportionate": false}
	refused(scored(object.union(worse, unrelated)), "eu_ai_act.social_scoring")
}

test_a_score_that_is_no_social_scoring if {
	allowed(scored({"context_of_data_related": true, "disproportionate": false, "detrimental_treatment": true}))
	allowed(scored({"context_of_data_related": false, "detrimental_treatment": false}))
	allowed({"scoring": false, "context_of_data_related": false, "detrimental_treatment": true})
	allowed({"scoring": true, "affected_persons": "none"})
}

test_a_score_of_which_too_little_is_said if {
	reviewed(scored({}), "eu_ai_act.social_scoring_open")
	reviewed(scored({"context_of_data_related": true}), "eu_ai_act.social_scoring_open")
	reviewed(scored({"disproportionate": false}), "eu_ai_act.social_scoring_open")
	contradictory := {"scoring": true, "affected_persons": "none", "detrimental_treatment": true}
	reviewed(contradictory, "eu_ai_act.social_scoring_open")
	reviewed({"detrimental_treatment": true}, "eu_ai_act.social_scoring_open")
	refused({"detrimental_treatment": true, "context_of_data_related": false}, "eu_ai_act.social_scoring")
}

test_crime_predicted_from_a_profile if {
	refused({"prediction_solely_profiling": true}, "eu_ai_act.crime_prediction")
	no_support := {"prediction_solely_profiling": true, "supports_human_assessment_of_objective_facts": false}
	refused(no_support, "eu_ai_act.crime_prediction")
	allowed({"prediction_solely_profiling": false, "profiling": true})
	allowed({"supports_human_assessment_of_objective_facts": true})
	both := {"prediction_solely_profiling": true, "supports_human_assessment_of_objective_facts": true}
	reviewed(both, "eu_ai_act.crime_prediction_open")
	unsaid := {"profiling": true, "supports_human_assessment_of_objective_facts": false}
	reviewed(unsaid, "eu_ai_act.crime_prediction_open")
	allowed(object.union(unsaid, {"prediction_solely_profiling": false}))
}
