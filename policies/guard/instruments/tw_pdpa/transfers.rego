# PDPA Art. 6 and 21: free unless restricted by order.
# METADATA
# scope: package
# title: Personal Data Protection Act of Taiwan
# description: >-
#   Applies to collecting, processing and using personal data in Taiwan, and abroad where persons of Taiwan are
#   concerned. Data go abroad freely unless the competent authority restricts it; orders of some sectors restrict
#   transfers to the mainland. The amendment of 11 November 2025 is promulgated; its effective date is open.
# custom:
#   cites: ["Personal Data Protection Act Arts. 6, 21, 51", "Amendment promulgated on 2025-11-11"]
#   omits:
#     - "Art. 5, 8, 9, 19 and 20: purpose, notice and basis are the operator's word"
#     - "The orders of each sector under Art. 21: the operator compares"
#     - "The amendment of 2025 and the new commission, until the day that is set"
package guard.instruments.tw_pdpa

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.tw_pdpa[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

sensitive := lib.sensitive("tw_pdpa")

# The mainland, or a place that may be it.
mainland if "CN" in abroad

mainland if "unknown" in abroad

mainland if {
	some place in abroad
	place in {"GLOBAL", "DOJ_COUNTRIES_OF_CONCERN"}
}

# METADATA
# title: No personal data leave Taiwan
# description: No personal data is left, or they stay in Taiwan.
# custom:
#   id: tw_pdpa.no_transfer
#   kind: exemption
#   cites: ["PDPA Art. 2", "PDPA Art. 21"]
#   since: "2012-10-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "tw_pdpa.no_transfer",
	"instrument": "tw_pdpa",
	"mechanism": "within_territory",
	"authority": "PDPA Art. 21",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("tw_pdpa.no_transfer")
	not transferred
}

# METADATA
# title: No order restricts the transfer
# description: >-
#   Personal data go abroad freely unless the competent authority restricts it for a national interest, a treaty,
#   weak protection at the destination or circumvention. No such order is stated.
# custom:
#   id: tw_pdpa.unrestricted
#   kind: permit
#   cites: ["PDPA Art. 21"]
#   since: "2012-10-01"
#   confidence: medium
#   source: https://nope.net/regs/tw-pdpa-amendment-2025
permits contains {
	"rule": "tw_pdpa.unrestricted",
	"instrument": "tw_pdpa",
	"mechanism": "negative_list_free_flow",
	"authority": "PDPA Art. 21",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("tw_pdpa.unrestricted")
	transferred
	not lib.declared("tw_pdpa.restricted_transfer")
}

# METADATA
# title: An order restricts the transfer
# description: The operator states that an order of the competent authority restricts this transfer abroad.
# custom:
#   id: tw_pdpa.restricted
#   kind: barrier
#   cites: ["PDPA Art. 21"]
#   since: "2012-10-01"
#   confidence: medium
#   source: https://nope.net/regs/tw-pdpa-amendment-2025
barriers contains {
	"rule": "tw_pdpa.restricted",
	"instrument": "tw_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": sort([place | some place, home in data.tables.territories.tw_pdpa; home]),
} if {
	lib.in_force("tw_pdpa.restricted")
	transferred
	lib.declared("tw_pdpa.restricted_transfer")
}

# METADATA
# title: Orders of some sectors restrict transfers to the mainland
# description: >-
#   The data would reach the mainland, or a place that is not named. Orders forbid that for some sectors, such as
#   communications. That none covers the operator is not declared.
# custom:
#   id: tw_pdpa.mainland_orders
#   kind: barrier
#   cites: ["PDPA Art. 21", "Orders under PDPA Art. 21 on transfers to the mainland"]
#   since: "2012-10-01"
#   confidence: medium
#   source: https://nope.net/regs/tw-pdpa-amendment-2025
barriers contains {
	"rule": "tw_pdpa.mainland_orders",
	"instrument": "tw_pdpa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("tw_pdpa.mainland_orders")
	transferred
	mainland
	not lib.declared("tw_pdpa.no_mainland_order")
	not lib.declared("tw_pdpa.restricted_transfer")
}

# METADATA
# title: Special data without a ground
# description: >-
#   Medical, genetic, sex life, health examination and criminal data are not collected, processed or used without
#   written consent or another exception of the article.
# custom:
#   id: tw_pdpa.special_data
#   kind: barrier
#   cites: ["PDPA Art. 6"]
#   since: "2012-10-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "tw_pdpa.special_data",
	"instrument": "tw_pdpa",
	"categories": sort(sensitive),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("tw_pdpa.special_data")
	count(sensitive) > 0
	not lib.declared("tw_pdpa.special_data_ground")
}

# METADATA
# title: Keep the record of the transfer
# description: The decision to send personal data abroad is kept with the facts that it rested on.
# custom:
#   id: tw_pdpa.record
#   kind: obligation
#   cites: ["Enforcement Rules of the PDPA Art. 12"]
#   since: "2012-10-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "tw_pdpa.record",
	"instrument": "tw_pdpa",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("tw_pdpa.record")
	transferred
}

# METADATA
# title: An amendment waits for its day
# description: >-
#   The amendment promulgated on 11 November 2025 takes effect on a day that the Executive Yuan sets. It brings a
#   commission that may restrict transfers. Compare before you rely on this answer.
# custom:
#   id: tw_pdpa.amendment
#   kind: advice
#   cites: ["PDPA as amended on 2025-11-11"]
#   since: "2025-11-11"
#   confidence: medium
#   source: https://nope.net/regs/tw-pdpa-amendment-2025
advice contains {"rule": "tw_pdpa.amendment", "instrument": "tw_pdpa"} if {
	lib.in_force("tw_pdpa.amendment")
	transferred
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in Taiwan, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: tw_pdpa.access_not_known
#   kind: advice
#   cites: ["PDPA Art. 21"]
#   since: "2012-10-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "tw_pdpa.access_not_known", "instrument": "tw_pdpa"} if {
	count(lib.personal) > 0
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("tw_pdpa.access_not_known")
}
