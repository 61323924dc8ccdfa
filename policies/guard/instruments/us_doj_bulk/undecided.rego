# What the text and the facts do not decide: a person does.
package guard.instruments.us_doj_bulk

import data.guard.lib

# The operator denies access by a covered person that a sale to one would give.
access_open if {
	input.transfer.facts.access_by_covered_person_gained == false
	kind == "data_brokerage"
}

open_question if {
	data_open
	not regulated
}

open_question if recipient_open

open_question if direction_open

open_question if {
	unknowing
	not merely_foreign
}

open_question if exemption_open

open_question if access_open

open_question if kind in {"none", "payment_processing"}

open_question if citizens_contradicted

open_settled if authorised

open_settled if clause_holds

in_doubt if {
	open_question
	not open_settled
	perhaps_caught
}

# The sender knows that the data reach a covered person through somebody who is none.
in_doubt if {
	passes_on
	not covered
	not resold_knowingly
	perhaps_caught
}

# The clause is there, and nobody says that violations of it are reported (202.302(a)(2)).
in_doubt if {
	caught
	foreign_recipient
	kind == "data_brokerage"
	lib.on_file("doj_onward_ban")
	not lib.declared("us_doj_bulk.violation_reporting")
	not resold_knowingly
	perhaps_caught
}

# 202.304: nobody may cause a violation; whether a foreign company does, turns on a U.S. person of whom nothing is said.
in_doubt if {
	lib.in_force("us_doj_bulk.undecided")
	causing_open
	not exempt
}

perhaps_caught if {
	lib.in_force("us_doj_bulk.undecided")
	perhaps_bound
	perhaps_regulated
	not exempt
	not evading
}

perhaps_bound if bound

perhaps_bound if direction_open

perhaps_regulated if regulated

perhaps_regulated if data_open

# METADATA
# title: Claimed to be outside the prohibitions
# description: >-
#   Whether the rule forbids this turns on something that the facts leave open, as the rule on the review says. It
#   is a ground only together with that review.
# custom:
#   id: us_doj_bulk.claimed
#   kind: permit
#   cites: ["28 CFR 202.210", "28 CFR 202.230"]
#   since: "2025-04-08"
#   confidence: medium
#   source: principle of this tool, a person decides what the text leaves open
permits contains {
	"rule": "us_doj_bulk.claimed",
	"instrument": "us_doj_bulk",
	"mechanism": "individual_assessment",
	"authority": "28 CFR 202.210",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	in_doubt
}

# METADATA
# title: A person has to decide whether the rule is met
# description: >-
#   The facts leave open who owns or controls the recipient, whether a covered person gets access, whether the
#   sender knows, how many persons the data are about within twelve months, whether they are sensitive personal
#   data, whether violations of the clause against onward transfer are reported, whether a foreign company causes a
#   violation, or whether an exemption applies. A person looks at it, or the facts are stated.
# custom:
#   id: us_doj_bulk.undecided
#   kind: barrier
#   cites: ["28 CFR 202.210 to 202.212", "28 CFR 202.230", "28 CFR 202.302(a)(2)", "28 CFR 202.304(a)"]
#   since: "2025-04-08"
#   confidence: medium
#   source: principle of this tool, a person decides what the text leaves open
barriers contains {
	"rule": "us_doj_bulk.undecided",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": doubt_remedies,
	"confine": [],
} if {
	in_doubt
}

default doubt_remedies := ["redact", "review"]

# Another recipient settles who the recipient is, not what the sender knows, directs or takes part in.
doubt_remedies := ["redact", "relocate", "review"] if {
	us_sender
	not passes_on
	not designated
}
