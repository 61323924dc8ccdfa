# GDPR Art. 46: instruments that carry a transfer where no adequacy decision does, once it was assessed that the law
# of the third country does not defeat them (CJEU C-311/18).
package guard.instruments.eu_gdpr

import data.guard.lib

# METADATA
# title: Standard contractual clauses are on file
# description: >-
#   The recipient has signed the Commission's standard contractual clauses in the module that fits the roles, a
#   transfer impact assessment is on file, and the recipient says where it stores and processes: an assessment of
#   an unknown country is none.
# custom:
#   id: eu_gdpr.standard_clauses
#   kind: permit
#   cites: ["GDPR Art. 46(2)(c)", "Decision (EU) 2021/914", "CJEU C-311/18"]
#   since: "2021-06-27"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.standard_clauses",
	"instrument": "eu_gdpr",
	"mechanism": "scc",
	"authority": "Decision (EU) 2021/914",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(clauses_of_2021 & safeguarded_by) > 0
	lib.in_force("eu_gdpr.standard_clauses")
}

clauses_of_2021 := {"scc_2021_914", "scc_c2c", "scc_c2p", "scc_p2p", "scc_p2c"}

# METADATA
# title: Standard contractual clauses of before 2021 are on file
# description: >-
#   The former clauses could be relied on until 27 December 2022 where the contract was concluded before 27 September
#   2021 and the processing did not change. From then on they carry nothing.
# custom:
#   id: eu_gdpr.former_clauses
#   kind: permit
#   cites: ["Decision 2010/87/EU", "Decision 2001/497/EC", "Decision (EU) 2021/914 Art. 4", "CJEU C-311/18"]
#   since: "2018-05-25"
#   until: "2022-12-27"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.former_clauses",
	"instrument": "eu_gdpr",
	"mechanism": "scc",
	"authority": "Decision (EU) 2021/914 Art. 4(4)",
	"valid_until": "2022-12-27",
	"confidence": input.destination.confidence,
} if {
	count({"scc_2010_87", "scc_c2c", "scc_c2p"} & safeguarded_by) > 0
	count(clauses_of_2021 & safeguarded_in_2021) == 0
	lib.in_force("eu_gdpr.former_clauses")
}

safeguarded_in_2021 contains safeguard if {
	lib.in_force("eu_gdpr.standard_clauses")
	some safeguard in safeguarded_by
}

# METADATA
# title: Binding corporate rules are on file
# description: >-
#   The recipient belongs to a group with approved binding corporate rules, and a transfer impact assessment of
#   the countries that it names is on file.
# custom:
#   id: eu_gdpr.binding_corporate_rules
#   kind: permit
#   cites: ["GDPR Art. 46(2)(b)", "GDPR Art. 47", "CJEU C-311/18"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.binding_corporate_rules",
	"instrument": "eu_gdpr",
	"mechanism": "bcr",
	"authority": "GDPR Art. 47",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	safeguarded_by.bcr
}

# METADATA
# title: An approved code of conduct or certification is on file
# description: >-
#   The recipient has made binding commitments under an approved code of conduct or certification, and a
#   transfer impact assessment of the countries that it names is on file.
# custom:
#   id: eu_gdpr.code_or_certification
#   kind: permit
#   cites: ["GDPR Art. 46(2)(e)", "GDPR Art. 46(2)(f)", "CJEU C-311/18"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.code_or_certification",
	"instrument": "eu_gdpr",
	"mechanism": "code_or_certification",
	"authority": "GDPR Art. 46(2)(e), (f)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	safeguarded_by.code_or_certification
}

# METADATA
# title: Another safeguard of Art. 46 is on file
# description: >-
#   Clauses that the supervisory authority authorised, or a binding instrument between public authorities, cover
#   the transfer, and an assessment of the countries that the recipient names is on file.
# custom:
#   id: eu_gdpr.other_safeguard
#   kind: permit
#   cites: ["GDPR Art. 46(2)(a)", "GDPR Art. 46(3)", "CJEU C-311/18"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.other_safeguard",
	"instrument": "eu_gdpr",
	"mechanism": "other_safeguard",
	"authority": "GDPR Art. 46(2)(a), (3)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count({"ad_hoc_clauses", "public_body_instrument"} & safeguarded_by) > 0
}

# Art. 46 safeguards that hold here: the instrument is on file and fits, the places are named, and protection is
# essentially equivalent.
safeguarded_by contains safeguard if {
	some safeguard in input.destination.safeguards
	some rule, known in instruments
	safeguard in known
	not misfit[safeguard]
	lib.in_force(rule)
	carries
}

carries if {
	lib.places_named
	equivalent
}

instruments := {
	"eu_gdpr.standard_clauses": clauses_of_2021,
	"eu_gdpr.former_clauses": {"scc_2010_87", "scc_c2c", "scc_c2p"},
	"eu_gdpr.binding_corporate_rules": {"bcr"},
	"eu_gdpr.code_or_certification": {"code_or_certification"},
	"eu_gdpr.other_safeguard": {"ad_hoc_clauses", "public_body_instrument"},
}

# Each module is for two roles (Decision (EU) 2021/914 Art. 1(1), Annex); with others it was not concluded at all.
misfit contains module if {
	input.transfer.principal.role == "processor"
	some module in {"scc_c2c", "scc_c2p", "scc_2010_87"}
}

misfit contains module if {
	input.transfer.principal.role != "processor"
	some module in {"scc_p2p", "scc_p2c"}
}

misfit contains module if {
	surely_controller
	some module in {"scc_c2p", "scc_p2p", "scc_2010_87"}
}

misfit contains module if {
	surely_processor
	some module in {"scc_c2c", "scc_p2c"}
}

# A parent, a consultant or a vendor may be the one or the other.
either_role := {
	"affiliate", "ai_provider", "consultant", "contractor", "data_intermediary", "organisation", "parent", "vendor",
}

role_open if input.transfer.facts.recipient_role in either_role

surely_controller if {
	input.destination.role == "controller"
	not role_open
}

surely_processor if {
	input.destination.role == "processor"
	not role_open
}

# METADATA
# title: The clauses on file do not fit the roles
# description: >-
#   Standard contractual clauses are on file, but in a module for other roles than those of sender and recipient.
#   They carry nothing until the right module is signed.
# custom:
#   id: eu_gdpr.wrong_module
#   kind: advice
#   cites: ["Decision (EU) 2021/914 Art. 1(1)", "GDPR Art. 46(2)(c)"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.wrong_module", "instrument": "eu_gdpr"} if {
	count(abroad) > 0
	lib.in_force("eu_gdpr.wrong_module")
	some module in misfit
	lib.on_file(module)
}

# METADATA
# title: Are the clauses meant for a recipient that is bound itself?
# description: >-
#   The recipient is subject to the Regulation for this processing, and the clauses of 2021 were adopted only for
#   recipients that are not. A person decides whether the contract nevertheless gives the safeguards of Art. 46.
# custom:
#   id: eu_gdpr.importer_bound_review
#   kind: barrier
#   cites: ["Decision (EU) 2021/914 Rec. 7", "EDPB Guidelines 05/2021"]
#   since: "2021-06-27"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.importer_bound_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	stated
	importer_bound
	not one_party
	count(abroad) > 0
	not adequate_everywhere
	count(safeguarded_by) > 0
	count(safeguarded_by - (clauses_of_2021 | {"scc_2010_87"})) == 0
	lib.in_force("eu_gdpr.importer_bound_review")
}

importer_bound if input.transfer.facts.importer_art3_2 == true

importer_bound if input.transfer.facts.importer_art3_2_targeting_eu == true

importer_bound if input.transfer.facts.importer_monitors_eu == true

importer_bound if input.transfer.facts.importer_eu_establishment == true

# METADATA
# title: From where the data can be reached is not known
# description: >-
#   The ground is a safeguard with an assessment of the countries named, and it is not known from which countries
#   the recipient's staff can look at the data. Access from a further country is a transfer to it: ask, and assess that
#   country too.
# custom:
#   id: eu_gdpr.access_unknown
#   kind: advice
#   cites: ["GDPR Art. 46(1)", "EDPB Guidelines 05/2021"]
#   since: "2018-05-25"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.access_unknown", "instrument": "eu_gdpr"} if {
	lib.undisclosed(input.destination.access)
	count(subjects) > 0
	count(safeguarded_by) > 0
	lib.in_force("eu_gdpr.access_unknown")
}
