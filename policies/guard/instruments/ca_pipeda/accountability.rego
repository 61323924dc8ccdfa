# PIPEDA Sch. 1 cl. 4.1.3: the organisation answers for what it transfers for processing, wherever that is.

# METADATA
# scope: package
# title: Personal Information Protection and Electronic Documents Act
# description: >-
#   Applies to commercial activities in Canada, to federal undertakings, and to data that cross a provincial or national
#   border. There is no test of the country: who transfers data for processing stays accountable and secures comparable
#   protection by contract or other means. A disclosure for the recipient's own purposes needs consent.
# custom:
#   cites: ["SC 2000 c.5", "Guidelines for Processing Personal Data Across Borders (2009)"]
#   omits:
#     - "s. 4: what is not commercial; employees outside federal undertakings"
#     - "cl. 4.2 to 4.4, s. 5(3): purposes, form of consent and appropriateness are the operator's word"
#     - "cl. 4.7 to 4.10: safeguards, access and challenge"
#     - "s. 10.1 to 10.3: breaches"
package guard.instruments.ca_pipeda

import data.guard.lib

# A processor that uses the data for the organisation and for nothing of its own. Any other gets a disclosure.
for_processing if {
	input.destination.role == "processor"
	input.destination.training_use == "no"
}

handed_over if {
	count(lib.personal) > 0
	lib.recipient
	not provincial
}

# Provinces whose own law is substantially similar (SOR/2003-374, SOR/2004-219, SOR/2004-220).
similar := {"CA-AB", "CA-BC", "CA-QC"}

# Everything happens within one such province, and the organisation is no federal undertaking.
provincial if {
	lib.in_force("ca_pipeda.provincial_law")
	lib.declared("ca_pipeda.no_federal_undertaking")
	input.transfer.origin in similar
	elsewhere == set()
}

elsewhere contains place if {
	some place in array.concat(input.destination.storage, input.destination.processing)
	place != input.transfer.origin
}

elsewhere contains place if {
	some place in array.concat(input.destination.access, input.transfer.principal.establishment)
	place != input.transfer.origin
}

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.ca_pipeda[place]
}

# METADATA
# title: No personal information is left
# description: Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: ca_pipeda.no_personal_information
#   kind: exemption
#   cites: ["PIPEDA s. 2(1)"]
#   since: "2001-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_pipeda.no_personal_information",
	"instrument": "ca_pipeda",
	"mechanism": "no_personal_data",
	"authority": "PIPEDA s. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ca_pipeda.no_personal_information")
	count(lib.personal) == 0
}

# METADATA
# title: The organisation keeps the data to itself
# description: >-
#   The destination is the organisation's own, at home or abroad. Nothing passes to a third party, and the Act binds the
#   organisation there as here.
# custom:
#   id: ca_pipeda.own_processing
#   kind: exemption
#   cites: ["PIPEDA Sch. 1 cl. 4.1.3"]
#   since: "2001-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_pipeda.own_processing",
	"instrument": "ca_pipeda",
	"mechanism": "own_entity",
	"authority": "PIPEDA Sch. 1 cl. 4.1.3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ca_pipeda.own_processing")
	not lib.recipient
}

# METADATA
# title: The law of the province governs instead
# description: >-
#   The organisation, the data and the recipient are all in Quebec, Alberta or British Columbia, whose own law is
#   substantially similar, and the operator declares that it is no federal undertaking. Nothing crosses a border.
# custom:
#   id: ca_pipeda.provincial_law
#   kind: exemption
#   cites: ["PIPEDA s. 26(2)(b)", "SOR/2003-374", "SOR/2004-219", "SOR/2004-220"]
#   since: "2004-10-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_pipeda.provincial_law",
	"instrument": "ca_pipeda",
	"mechanism": "out_of_scope",
	"authority": "PIPEDA s. 26(2)(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	provincial
}

# METADATA
# title: Comparable protection is secured
# description: >-
#   The recipient processes the data for the organisation only, and a contract or other means secures a comparable level
#   of protection. The organisation stays accountable.
# custom:
#   id: ca_pipeda.accountability
#   kind: permit
#   cites: ["PIPEDA Sch. 1 cl. 4.1.3"]
#   since: "2001-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_pipeda.accountability",
	"instrument": "ca_pipeda",
	"mechanism": "accountability",
	"authority": "PIPEDA Sch. 1 cl. 4.1.3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	handed_over
	for_processing
	secured
}

secured if {
	lib.in_force("ca_pipeda.accountability")
	lib.on_file("ca_comparable_protection")
}

# METADATA
# title: Consent to the disclosure
# description: >-
#   The recipient has purposes of its own, and every individual consented to the disclosure or the Act permits it
#   without consent.
# custom:
#   id: ca_pipeda.disclosure_consent
#   kind: permit
#   cites: ["PIPEDA Sch. 1 cl. 4.3", "PIPEDA s. 7(3)"]
#   since: "2001-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_pipeda.disclosure_consent",
	"instrument": "ca_pipeda",
	"mechanism": "consent",
	"authority": "PIPEDA Sch. 1 cl. 4.3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	handed_over
	not for_processing
	consented
}

consented if {
	lib.in_force("ca_pipeda.disclosure_consent")
	lib.declared("ca_pipeda.disclosure_consent")
}

# METADATA
# title: The processor is not bound to comparable protection
# description: >-
#   Personal information would be transferred for processing, in Canada or abroad, without a contract or other means
#   that secure a comparable level of protection.
# custom:
#   id: ca_pipeda.no_comparable_protection
#   kind: barrier
#   cites: ["PIPEDA Sch. 1 cl. 4.1.3"]
#   since: "2001-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_pipeda.no_comparable_protection",
	"instrument": "ca_pipeda",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ca_pipeda.no_comparable_protection")
	handed_over
	for_processing
	not secured
}

# METADATA
# title: A disclosure without consent
# description: >-
#   The recipient has purposes of its own, trains on what it receives, or does not say what it does with it. That is no
#   transfer for processing but a disclosure, and no consent is declared.
# custom:
#   id: ca_pipeda.disclosure_without_consent
#   kind: barrier
#   cites: ["PIPEDA Sch. 1 cl. 4.3", "PIPEDA Sch. 1 cl. 4.5"]
#   since: "2001-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_pipeda.disclosure_without_consent",
	"instrument": "ca_pipeda",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ca_pipeda.disclosure_without_consent")
	handed_over
	not for_processing
	not consented
}

# METADATA
# title: Tell individuals that data are processed abroad
# description: >-
#   Individuals are told in plain language that their data may be processed in another country, where its courts and
#   authorities may get at them.
# custom:
#   id: ca_pipeda.foreign_processing_notice
#   kind: obligation
#   cites: ["PIPEDA Sch. 1 cl. 4.8", "Guidelines for Processing Personal Data Across Borders"]
#   since: "2009-01-27"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "ca_pipeda.foreign_processing_notice",
	"instrument": "ca_pipeda",
	"days": 0,
	"declaration": "ca_pipeda.foreign_processing_told",
} if {
	lib.in_force("ca_pipeda.foreign_processing_notice")
	handed_over
	count(abroad) > 0
}

# METADATA
# title: Consider the law of the place
# description: >-
#   A contract does not override the law of the place where the data are. Weigh the sensitivity of the data against the
#   reach of its authorities.
# custom:
#   id: ca_pipeda.foreign_law
#   kind: advice
#   cites: ["Guidelines for Processing Personal Data Across Borders"]
#   since: "2009-01-27"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "ca_pipeda.foreign_law", "instrument": "ca_pipeda"} if {
	lib.in_force("ca_pipeda.foreign_law")
	handed_over
	count(abroad) > 0
}
