# Interim Measures for Generative AI Services, the labelling measures and the standards beside them.
# METADATA
# scope: package
# title: Generative AI Interim Measures, labelling and standards
# description: >-
#   Applies where the operator declares that it offers a generative service to the public in mainland China.
#   Covers training data, what users enter, filing, labels of generated content and the logs about them.
# custom:
#   cites: ["CAC et al. Order No. 15 (2023)", "Labelling Measures (2025)", "GB 45438-2025", "GB/T 45654-2025"]
#   omits:
#     - "Art. 4: content that is forbidden"
#     - "Art. 9, 10, 13 to 15: agreements with users, minors, complaints"
#     - "The rules on deep synthesis and on recommendation algorithms"
#     - "The numeric tests of GB/T 45654-2025: known from TC260-003 only, not verified"
package guard.instruments.cn_genai

import data.guard.lib

public if lib.declared("cn_genai.public_service")

training if input.transfer.purpose in {"evaluation", "training"}

serving if input.transfer.purpose in {"embedding", "inference"}

cleared if lib.declared("cn_genai.filed")

cleared if lib.declared("cn_genai.no_public_opinion")

# METADATA
# title: Nothing is offered to the public
# description: >-
#   Generative technology is developed or used, and no service of it is offered to the public in mainland China.
#   That is outside the Measures.
# custom:
#   id: cn_genai.not_public
#   kind: exemption
#   cites: ["Interim Measures for Generative AI Services Art. 2(3)"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_genai.not_public",
	"instrument": "cn_genai",
	"mechanism": "out_of_scope",
	"authority": "Interim Measures Art. 2(3)",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_genai.not_public")
	lib.declared("cn_genai.not_public")
	not public
}

# METADATA
# title: The service is filed, or need not be
# description: >-
#   The service was assessed and its algorithm filed, or it has neither an attribute of public opinion nor a
#   capability of social mobilisation.
# custom:
#   id: cn_genai.filed_service
#   kind: permit
#   cites: ["Interim Measures for Generative AI Services Art. 17"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_genai.filed_service",
	"instrument": "cn_genai",
	"mechanism": "filed_service",
	"authority": "Interim Measures Art. 17",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_genai.filed_service")
	public
	cleared
	not training
}

# METADATA
# title: The training data are lawful
# description: >-
#   Data and base models have lawful sources, infringe no intellectual property, and measures for quality were
#   taken. The service may be filed later; until it is, it is not offered.
# custom:
#   id: cn_genai.lawful_training
#   kind: permit
#   cites: ["Interim Measures for Generative AI Services Art. 7"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
permits contains {
	"rule": "cn_genai.lawful_training",
	"instrument": "cn_genai",
	"mechanism": "lawful_training_data",
	"authority": "Interim Measures Art. 7",
	"valid_until": "9999-12-31",
	"confidence": lib.weakest("medium", input.destination.confidence),
} if {
	lib.in_force("cn_genai.lawful_training")
	public
	training
	lib.declared("cn_genai.training_data_lawful")
}

# METADATA
# title: The service is neither assessed nor filed
# description: >-
#   A service with an attribute of public opinion or a capability of social mobilisation needs a security
#   assessment and the filing of its algorithm. Neither that nor the lack of such an attribute is declared.
# custom:
#   id: cn_genai.filing
#   kind: barrier
#   cites: ["Interim Measures for Generative AI Services Art. 17"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_genai.filing",
	"instrument": "cn_genai",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	lib.in_force("cn_genai.filing")
	public
	not training
	not cleared
}

# METADATA
# title: Nothing is said of the sources of the training data
# description: >-
#   Training and optimising use data and base models from lawful sources, infringe no intellectual property and
#   come with measures for quality. That is not declared.
# custom:
#   id: cn_genai.training_data
#   kind: barrier
#   cites: ["Interim Measures for Generative AI Services Art. 7(1), (2)"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_genai.training_data",
	"instrument": "cn_genai",
	"categories": [],
	"remedies": ["declare"],
	"confine": [],
} if {
	lib.in_force("cn_genai.training_data")
	public
	training
	not lib.declared("cn_genai.training_data_lawful")
}

# METADATA
# title: Personal information in training data without consent
# description: >-
#   Training data with personal information need the consent of the persons or another basis of the law.
# custom:
#   id: cn_genai.training_consent
#   kind: barrier
#   cites: ["Interim Measures for Generative AI Services Art. 7(3)", "PIPL Art. 13"]
#   since: "2023-08-15"
#   confidence: medium
#   source: general knowledge, not checked against the text
barriers contains {
	"rule": "cn_genai.training_consent",
	"instrument": "cn_genai",
	"categories": sort(lib.personal),
	"remedies": ["consent", "declare", "redact"],
	"confine": [],
} if {
	lib.in_force("cn_genai.training_consent")
	public
	training
	count(lib.personal) > 0
	not lib.declared("cn_genai.training_consent")
}
