# Law 6698 Art. 9 as amended by Law 7499: transfers out of Türkiye.

# METADATA
# scope: package
# title: Personal Data Protection Law of Türkiye
# description: >-
#   Applies to processing in Türkiye. Since 1 June 2024 a transfer rests on an adequacy decision, on safeguards, or,
#   when it is occasional, on an exception. The Board has published no adequacy decision as far as known. A standard
#   contract is notified within five business days.
# custom:
#   cites: ["Law 6698, as amended by Law 7499"]
#   omits:
#     - "Art. 9(1), (2): adequacy decisions, until the Board publishes one"
#     - "Art. 9(4)(a): agreements between public bodies that are no treaties"
#     - "Art. 5: conditions of processing are the operator's word"
#     - "Art. 10 to 16: information, rights, security, register"
#     - "Art. 28: exceptions from the Law"
package guard.instruments.tr_kvkk

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.tr_kvkk[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

# METADATA
# title: No personal data leave Türkiye
# description: No personal data are left, or storage, processing and access are all in Türkiye.
# custom:
#   id: tr_kvkk.no_transfer
#   kind: exemption
#   cites: ["Law 6698 Art. 2", "Law 6698 Art. 9(1)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tr_kvkk.no_transfer",
	"instrument": "tr_kvkk",
	"mechanism": "within_territory",
	"authority": "Law 6698 Art. 9(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("tr_kvkk.no_transfer")
	not transferred
}

# METADATA
# title: The standard contract of the Board
# description: The standard contract that the Board published is signed with the recipient without change.
# custom:
#   id: tr_kvkk.standard_contract
#   kind: permit
#   cites: ["Law 6698 Art. 9(4)(c)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tr_kvkk.standard_contract",
	"instrument": "tr_kvkk",
	"mechanism": "standard_clauses",
	"authority": "Law 6698 Art. 9(4)(c)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	contracted
}

contracted if {
	lib.in_force("tr_kvkk.standard_contract")
	lib.on_file("tr_standard_contract")
}

# METADATA
# title: The standard contract was not notified
# description: >-
#   The contract is notified to the Authority within five business days of signature. Neither is that on file, nor is it
#   declared that the term still runs.
# custom:
#   id: tr_kvkk.contract_not_notified
#   kind: barrier
#   cites: ["Law 6698 Art. 9(5)", "Law 6698 Art. 18(1)(d)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "tr_kvkk.contract_not_notified",
	"instrument": "tr_kvkk",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("tr_kvkk.contract_not_notified")
	transferred
	contracted
	not approved
	not consented
	not lib.on_file("tr_contract_notified")
	not lib.declared("tr_kvkk.notification_term_runs")
}

home := sort([place | some place, inside in data.tables.territories.tr_kvkk; inside])

# METADATA
# title: Binding corporate rules approved by the Board
# description: Corporate rules that the Board approved bind the recipient.
# custom:
#   id: tr_kvkk.corporate_rules
#   kind: permit
#   cites: ["Law 6698 Art. 9(4)(b)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tr_kvkk.corporate_rules",
	"instrument": "tr_kvkk",
	"mechanism": "binding_corporate_rules",
	"authority": "Law 6698 Art. 9(4)(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	ruled
}

ruled if {
	lib.in_force("tr_kvkk.corporate_rules")
	lib.on_file("tr_corporate_rules")
}

# METADATA
# title: An undertaking with permission of the Board
# description: The Board permitted this transfer on a written undertaking of adequate protection.
# custom:
#   id: tr_kvkk.undertaking
#   kind: permit
#   cites: ["Law 6698 Art. 9(4)(d)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tr_kvkk.undertaking",
	"instrument": "tr_kvkk",
	"mechanism": "authorisation",
	"authority": "Law 6698 Art. 9(4)(d)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	undertaken
}

undertaken if {
	lib.in_force("tr_kvkk.undertaking")
	lib.on_file("tr_authorised_undertaking")
}

# What the Board approved needs no notice of a standard contract.
approved if ruled

approved if undertaken

# METADATA
# title: Explicit consent, until the former rule ended
# description: >-
#   Every data subject consented explicitly to the transfer. Until 1 September 2024 that alone was a ground, beside the
#   new ones.
# custom:
#   id: tr_kvkk.explicit_consent
#   kind: permit
#   cites: ["Law 6698 Art. 9(1) before Law 7499", "Law 6698 provisional Art. 3"]
#   since: "2024-06-01"
#   until: "2024-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tr_kvkk.explicit_consent",
	"instrument": "tr_kvkk",
	"mechanism": "consent",
	"authority": "Law 6698 provisional Art. 3",
	"valid_until": "2024-09-01",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	consented
}

consented if {
	lib.in_force("tr_kvkk.explicit_consent")
	lib.declared("tr_kvkk.explicit_consent")
}

grounded if contracted

grounded if approved

grounded if consented

# METADATA
# title: No ground for a transfer out of Türkiye
# description: >-
#   Personal data would leave Türkiye, no adequacy decision is known, and neither the standard contract, approved rules,
#   an authorised undertaking nor an occasional exception is stated. Consent alone no longer does.
# custom:
#   id: tr_kvkk.no_transfer_ground
#   kind: barrier
#   cites: ["Law 6698 Art. 9"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "tr_kvkk.no_transfer_ground",
	"instrument": "tr_kvkk",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("tr_kvkk.no_transfer_ground")
	transferred
	not grounded
	not excepted
}

# METADATA
# title: Keep the record of the transfer
# description: Transfers abroad are part of the inventory from which the register is filled.
# custom:
#   id: tr_kvkk.record
#   kind: obligation
#   cites: ["Law 6698 Art. 16(3)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "tr_kvkk.record",
	"instrument": "tr_kvkk",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("tr_kvkk.record")
	transferred
}

# METADATA
# title: Notify the contract before the term ends
# description: >-
#   The transfer rests on a standard contract whose five business days still run. After them it is refused until the
#   notice is on file, and a late notice is fined.
# custom:
#   id: tr_kvkk.notify_in_time
#   kind: advice
#   cites: ["Law 6698 Art. 9(5)", "Law 6698 Art. 18(1)(d)"]
#   since: "2024-06-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "tr_kvkk.notify_in_time", "instrument": "tr_kvkk"} if {
	lib.in_force("tr_kvkk.notify_in_time")
	transferred
	contracted
	not lib.on_file("tr_contract_notified")
}
