package guard.instruments.us_hipaa_test

import data.guard.fixture_test as fixture

# A clinic asks a model about a named patient's condition.
clinic := {
	"tags": fixture.tags(["us_hipaa"]),
	"declared": ["us_hipaa.covered_entity"],
	"treatment": "none",
	"categories": [name, condition],
}

name := of("identity.name", true, [])

condition := of("health.condition", false, ["health"])

of(id, direct, classes) := object.union(fixture.category(id, direct, classes, "none"), {"found": true})

impersonal(id) := object.union(of(id, false, []), {"personal": false})

redacted(category) := object.union(category, {"treatment": "redact"})

asked(changes, place) := fixture.answer(object.union(clinic, changes), object.union({"safeguards": []}, place))

test_without_an_agreement if {
	said := asked({}, {})
	fixture.stuck(said, "us_hipaa.no_agreement")
	said.barriers[0].categories == ["identity.name"]
}

test_business_associate if {
	said := asked({}, {"safeguards": ["hipaa_baa"]})
	fixture.permits_by(said, "us_hipaa.business_associate")
	{[duty.rule, duty.days] | some duty in said.obligations} == {["us_hipaa.records", 2192]}
	fixture.stuck(asked({}, {"safeguards": ["hipaa_baa"], "role": "controller"}), "us_hipaa.no_agreement")
}

test_an_agreement_binds_a_recipient_whose_role_is_not_known if {
	said := asked({}, {"safeguards": ["hipaa_baa"], "role": "unknown"})
	fixture.permits_by(said, "us_hipaa.business_associate")
}

# Each remedy that the barrier names really cures it.
test_remedies_fit_the_role if {
	asked({}, {}).barriers[0].remedies == ["mechanism", "redact"]
	stranger := {"role": "controller"}
	asked({}, stranger).barriers[0].remedies == ["consent", "declare", "redact"]
	fixture.permits_by(asked({"declared": ["us_hipaa.authorisation"]}, stranger), "us_hipaa.permitted")
	born := {"categories": [of("identity.date_of_birth", false, []), condition]}
	asked(born, stranger).barriers[0].remedies == ["consent", "declare", "mechanism", "redact"]
	set := object.union(stranger, {"safeguards": ["hipaa_data_use_agreement"]})
	fixture.permits_by(asked(born, set), "us_hipaa.limited_data_set")
}

test_safe_harbor_takes_identifiers_out_and_leaves_the_condition if {
	fixture.permits_by(asked({"categories": [redacted(name), condition]}, {}), "us_hipaa.de_identified")
	fixture.stuck(asked({"categories": [redacted(name), condition, impersonal("time.date")]}, {}), "us_hipaa.no_agreement")
	dated := [redacted(name), condition, redacted(impersonal("time.date"))]
	fixture.permits_by(asked({"categories": dated}, {}), "us_hipaa.de_identified")
}

test_pseudonyms_are_identifying_codes if {
	pseudonym := object.union(name, {"treatment": "pseudonymise"})
	fixture.stuck(asked({"categories": [pseudonym, condition]}, {}), "us_hipaa.no_agreement")
}

test_every_identifier_of_the_safe_harbor if {
	every id in [
		"identity.name", "contact.address", "identity.date_of_birth", "contact.phone", "contact.email",
		"identity.social_security_number", "health.record_number", "health.insurance_number", "financial.bank_account",
		"identity.driving_licence_number", "vehicle.registration", "network.device_id", "network.ip_address",
		"sensitive.biometric_identification", "person.image", "identity.passport_number", "person.record",
	] {
		fixture.stuck(asked({"categories": [of(id, true, [])]}, {}), "us_hipaa.no_agreement")
	}
	every id in ["location.place", "network.url", "time.date"] {
		fixture.stuck(asked({"categories": [condition, impersonal(id)]}, {}), "us_hipaa.no_agreement")
		fixture.permits_by(asked({"categories": [impersonal(id)]}, {}), "us_hipaa.de_identified")
	}
}

test_expert_determination_covers_what_is_declared if {
	declared := [object.union(name, {"found": false})]
	statement := ["us_hipaa.covered_entity", "us_hipaa.expert_determination"]
	fixture.permits_by(asked({"declared": statement, "categories": declared}, {}), "us_hipaa.expert_determination")
	fixture.stuck(asked({"declared": statement}, {}), "us_hipaa.no_agreement")
}

test_own_systems if fixture.permits_by(asked({}, {"role": "self"}), "us_hipaa.own_systems")

test_limited_data_set if {
	agreement := {"safeguards": ["hipaa_data_use_agreement"]}
	dates := [condition, of("identity.date_of_birth", false, []), impersonal("location.place")]
	fixture.permits_by(asked({"categories": dates}, agreement), "us_hipaa.limited_data_set")
	fixture.stuck(asked({}, agreement), "us_hipaa.no_agreement")
}

test_permission_or_authorisation if {
	every statement in ["us_hipaa.authorisation", "us_hipaa.permitted_disclosure"] {
		said := asked({"declared": ["us_hipaa.covered_entity", statement]}, {"role": "controller"})
		fixture.permits_by(said, "us_hipaa.permitted")
		fixture.stuck(asked({"declared": [statement]}, {}), "us_hipaa.no_agreement")
	}
	fixture.stuck(asked({}, {"role": "controller"}), "us_hipaa.no_agreement")
}

test_training_is_advice if {
	"us_hipaa.provider_trains" in fixture.rules(asked({}, {"training_use": "unknown"}).advice)
	not "us_hipaa.provider_trains" in fixture.rules(asked({}, {}).advice)
}
