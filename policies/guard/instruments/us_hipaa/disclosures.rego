# 45 CFR Part 164 Subpart E: may a covered entity give health information to this recipient?

# METADATA
# scope: package
# title: Privacy Rule of the Health Insurance Portability and Accountability Act
# description: >-
#   Applies when the operator declares that it is a covered entity or a business associate; nothing that is found
#   can show that. What relates to a person is then taken to be protected health information until the identifiers
#   of the safe harbor are out. The rule knows no localisation.
# custom:
#   cites: ["45 CFR Parts 160 and 164"]
#   omits:
#     - "Subpart C (security safeguards) beyond the agreement with the recipient"
#     - "45 CFR 164.502(b) (minimum necessary) other than as part of a declaration"
#     - "45 CFR 164.528 (accounting of disclosures), Subpart D (breach notification)"
#     - "42 CFR Part 2 (substance use disorder records) and stricter law of the states"
package guard.instruments.us_hipaa

import data.guard.lib

disclosed if {
	count(remaining) > 0
	not determined
	lib.recipient
}

# The expert's word covers what is declared, not what was found.
determined if {
	lib.declared("us_hipaa.expert_determination")
	every category in input.transfer.categories {
		category.found == false
	}
}

# METADATA
# title: No identifiable health information
# description: >-
#   Nothing is about a person, or every identifier of the safe harbor has been redacted. Pseudonyms derived from
#   identifiers are identifying codes and do not count as redacted.
# custom:
#   id: us_hipaa.de_identified
#   kind: exemption
#   cites: ["45 CFR 164.502(d)", "45 CFR 164.514(b)(2)"]
#   since: "2003-04-14"
#   confidence: high
#   source: http://www.hipaa.ohio.gov/privacyrule/sec3c.htm
permits contains {
	"rule": "us_hipaa.de_identified",
	"instrument": "us_hipaa",
	"mechanism": "no_personal_data",
	"authority": "45 CFR 164.514(b)(2)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("us_hipaa.de_identified")
	count(remaining) == 0
}

# METADATA
# title: An expert has determined that the data are de-identified
# description: >-
#   A documented determination says that the risk of identification is very small. It covers what the operator
#   declares; what a detector found in the text was not part of it.
# custom:
#   id: us_hipaa.expert_determination
#   kind: exemption
#   cites: ["45 CFR 164.514(b)(1)"]
#   since: "2003-04-14"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_hipaa.expert_determination",
	"instrument": "us_hipaa",
	"mechanism": "no_personal_data",
	"authority": "45 CFR 164.514(b)(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("us_hipaa.expert_determination")
	determined
}

# METADATA
# title: The data stay on the entity's own systems
# description: Nobody outside the covered entity receives them, so nothing is disclosed.
# custom:
#   id: us_hipaa.own_systems
#   kind: exemption
#   cites: ["45 CFR 160.103", "45 CFR 164.502(a)"]
#   since: "2003-04-14"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_hipaa.own_systems",
	"instrument": "us_hipaa",
	"mechanism": "own_systems",
	"authority": "45 CFR 160.103",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("us_hipaa.own_systems")
	not lib.recipient
}

# METADATA
# title: A business associate agreement is on file
# description: The recipient works for the entity as its business associate and is bound by an agreement.
# custom:
#   id: us_hipaa.business_associate
#   kind: permit
#   cites: ["45 CFR 164.502(e)", "45 CFR 164.504(e)"]
#   since: "2003-04-14"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_hipaa.business_associate",
	"instrument": "us_hipaa",
	"mechanism": "business_associate_agreement",
	"authority": "45 CFR 164.504(e)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	associated
}

associated if {
	lib.in_force("us_hipaa.business_associate")
	disclosed
	input.destination.role in {"processor", "unknown"}
	lib.on_file("hipaa_baa")
}

# METADATA
# title: A limited data set under a data use agreement
# description: >-
#   Only dates, places and ages are left of the identifiers, and a data use agreement for research, public health
#   or health care operations is on file.
# custom:
#   id: us_hipaa.limited_data_set
#   kind: permit
#   cites: ["45 CFR 164.514(e)"]
#   since: "2003-04-14"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_hipaa.limited_data_set",
	"instrument": "us_hipaa",
	"mechanism": "data_use_agreement",
	"authority": "45 CFR 164.514(e)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	limited_set
}

limited_set if {
	lib.in_force("us_hipaa.limited_data_set")
	disclosed
	count(remaining - limited) == 0
	lib.on_file("hipaa_data_use_agreement")
}

# METADATA
# title: A permitted or authorised disclosure
# description: >-
#   The operator declares that the disclosure is permitted by the Privacy Rule, for instance for treatment, payment
#   or operations, or that every individual has authorised it.
# custom:
#   id: us_hipaa.permitted
#   kind: permit
#   cites: ["45 CFR 164.502(a)", "45 CFR 164.506", "45 CFR 164.508", "45 CFR 164.512"]
#   since: "2003-04-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_hipaa.permitted",
	"instrument": "us_hipaa",
	"mechanism": "permitted_disclosure",
	"authority": "45 CFR 164.502(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	allowed
}

# A vendor that works for the entity is a business associate, whatever the disclosure serves.
allowed if {
	lib.in_force("us_hipaa.permitted")
	disclosed
	input.destination.role == "controller"
	stated
}

stated if lib.declared("us_hipaa.permitted_disclosure")

stated if lib.declared("us_hipaa.authorisation")

# METADATA
# title: Health information to a recipient without agreement or permission
# description: >-
#   Identifiable health information would go to a recipient without a business associate agreement, a data use
#   agreement for a limited data set, a permission of the Privacy Rule, or authorisations.
# custom:
#   id: us_hipaa.no_agreement
#   kind: barrier
#   cites: ["45 CFR 164.502(a)", "45 CFR 164.502(e)", "45 CFR 164.504(e)"]
#   since: "2003-04-14"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_hipaa.no_agreement",
	"instrument": "us_hipaa",
	"categories": sort(remaining),
	"remedies": remedies,
	"confine": [],
} if {
	lib.in_force("us_hipaa.no_agreement")
	disclosed
	not associated
	not limited_set
	not allowed
}

# A permission or an authorisation opens a disclosure to others, not the work of a business associate; and an
# agreement binds nobody who has purposes of its own, unless the data are a limited data set.
default remedies := ["mechanism", "redact"]

remedies := ["consent", "declare", "redact"] if {
	input.destination.role == "controller"
	count(remaining - limited) > 0
}

remedies := ["consent", "declare", "mechanism", "redact"] if {
	input.destination.role == "controller"
	count(remaining - limited) == 0
}

# METADATA
# title: Agreements and policies are kept for six years
# description: The agreement with the recipient and the documentation of the disclosure are kept for six years.
# custom:
#   id: us_hipaa.records
#   kind: obligation
#   cites: ["45 CFR 164.530(j)", "45 CFR 164.316(b)(2)"]
#   since: "2003-04-14"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "us_hipaa.records",
	"instrument": "us_hipaa",
	"days": 2192,
	"declaration": "none",
} if {
	lib.in_force("us_hipaa.records")
	disclosed
}

# METADATA
# title: The provider trains on inputs, or does not say that it does not
# description: >-
#   A business associate may use health information only as the agreement says, so training of its own models on
#   it is for the agreement to allow or to bar.
# custom:
#   id: us_hipaa.provider_trains
#   kind: advice
#   cites: ["45 CFR 164.504(e)(2)(i)"]
#   since: "2003-04-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "us_hipaa.provider_trains", "instrument": "us_hipaa"} if {
	lib.in_force("us_hipaa.provider_trains")
	disclosed
	input.destination.training_use != "no"
}
