# CAC/SAMR Order No. 20: when an export of personal information may rest on a certification.
# METADATA
# scope: package
# title: Measures for Certification of Outbound Personal Information
# description: >-
#   Applies wherever the Personal Information Protection Law does. Says whether a certification may carry an
#   export, and which exports need none. Handlers outside the mainland apply through their representative in it.
# custom:
#   cites: ["CAC/SAMR Order No. 20 (2025)"]
#   omits:
#     - "The procedure, the certification bodies and their supervision"
#     - "Suspension and withdrawal of a certificate: take it off the file"
#     - "Certification before 2026 under the announcement of 2022"
package guard.instruments.cn_pi_cert

import data.guard.lib

# Personal information for which something has to be on file.
due if {
	data.guard.instruments.cn_cbdf.exported
	not data.guard.instruments.cn_cbdf.exempt
	not data.guard.instruments.cn_cbdf.assessed
}

certified if {
	lib.in_force("cn_pi_cert.certified")
	due
	data.guard.instruments.cn_cbdf.contract_open
	lib.on_file("cac_certification")
	not below
}

below if {
	data.guard.instruments.cn_cbdf.small_volume
	not data.guard.instruments.cn_cbdf.sensitive_before
}

# METADATA
# title: Nothing is exported that a certification could concern
# description: >-
#   No personal information and no important data leave mainland China, so no certification is due.
# custom:
#   id: cn_pi_cert.no_export
#   kind: exemption
#   cites: ["CAC/SAMR Order No. 20", "PIPL Art. 4", "PIPL Art. 38(1)"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
permits contains {
	"rule": "cn_pi_cert.no_export",
	"instrument": "cn_pi_cert",
	"mechanism": "within_territory",
	"authority": "CAC/SAMR Order No. 20",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_pi_cert.no_export")
	not data.guard.instruments.cn_cbdf.exported
	not data.guard.instruments.cn_cbdf.important_abroad
}

# METADATA
# title: The export needs no certification
# description: >-
#   The export is exempt from the mechanisms, or holds fewer than 100,000 persons' ordinary information since 1
#   January.
# custom:
#   id: cn_pi_cert.not_required
#   kind: exemption
#   cites: ["CAC Order No. 16 Arts. 4 to 6"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_pi_cert.not_required",
	"instrument": "cn_pi_cert",
	"mechanism": "exempt_flow",
	"authority": "CAC Order No. 16",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_pi_cert.not_required")
	free
}

free if data.guard.instruments.cn_cbdf.exempt

free if {
	due
	data.guard.instruments.cn_cbdf.small_volume
}

# METADATA
# title: Another mechanism carries the export
# description: >-
#   A passed security assessment or a filed standard contract that is open at this volume is on file; the export
#   does not rest on a certification.
# custom:
#   id: cn_pi_cert.other_mechanism
#   kind: exemption
#   cites: ["PIPL Art. 38(1)", "CAC Order No. 16 Art. 7, 8"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_pi_cert.other_mechanism",
	"instrument": "cn_pi_cert",
	"mechanism": "other_mechanism",
	"authority": "PIPL Art. 38(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_pi_cert.other_mechanism")
	elsewhere
	not certified
}

elsewhere if {
	data.guard.instruments.cn_cbdf.restricted
	count(data.guard.instruments.cn_cbdf.abroad) > 0
	data.guard.instruments.cn_cbdf.assessed
}

elsewhere if {
	data.guard.instruments.cn_cbdf.important_abroad
	data.guard.instruments.cn_cbdf.important_assessed
	not data.guard.instruments.cn_cbdf.exported
}

elsewhere if data.guard.instruments.cn_cbdf.contracted

elsewhere if data.guard.instruments.cn_cbdf.contracted_in_bay_area

# METADATA
# title: The export is certified
# description: >-
#   A valid certificate covers the export, the handler is no critical operator, nothing of it is important data,
#   and the volume is within that of certification and was not split up. A certificate is valid for three years.
# custom:
#   id: cn_pi_cert.certified
#   kind: permit
#   cites: ["CAC/SAMR Order No. 20", "PIPL Art. 38(1)(2)", "CAC Order No. 16 Art. 8"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
permits contains {
	"rule": "cn_pi_cert.certified",
	"instrument": "cn_pi_cert",
	"mechanism": "cac_certification",
	"authority": "CAC/SAMR Order No. 20",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	certified
}

# METADATA
# title: Certification is not open to this export
# description: >-
#   The handler is an operator of critical information infrastructure, or the volume is that of the security
#   assessment: one million persons, or 10,000 with sensitive information, since 1 January.
# custom:
#   id: cn_pi_cert.assessment_instead
#   kind: barrier
#   cites: ["CAC/SAMR Order No. 20", "CAC Order No. 16 Art. 7(1)"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
barriers contains {
	"rule": "cn_pi_cert.assessment_instead",
	"instrument": "cn_pi_cert",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["mechanism", "redact", "relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.assessment_instead")
	due
	closed
}

closed if data.guard.instruments.cn_cbdf.ciio

closed if data.guard.instruments.cn_cbdf.large

# METADATA
# title: Important data cannot be certified
# description: A certification covers personal information without important data. These data hold some.
# custom:
#   id: cn_pi_cert.important_data
#   kind: barrier
#   cites: ["CAC/SAMR Order No. 20", "CAC Order No. 16 Art. 7(1)"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
barriers contains {
	"rule": "cn_pi_cert.important_data",
	"instrument": "cn_pi_cert",
	"categories": [],
	"remedies": data.guard.instruments.cn_cbdf.offered(["mechanism", "relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.important_data")
	data.guard.instruments.cn_cbdf.important_abroad
	not data.guard.instruments.cn_cbdf.important_assessed
}

# METADATA
# title: Whether these are important data is not settled
# description: >-
#   The data are marked as important. The operator states that they were not notified, or not published, as
#   such, and says nothing of the other.
# custom:
#   id: cn_pi_cert.listing_unclear
#   kind: barrier
#   cites: ["CAC/SAMR Order No. 20", "CAC Order No. 16 Art. 2"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://digitalpolicyalert.org/event/34594
barriers contains {
	"rule": "cn_pi_cert.listing_unclear",
	"instrument": "cn_pi_cert",
	"categories": [],
	"remedies": data.guard.instruments.cn_cbdf.offered(["declare", "relocate", "review"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.listing_unclear")
	data.guard.instruments.cn_dsl.listing_unclear
	count(data.guard.instruments.cn_cbdf.abroad) > 0
	not data.guard.instruments.cn_cbdf.important_assessed
}

# METADATA
# title: The volume was split up
# description: The number of persons was split up to come within certification. That is forbidden.
# custom:
#   id: cn_pi_cert.split_volume
#   kind: barrier
#   cites: ["CAC/SAMR Order No. 20"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
barriers contains {
	"rule": "cn_pi_cert.split_volume",
	"instrument": "cn_pi_cert",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["mechanism", "redact", "relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.split_volume")
	due
	not closed
	data.guard.instruments.cn_cbdf.split_up
}

# METADATA
# title: No certificate is on file
# description: >-
#   The export needs a mechanism, certification is open to it, and neither a valid certificate nor another
#   mechanism is on file; or its volume is not known.
# custom:
#   id: cn_pi_cert.no_certificate
#   kind: barrier
#   cites: ["CAC/SAMR Order No. 20", "CAC Order No. 16 Art. 8"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
barriers contains {
	"rule": "cn_pi_cert.no_certificate",
	"instrument": "cn_pi_cert",
	"categories": sort(lib.personal),
	"remedies": data.guard.instruments.cn_cbdf.offered(["declare", "mechanism", "redact", "relocate"]),
	"confine": data.guard.instruments.cn_cbdf.confine,
} if {
	lib.in_force("cn_pi_cert.no_certificate")
	due
	data.guard.instruments.cn_cbdf.contract_open
	not certified
	not elsewhere
	not data.guard.instruments.cn_cbdf.small_volume
}
