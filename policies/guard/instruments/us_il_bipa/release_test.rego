package guard.instruments.us_il_bipa_test

import data.guard.fixture_test as fixture

face(treatment) := fixture.category("sensitive.biometric_identification", true, ["biometric_identification"], treatment)

request := {
	"tags": fixture.tags(["us_il_bipa"]),
	"categories": [face("none")],
	"treatment": "none",
}

asked(changes) := fixture.answer(object.union(request, changes), {})

released := {"declared": ["us_il_bipa.written_release"]}

test_without_a_release if fixture.stuck(asked({}), "us_il_bipa.no_release")

test_pseudonyms_of_faces_are_biometric_still if {
	fixture.stuck(asked({"categories": [face("pseudonymise")]}), "us_il_bipa.no_release")
}

test_with_a_release if fixture.permits_by(asked(released), "us_il_bipa.written_release")

test_no_sale_even_with_a_release if {
	sale := object.union(released, {"facts": {"transaction": "data_brokerage"}})
	fixture.only(asked(sale), "us_il_bipa.sale")
	buyer := object.union(released, {"facts": {"recipient_role": "buyer"}})
	fixture.only(asked(buyer), "us_il_bipa.sale")
	service := object.union(released, {"facts": {"transaction": "vendor_agreement"}})
	fixture.permits_by(asked(service), "us_il_bipa.written_release")
}

test_nothing_biometric_left if {
	fixture.permits_by(asked({"categories": [face("redact")]}), "us_il_bipa.no_biometric_data")
}

test_outside_the_act if {
	fixture.permits_by(asked({"declared": ["us_il_bipa.exempt_entity"]}), "us_il_bipa.exempt_entity")
}
