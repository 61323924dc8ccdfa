# AI Act Art. 5(1)(e), (g), (h): face databases, categories read from bodies, identification at a distance.
package guard.instruments.eu_ai_act

import data.guard.lib

# METADATA
# title: A face recognition database from untargeted scraping
# description: >-
#   A database for recognising faces is built or expanded, and the facial images are not said to be collected for
#   given persons or groups only. Untargeted scraping from the internet or CCTV is prohibited.
# custom:
#   id: eu_ai_act.face_scraping
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(e)", "AI Act Rec. 43"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.face_scraping",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	input.transfer.facts.builds_face_recognition_db == true
	not input.transfer.facts.untargeted == false
	not outside_scope
	lib.in_force("eu_ai_act.face_scraping")
}

# METADATA
# title: What untargeted face images are for is not said
# description: >-
#   Facial images are scraped without a target, and the facts do not say whether faces will be recognised from them.
#   Only where none are is the prohibition not met.
# custom:
#   id: eu_ai_act.face_scraping_open
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(e)"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.face_scraping_open",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	input.transfer.facts.untargeted == true
	not input.transfer.facts.builds_face_recognition_db == true
	not input.transfer.facts.builds_face_recognition_db == false
	not outside_scope
	lib.in_force("eu_ai_act.face_scraping_open")
}

categorised if {
	input.transfer.facts.biometric_categorisation == true
	not input.transfer.facts.lawful_biometric_labelling == true
	not outside_scope
}

# METADATA
# title: Protected traits are deduced from biometric data
# description: >-
#   Persons are categorised by their biometric data to deduce race, political opinions, trade union membership,
#   beliefs, sex life or sexual orientation. That is prohibited; labelling or filtering lawfully acquired data sets
#   is not.
# custom:
#   id: eu_ai_act.biometric_categorisation
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(g)", "AI Act Rec. 30"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.biometric_categorisation",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	categorised
	input.transfer.facts.deduces_sensitive == true
	not input.transfer.facts.training_only == true
	lib.in_force("eu_ai_act.biometric_categorisation")
}

# METADATA
# title: What biometric categories are for is not said
# description: >-
#   Persons are categorised by biometric data, and the facts do not say whether protected traits are deduced, or
#   whether a data set is merely labelled. A person has to judge.
# custom:
#   id: eu_ai_act.biometric_categorisation_open
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(g)"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.biometric_categorisation_open",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	categorisation_open
	lib.in_force("eu_ai_act.biometric_categorisation_open")
}

categorisation_open if {
	categorised
	input.transfer.facts.deduces_sensitive == true
	input.transfer.facts.training_only == true
}

# Protected traits are deduced, and biometric data are there to deduce them from.
categorisation_open if {
	input.transfer.facts.deduces_sensitive == true
	count(signals) > 0
	not input.transfer.facts.biometric_categorisation == true
	not input.transfer.facts.biometric_categorisation == false
	not outside_scope
}

categorisation_open if {
	categorised
	not input.transfer.facts.deduces_sensitive == true
	not input.transfer.facts.deduces_sensitive == false
}

# METADATA
# title: Real-time identification for law enforcement
# description: >-
#   Persons are identified at a distance in real time in publicly accessible spaces for law enforcement, and no
#   authorisation for one of the permitted objectives is stated.
# custom:
#   id: eu_ai_act.realtime_identification
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(h)"]
#   since: "2025-02-02"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.realtime_identification",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	input.transfer.facts.realtime_identification_for_police == true
	not input.transfer.facts.realtime_identification_authorised == true
	not outside_scope
	lib.in_force("eu_ai_act.realtime_identification")
}

# METADATA
# title: An authorised real-time identification
# description: >-
#   The identification is said to be authorised. Whether it is strictly necessary for its objective, and what
#   national law allows, a person has to judge.
# custom:
#   id: eu_ai_act.realtime_identification_review
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(h)", "AI Act Art. 5(2)", "AI Act Art. 5(3)", "AI Act Art. 5(5)"]
#   since: "2025-02-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.realtime_identification_review",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["review"],
	"confine": [],
} if {
	input.transfer.facts.realtime_identification_for_police == true
	input.transfer.facts.realtime_identification_authorised == true
	not outside_scope
	lib.in_force("eu_ai_act.realtime_identification_review")
}
