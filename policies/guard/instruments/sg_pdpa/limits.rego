# PDPA s. 26 and s. 18: what stands in the way of a transfer outside Singapore.
package guard.instruments.sg_pdpa

import data.guard.lib

# METADATA
# title: A contract whose countries are not named
# description: >-
#   A contract of comparable protection is on file, but not that it names the countries, or the recipient names
#   none itself.
# custom:
#   id: sg_pdpa.contract_open
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 11(2)"]
#   since: "2014-07-02"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.contract_open",
	"instrument": "sg_pdpa",
	"mechanism": "contract_open",
	"authority": "PDP Regulations 2021 reg. 11(2)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	contract_open
	lib.in_force("sg_pdpa.contract_open")
}

# METADATA
# title: Own control is claimed
# description: >-
#   The organisation states that the data stay under its control or within one legal entity, though the
#   destination is another's.
# custom:
#   id: sg_pdpa.control_claimed
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 9(1)"]
#   since: "2014-07-02"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.control_claimed",
	"instrument": "sg_pdpa",
	"mechanism": "control_claimed",
	"authority": "PDP Regulations 2021 reg. 9(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	control_claimed
	lib.in_force("sg_pdpa.control_claimed")
}

ungrounded if {
	transferred
	not grounded
}

contract_open if {
	ungrounded
	lib.on_file("sg_comparable_protection_contract")
}

control_claimed if {
	ungrounded
	input.transfer.facts.direct_control_kept == true
}

control_claimed if {
	ungrounded
	input.transfer.facts.same_legal_entity == true
	not input.transfer.facts.direct_control_kept == false
}

home := sort([place |
	some place, here in data.tables.territories.sg_pdpa
	here
])

# METADATA
# title: Nothing binds the recipient to comparable protection
# description: >-
#   The data would leave Singapore, and no contract, corporate rules, certification or law binds the recipient
#   to comparable protection. The organisation is not taken to comply either: no valid consent, contract,
#   interest, transit or publicity is stated.
# custom:
#   id: sg_pdpa.no_comparable_protection
#   kind: barrier
#   cites: ["PDPA s. 26(1)", "PDP Regulations 2021 reg. 9(1)(b)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sg_pdpa.no_comparable_protection",
	"instrument": "sg_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	ungrounded
	not contract_open
	not control_claimed
	lib.in_force("sg_pdpa.no_comparable_protection")
}

# METADATA
# title: The contract does not name the countries
# description: >-
#   A contract of comparable protection has to specify the countries and territories to which the data may be
#   transferred under it. That is not on file, or the recipient does not say where the data would be. A person has
#   to look at the contract.
# custom:
#   id: sg_pdpa.contract_countries_open
#   kind: barrier
#   cites: ["PDP Regulations 2021 reg. 11(2)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sg_pdpa.contract_countries_open",
	"instrument": "sg_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": home,
} if {
	contract_open
	lib.in_force("sg_pdpa.contract_countries_open")
}

# METADATA
# title: Whether the data stay under own control is open
# description: >-
#   The organisation states control or one legal entity, but the destination is another's. A person has to see
#   whether a recipient gets the data.
# custom:
#   id: sg_pdpa.control_unsettled
#   kind: barrier
#   cites: ["PDP Regulations 2021 reg. 9(1)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sg_pdpa.control_unsettled",
	"instrument": "sg_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate", "review"],
	"confine": home,
} if {
	control_claimed
	not contract_open
	lib.in_force("sg_pdpa.control_unsettled")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. That is a purpose of
#   its own, of which the individuals were not told.
# custom:
#   id: sg_pdpa.training_use
#   kind: barrier
#   cites: ["PDPA s. 18", "PDPA s. 20"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "sg_pdpa.training_use",
	"instrument": "sg_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact", "relocate"],
	"confine": [],
} if {
	concerned
	lib.recipient
	input.destination.training_use != "no"
	not lib.declared("sg_pdpa.training_consent")
	lib.in_force("sg_pdpa.training_use")
}

# METADATA
# title: Keep a record of the transfer
# description: >-
#   The organisation can show which ground it took and which steps, such as the contract, consent or
#   certification.
# custom:
#   id: sg_pdpa.transfer_record
#   kind: obligation
#   cites: ["PDPA s. 12", "PDP Regulations 2021 reg. 10(1)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "sg_pdpa.transfer_record",
	"instrument": "sg_pdpa",
	"days": 0,
	"declaration": "none",
} if {
	transferred
	lib.in_force("sg_pdpa.transfer_record")
}
