# GDPR Art. 5, 6, 13, 14: the processing itself, as far as facts are stated about it. What is declared or not stated is
# not examined here: see the advice.
package guard.instruments.eu_gdpr

import data.guard.lib

# Legitimate interests are relied on, expressly or by what is said of them.
interests if input.transfer.facts.legal_basis in {"6(1)(f)", "6(1)(f)_balanced"}

interests if {
	interests_discussed
	not input.transfer.facts.legal_basis
}

interests_discussed if is_boolean(input.transfer.facts.balancing_passed)

interests_discussed if is_boolean(input.transfer.facts.less_intrusive_alternative_available)

interests_discussed if input.transfer.facts.reasonable_expectations_evidence

interests_fail if input.transfer.facts.balancing_passed == false

interests_fail if input.transfer.facts.less_intrusive_alternative_available == true

interests_fail if {
	input.transfer.facts.necessity_shown == false
	not derogation_invoked
}

interests_balanced if input.transfer.facts.balancing_passed == true

interests_balanced if input.transfer.facts.legal_basis == "6(1)(f)_balanced"

# METADATA
# title: Lawfulness is stated, and no third country is reached
# description: >-
#   Facts are stated on which the lawfulness of the processing turns, and no transfer to a third country is at issue.
#   The ground is the lawful basis on which the operator relies. It is taken from the operator and not examined;
#   whatever stated facts speak against it stands as an obstacle of its own.
# custom:
#   id: eu_gdpr.lawful_processing
#   kind: permit
#   cites: ["GDPR Art. 6(1)", "GDPR Art. 5(2)"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.lawful_processing",
	"instrument": "eu_gdpr",
	"mechanism": "lawful_basis",
	"authority": "GDPR Art. 6(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	stated
	lawfulness_stated
	count(subjects) > 0
	no_third_country
	lib.in_force("eu_gdpr.lawful_processing")
}

no_third_country if count(abroad) == 0

no_third_country if one_party

lawfulness_stated if input.transfer.facts.legal_basis

lawfulness_stated if interests_discussed

lawfulness_stated if input.transfer.facts.art9_basis

lawfulness_stated if input.transfer.facts.privacy_notice_adequate == true

lawfulness_stated if input.transfer.facts.recipient_means_of_reidentification == false

lawfulness_stated if training_stated

# METADATA
# title: No lawful basis
# description: >-
#   It is stated that the processing rests on none of the grounds of Art. 6(1). Nothing that is on file for the
#   recipient makes up for that.
# custom:
#   id: eu_gdpr.no_lawful_basis
#   kind: barrier
#   cites: ["GDPR Art. 6(1)", "GDPR Art. 5(1)(a)", "GDPR Art. 5(2)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.no_lawful_basis",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.legal_basis == "None"
	count(subjects) > 0
	lib.in_force("eu_gdpr.no_lawful_basis")
}

# METADATA
# title: Legitimate interests do not carry the processing
# description: >-
#   Legitimate interests are relied on, but the processing is not necessary for them, a less intrusive way would do, or
#   the interests and rights of the persons override them.
# custom:
#   id: eu_gdpr.interests_not_met
#   kind: barrier
#   cites: ["GDPR Art. 6(1)(f)", "EDPB Opinion 28/2024"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.interests_not_met",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	stated
	interests
	interests_fail
	count(subjects) > 0
	lib.in_force("eu_gdpr.interests_not_met")
}

# METADATA
# title: Legitimate interests are not yet weighed
# description: >-
#   Legitimate interests are relied on without a balance that was struck and documented, the persons' expectations rest
#   on a privacy policy alone, or they could not object before training. A person weighs them.
# custom:
#   id: eu_gdpr.interests_review
#   kind: barrier
#   cites: ["GDPR Art. 6(1)(f)", "GDPR Rec. 47", "GDPR Art. 21", "EDPB Opinion 28/2024"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.interests_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["consent", "declare", "redact", "review"],
	"confine": [],
} if {
	stated
	interests_open
	count(subjects) > 0
	not interests_fail
	lib.in_force("eu_gdpr.interests_review")
}

interests_open if {
	interests
	not interests_balanced
}

interests_open if {
	interests
	input.transfer.facts.reasonable_expectations_evidence == "privacy_policy_only"
}

interests_open if {
	interests
	input.transfer.facts.optout_before_training == false
}

# METADATA
# title: The persons were not told
# description: >-
#   The privacy notice lacks what Art. 13 and 14 ask for, such as the recipients, the third countries or the purpose.
#   Recipients are named from the sender's point of view, even where they cannot identify anybody.
# custom:
#   id: eu_gdpr.notice_inadequate
#   kind: barrier
#   cites: ["GDPR Art. 13(1)(e), (f)", "GDPR Art. 14(1)(e), (f)", "GDPR Art. 5(1)(a)", "CJEU C-413/23 P"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.notice_inadequate",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	input.transfer.facts.privacy_notice_adequate == false
	count(subjects) > 0
	lib.in_force("eu_gdpr.notice_inadequate")
}

# METADATA
# title: Lawful basis not declared
# description: >-
#   Personal data go to another party, and it is neither declared nor stated on which ground of Art. 6(1) that rests.
#   The controller has to be able to show it.
# custom:
#   id: eu_gdpr.lawful_basis_not_declared
#   kind: advice
#   cites: ["GDPR Art. 6(1)", "GDPR Art. 5(2)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.lawful_basis_not_declared", "instrument": "eu_gdpr"} if {
	lib.recipient
	not lib.declared("eu_gdpr.lawful_basis")
	not input.transfer.facts.legal_basis
	count(subjects) > 0
	lib.in_force("eu_gdpr.lawful_basis_not_declared")
}
