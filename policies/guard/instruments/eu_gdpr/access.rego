# EDPB Guidelines 05/2021: data that are looked at where they are.
package guard.instruments.eu_gdpr

import data.guard.lib

# Looking on the spot is believed where the data rest as stated and the recipient keeps nothing: a statement holds for
# every destination, and most store and process elsewhere.
on_site if {
	input.transfer.facts.access_mode == "on_site"
	not input.transfer.facts.access_from_outside_eu == true
	input.destination.retention_days == 0
	count(input.transfer.facts.data_location) > 0
	every place in array.concat(input.destination.storage, input.destination.processing) {
		lib.country(place) in located
	}
}

located contains lib.country(place) if some place in input.transfer.facts.data_location

# METADATA
# title: Data are looked at on the spot
# description: >-
#   Somebody from a third country looks at the data where they are, and it is not said where that is. Whether data
#   leave with the visitor is for a person to confirm.
# custom:
#   id: eu_gdpr.access_on_site
#   kind: exemption
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.access_on_site",
	"instrument": "eu_gdpr",
	"mechanism": "no_transfer",
	"authority": "EDPB Guidelines 05/2021",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	stated
	on_site_unplaced
	lib.in_force("eu_gdpr.access_on_site")
}

on_site_unplaced if {
	input.transfer.facts.access_mode == "on_site"
	not input.transfer.facts.data_location
	third_country_without_ground
}

# METADATA
# title: Where are the data that are looked at on the spot?
# description: >-
#   The data are said to be looked at on the spot, but their place is not stated, and the recipient's own places lie
#   in a third country. A person confirms that the data do not leave.
# custom:
#   id: eu_gdpr.access_on_site_review
#   kind: barrier
#   cites: ["GDPR Art. 44", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.access_on_site_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["declare", "mechanism", "redact", "review"],
	"confine": [],
} if {
	stated
	on_site_unplaced
	lib.in_force("eu_gdpr.access_on_site_review")
}
