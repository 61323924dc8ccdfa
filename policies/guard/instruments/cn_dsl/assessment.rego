# The security assessment of the cyberspace administration (DSL Art. 31, PIPL Art. 38(1)(1)) and its term.
package guard.instruments.cn_dsl

import data.guard.lib

# The day until which a passed assessment may be relied on.
assessments contains "9999-12-31" if {
	lib.in_force("cn_dsl.security_assessment")
	lib.on_file("cac_security_assessment")
}

assessments contains until if {
	lib.in_force("cn_dsl.security_assessment")
	some passed, until in results
	passed <= input.transfer.time
	input.transfer.time < until
}

# Three years from the day of the result (CAC Order No. 16 Art. 9), which stands in the safeguard's name.
results[passed] := concat("-", [third_year[parts[0]], parts[1], parts[2]]) if {
	some safeguard in input.destination.safeguards
	startswith(safeguard, "cac_assessment_passed_")
	passed := trim_prefix(safeguard, "cac_assessment_passed_")
	parts := split(passed, "-")
}

# A table, because the portable subset does not turn a word into a number.
third_year := {
	"2022": "2025", "2023": "2026", "2024": "2027", "2025": "2028", "2026": "2029", "2027": "2030",
	"2028": "2031", "2029": "2032", "2030": "2033", "2031": "2034", "2032": "2035", "2033": "2036",
	"2034": "2037", "2035": "2038", "2036": "2039", "2037": "2040", "2038": "2041", "2039": "2042",
	"2040": "2043", "2041": "2044", "2042": "2045", "2043": "2046", "2044": "2047", "2045": "2048",
}
