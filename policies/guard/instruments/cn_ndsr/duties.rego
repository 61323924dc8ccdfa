# State Council Decree No. 790 Art. 19 and 28 to 33: duties of those who hold much, or what is important.
package guard.instruments.cn_ndsr

import data.guard.lib

# METADATA
# title: Important data are shared without a risk assessment
# description: >-
#   Before important data are provided, entrusted or processed jointly, the risks are assessed, unless a duty of
#   the law demands the sharing. No assessment is declared.
# custom:
#   id: cn_ndsr.risk_assessment
#   kind: barrier
#   cites: ["Decree No. 790 Art. 31"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_ndsr.risk_assessment",
	"instrument": "cn_ndsr",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	lib.in_force("cn_ndsr.risk_assessment")
	data.guard.instruments.cn_dsl.important
	lib.recipient
	not lib.declared("cn_ndsr.important_data_risk_assessment")
	not lib.declared("cn_ndsr.statutory_duty")
}

# METADATA
# title: Keep the records of entrusting and providing
# description: >-
#   The record of providing personal information or important data to others, or entrusting them, is kept for at
#   least three years.
# custom:
#   id: cn_ndsr.sharing_record
#   kind: obligation
#   cites: ["Decree No. 790 Art. 12"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_ndsr.sharing_record",
	"instrument": "cn_ndsr",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_ndsr.sharing_record")
	lib.recipient
	shared
}

shared if count(lib.personal) > 0

shared if data.guard.instruments.cn_dsl.important

# METADATA
# title: Name who answers for the data, and assess every year
# description: >-
#   Handlers of important data, and those of ten million persons, name a person and a body in charge, report
#   reorganisations, and handlers of important data assess the risks every year and report.
# custom:
#   id: cn_ndsr.annual_assessment
#   kind: obligation
#   cites: ["Decree No. 790 Art. 28", "Decree No. 790 Arts. 29 to 33"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_ndsr.annual_assessment",
	"instrument": "cn_ndsr",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_ndsr.annual_assessment")
	important_handler
}

# METADATA
# title: Training data for a generative service
# description: >-
#   Who offers a generative service strengthens the security of training data and of handling them, and takes
#   measures against the risks of network data.
# custom:
#   id: cn_ndsr.training_data
#   kind: advice
#   cites: ["Decree No. 790 Art. 19"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "cn_ndsr.training_data", "instrument": "cn_ndsr"} if {
	lib.in_force("cn_ndsr.training_data")
	input.transfer.purpose == "training"
}
