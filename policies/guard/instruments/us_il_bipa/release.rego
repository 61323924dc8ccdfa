# 740 ILCS 14: biometric identifiers and biometric information of persons in Illinois.

# METADATA
# scope: package
# title: Illinois Biometric Information Privacy Act
# description: >-
#   Applies when biometric data for identification of persons in Illinois are concerned. Collecting them takes a
#   written release, and so does every disclosure; selling them or profiting from them is barred altogether.
# custom:
#   cites: ["740 ILCS 14"]
#   omits:
#     - "740 ILCS 14/15(a) (published retention schedule, destruction within three years)"
#     - "740 ILCS 14/15(d)(2) to (4) (disclosures that complete a payment, or that law or a warrant requires)"
#     - "740 ILCS 14/15(e) (security as for other confidential information)"
package guard.instruments.us_il_bipa

import data.guard.lib

biometric := lib.sensitive("us_il_bipa")

bound if not lib.declared("us_il_bipa.exempt_entity")

concerned if {
	bound
	count(biometric) > 0
}

released if {
	lib.in_force("us_il_bipa.written_release")
	lib.declared("us_il_bipa.written_release")
}

# METADATA
# title: No biometric data are left
# description: There are no biometric identifiers, or all of them have been redacted.
# custom:
#   id: us_il_bipa.no_biometric_data
#   kind: exemption
#   cites: ["740 ILCS 14/10"]
#   since: "2008-10-03"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_il_bipa.no_biometric_data",
	"instrument": "us_il_bipa",
	"mechanism": "no_personal_data",
	"authority": "740 ILCS 14/10",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("us_il_bipa.no_biometric_data")
	count(biometric) == 0
}

# METADATA
# title: Outside the Act
# description: >-
#   The operator declares that it is a public body or a financial institution under the Gramm-Leach-Bliley Act, or
#   that the data are those of a patient in health care.
# custom:
#   id: us_il_bipa.exempt_entity
#   kind: exemption
#   cites: ["740 ILCS 14/10", "740 ILCS 14/25"]
#   since: "2008-10-03"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_il_bipa.exempt_entity",
	"instrument": "us_il_bipa",
	"mechanism": "out_of_scope",
	"authority": "740 ILCS 14/25",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("us_il_bipa.exempt_entity")
	not bound
}

# METADATA
# title: Every person has given a written release
# description: Every person was told in writing and has released collection and this disclosure in writing.
# custom:
#   id: us_il_bipa.written_release
#   kind: permit
#   cites: ["740 ILCS 14/15(b)", "740 ILCS 14/15(d)(1)"]
#   since: "2008-10-03"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "us_il_bipa.written_release",
	"instrument": "us_il_bipa",
	"mechanism": "written_release",
	"authority": "740 ILCS 14/15(d)(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	concerned
	released
}

# METADATA
# title: Biometric data without a written release
# description: >-
#   Nobody may collect or otherwise obtain a person's biometric identifier, or disclose it, without having told the
#   person in writing and without a written release.
# custom:
#   id: us_il_bipa.no_release
#   kind: barrier
#   cites: ["740 ILCS 14/15(b)", "740 ILCS 14/15(d)"]
#   since: "2008-10-03"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_il_bipa.no_release",
	"instrument": "us_il_bipa",
	"categories": sort(biometric),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("us_il_bipa.no_release")
	concerned
	not released
}

# METADATA
# title: Biometric data are not for sale
# description: Nobody may sell, lease, trade or otherwise profit from biometric data, whatever has been released.
# custom:
#   id: us_il_bipa.sale
#   kind: barrier
#   cites: ["740 ILCS 14/15(c)"]
#   since: "2008-10-03"
#   confidence: high
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "us_il_bipa.sale",
	"instrument": "us_il_bipa",
	"categories": sort(biometric),
	"remedies": ["redact"],
	"confine": [],
} if {
	lib.in_force("us_il_bipa.sale")
	concerned
	sold
}

sold if input.transfer.facts.transaction == "data_brokerage"

sold if input.transfer.facts.recipient_role in {"ad_exchange", "ad_platform", "buyer", "buyer_individual", "licensee"}
