# Privacy Act APP 8: is there a disclosure to an overseas recipient, or only a use?
# METADATA
# scope: package
# title: Privacy Act 1988
# description: >-
#   Applies to agencies and organisations with an Australian link. Covers disclosure to overseas recipients (APP
#   8 and s. 16C), the line between use and disclosure of the OAIC's guidelines, sensitive information,
#   secondary purposes as far as training by the recipient goes, and from 10 December 2026 the statement on
#   automated decisions in the privacy policy.
# custom:
#   cites:
#     - "Privacy Act 1988 (Cth)"
#     - "Privacy and Other Legislation Amendment Act 2024"
#     - "OAIC Australian Privacy Principles Guidelines, chapter 8"
#   omits:
#     - "APP 3, 5 and 6: collection, notice and disclosure within Australia, beyond sensitive information and training"
#     - "APP 11: security and destruction"
#     - "Part IIIC: notifiable data breaches"
#     - "s. 6C, 6D, 7B: small businesses and employee records"
#     - "Part IIIA: credit reporting"
#     - "APP 8.2(e), (f): agencies"
#     - "Schedule 2: the tort of serious invasion of privacy"
package guard.instruments.au_privacy

import data.guard.lib

concerned if count(lib.personal) > 0

# Places outside Australia that the data would reach.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.au_privacy[place]
}

# An overseas recipient is somebody else (APP 8.1(b)); an office or employee of the entity is not.
own_entity if {
	input.destination.role == "self"
	not input.transfer.facts.effective_control_kept == false
}

# The conditions under which storage with a host is a use. A breach of one is a disclosure, and a model does more
# than store.
limited if input.transfer.facts.contract_limits_host_to_storage == true

chained if input.transfer.facts.host_sub_contractors_bound == true

controlled if input.transfer.facts.effective_control_kept == true

failed if input.transfer.facts.contract_limits_host_to_storage == false

failed if input.transfer.facts.host_sub_contractors_bound == false

failed if input.transfer.facts.effective_control_kept == false

host_use if {
	input.destination.role == "processor"
	input.destination.kind == "storage"
	input.destination.training_use == "no"
	limited
	chained
	controlled
}

# What only passes through servers abroad is used (OAIC APP Guidelines ch. 8). A model reads what it gets, and
# a store keeps it.
in_transit if {
	carried
	not input.transfer.facts.accessed_in_transit == true
	not input.transfer.facts.effective_control_kept == false
	input.destination.kind != "model"
	input.destination.retention_days == 0
}

carried if input.transfer.facts.data_in_transit == true

carried if input.transfer.facts.recipient_role == "transit_host"

disclosed if {
	concerned
	count(abroad) > 0
	not own_entity
	not host_use
	not in_transit
}

# METADATA
# title: No personal information is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted or was de-identified.
# custom:
#   id: au_privacy.no_personal_information
#   kind: exemption
#   cites: ["Privacy Act 1988 s. 6(1)"]
#   since: "2014-03-12"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.no_personal_information",
	"instrument": "au_privacy",
	"mechanism": "no_personal_data",
	"authority": "Privacy Act 1988 s. 6(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(lib.personal) == 0
	lib.in_force("au_privacy.no_personal_information")
}

# METADATA
# title: The data stay in Australia
# description: >-
#   Storage, processing and support access are all in Australia, so no overseas recipient gets the data.
# custom:
#   id: au_privacy.within_australia
#   kind: exemption
#   cites: ["Privacy Act 1988 APP 8.1"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.within_australia",
	"instrument": "au_privacy",
	"mechanism": "within_territory",
	"authority": "Privacy Act 1988 APP 8.1",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	not own_entity
	lib.in_force("au_privacy.within_australia")
}

# METADATA
# title: The data stay with the entity itself
# description: >-
#   The destination is the entity's own, such as an overseas office or a member of staff. That is a use and no
#   disclosure; the principles go on to apply.
# custom:
#   id: au_privacy.own_entity
#   kind: exemption
#   cites: ["Privacy Act 1988 APP 8.1(b)", "OAIC APP Guidelines 8.13"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.own_entity",
	"instrument": "au_privacy",
	"mechanism": "own_entity",
	"authority": "Privacy Act 1988 APP 8.1(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	own_entity
	lib.in_force("au_privacy.own_entity")
}

# METADATA
# title: The data only pass through
# description: >-
#   The data are routed through servers abroad, where nobody accesses them. That is a use and no disclosure.
# custom:
#   id: au_privacy.in_transit
#   kind: exemption
#   cites: ["OAIC APP Guidelines ch. 8"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.in_transit",
	"instrument": "au_privacy",
	"mechanism": "in_transit",
	"authority": "OAIC APP Guidelines ch. 8",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	in_transit
	count(abroad) > 0
	lib.in_force("au_privacy.in_transit")
}

# METADATA
# title: Storage with a host that is a use, not a disclosure
# description: >-
#   A binding contract limits the host to storing the data and giving access, binds its sub-contractors alike,
#   and the entity keeps effective control. Then the data are used and not disclosed.
# custom:
#   id: au_privacy.storage_is_use
#   kind: exemption
#   cites: ["OAIC APP Guidelines 8.14"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.storage_is_use",
	"instrument": "au_privacy",
	"mechanism": "storage_is_use",
	"authority": "OAIC APP Guidelines 8.14",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	host_use
	count(abroad) > 0
	lib.in_force("au_privacy.storage_is_use")
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in Australia, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: au_privacy.access_not_known
#   kind: advice
#   cites: ["Privacy Act 1988 APP 8.1"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "au_privacy.access_not_known", "instrument": "au_privacy"} if {
	concerned
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("au_privacy.access_not_known")
}
