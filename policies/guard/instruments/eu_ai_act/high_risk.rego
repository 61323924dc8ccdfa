# AI Act Chapter III: which uses are high-risk by the facts, and what a high-risk use owes.
package guard.instruments.eu_ai_act

import data.guard.lib

# Points of Annex III that the facts describe, whatever use was declared.
points contains input.transfer.facts.annex_iii

# Art. 5(1)(f) and (g) leave systems that Annex III(1)(b) and (c) list.
points contains "1b" if {
	categorised
	not input.transfer.facts.deduces_sensitive == false
}

points contains "1c" if inferring

points contains "4a" if {
	judging_persons
	input.transfer.facts.affected_persons == "job_candidates"
}

points contains "4b" if {
	judging_persons
	input.transfer.facts.affected_persons == "employees"
}

points contains "5a" if {
	judging_persons
	input.transfer.facts.affected_persons == "welfare_recipients"
}

judging_persons if input.transfer.facts.profiling == true

judging_persons if input.transfer.facts.scoring == true

# Art. 113 as amended: each point from the date of its row.
points_due contains point if {
	some point in points
	data.tables.use_cases[concat("_", ["annex_iii", point])].eu_ai_act.from <= input.transfer.time
	not outside_scope
}

annex_i_due if {
	input.transfer.facts.annex_i_product == true
	data.tables.use_cases.annex_i_product.eu_ai_act.from <= input.transfer.time
	not outside_scope
}

listed if count(points_due) > 0

listed if high_risk

# Under high-risk rules today.
owing if {
	listed
	not relieved
	not legacy
}

owing if {
	annex_i_due
	not legacy
}

# By facts, whatever use was declared.
described if count(points_due) > 0

described if annex_i_due

# Art. 6(3): never where persons are profiled, and only with an assessment on file.
relieved if {
	lib.declared("eu_ai_act.not_high_risk_assessed")
	input.transfer.facts.profiling == false
}

# Art. 111(2): systems from before the rules stay outside them, those for public authorities until August 2030.
legacy if {
	input.transfer.facts.legacy_system == true
	not public_legacy_due
}

public_legacy_due if {
	not input.transfer.facts.public_authority == false
	lib.in_force("eu_ai_act.legacy_public_authority")
}

# METADATA
# title: A high-risk use, by its facts
# description: >-
#   The facts describe a use of Annex III or a product of Annex I whose rules apply today. It is permitted under
#   conditions.
# custom:
#   id: eu_ai_act.high_risk_by_facts
#   kind: permit
#   cites: ["AI Act Art. 6", "AI Act Annex I", "AI Act Annex III"]
#   since: "2024-08-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_ai_act.high_risk_by_facts",
	"instrument": "eu_ai_act",
	"mechanism": "high_risk_by_facts",
	"authority": "AI Act Art. 6",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	owing
	described
	lib.in_force("eu_ai_act.high_risk_by_facts")
}

# METADATA
# title: A listed use that is not high-risk
# description: >-
#   A condition of Art. 6(3) holds, no person is profiled, and the assessment is documented and registered.
# custom:
#   id: eu_ai_act.not_high_risk
#   kind: exemption
#   cites: ["AI Act Art. 6(3)", "AI Act Art. 6(4)"]
#   since: "2024-08-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_ai_act.not_high_risk",
	"instrument": "eu_ai_act",
	"mechanism": "not_high_risk",
	"authority": "AI Act Art. 6(3)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	listed
	relieved
	lib.in_force("eu_ai_act.not_high_risk")
}

# METADATA
# title: A system from before the high-risk rules
# description: >-
#   The system was on the market before the high-risk rules applied and has not changed significantly since.
# custom:
#   id: eu_ai_act.legacy_system
#   kind: exemption
#   cites: ["AI Act Art. 111(2)", "Regulation (EU) 2026/1744"]
#   since: "2024-08-01"
#   confidence: medium
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
permits contains {
	"rule": "eu_ai_act.legacy_system",
	"instrument": "eu_ai_act",
	"mechanism": "legacy_system",
	"authority": "AI Act Art. 111(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	listed
	legacy
	lib.in_force("eu_ai_act.legacy_system")
}

# METADATA
# title: Old systems of public authorities are under high-risk rules
# description: >-
#   From 2 August 2030 high-risk systems that public authorities use comply with the Act even if they were on the
#   market before its rules applied.
# custom:
#   id: eu_ai_act.legacy_public_authority
#   kind: advice
#   cites: ["AI Act Art. 111(2)"]
#   since: "2030-08-02"
#   confidence: high
#   source: https://raw.githubusercontent.com/ThomasMoreAI/legal-skills-open/main/eu/regulatory/skills/ai-act-compliance-clemensjl/references/timeline.md
advice contains {"rule": "eu_ai_act.legacy_public_authority", "instrument": "eu_ai_act"} if {
	input.transfer.facts.legacy_system == true
	not input.transfer.facts.public_authority == false
	lib.in_force("eu_ai_act.legacy_public_authority")
}

# METADATA
# title: A high-risk system without conformity
# description: >-
#   The system is high-risk, and evidence of its conformity is said to be missing. It must not be placed on the
#   market, put into service or used.
# custom:
#   id: eu_ai_act.conformity_lacking
#   kind: barrier
#   cites: ["AI Act Art. 16", "AI Act Art. 26(1)", "AI Act Art. 43"]
#   since: "2027-12-02"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.conformity_lacking",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["mechanism"],
	"confine": [],
} if {
	owing
	input.transfer.facts.conformity_evidence == false
	lib.in_force("eu_ai_act.conformity_lacking")
}

# METADATA
# title: Conformity of a high-risk system is not stated
# description: >-
#   The system is high-risk by its use, and neither its conformity nor an assessment under Art. 6(3) is stated. A
#   person has to judge whether it is high-risk and whether it conforms.
# custom:
#   id: eu_ai_act.conformity_unknown
#   kind: barrier
#   cites: ["AI Act Art. 6(3)", "AI Act Art. 6(4)", "AI Act Art. 26(1)", "AI Act Art. 43"]
#   since: "2027-12-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_ai_act.conformity_unknown",
	"instrument": "eu_ai_act",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	owing
	input.transfer.purpose == "inference"
	not conformity_stated
	lib.in_force("eu_ai_act.conformity_unknown")
}

conformity_stated if lib.declared("eu_ai_act.conformity_assessed")

conformity_stated if input.transfer.facts.conformity_evidence in {true, false}
