# Law 91/2025/QH15 Art. 20 and Decree 356/2025/ND-CP Art. 18: transfers out of Vietnam.

# METADATA
# scope: package
# title: Personal Data Protection Law of Vietnam
# description: >-
#   Applies to organisations in Vietnam and to those abroad that process data of persons there. Nothing is approved in
#   advance: whoever transfers files an impact assessment within sixty days of the first transfer. Article numbers and
#   the exemptions are known from secondary sources.
# custom:
#   cites: ["Law 91/2025/QH15", "Decree 356/2025/ND-CP", "Law 60/2024/QH15"]
#   omits:
#     - "Consent and other bases, and the rights of the persons, are the operator's word"
#     - "Impact assessment of processing in the country, data protection officers"
#     - "Special rules for employment, finance, advertising, platforms, artificial intelligence and cloud services"
#     - "Later versions of the dossier and inspections of transfers"
#     - "Law on Data: which data are core or important is the operator's word"
package guard.instruments.vn_pdpl

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.vn_pdpl[place]
}

transferred if {
	count(lib.personal) > 0
	count(abroad) > 0
}

# METADATA
# title: No personal data leave Vietnam
# description: No personal data are left, or storage, processing and access are all in Vietnam.
# custom:
#   id: vn_pdpl.no_transfer
#   kind: exemption
#   cites: ["Law 91/2025/QH15 Art. 2", "Law 91/2025/QH15 Art. 20"]
#   since: "2026-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "vn_pdpl.no_transfer",
	"instrument": "vn_pdpl",
	"mechanism": "within_territory",
	"authority": "Law 91/2025/QH15 Art. 20",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("vn_pdpl.no_transfer")
	not transferred
}

# METADATA
# title: The transfer needs no dossier
# description: >-
#   The operator stores its own employees' data on a cloud, the persons send their own data, or a competent state
#   agency makes the transfer.
# custom:
#   id: vn_pdpl.dossier_exempt
#   kind: exemption
#   cites: ["Law 91/2025/QH15 Art. 20"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://app.heylefty.com/topics/019e4723-4ca5-73f3-a770-116fda28d363/notes/vietnam-pdpl-decree-356-cross-border-transfers-2026
permits contains {
	"rule": "vn_pdpl.dossier_exempt",
	"instrument": "vn_pdpl",
	"mechanism": "exempt_transfer",
	"authority": "Law 91/2025/QH15 Art. 20",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	exempt
}

exempt if {
	lib.in_force("vn_pdpl.dossier_exempt")
	exempt_case
}

# On a cloud means stored there; a model that answers is another service.
exempt_case if {
	input.transfer.purpose == "storage"
	lib.declared("vn_pdpl.employee_data_on_cloud")
}

exempt_case if lib.declared("vn_pdpl.self_transfer")

exempt_case if lib.declared("vn_pdpl.state_agency")

# METADATA
# title: The dossier is submitted
# description: The dossier of the impact assessment of this transfer was submitted and was not sent back.
# custom:
#   id: vn_pdpl.dossier
#   kind: permit
#   cites: ["Law 91/2025/QH15 Art. 20", "Decree 356/2025/ND-CP Art. 18"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://app.heylefty.com/topics/019e4723-4ca5-73f3-a770-116fda28d363/notes/vietnam-pdpl-decree-356-cross-border-transfers-2026
permits contains {
	"rule": "vn_pdpl.dossier",
	"instrument": "vn_pdpl",
	"mechanism": "impact_assessment_filing",
	"authority": "Law 91/2025/QH15 Art. 20",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	filed
}

filed if {
	lib.in_force("vn_pdpl.dossier")
	lib.on_file("vn_transfer_dossier")
}

# METADATA
# title: The term for the dossier is running
# description: >-
#   At most sixty days have passed since the first transfer, and the dossier may still be submitted. The days are
#   counted; where the count is not known the term is not taken to run.
# custom:
#   id: vn_pdpl.within_term
#   kind: permit
#   cites: ["Law 91/2025/QH15 Art. 20", "Decree 356/2025/ND-CP Art. 18"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://app.heylefty.com/topics/019e4723-4ca5-73f3-a770-116fda28d363/notes/vietnam-pdpl-decree-356-cross-border-transfers-2026
permits contains {
	"rule": "vn_pdpl.within_term",
	"instrument": "vn_pdpl",
	"mechanism": "impact_assessment_filing",
	"authority": "Law 91/2025/QH15 Art. 20",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	transferred
	not filed
	term_runs
}

term_runs if {
	lib.in_force("vn_pdpl.within_term")
	input.destination.counts.days_since_first_transfer <= 60
}

# METADATA
# title: No dossier for the transfer
# description: >-
#   More than sixty days have passed since the first transfer, or how many is not known, and no dossier of its impact
#   assessment was submitted.
# custom:
#   id: vn_pdpl.no_dossier
#   kind: barrier
#   cites: ["Law 91/2025/QH15 Art. 20", "Decree 356/2025/ND-CP Art. 18"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://app.heylefty.com/topics/019e4723-4ca5-73f3-a770-116fda28d363/notes/vietnam-pdpl-decree-356-cross-border-transfers-2026
barriers contains {
	"rule": "vn_pdpl.no_dossier",
	"instrument": "vn_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("vn_pdpl.no_dossier")
	transferred
	not exempt
	not filed
	not term_runs
}

home := sort([place | some place, inside in data.tables.territories.vn_pdpl; inside])

# METADATA
# title: The Ministry ordered the transfer to stop
# description: The operator states that the Ministry of Public Security ordered this transfer to be stopped.
# custom:
#   id: vn_pdpl.stopped
#   kind: barrier
#   cites: ["Law 91/2025/QH15 Art. 20"]
#   since: "2026-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "vn_pdpl.stopped",
	"instrument": "vn_pdpl",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": home,
} if {
	lib.in_force("vn_pdpl.stopped")
	transferred
	lib.declared("vn_pdpl.stop_order")
}

# METADATA
# title: Keep the dossier ready
# description: The dossier of the transfer is kept so that the authority can see it at any time.
# custom:
#   id: vn_pdpl.record
#   kind: obligation
#   cites: ["Law 91/2025/QH15 Art. 20", "Decree 356/2025/ND-CP Art. 18"]
#   since: "2026-01-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "vn_pdpl.record",
	"instrument": "vn_pdpl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("vn_pdpl.record")
	transferred
	not exempt
}

# METADATA
# title: Submit the dossier before the term ends
# description: >-
#   The transfer rests on the sixty days in which the dossier may still be submitted. After them it is refused.
# custom:
#   id: vn_pdpl.submit_in_time
#   kind: advice
#   cites: ["Law 91/2025/QH15 Art. 20"]
#   since: "2026-01-01"
#   confidence: medium
#   source: https://app.heylefty.com/topics/019e4723-4ca5-73f3-a770-116fda28d363/notes/vietnam-pdpl-decree-356-cross-border-transfers-2026
advice contains {"rule": "vn_pdpl.submit_in_time", "instrument": "vn_pdpl"} if {
	lib.in_force("vn_pdpl.submit_in_time")
	transferred
	not filed
	term_runs
}
