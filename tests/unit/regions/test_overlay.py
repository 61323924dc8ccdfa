"""Destinations that an operator adds or changes in guard.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.regions import Regions

SHIPPED = [Path(__file__).resolve().parents[3] / "regions"]
WHOLE = """
[[destination]]
id = "acme-berlin"
title = "Our rack in Berlin"
kind = "model"
provider = "acme"
role = "self"
storage = ["DE"]
processing = ["DE"]
operator = "DE"
parent = "DE"
source = "contract 17"
checked = 2026-11-20
confidence = "high"
valid_from = 2026-01-01
valid_until = 9999-12-31
"""


def load(toml: str) -> Regions:
    return Regions.load(SHIPPED, tomllib.loads(toml)["destination"])


def test_a_whole_destination_says_unknown_for_what_it_leaves_out():
    row = load(WHOLE).destination("acme-berlin")
    assert (row.storage, row.url, row.weights, row.access) == (
        ("DE",),
        "unknown",
        "unknown",
        ("unknown",),
    )
    assert (row.retention_days, row.training_use) == (-1, "unknown")
    assert (row.source, row.checked) == ("contract 17", "2026-11-20")


def test_a_safeguard_on_file_is_added_to_a_shipped_destination():
    regions = load("""
        [[destination]]
        id = "openai-us"
        extends = "openai-us"
        safeguards = ["tia", "scc_2021_914"]
    """)
    row = regions.destination("openai-us")
    assert row.safeguards == ("scc_2021_914", "tia")
    assert row.processing == ("US",)
    assert row.source == "operator's declaration, extending openai-us"
    assert row.checked == "2026-11-22"


def test_an_overlay_extends_an_earlier_one():
    regions = load("""
        [[destination]]
        id = "near"
        extends = "self-hosted-eu"
        storage = ["DE"]
        [[destination]]
        id = "nearer"
        extends = "near"
        processing = ["AT"]
    """)
    assert regions.destination("nearer").storage == ("DE",)
    assert regions.destination("nearer").processing == ("AT",)
    assert regions.destination("self-hosted-eu").storage == ("EU",)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[[destination]]\nextends = "openai-us"', "number 1 has no id"),
        ('[[destination]]\nid = "openai-us"', "destination openai-us: "),
        (WHOLE.replace("acme-berlin", "openai-us"), "openai-us is there already"),
        ('[[destination]]\nid = "local"\nextends = "local"\n' * 2, "local is there already"),
        (WHOLE + WHOLE, "acme-berlin is there already"),
        ('[[destination]]\nid = "x"\nextends = "openai-eux"', "did you mean .*openai-eu"),
        ('[[destination]]\nid = "x"\nextends = ["a"]', "unknown destination"),
        ('[[destination]]\nid = "x"\nextends = "openai-us"\nstorage = ["ZZ"]', "`ZZ`"),
        ('[[destination]]\nid = "x"\nextends = "openai-us"\nsafeguards = ["scc"]', "`scc`"),
        ('[[destination]]\nid = "x"\nextends = "openai-us"\nregion = "eu"', "region"),
        ('[[destination]]\nid = "x"\nextends = "openai-us"\nstorage = []', "storage"),
        ('[[destination]]\nid = "x"\nextends = "openai-us"\nretention_days = 1.5', "retention"),
        ('[[destination]]\nid = "X Y"\nextends = "openai-us"', "id"),
        (WHOLE.replace("checked = 2026-11-20", ""), "checked"),
        (WHOLE.replace('confidence = "high"', ""), "confidence"),
        (WHOLE.replace("valid_until = 9999-12-31", ""), "valid_until"),
        (WHOLE.replace("checked = 2026-11-20", "checked = 2026-11-20T10:00:00"), "no place"),
    ],
)
def test_an_overlay_that_is_wrong_is_one_clear_error(toml, message):
    with pytest.raises(ConfigError, match=message):
        load(toml)


def test_an_overlay_replaces_a_shipped_destination_by_name():
    replaced = load(WHOLE.replace("acme-berlin", "openai-us") + 'replaces = "openai-us"\n')
    assert replaced.destination("openai-us").storage == ("DE",)


def test_an_unknown_destination_names_those_that_look_like_it():
    regions = Regions.load(SHIPPED)
    with pytest.raises(ConfigError, match=r"unknown destination 'opnai-us'.*openai-us"):
        regions.destination("opnai-us")
    with pytest.raises(ConfigError, match="guard region list"):
        regions.destination("")
    with pytest.raises(ConfigError) as caught:
        regions.destination("x" * 5000)
    assert len(str(caught.value)) < 300


def test_the_mappings_cannot_be_written_to():
    regions = Regions.load(SHIPPED)
    with pytest.raises(TypeError):
        regions.destinations["x"] = regions.destinations["local"]
