# PIPA Art. 28-8 to 28-10: may personal information leave Korea? Any one of five grounds suffices.
package guard.instruments.kr_pipa

import data.guard.lib

# METADATA
# title: The data subjects consented to the transfer
# description: >-
#   Every data subject consented to this transfer separately, after being told what goes where, when and how, to
#   whom, why, for how long, and how to refuse.
# custom:
#   id: kr_pipa.consent
#   kind: permit
#   cites: ["PIPA Art. 28-8(1)(1)", "PIPA Art. 28-8(2)"]
#   since: "2023-09-15"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
permits contains {
	"rule": "kr_pipa.consent",
	"instrument": "kr_pipa",
	"mechanism": "consent",
	"authority": "PIPA Art. 28-8(1)(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	consented
	lib.in_force("kr_pipa.consent")
}

# METADATA
# title: A law or treaty provides for the transfer
# description: >-
#   A law, a treaty or another international agreement has a special provision for this transfer.
# custom:
#   id: kr_pipa.law_or_treaty
#   kind: permit
#   cites: ["PIPA Art. 28-8(1)(2)"]
#   since: "2023-09-15"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
permits contains {
	"rule": "kr_pipa.law_or_treaty",
	"instrument": "kr_pipa",
	"mechanism": "law_or_treaty",
	"authority": "PIPA Art. 28-8(1)(2)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	provided_by_law
	lib.in_force("kr_pipa.law_or_treaty")
}

# METADATA
# title: Outsourcing or storage that a contract needs and that was made known
# description: >-
#   The data are entrusted or stored abroad because a contract with the data subject needs it, and the items of
#   the transfer stand in the privacy policy or were notified to the data subjects.
# custom:
#   id: kr_pipa.outsourcing
#   kind: permit
#   cites: ["PIPA Art. 28-8(1)(3)"]
#   since: "2023-09-15"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
permits contains {
	"rule": "kr_pipa.outsourcing",
	"instrument": "kr_pipa",
	"mechanism": "outsourcing",
	"authority": "PIPA Art. 28-8(1)(3)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	outsourced
	lib.in_force("kr_pipa.outsourcing")
}

# METADATA
# title: The recipient is certified
# description: >-
#   The recipient has the certification that the Commission designates and took the protective measures that it
#   asks for.
# custom:
#   id: kr_pipa.certification
#   kind: permit
#   cites: ["PIPA Art. 28-8(1)(4)"]
#   since: "2023-09-15"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
permits contains {
	"rule": "kr_pipa.certification",
	"instrument": "kr_pipa",
	"mechanism": "certification",
	"authority": "PIPA Art. 28-8(1)(4)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	certified
	lib.in_force("kr_pipa.certification")
}

# METADATA
# title: The Commission has recognised the protection as equivalent
# description: >-
#   Every country that the data would reach is covered by an equivalency recognition in force. The recognition
#   of the European Union leaves out resident registration numbers and personal credit information.
# custom:
#   id: kr_pipa.equivalency
#   kind: permit
#   cites: ["PIPA Art. 28-8(1)(5)"]
#   since: "2025-09-16"
#   confidence: high
#   source: https://biz.chosun.com/en/en-it/2025/09/16/DAI7M7I2DFCRZGCRJKEHUFT3ZI/?outputType=amp
permits contains {
	"rule": "kr_pipa.equivalency",
	"instrument": "kr_pipa",
	"mechanism": "adequacy",
	"authority": ground.authority,
	"valid_until": ground.valid_until,
	"confidence": lib.weakest(ground.confidence, input.destination.confidence),
} if {
	equivalent
	lib.in_force("kr_pipa.equivalency")
	some place in abroad
	some ground in recognised[place]
}

consented if {
	moved
	input.transfer.facts.consent_for_transfer == true
}

provided_by_law if {
	moved
	lib.declared("kr_pipa.transfer_by_law")
}

# The privacy policy or a notice to the data subjects: either suffices (Art. 28-8(1)(3)(a), (b)).
made_known if input.transfer.facts.disclosed_in_privacy_policy == true

made_known if input.transfer.facts.users_notified == true

# A recipient with purposes of its own is a third party, and this ground is not open to it.
outsourced if {
	moved
	input.destination.role in {"processor", "self"}
	made_known
	lib.declared("kr_pipa.needed_for_contract")
	not unrelated
}

unrelated if input.transfer.facts.includes_persons_unrelated_to_purpose == true

certified if {
	moved
	lib.on_file("kr_transfer_certification")
}

equivalent if {
	moved
	count(left_out) == 0
	every place in abroad {
		count(object.get(recognised, place, set())) > 0
	}
}

recognised[place] := rows if {
	some place in abroad
	rows := {row |
		some row in data.tables.adequacy.kr_pipa[place]
		row.revoked == false
		row.requires == "none"
		row.valid_from <= input.transfer.time
		input.transfer.time < row.valid_until
	}
}

# What the recognition does not cover. Whether a financial account is personal credit information is not
# asked: it is taken for it.
left_out contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	category.id == "identity.national_number"
}

left_out contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	"financial_account" in category.classes
}

grounded if consented

grounded if provided_by_law

grounded if outsourced

grounded if certified

grounded if equivalent
