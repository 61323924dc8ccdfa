# METADATA
# scope: package
# title: Federal Act on Data Protection
# description: >-
#   Applies to facts that have an effect in Switzerland: where the operator is established there, where persons there
#   are concerned, or where the data are there. Covered are the disclosure of personal data abroad with Annex 1 of
#   the Ordinance, sensitive personal data, processors and automated decisions.
# custom:
#   cites: ["SR 235.1 (FADP)", "SR 235.11 (DPO)"]
#   omits:
#     - "Art. 7, 8 (privacy by design, security), Art. 22-24 (impact assessment, breaches)"
#     - "Art. 25-29 (rights of the data subject)"
#     - "Art. 33-42 (federal bodies, which need a basis in law)"
#     - "cantonal law; professional and banking secrecy"
package guard.instruments.ch_fadp

import data.guard.lib

# Personal data as far as nothing stated shows them to be anonymous; the operator's word never covers what was found.
subjects contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
	not stated_anonymous(category)
}

stated_anonymous(category) if {
	lib.anonymous(category)
	not input.transfer.facts.recipient_means_of_reidentification == true
}

# States to which the data would be disclosed.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.ch_fadp[place]
}

# Nobody else receives anything: an employee or a branch of the same legal entity, or the persons' own doing.
undisclosed if {
	input.transfer.facts.same_legal_entity == true
	input.destination.role == "self"
	not input.transfer.facts.intra_group == true
}

undisclosed if {
	input.transfer.facts.recipient_type == "employee"
	input.destination.role == "self"
	not input.transfer.facts.same_legal_entity == false
}

undisclosed if {
	input.transfer.facts.principal_role == "data_subject"
	input.transfer.principal.role == "unknown"
	not input.transfer.facts.exporter_is_data_subject == false
}

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, all of it has been redacted, or it was made anonymous and nothing
#   stated speaks against that.
# custom:
#   id: ch_fadp.no_personal_data
#   kind: exemption
#   cites: ["FADP Art. 5(a)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ch_fadp.no_personal_data",
	"instrument": "ch_fadp",
	"mechanism": "no_personal_data",
	"authority": "FADP Art. 5(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(subjects) == 0
	lib.in_force("ch_fadp.no_personal_data")
}

# METADATA
# title: The data stay within Switzerland
# description: >-
#   Storage, processing and access are all inside Switzerland, or the data stay on a device of the operator's own.
# custom:
#   id: ch_fadp.within_switzerland
#   kind: exemption
#   cites: ["FADP Art. 16(1)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ch_fadp.within_switzerland",
	"instrument": "ch_fadp",
	"mechanism": "within_switzerland",
	"authority": "FADP Art. 16(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	lib.in_force("ch_fadp.within_switzerland")
}

# METADATA
# title: Nothing is disclosed to another
# description: >-
#   The recipient is an employee or a branch of the same legal entity, or the persons hand over their own data.
#   Security remains the controller's duty.
# custom:
#   id: ch_fadp.not_disclosed
#   kind: exemption
#   cites: ["FADP Art. 5(e)", "FADP Art. 8"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ch_fadp.not_disclosed",
	"instrument": "ch_fadp",
	"mechanism": "no_disclosure",
	"authority": "FADP Art. 5(e)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	undisclosed
	lib.in_force("ch_fadp.not_disclosed")
}

safeguarded_by contains safeguard if {
	lib.on_file("ch_tia")
	not lib.on_file("tia_incomplete")
	not lib.on_file("measures_not_compensating")
	lib.places_named
	lib.in_force("ch_fadp.safeguards")
	some safeguard in {"ch_clauses", "ch_notified_clauses", "ch_bcr"}
	lib.on_file(safeguard)
}

# METADATA
# title: Safeguards of Art. 16(2) are on file
# description: >-
#   Clauses that the FDPIC recognises, clauses notified to it, or approved corporate rules bind the recipient, the
#   recipient says where it stores and processes, and the law there was assessed.
# custom:
#   id: ch_fadp.safeguards
#   kind: permit
#   cites: ["FADP Art. 16(2)(b), (d), (e)", "DPO Art. 9-12"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ch_fadp.safeguards",
	"instrument": "ch_fadp",
	"mechanism": "safeguards",
	"authority": "FADP Art. 16(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(safeguarded_by) > 0
}

disclosed_without_ground if {
	count(subjects) > 0
	count(abroad) > 0
	not undisclosed
	not adequate_everywhere
	count(safeguarded_by) == 0
}

exception_invoked if lib.declared("ch_fadp.art17_exception")

# METADATA
# title: An exception of Art. 17 is claimed
# description: >-
#   The operator declares that an exception applies, for instance explicit consent, a contract with or for the
#   person, or a claim before a court. A person confirms each use.
# custom:
#   id: ch_fadp.exception
#   kind: permit
#   cites: ["FADP Art. 17(1)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ch_fadp.exception",
	"instrument": "ch_fadp",
	"mechanism": "exception",
	"authority": "FADP Art. 17(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	exception_invoked
	disclosed_without_ground
	lib.in_force("ch_fadp.exception")
}

# METADATA
# title: An exception needs a person's confirmation
# description: >-
#   The exceptions of Art. 17 are for the individual case. Whether one holds is assessed for each use.
# custom:
#   id: ch_fadp.exception_review
#   kind: barrier
#   cites: ["FADP Art. 17(1)", "FADP Art. 17(2)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ch_fadp.exception_review",
	"instrument": "ch_fadp",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": confine,
} if {
	exception_invoked
	disclosed_without_ground
	lib.in_force("ch_fadp.exception_review")
}

# METADATA
# title: No ground for disclosure to this state
# description: >-
#   The data would reach a state that is not in Annex 1 for this recipient, and no safeguard with an assessment of
#   its law is on file. Intentional disclosure without one is punishable. Not knowing the state counts as outside.
# custom:
#   id: ch_fadp.no_transfer_ground
#   kind: barrier
#   cites: ["FADP Art. 16", "FADP Art. 61(a)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ch_fadp.no_transfer_ground",
	"instrument": "ch_fadp",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	disclosed_without_ground
	not exception_invoked
	lib.in_force("ch_fadp.no_transfer_ground")
}

# METADATA
# title: From where the data can be reached is not known
# description: >-
#   The ground is a safeguard with an assessment of the countries named, and it is not known from which countries
#   the recipient's staff can look at the data. Access from a further country is a transfer to it: ask, and assess that
#   country too.
# custom:
#   id: ch_fadp.access_unknown
#   kind: advice
#   cites: ["FADP Art. 16(2)"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "ch_fadp.access_unknown", "instrument": "ch_fadp"} if {
	lib.undisclosed(input.destination.access)
	count(subjects) > 0
	count(safeguarded_by) > 0
	lib.in_force("ch_fadp.access_unknown")
}
