# Generated from the directories and the METADATA under instruments/ by `make index`. Do not edit.
# One static line per instrument and export: an engine evaluates the laws that apply, no other.
package guard

known := {
	"ae_adgm",
	"ae_difc",
	"ae_pdpl",
	"au_privacy",
	"br_lgpd",
	"ca_pipeda",
	"ca_qc_law25",
	"ch_fadp",
	"cn_cbdf",
	"cn_csl",
	"cn_dsl",
	"cn_genai",
	"cn_ndsr",
	"cn_pi_cert",
	"cn_pipl",
	"eu_ai_act",
	"eu_gdpr",
	"hk_pdpo",
	"id_pdp",
	"il_ppl",
	"in_dpdp",
	"in_spdi_legacy",
	"jp_appi",
	"kr_ai",
	"kr_pipa",
	"mo_pdpa",
	"mx_lfpdppp",
	"nz_privacy",
	"operator",
	"ru_152fz",
	"sa_pdpl",
	"sg_pdpa",
	"tr_kvkk",
	"tw_pdpa",
	"uk_gdpr",
	"us_bis",
	"us_ca_ccpa",
	"us_co",
	"us_coppa",
	"us_doj_bulk",
	"us_hipaa",
	"us_il_bipa",
	"vn_pdpl",
	"za_popia",
}

unverified := {
	"ae_adgm.clauses",
	"ae_adgm.corporate_rules",
	"ae_adgm.derogation",
	"ae_adgm.derogation_review",
	"ae_adgm.no_personal_data",
	"ae_adgm.no_transfer_ground",
	"ae_adgm.record",
	"ae_adgm.special_categories",
	"ae_adgm.training_use",
	"ae_adgm.within_market",
	"ae_difc.amendment",
	"ae_difc.authority_request",
	"ae_difc.clauses",
	"ae_difc.corporate_rules",
	"ae_difc.derogation",
	"ae_difc.derogation_review",
	"ae_difc.no_personal_data",
	"ae_difc.no_transfer_ground",
	"ae_difc.record",
	"ae_difc.special_categories",
	"ae_difc.system_notice",
	"ae_difc.training_use",
	"ae_difc.within_centre",
	"ae_pdpl.consent",
	"ae_pdpl.contract",
	"ae_pdpl.necessity",
	"ae_pdpl.no_personal_data",
	"ae_pdpl.record",
	"ae_pdpl.regulations_unpublished",
	"ae_pdpl.training_use",
	"ae_pdpl.within_state",
	"au_privacy.access_not_known",
	"au_privacy.accountability",
	"au_privacy.automated_decisions",
	"au_privacy.automated_decisions_from_december",
	"au_privacy.control_claimed",
	"au_privacy.control_unsettled",
	"au_privacy.disclosure_record",
	"au_privacy.in_transit",
	"au_privacy.informed_consent",
	"au_privacy.no_personal_information",
	"au_privacy.no_reasonable_steps",
	"au_privacy.own_entity",
	"au_privacy.permitted_situation",
	"au_privacy.prescribed_country",
	"au_privacy.reasonable_steps",
	"au_privacy.required_by_law",
	"au_privacy.sensitive_consent",
	"au_privacy.similar_law",
	"au_privacy.storage_is_use",
	"au_privacy.training_use",
	"au_privacy.within_australia",
	"br_lgpd.children",
	"br_lgpd.consent",
	"br_lgpd.corporate_rules",
	"br_lgpd.necessity",
	"br_lgpd.no_personal_data",
	"br_lgpd.no_transfer_ground",
	"br_lgpd.publication",
	"br_lgpd.record",
	"br_lgpd.sensitive_data",
	"br_lgpd.specific_clauses",
	"br_lgpd.training_use",
	"br_lgpd.within_brazil",
	"ca_pipeda.accountability",
	"ca_pipeda.disclosure_consent",
	"ca_pipeda.disclosure_without_consent",
	"ca_pipeda.foreign_law",
	"ca_pipeda.foreign_processing_notice",
	"ca_pipeda.no_comparable_protection",
	"ca_pipeda.no_personal_information",
	"ca_pipeda.own_processing",
	"ca_pipeda.provincial_law",
	"ca_qc_law25.assessed",
	"ca_qc_law25.automated_decision_notice",
	"ca_qc_law25.mandate_without_contract",
	"ca_qc_law25.no_agreement",
	"ca_qc_law25.not_assessed",
	"ca_qc_law25.outside_notice",
	"ca_qc_law25.province_not_named",
	"ca_qc_law25.sensitive_information",
	"ca_qc_law25.training_use",
	"ca_qc_law25.within_quebec",
	"ch_fadp.access_unknown",
	"ch_fadp.adequacy",
	"ch_fadp.decision_review",
	"ch_fadp.exception",
	"ch_fadp.exception_review",
	"ch_fadp.foreign_state_notice",
	"ch_fadp.no_personal_data",
	"ch_fadp.no_transfer_ground",
	"ch_fadp.not_disclosed",
	"ch_fadp.processing_record",
	"ch_fadp.processor_terms",
	"ch_fadp.proportionality",
	"ch_fadp.safeguards",
	"ch_fadp.sensitive_data",
	"ch_fadp.states_not_told",
	"ch_fadp.training_use",
	"ch_fadp.within_switzerland",
	"cn_cbdf.access_not_known",
	"cn_cbdf.bay_area_contract",
	"cn_cbdf.core_data",
	"cn_cbdf.group",
	"cn_cbdf.necessity",
	"cn_cbdf.not_necessary",
	"cn_cbdf.own_device",
	"cn_cbdf.record",
	"cn_cbdf.representative",
	"cn_cbdf.statutory_duty",
	"cn_csl.critical_operator",
	"cn_csl.export_record",
	"cn_csl.not_critical",
	"cn_csl.nothing_leaves",
	"cn_csl.security_assessment",
	"cn_dsl.core_data",
	"cn_dsl.export_control",
	"cn_dsl.foreign_authority",
	"cn_dsl.grading",
	"cn_dsl.own_device",
	"cn_dsl.risk_assessment",
	"cn_dsl.security_review",
	"cn_dsl.within_mainland",
	"cn_genai.filed_service",
	"cn_genai.filing",
	"cn_genai.inputs",
	"cn_genai.label",
	"cn_genai.lawful_training",
	"cn_genai.not_public",
	"cn_genai.training_consent",
	"cn_genai.training_data",
	"cn_genai.training_record",
	"cn_genai.unlabelled_log",
	"cn_ndsr.annual_assessment",
	"cn_ndsr.core_data",
	"cn_ndsr.export_condition",
	"cn_ndsr.important_data",
	"cn_ndsr.important_data_assessed",
	"cn_ndsr.no_export_condition",
	"cn_ndsr.nothing_leaves",
	"cn_ndsr.risk_assessment",
	"cn_ndsr.sharing_record",
	"cn_ndsr.training_data",
	"cn_pi_cert.not_necessary",
	"cn_pipl.assessment_record",
	"cn_pipl.export_notice",
	"cn_pipl.foreign_authority",
	"cn_pipl.impact_assessment",
	"cn_pipl.no_personal_information",
	"cn_pipl.own_device",
	"cn_pipl.residual_risk",
	"cn_pipl.restricted_recipient",
	"cn_pipl.sensitive_information",
	"cn_pipl.separate_consent",
	"cn_pipl.within_mainland",
	"eu_ai_act.bias_conditions",
	"eu_ai_act.bias_disclosure",
	"eu_ai_act.bias_pseudonymisation",
	"eu_ai_act.biometric_categorisation",
	"eu_ai_act.biometric_categorisation_open",
	"eu_ai_act.conformity_lacking",
	"eu_ai_act.conformity_unknown",
	"eu_ai_act.crime_prediction",
	"eu_ai_act.crime_prediction_open",
	"eu_ai_act.deep_fake_notice",
	"eu_ai_act.emotion_inference",
	"eu_ai_act.emotion_persons_unknown",
	"eu_ai_act.emotion_purpose_doubtful",
	"eu_ai_act.emotion_staff_nearby",
	"eu_ai_act.exposure_notice",
	"eu_ai_act.face_scraping",
	"eu_ai_act.face_scraping_open",
	"eu_ai_act.high_risk_by_facts",
	"eu_ai_act.human_oversight",
	"eu_ai_act.impact_assessment",
	"eu_ai_act.interaction_notice",
	"eu_ai_act.log_retention",
	"eu_ai_act.manipulation",
	"eu_ai_act.minor_modification",
	"eu_ai_act.model_documentation",
	"eu_ai_act.model_documentation_lacking",
	"eu_ai_act.model_provider",
	"eu_ai_act.modification_unknown",
	"eu_ai_act.not_high_risk",
	"eu_ai_act.ordinary_use",
	"eu_ai_act.outside_scope",
	"eu_ai_act.persons_informed",
	"eu_ai_act.realtime_identification",
	"eu_ai_act.realtime_identification_review",
	"eu_ai_act.rights_assessment",
	"eu_ai_act.social_scoring",
	"eu_ai_act.social_scoring_open",
	"eu_ai_act.systemic_risk",
	"eu_ai_act.use_case_unknown",
	"eu_ai_act.vulnerability",
	"eu_gdpr.access_on_site",
	"eu_gdpr.access_on_site_review",
	"eu_gdpr.access_unknown",
	"eu_gdpr.adequacy",
	"eu_gdpr.agreement_review",
	"eu_gdpr.anonymity_not_shown",
	"eu_gdpr.automated_decision",
	"eu_gdpr.automated_decision_special",
	"eu_gdpr.binding_corporate_rules",
	"eu_gdpr.child_consent",
	"eu_gdpr.code_or_certification",
	"eu_gdpr.criminal_convictions",
	"eu_gdpr.data_subject_discloses",
	"eu_gdpr.derogation",
	"eu_gdpr.derogation_conditions_met",
	"eu_gdpr.derogation_not_met",
	"eu_gdpr.derogation_review",
	"eu_gdpr.doubtful_training_review",
	"eu_gdpr.encrypted_transit",
	"eu_gdpr.foreign_order",
	"eu_gdpr.foreign_orders",
	"eu_gdpr.former_clauses",
	"eu_gdpr.human_intervention",
	"eu_gdpr.importer_bound_review",
	"eu_gdpr.interests_not_met",
	"eu_gdpr.interests_review",
	"eu_gdpr.international_agreement",
	"eu_gdpr.lawful_basis_not_declared",
	"eu_gdpr.lawful_processing",
	"eu_gdpr.minimisation",
	"eu_gdpr.model_anonymity_review",
	"eu_gdpr.model_not_assessed",
	"eu_gdpr.model_origin_not_assessed",
	"eu_gdpr.no_instruction",
	"eu_gdpr.no_lawful_basis",
	"eu_gdpr.no_personal_data",
	"eu_gdpr.no_transfer_ground",
	"eu_gdpr.not_limited",
	"eu_gdpr.notice_inadequate",
	"eu_gdpr.other_safeguard",
	"eu_gdpr.outside_scope",
	"eu_gdpr.own_device",
	"eu_gdpr.problematic_law",
	"eu_gdpr.processing_record",
	"eu_gdpr.processor_terms",
	"eu_gdpr.recipient_cannot_identify",
	"eu_gdpr.recipient_not_named",
	"eu_gdpr.relative_identifiability_review",
	"eu_gdpr.residual_risk",
	"eu_gdpr.retention_unknown",
	"eu_gdpr.same_legal_entity",
	"eu_gdpr.sources_object",
	"eu_gdpr.special_categories",
	"eu_gdpr.special_categories_interests",
	"eu_gdpr.standard_clauses",
	"eu_gdpr.training_use",
	"eu_gdpr.transit_review",
	"eu_gdpr.unlawful_training",
	"eu_gdpr.web_collection_review",
	"eu_gdpr.within_eea",
	"eu_gdpr.wrong_module",
	"hk_pdpo.model_clauses",
	"hk_pdpo.new_purpose",
	"hk_pdpo.no_use",
	"hk_pdpo.processor_terms",
	"hk_pdpo.purpose",
	"hk_pdpo.use_record",
	"id_pdp.consent",
	"id_pdp.equal_protection",
	"id_pdp.impact_assessment",
	"id_pdp.no_transfer",
	"id_pdp.no_transfer_ground",
	"id_pdp.public_system",
	"id_pdp.record",
	"id_pdp.safeguards",
	"id_pdp.training_use",
	"il_ppl.agreement",
	"il_ppl.amendment_missing",
	"il_ppl.comparable_law",
	"il_ppl.consent",
	"il_ppl.european_states",
	"il_ppl.exception_review",
	"il_ppl.no_transfer",
	"il_ppl.no_transfer_ground",
	"il_ppl.no_undertaking",
	"il_ppl.other_exception",
	"il_ppl.record",
	"il_ppl.training_use",
	"in_dpdp.child_tracking",
	"in_dpdp.consent",
	"in_dpdp.consent_withdrawn",
	"in_dpdp.declared_ground",
	"in_dpdp.log_retention",
	"in_dpdp.made_public",
	"in_dpdp.no_lawful_ground",
	"in_dpdp.no_personal_data",
	"in_dpdp.not_necessary",
	"in_dpdp.objection",
	"in_dpdp.outsourced_abroad",
	"in_dpdp.parental_consent",
	"in_dpdp.prior_order",
	"in_dpdp.purpose_differs",
	"in_dpdp.training_unsettled",
	"in_dpdp.training_use",
	"in_dpdp.voluntary",
	"in_spdi_legacy.access_not_known",
	"in_spdi_legacy.lower_protection",
	"in_spdi_legacy.no_consent_or_contract",
	"in_spdi_legacy.no_sensitive_data",
	"in_spdi_legacy.own_entity",
	"in_spdi_legacy.public_domain",
	"in_spdi_legacy.same_level",
	"jp_appi.access_not_known",
	"jp_appi.answer_only",
	"jp_appi.answer_unsettled",
	"jp_appi.beyond_purpose",
	"jp_appi.cleared_in_japan",
	"jp_appi.consent",
	"jp_appi.equivalent_country",
	"jp_appi.equivalent_measures",
	"jp_appi.foreign_environment",
	"jp_appi.handling_claimed",
	"jp_appi.handling_unsettled",
	"jp_appi.measures_not_watched",
	"jp_appi.no_foreign_ground",
	"jp_appi.no_personal_data",
	"jp_appi.not_handled",
	"jp_appi.own_entity",
	"jp_appi.provided_in_japan",
	"jp_appi.provision_record",
	"jp_appi.sensitive_acquisition",
	"jp_appi.statutory_exception",
	"jp_appi.third_party_provision",
	"jp_appi.training_on_inputs",
	"jp_appi.training_unconfirmed",
	"jp_appi.within_japan",
	"kr_ai.domestic_representative",
	"kr_ai.high_impact_measures",
	"kr_ai.high_impact_use",
	"kr_ai.impact_contested",
	"kr_ai.ordinary_use",
	"kr_ai.output_label",
	"kr_ai.safety",
	"kr_ai.transparency",
	"kr_ai.use_unknown",
	"kr_ai.user_notice",
	"kr_pipa.access_not_known",
	"kr_pipa.collected_abroad",
	"kr_pipa.collection_claimed",
	"kr_pipa.collection_unsettled",
	"kr_pipa.consent_uninformed",
	"kr_pipa.country_not_named",
	"kr_pipa.guardian_consent",
	"kr_pipa.no_personal_information",
	"kr_pipa.not_made_known",
	"kr_pipa.outsourcing_document",
	"kr_pipa.own_device",
	"kr_pipa.processor_not_disclosed",
	"kr_pipa.processor_unsupervised",
	"kr_pipa.provided_in_korea",
	"kr_pipa.recipient_measures",
	"kr_pipa.resident_number",
	"kr_pipa.sensitive_consent",
	"kr_pipa.third_party_provision",
	"kr_pipa.training_in_korea",
	"kr_pipa.training_unlawful",
	"kr_pipa.training_unsettled",
	"kr_pipa.training_use",
	"kr_pipa.transfer_record",
	"kr_pipa.unrelated_persons",
	"kr_pipa.within_korea",
	"mo_pdpa.access_not_known",
	"mo_pdpa.adequacy",
	"mo_pdpa.authorisation",
	"mo_pdpa.derogation",
	"mo_pdpa.no_transfer",
	"mo_pdpa.no_transfer_ground",
	"mo_pdpa.record",
	"mo_pdpa.sensitive_data",
	"mx_lfpdppp.consent",
	"mx_lfpdppp.exception",
	"mx_lfpdppp.no_consent",
	"mx_lfpdppp.no_contract",
	"mx_lfpdppp.no_recipient",
	"mx_lfpdppp.record",
	"mx_lfpdppp.remission",
	"mx_lfpdppp.sensitive_data",
	"nz_privacy.access_not_known",
	"nz_privacy.agent",
	"nz_privacy.agreement",
	"nz_privacy.authorised",
	"nz_privacy.comparable_law",
	"nz_privacy.no_comparable_safeguards",
	"nz_privacy.no_personal_information",
	"nz_privacy.own_entity",
	"nz_privacy.prescribed",
	"nz_privacy.training_use",
	"nz_privacy.within_new_zealand",
	"operator.cn_orders",
	"operator.us_orders",
	"ru_152fz.no_transfer",
	"ru_152fz.not_notified",
	"ru_152fz.notified",
	"ru_152fz.prohibited",
	"ru_152fz.reach_disputed",
	"ru_152fz.record",
	"ru_152fz.special_categories",
	"ru_152fz.training_use",
	"sa_pdpl.adequacy_list",
	"sa_pdpl.exempt_transfer",
	"sa_pdpl.no_transfer",
	"sa_pdpl.purpose_not_named",
	"sa_pdpl.record",
	"sa_pdpl.sensitive_data",
	"sa_pdpl.training_use",
	"sg_pdpa.access_not_known",
	"sg_pdpa.binding_corporate_rules",
	"sg_pdpa.certification",
	"sg_pdpa.comparable_law",
	"sg_pdpa.consent",
	"sg_pdpa.contract",
	"sg_pdpa.contract_countries_open",
	"sg_pdpa.contract_necessity",
	"sg_pdpa.contract_open",
	"sg_pdpa.control_claimed",
	"sg_pdpa.control_unsettled",
	"sg_pdpa.data_in_transit",
	"sg_pdpa.no_comparable_protection",
	"sg_pdpa.no_personal_data",
	"sg_pdpa.own_control",
	"sg_pdpa.publicly_available",
	"sg_pdpa.training_use",
	"sg_pdpa.transfer_record",
	"sg_pdpa.vital_or_public_interest",
	"sg_pdpa.within_singapore",
	"tr_kvkk.contract_not_notified",
	"tr_kvkk.corporate_rules",
	"tr_kvkk.exception",
	"tr_kvkk.exception_review",
	"tr_kvkk.explicit_consent",
	"tr_kvkk.no_transfer",
	"tr_kvkk.no_transfer_ground",
	"tr_kvkk.notify_in_time",
	"tr_kvkk.record",
	"tr_kvkk.special_categories",
	"tr_kvkk.standard_contract",
	"tr_kvkk.training_use",
	"tr_kvkk.undertaking",
	"tw_pdpa.access_not_known",
	"tw_pdpa.no_transfer",
	"tw_pdpa.record",
	"tw_pdpa.special_data",
	"uk_gdpr.access_on_site",
	"uk_gdpr.access_on_site_review",
	"uk_gdpr.access_unknown",
	"uk_gdpr.addendum",
	"uk_gdpr.adequacy",
	"uk_gdpr.anonymity_not_shown",
	"uk_gdpr.automated_decision",
	"uk_gdpr.automated_decision_special",
	"uk_gdpr.binding_corporate_rules",
	"uk_gdpr.child_consent",
	"uk_gdpr.criminal_offences",
	"uk_gdpr.decision_safeguards",
	"uk_gdpr.exception",
	"uk_gdpr.exception_not_met",
	"uk_gdpr.exception_review",
	"uk_gdpr.foreign_orders",
	"uk_gdpr.lawful_basis_not_declared",
	"uk_gdpr.minimisation",
	"uk_gdpr.no_personal_data",
	"uk_gdpr.no_transfer_ground",
	"uk_gdpr.own_data",
	"uk_gdpr.processing_record",
	"uk_gdpr.processor_terms",
	"uk_gdpr.returned_to_controller",
	"uk_gdpr.same_legal_entity",
	"uk_gdpr.special_categories",
	"uk_gdpr.training_use",
	"uk_gdpr.transfer_agreement",
	"uk_gdpr.within_uk",
	"us_bis.authorised",
	"us_bis.claimed",
	"us_bis.classified",
	"us_bis.embargo",
	"us_bis.no_export",
	"us_bis.published",
	"us_bis.records",
	"us_bis.review",
	"us_ca_ccpa.no_contract",
	"us_ca_ccpa.no_opt_out",
	"us_ca_ccpa.no_personal_information",
	"us_ca_ccpa.not_a_business",
	"us_ca_ccpa.own_systems",
	"us_ca_ccpa.provider_trains",
	"us_ca_ccpa.sensitive_use",
	"us_ca_ccpa.service_provider",
	"us_ca_ccpa.third_party",
	"us_co.adverse_outcome",
	"us_co.consumer_notice",
	"us_co.covered_use",
	"us_co.decision_contested",
	"us_co.documentation",
	"us_co.human_review",
	"us_co.not_covered",
	"us_co.records",
	"us_co.use_unknown",
	"us_coppa.no_assurance",
	"us_coppa.no_consent",
	"us_coppa.no_personal_information",
	"us_coppa.not_directed",
	"us_coppa.parental_consent",
	"us_coppa.separate_consent",
	"us_doj_bulk.directed_transaction",
	"us_doj_bulk.exempt_activity",
	"us_doj_bulk.human_omic",
	"us_doj_bulk.model_without_data",
	"us_doj_bulk.not_knowingly",
	"us_doj_bulk.prohibited_brokerage",
	"us_doj_bulk.records",
	"us_doj_bulk.regulatory_approval",
	"us_hipaa.business_associate",
	"us_hipaa.expert_determination",
	"us_hipaa.limited_data_set",
	"us_hipaa.no_agreement",
	"us_hipaa.own_systems",
	"us_hipaa.permitted",
	"us_hipaa.provider_trains",
	"us_hipaa.records",
	"us_il_bipa.exempt_entity",
	"us_il_bipa.no_biometric_data",
	"us_il_bipa.no_release",
	"us_il_bipa.sale",
	"us_il_bipa.written_release",
	"vn_pdpl.no_transfer",
	"vn_pdpl.record",
	"vn_pdpl.stopped",
	"vn_pdpl.training_use",
	"za_popia.adequate_law",
	"za_popia.agreement",
	"za_popia.benefit",
	"za_popia.benefit_review",
	"za_popia.children",
	"za_popia.consent",
	"za_popia.contract_necessity",
	"za_popia.corporate_rules",
	"za_popia.juristic_persons",
	"za_popia.no_transfer_ground",
	"za_popia.prior_authorisation",
	"za_popia.record",
	"za_popia.special_information",
	"za_popia.training_use",
	"za_popia.within_republic",
}

law_permits contains entry if {
	"ae_adgm" in applicable
	some entry in data.guard.instruments.ae_adgm.permits
}

law_permits contains entry if {
	"ae_difc" in applicable
	some entry in data.guard.instruments.ae_difc.permits
}

law_permits contains entry if {
	"ae_pdpl" in applicable
	some entry in data.guard.instruments.ae_pdpl.permits
}

law_permits contains entry if {
	"au_privacy" in applicable
	some entry in data.guard.instruments.au_privacy.permits
}

law_permits contains entry if {
	"br_lgpd" in applicable
	some entry in data.guard.instruments.br_lgpd.permits
}

law_permits contains entry if {
	"ca_pipeda" in applicable
	some entry in data.guard.instruments.ca_pipeda.permits
}

law_permits contains entry if {
	"ca_qc_law25" in applicable
	some entry in data.guard.instruments.ca_qc_law25.permits
}

law_permits contains entry if {
	"ch_fadp" in applicable
	some entry in data.guard.instruments.ch_fadp.permits
}

law_permits contains entry if {
	"cn_cbdf" in applicable
	some entry in data.guard.instruments.cn_cbdf.permits
}

law_permits contains entry if {
	"cn_csl" in applicable
	some entry in data.guard.instruments.cn_csl.permits
}

law_permits contains entry if {
	"cn_dsl" in applicable
	some entry in data.guard.instruments.cn_dsl.permits
}

law_permits contains entry if {
	"cn_genai" in applicable
	some entry in data.guard.instruments.cn_genai.permits
}

law_permits contains entry if {
	"cn_ndsr" in applicable
	some entry in data.guard.instruments.cn_ndsr.permits
}

law_permits contains entry if {
	"cn_pi_cert" in applicable
	some entry in data.guard.instruments.cn_pi_cert.permits
}

law_permits contains entry if {
	"cn_pipl" in applicable
	some entry in data.guard.instruments.cn_pipl.permits
}

law_permits contains entry if {
	"eu_ai_act" in applicable
	some entry in data.guard.instruments.eu_ai_act.permits
}

law_permits contains entry if {
	"eu_gdpr" in applicable
	some entry in data.guard.instruments.eu_gdpr.permits
}

law_permits contains entry if {
	"hk_pdpo" in applicable
	some entry in data.guard.instruments.hk_pdpo.permits
}

law_permits contains entry if {
	"id_pdp" in applicable
	some entry in data.guard.instruments.id_pdp.permits
}

law_permits contains entry if {
	"il_ppl" in applicable
	some entry in data.guard.instruments.il_ppl.permits
}

law_permits contains entry if {
	"in_dpdp" in applicable
	some entry in data.guard.instruments.in_dpdp.permits
}

law_permits contains entry if {
	"in_spdi_legacy" in applicable
	some entry in data.guard.instruments.in_spdi_legacy.permits
}

law_permits contains entry if {
	"jp_appi" in applicable
	some entry in data.guard.instruments.jp_appi.permits
}

law_permits contains entry if {
	"kr_ai" in applicable
	some entry in data.guard.instruments.kr_ai.permits
}

law_permits contains entry if {
	"kr_pipa" in applicable
	some entry in data.guard.instruments.kr_pipa.permits
}

law_permits contains entry if {
	"mo_pdpa" in applicable
	some entry in data.guard.instruments.mo_pdpa.permits
}

law_permits contains entry if {
	"mx_lfpdppp" in applicable
	some entry in data.guard.instruments.mx_lfpdppp.permits
}

law_permits contains entry if {
	"nz_privacy" in applicable
	some entry in data.guard.instruments.nz_privacy.permits
}

law_permits contains entry if {
	"operator" in applicable
	some entry in data.guard.instruments.operator.permits
}

law_permits contains entry if {
	"ru_152fz" in applicable
	some entry in data.guard.instruments.ru_152fz.permits
}

law_permits contains entry if {
	"sa_pdpl" in applicable
	some entry in data.guard.instruments.sa_pdpl.permits
}

law_permits contains entry if {
	"sg_pdpa" in applicable
	some entry in data.guard.instruments.sg_pdpa.permits
}

law_permits contains entry if {
	"tr_kvkk" in applicable
	some entry in data.guard.instruments.tr_kvkk.permits
}

law_permits contains entry if {
	"tw_pdpa" in applicable
	some entry in data.guard.instruments.tw_pdpa.permits
}

law_permits contains entry if {
	"uk_gdpr" in applicable
	some entry in data.guard.instruments.uk_gdpr.permits
}

law_permits contains entry if {
	"us_bis" in applicable
	some entry in data.guard.instruments.us_bis.permits
}

law_permits contains entry if {
	"us_ca_ccpa" in applicable
	some entry in data.guard.instruments.us_ca_ccpa.permits
}

law_permits contains entry if {
	"us_co" in applicable
	some entry in data.guard.instruments.us_co.permits
}

law_permits contains entry if {
	"us_coppa" in applicable
	some entry in data.guard.instruments.us_coppa.permits
}

law_permits contains entry if {
	"us_doj_bulk" in applicable
	some entry in data.guard.instruments.us_doj_bulk.permits
}

law_permits contains entry if {
	"us_hipaa" in applicable
	some entry in data.guard.instruments.us_hipaa.permits
}

law_permits contains entry if {
	"us_il_bipa" in applicable
	some entry in data.guard.instruments.us_il_bipa.permits
}

law_permits contains entry if {
	"vn_pdpl" in applicable
	some entry in data.guard.instruments.vn_pdpl.permits
}

law_permits contains entry if {
	"za_popia" in applicable
	some entry in data.guard.instruments.za_popia.permits
}

law_barriers contains entry if {
	"ae_adgm" in applicable
	some entry in data.guard.instruments.ae_adgm.barriers
}

law_barriers contains entry if {
	"ae_difc" in applicable
	some entry in data.guard.instruments.ae_difc.barriers
}

law_barriers contains entry if {
	"ae_pdpl" in applicable
	some entry in data.guard.instruments.ae_pdpl.barriers
}

law_barriers contains entry if {
	"au_privacy" in applicable
	some entry in data.guard.instruments.au_privacy.barriers
}

law_barriers contains entry if {
	"br_lgpd" in applicable
	some entry in data.guard.instruments.br_lgpd.barriers
}

law_barriers contains entry if {
	"ca_pipeda" in applicable
	some entry in data.guard.instruments.ca_pipeda.barriers
}

law_barriers contains entry if {
	"ca_qc_law25" in applicable
	some entry in data.guard.instruments.ca_qc_law25.barriers
}

law_barriers contains entry if {
	"ch_fadp" in applicable
	some entry in data.guard.instruments.ch_fadp.barriers
}

law_barriers contains entry if {
	"cn_cbdf" in applicable
	some entry in data.guard.instruments.cn_cbdf.barriers
}

law_barriers contains entry if {
	"cn_csl" in applicable
	some entry in data.guard.instruments.cn_csl.barriers
}

law_barriers contains entry if {
	"cn_dsl" in applicable
	some entry in data.guard.instruments.cn_dsl.barriers
}

law_barriers contains entry if {
	"cn_genai" in applicable
	some entry in data.guard.instruments.cn_genai.barriers
}

law_barriers contains entry if {
	"cn_ndsr" in applicable
	some entry in data.guard.instruments.cn_ndsr.barriers
}

law_barriers contains entry if {
	"cn_pi_cert" in applicable
	some entry in data.guard.instruments.cn_pi_cert.barriers
}

law_barriers contains entry if {
	"cn_pipl" in applicable
	some entry in data.guard.instruments.cn_pipl.barriers
}

law_barriers contains entry if {
	"eu_ai_act" in applicable
	some entry in data.guard.instruments.eu_ai_act.barriers
}

law_barriers contains entry if {
	"eu_gdpr" in applicable
	some entry in data.guard.instruments.eu_gdpr.barriers
}

law_barriers contains entry if {
	"hk_pdpo" in applicable
	some entry in data.guard.instruments.hk_pdpo.barriers
}

law_barriers contains entry if {
	"id_pdp" in applicable
	some entry in data.guard.instruments.id_pdp.barriers
}

law_barriers contains entry if {
	"il_ppl" in applicable
	some entry in data.guard.instruments.il_ppl.barriers
}

law_barriers contains entry if {
	"in_dpdp" in applicable
	some entry in data.guard.instruments.in_dpdp.barriers
}

law_barriers contains entry if {
	"in_spdi_legacy" in applicable
	some entry in data.guard.instruments.in_spdi_legacy.barriers
}

law_barriers contains entry if {
	"jp_appi" in applicable
	some entry in data.guard.instruments.jp_appi.barriers
}

law_barriers contains entry if {
	"kr_ai" in applicable
	some entry in data.guard.instruments.kr_ai.barriers
}

law_barriers contains entry if {
	"kr_pipa" in applicable
	some entry in data.guard.instruments.kr_pipa.barriers
}

law_barriers contains entry if {
	"mo_pdpa" in applicable
	some entry in data.guard.instruments.mo_pdpa.barriers
}

law_barriers contains entry if {
	"mx_lfpdppp" in applicable
	some entry in data.guard.instruments.mx_lfpdppp.barriers
}

law_barriers contains entry if {
	"nz_privacy" in applicable
	some entry in data.guard.instruments.nz_privacy.barriers
}

law_barriers contains entry if {
	"operator" in applicable
	some entry in data.guard.instruments.operator.barriers
}

law_barriers contains entry if {
	"ru_152fz" in applicable
	some entry in data.guard.instruments.ru_152fz.barriers
}

law_barriers contains entry if {
	"sa_pdpl" in applicable
	some entry in data.guard.instruments.sa_pdpl.barriers
}

law_barriers contains entry if {
	"sg_pdpa" in applicable
	some entry in data.guard.instruments.sg_pdpa.barriers
}

law_barriers contains entry if {
	"tr_kvkk" in applicable
	some entry in data.guard.instruments.tr_kvkk.barriers
}

law_barriers contains entry if {
	"tw_pdpa" in applicable
	some entry in data.guard.instruments.tw_pdpa.barriers
}

law_barriers contains entry if {
	"uk_gdpr" in applicable
	some entry in data.guard.instruments.uk_gdpr.barriers
}

law_barriers contains entry if {
	"us_bis" in applicable
	some entry in data.guard.instruments.us_bis.barriers
}

law_barriers contains entry if {
	"us_ca_ccpa" in applicable
	some entry in data.guard.instruments.us_ca_ccpa.barriers
}

law_barriers contains entry if {
	"us_co" in applicable
	some entry in data.guard.instruments.us_co.barriers
}

law_barriers contains entry if {
	"us_coppa" in applicable
	some entry in data.guard.instruments.us_coppa.barriers
}

law_barriers contains entry if {
	"us_doj_bulk" in applicable
	some entry in data.guard.instruments.us_doj_bulk.barriers
}

law_barriers contains entry if {
	"us_hipaa" in applicable
	some entry in data.guard.instruments.us_hipaa.barriers
}

law_barriers contains entry if {
	"us_il_bipa" in applicable
	some entry in data.guard.instruments.us_il_bipa.barriers
}

law_barriers contains entry if {
	"vn_pdpl" in applicable
	some entry in data.guard.instruments.vn_pdpl.barriers
}

law_barriers contains entry if {
	"za_popia" in applicable
	some entry in data.guard.instruments.za_popia.barriers
}

law_obligations contains entry if {
	"ae_adgm" in applicable
	some entry in data.guard.instruments.ae_adgm.obligations
}

law_obligations contains entry if {
	"ae_difc" in applicable
	some entry in data.guard.instruments.ae_difc.obligations
}

law_obligations contains entry if {
	"ae_pdpl" in applicable
	some entry in data.guard.instruments.ae_pdpl.obligations
}

law_obligations contains entry if {
	"au_privacy" in applicable
	some entry in data.guard.instruments.au_privacy.obligations
}

law_obligations contains entry if {
	"br_lgpd" in applicable
	some entry in data.guard.instruments.br_lgpd.obligations
}

law_obligations contains entry if {
	"ca_pipeda" in applicable
	some entry in data.guard.instruments.ca_pipeda.obligations
}

law_obligations contains entry if {
	"ca_qc_law25" in applicable
	some entry in data.guard.instruments.ca_qc_law25.obligations
}

law_obligations contains entry if {
	"ch_fadp" in applicable
	some entry in data.guard.instruments.ch_fadp.obligations
}

law_obligations contains entry if {
	"cn_cbdf" in applicable
	some entry in data.guard.instruments.cn_cbdf.obligations
}

law_obligations contains entry if {
	"cn_csl" in applicable
	some entry in data.guard.instruments.cn_csl.obligations
}

law_obligations contains entry if {
	"cn_dsl" in applicable
	some entry in data.guard.instruments.cn_dsl.obligations
}

law_obligations contains entry if {
	"cn_genai" in applicable
	some entry in data.guard.instruments.cn_genai.obligations
}

law_obligations contains entry if {
	"cn_ndsr" in applicable
	some entry in data.guard.instruments.cn_ndsr.obligations
}

law_obligations contains entry if {
	"cn_pi_cert" in applicable
	some entry in data.guard.instruments.cn_pi_cert.obligations
}

law_obligations contains entry if {
	"cn_pipl" in applicable
	some entry in data.guard.instruments.cn_pipl.obligations
}

law_obligations contains entry if {
	"eu_ai_act" in applicable
	some entry in data.guard.instruments.eu_ai_act.obligations
}

law_obligations contains entry if {
	"eu_gdpr" in applicable
	some entry in data.guard.instruments.eu_gdpr.obligations
}

law_obligations contains entry if {
	"hk_pdpo" in applicable
	some entry in data.guard.instruments.hk_pdpo.obligations
}

law_obligations contains entry if {
	"id_pdp" in applicable
	some entry in data.guard.instruments.id_pdp.obligations
}

law_obligations contains entry if {
	"il_ppl" in applicable
	some entry in data.guard.instruments.il_ppl.obligations
}

law_obligations contains entry if {
	"in_dpdp" in applicable
	some entry in data.guard.instruments.in_dpdp.obligations
}

law_obligations contains entry if {
	"jp_appi" in applicable
	some entry in data.guard.instruments.jp_appi.obligations
}

law_obligations contains entry if {
	"kr_ai" in applicable
	some entry in data.guard.instruments.kr_ai.obligations
}

law_obligations contains entry if {
	"kr_pipa" in applicable
	some entry in data.guard.instruments.kr_pipa.obligations
}

law_obligations contains entry if {
	"mo_pdpa" in applicable
	some entry in data.guard.instruments.mo_pdpa.obligations
}

law_obligations contains entry if {
	"mx_lfpdppp" in applicable
	some entry in data.guard.instruments.mx_lfpdppp.obligations
}

law_obligations contains entry if {
	"ru_152fz" in applicable
	some entry in data.guard.instruments.ru_152fz.obligations
}

law_obligations contains entry if {
	"sa_pdpl" in applicable
	some entry in data.guard.instruments.sa_pdpl.obligations
}

law_obligations contains entry if {
	"sg_pdpa" in applicable
	some entry in data.guard.instruments.sg_pdpa.obligations
}

law_obligations contains entry if {
	"tr_kvkk" in applicable
	some entry in data.guard.instruments.tr_kvkk.obligations
}

law_obligations contains entry if {
	"tw_pdpa" in applicable
	some entry in data.guard.instruments.tw_pdpa.obligations
}

law_obligations contains entry if {
	"uk_gdpr" in applicable
	some entry in data.guard.instruments.uk_gdpr.obligations
}

law_obligations contains entry if {
	"us_bis" in applicable
	some entry in data.guard.instruments.us_bis.obligations
}

law_obligations contains entry if {
	"us_ca_ccpa" in applicable
	some entry in data.guard.instruments.us_ca_ccpa.obligations
}

law_obligations contains entry if {
	"us_co" in applicable
	some entry in data.guard.instruments.us_co.obligations
}

law_obligations contains entry if {
	"us_doj_bulk" in applicable
	some entry in data.guard.instruments.us_doj_bulk.obligations
}

law_obligations contains entry if {
	"us_hipaa" in applicable
	some entry in data.guard.instruments.us_hipaa.obligations
}

law_obligations contains entry if {
	"vn_pdpl" in applicable
	some entry in data.guard.instruments.vn_pdpl.obligations
}

law_obligations contains entry if {
	"za_popia" in applicable
	some entry in data.guard.instruments.za_popia.obligations
}

law_advice contains entry if {
	"ae_difc" in applicable
	some entry in data.guard.instruments.ae_difc.advice
}

law_advice contains entry if {
	"ae_pdpl" in applicable
	some entry in data.guard.instruments.ae_pdpl.advice
}

law_advice contains entry if {
	"au_privacy" in applicable
	some entry in data.guard.instruments.au_privacy.advice
}

law_advice contains entry if {
	"br_lgpd" in applicable
	some entry in data.guard.instruments.br_lgpd.advice
}

law_advice contains entry if {
	"ca_pipeda" in applicable
	some entry in data.guard.instruments.ca_pipeda.advice
}

law_advice contains entry if {
	"ca_qc_law25" in applicable
	some entry in data.guard.instruments.ca_qc_law25.advice
}

law_advice contains entry if {
	"ch_fadp" in applicable
	some entry in data.guard.instruments.ch_fadp.advice
}

law_advice contains entry if {
	"cn_cbdf" in applicable
	some entry in data.guard.instruments.cn_cbdf.advice
}

law_advice contains entry if {
	"cn_csl" in applicable
	some entry in data.guard.instruments.cn_csl.advice
}

law_advice contains entry if {
	"cn_dsl" in applicable
	some entry in data.guard.instruments.cn_dsl.advice
}

law_advice contains entry if {
	"cn_genai" in applicable
	some entry in data.guard.instruments.cn_genai.advice
}

law_advice contains entry if {
	"cn_ndsr" in applicable
	some entry in data.guard.instruments.cn_ndsr.advice
}

law_advice contains entry if {
	"cn_pi_cert" in applicable
	some entry in data.guard.instruments.cn_pi_cert.advice
}

law_advice contains entry if {
	"cn_pipl" in applicable
	some entry in data.guard.instruments.cn_pipl.advice
}

law_advice contains entry if {
	"eu_ai_act" in applicable
	some entry in data.guard.instruments.eu_ai_act.advice
}

law_advice contains entry if {
	"eu_gdpr" in applicable
	some entry in data.guard.instruments.eu_gdpr.advice
}

law_advice contains entry if {
	"hk_pdpo" in applicable
	some entry in data.guard.instruments.hk_pdpo.advice
}

law_advice contains entry if {
	"il_ppl" in applicable
	some entry in data.guard.instruments.il_ppl.advice
}

law_advice contains entry if {
	"in_dpdp" in applicable
	some entry in data.guard.instruments.in_dpdp.advice
}

law_advice contains entry if {
	"in_spdi_legacy" in applicable
	some entry in data.guard.instruments.in_spdi_legacy.advice
}

law_advice contains entry if {
	"jp_appi" in applicable
	some entry in data.guard.instruments.jp_appi.advice
}

law_advice contains entry if {
	"kr_ai" in applicable
	some entry in data.guard.instruments.kr_ai.advice
}

law_advice contains entry if {
	"kr_pipa" in applicable
	some entry in data.guard.instruments.kr_pipa.advice
}

law_advice contains entry if {
	"mo_pdpa" in applicable
	some entry in data.guard.instruments.mo_pdpa.advice
}

law_advice contains entry if {
	"nz_privacy" in applicable
	some entry in data.guard.instruments.nz_privacy.advice
}

law_advice contains entry if {
	"operator" in applicable
	some entry in data.guard.instruments.operator.advice
}

law_advice contains entry if {
	"ru_152fz" in applicable
	some entry in data.guard.instruments.ru_152fz.advice
}

law_advice contains entry if {
	"sa_pdpl" in applicable
	some entry in data.guard.instruments.sa_pdpl.advice
}

law_advice contains entry if {
	"sg_pdpa" in applicable
	some entry in data.guard.instruments.sg_pdpa.advice
}

law_advice contains entry if {
	"tr_kvkk" in applicable
	some entry in data.guard.instruments.tr_kvkk.advice
}

law_advice contains entry if {
	"tw_pdpa" in applicable
	some entry in data.guard.instruments.tw_pdpa.advice
}

law_advice contains entry if {
	"uk_gdpr" in applicable
	some entry in data.guard.instruments.uk_gdpr.advice
}

law_advice contains entry if {
	"us_ca_ccpa" in applicable
	some entry in data.guard.instruments.us_ca_ccpa.advice
}

law_advice contains entry if {
	"us_coppa" in applicable
	some entry in data.guard.instruments.us_coppa.advice
}

law_advice contains entry if {
	"us_doj_bulk" in applicable
	some entry in data.guard.instruments.us_doj_bulk.advice
}

law_advice contains entry if {
	"us_hipaa" in applicable
	some entry in data.guard.instruments.us_hipaa.advice
}

law_advice contains entry if {
	"vn_pdpl" in applicable
	some entry in data.guard.instruments.vn_pdpl.advice
}

law_advice contains entry if {
	"za_popia" in applicable
	some entry in data.guard.instruments.za_popia.advice
}
