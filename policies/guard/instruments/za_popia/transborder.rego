# POPIA s. 72 and s. 57(1)(d): transborder flows from South Africa.

# METADATA
# scope: package
# title: Protection of Personal Information Act of South Africa
# description: >-
#   Applies to responsible parties in South Africa and to those who use means there. Covered are transborder flows, the
#   prior authorisation for special information and children, the authorisations to process them, and operators. The Act
#   protects companies too; what is found here is about natural persons.
# custom:
#   cites: ["Act 4 of 2013"]
#   omits:
#     - "s. 1: information about juristic persons, which the Act protects as well"
#     - "s. 8 to 18: lawfulness, purpose and notice are the responsible party's word"
#     - "s. 19 to 25: security, breaches, access"
#     - "s. 57(1)(a)-(c): prior authorisation for unique identifiers, criminal behaviour and credit reporting"
#     - "s. 69 to 71: direct marketing, directories, automated decisions"
package guard.instruments.za_popia

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.za_popia[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

special := lib.sensitive("za_popia")

children contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	"child_data" in category.classes
}

# METADATA
# title: No personal information leaves the Republic
# description: No personal information is left, or storage, processing and access are all in South Africa.
# custom:
#   id: za_popia.within_republic
#   kind: exemption
#   cites: ["POPIA s. 6(1)(b)", "POPIA s. 72(1)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.within_republic",
	"instrument": "za_popia",
	"mechanism": "within_territory",
	"authority": "POPIA s. 72(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("za_popia.within_republic")
	not transferred
}

# METADATA
# title: A law of adequate protection binds the recipient
# description: >-
#   It was assessed that the law of every country concerned upholds principles like those of the Act and limits onward
#   transfers. Every place has to be named.
# custom:
#   id: za_popia.adequate_law
#   kind: permit
#   cites: ["POPIA s. 72(1)(a)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.adequate_law",
	"instrument": "za_popia",
	"mechanism": "adequacy",
	"authority": "POPIA s. 72(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	adequate_law
}

adequate_law if {
	lib.in_force("za_popia.adequate_law")
	lib.places_named
	lib.on_file("za_adequate_law")
}

# METADATA
# title: Binding corporate rules
# description: The recipient belongs to the same group and is bound by rules of adequate protection.
# custom:
#   id: za_popia.corporate_rules
#   kind: permit
#   cites: ["POPIA s. 72(1)(a)", "POPIA s. 72(2)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.corporate_rules",
	"instrument": "za_popia",
	"mechanism": "binding_corporate_rules",
	"authority": "POPIA s. 72(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	ruled
}

ruled if {
	lib.in_force("za_popia.corporate_rules")
	lib.on_file("za_corporate_rules")
}

# METADATA
# title: A binding agreement of adequate protection
# description: An agreement binds the recipient to principles like those of the Act, onward transfers included.
# custom:
#   id: za_popia.agreement
#   kind: permit
#   cites: ["POPIA s. 72(1)(a)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.agreement",
	"instrument": "za_popia",
	"mechanism": "contract",
	"authority": "POPIA s. 72(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	agreed
}

agreed if {
	lib.in_force("za_popia.agreement")
	lib.on_file("za_agreement")
}

# METADATA
# title: Consent to the transfer
# description: Every data subject consented to the transfer.
# custom:
#   id: za_popia.consent
#   kind: permit
#   cites: ["POPIA s. 72(1)(b)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.consent",
	"instrument": "za_popia",
	"mechanism": "consent",
	"authority": "POPIA s. 72(1)(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	consented
}

consented if {
	lib.in_force("za_popia.consent")
	lib.declared("za_popia.transfer_consent")
}

# METADATA
# title: Needed for a contract with or for the data subject
# description: >-
#   A contract with the data subject, steps that it asked for, or a contract in its interest needs the transfer.
# custom:
#   id: za_popia.contract_necessity
#   kind: permit
#   cites: ["POPIA s. 72(1)(c)", "POPIA s. 72(1)(d)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.contract_necessity",
	"instrument": "za_popia",
	"mechanism": "derogation",
	"authority": "POPIA s. 72(1)(c)-(d)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	needed
}

needed if {
	lib.in_force("za_popia.contract_necessity")
	lib.declared("za_popia.contract_necessity")
}

grounded if adequate_law

grounded if ruled

grounded if agreed

grounded if consented

grounded if needed

# METADATA
# title: For the benefit of the data subject
# description: >-
#   The operator declares that the transfer benefits the data subject, whose consent cannot practicably be had and would
#   likely be given.
# custom:
#   id: za_popia.benefit
#   kind: permit
#   cites: ["POPIA s. 72(1)(e)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "za_popia.benefit",
	"instrument": "za_popia",
	"mechanism": "derogation",
	"authority": "POPIA s. 72(1)(e)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("za_popia.benefit")
	beneficial
}

beneficial if {
	transferred
	not grounded
	lib.declared("za_popia.benefit")
}

# METADATA
# title: The data subject's benefit is for a person to weigh
# description: >-
#   Whether consent is not practicable and would likely be given is a judgment on the case, so a person confirms it.
# custom:
#   id: za_popia.benefit_review
#   kind: barrier
#   cites: ["POPIA s. 72(1)(e)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "za_popia.benefit_review",
	"instrument": "za_popia",
	"categories": sort(lib.personal),
	"remedies": ["consent", "mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("za_popia.benefit_review")
	beneficial
}

# METADATA
# title: No ground for a transborder flow
# description: >-
#   Personal information would leave South Africa, and neither an adequate law, rules or agreement nor consent or a
#   contract that needs it is stated.
# custom:
#   id: za_popia.no_transfer_ground
#   kind: barrier
#   cites: ["POPIA s. 72(1)"]
#   since: "2021-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "za_popia.no_transfer_ground",
	"instrument": "za_popia",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("za_popia.no_transfer_ground")
	transferred
	not grounded
	not beneficial
}

home := sort([place | some place, inside in data.tables.territories.za_popia; inside])
