"""Where a request was served, by what the provider says of it."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from guard.gateway.served import Served, alike, members
from guard.gateway.settings import GatewaySection
from guard.gateway.upstreams import Upstreams
from guard.regions import Regions

ROOT = Path(__file__).resolve().parents[3]
SKU, PLACE = "deployment.sku.name", "resource.location"
AZURE = "https://acme.openai.azure.com/openai"


@functools.cache
def regions():
    return Regions.load([ROOT / "regions"])


@functools.cache
def served():
    return Served(regions())


def route(destination, url, model, **more):
    one = {"name": "one", "destination": destination, "url": url, "dialects": ["openai"],
           "models": {"m": model}, "auth": {"style": "none"}, **more}  # fmt: skip
    return Upstreams(GatewaySection.parse({"upstream": [one]}), regions()).all[0]


def azure(kind, sku, place="germanywestcentral"):
    return route(f"azure-openai-{kind}", AZURE, "prod-1", fields={SKU: sku, PLACE: place})


FRANKFURT = azure("regional", "Standard")
ZONE = azure("eu-datazone", "DataZoneStandard")
ANYWHERE = azure("global", "GlobalStandard")
CLAUDE_US = route("anthropic-us", "https://api.anthropic.com", "claude-sonnet-4-0",
                  body={"inference_geo": "us"})  # fmt: skip
CLAUDE = route("anthropic-global", "https://api.anthropic.com", "claude-sonnet-4-0")
OPENAI = route("openai-eu", "https://eu.api.openai.com/v1", "gpt-5-mini")
QWEN = route("qwen-intl", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "qwen-max")
LLAMA = route("bedrock-eu-central-1", "https://bedrock-runtime.eu-central-1.amazonaws.com",
              "meta.llama3-1-70b-instruct-v1:0")  # fmt: skip


def usage(geo):
    return {"model": "claude-sonnet-4-20250514", "usage": {"inference_geo": geo}}


FITS = [
    (FRANKFURT, {"x-ms-region": "Germany West Central"}, None),
    (FRANKFURT, {"X-MS-Region": "germanywestcentral"}, None),
    (ZONE, {"x-ms-region": "Sweden Central"}, None),
    (ANYWHERE, {"x-ms-region": "East US 2"}, None),
    (FRANKFURT, {"x-ms-deployment-name": "PROD-1"}, {"model": "gpt-4o-2024-08-06"}),
    (CLAUDE_US, {}, usage("us")),
    (CLAUDE_US, {}, usage("not_available")),
    (CLAUDE_US, {}, usage("")),
    (CLAUDE, {}, usage("global")),
    (CLAUDE, {}, usage("us")),
    (OPENAI, {}, {"model": "gpt-5-mini-2025-08-07"}),
    (QWEN, {"x-ms-region": "Japan East"}, {"model": "qwen-max"}),
    (OPENAI, {"cf-ray": "a13c2f09eb3e00ab-SIN"}, None),
    (OPENAI, {}, "no object"),
    (OPENAI, {}, {"usage": [], "model": 5}),
]


@pytest.mark.parametrize(("way", "headers", "body"), FITS)
def test_what_fits_and_what_is_not_said_is_no_drift(way, headers, body):
    assert served().evidence(way, headers.items(), body).drift == ()


DRIFT = [
    (FRANKFURT, {"x-ms-region": "East US 2"}, None, "x-ms-region is East US 2 (US)"),
    (FRANKFURT, {"x-ms-region": "Sweden Central"}, None, "(SE), decided for DE"),
    (ZONE, {"x-ms-region": "UK South"}, None, "(GB), decided for EU"),
    (ZONE, {"x-ms-region": "Atlantis"}, None, "(unknown), decided for EU"),
    (OPENAI, {"x-ms-region": "East US"}, None, "decided for CH, EEA"),
    (QWEN, {"x-ms-region": "chinanorth3"}, None, "(CN), decided for GLOBAL_EXCEPT"),
    (QWEN, {"x-ms-region": "nowhere"}, None, "(unknown), decided for GLOBAL_EXCEPT"),
    (FRANKFURT, {"x-ms-deployment-name": "other"}, None, "sent to prod-1"),
    (CLAUDE_US, {}, usage("global"), "inference_geo is global (GLOBAL), decided for US"),
    (CLAUDE_US, {}, usage("mars"), "inference_geo is mars (unknown)"),
    (CLAUDE_US, {}, {"type": "message_start", "message": usage("global")}, "inference_geo"),
    (OPENAI, {}, {"model": "gpt-5-nano"}, "model is gpt-5-nano, asked for gpt-5-mini"),
    (OPENAI, {}, {"response": {"model": "gpt-4o"}}, "model is gpt-4o"),
    (OPENAI, {}, {"model": "qwen-max"}, "model is qwen-max (CN), decided for weights of US"),
    (FRANKFURT, {"x-ms-served-model": "deepseek-v3"}, None, "(CN), decided for weights of US"),
    (LLAMA, {}, {"model": "meta.llama3-1-8b-instruct-v1:0"}, "asked for meta.llama3-1-70b"),
]


@pytest.mark.parametrize(("way", "headers", "body", "said"), DRIFT, ids=[d[3] for d in DRIFT])
def test_what_contradicts_the_decision_is_drift(way, headers, body, said):
    (drift,) = served().evidence(way, headers.items(), body).drift
    assert said in drift


def test_what_was_found_out_is_kept_and_bounded():
    one = Served(regions())
    first = one.evidence(OPENAI, [], {"model": "gpt-5-nano"})
    assert one.evidence(OPENAI, [], {"model": "gpt-5-nano"}).drift is first.drift
    assert one.evidence(OPENAI, [], {"model": "gpt-5-mini"}).drift == ()
    assert one.evidence(CLAUDE, [], {"model": "gpt-5-nano"}).drift != first.drift
    for number in range(2000):
        one.evidence(OPENAI, [], {"model": f"m{number}"})
    assert len(one._known) <= 512


def test_all_evidence_is_kept_apart():
    found = served().evidence(
        FRANKFURT,
        [
            ("X-MS-Region", "Germany West Central"),
            ("apim-request-id", "11fe3e94-37d6-49b9-87a5-a677be8fa624"),
            ("CF-Ray", "a13c2f09eb3e00ab-FRA"),
            ("x-amz-cf-pop", "FRA56-P8"),
            ("set-cookie", "session=1"),
            ("x-note", "Jane Doe"),
        ],
        {"system_fingerprint": "fp_44709d6fcb", "service_tier": "default", "choices": ["Jane"]},
    )
    assert dict(found.requested) == {
        "destination": "azure-openai-regional:germanywestcentral",
        "host": "acme.openai.azure.com",
        "model": "prod-1",
        SKU: "Standard",
        PLACE: "germanywestcentral",
    }
    assert dict(found.reported) == {
        "x-ms-region": "Germany West Central",
        "apim-request-id": "11fe3e94-37d6-49b9-87a5-a677be8fa624",
        "system_fingerprint": "fp_44709d6fcb",
        "service_tier": "default",
    }
    assert dict(found.hints) == {"cf-ray": "FRA", "x-amz-cf-pop": "FRA56-P8"}
    with pytest.raises(TypeError):
        found.reported["x"] = "y"


@pytest.mark.parametrize("value", ["a\r\nb", "x" * 200, "Jane; Doe", "<script>", "é", ""])
def test_what_is_no_plain_word_is_not_kept(value):
    found = served().evidence(OPENAI, [("x-request-id", value)], {"model": value})
    assert found.reported == {}
    assert found.drift == ()


def test_the_model_of_a_stream_stands_in_its_first_event():
    start = {"type": "message_start", "message": usage("us")}
    assert members(start) == {"model": "claude-sonnet-4-20250514", "inference_geo": "us"}
    assert members({"response": {"model": "gpt-5"}}) == {"model": "gpt-5"}
    assert members({"modelVersion": "gemini-2.5-flash-001"}) == {"model": "gemini-2.5-flash-001"}


@pytest.mark.parametrize(
    ("reported", "asked", "same"),
    [
        ("gpt-4o-2024-08-06", "gpt-4o", True),
        ("gpt-4o-mini-2024-07-18", "gpt-4o", False),
        ("gpt-4-0613", "gpt-4", True),
        ("claude-sonnet-4-20250514", "claude-sonnet-4-0", True),
        ("claude-3-5-sonnet-20241022", "claude-3-5-sonnet-latest", True),
        ("claude-sonnet-4-20250514", "eu.anthropic.claude-sonnet-4-20250514-v1:0", True),
        ("claude-sonnet-4-20250514", "claude-sonnet-4@20250514", True),
        ("claude-opus-4-20250514", "claude-sonnet-4-0", False),
        ("gemini-2.5-flash-001", "gemini-2.5-flash", True),
        ("gemini-2.5-flash", "gemini-2.5-pro", False),
        ("mistral-large-2411", "mistral-large-latest", True),
        ("Meta-Llama-3.1-70B-Instruct", "meta-llama/Meta-Llama-3.1-70B-Instruct", True),
        ("", "gpt-4o", False),
        ("gpt-4o", "", False),
    ],
)
def test_a_snapshot_of_an_alias_is_the_model_and_a_smaller_one_is_not(reported, asked, same):
    assert alike(reported, asked) is same
