"""A configuration that says a place is somewhere else does not load."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.gateway import settings
from guard.gateway.residency import Residency
from guard.gateway.settings import GatewaySection
from guard.gateway.upstreams import Upstreams, serving
from guard.policy import PolicySet
from guard.policy.compiled import embedded
from guard.regions import Regions, Unresolved
from guard.types import Category, Detection, Principal, Tag, Transfer

ROOT = Path(__file__).resolve().parents[3]
CLAUDE = "anthropic.claude-sonnet-4-20250514-v1:0"
FRANKFURT = "https://bedrock-runtime.eu-central-1.amazonaws.com"
AZURE = "https://acme.openai.azure.com/openai"
SKU, PLACE = "deployment.sku.name", "resource.location"
ANYWHERE = {SKU: "GlobalStandard", PLACE: "germanywestcentral"}
VERTEX = "https://aiplatform.googleapis.com/v1/projects/p/locations/global"


@functools.cache
def regions(*own):
    return Regions.load([ROOT / "regions"], [dict(one) for one in own])


def upstream(destination, url, model="m-1", **more):
    return {
        "name": more.pop("name", "one"),
        "destination": destination,
        "url": url,
        "dialects": more.pop("dialects", ["openai"]),
        "models": more.pop("models", {"m": model}),
        "auth": {"style": "none"},
        **more,
    }


def load(*upstreams, tables=None, **section):
    return Upstreams(
        GatewaySection.parse({"upstream": list(upstreams), **section}), tables or regions()
    )


HONEST = [
    (upstream("openai-eu", "https://eu.api.openai.com/v1"), "openai-eu", ("CH", "EEA")),
    (upstream("openai-global", "https://api.openai.com/v1/"), "openai-global", ("GLOBAL",)),
    (
        upstream(
            "azure-openai-regional", AZURE, fields={SKU: "Standard", PLACE: "germanywestcentral"}
        ),
        "azure-openai-regional:germanywestcentral",
        ("DE",),
    ),
    (
        upstream(
            "azure-openai-eu-datazone",
            AZURE,
            fields={SKU: "DataZoneStandard", PLACE: "swedencentral"},
        ),
        "azure-openai-eu-datazone:swedencentral",
        ("EU",),
    ),
    (
        upstream("anthropic-us", "https://api.anthropic.com", body={"inference_geo": "us"}),
        "anthropic-us",
        ("US",),
    ),
    (upstream("anthropic-global", "https://api.anthropic.com"), "anthropic-global", ("GLOBAL",)),
    (upstream("bedrock-eu-central-1", FRANKFURT, CLAUDE), "bedrock-eu-central-1", ("DE",)),
    (upstream("vertex-global", VERTEX), "vertex-global", ("GLOBAL",)),
    (upstream("replicate", "https://api.replicate.com/v1", "o/n"), "replicate", ("unknown",)),
]


@pytest.mark.parametrize(("one", "name", "places"), HONEST, ids=lambda v: str(v)[:40])
def test_an_address_is_resolved_to_the_row_it_is(one, name, places):
    (route,) = load(one).all
    assert route.destination.id == name
    assert route.destination.processing == places
    assert (route.upstream.name, route.alias, route.key) == ("one", "m", "one/m")


def test_the_example_of_the_documentation_loads():
    text = "\n".join(line[4:] for line in settings.__doc__.splitlines() if line[:4] == "    ")
    section = GatewaySection.parse(tomllib.loads(text)["gateway"])
    (route,) = Upstreams(section, regions()).routes("assistant", "openai.chat")
    assert route.destination.id == "azure-openai-regional:germanywestcentral"
    assert (route.model, route.price, route.quality) == ("gpt-prod", (2.5, 10.0), 80.0)


def test_the_row_may_be_named_with_its_region():
    one = upstream("bedrock-eu:eu-west-1", FRANKFURT.replace("eu-central-1", "eu-west-1"),
                   "eu." + CLAUDE)  # fmt: skip
    assert load(one).all[0].destination.id == "bedrock-eu:eu-west-1"


EU_OWN = (
    ("id", "acme-frankfurt"),
    ("extends", "self-hosted-eu"),
    ("url", "https://llm.acme.example/v1"),
)


def test_an_operators_own_destination_counts():
    tables = regions(EU_OWN)
    one = upstream("acme-frankfurt", "https://llm.acme.example/v1")
    assert load(one, tables=tables).all[0].destination.processing == ("EU",)
    with pytest.raises(ConfigError, match="nobody has listed the host"):
        load(one | {"url": "https://llm.other.example/v1"}, tables=tables)
    with pytest.raises(ConfigError, match="is acme-frankfurt, not openai-eu"):
        load(one | {"destination": "openai-eu"}, tables=tables)


LIES = [
    (upstream("openai-eu", "https://api.openai.com/v1"), "is openai-global, not openai-eu"),
    (upstream("openai-eu", "https://eu.api.openai.com.evil.example/v1"), "nobody has listed"),
    (upstream("openai-eu", "https://eu.api.openai.com:8443/v1"), "another scheme or port"),
    (upstream("openai-eu", "http://eu.api.openai.com/v1"), "another scheme or port"),
    (upstream("openai-eu", "https://eu.api.openai.com@evil.example/v1"), "plain name"),
    (upstream("azure-openai-regional", AZURE), "deployment.sku.name decides"),
    (
        upstream("azure-openai-regional", AZURE, fields=ANYWHERE),
        "is azure-openai-global:germanywestcentral, not azure-openai-regional",
    ),
    (
        upstream("azure-openai-regional", AZURE, fields={SKU: "Standard", PLACE: "frankfurt"}),
        "no row has",
    ),
    (upstream("anthropic-us", "https://api.anthropic.com"), "is anthropic-global, not"),
    (upstream("bedrock-eu", FRANKFURT, "global." + CLAUDE), "is bedrock-global-profile, not"),
    (upstream("bedrock-eu-central-1", FRANKFURT, "eu." + CLAUDE), "is bedrock-eu-profile, not"),
    (
        upstream("bedrock-eu-central-1", FRANKFURT, models={"a": CLAUDE, "b": "us." + CLAUDE}),
        "gateway.upstream one: ",
    ),
    (upstream("vertex-eu", VERTEX), "is vertex-global, not vertex-eu"),
    (upstream("opnai-eu", "https://eu.api.openai.com/v1"), "did you mean openai-eu"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "said"), LIES, ids=[said for _, said in LIES])
def test_what_is_not_where_it_claims_to_be_does_not_load(one, said):
    with pytest.raises(ConfigError) as caught:
        load(one)
    assert said in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_the_remedy_is_what_to_write_into_the_file():
    with pytest.raises(ConfigError) as caught:
        load(upstream("azure-openai-regional", AZURE))
    assert 'add fields = {"deployment.sku.name" = "' in caught.value.remedy
    with pytest.raises(ConfigError) as caught:
        load(upstream("openai-eu", "https://api.openai.com/v1"))
    assert 'destination = "openai-global"' in caught.value.remedy


GLOBAL = [
    upstream("bedrock-global-profile", FRANKFURT, "global." + CLAUDE),
    upstream("bedrock-global", FRANKFURT.replace("eu-central-1", "eu-west-3"), "global." + CLAUDE),
    upstream("azure-openai-global", AZURE, fields=ANYWHERE),
    upstream("azure-foundry-global", "https://acme.services.ai.azure.com/models",
             fields={SKU: "GlobalProvisionedManaged", PLACE: "francecentral"}),
    upstream("vertex-global", VERTEX),
    upstream("vertex-unlisted", "https://europe-west3-aiplatform.googleapis.com/v1/projects/p/locations/europe-west3"),
    upstream("anthropic-global", "https://api.anthropic.com"),
    upstream("openai-gb", "https://gb.api.openai.com/v1"),
]  # fmt: skip
WIDEST = ("EU", "EEA", "US", "GB", "DE", "FR", "JP", "CH", "CN", "SG", "IN", "CA", "AU", "AE", "KR")


@pytest.mark.parametrize("one", GLOBAL, ids=[one["destination"] for one in GLOBAL])
@pytest.mark.parametrize("places", [("EU",), WIDEST], ids=["EU", "widest"])
def test_what_runs_anywhere_never_satisfies_a_residency_requirement(one, places):
    (route,) = load(one).all
    assert "GLOBAL" in route.destination.processing
    assert not Residency.of(places, regions()).holds(route.destination)
    with pytest.raises(ConfigError, match="outside the required residency"):
        load(one, residency=places)


@functools.cache
def policy():
    return embedded(PolicySet.load([ROOT / "policies"], regions().tables()))


def kept_at_home(destination):
    """A Russian collection of personal data: Law 152-FZ Art. 18(5) keeps it in Russia."""
    facts = Transfer(
        time="2026-11-22",
        principal=Principal(establishment=("RU",), role="controller"),
        purpose="inference",
        use_case="general",
        origin="RU",
        data_subjects=("RU",),
        categories=(
            Category(id="contact.email", at_most=10, personal=True, direct=True, classes=(),
                     treatment="none"),
        ),
        tags=(Tag(instrument="ru_152fz", trigger="declared", jurisdiction="RU", strength=100,
                  evidence="declared"),),
        hints=(),
        declared=(),
        detection=Detection(complete=True, ner=True, languages=("en",), skipped=(),
                            revision="0" * 64),
        treatment="none",
    )  # fmt: skip
    return policy().decide(facts, destination)


@pytest.mark.parametrize("one", GLOBAL, ids=[one["destination"] for one in GLOBAL])
def test_the_law_of_residency_is_not_satisfied_by_it_either(one):
    (route,) = load(one).all
    answer = kept_at_home(route.destination)
    assert answer.effect == "deny"
    assert "ru_152fz.localisation" in {barrier.rule for barrier in answer.barriers}
    at_home = kept_at_home(regions().destinations["yandexgpt"])
    assert "ru_152fz.localisation" not in {barrier.rule for barrier in at_home.barriers}


def test_residency_holds_for_places_inside_and_for_nothing_that_is_unknown():
    tables = regions()
    union = Residency.of(("EU",), tables)
    assert union.inside(("DE",))
    assert union.inside(("EU",))
    assert union.inside(("DE", "FR"))
    assert union.inside(("FR-RE",))
    assert not union.inside(("EEA",))
    assert not union.inside(("CH",))
    assert not union.inside(("DE", "US"))
    assert not union.inside(("unknown",))
    assert not union.inside(())
    assert Residency.of(("EEA",), tables).inside(("EU", "NO"))
    assert Residency.of((), tables).holds(tables.destinations["openai-global"])
    assert not union.holds(tables.destinations["mistral-global"])
    assert union.holds(tables.destinations["mistral-eu"])


@pytest.mark.parametrize("place", ["GLOBAL", "GLOBAL_EXCEPT_CN_MAINLAND", "unknown", "XX"])
def test_a_requirement_without_boundary_is_none(place):
    with pytest.raises(ConfigError, match=r"gateway\.residency"):
        Residency.of((place,), regions())


def test_storage_counts_like_processing():
    with pytest.raises(ConfigError, match="outside the required residency"):
        load(upstream("anthropic-us", "https://api.anthropic.com", body={"inference_geo": "us"}),
             residency=["US"])  # fmt: skip


def test_routes_are_of_the_alias_and_the_dialect_in_order():
    found = load(
        upstream("openai-eu", "https://eu.api.openai.com/v1", name="b"),
        upstream("mistral-eu", "https://api.eu.mistral.ai/v1", name="a", dialects=["openai.chat"]),
        upstream("anthropic-global", "https://api.anthropic.com", dialects=["anthropic"], name="c"),
        upstream("openai-us", "https://us.api.openai.com/v1", name="d", models={"other": "x"}),
    )
    assert [r.upstream.name for r in found.routes("m", "openai.chat")] == ["b", "a"]
    assert [r.upstream.name for r in found.routes("m", "openai.embeddings")] == ["b"]
    assert [r.upstream.name for r in found.routes("m", "anthropic.messages")] == ["c"]
    assert found.routes("nothing", "openai.chat") == ()
    assert found.models == ("m", "other")


def test_what_the_body_says_is_resolved_again():
    found = load(upstream("anthropic-global", "https://api.anthropic.com", dialects=["anthropic"]))
    said = {"inference_geo": "us", "service_tier": "auto", "model.listed": "yes"}
    (route,) = found.routes("m", "anthropic.messages", said)
    assert route.destination.id == "anthropic-us"
    with pytest.raises(Unresolved):
        found.routes("m", "anthropic.messages", {"inference_geo": "mars"})


def test_a_body_cannot_leave_the_place_that_the_upstream_is_for():
    us = upstream("anthropic-us", "https://api.anthropic.com", dialects=["anthropic"],
                  body={"inference_geo": "us"})  # fmt: skip
    found = load(us)
    assert found.routes("m", "anthropic.messages", {"inference_geo": "US"})
    with pytest.raises(Unresolved, match="another inference_geo"):
        found.routes("m", "anthropic.messages", {"inference_geo": "global"})
    with pytest.raises(Unresolved, match="does not know inference_geo"):
        load(upstream("openai-eu", "https://eu.api.openai.com/v1")).routes(
            "m", "openai.chat", {"inference_geo": "us"}
        )


def test_a_body_cannot_state_facts_of_the_deployment():
    where = "https://europe-west3-aiplatform.googleapis.com/v1/projects/p/locations/europe-west3"
    found = load(upstream("vertex-unlisted", where))
    (route,) = found.routes("m", "openai.chat", {"model.listed": "yes"})
    assert "GLOBAL" in route.destination.processing


def test_a_body_cannot_leave_the_required_residency():
    also = (("id", "anthropic-global"), ("extends", "anthropic-global"), ("storage", ("US",)),
            ("processing", ("US",)))  # fmt: skip
    tables = regions(also)
    found = load(upstream("anthropic-global", "https://api.anthropic.com", dialects=["anthropic"]),
                 residency=["US"], tables=tables)  # fmt: skip
    assert found.routes("m", "anthropic.messages")
    with pytest.raises(Unresolved, match="outside the required residency"):
        found.routes("m", "anthropic.messages", {"inference_geo": "us"})


def test_each_destination_is_asked_about_once():
    found = load(
        upstream("openai-eu", "https://eu.api.openai.com/v1", name="a"),
        upstream("openai-us", "https://us.api.openai.com/v1", name="b"),
        upstream("openai-eu", "https://eu.api.openai.com/v1", name="c"),
    )
    assert [one.id for one in serving(found.all)] == ["openai-eu", "openai-us"]


def test_the_model_says_whose_weights_they_are():
    found = load(
        upstream(
            "bedrock-eu-central-1", FRANKFURT, models={"a": CLAUDE, "b": "qwen.qwen3-32b-v1:0"}
        )
    )
    assert [route.destination.weights for route in found.all] == ["US", "CN"]


def test_the_files_of_secrets_can_be_listed():
    one = upstream("openai-eu", "https://eu.api.openai.com/v1")
    one["auth"] = {"style": "bearer", "key_file": "a.key"}
    assert load(one).files == (Path("a.key"),)
    assert "a.key" not in repr(load(one).all[0])


EU = upstream("openai-eu", "https://eu.api.openai.com/v1")
WRONG = [
    ({"upstream": []}, "gateway.upstream"),
    ({}, "gateway.upstream"),
    ({"fail_open": True, "upstream": [EU]}, "gateway.fail_open: unknown key"),
    ({"upstream": [EU | {"key": "sk-secret"}]}, "gateway.upstream.0.key: unknown key"),
    ({"upstream": [EU, EU]}, "two have one name"),
    ({"upstream": [EU], "prefer": ["cost", "cost"]}, "named twice"),
    ({"upstream": [EU], "prefer": ["luck"]}, "gateway.prefer.0"),
    ({"upstream": [EU], "hops": 0}, "gateway.hops"),
    ({"upstream": [EU | {"dialects": ["gopher"]}]}, "gateway.upstream.0.dialects.0"),
    ({"upstream": [EU | {"dialects": []}]}, "gateway.upstream.0.dialects"),
    ({"upstream": [EU | {"models": {}}]}, "gateway.upstream.0.models"),
    ({"upstream": [EU | {"models": {"m": {"name": "x", "price": 1}}}]}, "unknown key"),
    ({"upstream": [EU | {"models": ["m"]}]}, "gateway.upstream.0.models"),
    ({"upstream": [EU | {"url": "https://h.example/v1?key=sk-secret"}]}, "url has no query"),
    ({"upstream": [EU | {"headers": {"authorization": "sk-secret"}}]}, "credentials go into auth"),
    ({"upstream": [EU | {"headers": {"x-a": "b\r\nc: d"}}]}, "gateway.upstream.0.headers.x-a"),
    ({"upstream": [EU | {"fields": {"inference_geo": "us"}}]}, "put it into body"),
    ({"upstream": [EU | {"fields": {"path.location": "eu"}}]}, "is not said again"),
    ({"upstream": [EU | {"fields": {"header.x-region": "eu"}}]}, "is not said again"),
    ({"upstream": [EU | {"body": {"model": "x"}}]}, "does not decide"),
    ({"upstream": [EU | {"auth": {"style": "bearer"}}]}, "bearer needs key_file"),
    ({"upstream": [EU | {"auth": {"style": "none", "key_file": "a"}}]}, "no use for key_file"),
    ({"upstream": [EU | {"auth": {"style": "entra"}}]}, "entra needs token_file"),
    (
        {"upstream": [EU | {"auth": {"style": "entra", "token_url": "https://login.example"}}]},
        "entra needs client_id and client_secret_file",
    ),
    (
        {"upstream": [EU | {"auth": {"style": "google", "token_url": "http://login.example/"}}]},
        "token_url begins with https://",
    ),
    ({"upstream": [EU | {"auth": {"style": "sigv4", "region": "x"}}]}, "needs credentials_file"),
]


@pytest.mark.parametrize(("values", "said"), WRONG, ids=[said for _, said in WRONG])
def test_what_is_wrong_is_said_in_one_line_without_the_value(values, said):
    with pytest.raises(ConfigError) as caught:
        GatewaySection.parse(values)
    assert said in str(caught.value)
    assert "sk-secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
