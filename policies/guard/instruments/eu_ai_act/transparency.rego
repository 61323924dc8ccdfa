# AI Act Chapter IV: what people are told, from 2 August 2026.
package guard.instruments.eu_ai_act

import data.guard.lib

# METADATA
# title: Mark what the system generates
# description: >-
#   Text, sound, images and video that a system generates are marked in a machine-readable way by its provider, and
#   people are told when they deal with a machine.
# custom:
#   id: eu_ai_act.output_marking
#   kind: advice
#   cites: ["AI Act Art. 50(1)", "AI Act Art. 50(2)"]
#   since: "2026-08-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.output_marking", "instrument": "eu_ai_act"} if {
	input.transfer.purpose == "inference"
	lib.in_force("eu_ai_act.output_marking")
}

# METADATA
# title: Tell people that they deal with a machine
# description: >-
#   The system interacts directly with natural persons to whom this is not obvious; they are told.
# custom:
#   id: eu_ai_act.interaction_notice
#   kind: obligation
#   cites: ["AI Act Art. 50(1)"]
#   since: "2026-08-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "eu_ai_act.interaction_notice",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.interaction_disclosed",
} if {
	input.transfer.facts.interacts_with_people == true
	not outside_scope
	lib.in_force("eu_ai_act.interaction_notice")
}

# METADATA
# title: Mark generated output
# description: >-
#   The provider of a system that generates content marks it in a machine-readable format.
# custom:
#   id: eu_ai_act.mark_output
#   kind: obligation
#   cites: ["AI Act Art. 50(2)"]
#   since: "2026-08-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
obligations contains {
	"do": "mark_output",
	"rule": "eu_ai_act.mark_output",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.output_marked",
} if {
	generating
	not input.transfer.facts.marketed_before_2026_08_02 == true
	lib.in_force("eu_ai_act.mark_output")
}

# METADATA
# title: Mark the output of older systems
# description: >-
#   Systems that generate content and were on the market before 2 August 2026 mark it from 2 December 2026.
# custom:
#   id: eu_ai_act.mark_output_of_older_systems
#   kind: obligation
#   cites: ["AI Act Art. 50(2)", "AI Act Art. 111(4)", "Regulation (EU) 2026/1744"]
#   since: "2026-12-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
obligations contains {
	"do": "mark_output",
	"rule": "eu_ai_act.mark_output_of_older_systems",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.output_marked",
} if {
	generating
	input.transfer.facts.marketed_before_2026_08_02 == true
	lib.in_force("eu_ai_act.mark_output_of_older_systems")
}

generating if {
	input.transfer.facts.generates_content == true
	providing
	not outside_scope
}

providing if input.transfer.principal.role == "provider"

providing if input.transfer.facts.principal_role in {"modifier", "provider"}

# METADATA
# title: Tell persons whose emotions or categories are read
# description: >-
#   Persons exposed to emotion recognition or biometric categorisation that is not prohibited are told of it.
# custom:
#   id: eu_ai_act.exposure_notice
#   kind: obligation
#   cites: ["AI Act Art. 50(3)"]
#   since: "2026-08-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "eu_ai_act.exposure_notice",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.exposed_persons_informed",
} if {
	exposed
	lib.in_force("eu_ai_act.exposure_notice")
}

exposed if inferring

exposed if categorised

# METADATA
# title: Disclose deep fakes
# description: >-
#   Whoever uses a system to make deep fakes, or text published on matters of public interest without human review,
#   discloses it.
# custom:
#   id: eu_ai_act.deep_fake_notice
#   kind: obligation
#   cites: ["AI Act Art. 50(4)"]
#   since: "2026-08-02"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "eu_ai_act.deep_fake_notice",
	"instrument": "eu_ai_act",
	"days": 0,
	"declaration": "eu_ai_act.deep_fake_disclosed",
} if {
	input.transfer.facts.deep_fake == true
	not outside_scope
	lib.in_force("eu_ai_act.deep_fake_notice")
}
