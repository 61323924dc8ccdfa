# CAC Order No. 16 Art. 7 to 9: which mechanism an export needs, and which one is on file.
package guard.instruments.cn_cbdf

import data.guard.lib

assessed if count(assessments) > 0

# The day until which a passed assessment may be relied on (Art. 9).
assessments contains until if {
	lib.in_force("cn_cbdf.security_assessment")
	some until in data.guard.instruments.cn_dsl.assessments
}

# The declaration speaks of important data alone: it carries no personal information beside them.
important_assessed if assessed

important_assessed if {
	lib.in_force("cn_cbdf.security_assessment")
	lib.declared("cn_dsl.security_assessment_passed")
}

terms contains until if some until in assessments

terms contains "9999-12-31" if {
	data.guard.instruments.cn_dsl.important
	important_assessed
	not assessed
}

contracted if {
	lib.in_force("cn_cbdf.standard_contract")
	exported
	contract_open
	lib.on_file("cac_standard_contract")
}

contracted_in_bay_area if {
	lib.in_force("cn_cbdf.bay_area_contract")
	exported
	contract_open
	lib.on_file("gba_standard_contract")
	every place in abroad {
		place in {"HK", "MO"}
	}
}

certified if {
	lib.in_force("cn_cbdf.certification")
	exported
	contract_open
	lib.on_file("cac_certification")
}

# A mechanism that is open at this volume is on file.
routed if assessed

routed if contracted

routed if contracted_in_bay_area

routed if certified

# Personal information for which a mechanism is due and none is on file.
unrouted if {
	exported
	not exempt
	not routed
}

# METADATA
# title: The security assessment has been passed
# description: >-
#   The cyberspace administration's security assessment of this export is on file and less than three years old.
#   It is the only route for critical operators, important data and large volumes, and open to every handler.
# custom:
#   id: cn_cbdf.security_assessment
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 7", "CAC Order No. 16 Art. 9"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.security_assessment",
	"instrument": "cn_cbdf",
	"mechanism": "cac_security_assessment",
	"authority": "CAC Order No. 16 Art. 7",
	"valid_until": until,
	"confidence": input.destination.confidence,
} if {
	count(abroad) > 0
	restricted
	some until in terms
}

# METADATA
# title: The standard contract has been filed
# description: >-
#   The standard contract with the recipient abroad is in force and filed, and the volume is below one million
#   persons and below 10,000 with sensitive information. Where the volume is not known, the filing speaks for it.
# custom:
#   id: cn_cbdf.standard_contract
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 8", "CAC Order No. 13 Art. 4"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
permits contains {
	"rule": "cn_cbdf.standard_contract",
	"instrument": "cn_cbdf",
	"mechanism": "cac_standard_contract",
	"authority": "CAC Order No. 16 Art. 8",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	contracted
}

# METADATA
# title: The Greater Bay Area's standard contract has been filed
# description: >-
#   Both parties are registered in the Greater Bay Area, its standard contract is filed, and the data go to Hong
#   Kong or Macao and no further. Not for important data. Taken to be open below the volumes of the assessment.
# custom:
#   id: cn_cbdf.bay_area_contract
#   kind: permit
#   cites: ["GBA Standard Contract, Implementation Guidelines of 2023-12-13", "CAC Order No. 16 Art. 8"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_cbdf.bay_area_contract",
	"instrument": "cn_cbdf",
	"mechanism": "gba_standard_contract",
	"authority": "GBA Standard Contract",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	contracted_in_bay_area
}

# METADATA
# title: A certification of the export is on file
# description: >-
#   A qualified body has certified the protection of personal information in this export, and the volume is
#   below one million persons and below 10,000 with sensitive information.
# custom:
#   id: cn_cbdf.certification
#   kind: permit
#   cites: ["CAC Order No. 16 Art. 8", "CAC/SAMR Order No. 20"]
#   since: "2026-01-01"
#   confidence: high
#   source: https://digitalpolicyalert.org/event/34594
permits contains {
	"rule": "cn_cbdf.certification",
	"instrument": "cn_cbdf",
	"mechanism": "cac_certification",
	"authority": "CAC Order No. 16 Art. 8",
	"valid_until": "9999-12-31",
	"confidence": input.destination.confidence,
} if {
	certified
}

# METADATA
# title: A passed assessment runs out
# description: >-
#   A result is valid for three years. Apply for its extension sixty working days before it ends; one that is
#   older counts for nothing.
# custom:
#   id: cn_cbdf.assessment_term
#   kind: advice
#   cites: ["CAC Order No. 16 Art. 9"]
#   since: "2024-03-22"
#   confidence: high
#   source: https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm
advice contains {"rule": "cn_cbdf.assessment_term", "instrument": "cn_cbdf"} if {
	lib.in_force("cn_cbdf.assessment_term")
	count(abroad) > 0
	count(data.guard.instruments.cn_dsl.results) > 0
}

# METADATA
# title: Report on the assessed or filed export
# description: >-
#   Keep the report of the impact assessment and the filed contract; a material change of purpose, scope or
#   recipient means filing or assessment anew.
# custom:
#   id: cn_cbdf.record
#   kind: obligation
#   cites: ["CAC Order No. 13 Art. 8", "CAC Order No. 16 Art. 10"]
#   since: "2024-03-22"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_cbdf.record",
	"instrument": "cn_cbdf",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_cbdf.record")
	exported
	routed
}
