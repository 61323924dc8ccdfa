# CAC Order No. 16 Art. 7 and 8: what stands in the way of an export without the mechanism that it needs.
package guard.instruments.cn_cbdf

import data.guard.lib

# METADATA
# title: A critical operator's export needs the security assessment
# description: >-
#   An operator of critical information infrastructure provides personal information abroad. There is no minimum
#   volume, and neither contract nor certification is open to it.
# custom:
#   id: cn_cbdf.critical_operator
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 7(1)(1)"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.critical_operator",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["mechanism", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.critical_operator")
	unrouted
	ciio
}

# METADATA
# title: Important data need the security assessment
# description: >-
#   Data that were notified or published as important go abroad, whoever sends them and however few they are. No
#   exemption covers them.
# custom:
#   id: cn_cbdf.important_data
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 7(1)", "CAC Order No. 16 Art. 5(2)", "CAC Order No. 16 Art. 2"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.important_data",
	"instrument": "cn_cbdf",
	"categories": [],
	"remedies": offered(["mechanism", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.important_data")
	important_abroad
	not important_assessed
}

# METADATA
# title: Whether these are important data is not settled
# description: >-
#   The data are marked as important. The operator states that they were not notified, or not published, as
#   such, and says nothing of the other.
# custom:
#   id: cn_cbdf.listing_unclear
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 2", "Decree No. 790 Art. 37"]
#   since: "2024-03-22"
#   confidence: medium
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.listing_unclear",
	"instrument": "cn_cbdf",
	"categories": [],
	"remedies": offered(["declare", "relocate", "review"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.listing_unclear")
	data.guard.instruments.cn_dsl.listing_unclear
	count(abroad) > 0
	not important_assessed
}

# METADATA
# title: State core data do not leave the country
# description: Data that are core data of the state stay in mainland China. No assessment opens them.
# custom:
#   id: cn_cbdf.core_data
#   kind: barrier
#   cites: ["DSL Art. 21"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_cbdf.core_data",
	"instrument": "cn_cbdf",
	"categories": [],
	"remedies": offered(["relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.core_data")
	data.guard.instruments.cn_dsl.core
	count(abroad) > 0
}

# METADATA
# title: This volume needs the security assessment
# description: >-
#   Since 1 January the personal information of one million persons or more, or the sensitive information of
#   10,000 or more, goes abroad. By the law persons whose export is exempt do not count; the ledger counts them all the
#   same, to be safe.
# custom:
#   id: cn_cbdf.large_volume
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 7(1)(2)"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.large_volume",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["mechanism", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.large_volume")
	unrouted
	not ciio
	large
}

# METADATA
# title: The volume was split up
# description: >-
#   The number of persons was split up to stay below the security assessment. What was split counts together, so
#   neither contract nor certification nor the exemption for small volumes is open.
# custom:
#   id: cn_cbdf.split_volume
#   kind: barrier
#   cites: ["CAC Order No. 13 Art. 4", "CAC/SAMR Order No. 20"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.split_volume",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["mechanism", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.split_volume")
	unrouted
	not ciio
	not large
	split_up
}

# METADATA
# title: This volume needs a filed contract or a certification
# description: >-
#   Since 1 January the personal information of 100,000 persons or more goes abroad, or sensitive information of
#   even one person, and neither a filed standard contract nor a certification is on file.
# custom:
#   id: cn_cbdf.contract_or_certification
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 8"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.contract_or_certification",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["mechanism", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.contract_or_certification")
	unrouted
	contract_open
	medium
}

# METADATA
# title: How many persons it has been since 1 January is not known
# description: >-
#   Neither the ledger nor the operator says how many persons' information has gone abroad this year, so the
#   exemption for small volumes cannot be relied on.
# custom:
#   id: cn_cbdf.volume_unknown
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 5(1)(4)"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.volume_unknown",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["declare", "mechanism", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.volume_unknown")
	unrouted
	small_open
	not small
}

# METADATA
# title: The export is not necessary, or more than necessary
# description: >-
#   Personal information goes abroad only where that is really needed, and in the minimum that is. The operator
#   states that it is not so here.
# custom:
#   id: cn_cbdf.not_necessary
#   kind: barrier
#   cites: ["PIPL Art. 38(1)", "PIPL Art. 6", "CAC Q&A of 2025-04-09"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_cbdf.not_necessary",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.not_necessary")
	exported
	not in_transit
	excessive
}

# METADATA
# title: A handler abroad has no representative in the mainland
# description: >-
#   A handler outside the mainland that the Law reaches sets up an office or appoints a representative there,
#   through which it also applies for certification.
# custom:
#   id: cn_cbdf.representative
#   kind: barrier
#   cites: ["PIPL Art. 3(2)", "PIPL Art. 53"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_cbdf.representative",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("cn_cbdf.representative")
	exported
	input.transfer.facts.principal_role == "foreign_company"
	not lib.declared("cn_pipl.domestic_representative")
}
