# 28 CFR 202.205: more than so many U.S. persons or devices within twelve months, related transactions added up.
package guard.instruments.us_doj_bulk

import data.guard.lib

# The lowest limit of what is there; identifiers and unknown records have the highest.
limit := min([limits[class] | some class in kinds]) if count(kinds) > 0

limit := 100000 if count(kinds) == 0

before := object.get(input.destination, ["counts", "prior_distinct_persons_same_counterparty_12m"], 0)

# Each is compared before it is read: what is not there is then no number rather than an undefined one.
amounts contains number if {
	input.destination.counts.persons >= 0
	number := input.destination.counts.persons + before
}

amounts contains number if {
	input.destination.counts.persons_in_batch >= 0
	number := input.destination.counts.persons_in_batch + before
}

amounts contains batches if batches >= 0

amounts contains number if {
	some_devices
	input.destination.counts.devices >= 0
	number := input.destination.counts.devices + before
}

amounts contains number if {
	some class in kinds
	input.destination.counts[counters[class]] >= 0
	number := input.destination.counts[counters[class]]
}

amounts contains number if {
	input.destination.counts.doj_identifiers_12m >= 0
	number := input.destination.counts.doj_identifiers_12m
}

# 202.205 adds up what goes to the same foreign or covered person; recipients that have nothing to do with each
# other are not the same.
batches := input.destination.counts.related_batches_total if {
	not input.transfer.facts.recipients_related == false
}

# Devices count for geolocation, and for identifiers where nothing else is there.
some_devices if "precise_geolocation" in kinds

some_devices if count(kinds) == 0

# Geolocation alone is counted in devices, not in persons.
amount := input.destination.counts.devices if devices_alone

amount := max(amounts) if {
	not devices_alone
	count(amounts) > 0
}

devices_alone if {
	kinds == {"precise_geolocation"}
	count(identifiers) == 0
	not input.destination.counts.doj_geolocation_12m
	not batches
	before == 0
	input.destination.counts.devices >= 0
}

# The number is known if this transfer is in it, and with the ledger's counts if they cover every kind.
counted if input.destination.counts.persons >= 0

counted if input.destination.counts.persons_in_batch >= 0

counted if batches >= 0

counted if {
	input.destination.counts.devices >= 0
	count(kinds - {"precise_geolocation"}) == 0
}

# The ledger counts each kind by itself, and identifiers besides where they count at all.
counted if {
	count(kinds) > 0
	every class in kinds {
		input.destination.counts[counters[class]] >= 0
	}
	not identifiers_uncounted
}

counted if {
	count(kinds) == 0
	identifiers_counted
}

# A rule of its own, because engines differ on a comparison that is negated and has nothing to compare.
identifiers_counted if input.destination.counts.doj_identifiers_12m >= 0

identifiers_uncounted if {
	identifying
	not identifiers_counted
}

identifying if covered_identifiers

identifying if sensitive_open

# "More than", at any time in the preceding twelve months.
over if not counted

over if amount > limit

# More within a longer time need not be more within twelve months; fewer within a shorter one neither.
window_open if {
	over
	input.destination.counts.window_months > 12
}

window_open if {
	not over
	input.destination.counts.window_months < 12
	before == 0
}

bulk if {
	over
	not window_open
}

# METADATA
# title: Not more than the bulk threshold
# description: >-
#   Within twelve months the recipient gets data on no more U.S. persons or devices than the lowest threshold of
#   the kinds of data concerned (genomic 100; biometric and geolocation 1,000; health and financial 10,000;
#   identifiers 100,000), related transactions added up, and the data are not government-related.
# custom:
#   id: us_doj_bulk.below_threshold
#   kind: exemption
#   cites: ["28 CFR 202.205", "28 CFR 202.206"]
#   since: "2025-04-08"
#   confidence: high
#   source: "public document (quotes 28 CFR 202.205, 202.204, 202.212, 202.224, 202.240-242)"
permits contains {
	"rule": "us_doj_bulk.below_threshold",
	"instrument": "us_doj_bulk",
	"mechanism": "below_threshold",
	"authority": "28 CFR 202.205",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	below
}

below if {
	lib.in_force("us_doj_bulk.below_threshold")
	not nothing_sensitive
	not over
	not window_open
	not government_stated
	not evading
}

# METADATA
# title: The number of persons is not known
# description: >-
#   Nobody knows on how many U.S. persons this recipient has got data within twelve months, so the data are taken
#   to be bulk. A count of the ledger, or a number that is stated, would tell.
# custom:
#   id: us_doj_bulk.count_unknown
#   kind: advice
#   cites: ["28 CFR 202.205"]
#   since: "2025-04-08"
#   confidence: high
#   source: principle of this tool, no answer is a no
advice contains {"rule": "us_doj_bulk.count_unknown", "instrument": "us_doj_bulk"} if {
	lib.in_force("us_doj_bulk.count_unknown")
	sensitive_data
	not counted
	not government_related
}

# METADATA
# title: Only the number of persons keeps this transfer outside the rule
# description: >-
#   The recipient is in a country of concern or a covered person. The transfer is open because no more U.S. persons
#   than the threshold are counted for it within twelve months. Carry into the ledger what it got before, and have
#   the security requirements ready: beyond the threshold the same transfer is restricted or prohibited.
# custom:
#   id: us_doj_bulk.near_covered_person
#   kind: advice
#   cites: ["28 CFR 202.205", "28 CFR 202.211", "28 CFR 202.401"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/28/202.211
advice contains {"rule": "us_doj_bulk.near_covered_person", "instrument": "us_doj_bulk"} if {
	lib.in_force("us_doj_bulk.near_covered_person")
	below
	bound
	covered
	sensitive_data
}
