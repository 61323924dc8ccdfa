# PDP Regulations 2021 reg. 9 to 12: is the recipient bound to comparable protection, or taken to be?
package guard.instruments.sg_pdpa

import data.guard.lib

# METADATA
# title: A contract of comparable protection
# description: >-
#   A contract requires the recipient to protect the data at least as the Act does, and names the countries to
#   which they may go.
# custom:
#   id: sg_pdpa.contract
#   kind: permit
#   cites: ["PDPA s. 26(1)", "PDP Regulations 2021 reg. 11(2)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.contract",
	"instrument": "sg_pdpa",
	"mechanism": "contract",
	"authority": "PDPA s. 26(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	contracted
	lib.in_force("sg_pdpa.contract")
}

# METADATA
# title: Binding corporate rules
# description: >-
#   Rules of comparable protection bind the recipient, which is related to the organisation.
# custom:
#   id: sg_pdpa.binding_corporate_rules
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 11(3)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.binding_corporate_rules",
	"instrument": "sg_pdpa",
	"mechanism": "binding_corporate_rules",
	"authority": "PDP Regulations 2021 reg. 11(3)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	bound_by_rules
	lib.in_force("sg_pdpa.binding_corporate_rules")
}

# METADATA
# title: The recipient is certified
# description: >-
#   The recipient has a certification under the APEC or Global CBPR system, or as a data intermediary under PRP.
# custom:
#   id: sg_pdpa.certification
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 12"]
#   since: "2020-06-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.certification",
	"instrument": "sg_pdpa",
	"mechanism": "certification",
	"authority": "PDP Regulations 2021 reg. 12",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	certified
	lib.in_force("sg_pdpa.certification")
}

# METADATA
# title: The recipient's law protects comparably
# description: >-
#   It was assessed and is on file that the law that binds the recipient protects the data at least as the Act
#   does.
# custom:
#   id: sg_pdpa.comparable_law
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 11(1)(a)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.comparable_law",
	"instrument": "sg_pdpa",
	"mechanism": "comparable_law",
	"authority": "PDP Regulations 2021 reg. 11(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	bound_by_law
	lib.in_force("sg_pdpa.comparable_law")
}

# METADATA
# title: The individuals consented to the transfer
# description: >-
#   Every individual consented to the transfer after a reasonable written summary of how far the data are
#   protected there.
# custom:
#   id: sg_pdpa.consent
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 10(2)", "PDP Regulations 2021 reg. 10(3)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.consent",
	"instrument": "sg_pdpa",
	"mechanism": "consent",
	"authority": "PDP Regulations 2021 reg. 10(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	consented
	lib.in_force("sg_pdpa.consent")
}

# METADATA
# title: Needed for a contract
# description: >-
#   The transfer is reasonably necessary for a contract of the kinds that the Regulations name.
# custom:
#   id: sg_pdpa.contract_necessity
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 10(2)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.contract_necessity",
	"instrument": "sg_pdpa",
	"mechanism": "contract_necessity",
	"authority": "PDP Regulations 2021 reg. 10(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	needed
	lib.in_force("sg_pdpa.contract_necessity")
}

# METADATA
# title: Needed for vital or national interests
# description: >-
#   The use or disclosure abroad falls under the interests that the Regulations name, and reasonable steps keep
#   the data from other uses.
# custom:
#   id: sg_pdpa.vital_or_public_interest
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 10(2)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.vital_or_public_interest",
	"instrument": "sg_pdpa",
	"mechanism": "vital_or_public_interest",
	"authority": "PDP Regulations 2021 reg. 10(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	in_interest
	lib.in_force("sg_pdpa.vital_or_public_interest")
}

# METADATA
# title: Data in transit
# description: >-
#   The data merely pass on their way, and nobody accesses, uses or gets them except to carry them.
# custom:
#   id: sg_pdpa.data_in_transit
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 10(2)", "PDP Regulations 2021 reg. 9"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.data_in_transit",
	"instrument": "sg_pdpa",
	"mechanism": "data_in_transit",
	"authority": "PDP Regulations 2021 reg. 10(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	in_transit
	lib.in_force("sg_pdpa.data_in_transit")
}

# METADATA
# title: Publicly available in Singapore
# description: >-
#   The data are generally available to the public in Singapore.
# custom:
#   id: sg_pdpa.publicly_available
#   kind: permit
#   cites: ["PDP Regulations 2021 reg. 10(2)", "PDPA s. 2(1)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.publicly_available",
	"instrument": "sg_pdpa",
	"mechanism": "publicly_available",
	"authority": "PDP Regulations 2021 reg. 10(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	public
	lib.in_force("sg_pdpa.publicly_available")
}

contracted if {
	transferred
	lib.on_file("sg_comparable_protection_contract")
	lib.on_file("sg_contract_countries")
	lib.places_named
}

bound_by_rules if {
	transferred
	lib.on_file("sg_binding_corporate_rules")
}

certified if {
	transferred
	lib.on_file("sg_cbpr_certification")
	lib.in_force("sg_pdpa.certification")
}

bound_by_law if {
	transferred
	lib.places_named
	lib.on_file("sg_comparable_law")
}

# reg. 10(3): without a written summary of the protection in the countries concerned there is no consent.
consented if {
	transferred
	input.transfer.facts.consent_for_transfer == true
	summary_given
	lib.places_named
}

summary_given if input.transfer.facts.written_summary_given == true

summary_given if {
	lib.declared("sg_pdpa.written_summary")
	not input.transfer.facts.written_summary_given == false
}

needed if {
	transferred
	lib.declared("sg_pdpa.contract_necessity")
}

in_interest if {
	transferred
	lib.declared("sg_pdpa.vital_or_public_interest")
}

in_transit if {
	transferred
	input.transfer.facts.data_in_transit == true
	not input.transfer.facts.accessed_in_transit == true
	carrier
}

# A model reads what it gets, and a store keeps it: neither merely carries data on their way.
carrier if {
	input.destination.kind != "model"
	input.destination.retention_days == 0
}

public if {
	transferred
	input.transfer.facts.publicly_available == true
}

grounded if contracted

grounded if bound_by_rules

grounded if certified

grounded if bound_by_law

grounded if consented

grounded if needed

grounded if in_interest

grounded if in_transit

grounded if public
