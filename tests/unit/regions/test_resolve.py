"""From an address to the one destination that it is, or a refusal that says what would decide."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from guard.errors import ConfigError, Refused
from guard.regions import Regions
from guard.regions.address import parse
from guard.regions.refusals import Unresolved
from guard.regions.resolve import Resolver

SHIPPED = Path(__file__).resolve().parents[3] / "regions"
SKU = "deployment.sku.name"
AZURE = "https://acme.openai.azure.com/openai/deployments/prod/chat/completions"
BEDROCK = "https://bedrock-runtime.{}.amazonaws.com"
UNION = ("DE", "ES", "FR", "IE", "IT", "SE")
CLAUDE = "anthropic.claude-sonnet-4-20250514-v1:0"


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load([SHIPPED])


@pytest.fixture(scope="module")
def resolver(regions) -> Resolver:
    return Resolver.of(regions)


def refused(resolver: Resolver, url: str, **said: object) -> Unresolved:
    with pytest.raises(Unresolved) as caught:
        resolver.resolve(url, **said)
    assert isinstance(caught.value, Refused)
    assert caught.value.remedy
    return caught.value


# Every provider that the field names, with an address of its documentation.
NAMED = [
    ("https://api.openai.com/v1/chat/completions", {}, "openai-global", ("GLOBAL",)),
    ("https://eu.api.openai.com/v1", {}, "openai-eu", ("CH", "EEA")),
    ("https://ae.api.openai.com/v1", {}, "openai-ae", ("AE",)),
    ("https://gb.api.openai.com/v1", {}, "openai-gb", ("GLOBAL",)),
    (AZURE, {SKU: "GlobalStandard"}, "azure-openai-global", ("GLOBAL",)),
    (
        "https://acme.services.ai.azure.com/models",
        {SKU: "DataZoneStandard", "resource.geography": "EU"},
        "azure-foundry-eu-datazone",
        ("EU",),
    ),
    ("https://aiplatform.googleapis.com/v1", {}, "vertex-global", ("GLOBAL",)),
    ("https://aiplatform.eu.rep.googleapis.com/v1", {}, "vertex-eu", ("EU",)),
    ("https://generativelanguage.googleapis.com/v1beta", {}, "gemini-developer", ("GLOBAL",)),
    ("https://api.anthropic.com/v1/messages", {}, "anthropic-global", ("GLOBAL",)),
    ("https://api.anthropic.com", {"inference_geo": "us"}, "anthropic-us", ("US",)),
    ("https://api.mistral.ai/v1", {}, "mistral-global", ("GLOBAL",)),
    ("https://api.eu.mistral.ai/v1", {}, "mistral-eu", ("EU",)),
    ("https://api.llama.com/v1", {}, "meta-llama-api", ("GLOBAL",)),
    ("https://api.x.ai/v1", {}, "xai-global", ("GLOBAL",)),
    ("https://eu-west-1.api.x.ai/v1", {}, "xai-eu-west-1", ("IE",)),
    ("https://api.together.ai/v1", {}, "together", ("GLOBAL",)),
    ("https://api.together.xyz/v1", {}, "together", ("GLOBAL",)),
    ("https://api.fireworks.ai/inference/v1", {}, "fireworks", ("GLOBAL",)),
    ("https://api.replicate.com/v1", {}, "replicate", ("unknown",)),
    ("https://acme--chat.modal.run", {}, "modal", ("GLOBAL",)),
    ("https://api.groq.com/openai/v1", {}, "groq", ("GLOBAL",)),
    ("https://api.cerebras.ai/v1", {}, "cerebras", ("GLOBAL",)),
    ("https://api.sambanova.ai/v1", {}, "sambanova", ("GLOBAL",)),
    ("https://dashscope.aliyuncs.com/compatible-mode/v1", {}, "qwen-cn", ("CN",)),
    (
        "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
        {},
        "qwen-intl",
        ("GLOBAL_EXCEPT_CN_MAINLAND",),
    ),
    ("https://qianfan.baidubce.com/v2", {}, "baidu-ernie", ("CN",)),
    ("https://api.sensenova.cn/compatible-mode/v1", {}, "sensetime-sensenova", ("CN",)),
    ("https://api.deepseek.com/v1", {}, "deepseek", ("CN",)),
    ("https://api.moonshot.cn/v1", {}, "moonshot-cn", ("CN",)),
    ("https://api.moonshot.ai/v1", {}, "moonshot-intl", ("unknown",)),
    ("https://clovastudio.stream.ntruss.com/v1/openai", {}, "naver-clova-studio", ("KR",)),
    ("https://api.core42.ai/v1", {}, "core42-compass", ("AE",)),
    ("http://localhost:11434/v1", {}, "loopback", ("unknown",)),  # Ollama
    ("http://127.0.0.1:8000/v1", {}, "loopback-ipv4", ("unknown",)),  # vLLM
    ("http://[::1]:8000/v1", {}, "loopback-ipv6", ("unknown",)),
]


@pytest.mark.parametrize(("url", "fields", "row", "processing"), NAMED)
def test_every_provider_that_teams_name_resolves(resolver, url, fields, row, processing):
    answer = resolver.resolve(url, fields=fields)
    assert answer.base == row
    assert answer.destination.processing == processing


@pytest.mark.parametrize(
    ("url", "model", "weights"),
    [
        ("https://acme.services.ai.azure.com", "grok-4", "US"),
        ("https://acme.services.ai.azure.com", "DeepSeek-R1", "CN"),
        ("https://acme.services.ai.azure.com", "Mistral-Large-2411", "FR"),
        ("https://api.together.ai/v1", "meta-llama/Llama-3.3-70B-Instruct-Turbo", "US"),
        ("https://api.fireworks.ai/v1", "accounts/fireworks/models/qwen3-235b-a22b", "CN"),
        ("https://api.groq.com/openai/v1", "openai/gpt-oss-120b", "US"),
        ("https://api.together.ai/v1", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "CN"),
        ("https://api.together.ai/v1", "acme/our-own-model", "unknown"),
        ("http://localhost:11434/v1", "llama3.3:70b", "US"),
        ("http://localhost:8000/v1", "Qwen/Qwen3-32B", "CN"),
        ("https://api.together.ai/v1", "qwen/llama-mix", "unknown"),  # two families claim it
        ("https://api.deepseek.com/v1", "gpt-4", "CN"),  # a label never overrides what is known
    ],
)
def test_the_model_says_whose_the_weights_are(resolver, url, model, weights):
    fields = {SKU: "GlobalStandard"}
    assert resolver.resolve(url, model=model, fields=fields).destination.weights == weights


@pytest.mark.parametrize(
    ("fields", "row", "storage", "processing"),
    [
        ({SKU: "Standard", "resource.location": "swedencentral"},
         "azure-openai-regional:swedencentral", ("SE",), ("SE",)),
        ({SKU: "ProvisionedManaged", "resource.location": "switzerlandnorth"},
         "azure-openai-regional:switzerlandnorth", ("CH",), ("CH",)),
        ({SKU: "DataZoneStandard", "resource.location": "westeurope"},
         "azure-openai-eu-datazone:westeurope", ("EU",), ("EU",)),
        ({SKU: "datazonestandard", "resource.geography": "US"},
         "azure-openai-us-datazone", ("US",), ("US",)),
        ({SKU: "GlobalBatch", "resource.location": "westeurope"},
         "azure-openai-global:westeurope", ("NL",), ("GLOBAL",)),
    ],
)  # fmt: skip
def test_the_deployment_type_decides_at_azure(resolver, fields, row, storage, processing):
    found = resolver.resolve(AZURE, fields=fields).destination
    assert (found.id, found.storage, found.processing) == (row, storage, processing)


def test_azure_asks_for_the_type_first_and_then_for_the_place(resolver):
    first = refused(resolver, AZURE)
    assert (first.reason, set(first.fields)) == ("unsaid", {SKU})
    assert {"Standard", "DataZoneStandard", "GlobalStandard"} <= set(first.fields[SKU])
    assert f"--field {SKU}=…" in str(first)
    assert "resource.geography" in refused(resolver, AZURE, fields={SKU: "DataZoneStandard"}).fields
    assert "resource.location" in refused(resolver, AZURE, fields={SKU: "Standard"}).fields


@pytest.mark.parametrize(
    "fields",
    [
        {SKU: "DeveloperTier"},
        {SKU: "DataZoneStandard", "resource.location": "norwayeast"},  # EEA, and not the zone
        {SKU: "DataZoneStandard", "resource.location": "uksouth"},
        {SKU: "Standard", "resource.location": "francewest"},  # no such region
        {SKU: "Standard", "resource.location": "eu-central-1"},  # another provider's
        {SKU: "ſtandard", "resource.location": "westeurope"},  # a long s
    ],
)
def test_what_no_row_has_is_refused(resolver, fields):
    assert refused(resolver, AZURE, fields=fields).reason == "contradicted"


@pytest.mark.parametrize(
    ("region", "model", "row", "processing"),
    [
        ("eu-central-1", CLAUDE, "bedrock-eu-central-1", ("DE",)),
        ("eu-central-1", f"eu.{CLAUDE}", "bedrock-eu-profile", UNION),
        ("eu-central-1", f"global.{CLAUDE}", "bedrock-global-profile", ("GLOBAL",)),
        ("eu-west-3", "meta.llama3-70b-instruct-v1:0", "bedrock-regional:eu-west-3", ("FR",)),
        ("eu-west-3", f"EU.{CLAUDE}", "bedrock-eu:eu-west-3", UNION),
        ("eu-central-2", f"eu.{CLAUDE}", "bedrock-eu-from-zurich:eu-central-2",
         ("CH", "DE", "ES", "FR", "IE", "IT", "SE")),
        ("us-east-1", f"us.{CLAUDE}", "bedrock-us:us-east-1", ("US",)),
        ("ca-central-1", f"us.{CLAUDE}", "bedrock-us-from-canada:ca-central-1", ("CA", "US")),
        ("us-gov-west-1", f"us-gov.{CLAUDE}", "bedrock-us-gov:us-gov-west-1", ("US",)),
        ("eu-west-1", f"global.{CLAUDE}", "bedrock-global:eu-west-1", ("GLOBAL",)),
        ("ap-southeast-2", f"au.{CLAUDE}", "bedrock-au:ap-southeast-2", ("AU",)),
    ],
)  # fmt: skip
def test_the_prefix_of_the_model_decides_at_bedrock(resolver, region, model, row, processing):
    found = resolver.resolve(BEDROCK.format(region), model=model).destination
    assert (found.id, found.processing) == (row, processing)
    path = f"{BEDROCK.format(region)}/model/{model.replace(':', '%3A')}/converse-stream"
    assert resolver.resolve(path).destination == found


def test_asia_pacific_reaches_the_emirates(resolver):
    found = resolver.resolve(BEDROCK.format("ap-northeast-1"), model=f"apac.{CLAUDE}").destination
    assert {"AE", "IN", "JP"} <= set(found.processing)
    assert found.storage == ("JP",)


@pytest.mark.parametrize(
    ("region", "model"),
    [
        ("eu-central-1", ""),
        ("us-east-1", f"eu.{CLAUDE}"),  # the profile is not offered there
        ("eu-central-1", f"sa.{CLAUDE}"),  # a profile that no row has
        ("eu-central-1", "arn:aws:bedrock:eu-central-1:1:application-inference-profile/x"),
        ("eu-central-9", CLAUDE),
        ("us-iso-east-1", CLAUDE),
        ("cn-north-1", CLAUDE),
    ],
)
def test_bedrock_refuses_what_it_cannot_place(resolver, region, model):
    refused(resolver, BEDROCK.format(region), model=model)


def test_two_answers_to_one_question_refuse(resolver):
    path = BEDROCK.format("eu-central-1") + f"/model/{CLAUDE}/invoke"
    assert resolver.resolve(path, model=CLAUDE).base == "bedrock-eu-central-1"
    assert refused(resolver, path, model=f"global.{CLAUDE}").reason == "contradicted"
    twice = path + f"/../../global.{CLAUDE}/invoke/model/global.{CLAUDE}/invoke"
    assert refused(resolver, twice).reason == "contradicted"
    said = {"model": CLAUDE, "modelId": f"eu.{CLAUDE}"}
    assert refused(resolver, BEDROCK.format("eu-central-1"), fields=said).reason == "contradicted"
    headers = {"X-Geo": "a", "x-geo": "b"}
    assert refused(resolver, "https://api.groq.com", headers=headers).reason == "contradicted"


def test_a_host_header_names_the_host_of_the_url(resolver):
    good = {"Host": "API.groq.com:443"}
    assert resolver.resolve("https://api.groq.com", headers=good).base == "groq"
    bad = {"host": "api.openai.com"}
    assert refused(resolver, "https://api.groq.com", headers=bad).reason == "contradicted"
    loopback = "http://[::1]:8000/v1"
    assert resolver.resolve(loopback, headers={"host": "[::1]:8000"}).base == "loopback-ipv6"
    other = refused(resolver, loopback, headers={"host": "[2001:db8::1]:8000"})
    assert other.reason == "contradicted"


def test_the_scope_decides_at_model_studio(resolver):
    host = "https://acme.eu-central-1.maas.aliyuncs.com/compatible-mode/v1"
    assert refused(resolver, host).fields == {"scope": ("eu", "global")}
    assert resolver.resolve(host, fields={"scope": "eu"}).destination.processing == ("EU",)
    wide = resolver.resolve(host, fields={"scope": "global"}).destination
    assert (wide.storage, wide.processing, wide.parent) == (("DE",), ("GLOBAL",), "CN")
    intl = "https://dashscope-intl.aliyuncs.com"
    assert refused(resolver, intl, fields={"scope": "global"}).reason == "contradicted"


def test_vertex_promises_nothing_for_a_model_that_is_not_listed(resolver):
    host = "https://europe-west6-aiplatform.googleapis.com"
    silent = resolver.resolve(host).destination
    assert (silent.id, silent.processing) == ("vertex-unlisted:europe-west6", ("GLOBAL",))
    listed = resolver.resolve(host, fields={"model.listed": "yes"}).destination
    assert (listed.storage, listed.processing) == (("CH",), ("CH",))
    path = host + "/v1/projects/p/locations/us-central1/publishers/google/models/g"
    assert refused(resolver, path).reason == "contradicted"


@pytest.mark.parametrize(
    ("url", "fields", "row"),
    [
        ("https://s3.eu-central-2.amazonaws.com/bucket", {}, "s3-eu-central-2"),
        ("https://acme.s3.eu-west-2.amazonaws.com/key", {}, "s3-eu-west-2"),
        ("https://acme.s3.cn-north-1.amazonaws.com.cn/key", {}, "s3-cn-north-1"),
        ("https://acme.s3.eusc-de-east-1.amazonaws.eu/key", {}, "s3-eusc-de-east-1"),
        ("https://acme.s3.amazonaws.com/k", {"bucket.region": "eu-west-3"}, "s3-eu-west-3"),
        ("https://storage.googleapis.com", {"bucket.location": "EUROPE-WEST6"}, "gcs-europe-west6"),
        ("https://acme.blob.core.windows.net/c", {"resource.location": "germanywestcentral"},
         "azure-blob-germanywestcentral"),
        ("https://acme.oss-cn-hangzhou.aliyuncs.com/k", {}, "oss-cn-hangzhou"),
        ("https://acme-125.cos.ap-beijing.myqcloud.com/k", {}, "cos-ap-beijing"),
        ("https://acme.obs.ap-southeast-1.myhuaweicloud.com/k", {}, "obs-ap-southeast-1"),
        ("https://objectstorage.eu-zurich-1.oraclecloud.com/n", {}, "oci-eu-zurich-1"),
        ("https://acme.s3.fr-par.scw.cloud/k", {}, "scw-fr-par"),
    ],
)  # fmt: skip
def test_storage_resolves_to_the_row_of_its_region(regions, resolver, url, fields, row):
    answer = resolver.resolve(url, fields=fields)
    assert answer.row == regions.destination_rows[row]


@pytest.mark.parametrize(
    ("url", "field"),
    [
        ("https://s3.amazonaws.com/b", "bucket.region"),
        ("https://storage.googleapis.com/b", "bucket.location"),
        ("https://acme.blob.core.windows.net/c", "resource.location"),
    ],
)
def test_storage_without_a_place_asks_for_it(resolver, url, field):
    assert set(refused(resolver, url).fields) == {field}


@pytest.mark.parametrize(
    ("provider", "region", "country"),
    [
        ("aws", "ap-southeast-1", "SG"),
        ("alibaba", "ap-southeast-1", "SG"),
        ("huawei", "ap-southeast-1", "HK"),
        ("gcp", "europe-west6", "CH"),
        ("hetzner", "hel1", "FI"),
        ("scaleway", "nl-ams-2", "NL"),  # a zone
        ("ionos", "de/txl", "DE"),
        ("aws", "EU-CENTRAL-2", "CH"),
    ],
)
def test_a_region_code_belongs_to_its_provider(resolver, provider, region, country):
    assert resolver.by_region(provider, region).destination.storage == (country,)


@pytest.mark.parametrize(
    ("provider", "region", "reason"),
    [
        ("aws", "europe-west6", "unknown_host"),
        ("nobody", "eu-central-1", "unknown_host"),
        ("azure", "saudiarabiaeast", "unusable"),
        ("azure", "swedensouth", "unusable"),
        ("alibaba", "ap-south-1", "unusable"),
        ("aws-iso", "us-iso-east-1", "unusable"),
        ("oci", "eu-jovanovac-1", "unusable"),
    ],
)
def test_a_region_that_nobody_can_use_is_refused(resolver, provider, region, reason):
    with pytest.raises(Unresolved) as caught:
        resolver.by_region(provider, region)
    assert caught.value.reason == reason


def test_only_an_active_region_is_usable_by_default(regions, resolver):
    """Others have low confidence by name, and no address leads to a closed one."""
    closed = [row for row in regions.destination_rows.values() if row.status != "active"]
    assert len(closed) > 50
    for row in closed:
        assert row.destination().confidence == "low"
        if row.url != "unknown" and not row.is_open:
            assert refused(resolver, row.url).reason in {"unusable", "unknown_host"}


def test_every_row_with_an_address_of_its_own_is_reached_by_it(regions, resolver):
    """A typing error in a host or a selector would make a row that nothing ever leads to."""
    reached = 0
    for row in regions.destination_rows.values():
        if "{" in row.url or row.url == "unknown" or not row.is_open:
            continue
        said = {s.name: s.choices[0].rstrip("…") for s in row.selectors}
        answer = resolver.resolve(row.url, fields=said) if not row.cloud else None
        if answer:
            assert answer.base == row.id
            reached += 1
    assert reached > 250


def test_every_template_is_reached_too(regions, resolver):
    filled = {"region": "", "resource": "acme", "workspace": "acme", "app": "x", "account": "acme",
              "bucket": "acme", "namespace": "acme", "product": "1", "port": "8000"}  # fmt: skip
    codes = {"aws": "eu-west-1", "aws-us-gov": "us-gov-west-1", "gcp": "europe-west1",
             "azure": "westeurope", "azure-china": "chinanorth",
             "azure-us-government": "usgovvirginia"}  # fmt: skip
    for row in regions.destination_rows.values():
        if not row.cloud and "{" not in row.url:
            continue
        said = {s.name: s.choices[-1].rstrip("…") for s in row.selectors}
        region = said.pop("region", codes.get(row.cloud, ""))
        said |= {row.region_field: region} if row.region_field else {}
        if said.get("resource.geography") == "US":
            said["resource.location"] = "eastus"
        for host in row.hosts or (row.url.partition("://")[2].partition("/")[0],):
            name = host.format(**{**filled, "region": region})
            scheme = row.url.partition("://")[0]
            answer = resolver.resolve(f"{scheme}://{name}/", fields=said)
            assert row.id == answer.base


def test_a_derived_row_is_as_sure_as_its_weakest_part(resolver):
    sure = resolver.resolve(BEDROCK.format("us-gov-west-1"), model=f"us-gov.{CLAUDE}").destination
    assert sure.confidence == "medium"
    unsure = resolver.resolve(BEDROCK.format("eu-west-2"), model=f"eu.{CLAUDE}").destination
    assert unsure.confidence == "low"
    toml = """
        [[destination]]
        id = "s3-eu-west-3"
        extends = "s3-eu-west-3"
        confidence = "low"
        checked = 2026-01-31
        valid_until = 2027-01-01
    """
    changed = load(toml).resolve(BEDROCK.format("eu-west-3"), model=CLAUDE).destination
    assert (changed.confidence, changed.checked) == ("low", "2026-01-31")
    assert changed.valid_until == "2027-01-01"


def load(toml: str) -> Resolver:
    return Resolver.of(Regions.load([SHIPPED], tomllib.loads(toml)["destination"]))


OWN = """
[[destination]]
id = "acme-vllm"
extends = "self-hosted-eu"
url = "http://10.1.2.3:8000/v1"
storage = ["DE"]
processing = ["DE"]
"""


def test_a_host_of_the_operators_own_is_an_exact_address():
    own = load(OWN)
    assert own.resolve("http://10.1.2.3:8000/v1/models").base == "acme-vllm"
    for url in ("http://10.1.2.3/v1", "https://10.1.2.3:8000", "http://10.1.2.30:8000",
                "http://10.1.515:8000", "http://0xa010203:8000"):  # fmt: skip
        refused(own, url)
    loopback = OWN.replace("http://10.1.2.3:8000", "http://localhost:11434")
    assert load(loopback).resolve("http://localhost:11434/api").base == "acme-vllm"
    assert load(loopback).resolve("http://localhost:11435/api").base == "loopback"


def test_the_operators_row_goes_before_the_shipped_one_of_the_same_host():
    toml = """
        [[destination]]
        id = "acme-azure"
        extends = "azure-openai-regional"
        url = "https://acme.openai.azure.com"
        hosts = []
        cloud = ""
        region_field = ""
        regional = []
        selectors = []
        storage = ["SE"]
        processing = ["SE"]
    """
    assert load(toml).resolve(AZURE).base == "acme-azure"
    assert refused(load(toml), AZURE.replace("acme", "other")).reason == "unsaid"


def test_two_rows_of_one_host_that_nothing_tells_apart_refuse():
    toml = "".join(
        f'[[destination]]\nid = "acme-{one}"\nextends = "groq"\nresidency = "{one}"\n'
        for one in ("a", "b")
    )
    error = refused(load(toml), "https://api.groq.com/openai/v1")
    assert (error.reason, "acme-a, acme-b" in str(error)) == ("ambiguous", True)


def test_an_operator_opens_a_region_that_is_open_to_him():
    toml = """
        [[destination]]
        id = "azure-blob-swedensouth"
        extends = "azure-blob-swedensouth"
        status = "active"
        source = "contract 17"
    """
    answer = load(toml).by_region("azure", "swedensouth")
    assert (answer.destination.storage, answer.destination.source) == (("SE",), "contract 17")


def test_headers_can_select():
    toml = """
        [[destination]]
        id = "acme-gateway-eu"
        extends = "openrouter-eu"
        url = "https://llm.acme.example/v1"
        selectors = [{field = "header.X-Region", values = ["eu", "de"]}]
        [[destination]]
        id = "acme-gateway-us"
        extends = "openrouter-us"
        url = "https://llm.acme.example/v1"
        selectors = [{field = "header.X-Region", value = "us"}]
    """
    own, url = load(toml), "https://llm.acme.example/v1/chat"
    assert own.resolve(url, headers={"x-region": "DE"}).base == "acme-gateway-eu"
    assert own.resolve(url, headers={"X-REGION": "us"}).base == "acme-gateway-us"
    assert "--header x-region:…" in str(refused(own, url))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("selectors = [{field = 'x'}]", "one of them only"),
        ("selectors = [{field = 'x', value = 'a', values = ['b']}]", "one of them only"),
        ("cloud = 'aws'", "go together"),
        ("regional = ['storage']", "go together"),
        ("hosts = ['{name}.example']", "no fixed end"),
        ("status = 'open'", "status"),
    ],
)
def test_a_selector_or_template_that_makes_no_sense_does_not_load(change, message):
    with pytest.raises(ConfigError, match=message):
        load(f'[[destination]]\nid = "x"\nextends = "groq"\n{change}\n')


UNKNOWN = """
https://api.eu.groq.com https://api-eu-west.groq.com https://api.eu-west.together.xyz
https://eu.api.mistral.ai https://api.openai.com.evil.example https://evil-api.openai.com
https://xapi.openai.com https://api.openai.co https://openai.com https://a.b.openai.azure.com
https://openai.azure.com https://bedrock-runtime.amazonaws.com https://com https://azure.com
https://bedrock-runtime.eu-central-1.amazonaws.com.cn https://fr.api.openai.com
https://acme.blob.core.windows.net.evil.example https://8.8.8.8 https://134744072
https://[2001:db8::1] https://api.openai.com:8443 http://api.openai.com
https://s3.us-iso-east-1.amazonaws.com https://a.b.s3.eu-central-1.amazonaws.com
"""


@pytest.mark.parametrize("url", UNKNOWN.split())
def test_what_only_looks_like_a_host_is_unknown(resolver, url):
    assert refused(resolver, url).reason == "unknown_host"


MALFORMED = [
    "", "api.openai.com", "ftp://api.openai.com", "https:/api.openai.com", "https://",
    "https:///v1", "//api.openai.com", "https://user@api.openai.com",
    "https://api.openai.com@evil.example", "https://api.openai.com.", "https://api..openai.com",
    "https://-api.openai.com", "https://api%2eopenai.com", "https://api.openai.com%00.evil.example",
    "https://api.openai.com\\@evil.example", "https://api.openai.com\t/v1", " https://api.groq.com",
    "https://api.openai.com\n", "https://аpi.openai.com", "https://api。openai.com",
    "https://xn--pi-7kc.openai.com", "https://api.openai.com:", "https://api.openai.com:0",
    "https://api.openai.com:65536", "https://api.openai.com:0443", "https://api.openai.com:4x3",
    "https://api_x.openai.com", "https://[::1", "https://api.openai.com" + "/x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("url", MALFORMED)
def test_what_is_no_plain_address_is_refused(resolver, url):
    assert refused(resolver, url).reason == "malformed"


def test_a_host_is_read_without_case_and_with_its_default_port():
    assert parse("HTTPS://API.OpenAI.com:443/v1?k=v#f").host == "api.openai.com"
    assert parse("http://localhost:11434/api") == parse("http://LOCALHOST:11434/api")
    assert parse("https://api.groq.com").port == 443


def test_a_refusal_says_nothing_of_path_and_query(resolver):
    url = "https://nobody.example/secret-path?key=secret-key"
    error = refused(resolver, url)
    assert "secret" not in str(error)
    assert "secret" not in repr(error)
    assert "secret" not in str(refused(resolver, "https://user:secret@api.openai.com/"))
