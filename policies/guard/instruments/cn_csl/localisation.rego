# CSL Art. 39: critical operators keep their data in the mainland.
# METADATA
# scope: package
# title: Cybersecurity Law
# description: >-
#   Applies to networks built, operated, maintained and used in mainland China, as amended on 28 October 2025
#   with effect from 2026. Covers the localisation of critical operators' personal information and important
#   data, and says which duties of network operators this tool does not discharge. The number of the article on
#   localisation after the amendment, and its wording, were not compared with the text: what is said of critical
#   operators rests on the reading of the earlier Art. 37.
# custom:
#   cites: ["中华人民共和国网络安全法 (2016-11-07, amended 2025-10-28)"]
#   omits:
#     - "Graded protection, security incidents and real-name registration"
#     - "Network products and services: certification, and review of critical operators' procurement"
#     - "Extraterritorial sanctions and the fines up to CNY 10 million"
#     - "The numbers of the articles after 2025 beyond Art. 20: not verified"
package guard.instruments.cn_csl

import data.guard.lib

# The critical operator's personal information or important data that would go abroad.
localised if {
	data.guard.instruments.cn_cbdf.ciio
	data.guard.instruments.cn_cbdf.restricted
	count(data.guard.instruments.cn_cbdf.abroad) > 0
}

# Art. 39 leaves it to the rules of the authority which exports need no assessment.
excused if {
	data.guard.instruments.cn_cbdf.exempt
	not data.guard.instruments.cn_dsl.important
}

# METADATA
# title: No operator of critical information infrastructure
# description: >-
#   Only the operators that the competent departments have named as critical have to keep data in the country
#   under this Law, and the operator states nothing of the kind.
# custom:
#   id: cn_csl.not_critical
#   kind: exemption
#   cites: ["CSL Art. 39"]
#   since: "2017-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_csl.not_critical",
	"instrument": "cn_csl",
	"mechanism": "not_critical_operator",
	"authority": "CSL Art. 39",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_csl.not_critical")
	not data.guard.instruments.cn_cbdf.ciio
}

# METADATA
# title: Nothing that has to stay leaves
# description: >-
#   The critical operator's data stay in mainland China, or hold neither personal information nor important data.
# custom:
#   id: cn_csl.nothing_leaves
#   kind: exemption
#   cites: ["CSL Art. 39"]
#   since: "2017-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_csl.nothing_leaves",
	"instrument": "cn_csl",
	"mechanism": "within_territory",
	"authority": "CSL Art. 39",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_csl.nothing_leaves")
	data.guard.instruments.cn_cbdf.ciio
	not localised
}

# METADATA
# title: The critical operator's export has been assessed
# description: The security assessment of this export is passed and less than three years old.
# custom:
#   id: cn_csl.security_assessment
#   kind: permit
#   cites: ["CSL Art. 39", "CAC Order No. 16 Art. 7(1)(1)"]
#   since: "2022-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_csl.security_assessment",
	"instrument": "cn_csl",
	"mechanism": "cac_security_assessment",
	"authority": "CSL Art. 39",
	"valid_until": max(data.guard.instruments.cn_cbdf.assessments),
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_csl.security_assessment")
	localised
	data.guard.instruments.cn_cbdf.assessed
}

# METADATA
# title: The export needs no assessment
# description: >-
#   The rules on cross-border flows exempt this export of personal information, whoever sends it.
# custom:
#   id: cn_csl.exempt_flow
#   kind: permit
#   cites: ["CSL Art. 39", "CAC Order No. 16 Art. 7"]
#   since: "2024-03-22"
#   confidence: medium
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_csl.exempt_flow",
	"instrument": "cn_csl",
	"mechanism": "exempt_flow",
	"authority": "CAC Order No. 16 Art. 7",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_csl.exempt_flow")
	localised
	excused
}

# METADATA
# title: Critical operators keep personal information and important data in China
# description: >-
#   What a critical operator collects and produces in mainland China is stored there. It goes abroad for a need
#   of the business only after a passed security assessment.
# custom:
#   id: cn_csl.critical_operator
#   kind: barrier
#   cites: ["CSL Art. 39 (Art. 37 before 2026)"]
#   since: "2017-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_csl.critical_operator",
	"instrument": "cn_csl",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(localisation_remedies),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_csl.critical_operator")
	localised
	not excused
	not data.guard.instruments.cn_cbdf.assessed
}

default localisation_remedies := ["mechanism", "relocate"]

localisation_remedies := ["mechanism", "redact", "relocate"] if {
	not data.guard.instruments.cn_dsl.important
	not data.guard.instruments.cn_dsl.core
}

# METADATA
# title: Keep the record of a critical operator's export
# description: The decision to provide data of a critical operator abroad, and the assessment behind it, are kept.
# custom:
#   id: cn_csl.export_record
#   kind: obligation
#   cites: ["CSL Art. 39"]
#   since: "2017-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_csl.export_record",
	"instrument": "cn_csl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_csl.export_record")
	localised
}

# METADATA
# title: Training data and risks of artificial intelligence
# description: >-
#   From 2026 the Law itself speaks of artificial intelligence: research, training data and computing power are
#   promoted, ethics are governed, and risks are monitored and assessed. It states no duty of its own for one
#   transfer. A generative service to the public is under further rules: declare it.
# custom:
#   id: cn_csl.artificial_intelligence
#   kind: advice
#   cites: ["CSL Art. 20", "Interim Measures for Generative AI Services Art. 2"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34818-cybersecurity-law-amendment-enters-into-force
advice contains {"rule": "cn_csl.artificial_intelligence", "instrument": "cn_csl"} if {
	lib.in_force("cn_csl.artificial_intelligence")
	input.transfer.purpose in {"embedding", "evaluation", "inference", "training"}
	not lib.declared("cn_genai.public_service")
	not lib.declared("cn_genai.not_public")
}
