# Composition only: what the instruments say becomes one answer. Nothing here knows a law.
package guard

# METADATA
# title: May these data go to this destination?
# description: One transfer to one destination under one treatment is one decision. Without an answer it is no.
# entrypoint: true
default decision := {
	"effect": "deny",
	"permits": [],
	"barriers": [],
	"obligations": [],
	"advice": [],
	"applicable": [],
	"missing": [],
	"unknown": [],
}

decision := {
	"effect": effect,
	"permits": sort(grounds),
	"barriers": sort(standing),
	"obligations": sort(duties),
	"advice": sort(risks),
	"applicable": sort(applicable),
	"missing": sort(missing),
	"unknown": sort(unknown),
}

# The whole matrix in one call, for an officer or a server: one answer per candidate.
plan := [answer |
	some candidate in input.candidates

	# regal ignore:comprehension-term-assignment,with-outside-test-context
	answer := decision with input.destination as candidate
]

applicable contains tag.instrument if some tag in input.transfer.tags

# Laws that govern the transfer and that no package speaks for.
unknown := applicable - known

# Laws that govern the transfer and give no positive ground for it.
missing := (applicable & known) - granting

granting contains ground.instrument if some ground in law_permits

grounds := law_permits | own_permits

standing := law_barriers | own_barriers

duties := law_obligations | own_obligations

risks := law_advice | own_advice

default effect := "deny"

effect := "permit" if permitted

effect := "conflict" if conflicting

effect := "review" if {
	not conflicting
	reviewable
}

permitted if {
	input.transfer.detection.complete == true
	count(standing) == 0
	count(unknown) == 0
	count(missing) == 0
	count(grounds) > 0
}

# Two laws each allow places of their own, and no place is allowed by both: moving the data to any one
# place cannot satisfy them.
conflicting if {
	some one in standing
	count(one.confine) > 0
	some other in standing
	other.instrument > one.instrument
	count(other.confine) > 0
	count({place | some place in one.confine} & {place | some place in other.confine}) == 0
}

# A person can clear what stands in the way, and nothing else is wanting.
reviewable if {
	count(standing) > 0
	count(missing) == 0
	count(unknown) == 0
	every barrier in standing {
		"review" in barrier.remedies
	}
}
