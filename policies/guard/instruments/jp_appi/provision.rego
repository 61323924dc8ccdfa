# APPI Art. 27 and 28: providing personal data to a third party, in Japan and in a foreign country.
package guard.instruments.jp_appi

import data.guard.lib

# METADATA
# title: The persons consented to provision abroad
# description: >-
#   Every person consented to provision to a third party in this foreign country, after being told the country,
#   its system of protection and the recipient's measures.
# custom:
#   id: jp_appi.consent
#   kind: permit
#   cites: ["APPI Art. 28(1)", "APPI Art. 28(2)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.consent",
	"instrument": "jp_appi",
	"mechanism": "consent",
	"authority": "APPI Art. 28(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	consented
	lib.in_force("jp_appi.consent")
}

# METADATA
# title: The country's system is designated as equivalent
# description: >-
#   Every foreign country that the data would reach is designated as having a system equivalent to Japan's. Then
#   the rules on third parties in Japan apply.
# custom:
#   id: jp_appi.equivalent_country
#   kind: permit
#   cites: ["APPI Art. 28(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.equivalent_country",
	"instrument": "jp_appi",
	"mechanism": "adequacy",
	"authority": ground.authority,
	"valid_until": ground.valid_until,
	"confidence": lib.weakest(ground.confidence, input.destination.confidence),
} if {
	designated
	lib.in_force("jp_appi.equivalent_country")
	some place in abroad
	some ground in designations[place]
}

# METADATA
# title: The recipient has a system for equivalent measures
# description: >-
#   A contract, group rules or a CBPR certification bind the recipient to equivalent measures, which the operator
#   has to check regularly.
# custom:
#   id: jp_appi.equivalent_measures
#   kind: permit
#   cites: ["APPI Art. 28(1)", "APPI Art. 28(3)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.equivalent_measures",
	"instrument": "jp_appi",
	"mechanism": "equivalent_measures",
	"authority": "APPI Art. 28(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	measured
	lib.in_force("jp_appi.equivalent_measures")
}

# METADATA
# title: An exception of the Act applies
# description: >-
#   The operator declares a case of Art. 27(1), such as a law or ordinance, or the protection of life.
# custom:
#   id: jp_appi.statutory_exception
#   kind: permit
#   cites: ["APPI Art. 27(1)", "APPI Art. 28(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.statutory_exception",
	"instrument": "jp_appi",
	"mechanism": "statutory_exception",
	"authority": "APPI Art. 27(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	excepted
	lib.in_force("jp_appi.statutory_exception")
}

# METADATA
# title: The cloud exception is claimed
# description: >-
#   It is stated that the provider does not handle the personal data, or that its contract says so, but not both
#   contract and access control.
# custom:
#   id: jp_appi.handling_claimed
#   kind: permit
#   cites: ["PPC Q&A on the APPI Guidelines Q7-53"]
#   since: "2022-04-01"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.handling_claimed",
	"instrument": "jp_appi",
	"mechanism": "handling_claimed",
	"authority": "PPC Q&A on the APPI Guidelines Q7-53",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	handling_claimed
	lib.in_force("jp_appi.handling_claimed")
}

# METADATA
# title: The provider only answers
# description: >-
#   It was confirmed that the provider of the model does not train on prompts and uses them for the answer only. The
#   alert says nothing on provision abroad; it is read so that who only answers handles no data of the prompt.
# custom:
#   id: jp_appi.answer_only
#   kind: permit
#   cites: ["PPC alert of 2 June 2023 (1)2"]
#   since: "2023-06-02"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.answer_only",
	"instrument": "jp_appi",
	"mechanism": "answer_only",
	"authority": "PPC alert of 2 June 2023 (1)2",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	answer_claimed
	lib.in_force("jp_appi.answer_only")
}

consented if {
	provided_abroad
	input.transfer.facts.consent == true
	lib.declared("jp_appi.transfer_information_given")
}

designated if {
	provided_abroad
	every place in abroad {
		count(object.get(designations, place, set())) > 0
	}
}

designations[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.jp_appi[place]
		row.revoked == false
		row.requires == "none"
		row.valid_from <= input.transfer.time
		input.transfer.time < row.valid_until
	}
}

measured if {
	provided_abroad
	lib.on_file("jp_equivalent_measures")
}

excepted if {
	provided_abroad
	lib.declared("jp_appi.provision_exception")
}

grounded if consented

grounded if designated

grounded if measured

grounded if excepted

ungrounded if {
	provided_abroad
	not grounded
}

handling_claimed if {
	ungrounded
	maybe_kept_out
}

# Whether a provider that only answers handles the personal data is said nowhere but by implication.
answer_claimed if {
	ungrounded
	hosted
	not maybe_kept_out
	input.transfer.purpose == "inference"
	only_answers
	lib.in_force("jp_appi.answer_only")
}

# All that the alert asks for before a prompt: the purpose, no training, and that somebody made sure of it. What the
# tables say of the provider has to agree.
answer_confirmed if {
	input.transfer.facts.within_stated_purpose == true
	input.transfer.facts.provider_trains_on_inputs == false
	input.transfer.facts.no_training_confirmed == true
	input.destination.training_use == "no"
}

only_answers if input.transfer.facts.no_training_confirmed == true

only_answers if {
	input.transfer.facts.provider_trains_on_inputs == false
	not input.transfer.facts.no_training_confirmed == false
}
