# Privacy Act APP 1, 3 and 6: what holds wherever the data are.
package guard.instruments.au_privacy

import data.guard.lib

delicate := lib.sensitive("au_privacy")

# METADATA
# title: Sensitive information
# description: >-
#   Information on health, origin, politics, belief, membership, sexual orientation, convictions, genes and
#   biometrics needs consent, or an exception of the principles.
# custom:
#   id: au_privacy.sensitive_consent
#   kind: barrier
#   cites: ["Privacy Act 1988 APP 3.3", "Privacy Act 1988 APP 6.2"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "au_privacy.sensitive_consent",
	"instrument": "au_privacy",
	"categories": sort(delicate),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	count(delicate) > 0
	not lib.declared("au_privacy.sensitive_consent")
	lib.in_force("au_privacy.sensitive_consent")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. That is a secondary
#   purpose, which needs consent or the individual's reasonable expectation.
# custom:
#   id: au_privacy.training_use
#   kind: barrier
#   cites: ["Privacy Act 1988 APP 6.1", "OAIC Guidance on privacy and the use of commercially available AI products"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "au_privacy.training_use",
	"instrument": "au_privacy",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact", "relocate"],
	"confine": [],
} if {
	concerned
	lib.recipient
	input.destination.training_use != "no"
	not lib.declared("au_privacy.training_consent")
	lib.in_force("au_privacy.training_use")
}

# METADATA
# title: Say in the privacy policy that a program decides
# description: >-
#   Where a computer program uses personal information for decisions that may significantly affect persons, the
#   privacy policy says which information and which decisions.
# custom:
#   id: au_privacy.automated_decisions
#   kind: obligation
#   cites: ["Privacy Act 1988 APP 1.7", "Privacy Act 1988 APP 1.8"]
#   since: "2026-12-10"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "notice",
	"rule": "au_privacy.automated_decisions",
	"instrument": "au_privacy",
	"days": 0,
	"declaration": "au_privacy.automated_decisions_disclosed",
} if {
	concerned
	lib.declared("au_privacy.automated_decisions")
	lib.in_force("au_privacy.automated_decisions")
}

# METADATA
# title: Automated decisions go into the privacy policy
# description: >-
#   From 10 December 2026 the privacy policy has to say which computer programs decide, or substantially help to
#   decide, what significantly affects persons. Declare whether this is one.
# custom:
#   id: au_privacy.automated_decisions_from_december
#   kind: advice
#   cites: ["Privacy Act 1988 APP 1.7"]
#   since: "2026-09-11"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "au_privacy.automated_decisions_from_december", "instrument": "au_privacy"} if {
	concerned
	input.transfer.purpose == "inference"
	not lib.declared("au_privacy.automated_decisions")
	lib.in_force("au_privacy.automated_decisions_from_december")
}
