# Federal Decree-Law 45/2021 Art. 2, 22 and 23, and Federal Law 2/2019 Art. 13: leaving the United Arab Emirates.

# METADATA
# scope: package
# title: Federal Data Protection Law of the United Arab Emirates
# description: >-
#   Applies to operators and persons in the Emirates. Covered are the transfer out of the State and health data, which
#   another federal law keeps in the country. The regulations and the list of adequate countries are unpublished, so
#   no country counts as adequate.
# custom:
#   cites: ["Federal Decree-Law 45/2021", "Federal Law 2/2019"]
#   omits:
#     - "Art. 22: the list of adequate countries, which is unpublished, and agreements of the State with others"
#     - "Art. 2(2): government, security, banking and credit data, which have laws of their own"
#     - "Art. 4 to 7: consent and other bases, principles and general duties are the operator's word"
#     - "Art. 8, 10, 21: processors, data protection officer, impact assessment"
#     - "Art. 13 to 19: rights of the data subject, automated processing"
package guard.instruments.ae_pdpl

import data.guard.lib

# A free zone with a data protection law of its own.
free_zone if lib.declared("ae_difc.established")

free_zone if lib.declared("ae_adgm.established")

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.ae_pdpl[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

governed if {
	transferred
	not free_zone
}

home := sort([place | some place, inside in data.tables.territories.ae_pdpl; inside])

# METADATA
# title: No personal data are left
# description: Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: ae_pdpl.no_personal_data
#   kind: exemption
#   cites: ["Federal Decree-Law 45/2021 Art. 1", "Federal Decree-Law 45/2021 Art. 2(1)"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_pdpl.no_personal_data",
	"instrument": "ae_pdpl",
	"mechanism": "no_personal_data",
	"authority": "Federal Decree-Law 45/2021 Art. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_pdpl.no_personal_data")
	count(lib.personal) == 0
}

# METADATA
# title: The data stay in the Emirates
# description: >-
#   Storage, processing and access are all in the State, or the data stay on the operator's own device.
# custom:
#   id: ae_pdpl.within_state
#   kind: exemption
#   cites: ["Federal Decree-Law 45/2021 Art. 22"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_pdpl.within_state",
	"instrument": "ae_pdpl",
	"mechanism": "within_territory",
	"authority": "Federal Decree-Law 45/2021 Art. 22",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_pdpl.within_state")
	count(abroad) == 0
}

# METADATA
# title: A free zone with a law of its own
# description: >-
#   The operator is established in the DIFC or the ADGM, whose own data protection law governs instead. The duty to
#   keep health data in the State remains.
# custom:
#   id: ae_pdpl.free_zone
#   kind: exemption
#   cites: ["Federal Decree-Law 45/2021 Art. 2(2)"]
#   since: "2022-01-02"
#   confidence: medium
#   source: https://www.kayrouzandassociates.com/insights/cross-border-data-transfers-under-uae-law-in-2026
permits contains {
	"rule": "ae_pdpl.free_zone",
	"instrument": "ae_pdpl",
	"mechanism": "out_of_scope",
	"authority": "Federal Decree-Law 45/2021 Art. 2(2)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ae_pdpl.free_zone")
	free_zone
}

# METADATA
# title: A contract imposes the Decree-Law
# description: The recipient is bound by contract to the provisions and measures of the Decree-Law.
# custom:
#   id: ae_pdpl.contract
#   kind: permit
#   cites: ["Federal Decree-Law 45/2021 Art. 23(1)(a)"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_pdpl.contract",
	"instrument": "ae_pdpl",
	"mechanism": "contract",
	"authority": "Federal Decree-Law 45/2021 Art. 23(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	contracted
}

contracted if {
	lib.in_force("ae_pdpl.contract")
	lib.on_file("ae_contract")
}

# METADATA
# title: Explicit consent to the transfer
# description: >-
#   Every data subject consented explicitly to the transfer, which does not conflict with the public and security
#   interest of the State.
# custom:
#   id: ae_pdpl.consent
#   kind: permit
#   cites: ["Federal Decree-Law 45/2021 Art. 23(1)(b)"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_pdpl.consent",
	"instrument": "ae_pdpl",
	"mechanism": "consent",
	"authority": "Federal Decree-Law 45/2021 Art. 23(1)(b)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	consented
}

consented if {
	lib.in_force("ae_pdpl.consent")
	lib.declared("ae_pdpl.explicit_consent")
}

# METADATA
# title: The transfer is necessary for a named purpose
# description: >-
#   A contract with or for the data subject, a legal claim, judicial cooperation or the public interest needs the
#   transfer.
# custom:
#   id: ae_pdpl.necessity
#   kind: permit
#   cites: ["Federal Decree-Law 45/2021 Art. 23(1)(c)-(f)"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ae_pdpl.necessity",
	"instrument": "ae_pdpl",
	"mechanism": "derogation",
	"authority": "Federal Decree-Law 45/2021 Art. 23(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	governed
	needed
}

needed if {
	lib.in_force("ae_pdpl.necessity")
	lib.declared("ae_pdpl.necessity")
}

# METADATA
# title: No ground for a transfer out of the State
# description: >-
#   Personal data would leave the Emirates. No country counts as adequate until the list is published, and no
#   contract, explicit consent or necessity is stated.
# custom:
#   id: ae_pdpl.no_transfer_ground
#   kind: barrier
#   cites: ["Federal Decree-Law 45/2021 Art. 22", "Federal Decree-Law 45/2021 Art. 23"]
#   since: "2022-01-02"
#   confidence: medium
#   source: https://www.kayrouzandassociates.com/insights/cross-border-data-transfers-under-uae-law-in-2026
barriers contains {
	"rule": "ae_pdpl.no_transfer_ground",
	"instrument": "ae_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ae_pdpl.no_transfer_ground")
	governed
	not contracted
	not consented
	not needed
}

# METADATA
# title: Keep the record of the transfer
# description: The controller's record names the movement of data across the border and its safeguards.
# custom:
#   id: ae_pdpl.record
#   kind: obligation
#   cites: ["Federal Decree-Law 45/2021 Art. 7(4)"]
#   since: "2022-01-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "ae_pdpl.record",
	"instrument": "ae_pdpl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("ae_pdpl.record")
	governed
}

# METADATA
# title: The regulations and the list of countries are unpublished
# description: >-
#   The executive regulations, which will say what a contract and consent must hold, and the list of adequate
#   countries are unpublished. Secondary sources name 1 January 2027 for full compliance; that was not confirmed.
# custom:
#   id: ae_pdpl.regulations_unpublished
#   kind: advice
#   cites: ["Federal Decree-Law 45/2021 Art. 22", "Federal Decree-Law 45/2021 Art. 23"]
#   since: "2022-01-02"
#   confidence: low
#   source: https://www.kayrouzandassociates.com/insights/cross-border-data-transfers-under-uae-law-in-2026
advice contains {"rule": "ae_pdpl.regulations_unpublished", "instrument": "ae_pdpl"} if {
	lib.in_force("ae_pdpl.regulations_unpublished")
	governed
}
