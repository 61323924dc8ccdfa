# What users enter, what the service gives them, and what is logged of it.
package guard.instruments.cn_genai

import data.guard.lib

# METADATA
# title: What users enter is kept or used for more
# description: >-
#   Inputs from which a user can be recognised are not unlawfully kept and not unlawfully given to others. The
#   recipient trains on them or keeps them, or does not say that it does not.
# custom:
#   id: cn_genai.inputs
#   kind: barrier
#   cites: ["Interim Measures for Generative AI Services Art. 11"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_genai.inputs",
	"instrument": "cn_genai",
	"categories": sort(lib.personal),
	"remedies": ["redact", "relocate"],
	"confine": [],
} if {
	lib.in_force("cn_genai.inputs")
	public
	serving
	lib.recipient
	count(lib.personal) > 0
	reused
}

reused if input.destination.training_use != "no"

reused if input.destination.retention_days < 0

# METADATA
# title: Label what is generated
# description: >-
#   Generated text, images, sound, video and scenes carry a label that people notice and one in the metadata of
#   the file.
# custom:
#   id: cn_genai.label
#   kind: obligation
#   cites: ["Labelling Measures Art. 4, 5", "GB 45438-2025", "Interim Measures for Generative AI Services Art. 12"]
#   since: "2025-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "mark_output",
	"rule": "cn_genai.label",
	"instrument": "cn_genai",
	"days": 0,
	"declaration": "cn_genai.output_labelled",
} if {
	lib.in_force("cn_genai.label")
	public
	input.transfer.purpose == "inference"
	not lib.declared("cn_genai.unlabelled_on_request")
}

# METADATA
# title: Keep the log of content given without a label
# description: >-
#   Content without the visible label may be given to a user who asked for it and was told the duties. Who asked
#   and what was given is logged for at least six months.
# custom:
#   id: cn_genai.unlabelled_log
#   kind: obligation
#   cites: ["Labelling Measures Art. 9"]
#   since: "2025-09-01"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "retain_log",
	"rule": "cn_genai.unlabelled_log",
	"instrument": "cn_genai",
	"days": 184,
	"declaration": "none",
} if {
	lib.in_force("cn_genai.unlabelled_log")
	public
	input.transfer.purpose == "inference"
	lib.declared("cn_genai.unlabelled_on_request")
}

# METADATA
# title: Keep the record of training data
# description: Sources, kinds, sizes, labelling rules and measures of quality are recorded, for the authority may ask.
# custom:
#   id: cn_genai.training_record
#   kind: obligation
#   cites: ["Interim Measures for Generative AI Services Art. 8, 19"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
obligations contains {
	"do": "keep_record",
	"rule": "cn_genai.training_record",
	"instrument": "cn_genai",
	"days": 0,
	"declaration": "none",
} if {
	lib.in_force("cn_genai.training_record")
	public
	training
}

# METADATA
# title: Test as the standards for filing ask
# description: >-
#   The recommended standards on services, training data and labelling by people are what a filing is judged by:
#   samples of the corpus, banks of questions, rates of refusal over 31 kinds of risk. Check the numbers in
#   their text.
# custom:
#   id: cn_genai.standards
#   kind: advice
#   cites: ["GB/T 45654-2025", "GB/T 45652-2025", "GB/T 45674-2025"]
#   since: "2025-11-01"
#   confidence: high
#   source: https://cset.georgetown.edu/publication/china-gen-ai-safety-standard-final/
advice contains {"rule": "cn_genai.standards", "instrument": "cn_genai"} if {
	lib.in_force("cn_genai.standards")
	public
}
