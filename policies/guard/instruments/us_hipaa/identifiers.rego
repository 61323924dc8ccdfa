# 45 CFR 164.514: which identifiers are left?
package guard.instruments.us_hipaa

# 164.514(b)(2)(i): what must be out, by our categories. Ages stand here because nobody says whether
# they are over 89.
identifiers := {
	"account.authentication", "contact.address", "contact.email", "contact.phone", "contact.social_handle",
	"credential.secret", "financial.bank_account", "financial.crypto_wallet", "financial.iban",
	"financial.payment_card", "health.insurance_number", "health.record_number", "identity.age",
	"identity.date_of_birth", "identity.driving_licence_number", "identity.name", "identity.national_number",
	"identity.passport_number", "identity.residence_permit_number", "identity.social_security_number",
	"identity.tax_number", "identity.unscanned", "location.place", "network.cookie", "network.device_id",
	"network.ip_address", "network.mac_address", "network.traffic", "network.url", "person.image", "person.voice",
	"sensitive.biometric_identification", "sensitive.genetic", "sensitive.precise_geolocation", "time.date",
	"vehicle.registration", "vehicle.vin",
}

# What may stay in a data set that is de-identified: it names nobody.
clinical := {
	"health.condition", "sensitive.criminal_convictions", "sensitive.political_opinions",
	"sensitive.racial_ethnic_origin", "sensitive.religious_philosophical_beliefs", "sensitive.sex_life_orientation",
	"sensitive.trade_union",
}

# 164.514(e)(2): what a limited data set may hold besides.
limited := {"identity.age", "identity.date_of_birth", "location.place", "time.date"}

# The transfer is about persons at all; a place or a date by itself is about nobody.
about_persons if {
	some category in input.transfer.categories
	category.personal
}

# A pseudonym derived from an identifier is an identifying code (164.514(b)(2)(i)(R), (c)).
remaining contains category.id if {
	about_persons
	some category in input.transfer.categories
	category.treatment != "redact"
	category.id in identifiers
}

# Records about persons of which only the name is known may hold identifiers.
remaining contains category.id if {
	some category in input.transfer.categories
	category.personal
	category.treatment != "redact"
	not category.id in clinical
}
