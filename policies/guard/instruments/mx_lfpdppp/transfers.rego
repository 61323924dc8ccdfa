# LFPDPPP of 2025: remission to a processor and transfer to anybody else, within Mexico and abroad alike.

# METADATA
# scope: package
# title: Federal Law on the Protection of Personal Data Held by Private Parties of Mexico
# description: >-
#   Applies to private parties in Mexico. The law looks at the recipient and not at the country: what goes to a
#   processor is a remission and needs a contract; what goes to anybody else is a transfer and needs the privacy notice
#   and consent or an exception. The law of 2025 replaced that of 2010; its article numbers were not checked and are
#   not cited.
# custom:
#   cites: ["LFPDPPP (DOF 2025-03-20)"]
#   omits:
#     - "Principles, privacy notice and consent for the processing itself are the controller's word"
#     - "Rights of access, rectification, cancellation and objection; automated processing"
#     - "Security, breaches, officers and self-regulation"
#     - "The regulation to the new law, until it is published; the regulation of 2011 where it still applies"
#     - "Public bodies, which have a law of their own"
package guard.instruments.mx_lfpdppp

import data.guard.lib

# A processor acts for the controller and not for itself.
remitted if {
	handed_over
	input.destination.role == "processor"
	input.destination.training_use == "no"
}

transferred if {
	handed_over
	not remitted
}

handed_over if {
	count(lib.personal) > 0
	lib.recipient
}

sensitive := lib.sensitive("mx_lfpdppp")

# METADATA
# title: Nobody else receives personal data
# description: No personal data are left, or the destination is the controller's own.
# custom:
#   id: mx_lfpdppp.no_recipient
#   kind: exemption
#   cites: ["LFPDPPP (2025), definitions"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mx_lfpdppp.no_recipient",
	"instrument": "mx_lfpdppp",
	"mechanism": "no_disclosure",
	"authority": "LFPDPPP (2025), definitions",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	lib.in_force("mx_lfpdppp.no_recipient")
	not handed_over
}

# METADATA
# title: Remission to a processor under contract
# description: >-
#   A processor that acts for the controller only gets the data under a contract. Neither notice nor consent is needed,
#   in Mexico or abroad.
# custom:
#   id: mx_lfpdppp.remission
#   kind: permit
#   cites: ["LFPDPPP (2025), provisions on the processor"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mx_lfpdppp.remission",
	"instrument": "mx_lfpdppp",
	"mechanism": "contract",
	"authority": "LFPDPPP (2025), provisions on the processor",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	remitted
	contracted
}

contracted if {
	lib.in_force("mx_lfpdppp.remission")
	lib.on_file("mx_processor_contract")
}

# METADATA
# title: Transfer with notice and consent
# description: The privacy notice tells of the transfer and its purposes, and every data subject accepted it.
# custom:
#   id: mx_lfpdppp.consent
#   kind: permit
#   cites: ["LFPDPPP (2025), chapter on transfers"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mx_lfpdppp.consent",
	"instrument": "mx_lfpdppp",
	"mechanism": "consent",
	"authority": "LFPDPPP (2025), chapter on transfers",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	consented
}

consented if {
	lib.in_force("mx_lfpdppp.consent")
	lib.declared("mx_lfpdppp.transfer_consent")
}

# METADATA
# title: Transfer under an exception from consent
# description: >-
#   A law or treaty, health care, the same group under the same rules, a contract, the public interest or a claim allows
#   the transfer without consent.
# custom:
#   id: mx_lfpdppp.exception
#   kind: permit
#   cites: ["LFPDPPP (2025), chapter on transfers"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "mx_lfpdppp.exception",
	"instrument": "mx_lfpdppp",
	"mechanism": "derogation",
	"authority": "LFPDPPP (2025), chapter on transfers",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	excepted
}

excepted if {
	lib.in_force("mx_lfpdppp.exception")
	lib.declared("mx_lfpdppp.transfer_exception")
}

# METADATA
# title: A processor without contract
# description: Data would go to a processor whose duties no contract or other legal instrument lays down.
# custom:
#   id: mx_lfpdppp.no_contract
#   kind: barrier
#   cites: ["LFPDPPP (2025), provisions on the processor"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "mx_lfpdppp.no_contract",
	"instrument": "mx_lfpdppp",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("mx_lfpdppp.no_contract")
	remitted
	not contracted
}

# METADATA
# title: A transfer without consent
# description: >-
#   The recipient has purposes of its own, trains on what it receives, or does not say what it is. Neither consent by
#   the privacy notice nor an exception is declared.
# custom:
#   id: mx_lfpdppp.no_consent
#   kind: barrier
#   cites: ["LFPDPPP (2025), chapter on transfers"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "mx_lfpdppp.no_consent",
	"instrument": "mx_lfpdppp",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("mx_lfpdppp.no_consent")
	transferred
	not consented
	not excepted
}

# METADATA
# title: Sensitive data without express written consent
# description: >-
#   Data on origin, health, genetics, beliefs, opinions or sexual preference are processed with express consent in
#   writing or where the law dispenses with it.
# custom:
#   id: mx_lfpdppp.sensitive_data
#   kind: barrier
#   cites: ["LFPDPPP (2025), provision on sensitive data"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "mx_lfpdppp.sensitive_data",
	"instrument": "mx_lfpdppp",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("mx_lfpdppp.sensitive_data")
	count(sensitive) > 0
	not lib.declared("mx_lfpdppp.sensitive_consent")
}

# METADATA
# title: Pass on the privacy notice with the data
# description: >-
#   The recipient of a transfer gets the privacy notice and the purposes to which it is bound, and what was passed on is
#   kept.
# custom:
#   id: mx_lfpdppp.record
#   kind: obligation
#   cites: ["LFPDPPP (2025), chapter on transfers"]
#   since: "2025-03-21"
#   confidence: low
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "mx_lfpdppp.record",
	"instrument": "mx_lfpdppp",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("mx_lfpdppp.record")
	transferred
}
