# AI Basic Act: high-impact AI, generative AI, and AI of high performance.

# METADATA
# scope: package
# title: Korean Framework Act on Artificial Intelligence (AI Basic Act)
# description: >-
#   Applies to who is established in Korea and develops or uses AI in business, and to acts abroad that affect users
#   in Korea (Art. 4), from 22 January 2026. Covered: notice and labels (Art. 31), safety from 10^26 FLOP (Art. 32),
#   high-impact AI (Art. 33 and 34) and the domestic representative (Art. 36). Neither the Act nor its decree was
#   read in the original, and published pages on it carry corrupted figures.
# custom:
#   cites: ["Act No. 20676"]
#   omits:
#     - "Art. 35: impact assessment, which operators endeavour to make"
#     - "Art. 4(2): national defence and security"
#     - "Enforcement Decree: how notices and labels are made, exceptions for internal use"
#     - "Art. 42 and 43: penalties and the period in which none is imposed"
package guard.instruments.kr_ai

import data.guard.lib

# What the table says of the declared use. Undefined where it says nothing.
row := data.tables.use_cases[input.transfer.use_case].kr_ai

# The operator's own review under Art. 33 counts; a use that the table lists stays high-impact until a person agrees.
high_impact if input.transfer.facts.high_impact == true

high_impact if row.status == "high_risk"

ordinary if {
	row.status == "none"
	not high_impact
}

ordinary if {
	input.transfer.facts.high_impact == false
	not high_impact
}

# METADATA
# title: The use is not high-impact
# description: >-
#   The use is not among those of Art. 2(4), or was reviewed and found not to be high-impact.
# custom:
#   id: kr_ai.ordinary_use
#   kind: exemption
#   cites: ["AI Basic Act Art. 2(4)", "AI Basic Act Art. 33"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
permits contains {
	"rule": "kr_ai.ordinary_use",
	"instrument": "kr_ai",
	"mechanism": "ordinary_use",
	"authority": "AI Basic Act Art. 33",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	ordinary
	lib.in_force("kr_ai.ordinary_use")
}

# METADATA
# title: A high-impact use, under its conditions
# description: >-
#   High-impact AI may be used under conditions: risk management, explanation, protection of users, supervision by
#   people, documents, and notice.
# custom:
#   id: kr_ai.high_impact_use
#   kind: permit
#   cites: ["AI Basic Act Art. 33", "AI Basic Act Art. 34"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
permits contains {
	"rule": "kr_ai.high_impact_use",
	"instrument": "kr_ai",
	"mechanism": "high_impact_use",
	"authority": "AI Basic Act Art. 34",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	high_impact
	lib.in_force("kr_ai.high_impact_use")
}

# METADATA
# title: Whether the use is high-impact is not said
# description: >-
#   Neither the declared use nor a review under Art. 33 says whether the system is high-impact. Declare the use, or
#   state the result of the review.
# custom:
#   id: kr_ai.use_unknown
#   kind: barrier
#   cites: ["AI Basic Act Art. 2(4)", "AI Basic Act Art. 33"]
#   since: "2026-01-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_ai.use_unknown",
	"instrument": "kr_ai",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	not high_impact
	not ordinary
	lib.in_force("kr_ai.use_unknown")
}

# METADATA
# title: A listed use is said not to be high-impact
# description: >-
#   The use is listed as high-impact, and the review is said to have found otherwise. A person judges, and may ask
#   the ministry to confirm.
# custom:
#   id: kr_ai.impact_contested
#   kind: barrier
#   cites: ["AI Basic Act Art. 33"]
#   since: "2026-01-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_ai.impact_contested",
	"instrument": "kr_ai",
	"categories": [],
	"remedies": ["review"],
	"confine": [],
} if {
	row.status == "high_risk"
	input.transfer.facts.high_impact == false
	lib.in_force("kr_ai.impact_contested")
}

# METADATA
# title: No representative in Korea
# description: >-
#   The operator has no establishment in Korea, reaches one of the thresholds, and has not designated a
#   representative there.
# custom:
#   id: kr_ai.domestic_representative
#   kind: barrier
#   cites: ["AI Basic Act Art. 36"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
barriers contains {
	"rule": "kr_ai.domestic_representative",
	"instrument": "kr_ai",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	input.transfer.facts.kr_thresholds_met == true
	not established_in_korea
	not lib.declared("kr_ai.domestic_representative")
	lib.in_force("kr_ai.domestic_representative")
}

established_in_korea if {
	some place in input.transfer.principal.establishment
	lib.country(place) == "KR"
}

# METADATA
# title: Tell users beforehand
# description: >-
#   Users are told beforehand that a product or service is run by high-impact or generative AI.
# custom:
#   id: kr_ai.user_notice
#   kind: obligation
#   cites: ["AI Basic Act Art. 31(1)"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
obligations contains {
	"do": "notice",
	"rule": "kr_ai.user_notice",
	"instrument": "kr_ai",
	"days": 0,
	"declaration": "kr_ai.user_notice",
} if {
	input.transfer.purpose == "inference"
	notified_use
	lib.in_force("kr_ai.user_notice")
}

notified_use if high_impact

notified_use if input.transfer.facts.generates_content == true

# METADATA
# title: Label generated content
# description: >-
#   Output of generative AI is labelled as such, and clearly where it is hard to tell from reality.
# custom:
#   id: kr_ai.output_label
#   kind: obligation
#   cites: ["AI Basic Act Art. 31(2)", "AI Basic Act Art. 31(3)"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
obligations contains {
	"do": "mark_output",
	"rule": "kr_ai.output_label",
	"instrument": "kr_ai",
	"days": 0,
	"declaration": "kr_ai.output_labelled",
} if {
	input.transfer.purpose == "inference"
	input.transfer.facts.generates_content == true
	lib.in_force("kr_ai.output_label")
}

# METADATA
# title: Manage high-impact AI
# description: >-
#   Risk management, explanation, protection of users, supervision by people and documents are in place.
# custom:
#   id: kr_ai.high_impact_measures
#   kind: obligation
#   cites: ["AI Basic Act Art. 34(1)"]
#   since: "2026-01-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "human_oversight",
	"rule": "kr_ai.high_impact_measures",
	"instrument": "kr_ai",
	"days": 0,
	"declaration": "kr_ai.high_impact_measures",
} if {
	high_impact
	lib.in_force("kr_ai.high_impact_measures")
}

# METADATA
# title: Keep high-performance AI safe
# description: >-
#   Of AI trained with 10^26 FLOP or more, risks are identified, assessed and mitigated, incidents are watched, and
#   the results submitted.
# custom:
#   id: kr_ai.safety
#   kind: obligation
#   cites: ["AI Basic Act Art. 32"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
obligations contains {
	"do": "keep_record",
	"rule": "kr_ai.safety",
	"instrument": "kr_ai",
	"days": 0,
	"declaration": "kr_ai.safety_measures",
} if {
	input.transfer.facts.training_compute_e20 >= 1000000
	lib.in_force("kr_ai.safety")
}

# METADATA
# title: Notice and labels for generative AI
# description: >-
#   Where the output is generated content for others, state it: users are told beforehand, and output is labelled.
# custom:
#   id: kr_ai.transparency
#   kind: advice
#   cites: ["AI Basic Act Art. 31"]
#   since: "2026-01-22"
#   confidence: medium
#   source: https://algeriatech.news/south-korea-ai-basic-act-enforcement-decree-high-impact-2026/ (secondary; the Act was not read)
advice contains {"rule": "kr_ai.transparency", "instrument": "kr_ai"} if {
	input.transfer.purpose == "inference"
	not input.transfer.facts.generates_content == true
	not input.transfer.facts.generates_content == false
	lib.in_force("kr_ai.transparency")
}
