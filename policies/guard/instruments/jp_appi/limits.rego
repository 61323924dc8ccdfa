# APPI Art. 28: what stands in the way of providing personal data to a third party abroad.
package guard.instruments.jp_appi

import data.guard.lib

# Where Art. 28 does not apply: Japan and the designated countries.
home := sort(free_places)

free_places contains place if {
	some place, here in data.tables.territories.jp_appi
	here
}

free_places contains place if {
	some place, rows in data.tables.adequacy.jp_appi
	some row in rows
	row.revoked == false
	row.requires == "none"
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}

# METADATA
# title: No ground for provision to a third party abroad
# description: >-
#   A third party in a foreign country would get personal data, and there is no informed consent to that, no
#   designated country, no system for equivalent measures that is watched, and no exception. Entrusting and
#   joint use abroad need one as well.
# custom:
#   id: jp_appi.no_foreign_ground
#   kind: barrier
#   cites: ["APPI Art. 28(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.no_foreign_ground",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	ungrounded
	not handling_claimed
	not answer_claimed
	lib.in_force("jp_appi.no_foreign_ground")
}

# METADATA
# title: Whether the provider handles the data is open
# description: >-
#   Both a contract and access control keep a provider from handling the personal data that it stores. One of them
#   is missing, not stated, or contradicted, or the destination does more than store; a person has to look at both.
# custom:
#   id: jp_appi.handling_unsettled
#   kind: barrier
#   cites: ["PPC Q&A on the APPI Guidelines Q7-53"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.handling_unsettled",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate", "review"],
	"confine": home,
} if {
	handling_claimed
	lib.in_force("jp_appi.handling_unsettled")
}

# METADATA
# title: Whether a provider abroad that only answers gets the data is open
# description: >-
#   The alert accepts prompts with personal data that stay within the stated purpose of use when it is confirmed that
#   the provider does not train on them. Not all of that is stated, or the provider says nothing of it itself. A
#   person has to make sure of it, or find a ground.
# custom:
#   id: jp_appi.answer_unsettled
#   kind: barrier
#   cites: ["PPC alert of 2 June 2023 (1)2", "APPI Art. 28(1)"]
#   since: "2023-06-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.answer_unsettled",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "mechanism", "redact", "relocate", "review"],
	"confine": home,
} if {
	answer_claimed
	not answer_confirmed
	lib.in_force("jp_appi.answer_unsettled")
}

# METADATA
# title: The equivalent measures are not watched
# description: >-
#   Whoever relies on a system for equivalent measures checks the recipient's measures and the foreign system
#   regularly and acts when they fail. That is not declared, and there is no other ground.
# custom:
#   id: jp_appi.measures_not_watched
#   kind: barrier
#   cites: ["APPI Art. 28(3)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.measures_not_watched",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact", "relocate"],
	"confine": home,
} if {
	measured
	not consented
	not designated
	not excepted
	not lib.declared("jp_appi.equivalent_measures_monitored")
	lib.in_force("jp_appi.measures_not_watched")
}
