package guard.instruments.cn_cbdf_test

import data.guard.fixture_test as fixture

many := sent("SG", persons(2000000, 20000))

booked := {"necessary_for_contract_with_individual": true}

staff_rules := {"labour_rules_or_collective_contract": true}

declaring(words) := object.union(cbdf({}), {"declared": words})

test_contract_with_individual if {
	fixture.permits_by(fixture.answer(cbdf(booked), many), "cn_cbdf.contract_with_individual")
}

test_contract_covers_sensitive_information_and_critical_operators if {
	changes := holding(health, object.union(booked, {"ciio": true}))
	fixture.permits_by(fixture.answer(changes, many), "cn_cbdf.contract_with_individual")
}

test_listed_scenario_that_is_necessary if {
	facts := {"scenario_listed_in_art5": true, "necessary": true}
	fixture.permits_by(fixture.answer(cbdf(facts), many), "cn_cbdf.contract_with_individual")
}

test_unlisted_scenario_that_is_necessary if {
	facts := object.union(booked, {"scenario_listed_in_art5": false, "necessary": true})
	fixture.permits_by(fixture.answer(cbdf(facts), many), "cn_cbdf.contract_with_individual")
}

test_necessity_is_the_only_reason if {
	said := fixture.answer(cbdf({"scenario_listed_in_art5": true}), many)
	fixture.only(said, "cn_cbdf.necessity")
	said.effect == "review"
}

test_a_contract_that_is_not_on_the_list_may_need_the_export if {
	off_list := object.union(booked, {"scenario_listed_in_art5": false})
	fixture.permits_by(fixture.answer(cbdf(off_list), many), "cn_cbdf.contract_with_individual")
	needed := {"minimum_necessary": true, "necessary": true}
	fixture.permits_by(fixture.answer(cbdf(object.union(off_list, needed)), many), "cn_cbdf.contract_with_individual")
	fixture.stuck(fixture.answer(cbdf({"scenario_listed_in_art5": false}), many), "cn_cbdf.large_volume")
}

# What guard.toml states of a contract holds for every request: no contract with an individual needs a training run.
test_training_is_no_part_of_a_contract_or_an_emergency if {
	trained := object.union(many, {"training_use": "unknown"})
	every said in [
		fixture.answer(object.union(cbdf(booked), {"purpose": "training"}), many),
		fixture.answer(cbdf(booked), trained),
	] {
		fixture.only(said, "cn_cbdf.necessity")
		said.effect == "review"
	}
	every facts in [staff_rules, {"emergency": true}] {
		fixture.answer(cbdf(facts), many).effect == "permit"
		fixture.stuck(fixture.answer(cbdf(facts), trained), "cn_cbdf.large_volume")
	}
}

test_necessity_is_settled_by_another_ground if {
	facts := {"scenario_listed_in_art5": true}
	fixture.answer(cbdf(object.union(facts, {"emergency": true})), many).effect == "permit"
	fixture.answer(cbdf(facts), on_file(persons(10, 0), ["cac_standard_contract"])).effect == "permit"
}

test_no_contract_no_exemption if {
	facts := {"necessary_for_contract_with_individual": false, "scenario_listed_in_art5": true, "necessary": true}
	fixture.stuck(fixture.answer(cbdf(facts), many), "cn_cbdf.large_volume")
}

test_what_is_not_necessary_is_not_exempt if {
	every ground in [booked, staff_rules, {"emergency": true}] {
		every excess in [{"necessary": false}, {"minimum_necessary": false}] {
			said := fixture.answer(cbdf(object.union(ground, excess)), many)
			said.permits == []
			fixture.rules(said.barriers) == {"cn_cbdf.large_volume", "cn_cbdf.not_necessary"}
		}
	}
}

test_not_necessary_is_the_only_reason if {
	said := fixture.answer(cbdf({"necessary": false}), on_file(persons(10, 0), ["cac_security_assessment"]))
	fixture.only(said, "cn_cbdf.not_necessary")
	said.effect == "deny"
	changes := cbdf(object.union(foreign, {"necessary": false}))
	fixture.permits_by(fixture.answer(changes, many), "cn_cbdf.collected_abroad")
}

test_important_data_are_not_exempt if {
	every ground in [booked, staff_rules, {"emergency": true}] {
		changes := holding([fixture.email("none"), marked("data.important")], ground)
		said := fixture.answer(changes, sent("SG", persons(10, 0)))
		said.permits == []
		"cn_cbdf.important_data" in fixture.rules(said.barriers)
	}
}

test_staff if {
	changes := holding([fixture.category("person.employment", false, [], "none")], staff_rules)
	fixture.permits_by(fixture.answer(changes, many), "cn_cbdf.human_resources")
}

test_customers_are_not_staff if {
	changes := holding([fixture.category("person.record", false, [], "none")], staff_rules)
	fixture.stuck(fixture.answer(changes, many), "cn_cbdf.large_volume")
}

test_without_labour_rules if {
	facts := {"labour_rules_or_collective_contract": false, "necessary": true}
	fixture.stuck(fixture.answer(cbdf(facts), many), "cn_cbdf.large_volume")
}

test_emergency if {
	fixture.permits_by(fixture.answer(cbdf({"emergency": true}), many), "cn_cbdf.emergency")
	fixture.stuck(fixture.answer(cbdf({"emergency": false}), many), "cn_cbdf.large_volume")
}

test_statutory_duty if {
	fixture.permits_by(fixture.answer(declaring(["cn_ndsr.statutory_duty"]), many), "cn_cbdf.statutory_duty")
	earlier := object.union(declaring(["cn_ndsr.statutory_duty"]), {"time": "2024-12-31"})
	fixture.stuck(fixture.answer(earlier, many), "cn_cbdf.large_volume")
}

test_negative_list if {
	said := fixture.answer(declaring(["cn_cbdf.off_negative_list"]), many)
	fixture.permits_by(said, "cn_cbdf.negative_list")
	said.permits[0].confidence == "medium"
}

test_duties_remain if {
	advised := fixture.rules(fixture.answer(cbdf(booked), many).advice)
	"cn_cbdf.duties_remain" in advised
	small := fixture.answer(cbdf({}), sent("SG", persons(10, 0)))
	"cn_cbdf.duties_remain" in fixture.rules(small.advice)
	filed := fixture.answer(cbdf({}), on_file(persons(200000, 0), ["cac_standard_contract"]))
	not "cn_cbdf.duties_remain" in fixture.rules(filed.advice)
}

test_group_is_no_exemption if {
	said := fixture.answer(cbdf({"recipient_intra_group": true}), many)
	fixture.stuck(said, "cn_cbdf.large_volume")
	"cn_cbdf.group" in fixture.rules(said.advice)
	not "cn_cbdf.group" in fixture.rules(fixture.answer(cbdf({"recipient_intra_group": false}), many).advice)
}
