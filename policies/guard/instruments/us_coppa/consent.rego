# 16 CFR Part 312: personal information collected online from children under 13.

# METADATA
# scope: package
# title: Children's Online Privacy Protection Act
# description: >-
#   Applies when data of a child are declared or found and the operator or the child is in the United States. Every
#   personal datum of the transfer is then taken to be the child's, because nothing tells whose it is.
# custom:
#   cites: ["15 USC 6501-6506", "16 CFR Part 312"]
#   omits:
#     - "16 CFR 312.4 (notices), 312.6 (parents' rights), 312.10 (retention), 312.11 (safe harbor programmes)"
#     - "16 CFR 312.5(c) (exceptions to prior consent), such as support for internal operations"
#     - "Laws of the states on children and teenagers"
package guard.instruments.us_coppa

import data.guard.lib

directed if not lib.declared("us_coppa.not_directed_to_children")

concerned if {
	directed
	count(lib.personal) > 0
}

consented if {
	lib.in_force("us_coppa.parental_consent")
	lib.declared("us_coppa.parental_consent")
}

# METADATA
# title: No personal information of a child is left
# description: Nothing is about a person, or all of it has been redacted.
# custom:
#   id: us_coppa.no_personal_information
#   kind: exemption
#   cites: ["16 CFR 312.2"]
#   since: "2000-04-21"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_coppa.no_personal_information",
	"instrument": "us_coppa",
	"mechanism": "no_personal_data",
	"authority": "16 CFR 312.2",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_coppa.no_personal_information")
	count(lib.personal) == 0
}

# METADATA
# title: Not collected online from children
# description: >-
#   The operator declares that the service is not directed to children under 13 and that it has no actual knowledge
#   of having collected these data online from such a child.
# custom:
#   id: us_coppa.not_directed
#   kind: exemption
#   cites: ["16 CFR 312.2", "16 CFR 312.3"]
#   since: "2000-04-21"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_coppa.not_directed",
	"instrument": "us_coppa",
	"mechanism": "out_of_scope",
	"authority": "16 CFR 312.3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_coppa.not_directed")
	not directed
}

# METADATA
# title: Parents have consented
# description: A parent of every child was told and gave verifiable consent to this use and disclosure.
# custom:
#   id: us_coppa.parental_consent
#   kind: permit
#   cites: ["16 CFR 312.5"]
#   since: "2000-04-21"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_coppa.parental_consent",
	"instrument": "us_coppa",
	"mechanism": "parental_consent",
	"authority": "16 CFR 312.5",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	concerned
	consented
}

# METADATA
# title: Data of a child without verifiable parental consent
# description: >-
#   Personal information collected online from a child under 13 is collected, used or disclosed only with a
#   parent's verifiable consent.
# custom:
#   id: us_coppa.no_consent
#   kind: barrier
#   cites: ["16 CFR 312.3", "16 CFR 312.5"]
#   since: "2000-04-21"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_coppa.no_consent",
	"instrument": "us_coppa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("us_coppa.no_consent")
	concerned
	not consented
}

# METADATA
# title: The recipient has given no assurances
# description: >-
#   Children's data go only to a recipient that can keep them confidential and secure and has given written
#   assurances of it.
# custom:
#   id: us_coppa.no_assurance
#   kind: barrier
#   cites: ["16 CFR 312.8"]
#   since: "2026-04-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_coppa.no_assurance",
	"instrument": "us_coppa",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact"],
	"confine": [],
} if {
	lib.in_force("us_coppa.no_assurance")
	concerned
	lib.recipient
	not lib.on_file("coppa_recipient_assurance")
}

# METADATA
# title: Disclosure to third parties needs a consent of its own
# description: >-
#   Since the amendment of 2025, a disclosure that is not integral to the service, such as one for training
#   somebody's model, needs a separate consent of the parent.
# custom:
#   id: us_coppa.separate_consent
#   kind: advice
#   cites: ["16 CFR 312.5(a)(2)"]
#   since: "2026-04-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "us_coppa.separate_consent", "instrument": "us_coppa"} if {
	lib.in_force("us_coppa.separate_consent")
	concerned
	lib.recipient
}
