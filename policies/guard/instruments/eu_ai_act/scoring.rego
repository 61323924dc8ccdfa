# AI Act Art. 5(1)(c), (d): scores that follow a person, and crimes predicted from what a person is.
package guard.instruments.eu_ai_act

import data.guard.lib

# Persons are scored, and the facts do not rule out that they are treated worse for it.
scored_to_detriment if {
	scored
	not input.transfer.facts.detrimental_treatment == false
	not about_nobody
	not outside_scope
}

scored if input.transfer.facts.scoring == true

# Whoever is treated worse was judged somehow, unless it is said that no score was made.
scored if {
	input.transfer.facts.detrimental_treatment == true
	not input.transfer.facts.scoring == false
}

about_nobody if {
	input.transfer.facts.affected_persons == "none"
	not input.transfer.facts.detrimental_treatment == true
}

# Art. 5(1)(c)(i) and (ii): either suffices.
unrelated_or_excessive if input.transfer.facts.context_of_data_related == false

unrelated_or_excessive if input.transfer.facts.disproportionate == true

related_and_measured if {
	input.transfer.facts.context_of_data_related == true
	input.transfer.facts.disproportionate == false
}

# METADATA
# title: Social scoring
# description: >-
#   Persons are evaluated or classified by behaviour or characteristics, and treated worse in a context unrelated to
#   that of the data, or out of proportion. That is prohibited for public and private bodies alike.
# custom:
#   id: eu_ai_act.social_scoring
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(c)", "AI Act Rec. 31"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.social_scoring",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	scored_to_detriment
	unrelated_or_excessive
	lib.in_force("eu_ai_act.social_scoring")
}

# METADATA
# title: Whether a score is social scoring is open
# description: >-
#   Persons are scored, and the facts do not say whether they are treated worse, whether the data stem from a
#   related context, or whether the treatment is proportionate. A person has to judge.
# custom:
#   id: eu_ai_act.social_scoring_open
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(c)"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.social_scoring_open",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	scored_to_detriment
	not unrelated_or_excessive
	not related_and_measured
	lib.in_force("eu_ai_act.social_scoring_open")
}

predicted if {
	input.transfer.facts.prediction_solely_profiling == true
	not outside_scope
}

# Persons are profiled and no objective facts are assessed, but whether a crime is predicted is not said.
prediction_open if {
	predicted
	input.transfer.facts.supports_human_assessment_of_objective_facts == true
}

prediction_open if {
	input.transfer.facts.profiling == true
	input.transfer.facts.supports_human_assessment_of_objective_facts == false
	not input.transfer.facts.prediction_solely_profiling == true
	not input.transfer.facts.prediction_solely_profiling == false
	not outside_scope
}

# METADATA
# title: Crime is predicted solely from a profile
# description: >-
#   The risk that a person commits an offence is assessed solely from profiling or personality, not in support of a
#   human assessment of objective facts. That is prohibited.
# custom:
#   id: eu_ai_act.crime_prediction
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(d)", "AI Act Rec. 42"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.crime_prediction",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	predicted
	not input.transfer.facts.supports_human_assessment_of_objective_facts == true
	lib.in_force("eu_ai_act.crime_prediction")
}

# METADATA
# title: The grounds of a prediction are not clear
# description: >-
#   The prediction is said to rest solely on a profile and also to support a human assessment of objective facts, or
#   persons are profiled without objective facts and it is not said whether crime is predicted. A person has to judge.
# custom:
#   id: eu_ai_act.crime_prediction_open
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(d)"]
#   since: "2025-02-02"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.crime_prediction_open",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	prediction_open
	lib.in_force("eu_ai_act.crime_prediction_open")
}
