# Essential equivalence (CJEU C-311/18) and the supplementary measures of EDPB Recommendations 01/2020, Annex 2: the
# use cases 1 to 5 are effective, 6 (cloud in clear) and 7 (remote access in clear) are not.
package guard.instruments.eu_gdpr

import data.guard.lib

# The safeguard on file is not defeated by the law of the third country.
equivalent if {
	assessed
	not problematic_law
	not undermined
}

equivalent if {
	input.transfer.facts.essential_equivalence_demonstrated == true
	not undermined
}

equivalent if {
	count(effective_measures) > 0
	not undermined
}

assessed if lib.on_file("tia")

assessed if input.transfer.facts.importer_subject_to_problematic_law == false

problematic_law if input.transfer.facts.importer_subject_to_problematic_law == true

undermined if lib.on_file("tia_incomplete")

undermined if lib.on_file("measures_not_compensating")

undermined if input.transfer.facts.essential_equivalence_demonstrated == false

# Use case 1: storage of what only the exporter can decrypt.
effective_measures contains "encrypted_storage" if {
	lib.sealed
	input.transfer.purpose == "storage"
	lib.on_file("encryption_state_of_the_art")
	lib.on_file("keys_only_in_eea")
	not lib.on_file("keys_with_importer")
	count(found_direct) == 0
}

# Use case 2: pseudonyms that nobody abroad can undo, and data that single nobody out.
effective_measures contains "pseudonymised" if {
	pseudonymous
	lib.on_file("additional_information_in_eea")
	lib.on_file("no_singling_out")
	not lib.on_file("additional_information_with_importer")
	not input.transfer.facts.recipient_means_of_reidentification == true
	count(found_direct) == 0
}

# Use case 4: a recipient whom local law protects from disclosure, and nobody else in between.
effective_measures contains "protected_recipient" if {
	lib.on_file("privileged_recipient")
	lib.on_file("end_to_end_encryption")
	not lib.on_file("keys_with_importer")
}

# Use case 5: no processor and no authority can put the parts together.
effective_measures contains "split_processing" if {
	lib.on_file("split_processing")
	lib.on_file("processors_apart")
	lib.on_file("authorities_apart")
}

pseudonymous if input.transfer.facts.prior_treatment == "pseudonymised"

# The gate replaces what it finds. A name that is only declared it cannot find, so that stays in the clear.
pseudonymous if {
	input.transfer.treatment == "pseudonymise"
	count(lib.direct) == 0
}

# Names and numbers that a detector found in the clear belie the statement that they were taken out.
found_direct contains category.id if {
	some category in input.transfer.categories
	category.found
	category.direct
	category.treatment == "none"
}

# Use case 3: the third country is only passed through. A host that carries what it cannot read receives nothing. It
# neither keeps the data nor learns from them.
transit_only if {
	input.transfer.facts.recipient_role == "transit_host"
	lib.on_file("transport_encryption_state_of_the_art")
	lib.on_file("decryption_at_adequate_destination")
	not lib.on_file("keys_with_importer")
	input.destination.role == "processor"
	input.destination.retention_days == 0
	input.destination.training_use == "no"
	not lib.legible
}

# METADATA
# title: The third country is only passed through
# description: >-
#   The data pass through a third country encrypted by the state of the art and can be decrypted only in the EEA or
#   in an adequate country, so nobody in the country passed through receives them.
# custom:
#   id: eu_gdpr.encrypted_transit
#   kind: permit
#   cites: ["EDPB Recommendations 01/2020 Annex 2 use case 3", "GDPR Art. 32"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "eu_gdpr.encrypted_transit",
	"instrument": "eu_gdpr",
	"mechanism": "encrypted_transit",
	"authority": "EDPB Recommendations 01/2020",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	stated
	transit_only
	lib.in_force("eu_gdpr.encrypted_transit")
}

# METADATA
# title: Data pass through a third country unprotected
# description: >-
#   The data travel through a third country without adequate protection, and it is not on file that they are encrypted
#   by the state of the art and can be decrypted only in the EEA or an adequate country. A person confirms that
#   nobody on the way can read them.
# custom:
#   id: eu_gdpr.transit_review
#   kind: barrier
#   cites: ["EDPB Recommendations 01/2020 Annex 2 use case 3", "GDPR Art. 32"]
#   since: "2018-05-25"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "eu_gdpr.transit_review",
	"instrument": "eu_gdpr",
	"categories": sort(subjects),
	"remedies": ["mechanism", "redact", "review"],
	"confine": [],
} if {
	stated
	count(passed_through) > 0
	count(subjects) > 0
	not carried_safely
	lib.in_force("eu_gdpr.transit_review")
}

passed_through contains place if {
	some place in input.transfer.facts.transit_countries
	not lib.country(place) in free_places
}

carried_safely if {
	lib.on_file("transport_encryption_state_of_the_art")
	lib.on_file("decryption_at_adequate_destination")
}

carried_safely if lib.on_file("end_to_end_encryption")

carried_safely if "encrypted_storage" in effective_measures

# METADATA
# title: The assessment found the law of the third country problematic
# description: >-
#   Clauses alone do not bind the authorities of the third country. Where the recipient needs the data in clear, as
#   in a cloud or for remote access, no effective technical measure is known; keep the data or the keys in the EEA.
# custom:
#   id: eu_gdpr.problematic_law
#   kind: advice
#   cites: ["EDPB Recommendations 01/2020 Annex 2 use cases 6, 7", "CJEU C-311/18"]
#   since: "2020-07-16"
#   confidence: high
#   source: general knowledge, not checked against the text
advice contains {"rule": "eu_gdpr.problematic_law", "instrument": "eu_gdpr"} if {
	stated
	problematic_law
	third_country_without_ground
	not equivalent
	lib.in_force("eu_gdpr.problematic_law")
}
