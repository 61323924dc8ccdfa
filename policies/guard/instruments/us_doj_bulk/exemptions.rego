# 28 CFR Part 202 Subpart E: exempt transactions, and all that the rule leaves alone.
package guard.instruments.us_doj_bulk

import data.guard.lib

# METADATA
# title: Payments, and purchases of goods and services
# description: >-
#   Financial data and identifiers that go along with the purchase of goods or services or with a payment that is
#   being processed are exempt, as far as they are an ordinary part of it, whatever the transaction is called. A sale of
#   the data to whoever buys data is not. Processing a payment directs nothing, whoever knows what it is for.
# custom:
#   id: us_doj_bulk.financial_services
#   kind: exemption
#   cites: ["28 CFR 202.505(a)(4), (5)", "28 CFR 202.305(b)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartE_section202.505
permits contains {
	"rule": "us_doj_bulk.financial_services",
	"instrument": "us_doj_bulk",
	"mechanism": "exempt_transaction",
	"authority": "28 CFR 202.505",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	financial
}

financial if {
	lib.in_force("us_doj_bulk.financial_services")
	incident == "purchase_of_goods"
	money_only
	ordinary
	not sold
}

financial if {
	lib.in_force("us_doj_bulk.financial_services")
	kind == "payment_processing"
	incident in {"purchase_of_goods", "unstated"}
	money_only
	ordinary
	not sold
}

# 202.505(a)(4), (5) speak of personal financial data and covered personal identifiers only.
money_only if count(kinds - {"financial_account"}) == 0

# No evasion, no foreign order, no service to which the data themselves are given.
ordinary if {
	not evading
	not input.transfer.facts.foreign_access_order == true
	not serving
}

# Who buys or licenses data, or auctions them, gets them for themselves and not as part of anything else.
sold if role in sale_roles

# METADATA
# title: Ordinary administration within a corporate group
# description: >-
#   The data go to a subsidiary or affiliate, and that is an ordinary part of administrative or ancillary business
#   such as payroll. Research, product development and answering to a foreign government's order are not, and a
#   vendor outside the group is not of the group.
# custom:
#   id: us_doj_bulk.corporate_group
#   kind: exemption
#   cites: ["28 CFR 202.506(a), (b)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://checkoutapi.com/regulations/title28_chapterI-i1_part202_subpartE_section202.506
permits contains {
	"rule": "us_doj_bulk.corporate_group",
	"instrument": "us_doj_bulk",
	"mechanism": "exempt_transaction",
	"authority": "28 CFR 202.506",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	group_internal
}

group_internal if {
	lib.in_force("us_doj_bulk.corporate_group")
	incident == "payroll"
	grouped
	ordinary
	not sold
}

grouped if role in {"affiliate", "employee_of_parent", "own_branch", "parent"}

grouped if input.transfer.facts.intra_group == true

# METADATA
# title: Needed for the approval of a drug, biological product or device
# description: >-
#   A regulator requires that these data go to this recipient so that an authorisation can be obtained or kept,
#   and the data are de-identified or pseudonymised. Whoever is merely useful for that is not required.
# custom:
#   id: us_doj_bulk.regulatory_approval
#   kind: exemption
#   cites: ["28 CFR 202.510"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_doj_bulk.regulatory_approval",
	"instrument": "us_doj_bulk",
	"mechanism": "exempt_transaction",
	"authority": "28 CFR 202.510",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	for_approval
}

for_approval if {
	lib.in_force("us_doj_bulk.regulatory_approval")
	input.transfer.facts.required_by_regulator == true
	ordinary
	not sold
	every category in held {
		deidentified(category)
	}
}

deidentified(category) if category.treatment == "pseudonymise"

deidentified(category) if {
	not category.found
	input.transfer.facts.prior_treatment in {"anonymised", "pseudonymised"}
}

# METADATA
# title: Part of another exempt activity
# description: >-
#   The operator states that the transaction is an ordinary part of an activity that the rule exempts: personal
#   communications, informational materials, travel, official business, financial services, what Federal law or
#   a treaty requires, an investment subject to CFIUS action, telecommunications, clinical investigations.
# custom:
#   id: us_doj_bulk.exempt_activity
#   kind: exemption
#   cites: ["28 CFR 202.501 to 202.505", "28 CFR 202.507 to 202.509", "28 CFR 202.511"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_doj_bulk.exempt_activity",
	"instrument": "us_doj_bulk",
	"mechanism": "exempt_transaction",
	"authority": object.get(activities, incident, "28 CFR Part 202"),
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	other_activity
}

other_activity if {
	lib.in_force("us_doj_bulk.exempt_activity")
	incident in object.keys(activities)
	ordinary
	kind != "data_brokerage"
}

activities := {
	"cfius_action": "28 CFR 202.508",
	"clinical_investigation": "28 CFR 202.511",
	"federal_law": "28 CFR 202.507",
	"financial_services": "28 CFR 202.505",
	"information_materials": "28 CFR 202.502",
	"official_business": "28 CFR 202.504",
	"personal_communications": "28 CFR 202.501",
	"telecommunications": "28 CFR 202.509",
	"travel": "28 CFR 202.503",
}

# That what goes to a provider of models or storage is an ordinary part of an exempt activity may be so; it is
# not so for every destination of which it is stated.
exemption_open if {
	serving
	incident in (object.keys(activities) | {"payroll", "purchase_of_goods"})
}

exemption_open if {
	serving
	input.transfer.facts.required_by_regulator == true
}

# The rule exempts the activity whatever the transaction is called; that a sale of data is an ordinary part of it is
# for a person to see.
exemption_open if {
	kind == "data_brokerage"
	incident in object.keys(activities)
	not sold
}

# Somebody who buys data is said to get them along with a purchase of goods.
exemption_open if {
	sold
	incident == "purchase_of_goods"
	money_only
}

# Traffic data for another network may be part of a telecommunications service; nobody says.
exemption_open if {
	incident == "unstated"
	kind == "vendor_agreement"
	count(kinds) == 0
	"call" in identifier_fields
	count(identifier_fields - {"account", "call", "device", "network"}) == 0
}

# The rule asks nothing of this transfer.
exempt if unbound

exempt if about_others

exempt if nothing_sensitive

exempt if open_to_all

exempt if below

exempt if among_us_persons

exempt if merely_foreign

exempt if uncovered

exempt if accessless

exempt if dataless

exempt if financial

exempt if group_internal

exempt if for_approval

exempt if other_activity

exempt if uninformed
