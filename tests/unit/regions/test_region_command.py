"""`guard region`: lists, resolves, and says which rows nobody has checked for long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guard.cli.main import run


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from any guard.toml, so that the shipped tables are read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GUARD_CONFIG", raising=False)


def guard(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = run(["region", *words])
    said = capsys.readouterr()
    return code, said.out, said.err


def widest(text: str) -> int:
    """The longest line; an address is not broken, so that it can be copied."""
    return max(len(line) for line in text.splitlines() if len(line.split()) > 1)


def test_resolve_prints_every_fact_within_eighty_columns(capsys):
    url = "https://eu-west-1.api.x.ai/v1"
    code, out, _ = guard(capsys, "resolve", url, "--model", "grok-4")
    assert code == 0
    for word in ("xai-eu-west-1", "processed in: IE", "parent: US", "weights from: US", "source:"):
        assert word in out
    assert widest(out) <= 80


def test_resolve_refuses_with_what_would_decide(capsys):
    code, out, err = guard(capsys, "resolve", "https://acme.openai.azure.com/openai")
    assert (code, out) == (3, "")
    assert "--field deployment.sku.name=" in err


def test_resolve_takes_model_headers_and_fields(capsys):
    fields = ("--field", "deployment.sku.name=Standard", "--field", "resource.location=norwayeast")
    code, out, _ = guard(
        capsys, "resolve", "https://acme.openai.azure.com", "--header", "X-A: b", *fields, "--json"
    )
    said = json.loads(out)
    assert code == 0
    assert (said["schema"], said["row"]) == ("guard/resolution/1", "azure-openai-regional")
    assert said["destination"]["processing"] == ["NO"]
    assert said["by"] == {"deployment.sku.name": "Standard", "region": "norwayeast"}


def test_resolve_refuses_in_json_too(capsys):
    code, out, _ = guard(capsys, "resolve", "https://api.eu.groq.com/v1", "--json")
    assert code == 3
    assert json.loads(out)["refused"]["reason"] == "unknown_host"
    code, out, _ = guard(capsys, "resolve", "https://dashscope-us.aliyuncs.com", "--json")
    assert json.loads(out)["refused"]["fields"] == {"scope": ["us", "global"]}


def test_resolve_takes_a_region_of_a_cloud(capsys):
    code, out, _ = guard(capsys, "resolve", "hetzner:hel1", "--json")
    assert (code, json.loads(out)["destination"]["storage"]) == (0, ["FI"])
    assert guard(capsys, "resolve", "azure:greececentral")[0] == 3


@pytest.mark.parametrize(
    "words",
    [
        ("resolve", "https://api.groq.com", "--field", "x"),
        ("resolve", "https://api.groq.com", "--field", "=x"),
        ("resolve", "https://api.groq.com", "--header", "x:"),
        ("resolve", "https://api.groq.com", "--field", "a=b", "--field", "a=c"),
        ("list", "--country", "ZZ"),
        ("list", "--table", "adequacy", "--provider", "aws"),
        ("list", "--table", "nonsense"),
    ],
)
def test_what_is_no_option_is_a_usage_error(capsys, words):
    assert guard(capsys, *words)[0] == 2


def ids(capsys: pytest.CaptureFixture[str], *words: str) -> set[str]:
    code, out, _ = guard(capsys, "list", *words, "--json")
    assert code == 0
    return {row["id"] for row in json.loads(out)["rows"]}


def test_list_filters_by_provider_kind_and_place(capsys):
    assert ids(capsys, "--provider", "openai") >= {"openai-us", "openai-eu"}
    assert all(name.startswith("openai-") for name in ids(capsys, "--provider", "openai"))
    assert ids(capsys, "--kind", "device") == {"local"}
    serbia = ids(capsys, "--country", "RS")
    assert serbia == {"oci-eu-jovanovac-1"}
    assert ids(capsys, "--table", "adequacy", "--country", "KR") == {"eu_gdpr.kr", "uk_gdpr.kr"}
    assert "sov-2.seal-3" in ids(capsys, "--table", "assurances")
    assert "llama" in ids(capsys, "--table", "models")


def test_show_reads_like_the_row(capsys):
    code, out, _ = guard(capsys, "show", "azure-openai-eu-datazone")
    assert code == 0
    assert "| field: resource.geography; value: EU" in " ".join(out.split())
    assert widest(out) <= 80


def test_check_passes_on_the_shipped_tables(capsys):
    """What CI runs, on a day that does not move; low confidence is listed and no error."""
    code, out, _ = guard(capsys, "check", "--older-than", "180d", "--on", "2027-05-20", "--json")
    said = json.loads(out)
    assert (code, said["rows"]) == (0, [])
    low = {row["id"] for row in said["low_confidence"]}
    assert {"sambanova", "replicate", "azure-blob-greececentral"} <= low
    assert all(row["source"] for row in said["low_confidence"])


def test_check_lists_stale_rows_and_says_so_with_its_exit_code(capsys):
    code, out, _ = guard(capsys, "check", "--older-than", "180d", "--on", "2027-06-01", "--json")
    stale = {(row["table"], row["id"]) for row in json.loads(out)["rows"]}
    assert code == 1
    assert {("destinations", "s3-eu-central-1"), ("adequacy", "uk_gdpr.us")} <= stale
    code, out, _ = guard(capsys, "check", "--older-than", "180d", "--on", "2027-06-01")
    assert code == 1
    assert "low confidence" in out
    assert "valid until" in out
