# DPDP Act s. 3 to 7: does the Act apply, and is there consent or a certain legitimate use?
# METADATA
# scope: package
# title: Digital Personal Data Protection Act, 2023
# description: >-
#   Applies to digital personal data processed in India, and to processing abroad in connection with offering
#   goods or services to persons in India, from the day on which its duties begin (13 May 2027; secondary
#   sources give 12 to 14 May). Until then the sensitive personal data rules of 2011 apply. Covers the scope,
#   lawful grounds, withdrawal, children, transfers abroad and the retention of logs.
# custom:
#   cites:
#     - "Digital Personal Data Protection Act, 2023 (No. 22 of 2023)"
#     - "Digital Personal Data Protection Rules, 2025"
#   omits:
#     - "s. 5: the content of the notice, which the declaration of the ground covers"
#     - "s. 6(7) to (9): consent managers"
#     - "s. 8(6): breach notification"
#     - "s. 10: duties of significant data fiduciaries, beyond localisation"
#     - "s. 11 to 14: rights of data principals"
#     - "s. 17(1)(a) to (c), (e), (f), (2) and (3): other exemptions"
#     - "s. 9(3): advertising directed at children, beyond profiles of behaviour"
package guard.instruments.in_dpdp

import data.guard.lib

# s. 3(c)(ii), s. 17(1)(d): what the grounds and the rule on transfers do not concern.
made_public if input.transfer.facts.made_public_by_data_principal == true

foreign_contract if {
	lib.declared("in_dpdp.outsourced_abroad")
	not "IN" in input.transfer.data_subjects
	not found_indian
}

# What a detector found speaks louder than the statement that nobody in India is concerned.
found_indian if {
	some tag in input.transfer.tags
	tag.instrument == "in_dpdp"
	tag.trigger == "finding"
}

exempt if made_public

exempt if foreign_contract

governed if {
	count(lib.personal) > 0
	not exempt
}

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted.
# custom:
#   id: in_dpdp.no_personal_data
#   kind: exemption
#   cites: ["DPDP Act s. 2(t)"]
#   since: "2027-05-13"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.no_personal_data",
	"instrument": "in_dpdp",
	"mechanism": "no_personal_data",
	"authority": "DPDP Act s. 2(t)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(lib.personal) == 0
	lib.in_force("in_dpdp.no_personal_data")
}

# METADATA
# title: Made public by the data principal
# description: >-
#   The data principal herself made the data publicly available, or another did so under a legal duty. The Act
#   does not apply to them.
# custom:
#   id: in_dpdp.made_public
#   kind: exemption
#   cites: ["DPDP Act s. 3(c)(ii)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.made_public",
	"instrument": "in_dpdp",
	"mechanism": "made_public",
	"authority": "DPDP Act s. 3(c)(ii)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	made_public
	lib.in_force("in_dpdp.made_public")
}

# METADATA
# title: Persons outside India, under contract with a foreign principal
# description: >-
#   The data are about persons outside India only and are processed here under a contract with a person outside
#   India. Security safeguards are due all the same; grounds and the rule on transfers are not.
# custom:
#   id: in_dpdp.outsourced_abroad
#   kind: exemption
#   cites: ["DPDP Act s. 17(1)(d)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.outsourced_abroad",
	"instrument": "in_dpdp",
	"mechanism": "outsourced_abroad",
	"authority": "DPDP Act s. 17(1)(d)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	foreign_contract
	lib.in_force("in_dpdp.outsourced_abroad")
}

# METADATA
# title: The data principal consented
# description: >-
#   The data principal consented to the specified purpose and has not withdrawn the consent.
# custom:
#   id: in_dpdp.consent
#   kind: permit
#   cites: ["DPDP Act s. 4(1)(a)", "DPDP Act s. 6(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.consent",
	"instrument": "in_dpdp",
	"mechanism": "consent",
	"authority": "DPDP Act s. 4(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	consented
	lib.in_force("in_dpdp.consent")
}

# METADATA
# title: Needed for what was ordered before the withdrawal
# description: >-
#   The consent was withdrawn, and the processing only completes what the data principal had ordered before.
# custom:
#   id: in_dpdp.prior_order
#   kind: permit
#   cites: ["DPDP Act s. 6(5)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.prior_order",
	"instrument": "in_dpdp",
	"mechanism": "prior_order",
	"authority": "DPDP Act s. 6(5)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	prior_order
	lib.in_force("in_dpdp.prior_order")
}

# METADATA
# title: Given voluntarily for this purpose
# description: >-
#   The data principal voluntarily gave the data for this very purpose and has not indicated that she does not
#   consent.
# custom:
#   id: in_dpdp.voluntary
#   kind: permit
#   cites: ["DPDP Act s. 7(a)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.voluntary",
	"instrument": "in_dpdp",
	"mechanism": "voluntary",
	"authority": "DPDP Act s. 7(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	voluntary
	lib.in_force("in_dpdp.voluntary")
}

# METADATA
# title: A lawful ground is declared
# description: >-
#   The operator declares consent after notice or a certain legitimate use, and no stated fact contradicts it.
# custom:
#   id: in_dpdp.declared_ground
#   kind: permit
#   cites: ["DPDP Act s. 4(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_dpdp.declared_ground",
	"instrument": "in_dpdp",
	"mechanism": "declared_ground",
	"authority": "DPDP Act s. 4(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	ground_declared
	lib.in_force("in_dpdp.declared_ground")
}

withdrawn if {
	input.transfer.facts.consent_withdrawn == true
	not input.transfer.facts.needed_for_prior_order == true
}

prior_order if {
	input.transfer.facts.consent_withdrawn == true
	input.transfer.facts.needed_for_prior_order == true
}

consented if {
	input.transfer.facts.consent == true
	not input.transfer.facts.consent_withdrawn == true
}

# The illustrations of s. 7(a): a receipt by message, a broker's answer.
voluntary if {
	input.transfer.facts.voluntarily_provided == true
	input.transfer.facts.purpose_matches_request == true
	not input.transfer.facts.objection == true
	not withdrawn
}

ground_declared if {
	lib.declared("in_dpdp.legitimate_use")
}

ground_declared if {
	lib.declared("in_dpdp.lawful_ground")
	not contradicted
}

contradicted if input.transfer.facts.consent == false

contradicted if input.transfer.facts.consent_withdrawn == true

contradicted if input.transfer.facts.voluntarily_provided == false

contradicted if input.transfer.facts.purpose_matches_request == false

contradicted if input.transfer.facts.objection == true

lawful if consented

lawful if prior_order

lawful if voluntary

lawful if ground_declared
