# GDPR Chapter V: is there a transfer to a third country, and does any ground carry it?
# Order of the law: no transfer, adequacy (Art. 45), safeguards (Art. 46), derogation (Art. 49).
package guard.instruments.eu_gdpr

import data.guard.lib

# Third countries that the data would reach.
abroad contains place if {
	not lib.stays
	some place in reached
	not data.tables.territories.eu_gdpr[place]
}

# Access from a place is a transfer to it; looking on the spot reaches no other place.
reached contains place if {
	not on_site
	some place in lib.places
}

reached contains lib.country(place) if {
	on_site
	some place in input.destination.storage
}

reached contains lib.country(place) if {
	on_site
	some place in input.destination.processing
}

reached contains lib.country(input.destination.parent) if input.transfer.facts.parent_has_access == true

# Somebody abroad has access, and the recipient's places do not say from where.
reached contains "unknown" if {
	abroad_stated
	count(places_abroad) == 0
}

places_abroad contains place if {
	some place in lib.places
	not data.tables.territories.eu_gdpr[place]
}

abroad_stated if input.transfer.facts.access_from_outside_eu == true

abroad_stated if input.transfer.facts.processor_outside_eu == true

# There are not two parties of which one exports: sender and recipient are one, or nobody subject to Chapter V sends.
one_party if data_subject_discloses

one_party if one_entity

one_party if outside_scope

one_party if transit_only

# A person who hands over her own data is neither controller nor processor of them. An operator in the EEA, or one that
# has declared itself to be a controller or processor, contradicts itself when it says so of what it sends.
# One abroad may say so of what reaches itself, not of what it hands on to a company elsewhere.
data_subject_discloses if {
	input.transfer.facts.exporter_is_data_subject == true
	count(input.transfer.principal.establishment) > 0
	count(perhaps_at_home) == 0
	run_by_sender
}

data_subject_discloses if {
	input.transfer.facts.principal_role == "data_subject"
	input.transfer.principal.role == "unknown"
	not input.transfer.facts.exporter_is_data_subject == false
}

# An employee or a branch is part of the controller; a company of the same group is another party. A parent's
# employee belongs to the parent.
one_entity if {
	one_entity_stated
	input.destination.role == "self"
	apart_not_stated
}

one_entity if {
	input.transfer.facts.same_legal_entity == true
	input.transfer.facts.recipient_role in {"controller", "organisation"}
	input.destination.role in {"controller", "self"}
	run_by_sender
	apart_not_stated
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

apart_not_stated if {
	not input.transfer.facts.same_legal_entity == false
	not input.transfer.facts.intra_group == true
}

# METADATA
# title: The data stay within the European Economic Area
# description: >-
#   Storage, processing and support access are all inside the EEA, so there is no transfer to a third country,
#   whoever owns the operator.
# custom:
#   id: eu_gdpr.within_eea
#   kind: exemption
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.within_eea",
	"instrument": "eu_gdpr",
	"mechanism": "within_eea",
	"authority": "GDPR Art. 44",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(abroad) == 0
	not lib.stays
	lib.in_force("eu_gdpr.within_eea")
}

# METADATA
# title: The data stay on a device of the operator's own
# description: >-
#   The destination is a device of the operator's own at the place where the data already are. Nobody receives
#   them and they cross no border.
# custom:
#   id: eu_gdpr.own_device
#   kind: exemption
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.own_device",
	"instrument": "eu_gdpr",
	"mechanism": "own_device",
	"authority": "GDPR Art. 44",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.stays
	lib.in_force("eu_gdpr.own_device")
}

# METADATA
# title: The persons hand over their own data
# description: >-
#   The persons whom the data are about disclose them directly to the recipient. They are neither controller nor
#   processor, so there is no exporter and no transfer; the recipient's own duties are another matter.
# custom:
#   id: eu_gdpr.data_subject_discloses
#   kind: exemption
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021 example 1"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.data_subject_discloses",
	"instrument": "eu_gdpr",
	"mechanism": "no_transfer",
	"authority": "EDPB Guidelines 05/2021",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	stated
	data_subject_discloses
	lib.in_force("eu_gdpr.data_subject_discloses")
}

# METADATA
# title: Sender and recipient are one legal entity
# description: >-
#   An employee who works from abroad, or a branch of the same legal entity, is part of the controller. Nothing is
#   disclosed to another party, so there is no transfer; security remains the controller's duty. A company of the
#   same group is another party.
# custom:
#   id: eu_gdpr.same_legal_entity
#   kind: exemption
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021 example 8", "GDPR Art. 24", "GDPR Art. 32"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.same_legal_entity",
	"instrument": "eu_gdpr",
	"mechanism": "no_transfer",
	"authority": "EDPB Guidelines 05/2021",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	stated
	one_entity
	lib.in_force("eu_gdpr.same_legal_entity")
}

# A transfer happens, and neither adequacy nor safeguards nor an agreement of states carries it.
third_country_without_ground if {
	count(subjects) > 0
	count(abroad) > 0
	not one_party
	not adequate_everywhere
	count(safeguarded_by) == 0
	not agreed_between_states
}

# METADATA
# title: No ground for a transfer to this third country
# description: >-
#   The data would reach a country outside the EEA that has no adequacy decision in force for this recipient,
#   and no safeguard with a transfer impact assessment is on file. Not knowing the country counts as outside.
# custom:
#   id: eu_gdpr.no_transfer_ground
#   kind: barrier
#   cites: ["GDPR Art. 44", "GDPR Art. 45", "GDPR Art. 46"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.no_transfer_ground",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	third_country_without_ground
	not derogation_invoked
	not on_site_unplaced
	not relative_abroad
	lib.in_force("eu_gdpr.no_transfer_ground")
}
