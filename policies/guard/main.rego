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

# One law keeps the data in places of its own and takes no paper instead; another law does not admit the data in
# any of them as things stand. No move satisfies both. Two laws that each miss a paper are no conflict: the papers
# cure them.
conflicting if {
	some one in localised
	some other in standing
	other.instrument != one.instrument
	count(other.confine) > 0
	count({place | some place in one.confine} & {place | some place in other.confine}) == 0
}

localised contains barrier if {
	some barrier in standing
	count(barrier.confine) > 0
	count({remedy | some remedy in barrier.remedies} & papers) == 0
}

# Remedies that leave the data where they would go.
papers := {"consent", "declare", "mechanism", "review"}

# A person can clear what stands in the way, and nothing else is wanting.
reviewable if {
	count(standing) > 0
	count(missing) == 0
	count(unknown) == 0
	every barrier in standing {
		"review" in barrier.remedies
	}
}
