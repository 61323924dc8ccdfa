# GDPR Art. 49(1), ground by ground (EDPB Guidelines 2/2018).
package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

claims(ground, facts) := fixture.answer(
	{"facts": object.union({"derogation_claimed": ground}, facts)},
	object.union(fixture.in_country("IN"), {"role": "controller"}),
)

met_by(said) if fixture.permits_by(said, "eu_gdpr.derogation_conditions_met")

fails(said) if fixture.stuck(said, "eu_gdpr.derogation_not_met")

# Surplus data are an obstacle of their own as well.
fails_with_surplus(said) if fixture.rules(said.barriers) == {"eu_gdpr.derogation_not_met", "eu_gdpr.not_limited"}

reviewed(said) if {
	said.effect == "review"
	fixture.only(said, "eu_gdpr.derogation_review")
	fixture.rules(said.permits) == {"eu_gdpr.derogation"}
}

consented := {"explicit_consent": true, "informed_of_risks": true}

once := {"occasional": true, "systematic": false}

test_consent if {
	met_by(claims("49(1)(a)", consented))
	fails(claims("49(1)(a)", {"explicit_consent": true}))
	fails(claims("49(1)(a)", {"explicit_consent": true, "informed_of_risks": false}))
	fails(claims("49(1)(a)", {"explicit_consent": false, "informed_of_risks": true}))
	fails(claims("49(1)(a)", object.union(consented, {"exercise_of_public_powers": true})))
	reviewed(claims("49(1)(a)", object.union(consented, {"systematic": true})))
}

test_contract if {
	every ground in ["49(1)(b)", "49(1)(c)"] {
		met_by(claims(ground, object.union(once, {"data_limited_to_contract_need": true})))
		met_by(claims(ground, {"systematic": false, "necessity_shown": true}))
		reviewed(claims(ground, once))
		reviewed(claims(ground, {"necessity_shown": true}))
		fails(claims(ground, {"occasional": false, "necessity_shown": true}))
		fails(claims(ground, {"occasional": true, "systematic": true, "necessity_shown": true}))
		fails(claims(ground, object.union(once, {"necessity_shown": false})))
		fails(claims(ground, object.union(once, {"necessity_shown": true, "exercise_of_public_powers": true})))
		fails_with_surplus(claims(ground, object.union(once, {"data_limited_to_contract_need": false})))
		fails_with_surplus(claims(ground, object.union(once, {"data_limited_to_relevant": false})))
	}
}

test_public_interest if {
	met_by(claims("49(1)(d)", {"international_agreement": true}))
	fails(claims("49(1)(d)", {"international_agreement": false}))
	reviewed(claims("49(1)(d)", {}))
	reviewed(claims("49(1)(d)", {"international_agreement": true, "systematic": true}))
	fails(claims("49(1)(d)", {"international_agreement": true, "necessity_shown": false}))
}

test_legal_claims if {
	pending := {"proceeding_formally_pending": true}
	met_by(claims("49(1)(e)", object.union(pending, {"necessity_shown": true})))
	met_by(claims("49(1)(e)", object.union(pending, {"data_limited_to_relevant": true})))
	filtered := fixture.answer(
		{
			"facts": object.union(pending, {"derogation_claimed": "49(1)(e)"}),
			"declared": ["eu_gdpr.relevance_filter"],
		},
		object.union(fixture.in_country("US"), {"role": "controller"}),
	)
	met_by(filtered)
	reviewed(claims("49(1)(e)", pending))
	fails(claims("49(1)(e)", {}))
	fails(claims("49(1)(e)", {"proceeding_formally_pending": false, "necessity_shown": true}))
	fails(claims("49(1)(e)", object.union(pending, {"necessity_shown": true, "systematic": true})))
	fails_with_surplus(claims("49(1)(e)", object.union(pending, {"data_limited_to_relevant": false})))
}

test_vital_interests if {
	danger := {"life_threatening": true, "data_subject_incapable": true}
	met_by(claims("49(1)(f)", danger))
	fails(claims("49(1)(f)", {"life_threatening": true}))
	fails(claims("49(1)(f)", {"life_threatening": true, "data_subject_incapable": false}))
	fails(claims("49(1)(f)", {"life_threatening": false, "data_subject_incapable": true}))
	fails(claims("49(1)(f)", object.union(danger, {"necessity_shown": false})))
}

test_register_and_compelling_interests_are_reviewed if {
	reviewed(claims("49(1)(g)", {}))
	reviewed(claims("49(1)_second", once))
	fails(claims("49(1)_second", {"systematic": true}))
	fails(claims("49(1)_second", {"exercise_of_public_powers": true}))
	failed := claims("49(1)_second", {"balancing_passed": false})
	"eu_gdpr.derogation_not_met" in fixture.rules(failed.barriers)
}

unnamed(facts) := fixture.answer(
	{"facts": object.union({"article49_ground_claimed": true}, facts)},
	fixture.in_country("IN"),
)

test_a_ground_that_is_not_named if {
	reviewed(unnamed({}))
	fails(unnamed({"systematic": true}))
	fails(unnamed({"occasional": false}))
	fails(unnamed({"necessity_shown": false}))
	none := fixture.answer({"facts": {"article49_ground_claimed": false}}, fixture.in_country("IN"))
	fixture.stuck(none, "eu_gdpr.no_transfer_ground")
}

test_no_derogation_where_there_is_a_ground if {
	facts := {"derogation_claimed": "49(1)(e)"}
	said := fixture.answer({"facts": facts}, {})
	fixture.permits_by(said, "eu_gdpr.within_eea")
}

test_nobody_is_told_the_risks_of_an_unknown_country if {
	every id, facts in {
		"49(1)(a)": {"explicit_consent": true, "informed_of_risks": true},
		"49(1)(b)": {"occasional": true, "necessity_shown": true},
		"49(1)(c)": {"occasional": true, "necessity_shown": true},
		"49(1)(d)": {"international_agreement": true},
		"49(1)(e)": {"proceeding_formally_pending": true, "necessity_shown": true},
		"49(1)(f)": {"life_threatening": true, "data_subject_incapable": true},
	} {
		changes := {"facts": object.union(facts, {"derogation_claimed": id})}
		every place in ["unknown", "GLOBAL"] {
			said := fixture.answer(changes, object.union(fixture.in_country("TH"), {"access": [place]}))
			said.effect == "review"
			fixture.only(said, "eu_gdpr.derogation_review")
		}
	}
}
