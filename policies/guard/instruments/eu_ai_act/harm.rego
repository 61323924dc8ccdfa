# AI Act Art. 5(1)(a), (b), (ba), (bb): techniques and content that harm persons.
package guard.instruments.eu_ai_act

import data.guard.lib

harm_possible if {
	not input.transfer.facts.significant_harm == false
	not outside_scope
}

# METADATA
# title: Behaviour is distorted by hidden or deceptive techniques
# description: >-
#   Subliminal, manipulative or deceptive techniques distort behaviour, and significant harm is not said to be
#   unlikely. That is prohibited.
# custom:
#   id: eu_ai_act.manipulation
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(a)"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.manipulation",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	input.transfer.facts.manipulates_behaviour == true
	harm_possible
	lib.in_force("eu_ai_act.manipulation")
}

# METADATA
# title: Vulnerabilities are exploited
# description: >-
#   Vulnerabilities of age, disability or a social or economic situation are exploited to distort behaviour, and
#   significant harm is not said to be unlikely. That is prohibited.
# custom:
#   id: eu_ai_act.vulnerability
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(b)"]
#   since: "2025-02-02"
#   confidence: high
#   source: Commission Guidelines C(2025) 5052 on prohibited AI practices (text not re-read)
barriers contains {
	"rule": "eu_ai_act.vulnerability",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	input.transfer.facts.exploits_vulnerability == true
	harm_possible
	lib.in_force("eu_ai_act.vulnerability")
}

# METADATA
# title: Intimate material without consent
# description: >-
#   The system generates or manipulates realistic intimate material of identifiable persons who did not consent.
#   That is prohibited from 2 December 2026.
# custom:
#   id: eu_ai_act.intimate_images
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(ba)", "Regulation (EU) 2026/1744"]
#   since: "2026-12-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
barriers contains {
	"rule": "eu_ai_act.intimate_images",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	input.transfer.facts.generates_intimate_images_without_consent == true
	not outside_scope
	lib.in_force("eu_ai_act.intimate_images")
}

# METADATA
# title: Child sexual abuse material
# description: >-
#   The system generates or manipulates child sexual abuse material. The AI Act prohibits it from 2 December 2026;
#   criminal law does so anyway.
# custom:
#   id: eu_ai_act.child_abuse_material
#   kind: barrier
#   cites: ["AI Act Art. 5(1)(bb)", "Regulation (EU) 2026/1744"]
#   since: "2026-12-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
barriers contains {
	"rule": "eu_ai_act.child_abuse_material",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": [],
	"confine": [],
} if {
	input.transfer.facts.generates_child_abuse_material == true
	not outside_scope
	lib.in_force("eu_ai_act.child_abuse_material")
}

# METADATA
# title: Prohibition of intimate and abuse material is coming
# description: >-
#   The AI Act prohibits intimate material without consent and child sexual abuse material from 2 December 2026.
#   Other law, criminal law above all, may forbid it today.
# custom:
#   id: eu_ai_act.content_ahead
#   kind: advice
#   cites: ["AI Act Art. 5(1)(ba)", "AI Act Art. 5(1)(bb)", "Regulation (EU) 2026/1744"]
#   since: "2024-08-01"
#   until: "2026-12-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.content_ahead", "instrument": "eu_ai_act"} if {
	harmful_content
	lib.in_force("eu_ai_act.content_ahead")
}

harmful_content if input.transfer.facts.generates_intimate_images_without_consent == true

harmful_content if input.transfer.facts.generates_child_abuse_material == true
