# Generated from the directories under instruments/ by `make index`. Do not edit.
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
	"ae_adgm" in applicable
	some entry in data.guard.instruments.ae_adgm.advice
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
	"id_pdp" in applicable
	some entry in data.guard.instruments.id_pdp.advice
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
	"mx_lfpdppp" in applicable
	some entry in data.guard.instruments.mx_lfpdppp.advice
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
	"us_bis" in applicable
	some entry in data.guard.instruments.us_bis.advice
}

law_advice contains entry if {
	"us_ca_ccpa" in applicable
	some entry in data.guard.instruments.us_ca_ccpa.advice
}

law_advice contains entry if {
	"us_co" in applicable
	some entry in data.guard.instruments.us_co.advice
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
