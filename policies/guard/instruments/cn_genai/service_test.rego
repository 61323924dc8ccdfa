package guard.instruments.cn_genai_test

import data.guard.fixture_test as fixture

genai(words, changes) := object.union({"tags": fixture.tags(["cn_genai"]), "declared": words}, changes)

public := ["cn_genai.public_service"]

open := ["cn_genai.filed", "cn_genai.output_labelled", "cn_genai.public_service"]

training := {"purpose": "training"}

lawful := ["cn_genai.public_service", "cn_genai.training_consent", "cn_genai.training_data_lawful"]

home := fixture.in_country("CN")

test_not_public if {
	said := fixture.answer(genai(["cn_genai.not_public"], {}), home)
	fixture.permits_by(said, "cn_genai.not_public")
	not "cn_genai.standards" in fixture.rules(said.advice)
	fixture.rules(said.obligations) == {"guard.pseudonymise"}
}

test_to_deny_the_public_does_not_help_who_serves_it if {
	words := ["cn_genai.not_public", "cn_genai.public_service"]
	fixture.stuck(fixture.answer(genai(words, {}), home), "cn_genai.filing")
}

test_filed_service if {
	every cleared in ["cn_genai.filed", "cn_genai.no_public_opinion"] {
		said := fixture.answer(genai([cleared, "cn_genai.public_service"], {}), home)
		fixture.permits_by(said, "cn_genai.filed_service")
		"cn_genai.standards" in fixture.rules(said.advice)
	}
}

test_filing_is_the_only_reason if {
	fixture.stuck(fixture.answer(genai(public, {}), home), "cn_genai.filing")
}

test_lawful_training if {
	said := fixture.answer(genai(lawful, training), home)
	fixture.permits_by(said, "cn_genai.lawful_training")
	"cn_genai.training_record" in fixture.rules(said.obligations)
	not "cn_genai.label" in fixture.rules(said.obligations)
}

test_training_data_are_the_only_reason if {
	words := ["cn_genai.public_service", "cn_genai.training_consent"]
	fixture.stuck(fixture.answer(genai(words, training), home), "cn_genai.training_data")
}

test_training_consent_is_the_only_reason if {
	words := ["cn_genai.public_service", "cn_genai.training_data_lawful"]
	fixture.only(fixture.answer(genai(words, training), home), "cn_genai.training_consent")
	redacted := object.union(training, {"categories": [fixture.email("redact")]})
	fixture.permits_by(fixture.answer(genai(words, redacted), home), "cn_genai.lawful_training")
}

test_inputs_are_the_only_reason if {
	every kept in [{"training_use": "yes"}, {"training_use": "unknown"}, {"retention_days": -1}] {
		fixture.only(fixture.answer(genai(open, {}), object.union(home, kept)), "cn_genai.inputs")
	}
}

test_inputs_of_the_service_itself if {
	own := object.union(home, {"role": "self", "training_use": "yes"})
	fixture.answer(genai(open, {}), own).effect == "permit"
	every gone in [{"categories": [fixture.email("redact")]}, {"purpose": "storage"}] {
		fixture.answer(genai(open, gone), object.union(home, {"training_use": "yes"})).effect == "permit"
	}
}

test_label if {
	earlier := fixture.answer(genai(open, {"time": "2025-08-31"}), home)
	not "cn_genai.label" in fixture.rules(earlier.obligations)
	some duty in fixture.answer(genai(open, {}), home).obligations
	duty.rule == "cn_genai.label"
	duty.do == "mark_output"
	duty.declaration == "cn_genai.output_labelled"
}

test_unlabelled_content_is_logged if {
	not "cn_genai.unlabelled_log" in fixture.rules(fixture.answer(genai(open, {}), home).obligations)
	words := array.concat(open, ["cn_genai.unlabelled_on_request"])
	duties := fixture.answer(genai(words, {}), home).obligations
	not "cn_genai.label" in fixture.rules(duties)
	some duty in duties
	duty.rule == "cn_genai.unlabelled_log"
	duty.days == 184
}
