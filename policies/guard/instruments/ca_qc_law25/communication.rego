# CQLR c P-39.1 s. 8, 12, 12.1, 17 and 18.3: communicating personal information outside Quebec.

# METADATA
# scope: package
# title: Act respecting the protection of personal information in the private sector (Quebec)
# description: >-
#   Applies to enterprises in Quebec and to persons there. Before information is communicated outside Quebec, to another
#   province as much as to another country, its privacy is assessed, and a written agreement takes up the result. A
#   place that names Canada without the province is not known to be Quebec.
# custom:
#   cites: ["CQLR c P-39.1, as amended by Law 25 (SQ 2021 c. 25)"]
#   omits:
#     - "s. 3.1 to 3.8: governance, incidents and assessments other than of a communication"
#     - "s. 4 to 14: purposes, form of consent and lawful uses are the operator's word"
#     - "s. 17 par. 4, s. 18: communications without consent that need no assessment"
#     - "s. 23, 27 to 40: anonymisation standards, access and portability"
#     - "s. 44, 45 of the Act on information technology: biometric databases"
package guard.instruments.ca_qc_law25

import data.guard.lib

# Locations as they are written: here the province counts, and `CA` alone may be any of them.
named contains place if some place in input.destination.storage

named contains place if some place in input.destination.processing

named contains place if some place in input.destination.access

own_device if {
	lib.stays
	every place in named {
		place in {"CA-QC", "unknown", input.transfer.origin}
	}
}

outside contains place if {
	not own_device
	some place in named
	not data.tables.territories.ca_qc_law25[place]
}

communicated if {
	count(lib.personal) > 0
	count(outside) > 0
}

sensitive := lib.sensitive("ca_qc_law25")

home := sort([place | some place, inside in data.tables.territories.ca_qc_law25; inside])

# METADATA
# title: No personal information leaves Quebec
# description: >-
#   No personal information is left, or it is stored, processed and seen in Quebec only, or it stays on the operator's
#   own device.
# custom:
#   id: ca_qc_law25.within_quebec
#   kind: exemption
#   cites: ["CQLR c P-39.1 s. 2", "CQLR c P-39.1 s. 17"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_qc_law25.within_quebec",
	"instrument": "ca_qc_law25",
	"mechanism": "within_territory",
	"authority": "CQLR c P-39.1 s. 17",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ca_qc_law25.within_quebec")
	not communicated
}

# METADATA
# title: Privacy was assessed and agreed upon
# description: >-
#   The assessment of this communication finds adequate protection in view of sensitivity, purposes, measures and the
#   legal framework there, and a written agreement takes up its results.
# custom:
#   id: ca_qc_law25.assessed
#   kind: permit
#   cites: ["CQLR c P-39.1 s. 17"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ca_qc_law25.assessed",
	"instrument": "ca_qc_law25",
	"mechanism": "impact_assessment",
	"authority": "CQLR c P-39.1 s. 17",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	communicated
	assessed
	agreed
}

# The legal framework of a place that nobody names cannot have been assessed.
assessed if {
	lib.in_force("ca_qc_law25.assessed")
	lib.places_named
	lib.on_file("ca_qc_assessment")
}

agreed if {
	lib.in_force("ca_qc_law25.assessed")
	lib.on_file("ca_qc_agreement")
}

# Nobody makes an agreement with itself: an enterprise's own place elsewhere is assessed.
agreed if not lib.recipient

# METADATA
# title: Privacy was not assessed before the communication
# description: >-
#   Information would leave Quebec for another province or country without an assessment that finds adequate
#   protection, or to a place that is not named.
# custom:
#   id: ca_qc_law25.not_assessed
#   kind: barrier
#   cites: ["CQLR c P-39.1 s. 17"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_qc_law25.not_assessed",
	"instrument": "ca_qc_law25",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ca_qc_law25.not_assessed")
	communicated
	not assessed
}

# METADATA
# title: No written agreement on the communication
# description: >-
#   Information would leave Quebec without a written agreement that takes up the assessment and how its risks are met.
# custom:
#   id: ca_qc_law25.no_agreement
#   kind: barrier
#   cites: ["CQLR c P-39.1 s. 17"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_qc_law25.no_agreement",
	"instrument": "ca_qc_law25",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ca_qc_law25.no_agreement")
	communicated
	not agreed
}

# METADATA
# title: A mandate within Quebec without a written contract
# description: >-
#   A recipient in Quebec gets information to carry out a mandate, or its role is not known, and no contract in writing
#   names the measures, the purposes and the end.
# custom:
#   id: ca_qc_law25.mandate_without_contract
#   kind: barrier
#   cites: ["CQLR c P-39.1 s. 18.3"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_qc_law25.mandate_without_contract",
	"instrument": "ca_qc_law25",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ca_qc_law25.mandate_without_contract")
	count(lib.personal) > 0
	count(outside) == 0
	input.destination.role in {"processor", "unknown"}
	not agreed
}

# METADATA
# title: The recipient uses the information for itself
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A mandatary uses information
#   for the mandate only, and other use needs consent.
# custom:
#   id: ca_qc_law25.training_use
#   kind: barrier
#   cites: ["CQLR c P-39.1 s. 18.3", "CQLR c P-39.1 s. 13"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_qc_law25.training_use",
	"instrument": "ca_qc_law25",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ca_qc_law25.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}

# METADATA
# title: Sensitive information without express consent
# description: >-
#   Medical, biometric, financial or otherwise intimate information is used and communicated with express consent or
#   where the Act allows it without.
# custom:
#   id: ca_qc_law25.sensitive_information
#   kind: barrier
#   cites: ["CQLR c P-39.1 s. 12", "CQLR c P-39.1 s. 13"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ca_qc_law25.sensitive_information",
	"instrument": "ca_qc_law25",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("ca_qc_law25.sensitive_information")
	count(sensitive) > 0
	not lib.declared("ca_qc_law25.sensitive_consent")
}

# METADATA
# title: Tell persons that information may leave Quebec
# description: When information is collected, persons are told that it could be communicated outside Quebec.
# custom:
#   id: ca_qc_law25.outside_notice
#   kind: obligation
#   cites: ["CQLR c P-39.1 s. 8"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "ca_qc_law25.outside_notice",
	"instrument": "ca_qc_law25",
	"days": 0,
	"declaration": "ca_qc_law25.outside_quebec_told",
} if {
	lib.in_force("ca_qc_law25.outside_notice")
	communicated
}

# METADATA
# title: Tell persons of decisions that rest on automation alone
# description: >-
#   A person about whom a decision was made by automated processing alone is told at the latest with the decision, and
#   may have the reasons and a review.
# custom:
#   id: ca_qc_law25.automated_decision_notice
#   kind: obligation
#   cites: ["CQLR c P-39.1 s. 12.1"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "ca_qc_law25.automated_decision_notice",
	"instrument": "ca_qc_law25",
	"days": 0,
	"declaration": "ca_qc_law25.automated_decisions_told",
} if {
	lib.in_force("ca_qc_law25.automated_decision_notice")
	count(lib.personal) > 0
	lib.declared("ca_qc_law25.automated_decisions")
}

# METADATA
# title: Canada is not Quebec
# description: >-
#   The destination names Canada and no province. If everything stays in Quebec, have the destination say so with its
#   code, CA-QC; otherwise the assessment covers the other provinces too.
# custom:
#   id: ca_qc_law25.province_not_named
#   kind: advice
#   cites: ["CQLR c P-39.1 s. 17"]
#   since: "2023-09-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "ca_qc_law25.province_not_named", "instrument": "ca_qc_law25"} if {
	lib.in_force("ca_qc_law25.province_not_named")
	communicated
	"CA" in outside
}
