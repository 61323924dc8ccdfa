# APPI Art. 27 and 29: recipients with purposes of their own, in Japan or where the rules on Japan apply.
package guard.instruments.jp_appi

import data.guard.lib

# METADATA
# title: Provided to a third party in Japan on a basis
# description: >-
#   The data stay in Japan and go to a recipient with purposes of its own, to which the persons consented or
#   which the Act allows otherwise.
# custom:
#   id: jp_appi.provided_in_japan
#   kind: permit
#   cites: ["APPI Art. 27"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "jp_appi.provided_in_japan",
	"instrument": "jp_appi",
	"mechanism": "third_party_provision",
	"authority": "APPI Art. 27",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	third_party
	count(abroad) == 0
	based
	lib.in_force("jp_appi.provided_in_japan")
}

based if input.transfer.facts.consent == true

based if lib.declared("jp_appi.provision_exception")

based if lib.declared("jp_appi.domestic_provision")

# METADATA
# title: No consent to provision to a third party
# description: >-
#   The recipient has purposes of its own, or its role is not known. Providing it with personal data needs
#   consent, an opt-out that was notified, joint use, succession, or an exception of the Act.
# custom:
#   id: jp_appi.third_party_provision
#   kind: barrier
#   cites: ["APPI Art. 27(1)", "APPI Art. 27(2)", "APPI Art. 27(5)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "jp_appi.third_party_provision",
	"instrument": "jp_appi",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "relocate"],
	"confine": [],
} if {
	third_party
	not ungrounded
	not based
	lib.in_force("jp_appi.third_party_provision")
}

# METADATA
# title: Keep a record of the provision
# description: >-
#   The date, the recipient, the persons and the items of data that are provided to a third party go on record.
# custom:
#   id: jp_appi.provision_record
#   kind: obligation
#   cites: ["APPI Art. 29(1)"]
#   since: "2022-04-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "jp_appi.provision_record",
	"instrument": "jp_appi",
	"days": 0,
	"declaration": "none",
} if {
	third_party
	lib.in_force("jp_appi.provision_record")
}
