# 28 CFR 202.211(a)(1), (2): 50 per cent or more, directly or indirectly, added up.
package guard.instruments.us_doj_bulk

# 202.601(a); 202.208, 202.250 and 202.251: Hong Kong and Macau belong to China.
concern := {"CN", "CU", "DOJ_COUNTRIES_OF_CONCERN", "HK", "IR", "KP", "MO", "RU", "VE"}

# How an owner that is a covered person itself is written, wherever it is.
covered_owner := {"covered", "covered_person", "country_of_concern"}

percents[format_int(number, 10)] := number if some number in numbers.range(0, 100)

# An owner's share in tenths of a per cent; further decimals are rounded up. What begins with 0 may be
# a share of one and not of a hundred, so it is not read at all.
share(part) := percents[trim_suffix(part, "%")] * 10

share(part) := (percents[whole] * 10) + percents[substring(decimals, 0, 1)] if {
	[whole, decimals] := split(trim_suffix(part, "%"), ".")
	whole != "0"
	count(decimals) == 1
}

share(part) := ((percents[whole] * 10) + percents[substring(decimals, 0, 1)]) + 1 if {
	[whole, decimals] := split(trim_suffix(part, "%"), ".")
	whole != "0"
	count(decimals) > 1
}

# What is stated of each owner, by its place in the list: two owners may hold the same share.
holdings[index] := {"shares": shares(parts), "parts": parts} if {
	some index, entry in input.transfer.facts.ownership
	parts := {part | some part in split(entry, ":")}
}

shares(parts) := {one |
	some part in parts
	share(part) >= 0
	one := share(part)
}

of_concern(holding) if count(holding.parts & (concern | covered_owner)) > 0

# Who owns how much can be read: one share, and a country or the word for a covered person.
legible(holding) if {
	count(holding.shares) == 1
	count({part | some part in holding.parts; domicile(part)}) == 1
	count(holding.parts & {"False", "True", "false", "true"}) == 0
	not mixed(holding)
}

# The owner's name points at a country of concern, at whose persons, or at a covered person, and its country
# does not: then it may be owned from there itself.
mixed(holding) if {
	not of_concern(holding)
	some part in holding.parts
	some hint in hints
	contains(lower(part), hint)
}

hints := {"beijing", "china", "chinese", "concern", "covered", "cuba", "iran", "korea", "macau", "russia", "venezuela"}

domicile(part) if part in covered_owner

domicile(part) if {
	count(part) == 2
	upper(part) == part
	not percents[part]
}

# Stated shares of countries of concern and covered persons, in tenths of a per cent.
concerned_share := sum([one |
	some holding in holdings
	of_concern(holding)
	some one in holding.shares
])

owned_by_concern if concerned_share >= 500

ownership_open if {
	some holding in holdings
	not legible(holding)
	not owned_by_concern
}

# A branch abroad of a company of the United States is that company (202.256(b), Example 5), whether the country of
# its operator is given as its own or as that of its head office.
home_branch if {
	us_sender
	role == "own_branch"
	home_office
}

home_branch if {
	input.transfer.facts.recipient_form == "branch"
	input.transfer.facts.same_legal_entity == true
	us_sender
	home_office
}

home_office if {
	parent in united_states
	not service_operated
}

# Somebody else's service is nobody's branch.
service_operated if input.destination.role in {"processor", "unknown"}

us_by_fact if {
	home_branch
	not individual
	kind_stated != "employment_agreement"
}
