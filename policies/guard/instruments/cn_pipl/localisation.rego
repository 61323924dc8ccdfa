# PIPL Art. 38 and 40: what stays in the mainland for want of a route abroad.
package guard.instruments.cn_pipl

import data.guard.lib

# METADATA
# title: No route for an export of personal information
# description: >-
#   Personal information would leave mainland China without a passed security assessment, a filed standard
#   contract or a certification that is open at this volume, without an exemption, and not below the thresholds.
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
	"remedies": data.guard.instruments.cn_cbdf.offered(route_remedies),
	"confine": confine,
} if {
	lib.in_force("cn_pipl.no_export_route")
	exported
	not ciio
	not assessed
	not contracted
	not certified
	not below_threshold
	not exempt_flow
}

default route_remedies := ["mechanism", "redact", "relocate"]

route_remedies := ["declare", "mechanism", "redact", "relocate"] if threshold_open

# METADATA
# title: Operators of critical information infrastructure keep the data in China
# description: >-
#   An operator of critical information infrastructure stores personal information in mainland China. It may
#   provide it abroad only after a passed security assessment or where the cyberspace administration asks for
#   none; contract and certification are not open to it.
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
	"remedies": data.guard.instruments.cn_cbdf.offered(["mechanism", "redact", "relocate"]),
	"confine": confine,
} if {
	lib.in_force("cn_pipl.ciio_localisation")
	exported
	ciio
	not assessed
	not exempt_flow
}

confine := data.guard.instruments.cn_cbdf.confine
