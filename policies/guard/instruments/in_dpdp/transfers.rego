# DPDP Act s. 16 and Rules 13 and 15: abroad is free unless the Central Government restricts it.
package guard.instruments.in_dpdp

import data.guard.lib

# Places outside India that the data would reach.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.in_dpdp[place]
}

moved if {
	governed
	count(abroad) > 0
}

home := sort([place |
	some place, here in data.tables.territories.in_dpdp
	here
])

# METADATA
# title: The Government has restricted transfers there
# description: >-
#   A notification of the Central Government restricts transfers to a country that the data would reach. None
#   was known when this was written; the operator watches for them.
# custom:
#   id: in_dpdp.restricted_country
#   kind: barrier
#   cites: ["DPDP Act s. 16(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: https://www.azbpartners.com/bank/indias-digital-personal-data-protection-act-phased-rollout-and-key-compliance-milestones
barriers contains {
	"rule": "in_dpdp.restricted_country",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	moved
	lib.declared("in_dpdp.restricted_country")
	lib.in_force("in_dpdp.restricted_country")
}

# METADATA
# title: Data that must stay in India
# description: >-
#   The Central Government has specified these data as ones that a significant data fiduciary may not let leave
#   India, with their traffic data, or another law of India keeps them there.
# custom:
#   id: in_dpdp.localised_data
#   kind: barrier
#   cites: ["DPDP Rules 2025 r. 13(4)", "DPDP Act s. 16(2)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: https://www.azbpartners.com/bank/indias-digital-personal-data-protection-act-phased-rollout-and-key-compliance-milestones
barriers contains {
	"rule": "in_dpdp.localised_data",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	moved
	lib.declared("in_dpdp.localised_data")
	lib.in_force("in_dpdp.localised_data")
}

# METADATA
# title: A foreign authority would get the data
# description: >-
#   Making personal data available to a foreign State, or to a person or body under its control, has to meet
#   requirements that the Central Government may set. A person has to look at them.
# custom:
#   id: in_dpdp.foreign_state
#   kind: barrier
#   cites: ["DPDP Rules 2025 r. 15"]
#   since: "2027-05-13"
#   confidence: medium
#   source: https://www.azbpartners.com/bank/indias-digital-personal-data-protection-act-phased-rollout-and-key-compliance-milestones
barriers contains {
	"rule": "in_dpdp.foreign_state",
	"instrument": "in_dpdp",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate", "review"],
	"confine": home,
} if {
	moved
	input.transfer.facts.recipient_role == "public_authority"
	lib.in_force("in_dpdp.foreign_state")
}

# METADATA
# title: Transfers abroad are free until restricted
# description: >-
#   No notification that restricts transfers was known when this was written. The list is negative: a country
#   may be added at any time.
# custom:
#   id: in_dpdp.transfers_may_be_restricted
#   kind: advice
#   cites: ["DPDP Act s. 16(1)"]
#   since: "2027-05-13"
#   confidence: medium
#   source: https://www.azbpartners.com/bank/indias-digital-personal-data-protection-act-phased-rollout-and-key-compliance-milestones
advice contains {"rule": "in_dpdp.transfers_may_be_restricted", "instrument": "in_dpdp"} if {
	moved
	lib.in_force("in_dpdp.transfers_may_be_restricted")
}
