# Generated from the directories under instruments/ by `make index`. Do not edit.
# One static line per instrument and export: an engine evaluates the laws that apply, no other.
package guard

known := {
	"cn_dsl",
	"cn_pipl",
	"eu_ai_act",
	"eu_gdpr",
}

permits["cn_dsl"] := data.guard.instruments.cn_dsl.permits if "cn_dsl" in applicable

permits["cn_pipl"] := data.guard.instruments.cn_pipl.permits if "cn_pipl" in applicable

permits["eu_ai_act"] := data.guard.instruments.eu_ai_act.permits if "eu_ai_act" in applicable

permits["eu_gdpr"] := data.guard.instruments.eu_gdpr.permits if "eu_gdpr" in applicable

barriers["cn_dsl"] := data.guard.instruments.cn_dsl.barriers if "cn_dsl" in applicable

barriers["cn_pipl"] := data.guard.instruments.cn_pipl.barriers if "cn_pipl" in applicable

barriers["eu_ai_act"] := data.guard.instruments.eu_ai_act.barriers if "eu_ai_act" in applicable

barriers["eu_gdpr"] := data.guard.instruments.eu_gdpr.barriers if "eu_gdpr" in applicable

obligations["cn_dsl"] := data.guard.instruments.cn_dsl.obligations if "cn_dsl" in applicable

obligations["cn_pipl"] := data.guard.instruments.cn_pipl.obligations if "cn_pipl" in applicable

obligations["eu_ai_act"] := data.guard.instruments.eu_ai_act.obligations if "eu_ai_act" in applicable

obligations["eu_gdpr"] := data.guard.instruments.eu_gdpr.obligations if "eu_gdpr" in applicable

advice["cn_dsl"] := data.guard.instruments.cn_dsl.advice if "cn_dsl" in applicable

advice["cn_pipl"] := data.guard.instruments.cn_pipl.advice if "cn_pipl" in applicable

advice["eu_ai_act"] := data.guard.instruments.eu_ai_act.advice if "eu_ai_act" in applicable

advice["eu_gdpr"] := data.guard.instruments.eu_gdpr.advice if "eu_gdpr" in applicable
