# Regulations of 2001 reg. 3 and s. 8 of the Law: what the recipient undertakes, and what it may do.
package guard.instruments.il_ppl

import data.guard.lib

# METADATA
# title: The recipient gave no written undertaking
# description: >-
#   Whatever the ground, the recipient undertakes in writing to protect the data and to pass them to nobody else. No
#   such undertaking is on file.
# custom:
#   id: il_ppl.no_undertaking
#   kind: barrier
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 3"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "il_ppl.no_undertaking",
	"instrument": "il_ppl",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("il_ppl.no_undertaking")
	transferred
	lib.recipient
	not lib.on_file("il_undertaking")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. What is in a database is used
#   for the purpose for which the database was set up.
# custom:
#   id: il_ppl.training_use
#   kind: barrier
#   cites: ["Protection of Privacy Law 5741-1981 s. 2(9)", "Protection of Privacy Law 5741-1981 s. 8"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "il_ppl.training_use",
	"instrument": "il_ppl",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("il_ppl.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}

# METADATA
# title: Keep the undertaking with the transfer
# description: The recipient's undertaking and the ground of the transfer are kept.
# custom:
#   id: il_ppl.record
#   kind: obligation
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 3"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "il_ppl.record",
	"instrument": "il_ppl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("il_ppl.record")
	transferred
}
