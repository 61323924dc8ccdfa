# What the GDPR asks of the recipient: terms, purpose, storage, who can order it to disclose.
package guard.instruments.eu_gdpr

import data.guard.lib

# METADATA
# title: No processor terms on file
# description: >-
#   A processor may handle personal data only under a contract with the terms of Art. 28(3). None is on file for
#   this recipient. The standard contractual clauses of 2021 contain these terms. A recipient whose role is
#   unknown is treated like a processor.
# custom:
#   id: eu_gdpr.processor_terms
#   kind: barrier
#   cites: ["GDPR Art. 28(3)", "Decision (EU) 2021/914 Rec. 9"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.processor_terms",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact"],
	"confine": [],
} if {
	count(subjects) > 0
	input.destination.role in {"processor", "unknown"}
	not data_subject_discloses
	not lib.on_file("dpa_art28")
	count(clauses_with_terms) == 0
	lib.in_force("eu_gdpr.processor_terms")
}

# The clauses of 2021 for processors contain the terms (Decision (EU) 2021/914 Rec. 9).
clauses_with_terms contains clauses if {
	some clauses in {"scc_2021_914", "scc_c2p", "scc_p2p"}
	lib.on_file(clauses)
	not misfit[clauses]
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. That is a purpose of
#   its own, beyond the operator's instructions and beyond what the data were collected for.
# custom:
#   id: eu_gdpr.training_use
#   kind: barrier
#   cites: ["GDPR Art. 5(1)(b)", "GDPR Art. 28(3)(a)", "GDPR Art. 28(10)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.training_use",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	count(subjects) > 0
	lib.recipient
	input.destination.training_use != "no"
	lib.in_force("eu_gdpr.training_use")
}

# METADATA
# title: Foreign authorities can reach the operator
# description: >-
#   The operator or its parent is subject to the law of a third country, whose authorities may order it to hand
#   over data wherever they are stored, as under the CLOUD Act of the United States. Such an order is
#   enforceable in the Union only under an international agreement. Location is not jurisdiction.
# custom:
#   id: eu_gdpr.foreign_orders
#   kind: advice
#   cites: ["GDPR Art. 48", "18 U.S.C. 2713"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.foreign_orders", "instrument": "eu_gdpr"} if {
	count(lib.personal) > 0
	lib.recipient
	lib.in_force("eu_gdpr.foreign_orders")
	some owner in {lib.country(input.destination.operator), lib.country(input.destination.parent)}
	not data.tables.territories.eu_gdpr[owner]
}

# METADATA
# title: How long the recipient keeps the data is not known
# description: >-
#   Personal data may be kept no longer than the purpose needs, and a processor deletes or returns them at the
#   end. The recipient's retention is not known.
# custom:
#   id: eu_gdpr.retention_unknown
#   kind: advice
#   cites: ["GDPR Art. 5(1)(e)", "GDPR Art. 28(3)(g)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.retention_unknown", "instrument": "eu_gdpr"} if {
	count(lib.personal) > 0
	lib.recipient
	input.destination.retention_days == -1
	lib.in_force("eu_gdpr.retention_unknown")
}

# METADATA
# title: Keep a record of the processing
# description: >-
#   The recipient, the categories of data and persons, the third countries and the safeguards belong in the
#   records of processing activities.
# custom:
#   id: eu_gdpr.processing_record
#   kind: obligation
#   cites: ["GDPR Art. 30(1)(c)-(e)", "GDPR Art. 30(2)(c)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "eu_gdpr.processing_record",
	"instrument": "eu_gdpr",
	"days": 0,
	"declaration": "none",
} if {
	count(subjects) > 0
	lib.in_force("eu_gdpr.processing_record")
}
