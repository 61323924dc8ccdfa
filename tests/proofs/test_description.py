"""Schemathesis over the gateway's OpenAPI description: what is described is what is done.

A real gateway is asked what its description allows and what it forbids, with every check of the
tool. Twice: as it comes, and with the operator's word that fields nobody knows and files may go,
so that most requests reach the provider. There a field too many is no mistake, which is all that
the second run leaves out.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.request

import openai
import pytest

from guard.config import Config
from guard.doors.wire import OURS
from guard.gateway.callers import STATED
from tests.integration.gateway_server import configured, home, key, place, reached, running
from tests.integration.keeping_upstream import keeping_upstream
from tests.integrations.environment import ROOT, made

pytestmark = pytest.mark.proof
LOCKS = ROOT / "requirements" / "kits"
HOOKS = """
import schemathesis


def exact(value):
    if isinstance(value, dict):
        return all(map(exact, value.values()))
    if isinstance(value, list):
        return all(map(exact, value))
    return not isinstance(value, (int, float)) or abs(value) < 2**53


@schemathesis.hook
def filter_body(context, body):
    return exact(body)
"""
"""No schema can say how a number is written, and the gateway refuses ones of more than 64 bits."""


LINE = {
    "custom_id": "1", "method": "POST", "url": "/v1/chat/completions",
    "body": {"model": "m", "messages": [{"role": "user", "content": "Good morning"}]},
}  # fmt: skip


def kept(url, caller):
    """Ids of a batch file, where one may be handed in."""
    with openai.OpenAI(api_key=caller, base_url=f"{url}/v1", max_retries=0) as kit:
        try:
            made = kit.files.create(file=("a", json.dumps(LINE).encode()), purpose="batch")
        except openai.PermissionDeniedError:
            return ["none"]
    return [made.id]


def described(url, caller, directory):
    """The description, with the names that this gateway serves."""
    with urllib.request.urlopen(f"{url}/openapi.json") as answer:
        document = json.load(answer)
    for path in document["paths"].values():
        taken = path.get("post", {}).get("requestBody", {"content": {}})["content"]
        for kind in taken.values():
            narrowed(kind["schema"].get("properties", {}))
    batch = document["paths"]["/v1/batches"]["post"]["requestBody"]["content"]["application/json"]
    batch["schema"]["properties"]["input_file_id"]["enum"] = kept(url, caller)
    schemas, parameters = (document["components"][kind] for kind in ("schemas", "parameters"))
    schemas["Resource"]["properties"]["id"] = {"type": "string", "enum": ["abroad"]}
    schemas["Context"]["properties"]["categories"]["items"]["enum"] = ["contact.email"]
    # A header with nothing in it says nothing.
    parameters["x-guard-categories"]["schema"]["enum"] = ["", "contact.email, health.condition"]
    parameters["x-guard-use-case"]["schema"]["enum"] = ["", "general"]
    file = directory / "openapi.json"
    file.write_text(json.dumps(document))
    return file


def narrowed(properties):
    """Say which models there are, wherever one is named, and what lines no schema describes."""
    for name, schema in properties.items():
        if name == "model":
            properties[name] = {"type": "string", "enum": ["m"]}
        elif name == "purpose":
            properties[name] = {"type": "string", "enum": ["assistants", "vision"]}
        else:
            narrowed(schema.get("items", schema).get("properties", {}))


def tried(served, caller, directory, *more):
    """What the tool says, and its exit status."""
    (directory / "hooks.py").write_text(HOOKS)
    command = made("schemathesis", LOCKS).with_name("schemathesis")
    return subprocess.run(
        [
            str(command), "run", str(described(served.url, caller, directory)), "--url", served.url,
            "-H", f"Authorization: Bearer {caller}", "--checks", "all",
            "--phases", "examples,coverage,fuzzing", "--max-examples", "60",
            "--seed", "4", "--generation-deterministic", "--continue-on-failure", "--no-color",
            "--workers", "1", *more,
        ],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "hooks"},
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )  # fmt: skip


def readable(text):
    """Without the long runs of one character that it generates."""
    return re.sub(r"(.)\1{40,}", r"\1…", text)


@pytest.mark.parametrize(
    ("unscanned", "more", "reached_at_least"),
    [
        ((), (), 50),
        (
            ("unknown_field", "provider_state", "file"),
            ("--exclude-checks", "negative_data_rejection"),
            150,
        ),
    ],
    ids=["as it comes", "fields that nobody knows, and files"],
)
def test_the_description_is_true(unscanned, more, reached_at_least, tmp_path):
    with keeping_upstream(say=json.dumps) as upstream:
        made_home = home(tmp_path / "guard")
        loaded = Config.load(made_home / "guard.toml")
        config = configured(
            made_home,
            [place("abroad", upstream.url, "US")],
            [reached("abroad", upstream.url)],
            detection=loaded.detection.model_copy(update={"names": False}),
            context=loaded.context.model_copy(update={"unscanned": unscanned}),
        )
        states = sorted(name.removeprefix(OURS) for name in STATED)
        caller = key(
            config, scopes=["generate", "evaluate", "metrics"], states=states,
            per_minute=1_000_000, concurrent=100,
        )  # fmt: skip
        with running(config) as served:
            done = tried(served, caller, tmp_path, *more)
    assert done.returncode == 0, readable(done.stdout)[-8000:] + done.stderr[-2000:]
    assert re.search(r"Selected: (\d+)/\1\n +Tested: \1\n", done.stdout)
    assert len(upstream.requests) >= reached_at_least
