# PIPL Chapter III: may personal information go abroad?
# METADATA
# scope: package
# title: Personal Information Protection Law
# description: >-
#   Applies to handlers in mainland China, to information that rests there, and to information about persons
#   there whom somebody abroad serves or analyses. Covers the export (with the exemptions and volumes of CAC
#   Order No. 16), separate consent, sensitive information, the impact assessment and foreign authorities.
# custom:
#   cites: ["中华人民共和国个人信息保护法 (2021-08-20)"]
#   omits:
#     - "Art. 13 to 16: legal bases other than consent are the operator's word"
#     - "Art. 21: the contract with an entrusted party in the mainland"
#     - "Art. 24: automated decisions"
#     - "Art. 44 to 50: rights of the individual"
#     - "Art. 72: personal or household affairs"
package guard.instruments.cn_pipl

import data.guard.lib

# Places outside the mainland that the data would reach; Hong Kong, Macau and Taiwan are outside.
# What the rules on cross-border flows do not count as leaving (a visit) does not leave here either.
abroad contains place if {
	some place in data.guard.instruments.cn_cbdf.abroad
	not data.tables.territories.cn_pipl[place]
}

sensitive := lib.sensitive("cn_pipl")

exported if {
	count(lib.personal) > 0
	count(abroad) > 0
}

ciio if data.guard.instruments.cn_cbdf.ciio

# METADATA
# title: No personal information is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted. Only anonymised information is
#   outside the Law; information from which a person can be recognised again is not anonymised.
# custom:
#   id: cn_pipl.no_personal_information
#   kind: exemption
#   cites: ["PIPL Art. 4", "PIPL Art. 73(4)"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_pipl.no_personal_information",
	"instrument": "cn_pipl",
	"mechanism": "no_personal_data",
	"authority": "PIPL Art. 4",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_pipl.no_personal_information")
	count(lib.personal) == 0
}

# METADATA
# title: The data stay in mainland China
# description: Storage, processing and support access are all in mainland China, so nothing is provided abroad.
# custom:
#   id: cn_pipl.within_mainland
#   kind: exemption
#   cites: ["PIPL Art. 38(1)"]
#   since: "2021-11-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_pipl.within_mainland",
	"instrument": "cn_pipl",
	"mechanism": "within_territory",
	"authority": "PIPL Art. 38(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_pipl.within_mainland")
	count(abroad) == 0
	not lib.stays
}

# METADATA
# title: The data stay on a device of the operator's own
# description: >-
#   The destination is a device of the operator's own at the place where the data already are. Nobody receives
#   them and they cross no border.
# custom:
#   id: cn_pipl.own_device
#   kind: exemption
#   cites: ["PIPL Art. 38(1)"]
#   since: "2021-11-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_pipl.own_device",
	"instrument": "cn_pipl",
	"mechanism": "own_device",
	"authority": "PIPL Art. 38(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_pipl.own_device")
	lib.stays
}

# METADATA
# title: The security assessment has been passed
# description: >-
#   The cyberspace administration's security assessment of this export is on file. It is open to every handler,
#   and the only route for operators of critical information infrastructure and for large volumes.
# custom:
#   id: cn_pipl.security_assessment
#   kind: permit
#   cites: ["PIPL Art. 38(1)(1)", "PIPL Art. 40", "CAC Order No. 16 Art. 7"]
#   since: "2021-11-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_pipl.security_assessment",
	"instrument": "cn_pipl",
	"mechanism": "cac_security_assessment",
	"authority": "PIPL Art. 38(1)(1)",
	"valid_until": max(data.guard.instruments.cn_dsl.assessments),
	"confidence": input.destination.confidence,
} if {
	assessed
}

assessed if {
	lib.in_force("cn_pipl.security_assessment")
	exported
	count(data.guard.instruments.cn_dsl.assessments) > 0
}

# METADATA
# title: The standard contract has been filed
# description: >-
#   The standard contract with the recipient abroad has been concluded and filed. Not open to operators of
#   critical information infrastructure, nor for volumes that need the security assessment.
# custom:
#   id: cn_pipl.standard_contract
#   kind: permit
#   cites: ["PIPL Art. 38(1)(3)", "CAC Order No. 13", "CAC Order No. 16 Art. 8"]
#   since: "2023-06-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_pipl.standard_contract",
	"instrument": "cn_pipl",
	"mechanism": "cac_standard_contract",
	"authority": "PIPL Art. 38(1)(3)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	contracted
}

contracted if {
	lib.in_force("cn_pipl.standard_contract")
	exported
	data.guard.instruments.cn_cbdf.contract_open
	lib.on_file("cac_standard_contract")
}

contracted if {
	lib.in_force("cn_pipl.standard_contract")
	exported
	data.guard.instruments.cn_cbdf.contracted_in_bay_area
}

# METADATA
# title: A certification of the export is on file
# description: >-
#   A qualified body has certified the protection of personal information in this export. Not open to operators
#   of critical information infrastructure, nor for volumes that need the security assessment.
# custom:
#   id: cn_pipl.certification
#   kind: permit
#   cites: ["PIPL Art. 38(1)(2)", "CAC/SAMR Order No. 20"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
permits contains {
	"rule": "cn_pipl.certification",
	"instrument": "cn_pipl",
	"mechanism": "cac_certification",
	"authority": "PIPL Art. 38(1)(2)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	certified
}

certified if {
	lib.in_force("cn_pipl.certification")
	exported
	data.guard.instruments.cn_cbdf.contract_open
	lib.on_file("cac_certification")
}

# METADATA
# title: The export is below the thresholds
# description: >-
#   The ledger counts, or the operator declares, that since 1 January the information of fewer than 100,000
#   persons has been sent abroad. Holds only without sensitive personal information and not for operators of
#   critical information infrastructure. Notice, consent and the impact assessment are due all the same.
# custom:
#   id: cn_pipl.below_threshold
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 5(4)"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_pipl.below_threshold",
	"instrument": "cn_pipl",
	"mechanism": "below_threshold",
	"authority": "CAC Order No. 16 Art. 5(4)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	below_threshold
}

below_threshold if {
	lib.in_force("cn_pipl.below_threshold")
	exported
	data.guard.instruments.cn_cbdf.small_volume
}

# The exemption is open to this handler for these data, if the number of persons were known.
threshold_open if {
	data.guard.instruments.cn_cbdf.exemptible
	data.guard.instruments.cn_cbdf.small_open
}

# METADATA
# title: The export is exempt from the three mechanisms
# description: >-
#   Another condition of the cyberspace administration is met: the export is needed for a contract with the
#   individual, for managing staff or in an emergency, by a duty of the law, is off a negative list, or the
#   information came from abroad. Notice, consent and the impact assessment are due all the same.
# custom:
#   id: cn_pipl.exempt_flow
#   kind: permit
#   cites: ["PIPL Art. 38(1)(4)", "PIPL Art. 40", "CAC Order No. 16 Arts. 4 to 6"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_pipl.exempt_flow",
	"instrument": "cn_pipl",
	"mechanism": "exempt_flow",
	"authority": "PIPL Art. 38(1)(4)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	exempt_flow
}

exempt_flow if {
	lib.in_force("cn_pipl.exempt_flow")
	exported
	data.guard.instruments.cn_cbdf.exempt
}
