# 28 CFR 202.210, 202.214, 202.230: which kind of transaction is this, and does it give access?
package guard.instruments.us_doj_bulk

import data.guard.lib

kind_stated := object.get(input.transfer, ["facts", "transaction"], "unstated")

sale_roles := {"ad_exchange", "ad_platform", "buyer", "buyer_individual", "licensee"}

# What is stated; but whoever complies with a foreign order by opening a database grants a licence to it
# (202.506(b), Example 2).
kind := "data_brokerage" if ordered

kind := kind_stated if {
	kind_stated != "unstated"
	not ordered
}

# A provider of models or storage is a vendor (202.258).
kind := object.get(kind_by_role, role, "vendor_agreement") if {
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

# What is given to a provider of models or storage is given under an agreement with a vendor (202.258).
contradicted if serving

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
	not serving
	not evading
}

measures_taken if lib.on_file("doj_security_requirements")

measures_taken if lib.declared("us_doj_bulk.custom_controls")

# Encryption keeps nobody from access in the sense of the rule, nor do pseudonyms (202.201, 202.206).
measures_taken if input.transfer.facts.prior_treatment

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
	not serving
	not evading
	every category in held {
		category.found == false
	}
}

# METADATA
# title: The sender does not knowingly give access
# description: >-
#   The component that sends the data was not knowingly built in, or the sender neither knows nor should know that
#   the model it licenses can reproduce what it was trained on. The prohibitions bind whoever acts knowingly. It does
#   not hold for data that were found on their way to this recipient, nor for a service that gets the data themselves.
# custom:
#   id: us_doj_bulk.not_knowingly
#   kind: exemption
#   cites: ["28 CFR 202.230", "28 CFR 202.214", "28 CFR 202.301"]
#   since: "2025-04-08"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_doj_bulk.not_knowingly",
	"instrument": "us_doj_bulk",
	"mechanism": "out_of_scope",
	"authority": "28 CFR 202.230",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	uninformed
}

uninformed if {
	lib.in_force("us_doj_bulk.not_knowingly")
	us_sender
	without_notice
	not aware
	not input.transfer.facts.access_by_covered_person_gained == true
	not serving
	not evading
	every category in held {
		category.found == false
	}
}

without_notice if {
	input.transfer.facts.knowingly_installed == false
	kind == "data_brokerage"
	not role in {"buyer", "buyer_individual", "licensee"}
}

without_notice if {
	input.transfer.facts.model_can_reproduce_training_data == true
	input.transfer.facts.knows_or_should_know == false
}
