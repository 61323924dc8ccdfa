# Cal. Civ. Code 1798.100(d), 1798.120 and 1798.135: recipients that are no service providers.
package guard.instruments.us_ca_ccpa

import data.guard.lib

# METADATA
# title: A third party under contract
# description: >-
#   A contract binds the recipient to limited purposes and to the Act's level of protection. That consumers were
#   told, and whoever has opted out is not in the data, is due besides.
# custom:
#   id: us_ca_ccpa.third_party
#   kind: permit
#   cites: ["Cal. Civ. Code 1798.100(d)", "Cal. Civ. Code 1798.120", "11 CCR 7053"]
#   since: "2023-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_ca_ccpa.third_party",
	"instrument": "us_ca_ccpa",
	"mechanism": "third_party_contract",
	"authority": "Cal. Civ. Code 1798.100(d)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	contracted
}

contracted if {
	lib.in_force("us_ca_ccpa.third_party")
	disclosed
	lib.on_file("ccpa_third_party_contract")
}

# METADATA
# title: A third party, and no word of notice and opt-out
# description: >-
#   The recipient is bound as a third party. Consumers have to be told of the sale or sharing, and whoever has opted
#   out (a minor, whoever has not opted in) must not be in the data. That is not declared.
# custom:
#   id: us_ca_ccpa.no_opt_out
#   kind: barrier
#   cites: ["Cal. Civ. Code 1798.120", "Cal. Civ. Code 1798.135"]
#   since: "2020-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_ca_ccpa.no_opt_out",
	"instrument": "us_ca_ccpa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	lib.in_force("us_ca_ccpa.no_opt_out")
	contracted
	not serviced
	not lib.declared("us_ca_ccpa.notice_and_opt_out")
}
