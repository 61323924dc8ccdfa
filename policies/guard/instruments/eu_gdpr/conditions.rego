# GDPR Art. 49(1): what the operator's word can stand for when nothing is stated of a condition. What is stated goes
# before it, and a condition that is stated to fail is failed.
package guard.instruments.eu_gdpr

import data.guard.lib

# Every condition of the claimed ground holds and is documented.
vouched if lib.declared("eu_gdpr.derogation_conditions")

# The word covers an exception only: no regular transfer, none to somebody with whom the sender stands in a lasting
# relationship unless it is stated to be occasional (EDPB Guidelines 2/2018), and no training, which no single case
# needs.
vouched_once if {
	vouched
	not repeated
	not lasting
	input.transfer.purpose != "training"
}

lasting if {
	input.destination.role == "processor"
	not occasional
}

lasting if {
	input.transfer.facts.intra_group == true
	not occasional
}

consent_explicit if input.transfer.facts.explicit_consent == true

consent_explicit if {
	vouched
	not input.transfer.facts.explicit_consent == false
}

risks_told if input.transfer.facts.informed_of_risks == true

risks_told if {
	vouched
	not input.transfer.facts.informed_of_risks == false
}

outside_routine if occasional

outside_routine if vouched_once

objectively_needed if needed

objectively_needed if vouched_once

recognised_interest if input.transfer.facts.international_agreement == true

recognised_interest if {
	vouched_once
	not input.transfer.facts.international_agreement == false
}

pending if input.transfer.facts.proceeding_formally_pending == true

pending if {
	vouched_once
	not input.transfer.facts.proceeding_formally_pending == false
}

in_danger if input.transfer.facts.life_threatening == true

in_danger if {
	vouched_once
	not input.transfer.facts.life_threatening == false
}

incapable if input.transfer.facts.data_subject_incapable == true

incapable if {
	vouched_once
	not input.transfer.facts.data_subject_incapable == false
}

# Nothing is stated, and the operator's word does not go that far: neither met nor excluded.
left_open contains fact if {
	vouched
	not repeated
	some fact in circumstances
	not fact in settled
}

circumstances := {"data_subject_incapable", "life_threatening", "proceeding_formally_pending"}

settled contains fact if {
	some fact in circumstances
	is_boolean(input.transfer.facts[fact])
}
