# CAC/SAMR Order No. 20: handlers abroad, and what is judged case by case.
package guard.instruments.cn_pi_cert

import data.guard.lib

# METADATA
# title: A handler abroad applies through its representative
# description: >-
#   A handler outside mainland China that the Law reaches is certified with the help of the office or
#   representative that it has set up there. None is declared.
# custom:
#   id: cn_pi_cert.representative
#   kind: barrier
#   cites: ["CAC/SAMR Order No. 20", "PIPL Art. 53"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://digitalpolicyalert.org/event/34594
barriers contains {
	"rule": "cn_pi_cert.representative",
	"instrument": "cn_pi_cert",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("cn_pi_cert.representative")
	due
	input.transfer.facts.principal_role == "foreign_company"
	not lib.declared("cn_pipl.domestic_representative")
}

# METADATA
# title: Whether a certification is needed is for a person to judge
# description: >-
#   The export is small and holds nothing sensitive, but sensitive information has gone abroad this year; or the
#   exemption that is claimed depends on a necessity that was not stated.
# custom:
#   id: cn_pi_cert.exemption_unclear
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 5(1)", "CAC Order No. 16 Art. 8"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_pi_cert.exemption_unclear",
	"instrument": "cn_pi_cert",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["declare", "mechanism", "redact", "relocate", "review"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.exemption_unclear")
	not data.guard.instruments.cn_cbdf.routed
	unclear
}

unclear if {
	due
	data.guard.instruments.cn_cbdf.small_volume
	data.guard.instruments.cn_cbdf.sensitive_before
}

unclear if {
	data.guard.instruments.cn_cbdf.individual_contract
	data.guard.instruments.cn_cbdf.necessity_open
	not data.guard.instruments.cn_cbdf.exempt_otherwise
}

# METADATA
# title: The export is not necessary, or more than necessary
# description: >-
#   Personal information goes abroad only where that is really needed, and in the minimum that is. The operator
#   states that it is not so here.
# custom:
#   id: cn_pi_cert.not_necessary
#   kind: barrier
#   cites: ["PIPL Art. 38(1)", "PIPL Art. 6"]
#   since: "2026-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_pi_cert.not_necessary",
	"instrument": "cn_pi_cert",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["redact", "relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.not_necessary")
	due
	data.guard.instruments.cn_cbdf.excessive
}

# METADATA
# title: Keep what the certification rests on
# description: >-
#   The impact assessment and the contract with the recipient abroad, on which the certificate rests, are kept.
# custom:
#   id: cn_pi_cert.record
#   kind: obligation
#   cites: ["CAC/SAMR Order No. 20", "PIPL Art. 56"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://digitalpolicyalert.org/event/34594
obligations contains {
	"do": "keep_record",
	"rule": "cn_pi_cert.record",
	"instrument": "cn_pi_cert",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_pi_cert.record")
	certified
}

# METADATA
# title: A certificate runs out
# description: >-
#   A certificate is valid for three years; apply anew half a year before it ends, and take it off the file when
#   it is suspended or withdrawn.
# custom:
#   id: cn_pi_cert.term
#   kind: advice
#   cites: ["CAC/SAMR Order No. 20"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://digitalpolicyalert.org/event/34594
advice contains {"rule": "cn_pi_cert.term", "instrument": "cn_pi_cert"} if {
	lib.in_force("cn_pi_cert.term")
	certified
}
