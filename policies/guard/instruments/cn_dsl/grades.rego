# DSL Art. 21, 24, 25, 31 and 36: what a datum is worth to the state decides where it may go.
# METADATA
# scope: package
# title: Data Security Law
# description: >-
#   Applies to handlers in mainland China and to data that rest there. Covers the grades of data and what they
#   mean for an export, the security review, export-controlled data and requests of foreign authorities. The
#   grades are the operator's word: nothing in a text shows them.
# custom:
#   cites: ["中华人民共和国数据安全法 (2021-06-10)"]
#   omits:
#     - "Art. 2(2): acts abroad that harm national security or public interests"
#     - "Art. 26: reciprocity against discriminatory measures"
#     - "Art. 27 to 29: management systems, monitoring and incidents"
#     - "The catalogues of important data of the regions and departments"
package guard.instruments.cn_dsl

import data.guard.lib

abroad contains place if {
	not lib.stays
	some place in lib.places
	not data.tables.territories.cn_dsl[place]
}

# The operator declares the grade, or a column or detector is marked with it.
important if lib.declared("cn_dsl.important_data")

important if input.transfer.facts.important_data_notified == true

important if input.transfer.facts.important_data_published == true

# A mark alone counts, until the operator states that no authority has listed the data (CAC Order No. 16
# Art. 2); both ways of listing have to be denied.
important if {
	"data.important" in graded
	not denied
}

denied if input.transfer.facts.important_data_notified == false

denied if input.transfer.facts.important_data_published == false

listing_unclear if {
	"data.important" in graded
	denied
	not important
	not denied_twice
}

denied_twice if {
	input.transfer.facts.important_data_notified == false
	input.transfer.facts.important_data_published == false
}

core if lib.declared("cn_dsl.core_data")

core if "data.core" in graded

graded contains category.id if {
	some category in input.transfer.categories
	category.treatment != "redact"
}

confine := sort([place | some place, home in data.tables.territories.cn_dsl; home])

# METADATA
# title: The data stay in mainland China
# description: Storage, processing and support access are all in mainland China.
# custom:
#   id: cn_dsl.within_mainland
#   kind: exemption
#   cites: ["DSL Art. 31"]
#   since: "2021-09-01"
#   confidence: high
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_dsl.within_mainland",
	"instrument": "cn_dsl",
	"mechanism": "within_territory",
	"authority": "DSL Art. 31",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_dsl.within_mainland")
	count(abroad) == 0
	not lib.stays
}

# METADATA
# title: The data stay on a device of the operator's own
# description: >-
#   The destination is a device of the operator's own at the place where the data already are. Nobody receives
#   them and they cross no border.
# custom:
#   id: cn_dsl.own_device
#   kind: exemption
#   cites: ["DSL Art. 31"]
#   since: "2021-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_dsl.own_device",
	"instrument": "cn_dsl",
	"mechanism": "own_device",
	"authority": "DSL Art. 31",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_dsl.own_device")
	lib.stays
}

# METADATA
# title: Neither important nor core data
# description: >-
#   The operator declares neither important nor core data. Data that no authority has notified or published as
#   important need not be treated as important for export.
# custom:
#   id: cn_dsl.ordinary_data
#   kind: exemption
#   cites: ["DSL Art. 21", "CAC Order No. 16 Art. 2"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_dsl.ordinary_data",
	"instrument": "cn_dsl",
	"mechanism": "ordinary_data",
	"authority": "CAC Order No. 16 Art. 2",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	lib.in_force("cn_dsl.ordinary_data")
	not important
	not core
}

# METADATA
# title: The export of important data has passed its security assessment
# description: The security assessment of this export of important data has been passed.
# custom:
#   id: cn_dsl.security_assessment
#   kind: permit
#   cites: ["DSL Art. 31", "CAC Order No. 16 Art. 7"]
#   since: "2021-09-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_dsl.security_assessment",
	"instrument": "cn_dsl",
	"mechanism": "cac_security_assessment",
	"authority": "DSL Art. 31",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	not core
	assessed
	graded_high
}

graded_high if important

# Before the Provisions nothing said which data are not important: an assessment then carried what it covered.
graded_high if not lib.in_force("cn_dsl.ordinary_data")

assessed if count(assessments) > 0

assessed if {
	lib.in_force("cn_dsl.security_assessment")
	lib.declared("cn_dsl.security_assessment_passed")
}

# METADATA
# title: State core data do not leave the country
# description: >-
#   Data that bear on national security, the lifelines of the economy, important livelihoods or major public
#   interests are under the strictest management. They stay in mainland China.
# custom:
#   id: cn_dsl.core_data
#   kind: barrier
#   cites: ["DSL Art. 21"]
#   since: "2021-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_dsl.core_data",
	"instrument": "cn_dsl",
	"categories": [],
	"remedies": ["relocate"],
	"confine": confine,
} if {
	lib.in_force("cn_dsl.core_data")
	core
	count(abroad) > 0
}

# METADATA
# title: Important data without a security assessment
# description: Important data may leave mainland China only after a passed security assessment.
# custom:
#   id: cn_dsl.important_data
#   kind: barrier
#   cites: ["DSL Art. 31", "CAC Order No. 16 Arts. 2, 7"]
#   since: "2021-09-01"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_dsl.important_data",
	"instrument": "cn_dsl",
	"categories": [],
	"remedies": ["declare", "mechanism", "relocate"],
	"confine": confine,
} if {
	lib.in_force("cn_dsl.important_data")
	important
	not core
	not assessed
	count(abroad) > 0
}

# METADATA
# title: Whether these are important data is not settled
# description: >-
#   The data are marked as important. The operator states that they were not notified, or not published, as
#   such, and says nothing of the other.
# custom:
#   id: cn_dsl.listing_unclear
#   kind: barrier
#   cites: ["DSL Art. 21", "CAC Order No. 16 Art. 2"]
#   since: "2024-03-22"
#   confidence: medium
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
barriers contains {
	"rule": "cn_dsl.listing_unclear",
	"instrument": "cn_dsl",
	"categories": [],
	"remedies": ["declare", "relocate", "review"],
	"confine": confine,
} if {
	lib.in_force("cn_dsl.listing_unclear")
	listing_unclear
	not core
	not assessed
	count(abroad) > 0
}

# METADATA
# title: Keep the risk assessment of important data
# description: Handlers of important data assess its risks periodically and report; the assessment names the export.
# custom:
#   id: cn_dsl.risk_assessment
#   kind: obligation
#   cites: ["DSL Art. 30"]
#   since: "2021-09-01"
#   confidence: high
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_dsl.risk_assessment",
	"instrument": "cn_dsl",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_dsl.risk_assessment")
	important
}

# METADATA
# title: The grade of the data is taken from the operator
# description: >-
#   Nothing in the text of data shows whether an authority has listed them as important. The answer rests on
#   the operator's not having declared them so.
# custom:
#   id: cn_dsl.grading
#   kind: advice
#   cites: ["DSL Art. 21", "Decree No. 790 Art. 37"]
#   since: "2021-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "cn_dsl.grading", "instrument": "cn_dsl"} if {
	lib.in_force("cn_dsl.grading")
	count(abroad) > 0
	not important
	not core
}
