# UK GDPR Chapter V: restricted transfers and what carries them.
# Order of the law: adequacy regulations (Art. 45A), safeguards under the data protection test (Art. 46), Art. 49.
package guard.instruments.uk_gdpr

import data.guard.lib

# The data protection test: the standard of protection is not materially lower than in the United Kingdom. Before
# 5 February 2026 the assessment asked for essential equivalence; whoever passed that passes the test.
tested if {
	lib.on_file("uk_tra")
	not lib.on_file("tia_incomplete")
	not lib.on_file("measures_not_compensating")
	not input.transfer.facts.essential_equivalence_demonstrated == false
}

safeguarded_by contains safeguard if {
	tested
	lib.places_named
	some rule, safeguard in {
		"uk_gdpr.transfer_agreement": "uk_idta",
		"uk_gdpr.addendum": "uk_addendum",
		"uk_gdpr.binding_corporate_rules": "uk_bcr",
	}
	lib.in_force(rule)
	lib.on_file(safeguard)
}

# METADATA
# title: The International Data Transfer Agreement is executed
# description: >-
#   The agreement is executed with the receiver, the receiver says where it stores and processes, and a transfer
#   risk assessment found that the standard of protection is not materially lower.
# custom:
#   id: uk_gdpr.transfer_agreement
#   kind: permit
#   cites: ["UK GDPR Art. 46(1A)", "UK GDPR Art. 46(2)(d)", "DPA 2018 s. 119A", "Data (Use and Access) Act 2025 Sch. 7"]
#   since: "2022-03-21"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.transfer_agreement",
	"instrument": "uk_gdpr",
	"mechanism": "idta",
	"authority": "DPA 2018 s. 119A",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	safeguarded_by.uk_idta
}

# METADATA
# title: The Addendum to the EU clauses is executed
# description: >-
#   The UK Addendum is executed together with the clauses of the Commission, the receiver says where it stores and
#   processes, and a transfer risk assessment found that protection is not materially lower.
# custom:
#   id: uk_gdpr.addendum
#   kind: permit
#   cites: ["UK GDPR Art. 46(1A)", "UK GDPR Art. 46(2)(d)", "DPA 2018 s. 119A", "Data (Use and Access) Act 2025 Sch. 7"]
#   since: "2022-03-21"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.addendum",
	"instrument": "uk_gdpr",
	"mechanism": "addendum",
	"authority": "DPA 2018 s. 119A",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	safeguarded_by.uk_addendum
}

# METADATA
# title: UK binding corporate rules are on file
# description: >-
#   The receiver is bound by corporate rules that the Information Commissioner approved, and a transfer risk
#   assessment found that protection is not materially lower.
# custom:
#   id: uk_gdpr.binding_corporate_rules
#   kind: permit
#   cites: ["UK GDPR Art. 46(2)(b)", "UK GDPR Art. 47"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.binding_corporate_rules",
	"instrument": "uk_gdpr",
	"mechanism": "bcr",
	"authority": "UK GDPR Art. 47",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	safeguarded_by.uk_bcr
}

# A restricted transfer that neither regulations nor safeguards carry.
restricted_without_ground if {
	count(subjects) > 0
	count(abroad) > 0
	not unrestricted
	not adequate_everywhere
	count(safeguarded_by) == 0
}

exception_invoked if lib.declared("uk_gdpr.art49_exception")

exception_invoked if input.transfer.facts.derogation_claimed

repeated if input.transfer.facts.systematic == true

repeated if input.transfer.facts.occasional == false

exception_failed if repeated

exception_failed if input.transfer.facts.necessity_shown == false

exception_failed if {
	input.transfer.facts.derogation_claimed == "49(1)(a)"
	not input.transfer.facts.explicit_consent == true
}

exception_failed if {
	input.transfer.facts.derogation_claimed == "49(1)(a)"
	not input.transfer.facts.informed_of_risks == true
}

exception_failed if {
	input.transfer.facts.derogation_claimed == "49(1)(f)"
	not input.transfer.facts.life_threatening == true
}

# METADATA
# title: An exception for a specific situation is claimed
# description: >-
#   The operator declares that an exception of Art. 49 applies. Exceptions are for what is necessary and not the
#   rule, so a person has to confirm each use.
# custom:
#   id: uk_gdpr.exception
#   kind: permit
#   cites: ["UK GDPR Art. 49(1)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "uk_gdpr.exception",
	"instrument": "uk_gdpr",
	"mechanism": "exception",
	"authority": "UK GDPR Art. 49(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	exception_open
	lib.in_force("uk_gdpr.exception")
}

# METADATA
# title: An exception needs a person's confirmation
# description: >-
#   Whether the exception's conditions are met is assessed for each use and documented.
# custom:
#   id: uk_gdpr.exception_review
#   kind: barrier
#   cites: ["UK GDPR Art. 49(1)", "UK GDPR Art. 49(6)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.exception_review",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": confine,
} if {
	exception_open
	lib.in_force("uk_gdpr.exception_review")
}

exception_open if {
	exception_invoked
	restricted_without_ground
	not exception_failed
}

# METADATA
# title: The conditions of the exception are not met
# description: >-
#   An exception is claimed and the stated facts exclude it: the transfer is systematic or not necessary, consent
#   was not explicit and informed, or nobody's life is in danger.
# custom:
#   id: uk_gdpr.exception_not_met
#   kind: barrier
#   cites: ["UK GDPR Art. 49(1)", "UK GDPR Rec. 111"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.exception_not_met",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	exception_invoked
	restricted_without_ground
	exception_failed
	lib.in_force("uk_gdpr.exception_not_met")
}

# METADATA
# title: No ground for a restricted transfer
# description: >-
#   The data would reach a separate organisation abroad without adequacy regulations for it and without a transfer
#   agreement and risk assessment on file. Not knowing the country counts as abroad.
# custom:
#   id: uk_gdpr.no_transfer_ground
#   kind: barrier
#   cites: ["UK GDPR Art. 44A", "UK GDPR Art. 45A", "UK GDPR Art. 46"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "uk_gdpr.no_transfer_ground",
	"instrument": "uk_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": confine,
} if {
	restricted_without_ground
	not exception_invoked
	not on_site_unplaced
	lib.in_force("uk_gdpr.no_transfer_ground")
}

# METADATA
# title: From where the data can be reached is not known
# description: >-
#   The ground is a safeguard with an assessment of the countries named, and it is not known from which countries
#   the receiver's staff can look at the data. Access from a further country is a transfer to it: ask, and assess that
#   country too.
# custom:
#   id: uk_gdpr.access_unknown
#   kind: advice
#   cites: ["UK GDPR Art. 44A", "UK GDPR Art. 46(1A)"]
#   since: "2021-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "uk_gdpr.access_unknown", "instrument": "uk_gdpr"} if {
	lib.undisclosed(input.destination.access)
	count(subjects) > 0
	count(safeguarded_by) > 0
	lib.in_force("uk_gdpr.access_unknown")
}
