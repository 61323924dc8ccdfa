# CAC Order No. 16 Art. 5(1)(4), 7 and 8: natural persons counted from 1 January of the current year. "Up to
# and including" runs with the lower bound of each step: 100,000, 1,000,000 and 10,000 belong to the next.
package guard.instruments.cn_cbdf

import data.guard.lib

sensitive := lib.sensitive("cn_pipl")

ciio if lib.declared("cn.ciio")

ciio if input.transfer.facts.ciio == true

# How many persons in all since 1 January. More than one statement: the highest, against the exporter.
# `is_number` because the compiled engine takes what is not stated for a value.
totals contains since_jan1 if is_number(since_jan1)

totals contains before + batch if {
	is_number(before)
	is_number(batch)
}

since_jan1 := input.destination.counts.persons_since_jan1

before := input.destination.counts.persons_since_jan1_before

batch := input.destination.counts.persons_in_batch

batch := input.destination.counts.persons if not input.destination.counts.persons_in_batch

series := input.destination.counts.related_batches_total

# What is known to be reached, whatever the rest of the year was: also all parts of a series together.
reached contains 0

reached contains total if some total in totals

reached contains batch if is_number(batch)

reached contains before if is_number(before)

reached contains series if is_number(series)

persons := max(reached)

counted if count(totals) > 0

# Sensitive information is counted apart. Where only one count is stated, it bounds both.
sensitive_reached contains 0

sensitive_reached contains sensitive_since_jan1 if is_number(sensitive_since_jan1)

sensitive_since_jan1 := input.destination.counts.sensitive_since_jan1

sensitive_counted if is_number(sensitive_since_jan1)

sensitive_reached contains persons if {
	not sensitive_counted
	count(sensitive) > 0
}

sensitive_persons := max(sensitive_reached)

split_up if input.transfer.facts.split_to_avoid_assessment == true

# Below Art. 7(1)(2), in both counts.
below_assessment if {
	persons < 1000000
	sensitive_persons < 10000
}

large if not below_assessment

# Below Art. 8, and nothing sensitive in these data.
below_contract if {
	below_assessment
	persons < 100000
	count(sensitive) == 0
}

# Contract and certification are open to this handler at this volume.
contract_open if {
	below_assessment
	not ciio
	not split_up
}

# Art. 8: a contract or a certification is due.
medium if {
	below_assessment
	not below_contract
}

# Art. 5(1)(4): the ledger or the operator counts fewer than 100,000 persons, and nothing is sensitive.
small_open if {
	contract_open
	below_contract
}

small if {
	small_open
	counted
}

small if {
	small_open
	not counted
	lib.declared("cn_pipl.below_export_threshold")
}

# The exemption "does not include sensitive personal information". Whether it is lost for ordinary data once
# sensitive information of others went abroad, the text does not say.
sensitive_before if {
	count(sensitive) == 0
	sensitive_persons > 0
}

# METADATA
# title: Fewer than 100,000 persons and nothing sensitive
# description: >-
#   Since 1 January the handler has provided abroad the ordinary personal information of fewer than 100,000
#   persons, and this export holds nothing sensitive. Not for critical operators, and not for a volume that was
#   split up.
# custom:
#   id: cn_cbdf.small_volume
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 5(1)(4)"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.small_volume",
	"instrument": "cn_cbdf",
	"mechanism": "below_threshold",
	"authority": "CAC Order No. 16 Art. 5(1)(4)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	small_volume
}

small_volume if {
	lib.in_force("cn_cbdf.small_volume")
	exemptible
	small
}

# METADATA
# title: Sensitive information has gone abroad this year
# description: >-
#   This export holds nothing sensitive and is small, but since 1 January sensitive information has been
#   provided abroad, for which a mechanism was due. Whether the exemption is open beside it, a person judges.
# custom:
#   id: cn_cbdf.sensitive_before
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 5(1)(4)", "CAC Order No. 16 Art. 8"]
#   since: "2024-03-22"
#   confidence: medium
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_cbdf.sensitive_before",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["mechanism", "redact", "relocate", "review"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.sensitive_before")
	small_volume
	sensitive_before
	not exempt
	not routed
}
