# AI Act: what the system is used for decides what it may do and what it owes.

# METADATA
# scope: package
# title: EU Artificial Intelligence Act
# description: >-
#   Applies to who is established in the Union and uses or provides AI, and to output that is used in the Union
#   (Art. 2(1)), wherever the destination is. Covered: the prohibited practices of Art. 5 with their exceptions,
#   high-risk uses of Annex III and Annex I with Art. 6(3), bias work (Art. 4a), data governance, logs, oversight and
#   information, transparency (Art. 50), general-purpose models and their modification (Art. 51 to 55), each from
#   the date that Regulation (EU) 2026/1744 sets.
# custom:
#   cites: ["Regulation (EU) 2024/1689", "Regulation (EU) 2026/1744"]
#   omits:
#     - "Art. 9, 11, 15 and 17: risk management, technical documentation, robustness, quality management"
#     - "Art. 23 and 24: importers and distributors"
#     - "Art. 2(8), (10): testing before marketing, purely personal use"
#     - "Art. 57 to 61: regulatory sandboxes and real-world testing"
#     - "Art. 3(68), Art. 51(1)(b): designation of models by the Commission"
#     - "Guidelines on high-risk classification: not read"
package guard.instruments.eu_ai_act

import data.guard.lib

# What the table says of the declared use case. Undefined where it says nothing.
row := data.tables.use_cases[input.transfer.use_case].eu_ai_act

# The use case's own date has come: Art. 113 lets prohibitions and duties apply in steps.
dated if row.from <= input.transfer.time

prohibited if {
	row.status == "prohibited"
	dated
	not outside_scope
}

high_risk if {
	row.status == "high_risk"
	dated
	not outside_scope
}

graded if row.status in {"none", "high_risk", "prohibited"}

# Art. 2(3) and (6) take these wholly out of the Regulation, prohibitions included.
outside_scope if {
	input.transfer.facts.military_or_national_security_only == true
	not marketed
}

outside_scope if {
	input.transfer.facts.scientific_research_only == true
	not marketed
}

# What is placed on the market for anybody serves no single purpose.
marketed if input.transfer.facts.gpai_model == true

# METADATA
# title: Outside the Regulation
# description: >-
#   The system serves exclusively military, defence or national security purposes, or was developed and put into
#   service for the sole purpose of scientific research and development.
# custom:
#   id: eu_ai_act.outside_scope
#   kind: exemption
#   cites: ["AI Act Art. 2(3)", "AI Act Art. 2(6)"]
#   since: "2024-08-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_ai_act.outside_scope",
	"instrument": "eu_ai_act",
	"mechanism": "outside_scope",
	"authority": "AI Act Art. 2",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("eu_ai_act.outside_scope")
	outside_scope
}

# METADATA
# title: The declared use is neither prohibited nor high-risk
# description: >-
#   The declared use of the system is none that the Act prohibits or puts under high-risk rules; where none was
#   declared, general use is assumed. What facts say beyond that is judged by rules of its own.
# custom:
#   id: eu_ai_act.ordinary_use
#   kind: exemption
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
#   kind: exemption
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
	not outside_scope
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
