# AI Act Art. 5(1)(f): emotions of persons at work and in education, as the Guidelines C(2025) 5052 explain it.
package guard.instruments.eu_ai_act

import data.guard.lib

# The system infers what people feel or intend. Fatigue, pain and a smile that anyone sees are no emotions.
inferring if {
	said_to_infer
	not bodily_or_apparent
	not only_text
	not outside_scope
}

bodily_or_apparent if input.transfer.facts.inferred_state in {"apparent_expression", "fatigue", "pain"}

said_to_infer if input.transfer.facts.emotion_inference == true

said_to_infer if {
	input.transfer.facts.inferred_state in {"emotion", "intention"}
	not input.transfer.facts.emotion_inference == false
}

# What a person writes is no biometric data (Art. 3(39)); how a person types, speaks, looks or moves is. Only what
# the operator declares counts as text, never a finding.
only_text if {
	count(signals) == 0
	some category in input.transfer.categories
	category.found == false
	category.id in {"content.prompt", "content.web", "organisation.record", "person.opinions"}
}

signals contains category.id if {
	some category in input.transfer.categories
	category.id in {"person.biometric_signal", "person.image", "person.voice", "profile.behaviour"}
}

signals contains category.id if {
	some category in input.transfer.categories
	some class in category.classes
	class in {"biometric_identification", "health"}
}

# Who works, applies for work or learns where the system is used. A shop is the workplace of its staff.
protected_here if input.transfer.facts.affected_persons in {"employees", "job_candidates", "students"}

protected_here if input.transfer.facts.employees_tracked == true

protected_here if {
	input.transfer.facts.area in {"education", "workplace"}
	not others_here
}

others_here if {
	input.transfer.facts.affected_persons in {
		"consumers", "customers", "general_public",
		"none", "patients", "welfare_recipients",
	}
}

# Whatever the purpose is said to be, the result is used on the persons as staff or pupils.
used_on_them if input.transfer.facts.shared_with_hr == true

used_on_them if input.transfer.facts.affects_work_relationship == true

medical_or_safety if input.transfer.facts.medical_or_safety_purpose == true

own_training if {
	input.transfer.facts.training_only == true
	not used_on_them
}

own_training_assured if {
	own_training
	input.transfer.facts.shared_with_hr == false
	input.transfer.facts.affects_work_relationship == false
}

# Customers are watched where staff move about, and nothing says that staff are kept out.
staff_may_be_taken_in if {
	input.transfer.facts.area in {"retail", "workplace"}
	not input.transfer.facts.employees_tracked == false
	not input.transfer.facts.safeguards_against_tracking_staff == true
}

staff_may_be_taken_in if input.transfer.facts.safeguards_against_tracking_staff == false

# METADATA
# title: Emotions are inferred at work or in education
# description: >-
#   The system infers emotions of staff, of applicants, of pupils or students from biometric data, for no medical or
#   safety reason and not only for their own training. That is prohibited.
# custom:
#   id: eu_ai_act.emotion_inference
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(f)", "AI Act Rec. 44"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.emotion_inference",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	inferring
	protected_here
	not medical_or_safety
	not own_training
	lib.in_force("eu_ai_act.emotion_inference")
}

# METADATA
# title: The exception is claimed, but not assured
# description: >-
#   Emotions are inferred for a medical or safety reason while results are used on the persons as staff or pupils,
#   or for their own training without an assurance that results are neither shared nor bear on their work. A person
#   has to judge.
# custom:
#   id: eu_ai_act.emotion_purpose_doubtful
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(f)"]
#   since: "2025-02-02"
#   confidence: medium
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.emotion_purpose_doubtful",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	inferring
	protected_here
	emotion_purpose_open
	lib.in_force("eu_ai_act.emotion_purpose_doubtful")
}

emotion_purpose_open if {
	medical_or_safety
	used_on_them
}

emotion_purpose_open if {
	own_training
	not own_training_assured
	not medical_or_safety
}

# METADATA
# title: Staff may be taken in
# description: >-
#   Emotions of customers or passers-by are inferred where staff work, and nothing assures that staff are left out.
#   The prohibition does not reach customers; it does reach staff.
# custom:
#   id: eu_ai_act.emotion_staff_nearby
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(f)"]
#   since: "2025-02-02"
#   confidence: medium
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.emotion_staff_nearby",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	inferring
	others_here
	not protected_here
	staff_may_be_taken_in
	lib.in_force("eu_ai_act.emotion_staff_nearby")
}

# METADATA
# title: Whose emotions are inferred is not said
# description: >-
#   Emotions are inferred, and the facts do not say of whom. At work and in education that is prohibited.
# custom:
#   id: eu_ai_act.emotion_persons_unknown
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(f)"]
#   since: "2025-02-02"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.emotion_persons_unknown",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	inferring
	not protected_here
	not others_here
	lib.in_force("eu_ai_act.emotion_persons_unknown")
}
