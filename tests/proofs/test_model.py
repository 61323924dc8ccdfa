"""A real model behind `guard serve`: it is told stand-ins, and what it repeats comes back real.

What a model says depends on its mood. So what is held is a relation between what it was told, what
it said, and what came back, whatever it said; and where it must repeat a stand-in, a schema binds
it to: its server samples only what the schema allows, and the schema was rewritten like any text.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import openai
import pytest

from guard.config import Config
from guard.gateway.worker_gate import LAG_S
from guard.log import Log
from tests.integration.gateway_server import home, key, place, reached
from tests.integrations.environment import ROOT, made
from tests.proofs.gateway import started, write
from tests.proofs.provider import TOKEN

pytestmark = pytest.mark.proof
MAIL, IBAN = "anna.schmidt@beispiel.de", "DE89370400440532013000"
ASKED = f"Say to whom I write, and which account I pay: {MAIL}, {IBAN}."
SHOWN = [
    {"role": "user", "content": "Repeat: bob@example.org"},
    {"role": "assistant", "content": "bob@example.org"},
    {"role": "user", "content": f"Repeat: {MAIL}"},
]
"""With an example, so that even so small a model often repeats what it is told."""
SCHEMA = {
    "type": "object",
    "properties": {"to": {"enum": [MAIL]}, "account": {"enum": [IBAN]}},
    "required": ["to", "account"],
    "additionalProperties": False,
}
BOUND = {"type": "json_schema", "json_schema": {"name": "sent", "schema": SCHEMA, "strict": True}}


class Recorded(ThreadingHTTPServer):
    """Stands before the model, and keeps every byte of bodies both ways.

    Args:
        port: The model's.
    """

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port = port
        self.told: list[bytes] = []
        self.said: list[bytearray] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Recorded

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["content-length"]))
        self.server.told.append(f"{self.path}\n{self.headers}\n\n".encode() + raw)
        said = bytearray()
        self.server.said.append(said)
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=300)
        with contextlib.closing(connection):
            connection.request("POST", self.path, raw, {"content-type": "application/json"})
            answer = connection.getresponse()
            self.send_response(answer.status)
            self.send_header("content-type", answer.getheader("content-type", ""))
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            while part := answer.read1(65536):
                said += part
                self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *_):
        """Nothing is printed."""


@contextlib.contextmanager
def recorded(port):
    server = Recorded(port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def model(directory):
    """The model's server; gives its port."""
    python = made("model", ROOT / "requirements" / "kits")
    with (directory / "model.txt").open("w") as log:
        process = subprocess.Popen(
            [str(python), str(ROOT / "tests" / "proofs" / "model_server.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
    try:
        for line in process.stdout:
            if found := re.search(r"^listens at http://127\.0\.0\.1:([0-9]+)$", line):
                yield int(found[1])
                break
        else:
            raise AssertionError((directory / "model.txt").read_text()[-2000:])
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


@pytest.fixture(scope="module")
def governed(tmp_path_factory):
    """A kit of OpenAI's before `guard serve` before the model, and what the model has heard.

    What the model makes up is left in its answers, so that they are what it said but for stand-ins.
    """
    directory = tmp_path_factory.mktemp("model")
    made_home = home(directory / "guard")
    with model(directory) as port, recorded(port) as between:
        url = f"http://127.0.0.1:{between.server_port}"
        upstream = reached("us", url, path="/v1", dialects=["openai"], models={"m": "smollm2"})
        server = {"port": 0, "keys_file": "keys.toml"}
        file = write(
            made_home,
            destination=[place("us", url, "US")],
            gateway={"upstream": [upstream], "server": server},
            answers={"new": "pass"},
            detection={"names": False},
        )
        caller = key(Config.load(file), states=["conversation"])
        with (
            started(file, directory / "said.txt") as at,
            openai.OpenAI(
                base_url=f"http://127.0.0.1:{at}/v1", api_key=caller, max_retries=0, timeout=300
            ) as kit,
        ):
            yield kit, between, made_home


def asked(governed, turns, *, streamed, **more):
    """What came back, what the model was told, and what it said."""
    kit, between, _ = governed
    before = len(between.told)
    answer = kit.chat.completions.create(
        model="m", messages=turns, stream=streamed, temperature=0, seed=1, max_tokens=80, **more
    )
    if streamed:
        came = "".join(c.delta.content or "" for event in answer for c in event.choices)
    else:
        came = answer.choices[0].message.content
    assert len(between.told) == before + 1
    told = json.loads(between.told[-1].partition(b"\n\n")[2])
    return came, told, _said(bytes(between.said[-1]), streamed=streamed)


def _said(raw, *, streamed):
    if not streamed:
        return json.loads(raw)["choices"][0]["message"]["content"]
    events = [line[6:] for line in raw.splitlines() if line.startswith(b"data: {")]
    assert len(events) > 3
    choices = [choice for event in events for choice in json.loads(event)["choices"]]
    return "".join(choice["delta"].get("content") or "" for choice in choices)


def restored(said, told, turns):
    """What was said, with the values that its stand-ins were made of."""
    for mine, sent in zip(turns, told, strict=True):
        values = re.findall(r"\S+@[\w.]+\w|DE\d{20}", mine["content"])
        tokens = TOKEN.findall(sent["content"])
        assert len(values) == len(tokens)
        for value, token in zip(values, tokens, strict=True):
            said = said.replace(token, value)
    return said


def without_values(between):
    return not [b for b in between.told if MAIL.encode() in b or IBAN.encode() in b]


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("turns", [SHOWN, [{"role": "user", "content": ASKED}]], ids=len)
def test_what_it_says_comes_back_but_for_stand_ins(turns, streamed, governed):
    came, told, said = asked(governed, turns, streamed=streamed)
    assert without_values(governed[1])
    assert came == restored(said, told["messages"], turns)
    assert came


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
def test_a_stand_in_that_it_must_repeat_comes_back_as_the_value(streamed, governed):
    turns = [{"role": "user", "content": ASKED}]
    came, told, said = asked(governed, turns, streamed=streamed, response_format=BOUND)
    assert without_values(governed[1])
    mail, account = TOKEN.findall(told["messages"][0]["content"])
    schema = told["response_format"]["json_schema"]["schema"]["properties"]
    assert (schema["to"]["enum"], schema["account"]["enum"]) == ([mail], [account])
    assert json.loads(said) == {"to": mail, "account": account}
    assert json.loads(came) == {"to": MAIL, "account": IBAN}


def test_it_is_told_the_same_stand_ins_in_the_next_turn(governed):
    turns = [{"role": "user", "content": ASKED}]
    named = {"x-guard-conversation": "one"}
    came, first, said = asked(
        governed, turns, streamed=True, response_format=BOUND, extra_headers=named
    )
    turns += [{"role": "assistant", "content": came}, {"role": "user", "content": "Thank you."}]
    _, told, _ = asked(governed, turns, streamed=False, extra_headers=named)
    assert told["messages"][0] == first["messages"][0]
    assert json.loads(told["messages"][1]["content"]) == json.loads(said)
    assert without_values(governed[1])


def test_what_it_was_asked_and_said_is_in_the_log(governed):
    """Runs after the others: each of their requests has a decision and an answer."""
    _, between, directory = governed
    asked(governed, [{"role": "user", "content": ASKED}], streamed=False, response_format=BOUND)
    time.sleep(2 * LAG_S)
    log = Log(directory / "decisions", (directory / "guard.pub").read_text())
    assert log.verify()
    entries = list(log.entries())
    decisions = [e for e in entries if e.kind == "decision"]
    answers = [e for e in entries if e.kind == "answer"]
    assert len(decisions) == len(answers) == len(between.told)
    assert {e.treatment for e in decisions} == {"pseudonymise"}
    assert {e.outcome for e in answers} == {"whole"}
    assert answers[-1].restored
