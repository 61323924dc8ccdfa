# CAC Order No. 16 Art. 2 to 4: what is an export of restricted data at all. The grades of data come from the
# Data Security Law. Its package is named in full: behind an alias the interpreting engine loses rules.
# METADATA
# scope: package
# title: Provisions on Promoting and Regulating Cross-Border Data Flows
# description: >-
#   Which exports from the mainland need a security assessment, a filed standard contract or a certification,
#   and which need none. Applies to handlers in the mainland, to data that rest there, and to information about
#   persons there. Covers Art. 2 to 9 and the cyberspace administration's answers of 2024 and 2025. Persons are
#   counted from 1 January by the ledger, or as the operator states.
# custom:
#   cites: ["CAC Order No. 16 (2024-03-22)", "CAC Order No. 13 (2023)", "CAC Q&A of 2025-04-09 and 2025-10-31"]
#   omits:
#     - "The negative lists of the free-trade zones themselves (Art. 6): the operator compares"
#     - "Identifying important data (Art. 2): the operator declares what was notified or published"
#     - "The procedure of assessment, filing and renewal (Art. 9), and supervision (Art. 11, 12)"
#     - "Thresholds before 22 March 2024"
package guard.instruments.cn_cbdf

import data.guard.lib

# Places outside the mainland that the data would reach; to be able to look at data from abroad is to be
# given them, wherever they rest (CAC Q&A of 2025-10-31).
abroad contains place if {
	not lib.stays
	not on_the_spot
	some place in outside
}

# The operator states an export that the destination's places do not show.
abroad contains "unknown" if {
	not lib.stays
	count(outside) == 0
	input.transfer.facts.data_leaves_china == true
}

outside contains place if {
	some place in lib.places
	not data.tables.territories.cn_cbdf[place]
}

# Visitors look at data that rest in the mainland, in the mainland, and take nothing along. Without that
# statement a visit is treated like any other access of somebody from abroad.
on_the_spot if {
	input.transfer.facts.access_mode == "on_site"
	input.transfer.facts.data_leaves_china == false
	at_rest
}

at_rest if {
	every place in input.destination.storage {
		data.tables.territories.cn_cbdf[lib.country(place)]
	}
	every place in input.destination.processing {
		data.tables.territories.cn_cbdf[lib.country(place)]
	}
}

exported if {
	count(lib.personal) > 0
	count(abroad) > 0
}

# Relocating cures nothing where the operator states that the data leave.
offered(remedies) := remedies if not input.transfer.facts.data_leaves_china == true

offered(remedies) := [remedy | some remedy in remedies; remedy != "relocate"] if {
	input.transfer.facts.data_leaves_china == true
}

confine := [] if input.transfer.facts.data_leaves_china == true

confine := sort([place | some place, home in data.tables.territories.cn_cbdf; home]) if {
	not input.transfer.facts.data_leaves_china == true
}

important_abroad if {
	data.guard.instruments.cn_dsl.important
	count(abroad) > 0
}

# METADATA
# title: The data stay in mainland China
# description: >-
#   Storage, processing and access are all in mainland China, so nothing is provided abroad. Group membership of
#   the recipient or foreign capital behind it makes no export.
# custom:
#   id: cn_cbdf.within_mainland
#   kind: exemption
#   cites: ["CAC Order No. 16 Art. 2", "PIPL Art. 38(1)"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.within_mainland",
	"instrument": "cn_cbdf",
	"mechanism": "within_territory",
	"authority": "CAC Order No. 16 Art. 2",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_cbdf.within_mainland")
	count(abroad) == 0
	not lib.stays
}

# METADATA
# title: The data stay on a device of the operator's own
# description: >-
#   The destination is a device of the operator's own at the place where the data already are. Nobody receives
#   them and they cross no border.
# custom:
#   id: cn_cbdf.own_device
#   kind: exemption
#   cites: ["CAC Order No. 16 Art. 2"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_cbdf.own_device",
	"instrument": "cn_cbdf",
	"mechanism": "own_device",
	"authority": "CAC Order No. 16 Art. 2",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_cbdf.own_device")
	lib.stays
}

restricted if count(lib.personal) > 0

restricted if data.guard.instruments.cn_dsl.important

restricted if data.guard.instruments.cn_dsl.core

# METADATA
# title: Neither personal information nor important data
# description: >-
#   The data hold no personal information and were neither notified nor published as important data, so none of
#   the mechanisms is due.
# custom:
#   id: cn_cbdf.ordinary_data
#   kind: exemption
#   cites: ["CAC Order No. 16 Art. 2", "PIPL Art. 4"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.ordinary_data",
	"instrument": "cn_cbdf",
	"mechanism": "ordinary_data",
	"authority": "CAC Order No. 16 Art. 2",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_cbdf.ordinary_data")
	not restricted
	not input.transfer.facts.activity
}

# METADATA
# title: Data of trade, transport, research, manufacture or marketing
# description: >-
#   Data collected and produced in international trade, cross-border transport, academic cooperation,
#   multinational manufacturing or marketing that hold neither personal information nor important data.
# custom:
#   id: cn_cbdf.activity_without_personal_information
#   kind: exemption
#   cites: ["CAC Order No. 16 Art. 3"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.activity_without_personal_information",
	"instrument": "cn_cbdf",
	"mechanism": "ordinary_data",
	"authority": "CAC Order No. 16 Art. 3",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_cbdf.activity_without_personal_information")
	not restricted
	input.transfer.facts.activity
}

# METADATA
# title: Collected abroad and only processed in the mainland
# description: >-
#   Personal information that was collected and produced abroad goes abroad again after processing in mainland
#   China, and no domestic personal information or important data came in.
# custom:
#   id: cn_cbdf.collected_abroad
#   kind: exemption
#   cites: ["CAC Order No. 16 Art. 4"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.collected_abroad",
	"instrument": "cn_cbdf",
	"mechanism": "collected_abroad",
	"authority": "CAC Order No. 16 Art. 4",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	in_transit
}

in_transit if {
	lib.in_force("cn_cbdf.collected_abroad")
	exported
	not data.guard.instruments.cn_dsl.important
	not data.guard.instruments.cn_dsl.core
	input.transfer.facts.collected_abroad == true
	input.transfer.facts.domestic_pi_or_important_data_added == false
	not found_domestic
}

# A number or an address of the mainland that a detector found contradicts the statement.
found_domestic if {
	some tag in input.transfer.tags
	startswith(tag.instrument, "cn_")
	tag.trigger == "finding"
}

# METADATA
# title: From where the data can be looked at is not known
# description: >-
#   The destination keeps and processes the data in mainland China, but does not say from where its staff can
#   look at them, so access from abroad is assumed. Ask the provider, and state the places as `access` of a
#   destination of your own.
# custom:
#   id: cn_cbdf.access_not_known
#   kind: advice
#   cites: ["CAC Order No. 16 Art. 2", "CAC Q&A of 2025-10-31"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "cn_cbdf.access_not_known", "instrument": "cn_cbdf"} if {
	count(lib.personal) > 0
	abroad == {"unknown"}
	not "unknown" in input.destination.storage
	not "unknown" in input.destination.processing
	lib.in_force("cn_cbdf.access_not_known")
}
