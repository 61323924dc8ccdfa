# Facts that every instrument reads in the same way. Complete and partial rules rather than functions
# where a fact is used more than once: the embedded engine keeps the value of a rule, not of a call.
package guard.lib

# The rule applies on the date of the transfer. A rule without dates in the tables never applies.
in_force(rule) if {
	row := data.tables.rules[rule]
	row.since <= input.transfer.time
	input.transfer.time < row.until
}

# The operator makes this declaration of regions/declarations.yaml.
declared(id) if id in input.transfer.declared

# The recipient has this transfer instrument of regions/safeguards.yaml on file.
on_file(id) if id in input.destination.safeguards

# Categories that relate to a person and have not been taken out. Pseudonyms are still personal data
# for whoever can undo them (GDPR Art. 4(5), Rec. 26), so only redaction takes a category out, or a
# statement of the operator that no finding contradicts.
personal contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
	not anonymous(category)
}

# The operator states that the data were made anonymous before they came here. Its word covers what it
# declares, never what a detector found in the text.
anonymous(category) if {
	called_anonymous
	not category.found
}

called_anonymous if {
	input.transfer.facts.prior_treatment == "anonymised"
	not input.transfer.facts.anonymity_demonstrated == false
	not belied
}

# Somebody's name or number was found in the clear: the data are not what they are said to be, none of them.
belied if {
	some category in input.transfer.categories
	category.found
	category.personal
	category.direct
	category.treatment == "none"
}

# Categories that name a person by themselves and stand in the clear.
direct contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.direct
	category.treatment == "none"
	not anonymous(category)
}

# Only the holder of the keys can read the data (EDPB Recommendations 01/2020, use case 1). Where a detector could
# read of persons, others can.
sealed if {
	input.transfer.facts.prior_treatment == "encrypted_no_key"
	not legible
}

legible if {
	some category in input.transfer.categories
	category.found
	category.personal
}

# Personal categories of a class that the instrument protects specially.
sensitive(instrument) := {category.id |
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
	not anonymous(category)
	some class in category.classes
	data.tables.sensitive[instrument][class]
}

# Every place where the data would rest, be processed, or be looked at: access from a place is a
# transfer to it (EDPB Guidelines 05/2021).
places contains country(place) if some place in input.destination.storage

places contains country(place) if some place in input.destination.processing

places contains country(place) if some place in input.destination.access

# The recipient says where it stores and processes.
places_named if {
	not undisclosed(input.destination.storage)
	not undisclosed(input.destination.processing)
}

undisclosed(where) if "unknown" in where

# GLOBAL and GLOBAL_EXCEPT_…: sets without a boundary.
undisclosed(where) if {
	some place in where
	startswith(place, "GLOBAL")
}

# ISO 3166-2 subdivisions that are countries of their own in ISO 3166-1; the law of the parent does not
# simply follow them.
own_country := {
	"CN-HK": "HK", "CN-MO": "MO", "CN-TW": "TW",
	"FR-BL": "BL", "FR-GF": "GF", "FR-GP": "GP", "FR-MF": "MF", "FR-MQ": "MQ", "FR-NC": "NC",
	"FR-PF": "PF", "FR-PM": "PM", "FR-RE": "RE", "FR-TF": "TF", "FR-WF": "WF", "FR-YT": "YT",
	"NL-AW": "AW", "NL-BQ1": "BQ", "NL-BQ2": "BQ", "NL-BQ3": "BQ", "NL-CW": "CW", "NL-SX": "SX",
	"NO-21": "SJ", "NO-22": "SJ",
	"US-AS": "AS", "US-GU": "GU", "US-MP": "MP", "US-PR": "PR", "US-UM": "UM", "US-VI": "VI",
}

# The country of a location of the tables; sets (EEA) and `unknown` stand for themselves.
country(place) := own_country[place]

country(place) := split(place, "-")[0] if not own_country[place]

# The data stay on a device of the operator's own, where they already are: nobody receives them.
stays if {
	input.destination.kind == "device"
	input.destination.role == "self"
	every place in places {
		place in {"unknown", country(input.transfer.origin)}
	}
}

# A recipient other than the operator itself.
recipient if input.destination.role != "self"

# The lower of two confidences.
weakest(left, right) := "low" if "low" in {left, right}

weakest(left, right) := "medium" if {
	"medium" in {left, right}
	not "low" in {left, right}
}

weakest("high", "high") := "high"
