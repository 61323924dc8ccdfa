# PIPA Art. 17, 18 and 26: processors, third parties and training, in Korea and abroad.
package guard.instruments.kr_pipa

import data.guard.lib

# METADATA
# title: No outsourcing document on file
# description: >-
#   Entrusting personal information needs a document with the items of the Act: the purpose, no use beyond it,
#   safeguards, supervision. None is on file for this processor; a contract with the terms of GDPR Art. 28
#   serves as well.
# custom:
#   id: kr_pipa.outsourcing_document
#   kind: barrier
#   cites: ["PIPA Art. 26(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.outsourcing_document",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["mechanism", "redact"],
	"confine": [],
} if {
	concerned
	input.destination.role in {"processor", "unknown"}
	not lib.on_file("kr_outsourcing_contract")
	not lib.on_file("dpa_art28")
	lib.in_force("kr_pipa.outsourcing_document")
}

# METADATA
# title: The processor was not made public
# description: >-
#   The processor and what is entrusted to it must be public, usually in the privacy policy. It is stated that
#   they are not, and the data subjects were not told either.
# custom:
#   id: kr_pipa.processor_not_disclosed
#   kind: barrier
#   cites: ["PIPA Art. 26(2)", "PIPA Art. 30(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.processor_not_disclosed",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	undisclosed
	lib.in_force("kr_pipa.processor_not_disclosed")
}

undisclosed if {
	concerned
	count(abroad) == 0
	input.destination.role in {"processor", "unknown"}
	input.transfer.facts.disclosed_in_privacy_policy == false
	not input.transfer.facts.users_notified == true
}

# METADATA
# title: The users were not told
# description: >-
#   It is stated that the processing is not in the privacy policy, or that the users were not told of it. The data stay
#   in Korea, so no ground of transfer turns on it, but the policy has to be public there as well. A person has to see
#   what was made known.
# custom:
#   id: kr_pipa.not_made_known
#   kind: barrier
#   cites: ["PIPA Art. 15(2)", "PIPA Art. 26(2)", "PIPA Art. 30(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.not_made_known",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact", "review"],
	"confine": [],
} if {
	concerned
	count(abroad) == 0
	not lib.stays
	kept_quiet
	not undisclosed
	lib.in_force("kr_pipa.not_made_known")
}

kept_quiet if input.transfer.facts.disclosed_in_privacy_policy == false

kept_quiet if input.transfer.facts.users_notified == false

# METADATA
# title: The processor is not supervised
# description: >-
#   Who entrusts personal information trains the processor and checks how it handles them. It is stated that
#   this is not done.
# custom:
#   id: kr_pipa.processor_unsupervised
#   kind: barrier
#   cites: ["PIPA Art. 26(4)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.processor_unsupervised",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["declare", "redact"],
	"confine": [],
} if {
	concerned
	lib.recipient
	input.transfer.facts.processor_supervised == false
	lib.in_force("kr_pipa.processor_unsupervised")
}

# A consent that is stated to be missing is not made up for by a declaration.
provision_based if {
	lib.declared("kr_pipa.provision_basis")
	not input.transfer.facts.consent_for_transfer == false
}

# To a country of equivalent protection the transfer needs no consent (Art. 28-8(1)(5)); the basis may be another one.
provision_based if {
	lib.declared("kr_pipa.provision_basis")
	equivalent
}

# METADATA
# title: No basis for providing the data to a third party
# description: >-
#   The recipient has purposes of its own. Providing it with personal information needs consent or another basis
#   of the Act, besides the ground for a transfer abroad.
# custom:
#   id: kr_pipa.third_party_provision
#   kind: barrier
#   cites: ["PIPA Art. 17(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.third_party_provision",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "relocate"],
	"confine": [],
} if {
	concerned
	input.destination.role == "controller"
	not consented
	not collection_claimed
	not provision_based
	lib.in_force("kr_pipa.third_party_provision")
}

# METADATA
# title: The recipient trains on what it receives
# description: >-
#   The recipient uses inputs to train its own models, or does not say that it does not. A processor may not use
#   the data beyond what was entrusted to it, and the persons have not consented.
# custom:
#   id: kr_pipa.training_use
#   kind: barrier
#   cites: ["PIPA Art. 18(1)", "PIPA Art. 26(5)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.training_use",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "redact", "relocate"],
	"confine": [],
} if {
	concerned
	lib.recipient
	input.destination.training_use != "no"
	not lib.declared("kr_pipa.training_consent")
	lib.in_force("kr_pipa.training_use")
}

# METADATA
# title: The training is not lawful
# description: >-
#   It is stated that personal information was or would be used for training without a basis in the Act, for
#   instance beyond the purpose for which users gave it.
# custom:
#   id: kr_pipa.training_unlawful
#   kind: barrier
#   cites: ["PIPA Art. 15(1)", "PIPA Art. 18(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.training_unlawful",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	concerned
	input.transfer.facts.training_lawful == false
	lib.in_force("kr_pipa.training_unlawful")
}

# METADATA
# title: Whether the training is lawful is open
# description: >-
#   No authority has said whether this training has a basis in the Act. A person has to assess the basis and
#   what the users were told.
# custom:
#   id: kr_pipa.training_unsettled
#   kind: barrier
#   cites: ["PIPA Art. 15(1)", "PIPA Art. 18(1)"]
#   since: "2023-09-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "kr_pipa.training_unsettled",
	"instrument": "kr_pipa",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact", "review"],
	"confine": [],
} if {
	concerned
	input.transfer.facts.training_lawful == "unknown_no_finding"
	lib.in_force("kr_pipa.training_unsettled")
}
