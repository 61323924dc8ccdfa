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

third_year[sprintf("%d", [year])] := sprintf("%d", [year + 3]) if some year in numbers.range(2022, 2060)
