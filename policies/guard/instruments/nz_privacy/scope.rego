# Privacy Act 2020 IPP 12 and s. 11: is anything disclosed to a foreign person?
# METADATA
# scope: package
# title: Privacy Act 2020
# description: >-
#   Applies to agencies in New Zealand and to overseas agencies in the course of carrying on business there.
#   Covers information privacy principle 12 on disclosure to foreign persons, and agents that hold information
#   for an agency (s. 11). Read from general knowledge only; have a lawyer confirm it.
# custom:
#   cites:
#     - "Privacy Act 2020 (2020 No 31)"
#   omits:
#     - "IPP 1 to 10 and 13: collection, security, access, use, unique identifiers"
#     - "IPP 11: disclosure as such, beyond the rule on foreign persons"
#     - "Part 6: notifiable privacy breaches"
#     - "Codes of practice of the Commissioner"
#     - "Part 7A and 8: information sharing"
#     - "Section 193 to 199: transfer prohibition notices"
package guard.instruments.nz_privacy

import data.guard.lib

concerned if count(lib.personal) > 0

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.nz_privacy[place]
}

own_entity if input.destination.role == "self"

# s. 11: what an agent holds or processes for the agency, and not for purposes of its own, the agency holds.
agent if {
	input.destination.role == "processor"
	input.destination.training_use == "no"
}

disclosed if {
	concerned
	count(abroad) > 0
	not own_entity
	not agent
}

# METADATA
# title: No personal information is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: nz_privacy.no_personal_information
#   kind: exemption
#   cites: ["Privacy Act 2020 s. 7(1)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.no_personal_information",
	"instrument": "nz_privacy",
	"mechanism": "no_personal_data",
	"authority": "Privacy Act 2020 s. 7(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	count(lib.personal) == 0
	lib.in_force("nz_privacy.no_personal_information")
}

# METADATA
# title: The data stay in New Zealand
# description: >-
#   Storage, processing and support access are all in New Zealand, so nothing is disclosed to a foreign person.
# custom:
#   id: nz_privacy.within_new_zealand
#   kind: exemption
#   cites: ["Privacy Act 2020 IPP 12(1)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.within_new_zealand",
	"instrument": "nz_privacy",
	"mechanism": "within_territory",
	"authority": "Privacy Act 2020 IPP 12(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	count(abroad) == 0
	not own_entity
	lib.in_force("nz_privacy.within_new_zealand")
}

# METADATA
# title: The data stay with the agency itself
# description: >-
#   The destination is the agency's own. Nobody else receives the data.
# custom:
#   id: nz_privacy.own_entity
#   kind: exemption
#   cites: ["Privacy Act 2020 s. 11"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.own_entity",
	"instrument": "nz_privacy",
	"mechanism": "own_entity",
	"authority": "Privacy Act 2020 s. 11",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	own_entity
	lib.in_force("nz_privacy.own_entity")
}

# METADATA
# title: An agent holds the data for the agency
# description: >-
#   The recipient stores or processes the data for the agency and not for purposes of its own. Then the agency
#   is taken to hold them, and nothing is disclosed.
# custom:
#   id: nz_privacy.agent
#   kind: exemption
#   cites: ["Privacy Act 2020 s. 11"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "nz_privacy.agent",
	"instrument": "nz_privacy",
	"mechanism": "agent",
	"authority": "Privacy Act 2020 s. 11",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	agent
	count(abroad) > 0
	lib.in_force("nz_privacy.agent")
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in New Zealand, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: nz_privacy.access_not_known
#   kind: advice
#   cites: ["Privacy Act 2020 IPP 12(1)"]
#   since: "2020-12-01"
#   confidence: low
#   source: general knowledge, not checked against the text
advice contains {"rule": "nz_privacy.access_not_known", "instrument": "nz_privacy"} if {
	concerned
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("nz_privacy.access_not_known")
}
