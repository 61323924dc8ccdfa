# Cap. 486: what Hong Kong asks of a transfer while its own section on transfers sleeps.
# METADATA
# scope: package
# title: Personal Data (Privacy) Ordinance
# description: >-
#   Applies to data users who control the handling of personal data in or from Hong Kong. Section 33 on transfers
#   abroad has not been brought into force, so a transfer is a use like any other: for the purpose of collection
#   or with prescribed consent, and with means against what a processor might do.
# custom:
#   cites: ["Cap. 486", "PCPD Recommended Model Contractual Clauses (2022)"]
#   omits:
#     - "DPP 1, 2(1), 5 and 6: collection, accuracy, openness, access"
#     - "Part VIA: direct marketing"
#     - "Part VIII: exemptions"
#     - "Section 33 until it comes into force"
package guard.instruments.hk_pdpo

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.hk_pdpo[place]
}

# Given to somebody else, or taken out of Hong Kong: a use in the sense of s. 2(1).
used if {
	count(lib.personal) > 0
	lib.recipient
}

used if {
	count(lib.personal) > 0
	count(abroad) > 0
}

purposeful if lib.declared("hk_pdpo.original_purpose")

purposeful if lib.declared("hk_pdpo.prescribed_consent")

# METADATA
# title: Nothing is used that the Ordinance protects
# description: >-
#   No personal data is left, or the data stay with the data user in Hong Kong.
# custom:
#   id: hk_pdpo.no_use
#   kind: exemption
#   cites: ["Cap. 486 s. 2(1)"]
#   since: "1996-12-20"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "hk_pdpo.no_use",
	"instrument": "hk_pdpo",
	"mechanism": "no_personal_data",
	"authority": "Cap. 486 s. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("hk_pdpo.no_use")
	not used
}

# METADATA
# title: Used for the purpose of collection, or with consent
# description: >-
#   The transfer serves the purpose for which the data were collected or one directly related to it, or every
#   data subject gave prescribed consent. Hong Kong asks for no further ground, wherever the data go.
# custom:
#   id: hk_pdpo.purpose
#   kind: permit
#   cites: ["Cap. 486 Sch. 1 DPP 3", "Cap. 486 s. 33 (not in force)"]
#   since: "1996-12-20"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "hk_pdpo.purpose",
	"instrument": "hk_pdpo",
	"mechanism": "purpose_of_collection",
	"authority": "Cap. 486 Sch. 1 DPP 3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("hk_pdpo.purpose")
	used
	purposeful
}

# METADATA
# title: A new purpose without prescribed consent
# description: >-
#   Personal data are used, that is also disclosed or transferred, for a new purpose only with the prescribed
#   consent of the data subject. Neither the original purpose nor consent is declared.
# custom:
#   id: hk_pdpo.new_purpose
#   kind: barrier
#   cites: ["Cap. 486 Sch. 1 DPP 3"]
#   since: "1996-12-20"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "hk_pdpo.new_purpose",
	"instrument": "hk_pdpo",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("hk_pdpo.new_purpose")
	used
	not purposeful
}

# METADATA
# title: No terms with the processor
# description: >-
#   A data user who engages a processor, in Hong Kong or outside, keeps it by contract or other means from holding
#   the data longer than needed, and protects them. No such terms are on file.
# custom:
#   id: hk_pdpo.processor_terms
#   kind: barrier
#   cites: ["Cap. 486 Sch. 1 DPP 2(3)", "Cap. 486 Sch. 1 DPP 4(2)"]
#   since: "2012-10-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "hk_pdpo.processor_terms",
	"instrument": "hk_pdpo",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact"],
	"confine": [],
} if {
	lib.in_force("hk_pdpo.processor_terms")
	used
	input.destination.role in {"processor", "unknown"}
	not lib.on_file("hk_processor_terms")
	not lib.on_file("hk_model_clauses")
}

# METADATA
# title: Keep what shows how the data were used
# description: >-
#   A data user takes practicable steps to show that the use was for the purpose of collection; the decision is
#   kept as the record of it.
# custom:
#   id: hk_pdpo.use_record
#   kind: obligation
#   cites: ["Cap. 486 Sch. 1 DPP 3, DPP 4"]
#   since: "1996-12-20"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "hk_pdpo.use_record",
	"instrument": "hk_pdpo",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("hk_pdpo.use_record")
	used
	count(abroad) > 0
}

# METADATA
# title: Agree on the recommended clauses
# description: >-
#   The section on transfers abroad is not in force. The Privacy Commissioner recommends model clauses for
#   transfers to other data users and to processors outside Hong Kong; for the Greater Bay Area there is a
#   standard contract of its own. Neither is a condition of the law.
# custom:
#   id: hk_pdpo.model_clauses
#   kind: advice
#   cites: ["PCPD Recommended Model Contractual Clauses (2022)", "GBA Standard Contract (2023)", "Cap. 486 s. 33"]
#   since: "2022-05-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "hk_pdpo.model_clauses", "instrument": "hk_pdpo"} if {
	lib.in_force("hk_pdpo.model_clauses")
	used
	count(abroad) > 0
	not lib.on_file("hk_model_clauses")
	not lib.on_file("gba_standard_contract")
}
