# LGPD Art. 3 to 12, 14 and 39: what leaves, whose data they are, and what the recipient does with them.

# METADATA
# scope: package
# title: General Data Protection Law of Brazil
# description: >-
#   Applies to processing in Brazil, to goods and services offered there and to data collected there. Covered are
#   international transfers with the ANPD's clauses, sensitive data, children, and recipients that train.
# custom:
#   cites: ["Lei 13.709/2018", "Resolution CD/ANPD 19/2024"]
#   omits:
#     - "Art. 4: journalism, art, public security and private ends"
#     - "Art. 7: the basis of the processing is the operator's word"
#     - "Art. 17 to 22: rights of the data subject, review of automated decisions"
#     - "Art. 33(II)(d): seals, certificates and codes, which the ANPD has not regulated"
#     - "Art. 23 to 32, 46 to 49: public bodies, security, incidents"
package guard.instruments.br_lgpd

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.br_lgpd[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

sensitive := lib.sensitive("br_lgpd")

children contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	"child_data" in category.classes
}

# METADATA
# title: No personal data are left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted. Anonymised data are outside the Law as
#   long as the anonymisation cannot be undone with reasonable efforts.
# custom:
#   id: br_lgpd.no_personal_data
#   kind: exemption
#   cites: ["LGPD Art. 5(I)", "LGPD Art. 12"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "br_lgpd.no_personal_data",
	"instrument": "br_lgpd",
	"mechanism": "no_personal_data",
	"authority": "LGPD Art. 12",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("br_lgpd.no_personal_data")
	count(lib.personal) == 0
}

# METADATA
# title: The data stay in Brazil
# description: Storage, processing and access are all in Brazil, or the data stay on the operator's own device.
# custom:
#   id: br_lgpd.within_brazil
#   kind: exemption
#   cites: ["LGPD Art. 5(XV)"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "br_lgpd.within_brazil",
	"instrument": "br_lgpd",
	"mechanism": "within_territory",
	"authority": "LGPD Art. 5(XV)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("br_lgpd.within_brazil")
	count(abroad) == 0
}

# METADATA
# title: Sensitive data without a ground
# description: >-
#   Data on origin, belief, opinion, union, health, sex life, genetics or biometrics are processed with specific and
#   highlighted consent or on a ground of the second paragraph. A legitimate interest is none.
# custom:
#   id: br_lgpd.sensitive_data
#   kind: barrier
#   cites: ["LGPD Art. 5(II)", "LGPD Art. 11"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "br_lgpd.sensitive_data",
	"instrument": "br_lgpd",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("br_lgpd.sensitive_data")
	count(sensitive) > 0
	not lib.declared("br_lgpd.sensitive_ground")
}

# METADATA
# title: Data of children outside their best interest
# description: >-
#   Data of children and adolescents are processed in their best interest, and where consent is the ground a parent
#   gives it. Neither is declared.
# custom:
#   id: br_lgpd.children
#   kind: barrier
#   cites: ["LGPD Art. 14"]
#   since: "2020-09-18"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "br_lgpd.children",
	"instrument": "br_lgpd",
	"categories": sort(children),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("br_lgpd.children")
	count(children) > 0
	not lib.declared("br_lgpd.child_best_interest")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor acts on
#   instructions only, and a new purpose needs a ground of its own.
# custom:
#   id: br_lgpd.training_use
#   kind: barrier
#   cites: ["LGPD Art. 6(I)", "LGPD Art. 39"]
#   since: "2020-09-18"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "br_lgpd.training_use",
	"instrument": "br_lgpd",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("br_lgpd.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
	not lib.declared("br_lgpd.training_ground")
}
