# LGPD Art. 33(II) and Resolution CD/ANPD 19/2024: clauses and rules of the group.
package guard.instruments.br_lgpd

import data.guard.lib

# METADATA
# title: The standard clauses of the ANPD, word for word
# description: >-
#   The clauses of Annex II of the Resolution bind the recipient. They are taken over whole and without change; clauses
#   of the parties' own no longer do.
# custom:
#   id: br_lgpd.standard_clauses
#   kind: permit
#   cites: ["LGPD Art. 33(II)(b)", "Resolution CD/ANPD 19/2024 Annex II"]
#   since: "2024-08-23"
#   confidence: high
#   source: https://peckadv.com.br/en/encerramento-do-prazo-de-transicao-da-resolucao-anpd-no-19-sobre-transferencia-internacional-de-dados/
permits contains {
	"rule": "br_lgpd.standard_clauses",
	"instrument": "br_lgpd",
	"mechanism": "standard_clauses",
	"authority": "Resolution CD/ANPD 19/2024 Annex II",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	transferred
	standard_clauses
}

standard_clauses if {
	lib.in_force("br_lgpd.standard_clauses")
	lib.on_file("br_anpd_clauses")
}

# METADATA
# title: Clauses of the parties' own, until the deadline
# description: >-
#   A contract of the parties' own offers the guarantees of the Law. Until 23 August 2025 such contracts could be
#   replaced by the standard clauses; from that day they carry no transfer.
# custom:
#   id: br_lgpd.earlier_clauses
#   kind: permit
#   cites: ["LGPD Art. 33(II)", "Resolution CD/ANPD 19/2024 Art. 2"]
#   since: "2020-09-18"
#   until: "2025-08-23"
#   confidence: medium
#   source: https://peckadv.com.br/en/encerramento-do-prazo-de-transicao-da-resolucao-anpd-no-19-sobre-transferencia-internacional-de-dados/
permits contains {
	"rule": "br_lgpd.earlier_clauses",
	"instrument": "br_lgpd",
	"mechanism": "contract",
	"authority": "LGPD Art. 33(II)",
	"valid_until": "2025-08-23",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	earlier_clauses
}

earlier_clauses if {
	lib.in_force("br_lgpd.earlier_clauses")
	lib.on_file("br_earlier_clauses")
}

# METADATA
# title: Specific clauses approved by the ANPD
# description: The ANPD approved specific clauses for this transfer.
# custom:
#   id: br_lgpd.specific_clauses
#   kind: permit
#   cites: ["LGPD Art. 33(II)(a)", "LGPD Art. 35"]
#   since: "2024-08-23"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "br_lgpd.specific_clauses",
	"instrument": "br_lgpd",
	"mechanism": "specific_clauses",
	"authority": "LGPD Art. 33(II)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	specific_clauses
}

specific_clauses if {
	lib.in_force("br_lgpd.specific_clauses")
	lib.on_file("br_specific_clauses")
}

# METADATA
# title: Global corporate rules approved by the ANPD
# description: The recipient belongs to the operator's group and is bound by rules that the ANPD approved.
# custom:
#   id: br_lgpd.corporate_rules
#   kind: permit
#   cites: ["LGPD Art. 33(II)(c)", "LGPD Art. 35"]
#   since: "2024-08-23"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "br_lgpd.corporate_rules",
	"instrument": "br_lgpd",
	"mechanism": "binding_corporate_rules",
	"authority": "LGPD Art. 33(II)(c)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	corporate_rules
}

corporate_rules if {
	lib.in_force("br_lgpd.corporate_rules")
	lib.on_file("br_global_rules")
}
