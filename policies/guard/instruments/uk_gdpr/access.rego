# UK GDPR: data that are looked at where they are, and data that are only called anonymous.
package guard.instruments.uk_gdpr

import data.guard.lib

# METADATA
# title: Data are looked at on the spot
# description: >-
#   Somebody from abroad looks at the data where they are, and it is not said where that is. A person confirms that
#   nothing leaves.
# custom:
#   id: uk_gdpr.access_on_site
#   kind: exemption
#   cites: ["UK GDPR Art. 44A", "ICO guidance on international transfers (2026-01-15)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.access_on_site",
	"instrument": "uk_gdpr",
	"mechanism": "no_transfer",
	"authority": "ICO guidance on international transfers",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	on_site_unplaced
	lib.in_force("uk_gdpr.access_on_site")
}

# METADATA
# title: Where are the data that are looked at on the spot?
# description: >-
#   The data are said to be looked at on the spot, but their place is not stated, and the receiver's own places lie
#   abroad.
# custom:
#   id: uk_gdpr.access_on_site_review
#   kind: barrier
#   cites: ["UK GDPR Art. 44A", "ICO guidance on international transfers (2026-01-15)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.access_on_site_review",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "mechanism", "redact", "review"],
	"confine": [],
} if {
	on_site_unplaced
	lib.in_force("uk_gdpr.access_on_site_review")
}

on_site_unplaced if {
	input.transfer.facts.access_mode == "on_site"
	not input.transfer.facts.data_location
	restricted_without_ground
}

# METADATA
# title: Anonymity is claimed and not shown
# description: >-
#   The data are called anonymous, but it is stated that this was not shown or that the receiver can identify the
#   persons. They are personal data.
# custom:
#   id: uk_gdpr.anonymity_not_shown
#   kind: barrier
#   cites: ["UK GDPR Art. 4(1)", "ICO guidance on anonymisation (2025)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.anonymity_not_shown",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	called_anonymous
	unproven
	count(subjects) > 0
	lib.in_force("uk_gdpr.anonymity_not_shown")
}
