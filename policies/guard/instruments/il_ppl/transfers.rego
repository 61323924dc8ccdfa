# Protection of Privacy Law 5741-1981 and the Regulations of 2001: data from databases in Israel.

# METADATA
# scope: package
# title: Protection of Privacy Law of Israel
# description: >-
#   Applies to databases in Israel. Data go abroad where the law protects no less, to states bound by European law, by
#   consent or by agreement, and always with a written undertaking of the recipient. The reading is general knowledge
#   and was not compared with the text.
# custom:
#   cites: ["Protection of Privacy Law 5741-1981", "Regulations (Transfer of Data Abroad) 2001"]
#   omits:
#     - "Amendment 13, in force since 14 August 2025: duties of controllers, officers, sanctions"
#     - "Reg. 2(2), (3), (5) to (7): further cases, which are declared as one"
#     - "Sections 1 to 3: infringement of privacy and consent as such are the operator's word"
#     - "Registration of databases and the Data Security Regulations of 2017"
#     - "Regulations of 2023 on data that come from the European Economic Area"
package guard.instruments.il_ppl

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.il_ppl[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

home := sort([place | some place, inside in data.tables.territories.il_ppl; inside])

# METADATA
# title: No personal data leave Israel
# description: No personal data are left, or storage, processing and access are all in Israel.
# custom:
#   id: il_ppl.no_transfer
#   kind: exemption
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 1"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "il_ppl.no_transfer",
	"instrument": "il_ppl",
	"mechanism": "within_territory",
	"authority": "Regulations (Transfer of Data Abroad) 2001 reg. 1",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	lib.in_force("il_ppl.no_transfer")
	not transferred
}

# METADATA
# title: A law that protects no less
# description: >-
#   It was assessed that the law of every country concerned protects the data no less than the law of Israel. Every
#   place has to be named.
# custom:
#   id: il_ppl.comparable_law
#   kind: permit
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 1"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "il_ppl.comparable_law",
	"instrument": "il_ppl",
	"mechanism": "adequacy",
	"authority": "Regulations (Transfer of Data Abroad) 2001 reg. 1",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	comparable_law
}

comparable_law if {
	lib.in_force("il_ppl.comparable_law")
	lib.places_named
	lib.on_file("il_comparable_law")
}

# METADATA
# title: States bound by European data protection
# description: >-
#   The data would reach only states that receive data from the European Union freely because its law binds them. That
#   reaches further in the Regulations than the territory of the Union, which is all that is relied on here.
# custom:
#   id: il_ppl.european_states
#   kind: permit
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 2(8)"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "il_ppl.european_states",
	"instrument": "il_ppl",
	"mechanism": "adequacy",
	"authority": "Regulations (Transfer of Data Abroad) 2001 reg. 2(8)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	european
}

european if {
	lib.in_force("il_ppl.european_states")
	every place in abroad {
		data.tables.territories.eu_gdpr[place]
	}
}

# METADATA
# title: Consent to the transfer
# description: Every data subject consented to the transfer abroad.
# custom:
#   id: il_ppl.consent
#   kind: permit
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 2(1)"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "il_ppl.consent",
	"instrument": "il_ppl",
	"mechanism": "consent",
	"authority": "Regulations (Transfer of Data Abroad) 2001 reg. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	consented
}

consented if {
	lib.in_force("il_ppl.consent")
	lib.declared("il_ppl.transfer_consent")
}

# METADATA
# title: An agreement to the conditions of Israeli law
# description: The recipient is bound by agreement to the conditions that the law of Israel sets for the data.
# custom:
#   id: il_ppl.agreement
#   kind: permit
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 2(4)"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "il_ppl.agreement",
	"instrument": "il_ppl",
	"mechanism": "contract",
	"authority": "Regulations (Transfer of Data Abroad) 2001 reg. 2(4)",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	transferred
	agreed
}

agreed if {
	lib.in_force("il_ppl.agreement")
	lib.on_file("il_agreement")
}

grounded if comparable_law

grounded if european

grounded if consented

grounded if agreed

# METADATA
# title: Another case of the Regulations is claimed
# description: The operator declares that another case of the Regulations, such as vital interests, covers the transfer.
# custom:
#   id: il_ppl.other_exception
#   kind: permit
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 2"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "il_ppl.other_exception",
	"instrument": "il_ppl",
	"mechanism": "derogation",
	"authority": "Regulations (Transfer of Data Abroad) 2001 reg. 2",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	lib.in_force("il_ppl.other_exception")
	excepted
}

excepted if {
	transferred
	not grounded
	lib.declared("il_ppl.other_exception")
}

# METADATA
# title: Another case needs a person's confirmation
# description: The cases are not told apart here, so a person compares the one that is claimed with the Regulations.
# custom:
#   id: il_ppl.exception_review
#   kind: barrier
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 2"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "il_ppl.exception_review",
	"instrument": "il_ppl",
	"categories": sort(lib.personal),
	"remedies": ["consent", "mechanism", "redact", "relocate", "review"],
	"confine": [],
} if {
	lib.in_force("il_ppl.exception_review")
	excepted
}

# METADATA
# title: No ground for a transfer out of Israel
# description: >-
#   Personal data would leave Israel for a place whose law is not known to protect no less, and neither consent, an
#   agreement nor another case is stated.
# custom:
#   id: il_ppl.no_transfer_ground
#   kind: barrier
#   cites: ["Regulations (Transfer of Data Abroad) 2001 reg. 1", "Regulations (Transfer of Data Abroad) 2001 reg. 2"]
#   since: "2001-06-17"
#   confidence: low
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "il_ppl.no_transfer_ground",
	"instrument": "il_ppl",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("il_ppl.no_transfer_ground")
	transferred
	not grounded
	not excepted
}

# METADATA
# title: The amendment of 2025 is not in these rules
# description: >-
#   Amendment 13 has been in force since 14 August 2025. What it changed for controllers, their officers and
#   sanctions is not written down here. Ask before you rely on the answer.
# custom:
#   id: il_ppl.amendment_missing
#   kind: advice
#   cites: ["Protection of Privacy Law 5741-1981, Amendment 13"]
#   since: "2025-08-14"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "il_ppl.amendment_missing", "instrument": "il_ppl"} if {
	lib.in_force("il_ppl.amendment_missing")
}
