# 28 CFR 202.210, 202.214, 202.501 to 202.511: which kind of transaction is this, and is it exempt?
package guard.instruments.us_doj_bulk

import data.guard.lib

kind_stated := object.get(input.transfer, ["facts", "transaction"], "unstated")

sale_roles := {"ad_exchange", "ad_platform", "buyer", "buyer_individual", "licensee"}

# What is stated; but whoever complies with a foreign order by opening a database grants a licence to it
# (202.506(b), Example 2).
default kind := "vendor_agreement"

kind := kind_stated if {
	kind_stated != "unstated"
	not ordered
}

kind := "data_brokerage" if ordered

kind := kind_by_role[role] if {
	kind_stated == "unstated"
	not ordered
}

ordered if {
	input.transfer.facts.foreign_access_order == true
	kind_stated in {"none", "unstated"}
}

kind_by_role := {
	"ad_exchange": "data_brokerage",
	"ad_platform": "data_brokerage",
	"buyer": "data_brokerage",
	"buyer_individual": "data_brokerage",
	"employee_of_controller": "employment_agreement",
	"employee_of_parent": "employment_agreement",
	"licensee": "data_brokerage",
	"payee": "payment_processing",
}

incident := object.get(input.transfer, ["facts", "ordinarily_incident_to"], "unstated")

evading if input.transfer.facts.evasion_indicators == true

evading if input.transfer.facts.purpose_of_structure == "avoid_rule"

# METADATA
# title: Not a covered data transaction
# description: >-
#   Nothing is sold, licensed or given in a similar commercial deal, and there is no vendor, employment or
#   investment agreement: one's own laboratory abroad, an exchange between researchers, traffic that an operator
#   merely carries. The sender does not know of an access that would be a covered transaction.
# custom:
#   id: us_doj_bulk.no_covered_transaction
#   kind: exemption
#   cites: ["28 CFR 202.210(a), (b)", "28 CFR 202.214", "28 CFR 202.230(b)"]
#   since: "2025-04-08"
#   confidence: medium
#   source: https://lexbuild.dev/ecfr/title-28/chapter-I/part-202/section-202.210
permits contains {
	"rule": "us_doj_bulk.no_covered_transaction",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.210",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	uncovered
}

uncovered if {
	lib.in_force("us_doj_bulk.no_covered_transaction")
	kind == "none"
	not contradicted
	not evading
}

# What else is stated speaks for a transaction of one of the four kinds.
contradicted if role in sale_roles

contradicted if incident == "none"

contradicted if input.transfer.facts.access_by_covered_person_gained == true

contradicted if input.transfer.facts.recipient_us_citizens_only == false

contradicted if input.transfer.facts.us_person_knowledge == true

contradicted if input.transfer.facts.knows_or_should_know == true

# METADATA
# title: No covered person gains access
# description: >-
#   The agreement, by what it is about, gives no covered person access to the data: a service that touches no data,
#   or work on data that the covered person holds already. Access that only security measures would prevent is
#   access all the same, so this does not hold where the operator relies on such measures.
# custom:
#   id: us_doj_bulk.no_access
#   kind: exemption
#   cites: ["28 CFR 202.201", "28 CFR 202.210(b)", "28 CFR 202.258(b)"]
#   since: "2025-04-08"
#   confidence: high
#   source: https://law.lawstack.com/cfr/28/202.210/
permits contains {
	"rule": "us_doj_bulk.no_access",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.210",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	accessless
}

accessless if {
	lib.in_force("us_doj_bulk.no_access")
	input.transfer.facts.access_by_covered_person_gained == false
	kind != "data_brokerage"
	not measures_taken
	not parent_reaches
	not evading
}

measures_taken if lib.on_file("doj_security_requirements")

measures_taken if lib.declared("us_doj_bulk.custom_controls")

# METADATA
# title: A model that cannot reproduce its training data
# description: >-
#   What is handed over is a model of which the operator states that it cannot reproduce or disclose the data it
#   was trained on, and nothing else was found, so nobody gets access to the data.
# custom:
#   id: us_doj_bulk.model_without_data
#   kind: exemption
#   cites: ["28 CFR 202.201", "28 CFR 202.301(b)"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_doj_bulk.model_without_data",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.201",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	dataless
}

dataless if {
	lib.in_force("us_doj_bulk.model_without_data")
	input.transfer.facts.model_can_reproduce_training_data == false
	not input.transfer.facts.access_by_covered_person_gained == true
	not evading
	every category in held {
		category.found == false
	}
}

# METADATA
# title: Payments, and purchases of goods and services
# description: >-
#   Financial data and identifiers that go along with the purchase of goods or services or with a payment that is
#   being processed are exempt, as far as they are an ordinary part of it. A sale of the data is not, nor is a
#   payment processor's approval of the transaction that is paid for.
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
}

financial if {
	lib.in_force("us_doj_bulk.financial_services")
	kind == "payment_processing"
	incident in {"purchase_of_goods", "unstated"}
	money_only
	ordinary
	not input.transfer.facts.us_person_approves == true
	not passes_on
}

# 202.505(a)(4), (5) speak of personal financial data and covered personal identifiers only.
money_only if count(kinds - {"financial_account"}) == 0

# No sale, no evasion, no foreign order.
ordinary if {
	kind != "data_brokerage"
	not evading
	not input.transfer.facts.foreign_access_order == true
}

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
#   cites: ["28 CFR 202.501", "28 CFR 202.502", "28 CFR 202.503", "28 CFR 202.504", "28 CFR 202.505", "28 CFR 202.507", "28 CFR 202.508", "28 CFR 202.509", "28 CFR 202.511"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_doj_bulk.exempt_activity",
	"instrument": "us_doj_bulk",
	"mechanism": "exempt_transaction",
	"authority": activities[incident],
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	other_activity
}

other_activity if {
	lib.in_force("us_doj_bulk.exempt_activity")
	activities[incident]
	ordinary
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
