# 28 CFR 202.212, 202.232, 202.234: when are identifiers covered personal identifiers?
package guard.instruments.us_doj_bulk

# The data fields of 202.234. One alone says nothing; what counts is which stand together.
fields := {
	"government": {
		"alien_registration_number", "driver_license_number", "drivers_license", "drivers_license_number",
		"driving_licence_number", "government_id", "passport_number", "social_security_number", "ssn", "state_id",
		"state_id_number", "tax_number", "taxpayer_id",
	},
	"financial": {
		"account_number", "bank_account_number", "card_number", "credit_card_number", "financial_account_number",
		"personal_identification_number", "pin",
	},
	"device": {
		"device_id", "hardware_id", "imei", "mac_address", "serial_number", "sim_card_number", "sim_number",
	},
	"contact": {
		"address", "birth_date", "birthplace", "date_of_birth", "dob", "email", "email_address", "first_and_last_name",
		"first_last_name", "first_name", "full_name", "home_address", "last_name", "loyalty_membership",
		"loyalty_membership_number", "loyalty_phone", "mailing_address", "mobile_number", "name", "phone", "phone_number",
		"place_of_birth", "postal_address", "postal_code", "postcode", "public_account_identifier",
		"residential_address", "residential_street_address", "social_media_handle", "street_address", "telephone",
		"telephone_number", "zip", "zip_code",
	},
	"advertising": {
		"advertising_id", "apple_advertising_id", "gaid", "google_advertising_id", "idfa", "maid",
		"mobile_advertising_id",
	},
	"account": {
		"account_password", "account_username", "password", "security_answer", "security_question_answer", "username",
	},
	"network": {"cookie", "cookie_data", "cookie_id", "cookies", "ip_address"},
	"call": {"call_detail", "call_detail_data", "call_detail_record", "call_detail_records", "cpni"},
}

# The same for categories of data, where nobody lists the identifiers by name.
field_of := {
	"account.authentication": "account",
	"contact.address": "contact",
	"contact.email": "contact",
	"contact.phone": "contact",
	"contact.social_handle": "contact",
	"identity.age": "contact",
	"identity.date_of_birth": "contact",
	"identity.name": "contact",
	"identity.unscanned": "contact",
	"network.cookie": "network",
	"network.device_id": "device",
	"network.ip_address": "network",
	"network.mac_address": "device",
	"network.traffic": "call",
}

# Identifiers as pairs of field and name: those that the operator lists, and those that were found or,
# without a list, declared.
identifiers contains [field, name] if {
	some name in input.transfer.facts.listed_identifiers
	some field in fields_of(name)
}

identifiers contains [field, category.id] if {
	some category in held
	in_view(category)
	category.id in object.keys(field_of)
	field := field_of[category.id]
}

identifiers contains ["government", category.id] if {
	some category in held
	in_view(category)
	"government_id" in category.classes
}

identifiers contains ["financial", category.id] if {
	some category in held
	in_view(category)
	"financial_account" in category.classes
}

# A word of the table that stands in no field here is an identifier of a field of its own.
fields_of(name) := {field | some field, names in fields; name in names} if named(name)

fields_of(name) := {"unlisted"} if not named(name)

named(name) if {
	some names in fields
	name in names
}

# The operator's list stands for what it declares, never for what a detector found.
in_view(category) if category.found

in_view(category) if {
	not category.found
	not input.transfer.facts.listed_identifiers
}

identifier_fields contains field if some [field, _] in identifiers

# Identifiers that a detector found in one and the same payload stand together, whatever is stated.
found_together if count({category.id | some category in held; category.found; field_of[category.id]}) > 1

apart if {
	input.transfer.facts.linked == false
	not found_together
}

# In two files for two recipients who have nothing to do with each other, or in two files of which
# nobody says whether they belong together: the facts leave it open.
link_open if {
	input.transfer.facts.files > 1
	not found_together
	not said_linked
	not apart
}

link_open if {
	input.transfer.facts.files > 1
	not found_together
	input.transfer.facts.recipients_related == false
	not apart
}

said_linked if input.transfer.facts.linked == true

said_linked if input.transfer.facts.linked == "via_employee_id"

combined if {
	count(identifiers) > 1
	not apart
}

# A lone identifier that is stated to be linked is linked to what is disclosed with it (202.212(a)(2)).
combined if {
	count(identifiers) == 1
	said_linked
}

# 202.212(b)(1): contact data linked only to contact data.
contact_only if count(identifier_fields - {"contact"}) == 0

# 202.212(b)(2): network, account or call data linked only to each other, as necessary for a
# telecommunications, networking or similar service. A sale of them is no such service.
service_only if {
	count(identifier_fields - {"account", "call", "network"}) == 0
	kind != "data_brokerage"
}

# Words of no field beside contact data, where what is declared is contact data and nothing was found: they may be
# contact data in other words.
wording_open if {
	identifier_fields - {"contact"} == {"unlisted"}
	count(held) > 0
	every category in held {
		not category.found
		field_of[category.id] == "contact"
	}
}

covered_identifiers if {
	combined
	not link_open
	not contact_only
	not service_only
	not wording_open
}

# Whether they are covered personal identifiers cannot be told from the facts.
identifiers_open if {
	combined
	not contact_only
	link_open
}

identifiers_open if {
	combined
	not contact_only
	service_only
}

identifiers_open if {
	combined
	wording_open
}
