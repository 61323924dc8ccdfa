# PIPL Art. 28 to 31, 39, 41, 42 and 55: what the persons are owed.
package guard.instruments.cn_pipl

import data.guard.lib

# METADATA
# title: No separate consent to the export
# description: >-
#   Providing personal information abroad on the basis of consent needs a separate consent to exactly that,
#   after notice of the recipient, the purpose, the categories and how to exercise rights.
# custom:
#   id: cn_pipl.separate_consent
#   kind: barrier
#   cites: ["PIPL Art. 39", "PIPL Art. 13"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_pipl.separate_consent",
	"instrument": "cn_pipl",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["consent", "declare", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_pipl.separate_consent")
	exported
	not lib.declared("cn_pipl.separate_consent")
	not lib.declared("cn_pipl.other_legal_basis")
}

# METADATA
# title: Give notice of the export
# description: >-
#   Before the export the persons are told the recipient's name and contact, the purpose and method, the
#   categories, and how to exercise their rights against the recipient.
# custom:
#   id: cn_pipl.export_notice
#   kind: obligation
#   cites: ["PIPL Art. 39", "PIPL Art. 17"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "cn_pipl.export_notice",
	"instrument": "cn_pipl",
	"days": 0,
	"declaration": "cn_pipl.export_notice",
} if {
	lib.in_force("cn_pipl.export_notice")
	exported
}

# METADATA
# title: Sensitive personal information without separate consent
# description: >-
#   Biometrics, belief, specific identity, health, financial accounts, whereabouts and everything about a child
#   under 14 need a specific purpose, sufficient necessity and a separate consent.
# custom:
#   id: cn_pipl.sensitive_information
#   kind: barrier
#   cites: ["PIPL Art. 28", "PIPL Art. 29", "PIPL Art. 31"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_pipl.sensitive_information",
	"instrument": "cn_pipl",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("cn_pipl.sensitive_information")
	count(sensitive) > 0
	not lib.declared("cn_pipl.sensitive_separate_consent")
	not lib.declared("cn_pipl.other_legal_basis")
}

# METADATA
# title: No impact assessment
# description: >-
#   Handling sensitive information, entrusting or giving information to others, and providing it abroad each
#   need an impact assessment beforehand. None is declared.
# custom:
#   id: cn_pipl.impact_assessment
#   kind: barrier
#   cites: ["PIPL Art. 55", "PIPL Art. 56"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_pipl.impact_assessment",
	"instrument": "cn_pipl",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("cn_pipl.impact_assessment")
	assessment_due
	not lib.declared("cn_pipl.impact_assessment")
}

assessment_due if exported

assessment_due if count(sensitive) > 0

assessment_due if {
	count(lib.personal) > 0
	lib.recipient
}

# METADATA
# title: Keep the impact assessment and the record of handling
# description: The report of the impact assessment and the record of handling are kept for at least three years.
# custom:
#   id: cn_pipl.assessment_record
#   kind: obligation
#   cites: ["PIPL Art. 56"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_pipl.assessment_record",
	"instrument": "cn_pipl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_pipl.assessment_record")
	assessment_due
}

# METADATA
# title: A foreign authority has asked for the information
# description: >-
#   Personal information stored in mainland China is not given to a foreign judicial or law-enforcement body
#   without the approval of the competent authority. A law abroad that orders the disclosure changes nothing here.
# custom:
#   id: cn_pipl.foreign_authority
#   kind: barrier
#   cites: ["PIPL Art. 41"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_pipl.foreign_authority",
	"instrument": "cn_pipl",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["declare", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_pipl.foreign_authority")
	exported
	data.guard.instruments.cn_dsl.foreign_authority
	not lib.declared("cn_dsl.authority_approval")
}

# METADATA
# title: The recipient is on the restricted list
# description: >-
#   The cyberspace administration has listed the recipient among those to whom giving personal information is
#   restricted or forbidden, because its handling harmed citizens or national security.
# custom:
#   id: cn_pipl.restricted_recipient
#   kind: barrier
#   cites: ["PIPL Art. 42"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_pipl.restricted_recipient",
	"instrument": "cn_pipl",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_pipl.restricted_recipient")
	exported
	lib.declared("cn_pipl.recipient_restricted")
}

# METADATA
# title: Redaction is not proof of anonymity
# description: >-
#   Information is anonymised only when nobody can be recognised and the process cannot be undone. What
#   detection does not find, redaction does not take out.
# custom:
#   id: cn_pipl.residual_risk
#   kind: advice
#   cites: ["PIPL Art. 4", "PIPL Art. 73(4)"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "cn_pipl.residual_risk", "instrument": "cn_pipl"} if {
	lib.in_force("cn_pipl.residual_risk")
	count(lib.personal) == 0
	lib.recipient
}
