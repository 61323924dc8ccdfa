# Colorado SB 26-189: technology that materially influences a consequential decision about a consumer.

# METADATA
# scope: package
# title: Colorado Automated Decision-Making Technology Act
# description: >-
#   Applies from 1 January 2027 to developers and deployers who do business in Colorado and to decisions about
#   consumers there. Covered: notice, the process after an adverse outcome, human review, records, and the developer's
#   documentation. The Act was read only in summaries, and the Attorney General's rules were not out.
# custom:
#   cites: ["Colorado SB 26-189 (2026), repealing and re-enacting SB 24-205"]
#   omits:
#     - "Exemptions by sector, size and federal law"
#     - "Rules of the Attorney General, due by 31 December 2026"
#     - "Notice of the use to consumers in other languages and formats"
#     - "Cure period and enforcement"
package guard.instruments.us_co

import data.guard.lib

# What the table says of the declared use. Undefined where it says nothing.
row := data.tables.use_cases[input.transfer.use_case].us_co

# A covered technology: a consequential decision that its output materially influences, unless that is denied.
covered if {
	consequential
	not input.transfer.facts.materially_influences == false
}

consequential if input.transfer.facts.consequential_decision == true

consequential if {
	row.status == "high_risk"
	not input.transfer.facts.consequential_decision == false
}

uncovered if input.transfer.facts.consequential_decision == false

uncovered if input.transfer.facts.materially_influences == false

uncovered if {
	row.status == "none"
	not consequential
}

# METADATA
# title: No consequential decision
# description: >-
#   The output does not materially influence a consequential decision about a consumer.
# custom:
#   id: us_co.not_covered
#   kind: exemption
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://coag.gov/resources/ai/ (summary; the Act was not read)
permits contains {
	"rule": "us_co.not_covered",
	"instrument": "us_co",
	"mechanism": "not_covered",
	"authority": "SB 26-189",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	uncovered
	not covered
	lib.in_force("us_co.not_covered")
}

# METADATA
# title: A covered use, under its conditions
# description: >-
#   Technology may materially influence a consequential decision under conditions: notice, explanation and
#   correction after an adverse outcome, human review, records.
# custom:
#   id: us_co.covered_use
#   kind: permit
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://coag.gov/resources/ai/ (summary; the Act was not read)
permits contains {
	"rule": "us_co.covered_use",
	"instrument": "us_co",
	"mechanism": "covered_use",
	"authority": "SB 26-189",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	covered
	lib.in_force("us_co.covered_use")
}

# METADATA
# title: Whether a consequential decision is made is not said
# description: >-
#   Neither the declared use nor a statement says whether the output materially influences a consequential decision
#   about a consumer.
# custom:
#   id: us_co.use_unknown
#   kind: barrier
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://coag.gov/resources/ai/ (summary; the Act was not read)
barriers contains {
	"rule": "us_co.use_unknown",
	"instrument": "us_co",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	not covered
	not uncovered
	lib.in_force("us_co.use_unknown")
}

# METADATA
# title: A listed use is said to decide nothing of consequence
# description: >-
#   The declared use is one about access to education, work, housing, finance, insurance, health care or essential
#   public services, and it is stated that no consequential decision is concerned. A person judges which is right.
# custom:
#   id: us_co.decision_contested
#   kind: barrier
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://coag.gov/resources/ai/ (summary; the Act was not read)
barriers contains {
	"rule": "us_co.decision_contested",
	"instrument": "us_co",
	"categories": [],
	"remedies": ["declare", "review"],
	"confine": [],
} if {
	row.status == "high_risk"
	input.transfer.facts.consequential_decision == false
	not input.transfer.facts.materially_influences == false
	lib.in_force("us_co.decision_contested")
}

# METADATA
# title: Tell consumers of the technology
# description: >-
#   Consumers get a clear notice that technology is used for a consequential decision about them.
# custom:
#   id: us_co.consumer_notice
#   kind: obligation
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://consumerfsblog.com/2026/05/colorado-repeals-and-replaces-controversial-artificial-intelligence-law/ (summary; the Act was not read)
obligations contains {
	"do": "notice",
	"rule": "us_co.consumer_notice",
	"instrument": "us_co",
	"days": 0,
	"declaration": "us_co.consumer_notice",
} if {
	deploying
	lib.in_force("us_co.consumer_notice")
}

# METADATA
# title: Explain an adverse outcome
# description: >-
#   Within 30 days of an adverse outcome the consumer is told of the decision and the part of the technology, and
#   can request and correct data.
# custom:
#   id: us_co.adverse_outcome
#   kind: obligation
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://consumerfsblog.com/2026/05/colorado-repeals-and-replaces-controversial-artificial-intelligence-law/ (summary; the Act was not read)
obligations contains {
	"do": "notice",
	"rule": "us_co.adverse_outcome",
	"instrument": "us_co",
	"days": 0,
	"declaration": "us_co.adverse_outcome_process",
} if {
	deploying
	lib.in_force("us_co.adverse_outcome")
}

# METADATA
# title: Meaningful human review
# description: >-
#   A consumer can have an adverse decision reviewed by a person and reconsidered.
# custom:
#   id: us_co.human_review
#   kind: obligation
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://consumerfsblog.com/2026/05/colorado-repeals-and-replaces-controversial-artificial-intelligence-law/ (summary; the Act was not read)
obligations contains {
	"do": "human_oversight",
	"rule": "us_co.human_review",
	"instrument": "us_co",
	"days": 0,
	"declaration": "us_co.human_review",
} if {
	deploying
	lib.in_force("us_co.human_review")
}

# METADATA
# title: Keep records for three years
# description: >-
#   Developers and deployers keep records that show compliance for at least three years; 1096 days cover every three
#   years.
# custom:
#   id: us_co.records
#   kind: obligation
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://www.billtrack50.com/billdetail/2003071 (summary; the Act was not read)
obligations contains {
	"do": "retain_log",
	"rule": "us_co.records",
	"instrument": "us_co",
	"days": 1096,
	"declaration": "none",
} if {
	covered
	lib.in_force("us_co.records")
}

# METADATA
# title: Documentation for deployers
# description: >-
#   The developer gives deployers intended uses, categories of training data, known limitations and instructions.
# custom:
#   id: us_co.documentation
#   kind: obligation
#   cites: ["SB 26-189"]
#   since: "2027-01-01"
#   confidence: medium
#   source: https://coag.gov/resources/ai/ (summary; the Act was not read)
obligations contains {
	"do": "keep_record",
	"rule": "us_co.documentation",
	"instrument": "us_co",
	"days": 0,
	"declaration": "us_co.developer_documentation",
} if {
	covered
	input.transfer.principal.role == "provider"
	lib.in_force("us_co.documentation")
}

deploying if {
	covered
	input.transfer.purpose == "inference"
}
