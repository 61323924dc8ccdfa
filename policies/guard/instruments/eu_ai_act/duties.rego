# AI Act Art. 10, 12, 14, 19, 26 and 27: what is owed for a high-risk system.
package guard.instruments.eu_ai_act

import data.guard.lib

# METADATA
# title: No data governance record for a high-risk system
# description: >-
#   Data sets for training, validating and testing a high-risk system need documented governance: origin, original
#   purpose, preparation, assumptions, gaps and examination for bias.
# custom:
#   id: eu_ai_act.data_governance
#   kind: barrier
#   cites: ["AI Act Art. 10(2)", "AI Act Art. 10(3)"]
#   since: "2027-12-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
barriers contains {
	"rule": "eu_ai_act.data_governance",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	owing
	input.transfer.purpose in {"evaluation", "training"}
	not lib.declared("eu_ai_act.data_governance_record")
	not input.transfer.facts.conformity_evidence == true
	lib.in_force("eu_ai_act.data_governance")
}

# METADATA
# title: Keep the logs for six months
# description: >-
#   The automatic logs of a high-risk system are kept for at least six months, unless data protection law says
#   otherwise; 183 days cover every six months.
# custom:
#   id: eu_ai_act.log_retention
#   kind: obligation
#   cites: ["AI Act Art. 12", "AI Act Art. 19(1)", "AI Act Art. 26(6)"]
#   since: "2027-12-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "retain_log",
	"rule": "eu_ai_act.log_retention",
	"instrument": "eu_ai_act",
	"days": 183,
	"declaration": "none",
} if {
	owing
	lib.in_force("eu_ai_act.log_retention")
}

# METADATA
# title: A person oversees the high-risk system
# description: >-
#   A high-risk system is overseen by people who understand it and can intervene. The operator declares that this
#   oversight is in place.
# custom:
#   id: eu_ai_act.human_oversight
#   kind: obligation
#   cites: ["AI Act Art. 13", "AI Act Art. 14", "AI Act Art. 26(2)"]
#   since: "2027-12-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "human_oversight",
	"rule": "eu_ai_act.human_oversight",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.human_oversight",
} if {
	owing
	input.transfer.purpose == "inference"
	lib.in_force("eu_ai_act.human_oversight")
}

# METADATA
# title: Tell persons of the high-risk system
# description: >-
#   Workers and their representatives are told before a high-risk system is used at work, and natural persons about
#   whom a system of Annex III makes or assists decisions are told as well.
# custom:
#   id: eu_ai_act.persons_informed
#   kind: obligation
#   cites: ["AI Act Art. 26(7)", "AI Act Art. 26(11)"]
#   since: "2027-12-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "eu_ai_act.persons_informed",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.persons_informed",
} if {
	owing
	input.transfer.purpose == "inference"
	lib.in_force("eu_ai_act.persons_informed")
}

# METADATA
# title: Assess the impact on fundamental rights
# description: >-
#   Public bodies, private bodies that provide public services, and whoever scores credit or prices life and health
#   insurance assess the impact on fundamental rights before the first use.
# custom:
#   id: eu_ai_act.rights_assessment
#   kind: obligation
#   cites: ["AI Act Art. 27"]
#   since: "2027-12-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "eu_ai_act.rights_assessment",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.rights_assessment",
} if {
	owing
	input.transfer.purpose == "inference"
	rights_at_stake
	lib.in_force("eu_ai_act.rights_assessment")
}

rights_at_stake if input.transfer.facts.public_authority == true

rights_at_stake if points_due & {"5b", "5c"} != set()

rights_at_stake if {
	high_risk
	input.transfer.use_case in {"annex_iii_5b", "annex_iii_5c", "essential_services_credit_insurance_benefits"}
}

# METADATA
# title: Staff know what they do with the system
# description: >-
#   Providers and deployers take measures so that those who run a system that is or will be high-risk are
#   sufficiently literate in AI.
# custom:
#   id: eu_ai_act.literacy
#   kind: advice
#   cites: ["AI Act Art. 4"]
#   since: "2025-02-02"
#   confidence: medium
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.literacy", "instrument": "eu_ai_act"} if {
	listed_ever
	lib.in_force("eu_ai_act.literacy")
}

# METADATA
# title: Use the provider's information for the impact assessment
# description: >-
#   Deployers of a high-risk system use the information under Art. 13 where data protection law asks for an impact
#   assessment.
# custom:
#   id: eu_ai_act.impact_assessment
#   kind: advice
#   cites: ["AI Act Art. 26(9)", "GDPR Art. 35"]
#   since: "2027-12-02"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_ai_act.impact_assessment", "instrument": "eu_ai_act"} if {
	owing
	count(lib.personal) > 0
	lib.in_force("eu_ai_act.impact_assessment")
}

listed_ever if row.status == "high_risk"

listed_ever if count(points) > 0
