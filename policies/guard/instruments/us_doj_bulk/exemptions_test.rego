package guard.instruments.us_doj_bulk_test

import data.guard.fixture_test as fixture

test_no_transaction_of_the_four_kinds if {
	exempt_by(stated({"transaction": "none"}), "us_doj_bulk.no_covered_transaction")
	exempt_by(stated({"transaction": "none", "us_person_knowledge": false}), "us_doj_bulk.no_covered_transaction")
	every fact in [
		{"recipient_role": "buyer"},
		{"ordinarily_incident_to": "none"},
		{"access_by_covered_person_gained": true},
		{"recipient_us_citizens_only": false},
		{"us_person_knowledge": true},
		{"knows_or_should_know": true},
	] {
		undecided(stated(object.union({"transaction": "none"}, fact)))
	}
}

silent(facts) := judged({"facts": facts}, {})

bare_sale := object.remove(sale, ["facts"])

roles(facts) := fixture.answer(object.union(bare_sale, {"facts": facts}), buyer)

test_the_role_says_what_the_transaction_is if {
	every role in ["ad_exchange", "ad_platform", "buyer", "buyer_individual", "licensee"] {
		prohibited(roles({"recipient_role": role}))
	}
	every role in ["employee_of_controller", "employee_of_parent", "ai_provider", "vendor"] {
		fixture.stuck(roles({"recipient_role": role}), "us_doj_bulk.restricted")
	}
	fixture.stuck(fixture.answer(bare_sale, buyer), "us_doj_bulk.restricted")
}

test_answering_a_foreign_order_is_a_licence if {
	prohibited(stated({"transaction": "none", "foreign_access_order": true}))
	prohibited(roles({"recipient_role": "affiliate", "foreign_access_order": true}))
	order := {"foreign_access_order": true, "ordinarily_incident_to": "payroll", "recipient_role": "affiliate"}
	fixture.stuck(vendor(order, {}), "us_doj_bulk.restricted")
}

test_a_service_without_access if {
	none := {"access_by_covered_person_gained": false}
	exempt_by(vendor(none, {}), "us_doj_bulk.no_access")
	fixture.stuck(vendor(object.union(none, {"prior_treatment": "encrypted_no_key"}), {}), "us_doj_bulk.restricted")
	undecided(silent(none))
	fixture.stuck(
		judged(
			{
				"facts": object.union(none, {"transaction": "vendor_agreement"}),
				"declared": ["us_doj_bulk.custom_controls"],
			},
			{},
		),
		"us_doj_bulk.restricted",
	)
	fixture.stuck(vendor(none, {"safeguards": ["doj_security_requirements"]}), "us_doj_bulk.programme_missing")
}

test_a_model_without_its_data if {
	mute := {"model_can_reproduce_training_data": false}
	exempt_by(silent(mute), "us_doj_bulk.model_without_data")
	prohibited(silent({"model_can_reproduce_training_data": true}))
	prohibited(judged({"facts": mute, "categories": [found("health.condition", ["health"])]}, {}))
	prohibited(silent(object.union(mute, {"access_by_covered_person_gained": true})))
}

shop(facts, categories) := judged(
	{"facts": object.union({"transaction": "vendor_agreement"}, facts), "categories": categories},
	{},
)

test_purchases_and_payments if {
	purchase := {"ordinarily_incident_to": "purchase_of_goods"}
	exempt_by(shop(purchase, [account]), "us_doj_bulk.financial_services")
	fixture.stuck(shop(purchase, [account, health]), "us_doj_bulk.restricted")
	exempt_by(judged({"facts": purchase, "categories": [account]}, {}), "us_doj_bulk.financial_services")
	named_sale := object.union(purchase, {"transaction": "data_brokerage"})
	exempt_by(shop(named_sale, [account]), "us_doj_bulk.financial_services")
	every role in ["ad_exchange", "ad_platform", "buyer", "licensee"] {
		undecided(shop(object.union(named_sale, {"recipient_role": role}), [account]))
	}
	fixture.rules(shop(object.union(purchase, {"evasion_indicators": true}), [account]).barriers) == {
		"us_doj_bulk.evasion", "us_doj_bulk.restricted",
	}
	payment := {"transaction": "payment_processing"}
	exempt_by(shop(payment, [account]), "us_doj_bulk.financial_services")
	undecided(shop(payment, [health]))
	undecided(shop(object.union(payment, {"ordinarily_incident_to": "none"}), [account]))
	every fact in [
		{"us_person_approves": true},
		{"us_person_knowledge": true},
		{"knows_or_should_know": true, "us_person_approves": true},
	] {
		exempt_by(shop(object.union(payment, fact), [account]), "us_doj_bulk.financial_services")
	}
	approved := shop(object.union(payment, {"us_person_approves": true}), [health])
	approved.effect == "deny"
	"us_doj_bulk.directed_transaction" in fixture.rules(approved.barriers)
	payee := {"transaction": "payment_processing", "recipient_role": "payee"}
	exempt_by(judged({"facts": payee, "categories": [account]}, {}), "us_doj_bulk.financial_services")
}

test_administration_of_a_group if {
	payroll := {"ordinarily_incident_to": "payroll"}
	every role in ["affiliate", "parent", "employee_of_parent"] {
		said := shop(object.union(payroll, {"recipient_role": role}), [account])
		exempt_by(said, "us_doj_bulk.corporate_group")
	}
	branch := {"facts": object.union(payroll, {"recipient_role": "own_branch", "transaction": "vendor_agreement"})}
	ours := judged(object.union(branch, {"categories": [account]}), {"role": "self"})
	exempt_by(ours, "us_doj_bulk.corporate_group")
	fixture.stuck(shop(object.union(payroll, {"recipient_role": "own_branch"}), [account]), "us_doj_bulk.restricted")
	exempt_by(shop(object.union(payroll, {"intra_group": true}), [account]), "us_doj_bulk.corporate_group")
	named_sale := object.union(payroll, {"transaction": "data_brokerage"})
	exempt_by(shop(object.union(named_sale, {"intra_group": true}), [account]), "us_doj_bulk.corporate_group")
	prohibited(shop(object.union(named_sale, {"intra_group": true, "recipient_role": "buyer"}), [account]))
	prohibited(shop(object.union(named_sale, {"intra_group": false}), [account]))
	fixture.stuck(shop(object.union(payroll, {"recipient_role": "vendor"}), [account]), "us_doj_bulk.restricted")
	development := {"ordinarily_incident_to": "none", "recipient_role": "affiliate"}
	fixture.stuck(shop(development, [account]), "us_doj_bulk.restricted")
}

test_regulatory_approval if {
	needed := {"required_by_regulator": true, "prior_treatment": "pseudonymised"}
	exempt_by(vendor(needed, {}), "us_doj_bulk.regulatory_approval")
	exempt_by(stated(object.union(needed, {"transaction": "data_brokerage"})), "us_doj_bulk.regulatory_approval")
	prohibited(stated(object.union(needed, {"transaction": "data_brokerage", "recipient_role": "buyer"})))
	fixture.stuck(vendor({"required_by_regulator": true}, {}), "us_doj_bulk.restricted")
	fixture.stuck(vendor(object.union(needed, {"required_by_regulator": false}), {}), "us_doj_bulk.restricted")
	ours := {
		"categories": [found("health.condition", ["health"])],
		"facts": {"transaction": "vendor_agreement", "required_by_regulator": true, "prior_treatment": "pseudonymised"},
	}
	fixture.stuck(judged(ours, {}), "us_doj_bulk.restricted")
	pseudonyms := [object.union(found("health.condition", ["health"]), {"treatment": "pseudonymise"})]
	exempt_by(judged(object.union(ours, {"categories": pseudonyms}), {}), "us_doj_bulk.regulatory_approval")
}

test_other_exempt_activities if {
	every activity in [
		"cfius_action", "clinical_investigation", "federal_law", "financial_services", "information_materials",
		"official_business", "personal_communications", "telecommunications", "travel",
	] {
		exempt_by(vendor({"ordinarily_incident_to": activity}, {}), "us_doj_bulk.exempt_activity")
		undecided(silent({"ordinarily_incident_to": activity}))
		prohibited(silent({"ordinarily_incident_to": activity, "recipient_role": "buyer"}))
	}
}

traffic(facts) := judged(
	{"categories": [declared("network.traffic", []), declared("network.device_id", [])], "facts": facts},
	{"counts": {"persons": 300000}},
)

test_traffic_between_networks_is_open if {
	undecided(traffic({"transaction": "vendor_agreement"}))
	prohibited(traffic({"transaction": "data_brokerage"}))
	development := {"transaction": "vendor_agreement", "ordinarily_incident_to": "none"}
	fixture.stuck(traffic(development), "us_doj_bulk.restricted")
}

test_what_is_not_knowingly_built_in if {
	pixel := {"knowingly_installed": false, "recipient_role": "ad_platform"}
	exempt_by(roles(pixel), "us_doj_bulk.not_knowingly")
	exempt_by(stated({"knowingly_installed": false, "transaction": "data_brokerage"}), "us_doj_bulk.not_knowingly")
	prohibited(roles(object.union(pixel, {"knowingly_installed": true})))
	prohibited(roles(object.union(pixel, {"knows_or_should_know": true})))
	fixture.stuck(roles(object.union(pixel, {"evasion_indicators": true})), "us_doj_bulk.evasion")
	undecided(roles(object.union(pixel, {"recipient_role": "buyer"})))
	undecided(vendor({"knowingly_installed": false}, {}))
	undecided(judged({"facts": pixel, "categories": [found("health.condition", ["health"])]}, {}))
	undecided(judged({"facts": {"knowingly_installed": false}}, {"role": "processor"}))
}

test_a_model_of_which_nobody_knows_what_it_tells if {
	talkative := {"model_can_reproduce_training_data": true, "recipient_role": "licensee"}
	unknown := object.union(talkative, {"knows_or_should_know": false})
	exempt_by(roles(unknown), "us_doj_bulk.not_knowingly")
	prohibited(roles(talkative))
	prohibited(roles(object.union(unknown, {"us_person_knowledge": true})))
	undecided(roles({"knows_or_should_know": false, "recipient_role": "licensee"}))
	undecided(judged({"facts": unknown, "categories": [found("health.condition", ["health"])]}, {}))
}
