# 28 CFR Part 202 Subpart D: what a U.S. person may do only with the security requirements in place.
package guard.instruments.us_doj_bulk

import data.guard.lib

secured if lib.on_file("doj_security_requirements")

governed if {
	lib.declared("us_doj_bulk.compliance_programme")
	lib.declared("us_doj_bulk.annual_audit")
}

# Until 2025-10-06 the security requirements were enough.
governed if not lib.in_force("us_doj_bulk.programme_missing")

restricted if {
	covered
	kind in agreements
	not omic
}

# METADATA
# title: A restricted transaction that meets the requirements
# description: >-
#   A vendor, employment or investment agreement gives a covered person access, and the security requirements are
#   implemented for it; since 6 October 2025 there are also a data compliance programme and a yearly audit.
# custom:
#   id: us_doj_bulk.restricted_authorised
#   kind: permit
#   cites: ["28 CFR 202.401(a)", "28 CFR 202.248", "28 CFR 202.1001", "28 CFR 202.1002"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/28/202.401
permits contains {
	"rule": "us_doj_bulk.restricted_authorised",
	"instrument": "us_doj_bulk",
	"mechanism": "security_requirements",
	"authority": "28 CFR 202.401",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	authorised
}

authorised if {
	lib.in_force("us_doj_bulk.restricted_authorised")
	bound
	restricted
	secured
	governed
	not exempt
	not evading
}

# METADATA
# title: A restricted transaction without the security requirements
# description: >-
#   A vendor, employment or investment agreement would give a country of concern or a covered person access to bulk
#   U.S. sensitive personal data or government-related data, and the security requirements are not implemented.
#   Controls of one's own that are believed to be as good do not take their place, nor does a right to audit.
# custom:
#   id: us_doj_bulk.restricted
#   kind: barrier
#   cites: ["28 CFR 202.401(a), (c)", "28 CFR 202.217", "28 CFR 202.228", "28 CFR 202.258"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/28/202.401
barriers contains {
	"rule": "us_doj_bulk.restricted",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.restricted")
	caught
	restricted
	not secured
}

# METADATA
# title: A restricted transaction without programme or audit
# description: >-
#   The security requirements are implemented, but the data compliance programme or the yearly audit, due since
#   6 October 2025, is not declared.
# custom:
#   id: us_doj_bulk.programme_missing
#   kind: barrier
#   cites: ["28 CFR 202.1001", "28 CFR 202.1002", "28 CFR 202.401(a)"]
#   since: "2025-10-06"
#   confidence: high
#   source: https://lexbuild.dev/ecfr/title-28/chapter-I/part-202/section-202.1001
barriers contains {
	"rule": "us_doj_bulk.programme_missing",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["declare", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.programme_missing")
	caught
	restricted
	secured
	not governed
}

# METADATA
# title: Records of the transaction are kept for ten years
# description: >-
#   Whoever engages in a transaction that the rule restricts, or sells data to a foreign person, keeps a full and
#   accurate record of it for at least ten years.
# custom:
#   id: us_doj_bulk.records
#   kind: obligation
#   cites: ["28 CFR 202.1101"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "us_doj_bulk.records",
	"instrument": "us_doj_bulk",
	"days": 3653,
	"declaration": "none",
} if {
	lib.in_force("us_doj_bulk.records")
	lawful_with_duties
}

lawful_with_duties if authorised

lawful_with_duties if clause_holds
