# APPI: who is a third party at all, and where? What is handled by nobody else is not provided.
# METADATA
# scope: package
# title: Act on the Protection of Personal Information
# description: >-
#   Applies to business operators in Japan, to data that rest there, and to the data of persons in Japan that
#   are handled abroad in connection with supplying them (Art. 171). Covers the purpose of use, sensitive data,
#   providing personal data to third parties in Japan and abroad, the cloud exception of the authority's
#   answers, and its alert of 2 June 2023 on generative AI.
# custom:
#   cites:
#     - "Act on the Protection of Personal Information (Act No. 57 of 2003), as in force since 2022-04-01"
#   omits:
#     - "Art. 23 to 26: security, supervision and breach reports"
#     - "Art. 29 and 30: content of the records of provision"
#     - "Art. 31: information related to persons (cookies) given to a third party"
#     - "Art. 41 to 43: pseudonymised and anonymised information"
#     - "The rules for public bodies (Chapter 5)"
#     - "The bill of 2026 on statistics and AI development: enactment not verified"
package guard.instruments.jp_appi

import data.guard.lib

concerned if count(lib.personal) > 0

# Places outside Japan that the data would reach.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.jp_appi[place]
}

# The operator itself, its branch or its staff: not a third party, wherever it is (PPC Guidelines, part on
# third parties in foreign countries, 2-2).
own_entity if {
	input.destination.role == "self"
	not input.transfer.facts.same_legal_entity == false
}

trains if input.destination.training_use == "yes"

trains if input.transfer.facts.provider_trains_on_inputs == true

# ---- the cloud exception: a provider that is not to handle the personal data does not get them

hosted if {
	concerned
	input.destination.role == "processor"
	not trains
	not input.transfer.facts.provider_handles_personal_data == true
}

# The answer is about data that are stored. A model reads what it gets, so what is stated of it in part is for a
# person to judge there.
kept_out if {
	stored
	not_handling
}

# A host of which all of the answer's facts are stated, one by one, is kept out whatever runs on it.
kept_out if {
	hosted
	input.transfer.facts.recipient_role == "cloud_host"
	input.transfer.facts.provider_handles_personal_data == false
	input.transfer.facts.contract_excludes_handling == true
	input.transfer.facts.access_control == true
}

stored if {
	hosted
	input.destination.kind == "storage"
}

# By contract and by access control: the two signs that the answer names.
not_handling if {
	hosted
	input.transfer.facts.contract_excludes_handling == true
	barred
}

barred if input.transfer.facts.access_control == true

# Who has no key cannot look.
barred if {
	lib.sealed
	not input.transfer.facts.access_control == false
}

# That it is not to handle them is stated, and no sign is stated to be missing.
not_handling if {
	hosted
	input.transfer.facts.provider_handles_personal_data == false
	not input.transfer.facts.contract_excludes_handling == false
	not input.transfer.facts.access_control == false
}

# One of the signs speaks for it, and another is missing or not stated, or the destination does more than store.
maybe_kept_out if {
	hosted
	not kept_out
	input.transfer.facts.contract_excludes_handling == true
}

maybe_kept_out if {
	hosted
	not kept_out
	input.transfer.facts.provider_handles_personal_data == false
}

# A processor is entrusted (Art. 27(5)(1)); a role that is not known may be anybody's.
third_party if {
	concerned
	not own_entity
	not kept_out
	input.destination.role != "processor"
}

provided_abroad if {
	concerned
	count(abroad) > 0
	not own_entity
	not kept_out
}

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: jp_appi.no_personal_data
#   kind: exemption
#   cites: ["APPI Art. 2(1)", "APPI Art. 2(6)"]
#   since: "2022-04-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.no_personal_data",
	"instrument": "jp_appi",
	"mechanism": "no_personal_data",
	"authority": "APPI Art. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(lib.personal) == 0
	lib.in_force("jp_appi.no_personal_data")
}

# METADATA
# title: The data stay with the operator itself
# description: >-
#   The destination is the operator's own, or a branch or member of staff of the same legal entity. Nothing is
#   provided to a third party, wherever that is.
# custom:
#   id: jp_appi.own_entity
#   kind: exemption
#   cites: ["APPI Art. 27(1)", "APPI Art. 28(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.own_entity",
	"instrument": "jp_appi",
	"mechanism": "own_entity",
	"authority": "APPI Art. 27(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	own_entity
	lib.in_force("jp_appi.own_entity")
}

# METADATA
# title: The data stay in Japan
# description: >-
#   Storage, processing and support access are all in Japan, so nothing is provided to a third party in a
#   foreign country. Entrusting the data within the purpose of use is no provision to a third party.
# custom:
#   id: jp_appi.within_japan
#   kind: exemption
#   cites: ["APPI Art. 27(5)(1)", "APPI Art. 28(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.within_japan",
	"instrument": "jp_appi",
	"mechanism": "within_territory",
	"authority": "APPI Art. 27(5)(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	not own_entity
	not third_party
	not cleared
	lib.in_force("jp_appi.within_japan")
}

# METADATA
# title: In Japan, with consent or with confirmation that nothing is trained
# description: >-
#   The data stay in Japan with a provider that is entrusted with them, and the persons consented or it was
#   confirmed that the provider does not train on inputs.
# custom:
#   id: jp_appi.cleared_in_japan
#   kind: permit
#   cites: ["APPI Art. 27(5)(1)", "PPC alert of 2 June 2023 (1)2"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.cleared_in_japan",
	"instrument": "jp_appi",
	"mechanism": "entrustment",
	"authority": "APPI Art. 27(5)(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	not own_entity
	not third_party
	cleared
	lib.in_force("jp_appi.cleared_in_japan")
}

cleared if input.transfer.facts.consent == true

cleared if input.transfer.facts.no_training_confirmed == true

# METADATA
# title: The provider is kept from handling the personal data
# description: >-
#   By contract the provider does not handle the personal data that are stored with it, and access control keeps
#   it from them. Then nothing is provided or entrusted; the operator's own duties of security go on.
# custom:
#   id: jp_appi.not_handled
#   kind: exemption
#   cites: ["PPC Q&A on the APPI Guidelines Q7-53", "PPC Q&A on the APPI Guidelines Q12-3"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.not_handled",
	"instrument": "jp_appi",
	"mechanism": "not_handled",
	"authority": "PPC Q&A on the APPI Guidelines Q7-53",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	kept_out
	count(abroad) > 0
	lib.in_force("jp_appi.not_handled")
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in Japan, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: jp_appi.access_not_known
#   kind: advice
#   cites: ["APPI Art. 28(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "jp_appi.access_not_known", "instrument": "jp_appi"} if {
	concerned
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("jp_appi.access_not_known")
}
