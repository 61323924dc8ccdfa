# PIPA: what holds wherever the data are. Sensitive data, identifiers, children, outsourcing, training.
package guard.instruments.kr_pipa

import data.guard.lib

delicate := lib.sensitive("kr_pipa")

resident_numbers contains category.id if {
	some category in input.transfer.categories
	category.id == "identity.national_number"
	category.id in lib.personal
}

children contains category.id if {
	some category in input.transfer.categories
	category.id in lib.personal
	"child_data" in category.classes
}

# METADATA
# title: Sensitive data and unique identifiers
# description: >-
#   Data on belief, politics, union membership, health, sex life, genes, convictions, biometric features or
#   origin, and passport, licence and other unique numbers, need a separate consent or a statute.
# custom:
#   id: kr_pipa.sensitive_consent
#   kind: barrier
#   cites: ["PIPA Art. 23(1)", "PIPA Art. 24(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.sensitive_consent",
	"instrument": "kr_pipa",
	"categories": sort(delicate),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(delicate) > 0
	not lib.declared("kr_pipa.sensitive_consent")
	lib.in_force("kr_pipa.sensitive_consent")
}

# METADATA
# title: Resident registration numbers
# description: >-
#   A national number is among the data. Resident registration numbers may be processed only where a statute says so;
#   consent is no ground. The tool does not tell whose country's number it is.
# custom:
#   id: kr_pipa.resident_number
#   kind: barrier
#   cites: ["PIPA Art. 24-2(1)"]
#   since: "2023-09-15"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.resident_number",
	"instrument": "kr_pipa",
	"categories": sort(resident_numbers),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	count(resident_numbers) > 0
	not lib.declared("kr_pipa.resident_number_statute")
	lib.in_force("kr_pipa.resident_number")
}

# METADATA
# title: Children under 14
# description: >-
#   The data of a child under 14 need the consent of its legal representative.
# custom:
#   id: kr_pipa.guardian_consent
#   kind: barrier
#   cites: ["PIPA Art. 22-2(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.guardian_consent",
	"instrument": "kr_pipa",
	"categories": sort(children),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(children) > 0
	not lib.declared("kr_pipa.guardian_consent")
	lib.in_force("kr_pipa.guardian_consent")
}

# METADATA
# title: Persons whom the purpose does not concern
# description: >-
#   The data are also about persons for whom the purpose does not arise. Collecting and providing are limited to
#   the minimum that the purpose needs.
# custom:
#   id: kr_pipa.unrelated_persons
#   kind: barrier
#   cites: ["PIPA Art. 3(1)", "PIPA Art. 16(1)", "PIPA Art. 18(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.unrelated_persons",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	concerned
	unrelated
	lib.in_force("kr_pipa.unrelated_persons")
}

# METADATA
# title: Keep what was transferred on record
# description: >-
#   What goes abroad, to which country and recipient, on which ground and for how long has to be disclosed and
#   accounted for.
# custom:
#   id: kr_pipa.transfer_record
#   kind: obligation
#   cites: ["PIPA Art. 28-8(2)", "PIPA Art. 30(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "kr_pipa.transfer_record",
	"instrument": "kr_pipa",
	"days": 0,
	"declaration": "none",
} if {
	moved
	lib.in_force("kr_pipa.transfer_record")
}

# METADATA
# title: Agree on protective measures with the recipient abroad
# description: >-
#   Whatever the ground, the operator and the recipient abroad take protective measures, deal with complaints
#   and put both into their contract. This tool does not check that.
# custom:
#   id: kr_pipa.recipient_measures
#   kind: advice
#   cites: ["PIPA Art. 28-8(4)", "PIPA Enforcement Decree Art. 29-10"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "kr_pipa.recipient_measures", "instrument": "kr_pipa"} if {
	moved
	lib.recipient
	lib.in_force("kr_pipa.recipient_measures")
}
