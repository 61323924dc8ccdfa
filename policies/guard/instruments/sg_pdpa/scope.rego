# PDPA s. 26: what leaves Singapore, and what the limitation of transfers does not concern.
# METADATA
# scope: package
# title: Personal Data Protection Act 2012
# description: >-
#   Applies to organisations that collect, use or disclose personal data in Singapore. Covers the limitation of
#   transfers outside Singapore (s. 26 with Part 3 of the Personal Data Protection Regulations 2021) and
#   training by the recipient as a new purpose (s. 18). The numbers of the Regulations are those of 2021; those
#   of 2014 said the same in substance.
# custom:
#   cites:
#     - "Personal Data Protection Act 2012"
#     - "Personal Data Protection Regulations 2021 Part 3"
#   omits:
#     - "s. 13 to 17: consent and its exceptions within Singapore"
#     - "s. 24 and 25: protection and retention"
#     - "s. 26A to 26E: breach notification (3 days; significant harm or 500 individuals)"
#     - "s. 4(5): business contact information"
#     - "s. 4(1): individuals in a personal capacity, employees, public agencies"
#     - "PDPC Advisory Guidelines on NRIC numbers"
#     - "Part IX: do not call"
package guard.instruments.sg_pdpa

import data.guard.lib

concerned if count(lib.personal) > 0

# Places outside Singapore that the data would reach.
abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.sg_pdpa[place]
}

# reg. 9(1)(a): the organisation's own office, staff or machine; it goes on to answer for the data itself.
own_control if {
	input.destination.role == "self"
	not input.transfer.facts.same_legal_entity == false
	not input.transfer.facts.direct_control_kept == false
}

transferred if {
	concerned
	count(abroad) > 0
	not own_control
}

# METADATA
# title: No personal data is left
# description: >-
#   Nothing that was found relates to a person, or all of it has been redacted or was made anonymous.
# custom:
#   id: sg_pdpa.no_personal_data
#   kind: exemption
#   cites: ["PDPA s. 2(1)"]
#   since: "2014-07-02"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.no_personal_data",
	"instrument": "sg_pdpa",
	"mechanism": "no_personal_data",
	"authority": "PDPA s. 2(1)",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	count(lib.personal) == 0
	lib.in_force("sg_pdpa.no_personal_data")
}

# METADATA
# title: The data stay under the organisation's own control
# description: >-
#   The destination belongs to the same organisation, in Singapore or abroad, and the data stay in its
#   possession or under its direct control. No recipient gets them; the Act's obligations go on to apply.
# custom:
#   id: sg_pdpa.own_control
#   kind: exemption
#   cites: ["PDP Regulations 2021 reg. 9(1)(a)", "PDPC Key Concepts ch. 19"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.own_control",
	"instrument": "sg_pdpa",
	"mechanism": "own_control",
	"authority": "PDP Regulations 2021 reg. 9(1)(a)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	own_control
	lib.in_force("sg_pdpa.own_control")
}

# METADATA
# title: The data stay in Singapore
# description: >-
#   Storage, processing and support access are all in Singapore, so nothing is transferred outside.
# custom:
#   id: sg_pdpa.within_singapore
#   kind: exemption
#   cites: ["PDPA s. 26(1)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "sg_pdpa.within_singapore",
	"instrument": "sg_pdpa",
	"mechanism": "within_territory",
	"authority": "PDPA s. 26(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	count(abroad) == 0
	not own_control
	lib.in_force("sg_pdpa.within_singapore")
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in Singapore, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: sg_pdpa.access_not_known
#   kind: advice
#   cites: ["PDPA s. 26(1)"]
#   since: "2014-07-02"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "sg_pdpa.access_not_known", "instrument": "sg_pdpa"} if {
	concerned
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("sg_pdpa.access_not_known")
}
