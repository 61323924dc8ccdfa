# METADATA
# scope: package
# title: UK GDPR and Data Protection Act 2018
# description: >-
#   Applies where the operator is established in the United Kingdom, where persons there are offered goods or services
#   or are monitored, or where the data are there. Covered are restricted transfers as the Information Commissioner's
#   guidance of January 2026 describes them, with the data protection test of the Data (Use and Access) Act 2025, and
#   what the law asks of special category data, children, automated decisions and processors.
# custom:
#   cites: ["UK GDPR", "Data Protection Act 2018", "Data (Use and Access) Act 2025", "SI 2026/82"]
#   omits:
#     - "Art. 12-21 (rights of the data subject), complaints under s. 164A DPA 2018"
#     - "Art. 6 and Annex 1 (recognised legitimate interests) beyond advice"
#     - "law enforcement and intelligence processing (DPA 2018 Parts 3 and 4)"
#     - "EU clauses of before 2021 in contracts that ran until 2024-03-21"
#     - "whether somebody outside the United Kingdom is caught by Art. 3(2)"
package guard.instruments.uk_gdpr

import data.guard.lib

# Personal data as far as nothing stated shows them to be anonymous; the operator's word never covers what was found.
subjects contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
	not stated_anonymous(category)
}

stated_anonymous(category) if {
	shown_anonymous
	not category.found
}

shown_anonymous if {
	called_anonymous
	not unproven
	not lib.belied
}

called_anonymous if input.transfer.facts.prior_treatment == "anonymised"

unproven if input.transfer.facts.anonymity_demonstrated == false

unproven if input.transfer.facts.recipient_means_of_reidentification == true

# Countries outside the United Kingdom whose organisations would receive the data or could look at them. What the data
# merely pass through receives nothing.
abroad contains place if {
	not lib.stays
	some place in reached
	not data.tables.territories.uk_gdpr[place]
}

reached contains place if {
	not on_site
	some place in lib.places
}

# Who looks at the data on the spot reaches no other place than theirs.
reached contains lib.country(place) if {
	on_site
	some place in array.concat(input.destination.storage, input.destination.processing)
}

# Looking on the spot is believed where the data rest as stated and the receiver keeps nothing: a statement holds for
# every destination, and most store and process elsewhere.
on_site if {
	input.transfer.facts.access_mode == "on_site"
	input.destination.retention_days == 0
	count(input.transfer.facts.data_location) > 0
	every place in array.concat(input.destination.storage, input.destination.processing) {
		lib.country(place) in located
	}
}

located contains lib.country(place) if some place in input.transfer.facts.data_location

# There is no restricted transfer: a person sends her own data, the receiver is the same legal entity, or a processor
# does what its controller initiated and agreed.
unrestricted if own_data

unrestricted if one_entity

unrestricted if returned

# An operator in the United Kingdom that says so of what it sends itself contradicts itself. One abroad may say so of
# what reaches itself, not of what it hands on to a company elsewhere.
own_data if {
	input.transfer.facts.exporter_is_data_subject == true
	count(input.transfer.principal.establishment) > 0
	count(perhaps_at_home) == 0
	run_by_sender
}

perhaps_at_home contains place if {
	some place in input.transfer.principal.establishment
	data.tables.territories.uk_gdpr[lib.country(place)]
}

perhaps_at_home contains "unknown" if "unknown" in input.transfer.principal.establishment

# So does one that has declared itself to be a controller or processor.
own_data if {
	input.transfer.facts.principal_role == "data_subject"
	input.transfer.principal.role == "unknown"
	not input.transfer.facts.exporter_is_data_subject == false
}

# An employee or a branch is no separate organisation; a company of the same group is one.
one_entity if {
	one_entity_stated
	input.destination.role == "self"
	not another_entity
}

one_entity if {
	input.transfer.facts.same_legal_entity == true
	input.transfer.facts.recipient_role in {"controller", "organisation"}
	input.destination.role in {"controller", "self"}
	run_by_sender
	not another_entity
}

# Nothing shows that somebody else runs the destination: a company of another country is not the sender's entity.
run_by_sender if input.destination.operator == "unknown"

run_by_sender if {
	some place in input.transfer.principal.establishment
	lib.country(place) == lib.country(input.destination.operator)
}

one_entity_stated if input.transfer.facts.same_legal_entity == true

one_entity_stated if input.transfer.facts.recipient_type == "employee"

one_entity_stated if {
	input.transfer.facts.recipient_role in {
		"employee_of_controller",
		"own_branch",
		"own_laboratory",
		"own_repository",
	}
}

another_entity if input.transfer.facts.same_legal_entity == false

another_entity if input.transfer.facts.intra_group == true

# The recipient must be said to be the controller: a vendor that calls itself one is not the processor's client.
returned if {
	input.transfer.principal.role == "processor"
	input.transfer.facts.recipient_role == "controller"
	input.destination.role == "controller"
	not input.transfer.facts.controller_instruction == false
}

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, all of it has been redacted, or it was made anonymous and nothing
#   stated speaks against that.
# custom:
#   id: uk_gdpr.no_personal_data
#   kind: exemption
#   cites: ["UK GDPR Art. 4(1)", "DPA 2018 s. 3"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.no_personal_data",
	"instrument": "uk_gdpr",
	"mechanism": "no_personal_data",
	"authority": "UK GDPR Art. 4(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(subjects) == 0
	lib.in_force("uk_gdpr.no_personal_data")
}

# METADATA
# title: The data stay within the United Kingdom
# description: >-
#   Storage, processing and access are all inside the United Kingdom, or the data stay on a device of the operator's
#   own.
# custom:
#   id: uk_gdpr.within_uk
#   kind: exemption
#   cites: ["UK GDPR Art. 44A"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.within_uk",
	"instrument": "uk_gdpr",
	"mechanism": "within_uk",
	"authority": "UK GDPR Art. 44A",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	lib.in_force("uk_gdpr.within_uk")
}

# METADATA
# title: Persons send their own data
# description: >-
#   Somebody who sends her own data to an organisation abroad makes no restricted transfer.
# custom:
#   id: uk_gdpr.own_data
#   kind: exemption
#   cites: ["UK GDPR Art. 44A", "ICO guidance on international transfers (2026-01-15)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.own_data",
	"instrument": "uk_gdpr",
	"mechanism": "no_transfer",
	"authority": "ICO guidance on international transfers",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	own_data
	lib.in_force("uk_gdpr.own_data")
}

# METADATA
# title: Sender and receiver are one legal entity
# description: >-
#   The receiver is an employee or a branch of the sender, and so no separate organisation. Security remains the
#   sender's duty. Companies of one group are separate.
# custom:
#   id: uk_gdpr.same_legal_entity
#   kind: exemption
#   cites: ["UK GDPR Art. 44A", "UK GDPR Art. 32", "ICO guidance on international transfers (2026-01-15)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.same_legal_entity",
	"instrument": "uk_gdpr",
	"mechanism": "no_transfer",
	"authority": "ICO guidance on international transfers",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	one_entity
	lib.in_force("uk_gdpr.same_legal_entity")
}

# METADATA
# title: A processor returns data to its controller
# description: >-
#   A processor that sends data back to the overseas controller for which it acts neither initiates nor agrees the
#   transfer. A sub-processor of its own choice is another matter.
# custom:
#   id: uk_gdpr.returned_to_controller
#   kind: exemption
#   cites: ["UK GDPR Art. 44A", "ICO guidance on international transfers (2026-01-15)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.returned_to_controller",
	"instrument": "uk_gdpr",
	"mechanism": "no_transfer",
	"authority": "ICO guidance on international transfers",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	returned
	lib.in_force("uk_gdpr.returned_to_controller")
}
