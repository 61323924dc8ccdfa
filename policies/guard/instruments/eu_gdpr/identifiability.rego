# GDPR Art. 4(5), Rec. 26 and CJEU C-413/23 P: who can identify the persons, and what is only called anonymous.
package guard.instruments.eu_gdpr

import data.guard.lib

# METADATA
# title: Anonymity is claimed and not shown
# description: >-
#   The data are called anonymous, but it is stated that this was not shown or that the recipient can identify the
#   persons. They are personal data, and nothing that rests on their anonymity carries them.
# custom:
#   id: eu_gdpr.anonymity_not_shown
#   kind: barrier
#   cites: ["GDPR Rec. 26", "GDPR Art. 4(1)", "GDPR Art. 5(2)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.anonymity_not_shown",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	stated
	called_anonymous
	unproven
	not model_here
	count(subjects) > 0
	lib.in_force("eu_gdpr.anonymity_not_shown")
}

called_anonymous if input.transfer.facts.prior_treatment == "anonymised"

called_anonymous if input.transfer.facts.claimed_treatment == "anonymised"

# METADATA
# title: The recipient is said to be unable to identify anybody
# description: >-
#   It is stated that the data are pseudonymised, that the list that links codes to persons stays with the sender, and
#   that the recipient has no means reasonably likely to be used to identify them. If so, they are not personal data
#   for the recipient.
# custom:
#   id: eu_gdpr.recipient_cannot_identify
#   kind: permit
#   cites: ["CJEU C-413/23 P", "GDPR Rec. 26"]
#   since: "2025-09-04"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.recipient_cannot_identify",
	"instrument": "eu_gdpr",
	"mechanism": "relative_anonymity",
	"authority": "CJEU C-413/23 P",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	stated
	relative_abroad
	lib.in_force("eu_gdpr.recipient_cannot_identify")
}

# METADATA
# title: Is this a transfer of personal data at all?
# description: >-
#   For the sender the data stay personal; for a recipient abroad that cannot identify anybody they are not. Whether
#   Chapter V applies to such a disclosure is not settled, so a person decides.
# custom:
#   id: eu_gdpr.relative_identifiability_review
#   kind: barrier
#   cites: ["CJEU C-413/23 P", "GDPR Art. 44", "EDPB Recommendations 01/2020 Annex 2 use case 2"]
#   since: "2025-09-04"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.relative_identifiability_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	stated
	relative_abroad
	lib.in_force("eu_gdpr.relative_identifiability_review")
}

# The judgment that settled the relative notion; before it, pseudonyms were personal data for everybody.
relative_abroad if {
	cannot_identify
	third_country_without_ground
	not derogation_invoked
	lib.in_force("eu_gdpr.recipient_cannot_identify")
}

cannot_identify if {
	input.transfer.facts.prior_treatment == "pseudonymised"
	input.transfer.facts.recipient_means_of_reidentification == false
	lib.on_file("code_list_with_sender")
	not lib.on_file("additional_information_with_importer")
	count(found_direct) == 0
}

# METADATA
# title: Were the persons told who receives the pseudonymised data?
# description: >-
#   That the recipient cannot identify anybody does not release the sender from naming it: the duty to inform is
#   judged from the sender's point of view when the data are collected. Nothing says that it was named.
# custom:
#   id: eu_gdpr.recipient_not_named
#   kind: barrier
#   cites: ["GDPR Art. 13(1)(e)", "CJEU C-413/23 P"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.recipient_not_named",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "redact", "review"],
	"confine": [],
} if {
	stated
	cannot_identify
	count(subjects) > 0
	not lib.declared("eu_gdpr.recipients_disclosed")
	not input.transfer.facts.privacy_notice_adequate == true
	lib.in_force("eu_gdpr.recipient_not_named")
}
