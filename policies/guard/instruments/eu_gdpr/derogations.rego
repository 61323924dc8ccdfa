# GDPR Art. 49(1): exceptions for specific situations, each with conditions of its own (EDPB Guidelines 2/2018).
# What is claimed is held against what is stated: met, not met, or for a person to decide.
package guard.instruments.eu_gdpr

import data.guard.lib

# Some ground is invoked, well or badly.
derogation_invoked if input.transfer.facts.derogation_claimed

derogation_invoked if input.transfer.facts.article49_ground_claimed == true

derogation_invoked if lib.declared("eu_gdpr.art49_derogation")

# Regular, or within a stable relationship: no exception any more (Rec. 111).
repeated if input.transfer.facts.systematic == true

repeated if input.transfer.facts.occasional == false

occasional if {
	input.transfer.facts.occasional == true
	not repeated
}

occasional if {
	input.transfer.facts.systematic == false
	not repeated
}

needed if input.transfer.facts.necessity_shown == true

needed if input.transfer.facts.data_limited_to_contract_need == true

unneeded if input.transfer.facts.necessity_shown == false

unneeded if input.transfer.facts.data_limited_to_contract_need == false

unneeded if input.transfer.facts.data_limited_to_relevant == false

public_powers if input.transfer.facts.exercise_of_public_powers == true

# Art. 49(1)(e): only what is relevant, filtered before it leaves (Guidelines 2/2018, 2.5).
relevant if needed

relevant if input.transfer.facts.data_limited_to_relevant == true

relevant if lib.declared("eu_gdpr.relevance_filter")

relevant if vouched_once

# Every place is known: of the risks of an unknown country nobody was told, and nobody can show that a transfer to it
# is necessary.
countries_known if {
	every place in lib.places {
		place != "unknown"
		not startswith(place, "GLOBAL")
	}
}

# What each ground needs and has.
derogation_met contains "49(1)(a)" if {
	consent_explicit
	risks_told
	countries_known
	not repeated
	not public_powers
}

derogation_met contains ground if {
	some ground in {"49(1)(b)", "49(1)(c)"}
	countries_known
	outside_routine
	objectively_needed
	not unneeded
	not public_powers
}

derogation_met contains "49(1)(d)" if {
	recognised_interest
	countries_known
	not unneeded
	not repeated
}

derogation_met contains "49(1)(e)" if {
	pending
	countries_known
	relevant
	not unneeded
	not repeated
}

derogation_met contains "49(1)(f)" if {
	in_danger
	incapable
	countries_known
	not unneeded
}

# A register that is open to the public, and never the whole of it (Art. 49(2)).
derogation_met contains "49(1)(g)" if {
	vouched_once
	countries_known
	not unneeded
}

# What each ground lacks for certain. Consent that was not given, danger that is not there and a procedure that is
# not pending are not made up for by an assessment.
derogation_failed contains "49(1)(a)" if not consent_explicit

derogation_failed contains "49(1)(a)" if not risks_told

derogation_failed contains ground if {
	some ground in {"49(1)(a)", "49(1)(b)", "49(1)(c)", "49(1)_second"}
	public_powers
}

derogation_failed contains ground if {
	some ground in {"49(1)(b)", "49(1)(c)", "49(1)(e)", "49(1)_second"}
	repeated
}

derogation_failed contains ground if {
	some ground in {"49(1)(b)", "49(1)(c)", "49(1)(d)", "49(1)(e)", "49(1)(f)", "49(1)_second"}
	unneeded
}

derogation_failed contains "49(1)(d)" if input.transfer.facts.international_agreement == false

derogation_failed contains "49(1)(e)" if {
	not pending
	not "proceeding_formally_pending" in left_open
}

derogation_failed contains "49(1)(f)" if {
	not in_danger
	not "life_threatening" in left_open
}

derogation_failed contains "49(1)(f)" if {
	not incapable
	not "data_subject_incapable" in left_open
}

derogation_failed contains "49(1)_second" if input.transfer.facts.balancing_passed == false

# A ground that is invoked without being named can only be seen to fail.
derogation_failed contains "unnamed" if repeated

derogation_failed contains "unnamed" if unneeded

default claim := "unnamed"

claim := input.transfer.facts.derogation_claimed

# METADATA
# title: The conditions of a derogation are stated to be met
# description: >-
#   By what is stated or declared, the ground of Art. 49(1) that is claimed has all that it needs: explicit and
#   informed consent; an occasional transfer that a contract with or for the person needs; an important public
#   interest under an agreement; a claim in a pending procedure, limited to what is relevant; danger to the life of
#   somebody who cannot consent; or a public register. Every country that the data reach is known.
# custom:
#   id: eu_gdpr.derogation_conditions_met
#   kind: permit
#   cites: ["GDPR Art. 49(1)", "GDPR Rec. 111", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.derogation_conditions_met",
	"instrument": "eu_gdpr",
	"mechanism": "derogation",
	"authority": "GDPR Art. 49(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	derogation_invoked
	third_country_without_ground
	claim in derogation_met
	lib.in_force("eu_gdpr.derogation_conditions_met")
}

# METADATA
# title: A derogation for specific situations is claimed
# description: >-
#   The operator declares that a derogation applies, or names one whose conditions the stated facts neither show nor
#   exclude. Derogations are exceptions, so a person has to confirm each use.
# custom:
#   id: eu_gdpr.derogation
#   kind: permit
#   cites: ["GDPR Art. 49(1)", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.derogation",
	"instrument": "eu_gdpr",
	"mechanism": "derogation",
	"authority": "GDPR Art. 49(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	derogation_open
	lib.in_force("eu_gdpr.derogation")
}

derogation_open if {
	derogation_invoked
	third_country_without_ground
	not claim in derogation_met
	not claim in derogation_failed
}

# METADATA
# title: A derogation needs a person's confirmation
# description: >-
#   Derogations are exceptions for occasional transfers and must not become the rule. A pipeline is systematic
#   by nature, so each use is reviewed and the assessment is documented.
# custom:
#   id: eu_gdpr.derogation_review
#   kind: barrier
#   cites: ["GDPR Art. 49(1)", "GDPR Art. 49(6)", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.derogation_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": confine,
} if {
	derogation_open
	lib.in_force("eu_gdpr.derogation_review")
}

# METADATA
# title: The conditions of the derogation are not met
# description: >-
#   A derogation is claimed and the stated facts exclude it: the transfer is systematic, more goes than is needed, the
#   consent was not explicit or not informed of the risks, no procedure is pending, nobody's life is in danger, or a
#   public authority acts in the exercise of its powers.
# custom:
#   id: eu_gdpr.derogation_not_met
#   kind: barrier
#   cites: ["GDPR Art. 49(1)", "GDPR Art. 49(3)", "GDPR Rec. 111", "EDPB Guidelines 2/2018"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.derogation_not_met",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	derogation_invoked
	third_country_without_ground
	not claim in derogation_met
	claim in derogation_failed
	lib.in_force("eu_gdpr.derogation_not_met")
}
