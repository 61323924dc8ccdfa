# GDPR Art. 48: judgments and decisions of third countries that ask for personal data.
package guard.instruments.eu_gdpr

import data.guard.lib

# An agreement gives the disclosure its ground and safeguards (EDPB Guidelines 02/2024).
agreed_between_states if {
	input.transfer.facts.international_agreement == true
	not derogation_invoked
}

# METADATA
# title: An international agreement carries the disclosure
# description: >-
#   A treaty in force between the requesting country and the Union or a Member State, such as one on mutual legal
#   assistance, gives ground and safeguards for the disclosure to the foreign authority.
# custom:
#   id: eu_gdpr.international_agreement
#   kind: permit
#   cites: ["GDPR Art. 48", "GDPR Art. 46(2)(a)", "EDPB Guidelines 02/2024"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.international_agreement",
	"instrument": "eu_gdpr",
	"mechanism": "international_agreement",
	"authority": "GDPR Art. 48",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	stated
	agreed_between_states
	agreement_decides
	lib.in_force("eu_gdpr.international_agreement")
}

# METADATA
# title: Does the agreement cover this recipient?
# description: >-
#   An international agreement is relied on, but the recipient is not stated to be a public authority, or the
#   destination is none that acts for itself. Whether the agreement covers a disclosure to it is for a person to decide.
# custom:
#   id: eu_gdpr.agreement_review
#   kind: barrier
#   cites: ["GDPR Art. 48", "EDPB Guidelines 02/2024"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.agreement_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	stated
	agreed_between_states
	agreement_decides
	not to_authority
	lib.in_force("eu_gdpr.agreement_review")
}

# An authority acts for itself: a processor, or a system of the operator's own, is none.
to_authority if {
	input.transfer.facts.recipient_role == "public_authority"
	input.destination.role == "controller"
}

# Nothing but the agreement carries the transfer.
agreement_decides if {
	count(subjects) > 0
	count(abroad) > 0
	not one_party
	not adequate_everywhere
	count(safeguarded_by) == 0
}

# METADATA
# title: A foreign order was complied with
# description: >-
#   Data are handed over on a judgment or decision of a third country that no international agreement backs. It is not
#   enforceable in the Union, and a processor that obeys it leaves the controller's instructions and transfers.
# custom:
#   id: eu_gdpr.foreign_order
#   kind: barrier
#   cites: ["GDPR Art. 48", "GDPR Art. 28(3)(a)", "GDPR Art. 28(10)", "EDPB Guidelines 05/2021 example 12"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.foreign_order",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	input.transfer.facts.foreign_access_order_complied == true
	count(subjects) > 0
	not input.transfer.facts.international_agreement == true
	lib.in_force("eu_gdpr.foreign_order")
}

# METADATA
# title: The controller did not instruct this
# description: >-
#   A processor processes only on documented instructions of the controller. Without one it answers for the disclosure
#   as a controller, and has no ground of its own for it.
# custom:
#   id: eu_gdpr.no_instruction
#   kind: barrier
#   cites: ["GDPR Art. 28(3)(a)", "GDPR Art. 28(10)", "GDPR Art. 29"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.no_instruction",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	input.transfer.facts.controller_instruction == false
	count(subjects) > 0
	lib.in_force("eu_gdpr.no_instruction")
}
