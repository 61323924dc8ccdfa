# AI Act: what the system is used for decides what it may do and what it owes.
package guard.instruments.eu_ai_act

import data.guard.lib

# What the table says of the declared use case. Undefined where it says nothing.
row := data.tables.use_cases[input.transfer.use_case].eu_ai_act

# The use case's own date has come: Art. 113 lets prohibitions and duties apply in steps.
dated if row.from <= input.transfer.time

prohibited if {
	row.status == "prohibited"
	dated
}

high_risk if {
	row.status == "high_risk"
	dated
}

graded if row.status in {"none", "high_risk", "prohibited"}

# METADATA
# title: The use case is neither prohibited nor high-risk
# description: The declared use of the system is none that the Act prohibits or puts under high-risk rules.
# custom:
#   id: eu_ai_act.ordinary_use
#   kind: permit
#   cites: ["AI Act Art. 5", "AI Act Art. 6"]
#   since: "2024-08-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_ai_act.ordinary_use",
	"instrument": "eu_ai_act",
	"mechanism": "ordinary_use",
	"authority": "AI Act Art. 6",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_ai_act.ordinary_use")
	row.status == "none"
}

# METADATA
# title: A high-risk use, under its conditions
# description: >-
#   High-risk systems may be used under conditions: data governance, logs, human oversight. Until the date on
#   which the high-risk rules apply there are none.
# custom:
#   id: eu_ai_act.high_risk_use
#   kind: permit
#   cites: ["AI Act Art. 6(2)", "AI Act Annex III", "Regulation (EU) 2026/1744"]
#   since: "2024-08-01"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
permits contains {
	"rule": "eu_ai_act.high_risk_use",
	"instrument": "eu_ai_act",
	"mechanism": "high_risk_conditions",
	"authority": "AI Act Annex III",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_ai_act.high_risk_use")
	row.status == "high_risk"
}

# METADATA
# title: The prohibition does not apply yet
# description: The practice will be prohibited from a later date than that of the transfer.
# custom:
#   id: eu_ai_act.not_yet_prohibited
#   kind: permit
#   cites: ["AI Act Art. 113(a)", "Regulation (EU) 2026/1744"]
#   since: "2024-08-01"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
permits contains {
	"rule": "eu_ai_act.not_yet_prohibited",
	"instrument": "eu_ai_act",
	"mechanism": "not_yet_prohibited",
	"authority": "AI Act Art. 113(a)",
	"valid_until": row.from,
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_ai_act.not_yet_prohibited")
	row.status == "prohibited"
	input.transfer.time < row.from
}

# METADATA
# title: A prohibited practice
# description: >-
#   The declared use is one of the practices that the Act prohibits: manipulation, exploiting vulnerabilities,
#   social scoring, predicting crime from profiling, untargeted scraping of faces, inferring emotions at work or
#   school, sensitive biometric categorisation, real-time remote identification, and from December 2026
#   intimate images without consent and child abuse material. No treatment of the data changes that.
# custom:
#   id: eu_ai_act.prohibited_practice
#   kind: barrier
#   cites: ["AI Act Art. 5(1)"]
#   since: "2025-02-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
barriers contains {
	"rule": "eu_ai_act.prohibited_practice",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	lib.in_force("eu_ai_act.prohibited_practice")
	prohibited
}

# METADATA
# title: The use case is not known
# description: >-
#   Whether the Act prohibits a use or puts it under high-risk rules depends on what the system is for. Declare
#   the use case.
# custom:
#   id: eu_ai_act.use_case_unknown
#   kind: barrier
#   cites: ["AI Act Art. 5(1)", "AI Act Art. 6(2)", "AI Act Art. 26(1)"]
#   since: "2025-02-02"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.use_case_unknown",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	lib.in_force("eu_ai_act.use_case_unknown")
	not graded
}

# METADATA
# title: High-risk rules are coming for this use
# description: >-
#   The use is listed as high-risk. Data governance, logs and human oversight will be due from the date of
#   application.
# custom:
#   id: eu_ai_act.high_risk_ahead
#   kind: advice
#   cites: ["AI Act Art. 113", "Regulation (EU) 2026/1744"]
#   since: "2024-08-01"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.high_risk_ahead", "instrument": "eu_ai_act"} if {
	lib.in_force("eu_ai_act.high_risk_ahead")
	row.status == "high_risk"
	not dated
}
