# 152-FZ Art. 18(5) and Art. 12: where data of Russian citizens are first recorded, and what may go abroad after that.

# METADATA
# scope: package
# title: Federal Law on Personal Data of Russia
# description: >-
#   Applies in Russia and to operators abroad that process data of Russian citizens by contract or consent. Covered are
#   the ban on collecting data of citizens into databases abroad, whose reach is disputed, the notice of transfers to
#   the authority, and special categories. The wording is that in force since 1 July 2025.
# custom:
#   cites: ["152-FZ, as amended by 23-FZ of 2025-02-28", "Roskomnadzor Order 128 of 2022-08-05"]
#   omits:
#     - "Art. 18(5) before 1 July 2025, which asked for databases in Russia and did not forbid others"
#     - "Art. 6, 9: bases and form of consent are the operator's word"
#     - "Art. 12(2): states with adequate protection and Order 128 are the operator's word"
#     - "Art. 14 to 22.1: rights, notice of processing, security, breaches"
#     - "149-FZ, telecommunications and banking law; state secrets"
package guard.instruments.ru_152fz

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.ru_152fz[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

# Databases, not eyes: access from abroad to a database in Russia is a transfer and no recording abroad.
databases_abroad contains place if {
	some place in input.destination.storage
	lib.country(place) in abroad
}

databases_abroad contains place if {
	some place in input.destination.processing
	lib.country(place) in abroad
}

home := sort([place | some place, inside in data.tables.territories.ru_152fz; inside])

# METADATA
# title: No personal data leave Russia
# description: No personal data are left, or storage, processing and access are all in Russia.
# custom:
#   id: ru_152fz.no_transfer
#   kind: exemption
#   cites: ["152-FZ Art. 3(11)", "152-FZ Art. 12(1)"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ru_152fz.no_transfer",
	"instrument": "ru_152fz",
	"mechanism": "within_territory",
	"authority": "152-FZ Art. 12(1)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("ru_152fz.no_transfer")
	not transferred
}

# METADATA
# title: The transfer was notified to the authority
# description: >-
#   The transfer to every state concerned was notified to Roskomnadzor, and it is on the list of Order 128 or the term
#   for a decision has run out without a prohibition.
# custom:
#   id: ru_152fz.notified
#   kind: permit
#   cites: ["152-FZ Art. 12(3)-(11)"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "ru_152fz.notified",
	"instrument": "ru_152fz",
	"mechanism": "regulator_notification",
	"authority": "152-FZ Art. 12(3)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	notified
}

notified if {
	lib.in_force("ru_152fz.notified")
	lib.on_file("ru_transfer_notice")
}

# METADATA
# title: The transfer was not notified to the authority
# description: >-
#   Before data go abroad the operator notifies Roskomnadzor of the states, recipients and purposes, and for states not
#   on its list waits for the term in which it may prohibit. Nothing of that is on file.
# custom:
#   id: ru_152fz.not_notified
#   kind: barrier
#   cites: ["152-FZ Art. 12(3)", "152-FZ Art. 12(10)"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ru_152fz.not_notified",
	"instrument": "ru_152fz",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ru_152fz.not_notified")
	transferred
	not notified
}

# METADATA
# title: The authority prohibited the transfer
# description: The operator states that Roskomnadzor prohibited or limited transfers to this recipient or state.
# custom:
#   id: ru_152fz.prohibited
#   kind: barrier
#   cites: ["152-FZ Art. 12(8)", "152-FZ Art. 12(12)"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ru_152fz.prohibited",
	"instrument": "ru_152fz",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ru_152fz.prohibited")
	transferred
	lib.declared("ru_152fz.transfer_prohibited")
}

# METADATA
# title: Data of citizens would be recorded in databases outside Russia
# description: >-
#   At collection, recording, systematising, storing, updating and retrieving data of Russian citizens in databases
#   outside Russia is prohibited. How far that reaches is disputed: some read it as a ban on first collection only,
#   others as a ban on every database abroad. Whoever has not stated that the first record was made in Russia, or that
#   an exception holds, is refused under both readings. No paper stands in for it, so a law that keeps the data
#   elsewhere conflicts with this one.
# custom:
#   id: ru_152fz.localisation
#   kind: barrier
#   cites: ["152-FZ Art. 18(5)", "23-FZ of 2025-02-28"]
#   since: "2025-07-01"
#   confidence: high
#   source: https://b1.ru/en/insights/law-messenger/localization-of-personal-data-of-russian-citizens-6-march-2025/
barriers contains {
	"rule": "ru_152fz.localisation",
	"instrument": "ru_152fz",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("ru_152fz.localisation")
	count(lib.personal) > 0
	count(databases_abroad) > 0
	citizens
	not lib.declared("ru_152fz.first_recorded_in_russia")
	not lib.declared("ru_152fz.localisation_exception")
}

citizens if not lib.declared("ru_152fz.no_citizens")

# A number that only residents and citizens of Russia have speaks against the declaration.
citizens if {
	some tag in input.transfer.tags
	tag.instrument == "ru_152fz"
	tag.trigger == "finding"
}

special := lib.sensitive("ru_152fz")

# METADATA
# title: Special categories or biometric data without a ground
# description: >-
#   Data on race, nationality, views, beliefs, health, intimate life or crime, and biometric data, are processed with
#   written consent or under a named exception.
# custom:
#   id: ru_152fz.special_categories
#   kind: barrier
#   cites: ["152-FZ Art. 10", "152-FZ Art. 11"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ru_152fz.special_categories",
	"instrument": "ru_152fz",
	"categories": sort(special),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("ru_152fz.special_categories")
	count(special) > 0
	not lib.declared("ru_152fz.special_ground")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. Who processes on behalf of the
#   operator keeps to the purposes of its order, and incompatible purposes are not joined.
# custom:
#   id: ru_152fz.training_use
#   kind: barrier
#   cites: ["152-FZ Art. 5", "152-FZ Art. 6(3)"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "ru_152fz.training_use",
	"instrument": "ru_152fz",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("ru_152fz.training_use")
	count(lib.personal) > 0
	lib.recipient
	input.destination.training_use != "no"
}

# METADATA
# title: Keep what the recipient said of its protection
# description: >-
#   Before the notice the operator gets from the recipient how it protects the data and, for states not on the list,
#   what the law there is. Both are kept for the authority.
# custom:
#   id: ru_152fz.record
#   kind: obligation
#   cites: ["152-FZ Art. 12(5)"]
#   since: "2025-07-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "ru_152fz.record",
	"instrument": "ru_152fz",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("ru_152fz.record")
	transferred
}

# METADATA
# title: Whether a copy may rest abroad is disputed
# description: >-
#   The transfer relies on the first record having been made in Russia. Under the stricter reading of the ban a database
#   abroad is prohibited all the same. Take advice before you rely on this answer.
# custom:
#   id: ru_152fz.reach_disputed
#   kind: advice
#   cites: ["152-FZ Art. 18(5)"]
#   since: "2025-07-01"
#   confidence: low
#   source: https://b1.ru/en/insights/law-messenger/localization-of-personal-data-of-russian-citizens-6-march-2025/
advice contains {"rule": "ru_152fz.reach_disputed", "instrument": "ru_152fz"} if {
	lib.in_force("ru_152fz.reach_disputed")
	count(lib.personal) > 0
	count(databases_abroad) > 0
	citizens
	lib.declared("ru_152fz.first_recorded_in_russia")
}
