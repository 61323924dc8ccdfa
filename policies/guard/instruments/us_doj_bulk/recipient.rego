# 28 CFR 202.211, 202.221, 202.256: is the recipient a U.S. person, a covered person, or merely foreign?
package guard.instruments.us_doj_bulk

import data.guard.lib

# What is stated of the recipient holds for every destination alike, so it counts only where the destination
# could be that recipient: a provider of models or storage is no employee, affiliate or branch of the sender.
role := claimed if fitting

role := "buyer" if {
	not fitting
	claimed == "buyer_individual"
}

role := "unstated" if {
	not fitting
	claimed != "buyer_individual"
}

claimed := object.get(input.transfer, ["facts", "recipient_role"], "unstated")

fitting if not claimed in (own_roles | outside_roles)

fitting if {
	claimed in own_roles
	input.destination.role == "self"
}

fitting if {
	claimed in outside_roles
	input.destination.role == "controller"
}

own_roles := {"employee_of_controller", "own_branch", "own_laboratory", "own_repository"}

outside_roles := {
	"affiliate", "buyer_individual", "controller", "court_or_counsel", "data_fiduciary", "employee_of_parent",
	"joint_controller", "merchant", "organisation", "parent", "payee", "public_authority",
}

# The destination is a service to which the data themselves are given: a model reads them, a store keeps them, and
# where nobody says what the recipient is, it is taken for a provider of either.
serving if {
	provided
	role in {"ai_provider", "cloud_host", "unstated"}
}

serving if {
	provided
	input.destination.kind == "model"
	input.transfer.purpose in {"embedding", "evaluation", "inference", "training"}
}

serving if {
	provided
	input.destination.retention_days != 0
}

provided if input.destination.role in {"processor", "unknown"}

individual if role in {"buyer_individual", "employee_of_controller", "employee_of_parent"}

individual if {
	input.transfer.facts.recipient_primary_residence
	not service_of_concern
}

individual if {
	input.transfer.facts.recipient_citizenship
	not service_of_concern
}

# A service that belongs to a country of concern is no individual, whatever is stated of one.
service_of_concern if {
	provided
	operator in concern
}

service_of_concern if {
	provided
	parent in concern
}

service_of_concern if {
	provided
	place_of_concern
}

designated if input.transfer.facts.recipient_designated == true

# A place in a country of concern where the data would rest, be processed, or be looked at.
place_of_concern if {
	some place in lib.places
	place in concern
}

operator := lib.country(input.destination.operator)

parent := lib.country(input.destination.parent)

us_operator if operator in united_states

# The sender itself: a branch is part of the entity (202.256(b), Example 5). An employee is somebody else.
own_entity if {
	us_sender
	same_entity
	not individual
	kind_stated in {"none", "unstated"}
}

same_entity if {
	input.transfer.facts.same_legal_entity == true
	input.destination.role == "self"
}

same_entity if role in {"own_branch", "own_laboratory", "own_repository"}

# The operator's own systems outside countries of concern; its staff there would be covered persons.
same_entity if {
	role == "unstated"
	input.destination.role == "self"
	not place_of_concern
}

us_recipient if {
	not designated
	us_by_fact
}

us_by_fact if own_entity

# A foreign entity is what it is, whoever works for it.
us_by_fact if {
	input.transfer.facts.recipient_us_citizens_only == true
	staff_or_individual
}

staff_or_individual if individual

staff_or_individual if us_operator

us_by_fact if {
	individual
	lib.country(input.transfer.facts.recipient_citizenship) in united_states
}

us_by_fact if {
	individual
	lib.country(input.transfer.facts.recipient_location_at_transfer) in united_states
}

us_by_fact if {
	individual
	lib.country(input.transfer.facts.recipient_primary_residence) in united_states
}

# An individual of whom only the place is known, and it is in the United States.
us_by_fact if {
	individual
	not input.transfer.facts.recipient_primary_residence
	not input.transfer.facts.recipient_location_at_transfer
	within_us
}

us_by_fact if {
	not individual
	us_operator
	input.transfer.facts.recipient_form == "us_organised_subsidiary"
}

# A branch of a company of the United States, wherever it is.
us_by_fact if {
	not individual
	us_operator
	input.transfer.facts.recipient_form == "branch"
	not parent in concern
}

# A company of the United States that belongs to nobody in a country of concern.
us_by_fact if {
	not individual
	us_operator
	not place_of_concern
	not parent in concern
	not owned_by_concern
	not ownership_open
}

us_by_fact if {
	not individual
	us_operator
	not place_of_concern
	input.transfer.facts.parent_has_access == false
}

within_us if {
	count(lib.places) > 0
	every place in lib.places {
		place in united_states
	}
}

covered if designated

covered if parent_reaches

covered if reversal_gains

covered if {
	not us_recipient
	foreign_covered
}

# 202.201: the parent's own access is access by a covered person, whoever the recipient is.
parent_reaches if {
	input.transfer.facts.parent_has_access == true
	parent in concern
}

foreign_covered if input.transfer.facts.recipient_employer_covered == true

foreign_covered if {
	individual
	lib.country(input.transfer.facts.recipient_primary_residence) in concern
}

foreign_covered if {
	individual
	not input.transfer.facts.recipient_primary_residence
	place_of_concern
}

# The employer of an individual abroad, where nobody says that it is no covered person.
foreign_covered if {
	individual
	not input.transfer.facts.recipient_employer_covered == false
	operator in concern
}

foreign_covered if {
	individual
	not input.transfer.facts.recipient_employer_covered == false
	parent in concern
}

foreign_covered if {
	not individual
	operator in concern
}

foreign_covered if {
	not individual
	place_of_concern
}

# A foreign entity, and a branch of one even in the United States (202.256(b), Example 7).
foreign_covered if {
	not individual
	parent in concern
	foreign_form
}

foreign_covered if {
	not individual
	owned_by_concern
	not us_operator
}

foreign_form if not us_operator

foreign_form if input.transfer.facts.recipient_form == "branch"

# What the recipient is cannot be told: who owns it, or whether its parent gets at the data.
recipient_open if {
	not covered
	not us_recipient
	not individual
	unclear
}

unclear if ownership_open

unclear if us_operator

unclear if input.destination.operator == "unknown"

# Nobody says where a foreign service would keep or process the data, so it may be in a country of concern.
unclear if {
	serving
	not lib.places_named
}

unclear if {
	input.destination.parent == "unknown"
	not input.transfer.facts.ownership
}

foreign_recipient if {
	not covered
	not us_recipient
	not recipient_open
}
