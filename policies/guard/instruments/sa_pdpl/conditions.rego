# Royal Decree M/19 Art. 29(1) and (2) and the Regulation: what every transfer has to meet beside its safeguard.
package guard.instruments.sa_pdpl

import data.guard.lib

# METADATA
# title: The purpose of the transfer is not one that the Law names
# description: >-
#   A transfer serves an agreement of the Kingdom, its interests, an obligation of the data subject, or another purpose
#   that the Regulation names. None is declared, and a safeguard does not stand in for it.
# custom:
#   id: sa_pdpl.purpose_not_named
#   kind: barrier
#   cites: ["Royal Decree M/19 Art. 29(1)"]
#   since: "2023-09-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sa_pdpl.purpose_not_named",
	"instrument": "sa_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("sa_pdpl.purpose_not_named")
	transferred
	not exempt
	not lib.declared("sa_pdpl.permitted_purpose")
}

# METADATA
# title: Conditions of every transfer are not declared
# description: >-
#   A transfer must not prejudice national security or the vital interests of the Kingdom and takes the least data that
#   will do. That both hold is not declared. It is asked of exempt transfers too, because the cases are not told apart.
# custom:
#   id: sa_pdpl.conditions
#   kind: barrier
#   cites: ["Royal Decree M/19 Art. 29(2)"]
#   since: "2023-09-14"
#   confidence: medium
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
barriers contains {
	"rule": "sa_pdpl.conditions",
	"instrument": "sa_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("sa_pdpl.conditions")
	transferred
	not lib.declared("sa_pdpl.transfer_conditions")
}

# METADATA
# title: The risks of the transfer were not assessed
# description: >-
#   Whoever relies on clauses, common rules or a certificate, or sends sensitive data abroad continuously or on a large
#   scale, assesses the risks first. A pipeline is continuous.
# custom:
#   id: sa_pdpl.risk_assessment
#   kind: barrier
#   cites: ["Regulation on Personal Data Transfer outside the Kingdom"]
#   since: "2024-09-01"
#   confidence: medium
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
barriers contains {
	"rule": "sa_pdpl.risk_assessment",
	"instrument": "sa_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("sa_pdpl.risk_assessment")
	assessable
	not assessed
}

# An exempt transfer does not rely on a safeguard, even where one is on file.
assessable if {
	transferred
	safeguarded
	not exempt
}

assessable if {
	transferred
	count(sensitive) > 0
}

# Risks at places that nobody names cannot have been assessed.
assessed if {
	lib.places_named
	lib.declared("sa_pdpl.risk_assessment")
}
