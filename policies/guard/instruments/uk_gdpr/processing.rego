# What the UK GDPR asks of the processing itself: minimisation, special categories, children, automated decisions and
# the processor.
package guard.instruments.uk_gdpr

import data.guard.lib

special contains category.id if {
	some category in input.transfer.categories
	category.id in subjects
	some class in category.classes
	class != "criminal_convictions"
	data.tables.sensitive.uk_gdpr[class]
}

criminal contains category.id if {
	some category in input.transfer.categories
	category.id in subjects
	"criminal_convictions" in category.classes
}

# METADATA
# title: Direct identifiers that the purpose does not need
# description: >-
#   Names, addresses, numbers and the like would leave in the clear for a purpose that seldom needs them. Take them
#   out, replace them, or declare that this use needs them.
# custom:
#   id: uk_gdpr.minimisation
#   kind: barrier
#   cites: ["UK GDPR Art. 5(1)(c)", "UK GDPR Art. 25(1)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.minimisation",
	"instrument": "uk_gdpr",
	"categories": sort(lib.direct),
	"remedies": ["declare", "pseudonymise", "redact"],
	"confine": [],
} if {
	count(lib.direct) > 0
	count(subjects) > 0
	lib.recipient
	input.transfer.purpose in {"analytics", "embedding", "evaluation", "inference", "training"}
	not lib.declared("uk_gdpr.identifiers_needed")
	lib.in_force("uk_gdpr.minimisation")
}

# METADATA
# title: Special category data
# description: >-
#   Data on health, origin, belief, politics, union membership, genes, biometrics, sex life or orientation need a
#   condition of Art. 9(2), and often one of Schedule 1 to the Data Protection Act 2018. None is declared.
# custom:
#   id: uk_gdpr.special_categories
#   kind: barrier
#   cites: ["UK GDPR Art. 9(1)", "UK GDPR Art. 9(2)", "DPA 2018 s. 10, Sch. 1"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.special_categories",
	"instrument": "uk_gdpr",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(special) > 0
	not lib.declared("uk_gdpr.art9_condition")
	lib.in_force("uk_gdpr.special_categories")
}

# METADATA
# title: Criminal offence data
# description: >-
#   Data on criminal convictions and offences may be processed only under official authority or under a condition of
#   Schedule 1 to the Data Protection Act 2018. None is declared.
# custom:
#   id: uk_gdpr.criminal_offences
#   kind: barrier
#   cites: ["UK GDPR Art. 10", "DPA 2018 s. 10(5), Sch. 1"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.criminal_offences",
	"instrument": "uk_gdpr",
	"categories": sort(criminal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	count(criminal) > 0
	not lib.declared("uk_gdpr.art10_condition")
	lib.in_force("uk_gdpr.criminal_offences")
}

# METADATA
# title: No processor terms on file
# description: >-
#   A processor may handle personal data only under a contract with the terms of Art. 28(3). None is on file for
#   this recipient. A recipient whose role is unknown is treated like a processor.
# custom:
#   id: uk_gdpr.processor_terms
#   kind: barrier
#   cites: ["UK GDPR Art. 28(3)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.processor_terms",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact"],
	"confine": [],
} if {
	count(subjects) > 0
	input.destination.role in {"processor", "unknown"}
	not own_data
	not lib.on_file("uk_dpa_art28")
	not lib.on_file("dpa_art28")
	lib.in_force("uk_gdpr.processor_terms")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. That is a purpose of its
#   own beyond the operator's instructions.
# custom:
#   id: uk_gdpr.training_use
#   kind: barrier
#   cites: ["UK GDPR Art. 5(1)(b)", "UK GDPR Art. 28(3)(a)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.training_use",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	count(subjects) > 0
	lib.recipient
	input.destination.training_use != "no"
	lib.in_force("uk_gdpr.training_use")
}

# METADATA
# title: Keep a record of the processing
# description: >-
#   The recipient, the categories of data and persons, the countries and the safeguards belong in the records of
#   processing activities.
# custom:
#   id: uk_gdpr.processing_record
#   kind: obligation
#   cites: ["UK GDPR Art. 30(1)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "uk_gdpr.processing_record",
	"instrument": "uk_gdpr",
	"days": 0,
	"declaration": "none",
} if {
	count(subjects) > 0
	lib.in_force("uk_gdpr.processing_record")
}

# METADATA
# title: Lawful basis not declared
# description: >-
#   Personal data go to another party, and it is not declared on which ground of Art. 6(1) that rests.
# custom:
#   id: uk_gdpr.lawful_basis_not_declared
#   kind: advice
#   cites: ["UK GDPR Art. 6(1)", "UK GDPR Art. 5(2)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "uk_gdpr.lawful_basis_not_declared", "instrument": "uk_gdpr"} if {
	lib.recipient
	not lib.declared("uk_gdpr.lawful_basis")
	count(subjects) > 0
	lib.in_force("uk_gdpr.lawful_basis_not_declared")
}

# METADATA
# title: Foreign authorities can reach the operator
# description: >-
#   The operator or its parent is subject to the law of another country, whose authorities may order it to hand over
#   data wherever they are stored. Weigh it in the transfer risk assessment.
# custom:
#   id: uk_gdpr.foreign_orders
#   kind: advice
#   cites: ["UK GDPR Art. 46(1A)", "18 U.S.C. 2713"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "uk_gdpr.foreign_orders", "instrument": "uk_gdpr"} if {
	count(subjects) > 0
	lib.recipient
	lib.in_force("uk_gdpr.foreign_orders")
	some owner in {lib.country(input.destination.operator), lib.country(input.destination.parent)}
	not data.tables.territories.uk_gdpr[owner]
}
