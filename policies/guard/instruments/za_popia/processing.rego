# POPIA s. 17, 20, 26 to 35 and 57: what may be processed at all, what an operator may do, and what is authorised first.
package guard.instruments.za_popia

import data.guard.lib

# METADATA
# title: Special information without authorisation
# description: >-
#   Information on belief, origin, union, politics, health, sex life, biometrics or criminal behaviour is processed with
#   consent or another authorisation only.
# custom:
#   id: za_popia.special_information
#   kind: barrier
#   cites: ["POPIA s. 26", "POPIA s. 27"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "za_popia.special_information",
	"instrument": "za_popia",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("za_popia.special_information")
	count(special) > 0
	not lib.declared("za_popia.special_authorised")
}

# METADATA
# title: Information of children without authorisation
# description: >-
#   Information of children is processed with the consent of a competent person or another authorisation only.
# custom:
#   id: za_popia.children
#   kind: barrier
#   cites: ["POPIA s. 34", "POPIA s. 35"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "za_popia.children",
	"instrument": "za_popia",
	"categories": sort(children),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("za_popia.children")
	count(children) > 0
	not lib.declared("za_popia.child_authorised")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. An operator processes with the
#   knowledge of the responsible party and for its purpose only.
# custom:
#   id: za_popia.training_use
#   kind: barrier
#   cites: ["POPIA s. 15", "POPIA s. 20"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "za_popia.training_use",
	"instrument": "za_popia",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("za_popia.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}

# METADATA
# title: Keep the documentation of the processing
# description: The responsible party documents its processing operations, planned transborder flows among them.
# custom:
#   id: za_popia.record
#   kind: obligation
#   cites: ["POPIA s. 17"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "za_popia.record",
	"instrument": "za_popia",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("za_popia.record")
	transferred
}

# METADATA
# title: Companies are data subjects too
# description: >-
#   The Act protects information about identifiable juristic persons as well. Names and numbers of organisations that
#   were found count as personal information if the organisation is South African.
# custom:
#   id: za_popia.juristic_persons
#   kind: advice
#   cites: ["POPIA s. 1"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "za_popia.juristic_persons", "instrument": "za_popia"} if {
	lib.in_force("za_popia.juristic_persons")
	count(abroad) > 0
	some category in input.transfer.categories
	startswith(category.id, "organisation.")
	category.treatment != "redact"
}

# METADATA
# title: Prior authorisation of the Regulator is missing
# description: >-
#   Special information or information of children would go to a country without an adequate law. The Regulator
#   authorises that beforehand, even where an agreement or consent is the ground.
# custom:
#   id: za_popia.prior_authorisation
#   kind: barrier
#   cites: ["POPIA s. 57(1)(d)", "POPIA s. 58"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "za_popia.prior_authorisation",
	"instrument": "za_popia",
	"categories": sort(special | children),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("za_popia.prior_authorisation")
	transferred
	count(special | children) > 0
	not adequate_law
	not lib.on_file("za_prior_authorisation")
}
