# 28 CFR 202.205, 202.206, 202.222, 202.249: whose data are these, of which kind, and how many?

# METADATA
# scope: package
# title: Data Security Program of the United States Department of Justice
# description: >-
#   Binds U.S. persons who give countries of concern (China with Hong Kong and Macau, Cuba, Iran, North Korea,
#   Russia, Venezuela) or covered persons access to bulk U.S. sensitive personal data or government-related data.
#   Data brokerage is prohibited, vendor, employment and investment agreements are restricted to those that meet
#   the security requirements, and brokerage with other foreign persons needs a clause against onward transfer.
#   Where no kind of transaction is stated, a model or storage provider is taken for a vendor, and a number of
#   persons that nobody knows is taken for bulk.
# custom:
#   cites: ["28 CFR Part 202", "Executive Order 14117", "90 FR 1636"]
#   omits:
#     - "Subpart H (licences) and Subpart I (advisory opinions)"
#     - "202.223 (human biospecimens as such)"
#     - "202.228 (passive investments); an investment agreement is treated as restricted"
#     - "202.1103, 202.1104 (reports on cloud-computing transactions and on rejected offers)"
#     - "The coordinates of the Government-Related Location Data List (202.1401); the operator states them"
package guard.instruments.us_doj_bulk

import data.guard.lib

# The United States with its territories (202.255).
united_states := {"US", "AS", "GU", "MP", "PR", "UM", "VI"}

# Sets of states none of which is the United States.
elsewhere := {"EEA", "EEA_PLUS_CH", "EU"}

# 202.206: anonymised, pseudonymised, de-identified and encrypted data count; only what was taken out does not.
held contains category if {
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
}

# 202.205(a) to (e), by the classes of the table `sensitive`. Genetic data may be genomic, so the lower limit.
kinds contains class if {
	some category in held
	some class in category.classes
	limits[class]
}

# 202.240: purchases and payment history belong to personal financial data.
kinds contains "financial_account" if {
	some category in held
	category.id == "person.purchases"
}

limits := {
	"biometric_identification": 1000,
	"financial_account": 10000,
	"genetic": 100,
	"health": 10000,
	"precise_geolocation": 1000,
}

counters := {
	"biometric_identification": "doj_biometric_12m",
	"financial_account": "doj_financial_12m",
	"genetic": "doj_genomic_12m",
	"health": "doj_health_12m",
	"precise_geolocation": "doj_geolocation_12m",
}

# Kinds of content that hold no listed identifier and no sensitive personal data by what they are.
plain := {
	"person.biometric_signal", "person.education", "person.image", "person.opinions",
	"person.voice", "profile.behaviour", "sensitive.criminal_convictions", "sensitive.political_opinions",
	"sensitive.racial_ethnic_origin", "sensitive.religious_philosophical_beliefs", "sensitive.sex_life_orientation",
	"sensitive.trade_union", "vehicle.registration", "vehicle.vin",
}

# Records about persons of which only the name is known: they may hold identifiers of any sort.
opaque if {
	some category in held
	not category.id in plain
	not field_of[category.id]
	not category.id == "person.purchases"
	count({class | some class in category.classes} & (object.keys(limits) | {"government_id"})) == 0
	not input.transfer.facts.listed_identifiers
}

sensitive_data if count(kinds) > 0

sensitive_data if covered_identifiers

# Content that may be sensitive personal data.
sensitive_open if identifiers_open

sensitive_open if opaque

# ---- government-related data: no minimum

government_related if {
	input.transfer.facts.inside_government_related_location_list == true
	"precise_geolocation" in kinds
}

government_related if {
	input.transfer.facts.marketed_as_government == true
	count(held) > 0
}

# Records that are not themselves of persons, marketed as of the Government's, and persons are counted in them.
government_related if {
	input.transfer.facts.marketed_as_government == true
	input.destination.counts.persons > 0
	some category in input.transfer.categories
	not category.personal
	not category.found
	category.treatment != "redact"
}

government_stated if input.transfer.facts.inside_government_related_location_list == true

government_stated if input.transfer.facts.marketed_as_government == true

government_open if {
	government_stated
	not government_related
	count(held) > 0
}

# ---- whose data, and may everybody read them

foreign_subjects if {
	count(input.transfer.data_subjects) > 0
	every place in input.transfer.data_subjects {
		outside_us(place)
	}
	not found_us
}

outside_us(place) if place in elsewhere

outside_us(place) if {
	count(lib.country(place)) == 2
	not lib.country(place) in united_states
}

found_us if {
	some tag in input.transfer.tags
	tag.instrument == "us_doj_bulk"
	tag.trigger == "finding"
}

# What is derived from public pictures is not itself public (202.217(b), Example 3).
public_data if {
	input.transfer.facts.lawfully_public == true
	not "biometric_identification" in kinds
	not government_stated
	not found_sensitive
}

# Account and government numbers, health and genetic data that a detector found are not taken to be public on a
# statement that holds for every payload.
found_sensitive if {
	some category in held
	category.found
	some class in category.classes
	class in (object.keys(limits) | {"government_id"})
}

public_open if {
	input.transfer.facts.lawfully_public == true
	not public_data
}

# ---- what that makes of the data

regulated if {
	government_related
	not input.transfer.facts.lawfully_public == true
}

regulated if {
	sensitive_data
	bulk
	not input.transfer.facts.lawfully_public == true
}

data_open if government_open

data_open if public_open

data_open if {
	sensitive_data
	window_open
}

data_open if {
	sensitive_open
	over
}

data_open if {
	sensitive_open
	window_open
}

# METADATA
# title: The data are about nobody who is a U.S. person
# description: >-
#   The persons whom the data are about are declared to be in other countries, and nothing that was found says
#   otherwise. The rule is about sensitive personal data relating to U.S. persons.
# custom:
#   id: us_doj_bulk.no_us_persons
#   kind: exemption
#   cites: ["28 CFR 202.206", "28 CFR 202.256"]
#   since: "2025-04-08"
#   confidence: medium
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartB_section202.256
permits contains {
	"rule": "us_doj_bulk.no_us_persons",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.206",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	about_others
}

about_others if {
	lib.in_force("us_doj_bulk.no_us_persons")
	foreign_subjects
	not government_stated
	not evading
}

# METADATA
# title: No sensitive personal data in the sense of the rule
# description: >-
#   What is left after redaction is none of the six kinds of sensitive personal data: it does not relate to a
#   person, it is a lone identifier, or it is contact data linked only to contact data. What the recipient could
#   get from others makes no difference.
# custom:
#   id: us_doj_bulk.no_sensitive_data
#   kind: exemption
#   cites: ["28 CFR 202.249(a), (b)(1)", "28 CFR 202.212", "28 CFR 202.232"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://law.lawstack.com/cfr/28/202.249/
permits contains {
	"rule": "us_doj_bulk.no_sensitive_data",
	"instrument": "us_doj_bulk",
	"mechanism": "no_personal_data",
	"authority": "28 CFR 202.249",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	nothing_sensitive
}

nothing_sensitive if {
	lib.in_force("us_doj_bulk.no_sensitive_data")
	count(held) == 0
	not only_listed
	not government_related
}

# Identifiers that are listed and stand for no category cannot have been taken out.
only_listed if {
	count(identifiers) > 0
	every category in input.transfer.categories {
		not category.personal
	}
}

nothing_sensitive if {
	lib.in_force("us_doj_bulk.no_sensitive_data")
	not sensitive_data
	not sensitive_open
	not government_open
	not government_related
	not evading
}

# METADATA
# title: The data are lawfully public
# description: >-
#   All the data are lawfully available to the public from a government record or in widely distributed media, so
#   they are not sensitive personal data. Identifiers derived from public pictures are not themselves public.
# custom:
#   id: us_doj_bulk.lawfully_public
#   kind: exemption
#   cites: ["28 CFR 202.249(b)(2)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://law.lawstack.com/cfr/28/202.249/
permits contains {
	"rule": "us_doj_bulk.lawfully_public",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.249(b)(2)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	open_to_all
}

open_to_all if {
	lib.in_force("us_doj_bulk.lawfully_public")
	public_data
	not evading
}
