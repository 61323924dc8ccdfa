# PIPL Chapter III: may personal information go abroad?
package guard.instruments.cn_pipl

import data.guard.lib

# Places outside the mainland that the data would reach; Hong Kong, Macau and Taiwan are outside.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.cn_pipl[place]
}

sensitive := lib.sensitive("cn_pipl")

exported if {
	count(lib.personal) > 0
	count(abroad) > 0
}

ciio if lib.declared("cn.ciio")

# METADATA
# title: No personal information is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted. Only anonymised information is
#   outside the Law; information from which a person can be recognised again is not anonymised.
# custom:
#   id: cn_pipl.no_personal_information
#   kind: permit
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
#   kind: permit
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
#   kind: permit
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
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	assessed
}

assessed if {
	lib.in_force("cn_pipl.security_assessment")
	exported
	lib.on_file("cac_security_assessment")
}

# METADATA
# title: The standard contract has been filed
# description: >-
#   The standard contract with the recipient abroad has been concluded and filed. Not open to operators of
#   critical information infrastructure.
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
	not ciio
	lib.on_file("cac_standard_contract")
}

# METADATA
# title: A certification of the export is on file
# description: >-
#   A qualified body has certified the protection of personal information in this export. Not open to operators
#   of critical information infrastructure.
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
	not ciio
	lib.on_file("cac_certification")
}

# METADATA
# title: The export is declared to be below the thresholds
# description: >-
#   The operator declares that since 1 January it has sent abroad the information of fewer than 100,000
#   persons. Holds only without sensitive personal information and not for operators of critical
#   information infrastructure. Notice, consent and the impact assessment are due all the same.
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
	threshold_open
	lib.declared("cn_pipl.below_export_threshold")
}

# The exemption is open to this handler for these data.
threshold_open if {
	not ciio
	count(sensitive) == 0
}

# METADATA
# title: No route for an export of personal information
# description: >-
#   Personal information would leave mainland China without a passed security assessment, a filed standard
#   contract, a certification, or a declaration that the volume is below the thresholds.
# custom:
#   id: cn_pipl.no_export_route
#   kind: barrier
#   cites: ["PIPL Art. 38(1)", "CAC Order No. 16 Arts. 5, 7, 8"]
#   since: "2021-11-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_pipl.no_export_route",
	"instrument": "cn_pipl",
	"categories": sort(lib.personal),
	"remedies": route_remedies,
	"confine": confine,
} if {
	lib.in_force("cn_pipl.no_export_route")
	exported
	not ciio
	not assessed
	not contracted
	not certified
	not below_threshold
}

default route_remedies := ["mechanism", "redact", "relocate"]

route_remedies := ["declare", "mechanism", "redact", "relocate"] if threshold_open

# METADATA
# title: Operators of critical information infrastructure keep the data in China
# description: >-
#   An operator of critical information infrastructure stores personal information in mainland China. It may
#   provide it abroad only after a passed security assessment; contract and certification are not open to it.
# custom:
#   id: cn_pipl.ciio_localisation
#   kind: barrier
#   cites: ["PIPL Art. 40", "CAC Order No. 16 Art. 7(1)"]
#   since: "2021-11-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_pipl.ciio_localisation",
	"instrument": "cn_pipl",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	lib.in_force("cn_pipl.ciio_localisation")
	exported
	ciio
	not assessed
}

confine := sort([place | some place, home in data.tables.territories.cn_pipl; home])
