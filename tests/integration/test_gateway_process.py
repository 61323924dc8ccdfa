"""`guard serve` as a process: started, told to stop, killed, with several workers, and with TLS."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time

import httpx2
import openai
import pytest

from guard.cli.main import run
from guard.log import Log, VerifierKey
from tests.integration.gateway_server import home, place
from tests.integration.recording_upstream import last, recording_upstream

MAIL = "anna.schmidt@beispiel.de"
TURNS = [{"role": "user", "content": f"Write to {MAIL} now"}]


@pytest.fixture(scope="module")
def up():
    with recording_upstream() as one:
        yield one


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    return json.dumps(value)


@pytest.fixture
def directory(tmp_path, up):
    up.requests.clear()
    up.say, up.piece = last, 5
    made = home(tmp_path / "guard")
    rows = "\n".join(f"{k} = {toml(v)}" for k, v in place("us", up.url, "US").items())
    with (made / "guard.toml").open("a") as file:
        file.write(f"\n[[destination]]\n{rows}\n")
    return made


def served(directory, up, **server):
    """Add a gateway to the configuration; returns its file."""
    rows = "\n".join(f"{k} = {toml(v)}" for k, v in {"port": 0, **server}.items())
    with (directory / "guard.toml").open("a") as file:
        file.write(
            f'\n[gateway.server]\n{rows}\n[[gateway.upstream]]\nname = "us"\ndestination = "us"\n'
            f'url = "{up.url}/v1"\ndialects = ["openai"]\nmodels = {{ m = "m-1" }}\n'
            f'auth = {{ style = "none" }}\n'
        )
    return directory / "guard.toml"


def new_key(file):
    done = subprocess.run(
        [sys.executable, "-m", "guard", "serve", "--new-key", "shop", "--config", str(file)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    secret = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"gk_[A-Za-z0-9_-]{43}", secret)
    keys = file.parent / "keys.toml"
    assert secret not in keys.read_text()
    assert keys.stat().st_mode & 0o777 == 0o600
    return secret


@contextlib.contextmanager
def serving(file):
    """The process, and the address that it prints."""
    process = subprocess.Popen(
        [sys.executable, "-m", "guard", "serve", "--config", str(file)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        first = process.stdout.readline()
        found = re.search(r"(https?)://127\.0\.0\.1:([0-9]+)", first)
        assert found, first + (process.stderr.read() if process.poll() is not None else "")
        yield process, found[0]
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


KITS = []


@pytest.fixture(autouse=True)
def _closing():
    yield
    while KITS:
        KITS.pop().close()


def kit_of(url, secret):
    KITS.append(openai.OpenAI(api_key=secret, base_url=f"{url}/v1", max_retries=0))
    return KITS[-1]


def chat(kit, **more):
    return kit.chat.completions.create(model="m", messages=TURNS, **more)


def test_it_serves_and_stops_when_told_to(directory, up):
    file = served(directory, up)
    secret = new_key(file)
    with serving(file) as (process, url):
        assert chat(kit_of(url, secret)).choices[0].message.content == TURNS[0]["content"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        shown = process.stdout.read() + process.stderr.read()
    assert "model m: m-1 at us, us" in shown
    assert secret not in shown
    assert MAIL not in shown
    assert MAIL.encode() not in up.received
    kinds = [e.kind for e in Log(directory / "decisions", public(directory)).entries()]
    assert kinds[0] == "open"
    assert kinds[-1] == "close"
    assert {"decision", "answer"} <= set(kinds)


def public(directory):
    return (directory / "guard.pub").read_text()


def slow(up, seconds):
    def wait(_):
        time.sleep(seconds)
        return "late " * 20

    up.say = wait


def test_what_has_begun_is_finished_before_it_ends(directory, up):
    file = served(directory, up)
    secret = new_key(file)
    with serving(file) as (process, url):
        slow(up, 1.5)
        with httpx2.Client(timeout=30) as client:
            asked = {"model": "m", "messages": TURNS, "stream": True}
            said = {"authorization": f"Bearer {secret}"}
            import threading

            found = []
            asking = threading.Thread(
                target=lambda: found.append(
                    client.post(f"{url}/v1/chat/completions", json=asked, headers=said)
                )
            )
            asking.start()
            while not up.requests:
                time.sleep(0.01)
            process.send_signal(signal.SIGTERM)
            asking.join()
        assert process.wait(30) == 0
    assert found[0].status_code == 200
    assert found[0].text.rstrip().endswith("data: [DONE]")


def test_what_does_not_end_in_time_is_cut_and_written_down(directory, up):
    file = served(directory, up, shutdown_s=1)
    secret = new_key(file)
    up.say, up.piece = (lambda _: "x" * 300), 1
    from tests.integration import recording_upstream as module

    plain = module._Handler._events

    def dripping(self, events):
        plain(self, (event for event in events if not time.sleep(0.1)))

    module._Handler._events = dripping
    try:
        with serving(file) as (process, url):
            stream = chat(kit_of(url, secret), stream=True)
            next(stream)
            process.send_signal(signal.SIGTERM)
            with pytest.raises((openai.APIError, httpx2.HTTPError)):
                list(stream)
            assert process.wait(30) == 0
    finally:
        module._Handler._events = plain
    log = Log(directory / "decisions", public(directory))
    assert log.verify()
    found = list(log.entries())
    assert [e.outcome for e in found if e.kind == "answer"] == ["abandoned"]
    assert found[-1].kind == "close"


def test_several_workers_write_logs_of_their_own(directory, up):
    """A worker that is killed is started again, on the log that it left."""
    file = served(directory, up, workers=2)
    secret = new_key(file)
    with serving(file) as (process, url):
        for _ in range(12):
            chat(kit_of(url, secret))
        pids = [int((directory / "decisions" / f"worker-{n}" / "lock").read_text()) for n in (1, 2)]
        assert process.pid not in pids
        os.kill(pids[0], signal.SIGKILL)
        lock = directory / "decisions" / "worker-1" / "lock"
        for _ in range(1200):
            if int(lock.read_text() or 0) not in {0, pids[0]}:
                break
            time.sleep(0.05)
        assert int(lock.read_text()) != pids[0]
        for _ in range(12):
            chat(kit_of(url, secret))
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    name, _, rest = public(directory).strip().partition("+")
    raw = VerifierKey.parse(public(directory)).public
    assert rest
    decisions = 0
    for number in (1, 2):
        key = VerifierKey(f"{name}/worker-{number}", raw)
        log = Log(directory / "decisions" / f"worker-{number}", key)
        assert log.verify().boots == (2 if number == 1 else 1)
        decisions += sum(e.kind == "decision" for e in log.entries())
    assert decisions == 24
    assert run(["log", "verify", "--config", str(file)]) == 0
    assert (
        run(["log", "verify", "--log", str(directory / "decisions"), "--key",
             str(directory / "guard.pub")]) == 0
    )  # fmt: skip
    one = directory / "decisions" / "worker-1" / "checkpoint"
    one.write_bytes(one.read_bytes().replace(b"worker-1", b"worker-2"))
    assert run(["log", "verify", "--config", str(file)]) == 1


def certificate(directory):
    """A certificate for 127.0.0.1, and its key."""
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "guard")])
    now = dt.datetime.now(dt.UTC)
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(place, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (directory / "tls.crt").write_bytes(made.public_bytes(pem))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (directory / "tls.key").write_bytes(key.private_bytes(pem, form, plain))


def test_it_speaks_tls_and_no_old_one(directory, up):
    certificate(directory)
    file = served(directory, up, certificate_file="tls.crt", private_key_file="tls.key")
    secret = new_key(file)
    with serving(file) as (_, url):
        assert url.startswith("https://")
        port = int(url.rpartition(":")[2])
        context = ssl.create_default_context(cafile=directory / "tls.crt")
        with httpx2.Client(verify=context, timeout=30) as client:
            answer = client.post(
                f"{url}/v1/chat/completions",
                json={"model": "m", "messages": TURNS},
                headers={"authorization": f"Bearer {secret}"},
            )
        assert answer.status_code == 200
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with (
            socket.create_connection(("127.0.0.1", port), timeout=10) as sock,
            pytest.raises((ssl.SSLError, ConnectionError)),
        ):
            old.wrap_socket(sock)
        with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
            sock.sendall(b"GET /healthz HTTP/1.1\r\nhost: g\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                assert b"alive" not in sock.recv(1000)


def test_a_configuration_is_checked_and_nothing_opened(directory, up, capfd):
    file = served(directory, up)
    assert run(["serve", "--check", "--config", str(file)]) == 2
    assert "--new-key" in capfd.readouterr().err
    assert run(["serve", "--new-key", "shop", "--config", str(file)]) == 0
    assert run(["serve", "--new-key", "shop", "--config", str(file)]) == 2
    capfd.readouterr()
    assert run(["serve", "--check", "--config", str(file)]) == 0
    assert "model m: m-1 at us, us" in capfd.readouterr().out
    assert not (directory / "decisions").exists()
    assert not (directory / "vault.sqlite").exists()


def test_what_init_writes_of_a_gateway_can_be_served(tmp_path, capfd):
    assert run(["init", str(tmp_path)]) == 0
    file = tmp_path / "guard.toml"
    above, _, below = file.read_text().partition("# [gateway.server]\n")
    block = "".join(line.removeprefix("# ").removeprefix("#") for line in below.splitlines(True))
    file.write_text(f"{above}[gateway.server]\n{block}")
    (tmp_path / "openai.key").write_text("k\n")
    (tmp_path / "openai.key").chmod(0o600)
    assert run(["serve", "--new-key", "shop", "--config", str(file)]) == 0
    assert run(["serve", "--check", "--config", str(file)]) == 0
    assert "model assistant: gpt-4.1 at openai, openai-eu" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ({"host": "0.0.0.0"}, "certificate_file"),
        ({"certificate_file": "tls.crt"}, "private_key_file"),
        ({"certificate_file": "no.crt", "private_key_file": "no.key"}, "no.crt"),
        ({"colour": 1}, "unknown key"),
        ({"port": 70000}, "gateway.server.port"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(server, said, directory, up, capfd):
    file = served(directory, up, **server)
    with contextlib.suppress(subprocess.CalledProcessError):
        run(["serve", "--new-key", "shop", "--config", str(file)])
    capfd.readouterr()
    assert run(["serve", "--check", "--config", str(file)]) == 2
    assert said in capfd.readouterr().err


def test_an_address_that_is_taken_is_named(directory, up, capfd):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        file = served(directory, up, port=taken.getsockname()[1])
        run(["serve", "--new-key", "shop", "--config", str(file)])
        assert run(["serve", "--config", str(file)]) == 2
    assert "cannot listen on 127.0.0.1" in capfd.readouterr().err
