# 28 CFR Part 202 Subpart C: what a U.S. person may not knowingly do.
package guard.instruments.us_doj_bulk

import data.guard.lib

# A U.S. person, regulated data, no exemption, and nothing that leaves the matter open.
caught if {
	bound
	regulated
	not exempt
	not unknowing
	not exemption_open
	not access_open
}

# 202.230: neither knowledge nor reason to know is stated, and the lack of one is.
unknowing if {
	unaware
	not aware
}

unaware if input.transfer.facts.knows_or_should_know == false

unaware if input.transfer.facts.us_person_knowledge == false

unaware if input.transfer.facts.knowingly_installed == false

aware if input.transfer.facts.knows_or_should_know == true

aware if input.transfer.facts.us_person_knowledge == true

aware if input.transfer.facts.knowingly_installed == true

agreements := {"employment_agreement", "investment_agreement", "vendor_agreement"}

# METADATA
# title: Data brokerage with a country of concern or a covered person
# description: >-
#   A U.S. person would sell, license or in a similar commercial deal give a country of concern or a covered
#   person access to bulk U.S. sensitive personal data or government-related data. Tracking components that are
#   knowingly built in and a model that can reproduce the data count as well. Nothing cures this but leaving the
#   data out or another recipient.
# custom:
#   id: us_doj_bulk.prohibited_brokerage
#   kind: barrier
#   cites: ["28 CFR 202.301", "28 CFR 202.214", "28 CFR 202.211"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_doj_bulk.prohibited_brokerage",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.prohibited_brokerage")
	caught
	covered
	kind == "data_brokerage"
}

concerned := sort({category.id | some category in held})

# METADATA
# title: Data brokerage with another foreign person and no clause against onward transfer
# description: >-
#   The buyer is a foreign person that is no covered person. The sale is open only if the contract bars the buyer
#   from passing the same data on to a country of concern or a covered person, and violations are reported.
# custom:
#   id: us_doj_bulk.onward_clause_missing
#   kind: barrier
#   cites: ["28 CFR 202.302(a)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartC_section202.302
barriers contains {
	"rule": "us_doj_bulk.onward_clause_missing",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.onward_clause_missing")
	caught
	foreign_recipient
	kind == "data_brokerage"
	not lib.on_file("doj_onward_ban")
}

# METADATA
# title: The contract bars onward transfer to countries of concern
# description: >-
#   The buyer is a foreign person that is no covered person, and its contract bars it from passing the same data on
#   to a country of concern or a covered person in a further transaction of data brokerage. Known or suspected
#   violations are reported, and the sender knows of none that is to come.
# custom:
#   id: us_doj_bulk.onward_clause
#   kind: permit
#   cites: ["28 CFR 202.302(a)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartC_section202.302
permits contains {
	"rule": "us_doj_bulk.onward_clause",
	"instrument": "us_doj_bulk",
	"mechanism": "onward_transfer_clause",
	"authority": "28 CFR 202.302",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	clause_holds
}

clause_holds if {
	lib.in_force("us_doj_bulk.onward_clause")
	bound
	foreign_recipient
	kind == "data_brokerage"
	lib.on_file("doj_onward_ban")
	lib.declared("us_doj_bulk.violation_reporting")
	not knows_onward
	not exempt
	not evading
}

knows_onward if input.transfer.facts.knows_or_should_know == true

# METADATA
# title: The buyer is known to pass the data on
# description: >-
#   The buyer is a foreign person that is no covered person, and the sender knows or should know that the data go on
#   from it to a country of concern or a covered person. No clause in the contract opens such a sale.
# custom:
#   id: us_doj_bulk.known_onward_transfer
#   kind: barrier
#   cites: ["28 CFR 202.302(a)(1)", "28 CFR 202.230", "28 CFR 202.304(a)"]
#   since: "2025-04-08"
#   confidence: medium
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartC_section202.302
barriers contains {
	"rule": "us_doj_bulk.known_onward_transfer",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.known_onward_transfer")
	resold_knowingly
}

resold_knowingly if {
	caught
	foreign_recipient
	kind == "data_brokerage"
	knows_onward
	lib.on_file("doj_onward_ban")
}

# METADATA
# title: Known or suspected onward transfers are reported within 14 days
# description: >-
#   Whoever sells such data to a foreign person reports each known or suspected violation of the clause against
#   onward transfer to the Department of Justice within 14 days, and declares that it does.
# custom:
#   id: us_doj_bulk.violation_report
#   kind: obligation
#   cites: ["28 CFR 202.302(a)(2)", "28 CFR 202.302(b)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartC_section202.302
obligations contains {
	"do": "notice",
	"rule": "us_doj_bulk.violation_report",
	"instrument": "us_doj_bulk",
	"days": 14,
	"declaration": "us_doj_bulk.violation_reporting",
} if {
	lib.in_force("us_doj_bulk.violation_report")
	clause_holds
}

# METADATA
# title: Bulk human 'omic data for a covered person
# description: >-
#   A country of concern or a covered person would get access to bulk human genomic or other 'omic data. That is
#   prohibited for every kind of covered data transaction; the security requirements do not open it.
# custom:
#   id: us_doj_bulk.human_omic
#   kind: barrier
#   cites: ["28 CFR 202.303", "28 CFR 202.224", "28 CFR 202.401(b)"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_doj_bulk.human_omic",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.human_omic")
	caught
	covered
	omic
	kind in (agreements | {"data_brokerage"})
}

omic if {
	"genetic" in kinds
	bulk
}

# METADATA
# title: The transaction is meant to evade the rule
# description: >-
#   Something indicates that the transaction has the purpose of evading the rule: an invitation to the United
#   States to hand the data over there, a shell company in between, a derived algorithm, a split below the
#   thresholds. Such a transaction is prohibited whatever its parts would be by themselves.
# custom:
#   id: us_doj_bulk.evasion
#   kind: barrier
#   cites: ["28 CFR 202.304"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://self-law.org/code/us/cfr/t28/s%C2%A7%20202.304
barriers contains {
	"rule": "us_doj_bulk.evasion",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": [],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.evasion")
	evading
	count(held) > 0
	not unbound
	not causing_open
}

# METADATA
# title: A U.S. person approves what the payment is for
# description: >-
#   Processing a payment directs nothing. Here a U.S. person with authority to decide approves the transaction
#   itself, through which a covered person gets regulated data.
# custom:
#   id: us_doj_bulk.directed_transaction
#   kind: barrier
#   cites: ["28 CFR 202.305", "28 CFR 202.215"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_doj_bulk.directed_transaction",
	"instrument": "us_doj_bulk",
	"categories": concerned,
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("us_doj_bulk.directed_transaction")
	bound
	covered
	kind == "payment_processing"
	input.transfer.facts.us_person_approves == true
	not exempt
	not unknowing
	count(held) > 0
}
