"""The bulk-data rule of the United States against the tables: words and countries of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.policy.regorus import RegorusEngine
from guard.regions import Regions
from guard.types import Category, Principal
from tests.unit.policy.world import ROOT, destination, policies, tag, transfer

DECISION = "data.guard.decision"
CONTACT = frozenset(
    {
        "name",
        "first_and_last_name",
        "full_name",
        "birth_date",
        "date_of_birth",
        "birthplace",
        "zip_code",
        "address",
        "residential_address",
        "postal_address",
        "street_address",
        "phone_number",
        "telephone_number",
        "email",
        "email_address",
        "public_account_identifier",
        "social_media_handle",
        "loyalty_membership",
        "first_last_name",
        "first_name",
        "last_name",
        "dob",
        "place_of_birth",
        "zip",
        "postal_code",
        "postcode",
        "residential_street_address",
        "home_address",
        "mailing_address",
        "phone",
        "mobile_number",
        "telephone",
        "loyalty_membership_number",
        "loyalty_phone",
    }
)
"""28 CFR 202.234(d): what may stand together without becoming covered personal identifiers."""


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([Path(ROOT) / "regions"])


@pytest.fixture(scope="module")
def engine():
    running = RegorusEngine(policies())
    yield running
    running.close()


def sold(engine, category: str, classes: tuple[str, ...], country: str, **facts) -> set[str]:
    """The rules that decide on a sale of 200,000 persons' data to a buyer in a country."""
    sale = transfer(
        "us_doj_bulk",
        principal=Principal(establishment=("US",), role="controller"),
        origin="US",
        data_subjects=("US",),
        treatment="none",
        tags=(tag("us_doj_bulk", jurisdiction="US"),),
        categories=(
            Category(
                id=category,
                at_most=10,
                personal=True,
                direct=True,
                classes=classes,
                treatment="none",
                found=False,
            ),
        ),
        facts={"transaction": "data_brokerage", **facts},
    )
    place = destination(
        country, parent=country, role="controller", safeguards=(), counts={"persons": 200_000}
    )
    facts_of = {"transfer": sale.model_dump(mode="json", by_alias=True)}
    said = engine.evaluate(DECISION, {**facts_of, "destination": place.facts()})
    return {entry["rule"] for entry in (*said["permits"], *said["barriers"])}


def test_the_countries_of_concern_are_those_of_the_set(regions, engine):
    concern = set(regions.sets["DOJ_COUNTRIES_OF_CONCERN"].members)
    asked = [*concern, "DE", "IN", "SG", "TW", "UA", "KR", "BY", "AE"]
    prohibited = {
        country
        for country in asked
        if sold(engine, "health.condition", ("health",), country)
        == {"us_doj_bulk.prohibited_brokerage"}
    }
    assert prohibited == concern


def test_every_listed_identifier_stands_in_a_field(regions, engine):
    words = regions.facts["listed_identifiers"].values
    excluded = {
        word
        for word in words
        if word != "zip_code"
        and "us_doj_bulk.no_sensitive_data"
        in sold(engine, "contact.email", (), "CN", listed_identifiers=[word, "zip_code"])
    }
    assert excluded == CONTACT - {"zip_code"}
    assert set(words) >= CONTACT


def test_every_word_of_an_exempt_activity_exempts(regions, engine):
    vendor = {"transaction": "vendor_agreement", "intra_group": True}
    for word in regions.facts["ordinarily_incident_to"].values:
        stated = {**vendor, "ordinarily_incident_to": word}
        rules = sold(engine, "financial.iban", ("financial_account",), "CN", **stated)
        assert (rules == {"us_doj_bulk.restricted"}) is (word == "none"), word
