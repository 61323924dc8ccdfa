# Law 6698 Art. 9(6): occasional transfers.
package guard.instruments.tr_kvkk

import data.guard.lib

# METADATA
# title: An occasional transfer under an exception
# description: >-
#   The operator declares that the transfer is occasional and that a case such as informed explicit consent, a contract,
#   the public interest or a legal claim covers it.
# custom:
#   id: tr_kvkk.exception
#   kind: permit
#   cites: ["Law 6698 Art. 9(6)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tr_kvkk.exception",
	"instrument": "tr_kvkk",
	"mechanism": "derogation",
	"authority": "Law 6698 Art. 9(6)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("tr_kvkk.exception")
	excepted
}

excepted if {
	transferred
	not grounded
	lib.declared("tr_kvkk.occasional_exception")
}

# METADATA
# title: An occasional transfer needs a person's confirmation
# description: >-
#   Exceptions carry transfers that happen once or a few times, not in the ordinary course. A pipeline repeats, so a
#   person confirms each use.
# custom:
#   id: tr_kvkk.exception_review
#   kind: barrier
#   cites: ["Law 6698 Art. 9(6)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "tr_kvkk.exception_review",
	"instrument": "tr_kvkk",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("tr_kvkk.exception_review")
	excepted
}
