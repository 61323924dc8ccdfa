# PIPA Art. 28-8 and 28-9: what stands in the way of a transfer abroad.
package guard.instruments.kr_pipa

import data.guard.lib

# METADATA
# title: Collected by a company abroad, perhaps
# description: >-
#   The company has no establishment in Korea, and the data go to a controller where it is, which may be the
#   company itself.
# custom:
#   id: kr_pipa.collection_claimed
#   kind: permit
#   cites: ["PIPA Art. 28-8(1)", "PIPC guidance for foreign business operators (2024)"]
#   since: "2023-09-15"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "kr_pipa.collection_claimed",
	"instrument": "kr_pipa",
	"mechanism": "collection_claimed",
	"authority": "PIPA Art. 28-8(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	collection_claimed
	lib.in_force("kr_pipa.collection_claimed")
}

# METADATA
# title: No ground for a transfer abroad
# description: >-
#   The data would leave Korea, and there is no consent to the transfer, no law or treaty, no outsourcing that a
#   contract needs and that was made known, no designated certification and no equivalency recognition for them.
# custom:
#   id: kr_pipa.no_transfer_ground
#   kind: barrier
#   cites: ["PIPA Art. 28-8(1)"]
#   since: "2023-09-15"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
barriers contains {
	"rule": "kr_pipa.no_transfer_ground",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	moved
	not grounded
	not collection_claimed
	lib.in_force("kr_pipa.no_transfer_ground")
}

# Where Art. 28-8 would not stand in the way.
home := sort(free_places)

free_places contains place if {
	some place, here in data.tables.territories.kr_pipa
	here
}

free_places contains place if {
	count(left_out) == 0
	some place, rows in data.tables.adequacy.kr_pipa
	some row in rows
	row.revoked == false
	row.requires == "none"
	row.valid_from <= input.transfer.time
	input.transfer.time < row.valid_until
}

# The recipient may be the foreign company itself, or the data may rest in Korea already.
collection_claimed if {
	moved
	not grounded
	collector
	input.destination.role in {"controller", "self"}
	not input.transfer.facts.consent_for_transfer == false
	not input.transfer.facts.disclosed_in_privacy_policy == false
	not input.transfer.facts.users_notified == false
	not another_company
}

# Roles that only somebody else can have.
another_company if {
	stated := input.transfer.facts.recipient_role
	not stated in {"controller", "data_fiduciary", "organisation", "own_branch", "own_laboratory", "own_repository"}
}

# METADATA
# title: Consent without the items of the notice
# description: >-
#   Consent to the transfer is claimed, but it is stated that the data subjects were not told the items of the
#   notice, and there is no other ground. A person has to look at the form of consent.
# custom:
#   id: kr_pipa.consent_uninformed
#   kind: barrier
#   cites: ["PIPA Art. 28-8(2)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.consent_uninformed",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	consented
	input.transfer.facts.users_notified == false
	not provided_by_law
	not certified
	not equivalent
	not outsourced
	lib.in_force("kr_pipa.consent_uninformed")
}

# METADATA
# title: The recipient names no country
# description: >-
#   The persons have to be told to which country their data go, with a consent as well as in the privacy policy. The
#   recipient does not say where it would store or process the data, and there is no other ground. A person has to
#   look at what the persons were told.
# custom:
#   id: kr_pipa.country_not_named
#   kind: barrier
#   cites: ["PIPA Art. 28-8(1)(3)", "PIPA Art. 28-8(2)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.country_not_named",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	told
	not lib.places_named
	not provided_by_law
	not certified
	not equivalent
	lib.in_force("kr_pipa.country_not_named")
}

told if consented

told if outsourced

# METADATA
# title: The Commission ordered the transfer to stop
# description: >-
#   An order of the Commission to stop transfers to this recipient or country stands. No ground of the Act
#   overcomes it.
# custom:
#   id: kr_pipa.stop_order
#   kind: barrier
#   cites: ["PIPA Art. 28-9"]
#   since: "2023-09-15"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
barriers contains {
	"rule": "kr_pipa.stop_order",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	moved
	lib.declared("kr_pipa.stop_order")
	lib.in_force("kr_pipa.stop_order")
}

# METADATA
# title: Whether anybody transfers the data is open
# description: >-
#   Data that persons give to a company abroad directly are not transferred by anybody; data that rest in Korea,
#   or go to another company, are. A person has to see which it is.
# custom:
#   id: kr_pipa.collection_unsettled
#   kind: barrier
#   cites: ["PIPA Art. 28-8(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.collection_unsettled",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate", "review"],
	"confine": home,
} if {
	collection_claimed
	lib.in_force("kr_pipa.collection_unsettled")
}
