# AI Act Chapter V: providers of general-purpose models, and those who modify one.
package guard.instruments.eu_ai_act

import data.guard.lib

modifying if input.transfer.facts.principal_role == "modifier"

modifying if input.transfer.facts.compute_ratio >= 0

# More than a third of the compute of the original model makes the modifier a provider.
remaking if input.transfer.facts.compute_ratio * 3 > 1000000

model_provider if {
	remaking
	not outside_scope
}

model_provider if {
	input.transfer.facts.gpai_model == true
	not outside_scope
}

# Art. 111(3): models from before August 2025 have until August 2027.
model_owing if {
	model_provider
	not old_model
}

old_model if {
	input.transfer.facts.gpai_marketed_before_2025_08_02 == true
	not lib.in_force("eu_ai_act.older_models")
}

# Art. 51(2): above 10^25 FLOP.
systemic if {
	model_owing
	input.transfer.facts.training_compute_e20 > 100000
}

# METADATA
# title: A modification that makes no new provider
# description: >-
#   The modification took at most a third of the compute of the original model, so whoever made it is not the
#   provider of a general-purpose model.
# custom:
#   id: eu_ai_act.minor_modification
#   kind: exemption
#   cites: ["AI Act Rec. 109", "AI Act Art. 3(63)", "AI Act Art. 53"]
#   since: "2025-08-02"
#   confidence: medium
#   source: Commission Guidelines of 18 July 2025 on general-purpose AI models (text not re-read)
permits contains {
	"rule": "eu_ai_act.minor_modification",
	"instrument": "eu_ai_act",
	"mechanism": "minor_modification",
	"authority": "AI Act Rec. 109",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	modifying
	input.transfer.facts.compute_ratio * 3 <= 1000000
	lib.in_force("eu_ai_act.minor_modification")
}

# METADATA
# title: Provider of a general-purpose model
# description: >-
#   The operator provides a general-purpose model, or modified one with more than a third of its compute. That is
#   permitted with the documentation of Art. 53, after a modification limited to it.
# custom:
#   id: eu_ai_act.model_provider
#   kind: permit
#   cites: ["AI Act Art. 53(1)", "AI Act Rec. 109"]
#   since: "2025-08-02"
#   confidence: medium
#   source: Commission Guidelines of 18 July 2025 on general-purpose AI models (text not re-read)
permits contains {
	"rule": "eu_ai_act.model_provider",
	"instrument": "eu_ai_act",
	"mechanism": "model_provider",
	"authority": "AI Act Art. 53",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	model_owing
	lib.in_force("eu_ai_act.model_provider")
}

# METADATA
# title: How much a model was modified is not said
# description: >-
#   The operator modified a model, and the compute of the modification is not stated. Above a third of the original
#   the duties of a provider apply.
# custom:
#   id: eu_ai_act.modification_unknown
#   kind: barrier
#   cites: ["AI Act Rec. 109", "AI Act Art. 53"]
#   since: "2025-08-02"
#   confidence: medium
#   source: Commission Guidelines of 18 July 2025 on general-purpose AI models (text not re-read)
barriers contains {
	"rule": "eu_ai_act.modification_unknown",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	modifying
	not input.transfer.facts.compute_ratio
	not outside_scope
	lib.in_force("eu_ai_act.modification_unknown")
}

# METADATA
# title: A general-purpose model without documentation
# description: >-
#   The operator provides a general-purpose model, and the documentation of Art. 53 is said to be missing.
# custom:
#   id: eu_ai_act.model_documentation_lacking
#   kind: barrier
#   cites: ["AI Act Art. 53(1)"]
#   since: "2025-08-02"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.model_documentation_lacking",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["mechanism"],
	"confine": [],
} if {
	model_owing
	input.transfer.facts.conformity_evidence == false
	lib.in_force("eu_ai_act.model_documentation_lacking")
}

# METADATA
# title: Document the general-purpose model
# description: >-
#   Technical documentation, information for downstream providers, a copyright policy and a public summary of
#   training content are kept.
# custom:
#   id: eu_ai_act.model_documentation
#   kind: obligation
#   cites: ["AI Act Art. 53(1)"]
#   since: "2025-08-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "eu_ai_act.model_documentation",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.gpai_documentation",
} if {
	model_owing
	lib.in_force("eu_ai_act.model_documentation")
}

# METADATA
# title: Evaluate and secure a model with systemic risk
# description: >-
#   A model trained with more than 10^25 FLOP is presumed to pose systemic risk: it is notified, evaluated and
#   secured, and incidents are reported.
# custom:
#   id: eu_ai_act.systemic_risk
#   kind: obligation
#   cites: ["AI Act Art. 51(2)", "AI Act Art. 52", "AI Act Art. 55(1)"]
#   since: "2025-08-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "eu_ai_act.systemic_risk",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.systemic_risk_measures",
} if {
	systemic
	lib.in_force("eu_ai_act.systemic_risk")
}

# METADATA
# title: Models from before August 2025 are due
# description: >-
#   General-purpose models that were on the market before 2 August 2025 comply from 2 August 2027.
# custom:
#   id: eu_ai_act.older_models
#   kind: advice
#   cites: ["AI Act Art. 111(3)"]
#   since: "2027-08-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.older_models", "instrument": "eu_ai_act"} if {
	model_provider
	input.transfer.facts.gpai_marketed_before_2025_08_02 == true
	lib.in_force("eu_ai_act.older_models")
}
