# Privacy Act APP 8.2: disclosures overseas to which APP 8.1 does not apply.
package guard.instruments.au_privacy

import data.guard.lib

# METADATA
# title: A substantially similar law that the persons can enforce
# description: >-
#   The entity reasonably believes that the recipient is subject to a law or binding scheme that protects
#   substantially alike, and that the persons can have it enforced.
# custom:
#   id: au_privacy.similar_law
#   kind: permit
#   cites: ["Privacy Act 1988 APP 8.2(a)"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.similar_law",
	"instrument": "au_privacy",
	"mechanism": "similar_law",
	"authority": "Privacy Act 1988 APP 8.2(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	bound_by_law
	lib.in_force("au_privacy.similar_law")
}

# METADATA
# title: A prescribed country
# description: >-
#   Every country that the data would reach is prescribed by regulations as protecting substantially alike.
# custom:
#   id: au_privacy.prescribed_country
#   kind: permit
#   cites: ["Privacy Act 1988 APP 8.2(aa)", "Privacy Act 1988 s. 100(1A)"]
#   since: "2024-12-11"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.prescribed_country",
	"instrument": "au_privacy",
	"mechanism": "adequacy",
	"authority": ground.authority,
	"valid_until": ground.valid_until,
	"confidence": lib.weakest(ground.confidence, input.destination.confidence),
} if {
	prescribed
	lib.in_force("au_privacy.prescribed_country")
	some place in abroad
	some ground in prescriptions[place]
}

# METADATA
# title: Consent after express information
# description: >-
#   Every individual consented after being expressly told that APP 8.1 will then not apply.
# custom:
#   id: au_privacy.informed_consent
#   kind: permit
#   cites: ["Privacy Act 1988 APP 8.2(b)"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.informed_consent",
	"instrument": "au_privacy",
	"mechanism": "consent",
	"authority": "Privacy Act 1988 APP 8.2(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	consented
	lib.in_force("au_privacy.informed_consent")
}

# METADATA
# title: Required or authorised by Australian law
# description: >-
#   An Australian law, or an order of a court or tribunal, requires or authorises the disclosure.
# custom:
#   id: au_privacy.required_by_law
#   kind: permit
#   cites: ["Privacy Act 1988 APP 8.2(c)"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.required_by_law",
	"instrument": "au_privacy",
	"mechanism": "required_by_law",
	"authority": "Privacy Act 1988 APP 8.2(c)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	required
	lib.in_force("au_privacy.required_by_law")
}

# METADATA
# title: A permitted general situation
# description: >-
#   One of the situations of s. 16A that APP 8.2(d) names exists, such as a serious threat to life, health or
#   safety.
# custom:
#   id: au_privacy.permitted_situation
#   kind: permit
#   cites: ["Privacy Act 1988 APP 8.2(d)", "Privacy Act 1988 s. 16A"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.permitted_situation",
	"instrument": "au_privacy",
	"mechanism": "permitted_situation",
	"authority": "Privacy Act 1988 APP 8.2(d)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	permitted
	lib.in_force("au_privacy.permitted_situation")
}

bound_by_law if {
	disclosed
	lib.places_named
	lib.on_file("au_similar_law")
}

prescribed if {
	disclosed
	every place in abroad {
		count(object.get(prescriptions, place, set())) > 0
	}
}

prescriptions[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.au_privacy[place]
		row.revoked == false
		row.requires == "none"
		row.valid_from <= input.transfer.time
		input.transfer.time < row.valid_until
	}
}

consented if {
	disclosed
	lib.declared("au_privacy.informed_consent")
}

required if {
	disclosed
	lib.declared("au_privacy.required_by_law")
}

permitted if {
	disclosed
	lib.declared("au_privacy.permitted_situation")
}

excepted if bound_by_law

excepted if prescribed

excepted if consented

excepted if required

excepted if permitted
