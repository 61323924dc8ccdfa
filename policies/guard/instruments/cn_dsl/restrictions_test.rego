package guard.instruments.cn_dsl_test

import data.guard.fixture_test as fixture

stating(facts) := object.union(dsl([]), {"facts": facts})

test_foreign_authority_asks_at_home if {
	said := fixture.answer(dsl(["cn_dsl.foreign_authority_request"]), fixture.in_country("CN"))
	said.effect == "permit"
}

test_foreign_authority_receives if {
	every role in ["court_or_counsel", "public_authority"] {
		said := fixture.answer(stating({"recipient_role": role}), fixture.in_country("US"))
		fixture.only(said, "cn_dsl.foreign_authority")
		said.barriers[0].confine == ["CN"]
	}
}

# A law that keeps the data elsewhere meets one that keeps them here and takes no paper instead.
test_core_data_against_another_localisation_is_a_conflict if {
	changes := object.union(
		dsl(["cn_dsl.core_data"]),
		{"tags": fixture.tags(["cn_dsl", "eu_gdpr"])},
	)
	fixture.answer(changes, fixture.in_country("US")).effect == "conflict"
}

test_security_review_is_the_only_reason if {
	fixture.only(fixture.answer(dsl(["cn_dsl.security_review"]), fixture.in_country("SG")), "cn_dsl.security_review")
	fixture.answer(dsl(["cn_dsl.security_review"]), fixture.in_country("CN")).effect == "permit"
}

test_export_control_is_the_only_reason if {
	said := fixture.answer(dsl(["cn_dsl.export_controlled"]), fixture.in_country("SG"))
	fixture.only(said, "cn_dsl.export_control")
	licensed := dsl(["cn_dsl.export_controlled", "cn_dsl.export_licence"])
	fixture.answer(licensed, fixture.in_country("SG")).effect == "permit"
	fixture.answer(dsl(["cn_dsl.export_controlled"]), fixture.in_country("CN")).effect == "permit"
}

listed(facts) := object.union(marked("data.important"), {"facts": facts})

test_listing_unclear_is_the_only_reason if {
	every fact in ["important_data_notified", "important_data_published"] {
		said := fixture.answer(listed({fact: false}), fixture.in_country("SG"))
		fixture.only(said, "cn_dsl.listing_unclear")
		said.effect == "review"
	}
}

test_not_listed_is_not_important if {
	facts := {"important_data_notified": false, "important_data_published": false}
	fixture.permits_by(fixture.answer(listed(facts), fixture.in_country("SG")), "cn_dsl.ordinary_data")
}

test_listed_is_important_without_a_mark if {
	every fact in ["important_data_notified", "important_data_published"] {
		fixture.stuck(fixture.answer(stating({fact: true}), fixture.in_country("SG")), "cn_dsl.important_data")
	}
}

test_assessment_expires if {
	place := object.union(fixture.in_country("SG"), {"safeguards": ["cac_assessment_passed_2024-06-01"]})
	fixture.permits_by(fixture.answer(marked("data.important"), place), "cn_dsl.security_assessment")
	late := object.union(marked("data.important"), {"time": "2027-06-01"})
	fixture.stuck(fixture.answer(late, place), "cn_dsl.important_data")
}

test_assessment_carried_any_data_before_order_16 if {
	changes := object.union(dsl(["cn_dsl.security_assessment_passed"]), {"time": "2024-03-21"})
	fixture.permits_by(fixture.answer(changes, fixture.in_country("SG")), "cn_dsl.security_assessment")
}
