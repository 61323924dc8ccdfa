package guard.instruments.cn_cbdf_test

import data.guard.fixture_test as fixture

health := [fixture.diagnosis("none")]

below := object.union(cbdf({}), {"declared": ["cn_pipl.below_export_threshold"]})

test_small_volume if {
	fixture.permits_by(fixture.answer(cbdf({}), sent("SG", persons(99999, 0))), "cn_cbdf.small_volume")
}

test_hundred_thousand_is_not_small if {
	said := fixture.answer(cbdf({}), sent("SG", persons(100000, 0)))
	fixture.stuck(said, "cn_cbdf.contract_or_certification")
}

test_declared_small_volume if {
	fixture.permits_by(fixture.answer(below, sent("SG", {})), "cn_cbdf.small_volume")
}

test_counts_beat_the_declaration if {
	fixture.stuck(fixture.answer(below, sent("SG", persons(100000, 0))), "cn_cbdf.contract_or_certification")
	fixture.stuck(fixture.answer(below, sent("SG", {"persons": 100000})), "cn_cbdf.contract_or_certification")
}

test_unknown_volume_is_the_only_reason if {
	fixture.stuck(fixture.answer(cbdf({}), sent("SG", {})), "cn_cbdf.volume_unknown")
	fixture.stuck(fixture.answer(cbdf({}), sent("SG", {"sensitive_since_jan1": 0})), "cn_cbdf.volume_unknown")
	fixture.stuck(fixture.answer(cbdf({}), sent("SG", {"persons": 10})), "cn_cbdf.volume_unknown")
	fixture.stuck(fixture.answer(cbdf({}), sent("SG", {"persons_since_jan1_before": 10})), "cn_cbdf.volume_unknown")
}

test_batch_is_added_to_what_was_before if {
	said := fixture.answer(cbdf({}), sent("SG", {"persons_since_jan1_before": 95000, "persons_in_batch": 4999}))
	fixture.permits_by(said, "cn_cbdf.small_volume")
	every batch in ["persons_in_batch", "persons"] {
		more := fixture.answer(cbdf({}), sent("SG", {"persons_since_jan1_before": 95000, batch: 5000}))
		fixture.stuck(more, "cn_cbdf.contract_or_certification")
	}
}

test_highest_count_counts if {
	counts := {"persons_since_jan1": 10, "persons_since_jan1_before": 99999, "persons_in_batch": 1}
	fixture.stuck(fixture.answer(cbdf({}), sent("SG", counts)), "cn_cbdf.contract_or_certification")
	before := {"persons_since_jan1": 10, "persons_since_jan1_before": 100000}
	fixture.stuck(fixture.answer(cbdf({}), sent("SG", before)), "cn_cbdf.contract_or_certification")
}

test_series_counts_together if {
	counts := object.union(persons(600000, 0), {"related_batches_total": 1800000})
	fixture.stuck(fixture.answer(cbdf({}), on_file(counts, ["cac_standard_contract"])), "cn_cbdf.large_volume")
}

test_sensitive_information_is_never_small if {
	said := fixture.answer(holding(health, {}), sent("SG", persons(1, 1)))
	fixture.stuck(said, "cn_cbdf.contract_or_certification")
}

test_sensitive_information_counts_from_ten_thousand if {
	few := fixture.answer(holding(health, {}), on_file(persons(9999, 9999), ["cac_standard_contract"]))
	fixture.permits_by(few, "cn_cbdf.standard_contract")
	many := fixture.answer(holding(health, {}), on_file(persons(10000, 10000), ["cac_standard_contract"]))
	fixture.stuck(many, "cn_cbdf.large_volume")
}

test_one_count_bounds_both if {
	said := fixture.answer(holding(health, {}), on_file({"persons_since_jan1": 10000}, ["cac_standard_contract"]))
	fixture.stuck(said, "cn_cbdf.large_volume")
}

test_sensitive_before_is_the_only_reason if {
	said := fixture.answer(cbdf({}), sent("SG", persons(500, 20)))
	fixture.only(said, "cn_cbdf.sensitive_before")
	said.effect == "review"
	filed := fixture.answer(cbdf({}), on_file(persons(500, 20), ["cac_standard_contract"]))
	filed.effect == "permit"
	needed := fixture.answer(cbdf({"emergency": true}), sent("SG", persons(500, 20)))
	needed.effect == "permit"
}

test_small_volume_is_not_for_critical_operators if {
	fixture.stuck(fixture.answer(cbdf({"ciio": true}), sent("SG", persons(10, 0))), "cn_cbdf.critical_operator")
	declared := object.union(below, {"declared": ["cn.ciio", "cn_pipl.below_export_threshold"]})
	fixture.stuck(fixture.answer(declared, sent("SG", {})), "cn_cbdf.critical_operator")
}
