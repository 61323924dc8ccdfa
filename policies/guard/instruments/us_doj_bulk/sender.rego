# 28 CFR 202.256, 202.305: who is bound?
package guard.instruments.us_doj_bulk

import data.guard.lib

# Nobody who is not one is bound; what is not stated is taken to be a U.S. person.
us_sender if input.transfer.facts.principal_role == "us_person"

us_sender if {
	not declined
	not input.transfer.facts.principal_role == "us_person"
	established_in_us
}

# Who is established in the United States is no foreign company there.
declined if {
	input.transfer.facts.principal_role in {"covered_person", "foreign_company"}
	not declared_in_us
}

declared_in_us if {
	some place in input.transfer.principal.establishment
	lib.country(place) in united_states
}

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

# A covered person has its own data worked on: it gains no access to what it holds already, and to anything else
# only where that is stated.
reversed if {
	input.transfer.facts.principal_role == "covered_person"
	us_recipient
}

reversal_gains if {
	reversed
	input.transfer.facts.access_by_covered_person_gained == true
}

# A foreign company that knowingly builds the sending component in, or evades, may cause a U.S. person to violate
# the rule (202.304(a)), or direct none: nothing is said of one.
causing_open if {
	not us_sender
	input.transfer.facts.principal_role == "foreign_company"
	covered
	causing
	not stated_approval
	not stated_knowledge
}

causing if input.transfer.facts.knowingly_installed == true

causing if evading

stated_knowledge if input.transfer.facts.us_person_knowledge in {true, false}

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
	not causing_open
}
