"""What the shipped destinations say, and what they must not pretend to know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.regions import Regions
from guard.regions.families import origin
from guard.regions.tables import parse, read

SHIPPED = Path(__file__).resolve().parents[3] / "regions"
FIRST = """
anthropic-global anthropic-us azure-blob-germanywestcentral azure-openai-eu-datazone
azure-openai-global baidu-ernie bedrock-eu-central-1 bedrock-eu-profile bedrock-global-profile
deepseek gcs-europe-west3 local mistral-eu mistral-global openai-eu openai-global openai-jp
openai-us oss-cn-hangzhou qwen-cn qwen-intl s3-ap-southeast-1 s3-cn-north-1 s3-eu-central-1
s3-eu-central-2 s3-us-east-1 self-hosted-cn self-hosted-eu vertex-eu
"""
CLOUDS = {
    "aws": 34, "aws-cn": 2, "aws-us-gov": 2, "aws-iso": 2, "aws-iso-b": 2, "aws-iso-f": 2,
    "aws-iso-e": 1, "aws-eusc": 1, "azure": 68, "azure-us-government": 5, "azure-china": 6,
    "microsoft-national-partner": 2, "gcp": 48, "gcp-s3ns": 1, "oci": 85, "alibaba": 37,
    "tencent": 25, "huawei": 33, "ovh": 13, "ovh-us": 2, "scaleway": 4, "stackit": 2, "otc": 3,
    "ionos": 5, "hetzner": 6, "ibm": 11, "naver": 3, "yandex": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([SHIPPED])


def test_every_cloud_region_of_the_sources_is_a_row(regions):
    rows = [row for row in regions.destination_rows.values() if row.region_code]
    assert Counter(row.provider for row in rows) == CLOUDS
    assert len(rows) == sum(CLOUDS.values()) == 407
    assert len({(row.provider, row.region_code) for row in rows}) == 407
    assert {row.kind for row in rows} == {"storage"}


def test_every_endpoint_of_the_sources_is_a_row(regions):
    models = [row for row in regions.destination_rows.values() if row.kind == "model"]
    assert len(models) >= 101
    assert len({row.provider for row in models}) >= 59


def test_the_first_destinations_go_on_existing(regions):
    assert set(FIRST.split()) <= set(regions.destinations)


# Traps: the code, or the vendor's name, suggests another place.
@pytest.mark.parametrize(
    ("destination", "country"),
    [
        ("s3-eu-west-2", "GB"),
        ("gcs-europe-west2", "GB"),
        ("gcs-europe-west6", "CH"),
        ("gcs-europe-west1", "BE"),
        ("oci-eu-zurich-1", "CH"),
        ("oci-eu-jovanovac-1", "RS"),
        ("ibm-eu-gb", "GB"),
        ("otc-eu-ch2", "CH"),
        ("obs-ap-southeast-1", "HK"),
        ("oss-ap-southeast-1", "SG"),
        ("cos-ap-beijing", "CN"),
        ("azure-blob-norwayeast", "NO"),
        ("azure-blob-switzerlandnorth", "CH"),
        ("gcs-asia-east2", "HK"),
        ("s3-ap-east-2", "TW"),
        ("stackit-eu02", "AT"),
        ("gcs-eu", "EU"),
        ("gcs-asia", "GLOBAL"),
    ],
)
def test_a_code_is_looked_up_and_never_read(regions, destination, country):
    row = regions.destination_rows[destination]
    assert row.storage == row.processing == (country,)


@pytest.mark.parametrize(
    ("destination", "operator", "parent", "technology"),
    [
        ("s3-eusc-de-east-1", "DE", "US", "US"),
        ("s3-cn-northwest-1", "CN", "CN", "US"),
        ("azure-blob-chinanorth3", "CN", "CN", "US"),
        ("s3ns-u-france-east1", "FR", "FR", "US"),
        ("bleu-france", "FR", "FR", "US"),
        ("obs-eu-west-0", "FR", "FR", "CN"),
        ("oss-eu-central-1", "CN", "CN", "unknown"),
        ("oss-me-central-1", "CN", "CN", "unknown"),
        ("oci-eu-frankfurt-2", "US", "US", "unknown"),
        ("oci-ap-chiyoda-1", "unknown", "unknown", "US"),
        ("ovh-us-east-va", "US", "unknown", "unknown"),
        ("core42-compass", "AE", "AE", "US"),
    ],
)
def test_location_is_not_jurisdiction(regions, destination, operator, parent, technology):
    row = regions.destination_rows[destination]
    assert (row.operator, row.parent, row.technology) == (operator, parent, technology)


def test_what_is_not_verified_is_unknown_and_unsure(regions):
    for name in ("moonshot-intl", "z-ai", "minimax-intl", "upstage", "nscale", "publicai",
                 "replicate", "tencent-tokenhub-intl", "loopback"):  # fmt: skip
        row = regions.destination_rows[name]
        assert (row.processing, row.confidence) == (("unknown",), "low")


def test_rows_that_need_a_region_are_nowhere_as_they_stand(regions):
    """Named in guard.toml without a region, they permit nothing that asks where data go."""
    for row in regions.destination_rows.values():
        for fact in row.regional:
            assert set(getattr(row, fact)) <= {"unknown"}


def test_no_product_has_a_level_of_sovereignty_without_a_source(regions):
    for row in regions.destination_rows.values():
        assert row.assurance == ()


def test_a_retired_region_may_be_relied_on_on_no_recent_day(regions):
    retired = [row for row in regions.destination_rows.values() if row.status == "retired"]
    assert len(retired) == 5
    for row in retired:
        assert not row.valid_on("2026-11-22")


def test_general_knowledge_is_never_sure(regions):
    for row in regions.destination_rows.values():
        if row.source.startswith("general knowledge"):
            assert row.confidence != "high"


def test_sources_name_no_package_registry(regions):
    for row in regions.destination_rows.values():
        assert "pypi" not in row.source.lower()


@pytest.mark.parametrize(
    ("model", "weights"),
    [
        ("gpt-4o", "US"),
        ("us.meta.llama3-3-70b-instruct-v1:0", "US"),
        ("anthropic.claude-sonnet-4", "US"),
        ("Qwen/Qwen3-235B", "CN"),
        ("mistral-large-latest", "FR"),
        ("command-r-plus", "CA"),
        ("jais-30b-chat", "AE"),
        ("HCX-005", "KR"),
        ("our-llama-clone", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_model_belongs_to_the_family_whose_name_begins_it(regions, model, weights):
    assert origin(model, regions.models.values()) == weights


def test_no_prefix_belongs_to_two_families(regions):
    rows = list(regions.models.values())
    for row in rows:
        for prefix in row.prefixes:
            claims = {r.weights for r in rows if prefix.startswith(tuple(r.prefixes))}
            assert claims == {row.weights}, prefix


def test_tables_of_the_policy_hold_no_destination(regions):
    assert not {"destinations", "models"} & set(regions.tables())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"storage": ["ZZ"]}, "`ZZ`, which is not in locations"),
        ({"technology": "ZZ"}, "`ZZ`, which is not in locations"),
        ({"assurance": ["seal-9"]}, "`seal-9`, which is not in assurances"),
        ({"assurance": ["eucs-high"]}, "has not been adopted"),
        ({"assurance": ["cada-1"]}, "has not been adopted"),
        ({"assurance": ["c3a"]}, "without `c5-2026`"),
    ],
)
def test_what_a_destination_refers_to_must_be_there(change, message):
    overlay = {"id": "x", "extends": "scw-fr-par", **change}
    with pytest.raises(ConfigError, match=message) as caught:
        Regions.load([SHIPPED], [overlay])
    assert "guard.toml" in str(caught.value)


def test_a_destination_without_source_is_refused_with_file_row_and_remedy(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "table: destinations\nrows:\n  - {id: acme, title: A, kind: model, provider: a, role: self,"
        " storage: [DE], processing: [DE], operator: DE, parent: DE, checked: 2026-01-01,"
        " confidence: high, valid_from: 2026-01-01, valid_until: 9999-12-31}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"own\.yaml: row acme: source.*where it comes from"):
        Regions.load([SHIPPED, tmp_path])


def test_a_region_stands_for_itself_in_its_addresses():
    rows = read([SHIPPED])["destinations"]
    row = rows["s3-eu-central-2"]
    assert row.url == "https://s3.eu-central-2.amazonaws.com"
    assert all("{region}" not in host for host in row.hosts)
    again = parse("destinations", row.model_dump(mode="json"), "again")
    assert again == row
