# 28 CFR 202.211, 202.221, 202.256: is the recipient a U.S. person, a covered person, or merely foreign?
package guard.instruments.us_doj_bulk

import data.guard.lib

role := object.get(input.transfer, ["facts", "recipient_role"], "unstated")

individual if role in {"buyer_individual", "employee_of_controller", "employee_of_parent"}

individual if input.transfer.facts.recipient_primary_residence

individual if input.transfer.facts.recipient_citizenship

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

same_entity if input.transfer.facts.same_legal_entity == true

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

us_by_fact if lib.country(input.transfer.facts.recipient_citizenship) in united_states

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

unclear if {
	input.destination.parent == "unknown"
	not input.transfer.facts.ownership
}

foreign_recipient if {
	not covered
	not us_recipient
	not recipient_open
}
