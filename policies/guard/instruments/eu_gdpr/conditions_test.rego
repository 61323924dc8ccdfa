# What the operator's word stands for where the conditions of Art. 49(1) are not stated.
package guard.instruments.eu_gdpr_test

import data.guard.fixture_test as fixture

vouched_for(ground, facts) := vouched_to(ground, facts, {"role": "controller"})

vouched_to(ground, facts, place) := fixture.answer(
	{
		"facts": object.union({"derogation_claimed": ground}, facts),
		"declared": ["eu_gdpr.derogation_conditions"],
	},
	object.union(fixture.in_country("IN"), place),
)

grounds_with_conditions := {
	"49(1)(a)", "49(1)(b)", "49(1)(c)", "49(1)(d)", "49(1)(e)", "49(1)(f)", "49(1)(g)",
}

test_the_word_stands_for_what_is_not_stated if {
	every ground in grounds_with_conditions {
		met_by(vouched_for(ground, {}))
		not met_by(claims(ground, {}))
	}
}

test_what_is_partly_stated if {
	met_by(vouched_for("49(1)(a)", {"explicit_consent": true}))
	met_by(vouched_for("49(1)(b)", once))
	met_by(vouched_for("49(1)(c)", once))
	met_by(vouched_for("49(1)(e)", {"data_limited_to_relevant": true}))
	met_by(vouched_for("49(1)(f)", {"life_threatening": true}))
	met_by(vouched_for("49(1)(f)", {"data_subject_incapable": true}))
}

test_what_is_stated_goes_before_the_word if {
	every ground, facts in {
		"49(1)(a)": ["explicit_consent", "informed_of_risks"],
		"49(1)(b)": ["necessity_shown", "occasional"],
		"49(1)(c)": ["necessity_shown", "occasional"],
		"49(1)(d)": ["international_agreement", "necessity_shown"],
		"49(1)(e)": ["necessity_shown", "occasional", "proceeding_formally_pending"],
		"49(1)(f)": ["data_subject_incapable", "life_threatening", "necessity_shown"],
	} {
		every fact in facts {
			fails(vouched_for(ground, {fact: false}))
		}
	}
	every ground in ["49(1)(b)", "49(1)(c)", "49(1)(e)", "49(1)(f)"] {
		fails(vouched_for(ground, {"systematic": true}))
	}
	every ground in ["49(1)(a)", "49(1)(b)", "49(1)(c)"] {
		fails(vouched_for(ground, {"exercise_of_public_powers": true}))
	}
	every ground in ["49(1)(a)", "49(1)(d)", "49(1)(g)"] {
		reviewed(vouched_for(ground, {"systematic": true}))
	}
	surplus := vouched_for("49(1)(g)", {"data_limited_to_relevant": false})
	"eu_gdpr.not_limited" in fixture.rules(surplus.barriers)
}

test_no_exception_within_a_lasting_relationship if {
	every ground in grounds_with_conditions - {"49(1)(a)"} {
		reviewed(vouched_for(ground, {"intra_group": true}))
		reviewed(vouched_to(ground, {}, {"role": "processor"}))
		met_by(vouched_for(ground, {"intra_group": true, "occasional": true}))
		met_by(vouched_to(ground, {"occasional": true}, {"role": "processor"}))
	}
}

test_no_single_case_needs_training if {
	every ground in grounds_with_conditions - {"49(1)(a)"} {
		said := fixture.answer(
			{
				"facts": {"derogation_claimed": ground},
				"declared": ["eu_gdpr.derogation_conditions"],
				"purpose": "training",
			},
			object.union(fixture.in_country("IN"), {"role": "controller"}),
		)
		reviewed(said)
	}
}

test_the_word_names_no_ground if {
	reviewed(vouched_for("49(1)_second", once))
	none := fixture.answer({"declared": ["eu_gdpr.derogation_conditions"]}, fixture.in_country("IN"))
	fixture.stuck(none, "eu_gdpr.no_transfer_ground")
	unknown := fixture.answer(
		{"facts": {"article49_ground_claimed": true}, "declared": ["eu_gdpr.derogation_conditions"]},
		fixture.in_country("IN"),
	)
	reviewed(unknown)
}

test_no_word_for_an_unknown_country if {
	every ground in grounds_with_conditions {
		reviewed(vouched_to(ground, {}, {"role": "controller", "access": ["unknown"]}))
	}
}
