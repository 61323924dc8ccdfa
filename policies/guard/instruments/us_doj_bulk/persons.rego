# 28 CFR 202.210, 202.401(c): transfers in which no covered person takes part.
package guard.instruments.us_doj_bulk

import data.guard.lib

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

# METADATA
# title: The recipient's parent is in a country of concern
# description: >-
#   The recipient is a U.S. person, but its parent is not. Letting the parent at the data later is a transaction
#   of its own, which the rule covers.
# custom:
#   id: us_doj_bulk.parent_of_concern
#   kind: advice
#   cites: ["28 CFR 202.256(b)", "28 CFR 202.301(b)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartB_section202.256
advice contains {"rule": "us_doj_bulk.parent_of_concern", "instrument": "us_doj_bulk"} if {
	lib.in_force("us_doj_bulk.parent_of_concern")
	among_us_persons
	parent in concern
}
