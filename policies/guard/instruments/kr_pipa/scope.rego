# PIPA: what leaves Korea, and what the rules on transfers do not concern.
# METADATA
# scope: package
# title: Personal Information Protection Act
# description: >-
#   Applies to personal information controllers in Korea, to data that rest there, and to services for persons
#   in Korea that are offered from abroad. Covers the grounds for transfers abroad and the orders to stop them,
#   sensitive data, unique identifiers and resident registration numbers, children, and what the Act asks of
#   outsourcing and of providing data to third parties.
# custom:
#   cites:
#     - "Personal Information Protection Act (Republic of Korea), as amended by Act No. 19234 of 2023"
#   omits:
#     - "Art. 15 and 22: the basis and form of consent for collection"
#     - "Art. 28-8(4): protective measures agreed with the recipient abroad"
#     - "Art. 28-2 to 28-7: pseudonymised data for statistics, research and archives"
#     - "Art. 31-2: domestic representative"
#     - "Art. 34: breach notification"
#     - "Art. 37-2: automated decisions"
#     - "Credit Information Act, beyond the exclusion from the equivalency"
package guard.instruments.kr_pipa

import data.guard.lib

concerned if count(lib.personal) > 0

# Places outside Korea that the data would reach.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.kr_pipa[place]
}

# To provide, to let look at, to entrust and to store abroad are all transfers (Art. 28-8(1)).
moved if {
	concerned
	count(abroad) > 0
	not own_collection
}

# A company abroad that the persons themselves give their data to, at the place where it is.
collector if {
	count(input.transfer.principal.establishment) > 0
	count(bases & {"KR"}) == 0
	every place in abroad {
		place in bases
	}
}

bases contains lib.country(place) if some place in input.transfer.principal.establishment

own_collection if {
	collector
	input.destination.role == "self"
	lib.country(input.transfer.origin) in bases
}

# METADATA
# title: No personal information is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted. The Act does not apply to
#   information by which no person can be identified any more with reasonable time, cost and technology.
# custom:
#   id: kr_pipa.no_personal_information
#   kind: exemption
#   cites: ["PIPA Art. 2(1)", "PIPA Art. 58-2"]
#   since: "2023-09-15"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.no_personal_information",
	"instrument": "kr_pipa",
	"mechanism": "no_personal_data",
	"authority": "PIPA Art. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(lib.personal) == 0
	lib.in_force("kr_pipa.no_personal_information")
}

# METADATA
# title: The data stay in Korea
# description: >-
#   Storage, processing and support access are all in Korea, so nothing is transferred abroad.
# custom:
#   id: kr_pipa.within_korea
#   kind: exemption
#   cites: ["PIPA Art. 28-8(1)"]
#   since: "2023-09-15"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.within_korea",
	"instrument": "kr_pipa",
	"mechanism": "within_territory",
	"authority": "PIPA Art. 28-8(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(abroad) == 0
	not lib.stays
	input.destination.role != "controller"
	not input.transfer.facts.training_lawful == true
	lib.in_force("kr_pipa.within_korea")
}

# METADATA
# title: Provided to a third party in Korea on a basis
# description: >-
#   The data stay in Korea and go to a recipient with purposes of its own, for which consent or another basis of
#   the Act is declared.
# custom:
#   id: kr_pipa.provided_in_korea
#   kind: permit
#   cites: ["PIPA Art. 17(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.provided_in_korea",
	"instrument": "kr_pipa",
	"mechanism": "third_party_provision",
	"authority": "PIPA Art. 17(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	input.destination.role == "controller"
	provision_based
	lib.in_force("kr_pipa.provided_in_korea")
}

# METADATA
# title: Training in Korea that is stated to be lawful
# description: >-
#   The data stay in Korea, and it is stated that their use for training has a basis in the Act.
# custom:
#   id: kr_pipa.training_in_korea
#   kind: permit
#   cites: ["PIPA Art. 15(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.training_in_korea",
	"instrument": "kr_pipa",
	"mechanism": "training_basis",
	"authority": "PIPA Art. 15(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	not lib.stays
	input.destination.role != "controller"
	input.transfer.facts.training_lawful == true
	lib.in_force("kr_pipa.training_in_korea")
}

# METADATA
# title: The data stay on a device of the operator's own
# description: >-
#   The destination is a device of the operator's own at the place where the data already are. Nobody receives
#   them and they cross no border.
# custom:
#   id: kr_pipa.own_device
#   kind: exemption
#   cites: ["PIPA Art. 28-8(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.own_device",
	"instrument": "kr_pipa",
	"mechanism": "own_device",
	"authority": "PIPA Art. 28-8(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.stays
	lib.in_force("kr_pipa.own_device")
}

# METADATA
# title: Collected by a company abroad itself
# description: >-
#   The company has no establishment in Korea, and the data that persons in Korea gave it stay with it at the
#   place where it is. Nobody transfers them; the rest of the Act applies.
# custom:
#   id: kr_pipa.collected_abroad
#   kind: exemption
#   cites: ["PIPA Art. 28-8(1)", "PIPC guidance for foreign business operators (2024)"]
#   since: "2023-09-15"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.collected_abroad",
	"instrument": "kr_pipa",
	"mechanism": "collected_abroad",
	"authority": "PIPA Art. 28-8(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	count(abroad) > 0
	own_collection
	lib.in_force("kr_pipa.collected_abroad")
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in Korea, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: kr_pipa.access_not_known
#   kind: advice
#   cites: ["PIPA Art. 28-8(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "kr_pipa.access_not_known", "instrument": "kr_pipa"} if {
	concerned
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("kr_pipa.access_not_known")
}
