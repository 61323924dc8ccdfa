# Royal Decree M/19 (as amended by M/148) Art. 29 and the Regulation on transfers: leaving the Kingdom.

# METADATA
# scope: package
# title: Personal Data Protection Law of Saudi Arabia
# description: >-
#   Applies to processing in the Kingdom and to data of residents processed abroad. Covered are the purposes and
#   conditions of a transfer, its safeguards, the risk assessment and sensitive data. No list of adequate countries is
#   published as far as known, so no country counts as adequate.
# custom:
#   cites: ["Royal Decree M/19, as amended by M/148", "Regulation on Personal Data Transfer outside the Kingdom"]
#   omits:
#     - "The list of adequate countries, until it is published"
#     - "Art. 4 to 6, 10 to 15: rights, bases, collection and disclosure are the operator's word"
#     - "Art. 8: choice of the processor and its contract"
#     - "Art. 20 to 22: breaches and impact assessment other than of a transfer"
#     - "Art. 23, 24: additional controls for health and credit data"
package guard.instruments.sa_pdpl

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.sa_pdpl[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

# METADATA
# title: No personal data leave the Kingdom
# description: No personal data are left, or storage, processing and access are all in the Kingdom.
# custom:
#   id: sa_pdpl.no_transfer
#   kind: exemption
#   cites: ["Royal Decree M/19 Art. 2", "Royal Decree M/19 Art. 29(1)"]
#   since: "2023-09-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sa_pdpl.no_transfer",
	"instrument": "sa_pdpl",
	"mechanism": "within_territory",
	"authority": "Royal Decree M/19 Art. 29(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("sa_pdpl.no_transfer")
	not transferred
}

# METADATA
# title: Standard clauses of the Kingdom
# description: The standard contractual clauses that the competent authority issued bind the recipient.
# custom:
#   id: sa_pdpl.standard_clauses
#   kind: permit
#   cites: ["Regulation on Personal Data Transfer outside the Kingdom", "Royal Decree M/19 Art. 29"]
#   since: "2024-09-01"
#   confidence: medium
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
permits contains {
	"rule": "sa_pdpl.standard_clauses",
	"instrument": "sa_pdpl",
	"mechanism": "standard_clauses",
	"authority": "Regulation on Personal Data Transfer outside the Kingdom",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	clauses
}

clauses if {
	lib.in_force("sa_pdpl.standard_clauses")
	lib.on_file("sa_standard_clauses")
}

# METADATA
# title: Binding common rules of the group
# description: The recipient belongs to the operator's group and is bound by common rules that the Regulation accepts.
# custom:
#   id: sa_pdpl.common_rules
#   kind: permit
#   cites: ["Regulation on Personal Data Transfer outside the Kingdom", "Royal Decree M/19 Art. 29"]
#   since: "2024-09-01"
#   confidence: medium
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
permits contains {
	"rule": "sa_pdpl.common_rules",
	"instrument": "sa_pdpl",
	"mechanism": "binding_corporate_rules",
	"authority": "Regulation on Personal Data Transfer outside the Kingdom",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	common_rules
}

common_rules if {
	lib.in_force("sa_pdpl.common_rules")
	lib.on_file("sa_common_rules")
}

# METADATA
# title: Certificate of accreditation
# description: A body that the competent authority licensed certified the recipient's protection.
# custom:
#   id: sa_pdpl.certification
#   kind: permit
#   cites: ["Regulation on Personal Data Transfer outside the Kingdom", "Royal Decree M/19 Art. 29"]
#   since: "2024-09-01"
#   confidence: medium
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
permits contains {
	"rule": "sa_pdpl.certification",
	"instrument": "sa_pdpl",
	"mechanism": "certification",
	"authority": "Regulation on Personal Data Transfer outside the Kingdom",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	certified
}

certified if {
	lib.in_force("sa_pdpl.certification")
	lib.on_file("sa_certification")
}

safeguarded if clauses

safeguarded if common_rules

safeguarded if certified

# METADATA
# title: A transfer exempt from the level of protection
# description: >-
#   The operator declares a case that the Law or the Regulation exempts from adequacy, such as extreme necessity to
#   preserve a life or to treat an infection.
# custom:
#   id: sa_pdpl.exempt_transfer
#   kind: permit
#   cites: ["Royal Decree M/19 Art. 29(1)", "Royal Decree M/19 Art. 29(3)"]
#   since: "2023-09-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sa_pdpl.exempt_transfer",
	"instrument": "sa_pdpl",
	"mechanism": "derogation",
	"authority": "Royal Decree M/19 Art. 29",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	exempt
}

exempt if {
	lib.in_force("sa_pdpl.exempt_transfer")
	lib.declared("sa_pdpl.exempt_transfer")
}

# METADATA
# title: No safeguard for a transfer out of the Kingdom
# description: >-
#   Personal data would leave the Kingdom. No country is known to be listed as adequate, and neither clauses, common
#   rules, a certificate nor an exempt case is stated.
# custom:
#   id: sa_pdpl.no_transfer_ground
#   kind: barrier
#   cites: ["Royal Decree M/19 Art. 29(2)", "Regulation on Personal Data Transfer outside the Kingdom"]
#   since: "2023-09-14"
#   confidence: medium
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
barriers contains {
	"rule": "sa_pdpl.no_transfer_ground",
	"instrument": "sa_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("sa_pdpl.no_transfer_ground")
	transferred
	not safeguarded
	not exempt
}

home := sort([place | some place, inside in data.tables.territories.sa_pdpl; inside])

# METADATA
# title: Keep the record of the transfer
# description: The record of processing says to whom and where abroad the data go.
# custom:
#   id: sa_pdpl.record
#   kind: obligation
#   cites: ["Royal Decree M/19 Art. 31"]
#   since: "2023-09-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "sa_pdpl.record",
	"instrument": "sa_pdpl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("sa_pdpl.record")
	transferred
}

# METADATA
# title: Whether a list of adequate countries exists is not certain
# description: >-
#   Most sources say that no list of adequate countries is published; one vendor's page says otherwise. No country is
#   taken as adequate here. Ask the authority before you rely on one.
# custom:
#   id: sa_pdpl.adequacy_list
#   kind: advice
#   cites: ["Royal Decree M/19 Art. 29(2)"]
#   since: "2024-09-01"
#   confidence: low
#   source: https://profectus.sa/resources/pdpl-cross-border-transfer
advice contains {"rule": "sa_pdpl.adequacy_list", "instrument": "sa_pdpl"} if {
	lib.in_force("sa_pdpl.adequacy_list")
	transferred
}
