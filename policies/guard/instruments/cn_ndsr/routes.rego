# State Council Decree No. 790 Art. 19, 28 to 33, 35 and 37.
# METADATA
# scope: package
# title: Network Data Security Management Regulations
# description: >-
#   Applies to handling network data in mainland China, and abroad as far as the Personal Information Protection
#   Law reaches. Covers the routes by which personal information goes abroad, important data and their risk
#   assessments, handlers of ten million persons, and training data. What is important data is the operator's word.
# custom:
#   cites: ["State Council Decree No. 790 (2024-09-24)"]
#   omits:
#     - "Art. 8 to 18: general security, incidents, automated access"
#     - "Art. 21 to 27: notices, rights and portability"
#     - "Art. 40 to 46: large network platforms"
#     - "Art. 38: keeping within the scope that was assessed"
package guard.instruments.cn_ndsr

import data.guard.lib

personal_route if data.guard.instruments.cn_cbdf.exempt

personal_route if data.guard.instruments.cn_cbdf.routed

personal_route if data.guard.instruments.cn_cbdf.small_volume

# Ten million persons bring duties of handlers of important data (Art. 28).
important_handler if data.guard.instruments.cn_dsl.important

important_handler if lib.declared("cn_ndsr.ten_million_persons")

# METADATA
# title: Nothing restricted goes abroad
# description: >-
#   The data stay in mainland China, or hold neither personal information nor important data, so no route is
#   asked for.
# custom:
#   id: cn_ndsr.nothing_leaves
#   kind: exemption
#   cites: ["Decree No. 790 Art. 35", "Decree No. 790 Art. 37"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_ndsr.nothing_leaves",
	"instrument": "cn_ndsr",
	"mechanism": "within_territory",
	"authority": "Decree No. 790 Art. 35",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_ndsr.nothing_leaves")
	not leaving
}

leaving if {
	data.guard.instruments.cn_cbdf.restricted
	count(data.guard.instruments.cn_cbdf.abroad) > 0
}

# METADATA
# title: One of the conditions for providing personal information abroad is met
# description: >-
#   Security assessment, certification or standard contract; or the export is needed for a contract with the
#   individual, for managing staff, in an emergency or by a duty of the law; or another condition of the
#   cyberspace administration is met.
# custom:
#   id: cn_ndsr.export_condition
#   kind: permit
#   cites: ["Decree No. 790 Art. 35"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_ndsr.export_condition",
	"instrument": "cn_ndsr",
	"mechanism": "export_condition",
	"authority": "Decree No. 790 Art. 35",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_ndsr.export_condition")
	data.guard.instruments.cn_cbdf.exported
	personal_route
}

# METADATA
# title: The export of important data has been assessed
# description: Important data that are needed abroad have passed the security assessment.
# custom:
#   id: cn_ndsr.important_data_assessed
#   kind: permit
#   cites: ["Decree No. 790 Art. 37"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_ndsr.important_data_assessed",
	"instrument": "cn_ndsr",
	"mechanism": "cac_security_assessment",
	"authority": "Decree No. 790 Art. 37",
	"valid_until": max(data.guard.instruments.cn_cbdf.terms),
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_ndsr.important_data_assessed")
	data.guard.instruments.cn_cbdf.important_abroad
	data.guard.instruments.cn_cbdf.important_assessed
}

# METADATA
# title: None of the conditions for providing personal information abroad is met
# description: >-
#   Personal information would go abroad, and no mechanism is on file, no exemption is stated, and the volume is
#   not known to be small.
# custom:
#   id: cn_ndsr.no_export_condition
#   kind: barrier
#   cites: ["Decree No. 790 Art. 35"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_ndsr.no_export_condition",
	"instrument": "cn_ndsr",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(route_remedies),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_ndsr.no_export_condition")
	data.guard.instruments.cn_cbdf.exported
	not personal_route
}

default route_remedies := ["mechanism", "redact", "relocate"]

# No exemption is open to important data, nor to more than is necessary.
route_remedies := ["declare", "mechanism", "redact", "relocate"] if data.guard.instruments.cn_cbdf.exemptible

# METADATA
# title: Important data go abroad unassessed
# description: >-
#   Important data that were collected and produced in mainland China go abroad only after a passed security
#   assessment. What was not notified or published as important need not be declared.
# custom:
#   id: cn_ndsr.important_data
#   kind: barrier
#   cites: ["Decree No. 790 Art. 37"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_ndsr.important_data",
	"instrument": "cn_ndsr",
	"categories": [],
	"remedies": data.guard.instruments.cn_cbdf.offered(["mechanism", "relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_ndsr.important_data")
	data.guard.instruments.cn_cbdf.important_abroad
	not data.guard.instruments.cn_cbdf.important_assessed
}

# METADATA
# title: Core data do not go abroad
# description: What holds of important data holds of core data all the more; no route abroad is open to them.
# custom:
#   id: cn_ndsr.core_data
#   kind: barrier
#   cites: ["Decree No. 790 Art. 62", "DSL Art. 21"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_ndsr.core_data",
	"instrument": "cn_ndsr",
	"categories": [],
	"remedies": data.guard.instruments.cn_cbdf.offered(["relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_ndsr.core_data")
	data.guard.instruments.cn_dsl.core
	count(data.guard.instruments.cn_cbdf.abroad) > 0
}
