# DSL Art. 24, 25 and 36: reviews, export control and foreign authorities, whatever the grade of the data.
package guard.instruments.cn_dsl

import data.guard.lib

# METADATA
# title: A foreign authority has asked for data stored in China
# description: >-
#   Data stored in mainland China are not given to a foreign judicial or law-enforcement body without the
#   approval of the competent authority. A law abroad that orders the disclosure changes nothing here.
# custom:
#   id: cn_dsl.foreign_authority
#   kind: barrier
#   cites: ["DSL Art. 36"]
#   since: "2021-09-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_dsl.foreign_authority",
	"instrument": "cn_dsl",
	"categories": [],
	"remedies": ["declare", "relocate"],
	"confine": confine,
} if {
	lib.in_force("cn_dsl.foreign_authority")
	foreign_authority
	count(abroad) > 0
	not lib.declared("cn_dsl.authority_approval")
}

foreign_authority if lib.declared("cn_dsl.foreign_authority_request")

foreign_authority if input.transfer.facts.recipient_role in {"court_or_counsel", "public_authority"}

# METADATA
# title: A data security review stands in the way
# description: >-
#   The processing affects or may affect national security and is under review, or the decision of the review,
#   which is final, forbids the export.
# custom:
#   id: cn_dsl.security_review
#   kind: barrier
#   cites: ["DSL Art. 24"]
#   since: "2021-09-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_dsl.security_review",
	"instrument": "cn_dsl",
	"categories": [],
	"remedies": ["relocate"],
	"confine": confine,
} if {
	lib.in_force("cn_dsl.security_review")
	lib.declared("cn_dsl.security_review")
	count(abroad) > 0
}

# METADATA
# title: Export-controlled data without a licence
# description: >-
#   Data that belong to a controlled item, in the interest of national security or of international obligations,
#   leave mainland China only with an export licence.
# custom:
#   id: cn_dsl.export_control
#   kind: barrier
#   cites: ["DSL Art. 25", "Export Control Law Art. 2, 12"]
#   since: "2021-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_dsl.export_control",
	"instrument": "cn_dsl",
	"categories": [],
	"remedies": ["declare", "relocate"],
	"confine": confine,
} if {
	lib.in_force("cn_dsl.export_control")
	lib.declared("cn_dsl.export_controlled")
	not lib.declared("cn_dsl.export_licence")
	count(abroad) > 0
}
