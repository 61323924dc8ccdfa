# Cal. Civ. Code 1798.100 ff.: personal information of Californians for service providers and third parties.

# METADATA
# scope: package
# title: California Consumer Privacy Act
# description: >-
#   Applies when the data are about persons in California, or the operator declares that it is a business under the
#   Act. There is no rule on transfers abroad; what counts is which contract binds the recipient, what consumers
#   were told and have opted out of, and, from 2027, decisions by automated technology.
# custom:
#   cites: ["Cal. Civ. Code 1798.100 ff.", "11 CCR 7000 ff."]
#   omits:
#     - "Requests of consumers for access, deletion and correction (1798.105 to 1798.130)"
#     - "Exemptions for data under other laws (1798.145), such as HIPAA and the FCRA"
#     - "Publicly available information (1798.140(v)(2))"
#     - "Cybersecurity audits (11 CCR 7120 ff.) and the content of risk assessments (11 CCR 7150 ff.)"
package guard.instruments.us_ca_ccpa

import data.guard.lib

sensitive := lib.sensitive("us_ca_ccpa")

bound if not lib.declared("us_ca_ccpa.not_a_business")

disclosed if {
	bound
	count(lib.personal) > 0
	lib.recipient
}

serviced if {
	lib.in_force("us_ca_ccpa.service_provider")
	disclosed
	input.destination.role in {"processor", "unknown"}
	lib.on_file("ccpa_service_provider")
}

# METADATA
# title: No personal information
# description: Nothing is about a consumer or household, or all of it has been redacted.
# custom:
#   id: us_ca_ccpa.no_personal_information
#   kind: exemption
#   cites: ["Cal. Civ. Code 1798.140(v)", "Cal. Civ. Code 1798.140(m)"]
#   since: "2020-01-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_ca_ccpa.no_personal_information",
	"instrument": "us_ca_ccpa",
	"mechanism": "no_personal_data",
	"authority": "Cal. Civ. Code 1798.140(v)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("us_ca_ccpa.no_personal_information")
	count(lib.personal) == 0
}

# METADATA
# title: The operator is no business under the Act
# description: The operator declares that it meets none of the thresholds and is not controlled by one that does.
# custom:
#   id: us_ca_ccpa.not_a_business
#   kind: exemption
#   cites: ["Cal. Civ. Code 1798.140(d)"]
#   since: "2020-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_ca_ccpa.not_a_business",
	"instrument": "us_ca_ccpa",
	"mechanism": "out_of_scope",
	"authority": "Cal. Civ. Code 1798.140(d)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_ca_ccpa.not_a_business")
	not bound
}

# METADATA
# title: The data stay with the business
# description: Nobody else receives the data, so nothing is sold, shared or disclosed.
# custom:
#   id: us_ca_ccpa.own_systems
#   kind: exemption
#   cites: ["Cal. Civ. Code 1798.140(ad), (ah)"]
#   since: "2020-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_ca_ccpa.own_systems",
	"instrument": "us_ca_ccpa",
	"mechanism": "own_systems",
	"authority": "Cal. Civ. Code 1798.140(ad)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_ca_ccpa.own_systems")
	not lib.recipient
}

# METADATA
# title: A service provider under contract
# description: >-
#   The recipient works for the business, and a contract bars it from selling, sharing or using the data for
#   anything but the specified purposes, so the disclosure is no sale.
# custom:
#   id: us_ca_ccpa.service_provider
#   kind: permit
#   cites: ["Cal. Civ. Code 1798.100(d)", "Cal. Civ. Code 1798.140(ag)", "11 CCR 7051"]
#   since: "2020-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_ca_ccpa.service_provider",
	"instrument": "us_ca_ccpa",
	"mechanism": "service_provider_contract",
	"authority": "Cal. Civ. Code 1798.140(ag)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	serviced
}

# METADATA
# title: No contract with the recipient
# description: >-
#   Personal information would go to a recipient that no contract of the Act binds. That may be a sale or a sharing,
#   to which consumers could object.
# custom:
#   id: us_ca_ccpa.no_contract
#   kind: barrier
#   cites: ["Cal. Civ. Code 1798.100(d)", "Cal. Civ. Code 1798.120", "Cal. Civ. Code 1798.140(ad), (ag)"]
#   since: "2020-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_ca_ccpa.no_contract",
	"instrument": "us_ca_ccpa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact"],
	"confine": [],
} if {
	lib.in_force("us_ca_ccpa.no_contract")
	disclosed
	not serviced
	not contracted
}

# METADATA
# title: A service provider that trains on the data
# description: >-
#   A service provider may improve the services that it provides to the business, but not use the data for others.
#   Whether training its models is the one or the other is to be looked at in the contract. The recipient trains, or
#   does not say that it does not.
# custom:
#   id: us_ca_ccpa.provider_trains
#   kind: barrier
#   cites: ["11 CCR 7050(a)", "Cal. Civ. Code 1798.140(ag)(1)"]
#   since: "2023-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_ca_ccpa.provider_trains",
	"instrument": "us_ca_ccpa",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("us_ca_ccpa.provider_trains")
	serviced
	not contracted
	input.destination.training_use != "no"
}

# METADATA
# title: Sensitive personal information for more than what was asked for
# description: >-
#   Sensitive personal information would be used for analytics, telemetry or training. Consumers may limit its use
#   to what is necessary for the goods or services that they asked for; nothing says that this is within it.
# custom:
#   id: us_ca_ccpa.sensitive_use
#   kind: barrier
#   cites: ["Cal. Civ. Code 1798.121", "Cal. Civ. Code 1798.140(ae)", "11 CCR 7027"]
#   since: "2023-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_ca_ccpa.sensitive_use",
	"instrument": "us_ca_ccpa",
	"categories": sort(sensitive),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("us_ca_ccpa.sensitive_use")
	bound
	input.transfer.purpose in {"analytics", "telemetry", "training"}
	count(sensitive) > 0
	not lib.declared("us_ca_ccpa.sensitive_use_limited")
}

# METADATA
# title: Significant decisions by automated technology
# description: >-
#   Where automated technology takes significant decisions about consumers, on work, education, credit, insurance
#   or essential services, the business gives notice before use, offers an opt-out and explains on request.
# custom:
#   id: us_ca_ccpa.automated_decisions
#   kind: obligation
#   cites: ["11 CCR 7200", "11 CCR 7220", "11 CCR 7221", "11 CCR 7222"]
#   since: "2027-01-01"
#   confidence: high
#   source: https://thinkautomated.io/news/new-us-state-ai-laws-now-in-effect-compliance-playbook-for-2026
obligations contains {
	"do": "notice",
	"rule": "us_ca_ccpa.automated_decisions",
	"instrument": "us_ca_ccpa",
	"days": 0,
	"declaration": "us_ca_ccpa.automated_decision_safeguards",
} if {
	lib.in_force("us_ca_ccpa.automated_decisions")
	bound
	count(lib.personal) > 0
	input.transfer.purpose == "inference"
	input.transfer.use_case in significant
}

significant := {"education_vocational", "employment_workers", "essential_services_credit_insurance_benefits"}

# METADATA
# title: A risk assessment is due
# description: >-
#   Processing sensitive personal information, selling or sharing, and training automated technology for
#   significant decisions call for a risk assessment before they begin.
# custom:
#   id: us_ca_ccpa.risk_assessment
#   kind: advice
#   cites: ["11 CCR 7150"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://thinkautomated.io/news/new-us-state-ai-laws-now-in-effect-compliance-playbook-for-2026
advice contains {"rule": "us_ca_ccpa.risk_assessment", "instrument": "us_ca_ccpa"} if {
	lib.in_force("us_ca_ccpa.risk_assessment")
	bound
	assessable
}

assessable if count(sensitive) > 0

assessable if contracted
