# IT (SPDI) Rules 2011 under s. 43A of the IT Act: transfers of sensitive personal data until the Act of 2023
# applies.
# METADATA
# scope: package
# title: Sensitive Personal Data Rules, 2011
# description: >-
#   Applies to bodies corporate in India until the duties of the Digital Personal Data Protection Act begin (s.
#   44(2) of that Act replaces s. 43A). Covers which data are sensitive personal data or information, the
#   consent to collect them and the rule on transfers. Passwords are sensitive under the Rules as well; here
#   they are credentials, which no rule of this package reads.
# custom:
#   cites:
#     - "IT (Reasonable Security Practices and Procedures and Sensitive Personal Data or Information) Rules, 2011"
#     - "Information Technology Act, 2000 s. 43A"
#   omits:
#     - "Rule 4: privacy policy"
#     - "Rule 5(2) to (9): collection, accuracy, retention and grievances"
#     - "Rule 6: disclosure to government agencies"
#     - "Rule 8: reasonable security practices"
package guard.instruments.in_spdi_legacy

import data.guard.lib

spdi := lib.sensitive("in_spdi_legacy")

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.in_spdi_legacy[place]
}

# Rule 3, proviso: information that is freely available or accessible in public domain.
public if input.transfer.facts.publicly_available == true

# Another body corporate or person gets the data, in India or abroad.
transferred if {
	count(spdi) > 0
	not public
	lib.recipient
}

allowed if lib.declared("in_spdi_legacy.consent")

allowed if lib.declared("in_spdi_legacy.contract")

# In India the Rules bind the recipient themselves.
same_level if count(abroad) == 0

same_level if lib.on_file("in_same_level_protection")

# METADATA
# title: No sensitive personal data or information
# description: >-
#   Nothing that was found or declared is a financial account, health, sexual orientation or a biometric. The
#   rule on transfers concerns sensitive data only.
# custom:
#   id: in_spdi_legacy.no_sensitive_data
#   kind: exemption
#   cites: ["IT (SPDI) Rules 2011 r. 3"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_spdi_legacy.no_sensitive_data",
	"instrument": "in_spdi_legacy",
	"mechanism": "no_sensitive_data",
	"authority": "IT (SPDI) Rules 2011 r. 3",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(spdi) == 0
	lib.in_force("in_spdi_legacy.no_sensitive_data")
}

# METADATA
# title: In the public domain
# description: >-
#   The information is freely available or accessible in the public domain, and so is not sensitive under the
#   Rules.
# custom:
#   id: in_spdi_legacy.public_domain
#   kind: exemption
#   cites: ["IT (SPDI) Rules 2011 r. 3 proviso"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_spdi_legacy.public_domain",
	"instrument": "in_spdi_legacy",
	"mechanism": "public_domain",
	"authority": "IT (SPDI) Rules 2011 r. 3 proviso",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	public
	lib.in_force("in_spdi_legacy.public_domain")
}

# METADATA
# title: The data stay with the body corporate
# description: >-
#   The destination is the operator's own. Nobody else receives the data.
# custom:
#   id: in_spdi_legacy.own_entity
#   kind: exemption
#   cites: ["IT (SPDI) Rules 2011 r. 7"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_spdi_legacy.own_entity",
	"instrument": "in_spdi_legacy",
	"mechanism": "own_entity",
	"authority": "IT (SPDI) Rules 2011 r. 7",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(spdi) > 0
	not public
	not lib.recipient
	lib.in_force("in_spdi_legacy.own_entity")
}

# METADATA
# title: The same level of protection, and consent or a contract
# description: >-
#   The recipient ensures the level of protection of the Rules, and the provider of the information consented to
#   the transfer or it is necessary for a lawful contract with it.
# custom:
#   id: in_spdi_legacy.same_level
#   kind: permit
#   cites: ["IT (SPDI) Rules 2011 r. 7"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "in_spdi_legacy.same_level",
	"instrument": "in_spdi_legacy",
	"mechanism": "same_level",
	"authority": "IT (SPDI) Rules 2011 r. 7",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	same_level
	allowed
	lib.in_force("in_spdi_legacy.same_level")
}

# METADATA
# title: Neither consent nor a contract that needs the transfer
# description: >-
#   Sensitive data may be transferred only where it is necessary for a lawful contract with the provider of the
#   information, or where that person consented.
# custom:
#   id: in_spdi_legacy.no_consent_or_contract
#   kind: barrier
#   cites: ["IT (SPDI) Rules 2011 r. 7"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_spdi_legacy.no_consent_or_contract",
	"instrument": "in_spdi_legacy",
	"categories": sort(spdi),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	transferred
	not allowed
	lib.in_force("in_spdi_legacy.no_consent_or_contract")
}

# METADATA
# title: The recipient does not ensure the same level of protection
# description: >-
#   Sensitive data may go only to a recipient that ensures the level of protection of these Rules. None is shown
#   for this recipient outside India.
# custom:
#   id: in_spdi_legacy.lower_protection
#   kind: barrier
#   cites: ["IT (SPDI) Rules 2011 r. 7"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "in_spdi_legacy.lower_protection",
	"instrument": "in_spdi_legacy",
	"categories": sort(spdi),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": home,
} if {
	transferred
	not same_level
	lib.in_force("in_spdi_legacy.lower_protection")
}

home := sort([place |
	some place, here in data.tables.territories.in_spdi_legacy
	here
])

# METADATA
# title: The Act of 2023 replaces these Rules in May 2027
# description: >-
#   The duties of the Digital Personal Data Protection Act begin on 13 May 2027, for all digital personal data
#   and with a ground for each processing. Secondary sources give 12 to 14 May.
# custom:
#   id: in_spdi_legacy.new_act_coming
#   kind: advice
#   cites: ["DPDP Act s. 44(2)", "DPDP Rules 2025 r. 1"]
#   since: "2025-11-13"
#   until: "2027-05-13"
#   confidence: medium
#   source: https://www.azbpartners.com/bank/indias-digital-personal-data-protection-act-phased-rollout-and-key-compliance-milestones
advice contains {"rule": "in_spdi_legacy.new_act_coming", "instrument": "in_spdi_legacy"} if {
	count(lib.personal) > 0
	lib.in_force("in_spdi_legacy.new_act_coming")
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in India, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: in_spdi_legacy.access_not_known
#   kind: advice
#   cites: ["IT (SPDI) Rules 2011 r. 7"]
#   since: "2011-04-11"
#   until: "2027-05-13"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "in_spdi_legacy.access_not_known", "instrument": "in_spdi_legacy"} if {
	count(spdi) > 0
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("in_spdi_legacy.access_not_known")
}
