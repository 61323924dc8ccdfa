"""A guarded session with one kit, in whatever version this interpreter finds: run as a program.

python doors_session.py openai|anthropic|bedrock|mistral DIRECTORY
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from pathlib import Path

import test_eventstream
from recording_upstream import recording_upstream

import guard
from guard import Guard
from guard.cli.main import run
from guard.config import Config

MAIL = "anna.schmidt@beispiel.de"
TEXT = f"Write to {MAIL} now"
TURNS = [{"role": "user", "content": TEXT}]
MEDIA = "data:image/png;base64," + "iVBORw0KGgo" * 9


def place(url):
    return {
        "id": "abroad", "title": "abroad", "kind": "model", "provider": "acme", "url": url,
        "role": "processor", "storage": ["US"], "processing": ["US"], "operator": "US",
        "parent": "US", "access": ["US"], "weights": "US", "retention_days": 0,
        "safeguards": ["dpa_art28", "scc_2021_914", "tia"], "training_use": "no",
        "source": "made for a test", "checked": "2026-11-22", "valid_from": "2020-01-01",
        "valid_until": "9999-12-31", "confidence": "high",
    }  # fmt: skip


def refused(ask):
    try:
        ask()
    except guard.Denied:
        return True
    return False


def openai(g, up):
    import openai as kit

    client = g.wrap(kit.OpenAI(api_key="k", base_url=f"{up.url}/v1"))
    chat = client.chat.completions
    assert chat.create(model="m", messages=TURNS).choices[0].message.content == TEXT
    with chat.stream(model="m", messages=TURNS) as stream:
        assert stream.get_final_completion().choices[0].message.content == TEXT
    with client.responses.stream(model="m", input=TEXT) as stream:
        assert stream.get_final_response().output_text == TEXT
    assert refused(lambda: client.realtime.connect(model="m"))
    assert refused(client.responses.connect)
    image = {"type": "image_url", "image_url": {"url": MEDIA}}
    copy = client.with_options(max_retries=0).chat.completions
    assert refused(lambda: copy.create(model="m", messages=[{"role": "user", "content": [image]}]))
    azure = kit.AzureOpenAI(api_key="k", azure_endpoint=up.url, api_version="2024-10-21")
    answer = g.wrap(azure).chat.completions.create(model="m", messages=TURNS)
    assert answer.choices[0].message.content == TEXT
    assert "/deployments/m/chat" in up.requests[-1][1]
    return kit.__version__


def anthropic(g, up):
    import anthropic as kit

    client = g.wrap(kit.Anthropic(api_key="k", base_url=up.url))
    how = {"model": "m", "max_tokens": 9, "messages": TURNS}
    assert client.messages.create(**how).content[0].text == TEXT
    with client.messages.stream(**how) as stream:
        assert stream.get_final_text() == TEXT

    async def asked():
        later = g.wrap(kit.AsyncAnthropic(api_key="k", base_url=up.url))
        async with later, later.messages.stream(**how) as stream:
            return await stream.get_final_text()

    assert asyncio.run(asked()) == TEXT
    return kit.__version__


def bedrock(g, up):
    """The body that is signed is the body that leaves."""
    import anthropic as kit

    keys = {"aws_access_key": "AKIDEXAMPLE", "aws_secret_key": "secret"}
    plain = kit.AnthropicBedrock(aws_region="eu-central-1", base_url=up.url, max_retries=0, **keys)
    with contextlib.suppress(kit.APIConnectionError):  # this upstream answers no path like that
        g.wrap(plain).messages.create(model="anthropic.m-v1:0", max_tokens=9, messages=TURNS)
    (_, path, headers, body) = up.requests[-1]
    assert MAIL.encode() not in body
    assert "/model/anthropic.m-v1:0/invoke" in path
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials

    low = {name.lower(): value for name, value in headers.items()}
    said = low["authorization"]
    names = said.partition("SignedHeaders=")[2].partition(",")[0].split(";")
    again = AWSRequest("POST", up.url + path, {n: low[n] for n in names}, body)
    again.context["timestamp"] = low["x-amz-date"]
    signer = SigV4Auth(Credentials("AKIDEXAMPLE", "secret"), "bedrock", "eu-central-1")
    canonical = signer.canonical_request(again)
    signature = signer.signature(signer.string_to_sign(again, canonical), again)
    assert said.endswith(f"Signature={signature}"), "what left is not what was signed"
    assert _binary(g, up, kit, keys) == TEXT
    return kit.__version__


def _binary(g, up, kit, keys):
    """A stream in Amazon's framing, read by Amazon's own reader."""
    import httpx2

    class Model(httpx2.BaseTransport):
        def handle_request(self, request):
            text = json.loads(request.read())["messages"][-1]["content"]
            assert MAIL not in text
            parts = [text[i : i + 3] for i in range(0, len(text), 3)]
            stream = [
                test_eventstream.START,
                {"type": "content_block_start", "index": 0,
                 "content_block": {"type": "text", "text": ""}},
                *map(test_eventstream.delta, parts),
                {"type": "content_block_stop", "index": 0}, {"type": "message_stop"},
            ]  # fmt: skip
            data = b"".join(map(test_eventstream.chunk, stream))
            return httpx2.Response(
                200, content=data, headers={"content-type": "application/vnd.amazon.eventstream"}
            )

    http = httpx2.Client(transport=Model())
    plain = kit.AnthropicBedrock(
        aws_region="eu-central-1", base_url=up.url, http_client=http, **keys
    )
    how = {"model": "anthropic.m-v1:0", "max_tokens": 9, "messages": TURNS}
    events = g.wrap(plain).messages.create(stream=True, **how)
    return "".join(e.delta.text for e in events if e.type == "content_block_delta")


def mistral(g, up):
    from mistralai.client import Mistral

    plain = Mistral(api_key="k", server_url=up.url)
    assert plain.chat
    client = g.wrap(plain)
    assert client.chat.complete(model="m", messages=TURNS).choices[0].message.content == TEXT
    events = client.chat.stream(model="m", messages=TURNS)
    assert "".join(e.data.choices[0].delta.content or "" for e in events) == TEXT
    later = asyncio.run(client.chat.complete_async(model="m", messages=TURNS))
    assert later.choices[0].message.content == TEXT
    assert refused(lambda: client.audio.realtime)
    image = {"type": "image_url", "image_url": MEDIA}
    turn = {"role": "user", "content": [image]}
    assert refused(lambda: client.chat.complete(model="m", messages=[turn]))
    return "3"


def main(name, directory):
    home = Path(directory) / "guard"
    assert run(["init", str(home), "--name", "test.example/session"]) == 0
    with recording_upstream() as up:
        loaded = Config.load(home / "guard.toml")
        with Guard(loaded.model_copy(update={"destination": (place(up.url),)})) as g:
            version = globals()[name](g, up)
        assert up.requests
        assert MAIL.encode() not in up.received
    print(f"{name} {version}")


if __name__ == "__main__":
    main(*sys.argv[1:])
