# GDPR Art. 9 and 10: data that may not be processed at all without an exception, wherever it happens.
package guard.instruments.eu_gdpr

import data.guard.lib

special contains category.id if {
	some category in input.transfer.categories
	category.id in subjects
	some class in category.classes
	class != "criminal_convictions"
	data.tables.sensitive.eu_gdpr[class]
}

criminal contains category.id if {
	some category in input.transfer.categories
	category.id in subjects
	"criminal_convictions" in category.classes
}

# METADATA
# title: Special categories of personal data
# description: >-
#   Data on health, origin, belief, politics, union membership, genes, biometrics, sex life or orientation may
#   not be processed unless the person has explicitly consented or another exception applies. Pseudonyms do
#   not change what the data say.
# custom:
#   id: eu_gdpr.special_categories
#   kind: barrier
#   cites: ["GDPR Art. 9(1)", "GDPR Art. 9(2)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.special_categories",
	"instrument": "eu_gdpr",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(special) > 0
	not lib.declared("eu_gdpr.art9_explicit_consent")
	not lib.declared("eu_gdpr.art9_other_exception")
	not exception_stated
	lib.in_force("eu_gdpr.special_categories")
}

exception_stated if input.transfer.facts.art9_basis

exception_stated if input.transfer.facts.explicit_consent == true

# METADATA
# title: Legitimate interests do not lift the prohibition
# description: >-
#   Special categories are to be processed on the ground of legitimate interests, and no exception of Art. 9(2) is
#   stated beside it. Art. 6(1)(f) alone does not lift the prohibition of Art. 9(1).
# custom:
#   id: eu_gdpr.special_categories_interests
#   kind: barrier
#   cites: ["GDPR Art. 9(1)", "GDPR Art. 9(2)", "EDPB Opinion 28/2024"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.special_categories_interests",
	"instrument": "eu_gdpr",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	stated
	interests
	count(special) > 0
	not exception_stated
	lib.in_force("eu_gdpr.special_categories_interests")
}

# METADATA
# title: Criminal convictions and offences
# description: >-
#   Data on criminal convictions and offences may be processed only under the control of official authority or
#   where Union or national law authorises it with safeguards.
# custom:
#   id: eu_gdpr.criminal_convictions
#   kind: barrier
#   cites: ["GDPR Art. 10"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.criminal_convictions",
	"instrument": "eu_gdpr",
	"categories": sort(criminal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	count(criminal) > 0
	not lib.declared("eu_gdpr.art10_authorised")
	lib.in_force("eu_gdpr.criminal_convictions")
}
