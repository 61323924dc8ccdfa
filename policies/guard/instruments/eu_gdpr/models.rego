# AI models that were trained on personal data (EDPB Opinion 28/2024), and data collected from the web to train them.
package guard.instruments.eu_gdpr

import data.guard.lib

training_stated if is_boolean(input.transfer.facts.training_lawful)

training_stated if input.transfer.facts.training_lawful == "unknown_no_finding"

training_stated if is_boolean(input.transfer.facts.deployer_assessment_done)

training_stated if is_boolean(input.transfer.facts.model_retains_personal_data)

training_stated if is_boolean(input.transfer.facts.new_personal_data_in_deployment)

other_deployer if input.transfer.facts.deployer_same_as_developer == false

other_deployer if {
	is_boolean(input.transfer.facts.deployer_assessment_done)
	not input.transfer.facts.deployer_same_as_developer == true
}

# METADATA
# title: The model is not shown to be anonymous
# description: >-
#   The model is passed on or used as anonymous, but it was not shown, by tests against extraction among other things,
#   that personal data cannot be got out of it. The Regulation applies to it; what follows depends on the case.
# custom:
#   id: eu_gdpr.model_anonymity_review
#   kind: barrier
#   cites: ["EDPB Opinion 28/2024", "GDPR Rec. 26", "GDPR Art. 5(2)"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.model_anonymity_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "redact", "review"],
	"confine": [],
} if {
	stated
	model_here
	anonymity_open
	not origin_unassessed
	lib.in_force("eu_gdpr.model_anonymity_review")
}

anonymity_open if input.transfer.facts.anonymity_demonstrated == false

anonymity_open if input.transfer.facts.extraction_tests_done == false

anonymity_open if {
	called_anonymous
	not input.transfer.facts.anonymity_demonstrated == true
}

anonymity_open if {
	input.transfer.facts.anonymity_demonstrated == true
	unproven
}

# METADATA
# title: The training was unlawful
# description: >-
#   It is stated that the personal data were not processed lawfully in training, and training is what the data go
#   there for.
# custom:
#   id: eu_gdpr.unlawful_training
#   kind: barrier
#   cites: ["GDPR Art. 5(1)(a)", "GDPR Art. 6(1)", "EDPB Opinion 28/2024"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.unlawful_training",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "redact"],
	"confine": [],
} if {
	input.transfer.facts.training_lawful == false
	input.transfer.purpose == "training"
	count(subjects) > 0
	lib.in_force("eu_gdpr.unlawful_training")
}

# METADATA
# title: The origin of the model was not assessed
# description: >-
#   Somebody else trained the model, it may hold personal data, and the one who uses it has not assessed whether it was
#   developed by unlawful processing. Accountability asks for an appropriate assessment first.
# custom:
#   id: eu_gdpr.model_origin_not_assessed
#   kind: barrier
#   cites: ["EDPB Opinion 28/2024 scenario 2", "GDPR Art. 5(1)(a)", "GDPR Art. 5(2)", "GDPR Art. 6(1)"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.model_origin_not_assessed",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	stated
	origin_unassessed
	lib.in_force("eu_gdpr.model_origin_not_assessed")
}

origin_unassessed if {
	training_doubtful
	count(subjects) > 0
	input.transfer.purpose != "training"
	other_deployer
	not input.transfer.facts.deployer_assessment_done == true
	not input.transfer.facts.training_lawful == true
	not model_cleared
}

# METADATA
# title: A model from doubtful training is used
# description: >-
#   The model may hold personal data, and its training was unlawful or, for the developer itself, is not shown to be
#   lawful. Whether training and use are separate purposes, and what the breach means for the use, is weighed case by
#   case.
# custom:
#   id: eu_gdpr.doubtful_training_review
#   kind: barrier
#   cites: ["EDPB Opinion 28/2024 scenarios 1, 2", "GDPR Art. 6(1)"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.doubtful_training_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["redact", "review"],
	"confine": [],
} if {
	stated
	training_in_doubt_for_user
	count(subjects) > 0
	input.transfer.purpose != "training"
	not origin_unassessed
	not model_cleared
	lib.in_force("eu_gdpr.doubtful_training_review")
}

training_in_doubt_for_user if input.transfer.facts.training_lawful == false

training_in_doubt_for_user if {
	input.transfer.facts.training_lawful == "unknown_no_finding"
	not other_deployer
}

# METADATA
# title: The sources object to collection
# description: >-
#   Data are collected from sites that oppose it by technical means or by their terms, or that can be seen only by
#   those who log in. Persons do not reasonably expect that, and such sources are to be left out.
# custom:
#   id: eu_gdpr.sources_object
#   kind: barrier
#   cites: ["CNIL recommendation on web scraping for AI (2025)", "GDPR Art. 6(1)(f)", "GDPR Rec. 47"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.sources_object",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "redact"],
	"confine": [],
} if {
	stated
	sources_closed
	count(subjects) > 0
	lib.in_force("eu_gdpr.sources_object")
}

sources_closed if input.transfer.facts.site_exclusion_signal == true

sources_closed if input.transfer.facts.source_requires_account == true

# METADATA
# title: Collection from the web without the required measures
# description: >-
#   Personal data collected from the web are to train a model on the ground of legitimate interests. Criteria set
#   beforehand, exclusion of sensitive categories and deletion of what is irrelevant are not all declared, and it is not
#   stated that the balance was passed, so a person weighs it.
# custom:
#   id: eu_gdpr.web_collection_review
#   kind: barrier
#   cites: ["CNIL recommendation on web scraping for AI (2025)", "GDPR Art. 5(1)(c)", "GDPR Art. 6(1)(f)"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.web_collection_review",
	"instrument": "eu_gdpr",
	"categories": ["content.web"],
	"remedies": ["declare", "redact", "review"],
	"confine": [],
} if {
	stated
	interests
	"content.web" in subjects
	input.transfer.purpose == "training"
	count(measures_missing) > 0
	not input.transfer.facts.balancing_passed == true
	lib.in_force("eu_gdpr.web_collection_review")
}

measures_missing contains measure if {
	some measure in {
		"eu_gdpr.collection_criteria",
		"eu_gdpr.irrelevant_data_deleted",
		"eu_gdpr.sensitive_sources_excluded",
	}
	not lib.declared(measure)
}
