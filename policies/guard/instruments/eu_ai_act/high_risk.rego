# AI Act Chapter III: what a high-risk use owes.
package guard.instruments.eu_ai_act

import data.guard.lib

# METADATA
# title: No data governance record for a high-risk system
# description: >-
#   Data sets for training, validating and testing a high-risk system need documented governance: origin,
#   original purpose, preparation, assumptions, gaps and examination for bias.
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
	lib.in_force("eu_ai_act.data_governance")
	high_risk
	input.transfer.purpose in {"evaluation", "training"}
	not lib.declared("eu_ai_act.data_governance_record")
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
	lib.in_force("eu_ai_act.log_retention")
	high_risk
}

# METADATA
# title: A person oversees the high-risk system
# description: >-
#   A high-risk system is overseen by people who understand it and can intervene. The operator declares that
#   this oversight is in place.
# custom:
#   id: eu_ai_act.human_oversight
#   kind: obligation
#   cites: ["AI Act Art. 14", "AI Act Art. 26(2)"]
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
	lib.in_force("eu_ai_act.human_oversight")
	high_risk
	input.transfer.purpose == "inference"
}
