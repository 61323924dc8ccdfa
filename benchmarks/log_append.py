"""Appends to the decision log against a signed, hash-chained JSONL file with fsync per entry.

    python benchmarks/log_append.py [--seconds 1.0] [--rounds 5]

The peer is what a careful team writes in an afternoon: each line names the SHA-256 of the line
before it and carries an Ed25519 signature; a lock, one write and one fsync an entry. Both sides
write the same decision record of about 2 kB, durable and signed before the caller goes on, and our
side checks its schema besides. Rounds are interleaved, so that the machine's moods hit both;
medians are given.

Also measured: verifying a whole log of either kind, and building and checking one proof.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guard.log import Log, LogWriter, SigningKey, uuid7, verify_proof

RECORDS = Path(__file__).resolve().parents[1] / "tests" / "vectors" / "log" / "records.json"
CALLERS = (1, 16, 256)
VERIFIED = 20_000


class SignedChain:
    """The peer: a hash-chained JSONL file, each line signed, one fsync a line."""

    def __init__(self, path: Path) -> None:
        self._key = Ed25519PrivateKey.generate()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._lock = threading.Lock()
        self._previous = "0" * 64
        self.path = path

    def append(self, entry: dict[str, Any], *, sync: bool = True) -> None:
        """Write one line."""
        with self._lock:
            body = orjson.dumps({**entry, "previous": self._previous}, option=orjson.OPT_SORT_KEYS)
            signature = base64.b64encode(self._key.sign(body)).decode()
            line = orjson.dumps({"body": body.decode(), "signature": signature}) + b"\n"
            os.write(self._file, line)
            if sync:
                os.fsync(self._file)
            self._previous = hashlib.sha256(line).hexdigest()

    def close(self) -> None:
        """Give the file back."""
        os.close(self._file)

    def verify(self) -> int:
        """Check every signature and link; the number of lines."""
        public, previous, count = self._key.public_key(), "0" * 64, 0
        with self.path.open("rb") as lines:
            for line in lines:
                item = orjson.loads(line)
                body = item["body"].encode()
                public.verify(base64.b64decode(item["signature"]), body)
                if orjson.loads(body)["previous"] != previous:
                    raise SystemExit("the chain is broken")
                previous, count = hashlib.sha256(line).hexdigest(), count + 1
        return count


def entries() -> Callable[[], dict[str, Any]]:
    record = json.loads(RECORDS.read_text())["decision"]
    return lambda: {**record, "id": uuid7(time.time_ns(), os.urandom)}


def rate(append: Callable[[Any], Any], callers: int, seconds: float) -> tuple[float, list[float]]:
    """Entries a second, and every caller's latencies in milliseconds."""
    make, stop, barrier = entries(), threading.Event(), threading.Barrier(callers + 1)
    times: list[list[float]] = [[] for _ in range(callers)]

    def call(own: list[float]) -> None:
        barrier.wait()
        while not stop.is_set():
            entry = make()
            start = time.perf_counter()
            append(entry)
            own.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=call, args=(own,)) for own in times]
    for thread in threads:
        thread.start()
    barrier.wait()
    start = time.perf_counter()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - start
    every = sorted(value for own in times for value in own)
    return len(every) / elapsed, every


def ours(directory: Path, callers: int, seconds: float) -> tuple[float, list[float]]:
    key = SigningKey.generate("bench.example/log")
    with LogWriter.open(directory, key) as log:
        result = rate(log.append, callers, seconds)
    found = Log(directory, key.verifier).verify(records=False).entries
    if found != len(result[1]) + 2:
        raise SystemExit("the log lost entries")
    return result


def theirs(directory: Path, callers: int, seconds: float) -> tuple[float, list[float]]:
    directory.mkdir()
    chain = SignedChain(directory / "log.jsonl")
    result = rate(chain.append, callers, seconds)
    chain.close()
    return result


def appends(root: Path, seconds: float, rounds: int) -> None:
    print(f"{'callers':>7}  {'ours /s':>8} {'p50 ms':>7} {'p99 ms':>7}   ", end="")
    print(f"{'chain /s':>8} {'p50 ms':>7} {'p99 ms':>8}   {'ratio':>6}  rounds")
    for callers in CALLERS:
        measured: dict[str, list[tuple[float, list[float]]]] = {"ours": [], "theirs": []}
        for number in range(rounds):
            for name, run in (("ours", ours), ("theirs", theirs)):
                directory = root / f"{name}-{callers}-{number}"
                measured[name].append(run(directory, callers, seconds))
        ratios = [a[0] / b[0] for a, b in zip(measured["ours"], measured["theirs"], strict=True)]
        row = [f"{callers:>7}"]
        for name in ("ours", "theirs"):
            rates = statistics.median(r for r, _ in measured[name])
            p50 = statistics.median(t[len(t) // 2] for _, t in measured[name])
            p99 = statistics.median(t[len(t) * 99 // 100] for _, t in measured[name])
            row.append(f"{rates:>8.0f} {p50:>7.2f} {p99:>7.2f}  ")
        spread = " ".join(f"{ratio:.1f}" for ratio in ratios)
        print("  ".join(row), f"{statistics.median(ratios):>5.1f}x  ({spread})")


def verification(root: Path) -> None:
    key, make = SigningKey.generate("bench.example/log"), entries()
    chain = SignedChain(root / "chain.jsonl")
    with LogWriter.open(root / "verify", key) as log:
        for _ in range(VERIFIED // 1000):
            group = [make() for _ in range(1000)]
            log.append_many(group)
            for entry in group:
                chain.append(entry, sync=False)
    view = Log(root / "verify", key.verifier)
    runs: dict[str, list[float]] = {"hashes and signature": [], "and every record": [], "chain": []}
    for _ in range(3):
        for name, verify in (
            ("hashes and signature", lambda: view.verify(records=False)),
            ("and every record", view.verify),
            ("chain", chain.verify),
        ):
            start = time.perf_counter()
            verify()
            runs[name].append(VERIFIED / (time.perf_counter() - start))
    base = statistics.median(runs["chain"])
    print(f"\nverify {VERIFIED} entries, entries/s (ratio to verifying the chain)")
    for name, found in runs.items():
        median = statistics.median(found)
        print(f"  {name:<22} {median:>9.0f}  {median / base:>5.1f}x")
    start = time.perf_counter()
    text = view.prove(VERIFIED // 2)
    built = time.perf_counter()
    verify_proof(text, key.verifier)
    checked = time.perf_counter()
    print(f"  one proof: built in {(built - start) * 1e3:.2f} ms, ", end="")
    print(f"checked in {(checked - built) * 1e3:.2f} ms, {len(text)} bytes")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=1.0, help="a measurement's length")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--directory", type=Path, help="a directory on the disk to measure")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.directory) as name:
        appends(Path(name), chosen.seconds, chosen.rounds)
        verification(Path(name))


if __name__ == "__main__":
    main()
