# Law 91/2025/QH15 and the Law on Data: sensitive, important and core data, and use by the recipient.
package guard.instruments.vn_pdpl

import data.guard.lib

sensitive := lib.sensitive("vn_pdpl")

graded contains category.id if {
	some category in input.transfer.categories
	category.id in {"data.important", "data.core"}
	category.treatment != "redact"
}

# METADATA
# title: Sensitive data without consent
# description: >-
#   The persons are told that the data are sensitive and consent. Bank data and the tracking of behaviour online are
#   sensitive here, besides health, beliefs, biometrics, location and the like.
# custom:
#   id: vn_pdpl.sensitive_data
#   kind: barrier
#   cites: ["Law 91/2025/QH15 Art. 2", "Decree 356/2025/ND-CP"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://org-www.morihamada.com/en/insights/newsletters/print/131901
barriers contains {
	"rule": "vn_pdpl.sensitive_data",
	"instrument": "vn_pdpl",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("vn_pdpl.sensitive_data")
	count(sensitive) > 0
	not lib.declared("vn_pdpl.sensitive_consent")
}

# METADATA
# title: Important or core data would leave without assessment
# description: >-
#   Core and important data, personal or not, are assessed under the Law on Data before they leave the country. That
#   this was done is not declared.
# custom:
#   id: vn_pdpl.important_data
#   kind: barrier
#   cites: ["Law 60/2024/QH15", "Decree 165/2025/ND-CP"]
#   since: "2025-07-01"
#   confidence: medium
#   source: https://app.heylefty.com/topics/019e4723-4ca5-73f3-a770-116fda28d363/notes/vietnam-pdpl-decree-356-cross-border-transfers-2026
barriers contains {
	"rule": "vn_pdpl.important_data",
	"instrument": "vn_pdpl",
	"categories": sort(graded),
	"remedies": ["declare", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("vn_pdpl.important_data")
	count(graded) > 0
	count(abroad) > 0
	not lib.declared("vn_pdpl.important_data_assessed")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. Data are processed for the
#   purposes that were stated, and a processor keeps to its contract.
# custom:
#   id: vn_pdpl.training_use
#   kind: barrier
#   cites: ["Law 91/2025/QH15"]
#   since: "2026-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "vn_pdpl.training_use",
	"instrument": "vn_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("vn_pdpl.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}
