# One lawful transfer and one destination that tests bend, one fact at a time, and the questions they ask.
package guard.fixture_test

# A controller in Germany asks a model about data with a pseudonymised e-mail address.
transfer := {
	"schema": "guard/transfer/1",
	"time": "2026-11-22",
	"principal": {"establishment": ["DE"], "role": "controller"},
	"purpose": "inference",
	"use_case": "general",
	"origin": "DE",
	"data_subjects": ["DE"],
	"categories": [email("pseudonymise")],
	"tags": tags(["eu_gdpr"]),
	"hints": [],
	"declared": [],
	"detection": {
		"complete": true,
		"ner": true,
		"languages": ["en"],
		"skipped": [],
		"revision": "0000000000000000000000000000000000000000000000000000000000000000",
	},
	"treatment": "pseudonymise",
}

# A processor in France that is French, with the terms of Art. 28 on file.
destination := {
	"kind": "model",
	"provider": "example",
	"role": "processor",
	"storage": ["FR"],
	"processing": ["FR"],
	"operator": "FR",
	"parent": "FR",
	"access": ["FR"],
	"weights": "FR",
	"assurance": [],
	"safeguards": ["dpa_art28"],
	"retention_days": 0,
	"training_use": "no",
	"valid_from": "2020-01-01",
	"valid_until": "9999-12-31",
	"confidence": "high",
}

# The same vendor in another country.
in_country(country) := {
	"storage": [country],
	"processing": [country],
	"access": [country],
	"operator": country,
	"parent": country,
}

email(treatment) := category("contact.email", true, [], treatment)

diagnosis(treatment) := category("health.diagnosis", false, ["health"], treatment)

conviction(treatment) := category("criminal.conviction", false, ["criminal_convictions"], treatment)

category(id, direct, classes, treatment) := {
	"id": id,
	"at_most": 10,
	"personal": true,
	"direct": direct,
	"classes": classes,
	"treatment": treatment,
}

tags(instruments) := [tag |
	some instrument in instruments
	tag := {
		"instrument": instrument,
		"trigger": "declared",
		"jurisdiction": "DE",
		"strength": 100,
		"evidence": "declared",
	}
]

# The decision about the transfer and the destination with these facts changed.
answer(changes, place) := said if {
	said := data.guard.decision with input as {
		"transfer": object.union(transfer, changes),
		"destination": object.union(destination, place),
	}
}

rules(entries) := {entry.rule | some entry in entries}

# The rule is the one and only reason for the refusal.
only(said, rule) if {
	said.effect != "permit"
	rules(said.barriers) == {rule}
	said.unknown == []
}

permits_by(said, rule) if {
	said.effect == "permit"
	rule in rules(said.permits)
}
