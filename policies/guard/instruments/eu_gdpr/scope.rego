# METADATA
# scope: package
# title: General Data Protection Regulation
# description: >-
#   Applies where the operator is established in the EEA, where persons in the EEA are offered goods or services or
#   are monitored, or where the data are in the EEA. Covered are: what is personal data (Art. 4, Rec. 26, AI models
#   under EDPB Opinion 28/2024), lawful basis, notice, minimisation, special categories, children and automated
#   decisions as far as facts are stated, the recipient's contract, and transfers to third countries (Chapter V with
#   EDPB Guidelines 05/2021, Recommendations 01/2020 and Guidelines 2/2018).
# custom:
#   cites: ["Regulation (EU) 2016/679"]
#   omits:
#     - "Art. 12, 15-21 (rights of the data subject, except the objection before training)"
#     - "Art. 25(2), 32-34 (security, breach notification)"
#     - "Art. 35-39 (impact assessment, data protection officer)"
#     - "Art. 85-91 (journalism, employment, research: national law)"
#     - "Art. 47 (content of binding corporate rules)"
#     - "national law under Art. 9(4), Art. 10 and Art. 22(2)(b)"
package guard.instruments.eu_gdpr

import data.guard.lib

# Something is stated at all: most transfers state nothing, and then no rule that reads facts is looked at further.
stated if count(input.transfer.facts) > 0

# What is personal here: what the operator calls anonymous counts only where nothing stated contradicts it, and a
# model counts as personal data where it may hold them (Rec. 26, EDPB Opinion 28/2024).
subjects contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
	not stated_anonymous(category)
}

subjects contains "data.model_weights" if {
	model_here
	model_personal
}

# Records are about nobody until the operator itself says that persons are in them. Nobody knows where in them those
# stand, so redacting what was found elsewhere does not take them out.
subjects contains category.id if {
	persons_stated
	some category in input.transfer.categories
	category.id in records
	category.treatment != "redact"
	not stated_anonymous(category)
}

records := {
	"data.core",
	"data.important",
	"data.industrial",
	"data.source_code",
	"data.technical",
	"organisation.record",
}

persons_stated if input.transfer.facts.derogation_claimed

persons_stated if input.transfer.facts.article49_ground_claimed == true

persons_stated if lib.declared("eu_gdpr.names_pseudonymised")

persons_stated if lib.declared("eu_gdpr.data_subjects_informed")

persons_stated if input.destination.counts.persons > 0

# The operator's word covers what it declares, never what a detector found in the text.
stated_anonymous(category) if {
	not category.found
	anonymised
}

anonymised if {
	claimed_anonymous
	not unproven
	not lib.belied
	not input.transfer.facts.new_personal_data_in_deployment == true
}

claimed_anonymous if input.transfer.facts.prior_treatment == "anonymised"

claimed_anonymous if {
	input.transfer.facts.anonymity_demonstrated == true
	input.transfer.facts.claimed_treatment == "anonymised"
}

claimed_anonymous if {
	input.transfer.facts.anonymity_demonstrated == true
	not model_here
	not input.transfer.facts.prior_treatment
	input.transfer.purpose != "training"
}

# Of a model that was shown to be anonymous: its weights, and what they were made of; not what it is fed with.
claimed_anonymous if {
	input.transfer.facts.anonymity_demonstrated == true
	model_here
	not input.transfer.facts.prior_treatment
	input.transfer.purpose == "storage"
}

claimed_anonymous if {
	input.transfer.facts.anonymity_demonstrated == true
	input.transfer.facts.new_personal_data_in_deployment == false
	input.transfer.purpose != "training"
}

unproven if input.transfer.facts.anonymity_demonstrated == false

unproven if input.transfer.facts.extraction_tests_done == false

unproven if input.transfer.facts.model_retains_personal_data == true

unproven if input.transfer.facts.recipient_means_of_reidentification == true

unproven if {
	input.transfer.facts.claimed_treatment == "anonymised"
	not input.transfer.facts.anonymity_demonstrated == true
}

model_here if {
	some category in input.transfer.categories
	category.id == "data.model_weights"
	category.treatment != "redact"
}

model_personal if unproven

# New data are processed when the model is used, so the Regulation applies to its use (scenario 3).
model_personal if input.transfer.facts.new_personal_data_in_deployment == true

model_personal if {
	training_doubtful
	not model_cleared
}

model_cleared if {
	input.transfer.facts.anonymity_demonstrated == true
	not unproven
}

model_cleared if {
	input.transfer.facts.model_retains_personal_data == false
	not unproven
}

training_doubtful if input.transfer.facts.training_lawful == false

training_doubtful if input.transfer.facts.training_lawful == "unknown_no_finding"

training_doubtful if input.transfer.facts.deployer_assessment_done == false

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, all of it has been redacted, or it was made anonymous and nothing
#   stated speaks against that. Anonymous information is outside the Regulation.
# custom:
#   id: eu_gdpr.no_personal_data
#   kind: exemption
#   cites: ["GDPR Art. 4(1)", "GDPR Rec. 26", "EDPB Opinion 28/2024"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.no_personal_data",
	"instrument": "eu_gdpr",
	"mechanism": "no_personal_data",
	"authority": "GDPR Rec. 26",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(subjects) == 0
	lib.in_force("eu_gdpr.no_personal_data")
}

# METADATA
# title: The Regulation does not apply to this controller
# description: >-
#   The operator has no establishment in the EEA and states that it neither offers goods or services to persons
#   there nor monitors them. The nationality or residence of its customers does not change that.
# custom:
#   id: eu_gdpr.outside_scope
#   kind: exemption
#   cites: ["GDPR Art. 3", "EDPB Guidelines 05/2021 example 3"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.outside_scope",
	"instrument": "eu_gdpr",
	"mechanism": "outside_scope",
	"authority": "GDPR Art. 3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	stated
	outside_scope
	lib.in_force("eu_gdpr.outside_scope")
}

outside_scope if {
	not_targeting
	not targeting
	not input.transfer.facts.controller_has_eu_establishment == true
	count(input.transfer.principal.establishment) > 0
	count(perhaps_at_home) == 0
	not at_rest_here
}

perhaps_at_home contains place if {
	some place in input.transfer.principal.establishment
	data.tables.territories.eu_gdpr[lib.country(place)]
}

perhaps_at_home contains "unknown" if "unknown" in input.transfer.principal.establishment

# Data that rest in the EEA are processed there by somebody: whoever says that the law is silent says too that
# it has no establishment there.
at_rest_here if {
	data.tables.territories.eu_gdpr[lib.country(input.transfer.origin)]
	not input.transfer.facts.controller_has_eu_establishment == false
	not lib.declared("eu_gdpr.no_establishment_here")
}

not_targeting if input.transfer.facts.art3_2 == false

not_targeting if input.transfer.facts.controller_art3_2 == false

not_targeting if input.transfer.facts.exporter_art3_2 == false

targeting if input.transfer.facts.art3_2 == true

targeting if input.transfer.facts.controller_art3_2 == true

targeting if input.transfer.facts.exporter_art3_2 == true

# METADATA
# title: Is the model anonymous?
# description: >-
#   A model goes out of hand and nothing is said of whether personal data can be got out of it. A model that was
#   trained on personal data is not anonymous as a matter of course: test it, and state the result.
# custom:
#   id: eu_gdpr.model_not_assessed
#   kind: advice
#   cites: ["EDPB Opinion 28/2024", "GDPR Rec. 26"]
#   since: "2024-12-17"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.model_not_assessed", "instrument": "eu_gdpr"} if {
	model_here
	not "data.model_weights" in subjects
	not model_cleared
	not anonymised
	lib.in_force("eu_gdpr.model_not_assessed")
}
