# AI Act Chapter IV: what people are told.
package guard.instruments.eu_ai_act

import data.guard.lib

# METADATA
# title: Mark what the system generates
# description: >-
#   Text, sound, images and video that a system generates are marked in a machine-readable way by its provider,
#   and people are told when they deal with a machine.
# custom:
#   id: eu_ai_act.output_marking
#   kind: advice
#   cites: ["AI Act Art. 50(1)", "AI Act Art. 50(2)"]
#   since: "2026-08-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.output_marking", "instrument": "eu_ai_act"} if {
	lib.in_force("eu_ai_act.output_marking")
	input.transfer.purpose == "inference"
}
