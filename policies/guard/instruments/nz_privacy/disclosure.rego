# Privacy Act 2020 IPP 12: disclosure of personal information outside New Zealand. The reading is not
# verified.
package guard.instruments.nz_privacy

import data.guard.lib

# METADATA
# title: Authorised after express information
# description: >-
#   Every individual was expressly told that the recipient may not have to protect the data comparably, and
#   authorised the disclosure.
# custom:
#   id: nz_privacy.authorised
#   kind: permit
#   cites: ["Privacy Act 2020 IPP 12(1)(a)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.authorised",
	"instrument": "nz_privacy",
	"mechanism": "consent",
	"authority": "Privacy Act 2020 IPP 12(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	authorised
	lib.in_force("nz_privacy.authorised")
}

# METADATA
# title: Subject to comparable privacy laws
# description: >-
#   The recipient is subject to the Act itself, or to privacy laws with comparable safeguards.
# custom:
#   id: nz_privacy.comparable_law
#   kind: permit
#   cites: ["Privacy Act 2020 IPP 12(1)(b)", "Privacy Act 2020 IPP 12(1)(c)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.comparable_law",
	"instrument": "nz_privacy",
	"mechanism": "comparable_law",
	"authority": "Privacy Act 2020 IPP 12(1)(b)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	bound_by_law
	lib.in_force("nz_privacy.comparable_law")
}

# METADATA
# title: A prescribed country or binding scheme
# description: >-
#   The recipient is in a prescribed country or takes part in a prescribed binding scheme.
# custom:
#   id: nz_privacy.prescribed
#   kind: permit
#   cites: ["Privacy Act 2020 IPP 12(1)(d)", "Privacy Act 2020 IPP 12(1)(e)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.prescribed",
	"instrument": "nz_privacy",
	"mechanism": "adequacy",
	"authority": "Privacy Act 2020 IPP 12(1)(d)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	prescribed
	lib.in_force("nz_privacy.prescribed")
}

# METADATA
# title: An agreement on comparable safeguards
# description: >-
#   An agreement, such as the Commissioner's model clauses, requires the recipient to protect the data
#   comparably.
# custom:
#   id: nz_privacy.agreement
#   kind: permit
#   cites: ["Privacy Act 2020 IPP 12(1)(f)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.agreement",
	"instrument": "nz_privacy",
	"mechanism": "contract",
	"authority": "Privacy Act 2020 IPP 12(1)(f)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	contracted
	lib.in_force("nz_privacy.agreement")
}

authorised if {
	disclosed
	lib.declared("nz_privacy.authorised")
}

bound_by_law if {
	disclosed
	lib.places_named
	lib.on_file("nz_comparable_law")
}

prescribed if {
	disclosed
	lib.declared("nz_privacy.prescribed_country")
}

contracted if {
	disclosed
	lib.on_file("nz_model_contract")
}

grounded if authorised

grounded if bound_by_law

grounded if prescribed

grounded if contracted

home := sort([place |
	some place, here in data.tables.territories.nz_privacy
	here
])

# METADATA
# title: No comparable safeguards for a foreign person
# description: >-
#   A foreign person with purposes of its own, or whose role or training is not known, would get personal
#   information, and none of the conditions of the principle is stated.
# custom:
#   id: nz_privacy.no_comparable_safeguards
#   kind: barrier
#   cites: ["Privacy Act 2020 IPP 12(1)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "nz_privacy.no_comparable_safeguards",
	"instrument": "nz_privacy",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	disclosed
	not grounded
	lib.in_force("nz_privacy.no_comparable_safeguards")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. It is no agent then,
#   and the use is not the purpose for which the data were obtained.
# custom:
#   id: nz_privacy.training_use
#   kind: barrier
#   cites: ["Privacy Act 2020 IPP 10", "Privacy Act 2020 s. 11"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "nz_privacy.training_use",
	"instrument": "nz_privacy",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact", "relocate"],
	"confine": [],
} if {
	concerned
	lib.recipient
	input.destination.training_use != "no"
	not lib.declared("nz_privacy.authorised")
	lib.in_force("nz_privacy.training_use")
}
