# 28 CFR 202.211, 202.221, 202.256: who is a U.S. person, who a covered person, who merely foreign?
package guard.instruments.us_doj_bulk

import data.guard.lib

# ---- the sender

# Nobody who is not one is bound; what is not stated is taken to be a U.S. person.
us_sender if input.transfer.facts.principal_role == "us_person"

us_sender if {
	not declined
	not input.transfer.facts.principal_role == "us_person"
	established_in_us
}

declined if input.transfer.facts.principal_role in {"covered_person", "foreign_company"}

established_in_us if count(input.transfer.principal.establishment) == 0

established_in_us if {
	some place in input.transfer.principal.establishment
	not outside_us(place)
}

# 202.305: a U.S. person directs somebody else's transaction.
directed if {
	not us_sender
	input.transfer.facts.us_person_approves == true
	not input.transfer.facts.us_person_knowledge == false
}

bound if us_sender

bound if directed

# The U.S. person on the other side is bound when the covered person gains access to more than its own.
bound if reversal_gains

# Somebody approves without knowing, or knows and nobody says whether anybody approves.
direction_open if {
	not us_sender
	input.transfer.facts.us_person_approves == true
	input.transfer.facts.us_person_knowledge == false
}

direction_open if {
	not us_sender
	input.transfer.facts.us_person_knowledge == true
	not stated_approval
}

stated_approval if input.transfer.facts.us_person_approves in {true, false}

# A covered person has its own data worked on: it gains no access to what it holds already. Whether it
# gains access to anything else is to be stated.
reversed if {
	input.transfer.facts.principal_role == "covered_person"
	us_recipient
}

reversal_gains if {
	reversed
	input.transfer.facts.access_by_covered_person_gained == true
}

reversal_open if {
	reversed
	not input.transfer.facts.access_by_covered_person_gained in {true, false}
}

# ---- the recipient

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

us_by_fact if input.transfer.facts.recipient_us_citizens_only == true

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

unclear if {
	input.destination.operator == "unknown"
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

# METADATA
# title: No U.S. person sends the data or directs it
# description: >-
#   The rule binds U.S. persons. The sender is established in another country, and no U.S. person with authority
#   to decide directs or approves the transaction.
# custom:
#   id: us_doj_bulk.not_a_us_person
#   kind: exemption
#   cites: ["28 CFR 202.301(a)", "28 CFR 202.305", "28 CFR 202.256"]
#   since: "2025-04-08"
#   confidence: medium
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartB_section202.256
permits contains {
	"rule": "us_doj_bulk.not_a_us_person",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.256",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	unbound
}

unbound if {
	lib.in_force("us_doj_bulk.not_a_us_person")
	not bound
	not direction_open
	not reversed
}

# METADATA
# title: The recipient is a U.S. person
# description: >-
#   The data go from one U.S. person to another, or stay within the sender's own entity, foreign branches
#   included. A person in the United States is a U.S. person while there, whatever the citizenship, and a company
#   organised solely under the laws of the United States is one whoever owns it, unless it is designated.
# custom:
#   id: us_doj_bulk.us_recipient
#   kind: exemption
#   cites: ["28 CFR 202.256", "28 CFR 202.210", "28 CFR 202.211(b)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartB_section202.256
permits contains {
	"rule": "us_doj_bulk.us_recipient",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.256",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	among_us_persons
}

among_us_persons if {
	lib.in_force("us_doj_bulk.us_recipient")
	us_recipient
	not covered
	not reversed
	not passes_on
	not citizens_contradicted
	not evading
}

# The sender knows that a covered person gets the data through somebody else.
passes_on if input.transfer.facts.knows_or_should_know == true

passes_on if input.transfer.facts.us_person_knowledge == true

passes_on if {
	input.transfer.facts.access_by_covered_person_gained == true
	not unknowing
}

citizens_contradicted if {
	input.transfer.facts.recipient_us_citizens_only == false
	own_entity
	place_of_concern
}

# METADATA
# title: No covered person gets access
# description: >-
#   The recipient is a foreign person that is no covered person: it is neither organised, resident nor mainly
#   doing business in a country of concern, nor half owned from there, nor designated. A vendor, employment or
#   investment agreement with it is not covered, even if it later employs covered persons without the sender's
#   knowledge or direction. Citizenship alone makes nobody a covered person.
# custom:
#   id: us_doj_bulk.no_covered_person
#   kind: exemption
#   cites: ["28 CFR 202.210", "28 CFR 202.211", "28 CFR 202.401(c)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/28/202.211
permits contains {
	"rule": "us_doj_bulk.no_covered_person",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.210",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	merely_foreign
}

merely_foreign if {
	lib.in_force("us_doj_bulk.no_covered_person")
	foreign_recipient
	kind != "data_brokerage"
	not passes_on
	not evading
}
