# DIFC Law 5/2020 Art. 9, 11, 24 and 28, and Regulation 10: what is asked of the processing wherever it takes place.
package guard.instruments.ae_difc

import data.guard.lib

sensitive := lib.sensitive("ae_difc")

requested if lib.declared("ae_difc.authority_request")

# METADATA
# title: Special categories without a ground
# description: >-
#   Data on origin, beliefs, union membership, health, sex life, genetics, biometrics or crime are processed only on
#   a ground of the article on special categories.
# custom:
#   id: ae_difc.special_categories
#   kind: barrier
#   cites: ["DIFC Law 5/2020 Art. 11"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_difc.special_categories",
	"instrument": "ae_difc",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("ae_difc.special_categories")
	count(sensitive) > 0
	not lib.declared("ae_difc.special_ground")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor acts on documented
#   instructions; one that sets purposes of its own becomes a controller without a basis.
# custom:
#   id: ae_difc.training_use
#   kind: barrier
#   cites: ["DIFC Law 5/2020 Art. 9", "DIFC Law 5/2020 Art. 24"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_difc.training_use",
	"instrument": "ae_difc",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ae_difc.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}

# METADATA
# title: An authority's request was not examined
# description: >-
#   A public authority asks for the data. The operator has to examine the request, assess the risks and get written
#   assurances where practicable before it shares anything.
# custom:
#   id: ae_difc.authority_request
#   kind: barrier
#   cites: ["DIFC Law 5/2020 Art. 28(1)"]
#   since: "2020-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ae_difc.authority_request",
	"instrument": "ae_difc",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("ae_difc.authority_request")
	requested
	count(lib.personal) > 0
	not lib.declared("ae_difc.authority_assured")
}

# METADATA
# title: Tell data subjects of the autonomous system
# description: >-
#   Where a model processes personal data, data subjects get a notice of the system, its purposes and what follows
#   from its output.
# custom:
#   id: ae_difc.system_notice
#   kind: obligation
#   cites: ["DIFC Data Protection Regulations, Regulation 10.2"]
#   since: "2023-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "ae_difc.system_notice",
	"instrument": "ae_difc",
	"days": 0,
	"declaration": "ae_difc.system_notice",
} if {
	lib.in_force("ae_difc.system_notice")
	input.transfer.purpose == "inference"
	count(lib.personal) > 0
}
