# Privacy Act APP 8.1 and 8.2: disclosing personal information to an overseas recipient.
package guard.instruments.au_privacy

import data.guard.lib

# METADATA
# title: Reasonable steps bind the recipient to the principles
# description: >-
#   An enforceable contract, or other steps that are reasonable in the circumstances, ensure that the overseas
#   recipient does not breach the principles.
# custom:
#   id: au_privacy.reasonable_steps
#   kind: permit
#   cites: ["Privacy Act 1988 APP 8.1"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.reasonable_steps",
	"instrument": "au_privacy",
	"mechanism": "reasonable_steps",
	"authority": "Privacy Act 1988 APP 8.1",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	steps_taken
	lib.in_force("au_privacy.reasonable_steps")
}

# METADATA
# title: It is claimed that no disclosure takes place
# description: >-
#   Conditions under which storage with a host is a use are stated, but not all, or not of a store.
# custom:
#   id: au_privacy.control_claimed
#   kind: permit
#   cites: ["OAIC APP Guidelines 8.14"]
#   since: "2014-03-12"
#   confidence: low
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "au_privacy.control_claimed",
	"instrument": "au_privacy",
	"mechanism": "control_claimed",
	"authority": "OAIC APP Guidelines 8.14",
	"valid_until": "9999-12-31",
	"confidence": "low",
} if {
	control_claimed
	lib.in_force("au_privacy.control_claimed")
}

# Steps that are stated not to have been taken are none, whatever the contract says. Nobody can have taken them
# for a recipient that does not say where it is, unless a contract with it is on file.
steps_taken if {
	disclosed
	lib.on_file("au_app_contract")
	not input.transfer.facts.reasonable_steps == false
}

steps_taken if {
	disclosed
	input.transfer.facts.reasonable_steps == true
	lib.places_named
}

ungrounded if {
	disclosed
	not steps_taken
	not excepted
}

# Not every condition is stated, and none is stated to be missing.
control_claimed if {
	ungrounded
	some_condition
	not failed
	not input.transfer.facts.reasonable_steps == false
}

some_condition if limited

some_condition if chained

some_condition if controlled

home := sort([place |
	some place, here in data.tables.territories.au_privacy
	here
])

# METADATA
# title: No reasonable steps and no exception
# description: >-
#   An overseas recipient would get personal information. No enforceable contract or other reasonable step is
#   stated, and no exception of APP 8.2.
# custom:
#   id: au_privacy.no_reasonable_steps
#   kind: barrier
#   cites: ["Privacy Act 1988 APP 8.1", "Privacy Act 1988 APP 8.2"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "au_privacy.no_reasonable_steps",
	"instrument": "au_privacy",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "mechanism", "redact", "relocate"],
	"confine": home,
} if {
	ungrounded
	not control_claimed
	lib.in_force("au_privacy.no_reasonable_steps")
}

# METADATA
# title: Whether this is a use or a disclosure is open
# description: >-
#   Storage with a host is a use only where the contract limits the host, binds its sub-contractors and leaves
#   effective control. Not all of it is stated, or the destination does more than store; a person has to look at
#   the contract.
# custom:
#   id: au_privacy.control_unsettled
#   kind: barrier
#   cites: ["OAIC APP Guidelines 8.14"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "au_privacy.control_unsettled",
	"instrument": "au_privacy",
	"categories": sort(lib.personal),
	"remedies": ["declare", "mechanism", "redact", "relocate", "review"],
	"confine": home,
} if {
	control_claimed
	lib.in_force("au_privacy.control_unsettled")
}

# METADATA
# title: Keep a record of overseas disclosures
# description: >-
#   The privacy policy says whether and, where practicable, to which countries personal information is
#   disclosed.
# custom:
#   id: au_privacy.disclosure_record
#   kind: obligation
#   cites: ["Privacy Act 1988 APP 1.4(f), (g)"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "au_privacy.disclosure_record",
	"instrument": "au_privacy",
	"days": 0,
	"declaration": "none",
} if {
	disclosed
	lib.in_force("au_privacy.disclosure_record")
}

# METADATA
# title: The entity answers for the recipient
# description: >-
#   Where the ground is reasonable steps, an act of the overseas recipient that would breach the principles is
#   taken to be the entity's own breach.
# custom:
#   id: au_privacy.accountability
#   kind: advice
#   cites: ["Privacy Act 1988 s. 16C"]
#   since: "2014-03-12"
#   confidence: medium
#   source: general knowledge, not checked against the text
advice contains {"rule": "au_privacy.accountability", "instrument": "au_privacy"} if {
	steps_taken
	not excepted
	lib.in_force("au_privacy.accountability")
}
