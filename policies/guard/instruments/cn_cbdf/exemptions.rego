# CAC Order No. 16 Art. 5 and 6: exports of personal information that need no mechanism. Notice, consent
# and the impact assessment are due all the same (Art. 10), and important data are never exempt (Art. 5(2)).
package guard.instruments.cn_cbdf

import data.guard.lib

# Personal information for which an exemption may be claimed at all.
exemptible if {
	exported
	not data.guard.instruments.cn_dsl.important
	not data.guard.instruments.cn_dsl.core
	not excessive
}

excessive if input.transfer.facts.necessary == false

excessive if input.transfer.facts.minimum_necessary == false

exempt if individual_contract

exempt if exempt_otherwise

exempt_otherwise if in_transit

exempt_otherwise if staff

exempt_otherwise if emergency

exempt_otherwise if statutory_duty

exempt_otherwise if off_list

# METADATA
# title: Needed for a contract with the individual
# description: >-
#   The export is really needed to conclude or perform a contract to which the individual is a party, such as
#   shopping, sending, paying, opening an account, booking, a visa or an examination abroad. Covers sensitive
#   information and critical operators too, in the minimum that is needed.
# custom:
#   id: cn_cbdf.contract_with_individual
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 5(1)(1)", "CAC Order No. 16 Art. 7"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.contract_with_individual",
	"instrument": "cn_cbdf",
	"mechanism": "contract_with_individual",
	"authority": "CAC Order No. 16 Art. 5(1)(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	individual_contract
}

individual_contract if {
	lib.in_force("cn_cbdf.contract_with_individual")
	exemptible
	contract_claimed
}

contract_claimed if input.transfer.facts.necessary_for_contract_with_individual == true

# What the article names is a contract with the individual, unless the operator says that it is not.
contract_claimed if {
	input.transfer.facts.scenario_listed_in_art5 == true
	not input.transfer.facts.necessary_for_contract_with_individual == false
}

# METADATA
# title: Whether this contract needs the export is for a person to judge
# description: >-
#   The article names scenarios as examples and leaves the list open. One for which it was not stated that the export
#   is necessary, and an export for training, evaluation, analytics or telemetry, or to a recipient that may train on
#   the data, is judged case by case.
# custom:
#   id: cn_cbdf.necessity
#   kind: barrier
#   cites: ["CAC Order No. 16 Art. 5(1)(1)", "CAC Q&A of 2025-04-09"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_cbdf.necessity",
	"instrument": "cn_cbdf",
	"categories": sort(lib.personal),
	"remedies": offered(["declare", "mechanism", "redact", "relocate", "review"]),
	"confine": confine,
} if {
	lib.in_force("cn_cbdf.necessity")
	individual_contract
	necessity_open
	not exempt_otherwise
	not routed
}

# To train a model or to analyse data is a purpose of its own, which no contract with the individual needs.
necessity_open if ends_of_its_own

ends_of_its_own if input.transfer.purpose in {"analytics", "evaluation", "telemetry", "training"}

ends_of_its_own if input.destination.training_use != "no"

necessity_open if {
	not input.transfer.facts.necessary == true
	not input.transfer.facts.necessary_for_contract_with_individual == true
}

# METADATA
# title: Managing staff across borders
# description: >-
#   Employees' information is really needed abroad for managing staff under lawful labour rules or a lawful
#   collective contract. Information about customers is none of employees.
# custom:
#   id: cn_cbdf.human_resources
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 5(1)(2)", "CAC Order No. 16 Art. 7"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.human_resources",
	"instrument": "cn_cbdf",
	"mechanism": "human_resources",
	"authority": "CAC Order No. 16 Art. 5(1)(2)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	staff
}

staff if {
	lib.in_force("cn_cbdf.human_resources")
	exemptible
	input.transfer.facts.labour_rules_or_collective_contract == true
	count(lib.personal & {"person.record", "person.purchases"}) == 0
	not ends_of_its_own
}

# METADATA
# title: An emergency
# description: >-
#   In an emergency the export is really needed to protect the life, health or property of natural persons.
# custom:
#   id: cn_cbdf.emergency
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 5(1)(3)", "CAC Order No. 16 Art. 7"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.emergency",
	"instrument": "cn_cbdf",
	"mechanism": "emergency",
	"authority": "CAC Order No. 16 Art. 5(1)(3)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	emergency
}

emergency if {
	lib.in_force("cn_cbdf.emergency")
	exemptible
	input.transfer.facts.emergency == true
	not ends_of_its_own
}

# METADATA
# title: A duty of the law needs the export
# description: >-
#   A duty of the law of the mainland cannot be fulfilled without providing the information abroad. The later
#   and higher Regulations name this condition beside those of the Provisions.
# custom:
#   id: cn_cbdf.statutory_duty
#   kind: permit
#   cites: ["Decree No. 790 Art. 35"]
#   since: "2025-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_cbdf.statutory_duty",
	"instrument": "cn_cbdf",
	"mechanism": "statutory_duty",
	"authority": "Decree No. 790 Art. 35",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	statutory_duty
}

statutory_duty if {
	lib.in_force("cn_cbdf.statutory_duty")
	exemptible
	lib.declared("cn_ndsr.statutory_duty")
}

# METADATA
# title: Off the negative list of the free-trade zone
# description: >-
#   The handler is in a free-trade zone (or city) with a negative list in force for its sector, and the operator
#   states that these data are not on it. The lists differ by zone and change: compare before you state it.
# custom:
#   id: cn_cbdf.negative_list
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 6"]
#   since: "2024-03-22"
#   confidence: medium
#   source: https://www.reedsmith.com/articles/a-tale-of-two-cities-beijing-and-shanghai-relax-policies-on-cross-border-data-transfers/
permits contains {
	"rule": "cn_cbdf.negative_list",
	"instrument": "cn_cbdf",
	"mechanism": "negative_list",
	"authority": "CAC Order No. 16 Art. 6",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	off_list
}

off_list if {
	lib.in_force("cn_cbdf.negative_list")
	exemptible
	lib.declared("cn_cbdf.off_negative_list")
}

# METADATA
# title: The duties towards the persons remain
# description: >-
#   What needs no mechanism still needs notice, a separate consent where consent is the basis, an impact
#   assessment and security. That the recipient is of the same group exempts from nothing.
# custom:
#   id: cn_cbdf.duties_remain
#   kind: advice
#   cites: ["CAC Order No. 16 Art. 10", "PIPL Art. 39", "PIPL Art. 55", "CAC Q&A of 2025-10-31"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
advice contains {"rule": "cn_cbdf.duties_remain", "instrument": "cn_cbdf"} if {
	lib.in_force("cn_cbdf.duties_remain")
	freed
}

freed if exempt

freed if small_volume

# METADATA
# title: A group is no exemption
# description: >-
#   Companies of one group are strangers to each other here. One company may file for several of the group, or
#   the group be certified, but an export to it needs what every export needs.
# custom:
#   id: cn_cbdf.group
#   kind: advice
#   cites: ["CAC Q&A of 2025-10-31", "CAC/SAMR Order No. 20"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "cn_cbdf.group", "instrument": "cn_cbdf"} if {
	lib.in_force("cn_cbdf.group")
	exported
	input.transfer.facts.recipient_intra_group == true
}
