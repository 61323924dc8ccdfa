# Law 8/2005 Art. 7, 19 and 20: Macao's transfers, on the model of the former European directive.
# METADATA
# scope: package
# title: Personal Data Protection Act of Macao
# description: >-
#   Applies to processing in Macao. Data go to places that the authority holds to be adequate, or by a derogation
#   of which it is told, or with its authorisation. The reading was not compared with the text.
# custom:
#   cites: ["Law 8/2005"]
#   omits:
#     - "Art. 6: legitimacy of processing is the operator's word"
#     - "Art. 10 to 18: rights, processors and security"
#     - "Art. 21 to 25: notification and authorisation of processing as such"
#     - "Art. 9: combination of data"
package guard.instruments.mo_pdpa

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.mo_pdpa[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

sensitive := lib.sensitive("mo_pdpa")

# METADATA
# title: No personal data leave Macao
# description: No personal data is left, or they stay in Macao.
# custom:
#   id: mo_pdpa.no_transfer
#   kind: exemption
#   cites: ["Law 8/2005 Art. 4", "Law 8/2005 Art. 19"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mo_pdpa.no_transfer",
	"instrument": "mo_pdpa",
	"mechanism": "within_territory",
	"authority": "Law 8/2005 Art. 19",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	lib.in_force("mo_pdpa.no_transfer")
	not transferred
}

# METADATA
# title: The authority holds the destination to be adequate
# description: The authority's opinion that this destination protects the data adequately is declared.
# custom:
#   id: mo_pdpa.adequacy
#   kind: permit
#   cites: ["Law 8/2005 Art. 19"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mo_pdpa.adequacy",
	"instrument": "mo_pdpa",
	"mechanism": "adequacy",
	"authority": "Law 8/2005 Art. 19",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	adequate
}

adequate if {
	lib.in_force("mo_pdpa.adequacy")
	lib.declared("mo_pdpa.adequate_by_authority")
}

# METADATA
# title: A derogation holds and the authority was told
# description: >-
#   Unambiguous consent, a contract with or for the data subject, a legal claim, vital interests or a public
#   register carries the transfer, and the authority was told.
# custom:
#   id: mo_pdpa.derogation
#   kind: permit
#   cites: ["Law 8/2005 Art. 20(1)"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mo_pdpa.derogation",
	"instrument": "mo_pdpa",
	"mechanism": "derogation",
	"authority": "Law 8/2005 Art. 20(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	derogated
}

derogated if {
	lib.in_force("mo_pdpa.derogation")
	lib.declared("mo_pdpa.derogation")
}

# METADATA
# title: The authority authorised the transfer
# description: The authority authorised this transfer because contractual clauses give adequate guarantees.
# custom:
#   id: mo_pdpa.authorisation
#   kind: permit
#   cites: ["Law 8/2005 Art. 20(2)"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mo_pdpa.authorisation",
	"instrument": "mo_pdpa",
	"mechanism": "authorisation",
	"authority": "Law 8/2005 Art. 20(2)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	authorised
}

authorised if {
	lib.in_force("mo_pdpa.authorisation")
	lib.on_file("mo_authorisation")
}

# METADATA
# title: No ground for a transfer out of Macao
# description: >-
#   Personal data would leave Macao without an opinion of the authority that the destination is adequate, a
#   derogation, or an authorisation.
# custom:
#   id: mo_pdpa.no_transfer_ground
#   kind: barrier
#   cites: ["Law 8/2005 Art. 19", "Law 8/2005 Art. 20"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "mo_pdpa.no_transfer_ground",
	"instrument": "mo_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": sort([place | some place, home in data.tables.territories.mo_pdpa; home]),
} if {
	lib.in_force("mo_pdpa.no_transfer_ground")
	transferred
	not adequate
	not derogated
	not authorised
}

# METADATA
# title: Sensitive data without a ground
# description: >-
#   Belief, party and union membership, private life, origin, health, sex life and genetic data are processed only
#   with express consent, by authorisation or on another ground of the article.
# custom:
#   id: mo_pdpa.sensitive_data
#   kind: barrier
#   cites: ["Law 8/2005 Art. 7"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "mo_pdpa.sensitive_data",
	"instrument": "mo_pdpa",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("mo_pdpa.sensitive_data")
	count(sensitive) > 0
	not lib.declared("mo_pdpa.sensitive_ground")
}

# METADATA
# title: Keep what was told to the authority
# description: The notice to the authority, or its authorisation, is kept with the transfer.
# custom:
#   id: mo_pdpa.record
#   kind: obligation
#   cites: ["Law 8/2005 Art. 20"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "mo_pdpa.record",
	"instrument": "mo_pdpa",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("mo_pdpa.record")
	transferred
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in Macao, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: mo_pdpa.access_not_known
#   kind: advice
#   cites: ["Law 8/2005 Art. 19"]
#   since: "2006-02-19"
#   confidence: low
#   source: general knowledge, not checked against the text
advice contains {"rule": "mo_pdpa.access_not_known", "instrument": "mo_pdpa"} if {
	count(lib.personal) > 0
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("mo_pdpa.access_not_known")
}
