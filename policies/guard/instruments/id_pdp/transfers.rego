# Law 27/2022 Art. 56: the three steps of a transfer out of Indonesia.

# METADATA
# scope: package
# title: Personal Data Protection Law of Indonesia
# description: >-
#   Applies in Indonesia and to acts abroad with consequences there. A transfer asks first for a destination that
#   protects as much, failing that for binding safeguards, failing that for consent. The implementing regulation and
#   the agency were not found, and the reading is general knowledge.
# custom:
#   cites: ["Law 27/2022", "GR 71/2019"]
#   omits:
#     - "Art. 20 to 24: bases and consent for the processing itself are the operator's word"
#     - "Art. 5 to 15: rights of the data subject"
#     - "Art. 46, 51 to 53: breaches, processors, data protection officers"
#     - "The implementing regulation, until it is published"
#     - "Rules of the financial and payment authorities on data centres in the country"
package guard.instruments.id_pdp

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.id_pdp[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

specific := lib.sensitive("id_pdp")

home := sort([place | some place, inside in data.tables.territories.id_pdp; inside])

# METADATA
# title: No personal data leave Indonesia
# description: No personal data are left, or storage, processing and access are all in Indonesia.
# custom:
#   id: id_pdp.no_transfer
#   kind: exemption
#   cites: ["Law 27/2022 Art. 2", "Law 27/2022 Art. 56(1)"]
#   since: "2022-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "id_pdp.no_transfer",
	"instrument": "id_pdp",
	"mechanism": "within_territory",
	"authority": "Law 27/2022 Art. 56(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	lib.in_force("id_pdp.no_transfer")
	not transferred
}

# METADATA
# title: The destination protects as much or more
# description: >-
#   The operator established that every country that the data would reach protects personal data as this law does or
#   better. There is no list of countries, and every place has to be named.
# custom:
#   id: id_pdp.equal_protection
#   kind: permit
#   cites: ["Law 27/2022 Art. 56(2)"]
#   since: "2022-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "id_pdp.equal_protection",
	"instrument": "id_pdp",
	"mechanism": "adequacy",
	"authority": "Law 27/2022 Art. 56(2)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	equal_protection
}

equal_protection if {
	lib.in_force("id_pdp.equal_protection")
	lib.places_named
	lib.declared("id_pdp.equal_protection")
}

# METADATA
# title: Adequate and binding safeguards
# description: A binding instrument obliges the recipient to protect the data adequately.
# custom:
#   id: id_pdp.safeguards
#   kind: permit
#   cites: ["Law 27/2022 Art. 56(3)"]
#   since: "2022-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "id_pdp.safeguards",
	"instrument": "id_pdp",
	"mechanism": "contract",
	"authority": "Law 27/2022 Art. 56(3)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	safeguarded
}

safeguarded if {
	lib.in_force("id_pdp.safeguards")
	lib.on_file("id_binding_safeguards")
}

# METADATA
# title: Consent, because nothing else was available
# description: >-
#   Neither equal protection nor binding safeguards could be had, and every data subject consented to the transfer.
#   Consent is the last step and not a choice.
# custom:
#   id: id_pdp.consent
#   kind: permit
#   cites: ["Law 27/2022 Art. 56(4)"]
#   since: "2022-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "id_pdp.consent",
	"instrument": "id_pdp",
	"mechanism": "consent",
	"authority": "Law 27/2022 Art. 56(4)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	consented
}

consented if {
	lib.in_force("id_pdp.consent")
	lib.declared("id_pdp.transfer_consent")
	not equal_protection
	not safeguarded
}

# METADATA
# title: None of the three steps is taken
# description: >-
#   Personal data would leave Indonesia, and neither equal protection, binding safeguards nor consent in their place is
#   stated.
# custom:
#   id: id_pdp.no_transfer_ground
#   kind: barrier
#   cites: ["Law 27/2022 Art. 56"]
#   since: "2022-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "id_pdp.no_transfer_ground",
	"instrument": "id_pdp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("id_pdp.no_transfer_ground")
	transferred
	not equal_protection
	not safeguarded
	not consented
}

# METADATA
# title: Systems of public scope stay in the country
# description: >-
#   The operator runs an electronic system of public scope. It is managed, processed and stored in Indonesia unless the
#   technology is not available there, which an authority has to find.
# custom:
#   id: id_pdp.public_system
#   kind: barrier
#   cites: ["GR 71/2019 Art. 20"]
#   since: "2019-10-10"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "id_pdp.public_system",
	"instrument": "id_pdp",
	"categories": sort(lib.personal),
	"remedies": ["relocate"],
	"confine": home,
} if {
	lib.in_force("id_pdp.public_system")
	count(abroad) > 0
	lib.declared("id_pdp.public_scope")
}

# METADATA
# title: Specific data without an impact assessment
# description: >-
#   Health, biometric, genetic, criminal, children's and personal financial data are specific data. Processing them is
#   of high risk and is assessed first; that it was is not declared.
# custom:
#   id: id_pdp.impact_assessment
#   kind: barrier
#   cites: ["Law 27/2022 Art. 4(2)", "Law 27/2022 Art. 34"]
#   since: "2024-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "id_pdp.impact_assessment",
	"instrument": "id_pdp",
	"categories": sort(specific),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("id_pdp.impact_assessment")
	count(specific) > 0
	not lib.declared("id_pdp.impact_assessment")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor processes on the
#   controller's orders; outside them it answers as a controller.
# custom:
#   id: id_pdp.training_use
#   kind: barrier
#   cites: ["Law 27/2022 Art. 51"]
#   since: "2024-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "id_pdp.training_use",
	"instrument": "id_pdp",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("id_pdp.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}

# METADATA
# title: Keep the record of the transfer
# description: The controller records its processing, of which the transfer is a part.
# custom:
#   id: id_pdp.record
#   kind: obligation
#   cites: ["Law 27/2022 Art. 31"]
#   since: "2024-10-17"
#   confidence: low
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "id_pdp.record",
	"instrument": "id_pdp",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("id_pdp.record")
	transferred
}
