# 15 CFR Parts 730 to 774: may the weights of a model leave the United States?

# METADATA
# scope: package
# title: Export Administration Regulations, for the weights of models
# description: >-
#   Applies when the weights of a model are declared and the operator or the weights are in the United States.
#   Published weights are not subject to the regulations. The rescission of the AI diffusion rule was announced on
#   13 May 2025 and its control on closed weights (ECCN 4E091) is not enforced; whether it was formally removed is
#   not verified, so what is said here of closed weights is weak: ask whoever is responsible for export control.
# custom:
#   cites: ["15 CFR Parts 730-774"]
#   omits:
#     - "Chips and computers (ECCN 3A090, 4A090) and the thresholds of performance"
#     - "Remote access to computing power, on which there is only a bill"
#     - "Deemed exports to foreign nationals in the United States (15 CFR 734.13(a)(2))"
#     - "Lists of persons (15 CFR 744, Supplements 4 to 7) and end-use controls"
#     - "Sanctions of the Office of Foreign Assets Control"
package guard.instruments.us_bis

import data.guard.lib

united_states := {"US", "AS", "GU", "MP", "PR", "UM", "VI"}

# Country groups D:1, D:4 and D:5 of 15 CFR 740 Supplement 1, with Hong Kong as part of China.
groups_d := {
	"AE", "AF", "AM", "AZ", "BH", "BY", "CD", "CF", "CN", "CU", "CY", "EG", "ER", "GE", "HK", "HT", "IL", "IQ", "IR",
	"JO", "KG", "KH", "KP", "KW", "KZ", "LA", "LB", "LY", "MD", "MM", "MN", "MO", "NI", "OM", "PK", "QA", "RU", "SA",
	"SD", "SO", "SS", "SY", "TJ", "TM", "UZ", "VE", "VN", "YE", "ZW",
}

# Embargoed, or under comprehensive licence requirements (15 CFR 746).
embargoed := {"BY", "CU", "IR", "KP", "RU", "SY"}

weights contains category.id if {
	some category in input.transfer.categories
	category.id == "data.model_weights"
	category.treatment != "redact"
}

published if input.transfer.facts.weights_published == true

destinations contains place if some place in lib.places

destinations contains lib.country(input.destination.operator)

destinations contains lib.country(input.destination.parent)

abroad := destinations - united_states

exported if {
	count(weights) > 0
	not published
	count(abroad) > 0
	not lib.stays
}

licensed if {
	lib.in_force("us_bis.authorised")
	exported
	lib.on_file("bis_export_authorisation")
}

classified if {
	lib.in_force("us_bis.classified")
	exported
	lib.on_file("bis_classified_uncontrolled")
	count(abroad & embargoed) == 0
	count(unnamed) == 0
}

# Sets of countries and places that nobody names may hold a country of the groups.
unnamed contains place if {
	some place in abroad
	count(place) != 2
	not place in {"EEA", "EU"}
}

watched if count(abroad & groups_d) > 0

watched if count(unnamed) > 0

# METADATA
# title: Nothing is exported
# description: There are no weights in the transfer, or they stay in the United States with those who are there.
# custom:
#   id: us_bis.no_export
#   kind: exemption
#   cites: ["15 CFR 734.13"]
#   since: "1996-03-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_bis.no_export",
	"instrument": "us_bis",
	"mechanism": "within_territory",
	"authority": "15 CFR 734.13",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_bis.no_export")
	not exported
	not published
}

# METADATA
# title: The weights are published
# description: The operator states that the weights are available to the public without restriction.
# custom:
#   id: us_bis.published
#   kind: exemption
#   cites: ["15 CFR 734.7"]
#   since: "1996-03-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_bis.published",
	"instrument": "us_bis",
	"mechanism": "out_of_scope",
	"authority": "15 CFR 734.7",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_bis.published")
	published
}

# METADATA
# title: A licence or licence exception is on file
# description: The export of these weights to this recipient is licensed or falls under a licence exception.
# custom:
#   id: us_bis.authorised
#   kind: permit
#   cites: ["15 CFR 736.2", "15 CFR 740", "15 CFR 748"]
#   since: "1996-03-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_bis.authorised",
	"instrument": "us_bis",
	"mechanism": "export_licence",
	"authority": "15 CFR 736.2",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	licensed
}

# METADATA
# title: Classified as not controlled to this destination
# description: >-
#   The weights were classified, and neither the control list nor end use nor end user requires a licence there. Not
#   for embargoed destinations, nor for places that nobody names.
# custom:
#   id: us_bis.classified
#   kind: permit
#   cites: ["15 CFR 732.3", "15 CFR 774"]
#   since: "1996-03-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_bis.classified",
	"instrument": "us_bis",
	"mechanism": "classification",
	"authority": "15 CFR 732.3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	classified
}

# METADATA
# title: Claimed to be open to this destination
# description: >-
#   Closed weights leave the United States without licence or classification on file. The control on them is not
#   enforced and may be gone; for destinations of concern the rule on the review stands beside this one.
# custom:
#   id: us_bis.claimed
#   kind: permit
#   cites: ["15 CFR 774"]
#   since: "2025-05-13"
#   confidence: low
#   source: https://www.akingump.com/en/insights/ai-law-and-regulation-tracker/bis-rescinds-ai-diffusion-rule-and-issues-new-guidance
permits contains {
	"rule": "us_bis.claimed",
	"instrument": "us_bis",
	"mechanism": "individual_assessment",
	"authority": "15 CFR 774",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	lib.in_force("us_bis.claimed")
	exported
	not licensed
	not classified
	count(abroad & embargoed) == 0
}

# METADATA
# title: Closed weights to a destination of concern
# description: >-
#   Closed weights would reach a country of the groups D:1, D:4 or D:5, a recipient whose operator or parent is
#   there, or a place that nobody names. A person looks at classification, end use and end user.
# custom:
#   id: us_bis.review
#   kind: barrier
#   cites: ["15 CFR 740 Supplement 1", "15 CFR 744", "15 CFR 774"]
#   since: "1996-03-25"
#   confidence: low
#   source: https://www.akingump.com/en/insights/ai-law-and-regulation-tracker/bis-rescinds-ai-diffusion-rule-and-issues-new-guidance
barriers contains {
	"rule": "us_bis.review",
	"instrument": "us_bis",
	"categories": sort(weights),
	"remedies": ["declare", "mechanism", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("us_bis.review")
	exported
	watched
	not licensed
	not classified
}

# METADATA
# title: Closed weights to an embargoed destination
# description: Technology goes to these countries, or to whoever belongs there, only with a licence.
# custom:
#   id: us_bis.embargo
#   kind: barrier
#   cites: ["15 CFR 746"]
#   since: "1996-03-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_bis.embargo",
	"instrument": "us_bis",
	"categories": sort(weights),
	"remedies": ["mechanism", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_bis.embargo")
	exported
	count(abroad & embargoed) > 0
	not licensed
}

# METADATA
# title: Records of the export are kept for five years
# description: Whoever exports keeps the records of the export for five years.
# custom:
#   id: us_bis.records
#   kind: obligation
#   cites: ["15 CFR 762.6"]
#   since: "1996-03-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "us_bis.records",
	"instrument": "us_bis",
	"days": 1827,
	"declaration": "none",
} if {
	lib.in_force("us_bis.records")
	exported
}
