"""The whole line on the bundled sample, as a user would type it.

    make demo        # or: python examples/demo.py [DIRECTORY]

Writes a configuration and keys into DIRECTORY (default ``demo-out``), scans ``examples/sample``,
decides about three of its records, and verifies the signed log with nothing but the public key.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

SAMPLE = Path(os.path.relpath(Path(__file__).resolve().parent / "sample" / "data"))
GUARD = Path(sys.executable).with_name("guard")

DESTINATIONS = """\
destinations = [
  "self-hosted-eu", "s3-frankfurt", "mistral-eu", "openai-us", "openai-us-scc",
  "s3-us-east-1", "self-hosted-cn",
]
"""
OVERLAY = """
[[destination]]                   # Frankfurt, with the contracts that a customer would have on file
id = "s3-frankfurt"
extends = "s3-eu-central-1"
safeguards = ["dpa_art28", "scc_2021_914", "tia"]

[[destination]]
id = "openai-us-scc"
extends = "openai-us"
safeguards = ["dpa_art28", "scc_2021_914", "tia"]
"""


def main(directory: Path) -> int:
    """Run the demonstration; the exit code is that of the log's verification."""
    shutil.rmtree(directory, ignore_errors=True)
    step("1. A configuration and keys")
    guard("init", str(directory), "--establishment", "DE", "--name", "example.org/demo")
    configure(directory / "guard.toml")
    os.environ["GUARD_CONFIG"] = str(directory / "guard.toml")

    step("2. What is in the sample, and where may its rows lawfully go as training data?")
    guard("scan", str(SAMPLE), "--purpose", "training", "--to", "s3-us-east-1", accept=(0, 1))

    step("3. Three decisions, explained")
    record = german_message()
    guard(
        "check",
        "-",
        "--to",
        "openai-us",
        said="a German message, to a model in the US",
        text=record,
    )
    record = chinese_customer()
    guard(
        "check", "-", "--to", "openai-us-scc", "--to", "self-hosted-cn",
        said="a Chinese customer's row, to the US or to a server in China",
        text=record, accept=(0, 1),
    )  # fmt: skip
    record = clinical_note()
    guard("check", "-", "--to", "openai-us-scc", "--category", "health.condition", text=record,
          said="a clinical note, declared as such", accept=(0, 1))  # fmt: skip

    step("4. The log of all this, verified with nothing but the public key")
    key, log = directory / "guard.pub", directory / "decisions"
    guard("log", "show", "--last", "5")
    return guard("log", "verify", "--log", str(log), "--key", str(key))


def configure(file: Path) -> None:
    """Put the demonstration's destinations into a fresh guard.toml."""
    text = file.read_text("utf-8")
    start = text.index("destinations = [")
    stop = text.index("]\n", start) + 2
    file.write_text(text[:start] + DESTINATIONS + text[stop:] + OVERLAY, encoding="utf-8")


def german_message() -> str:
    """The first German record with an e-mail address."""
    records = map(json.loads, (SAMPLE / "messages.jsonl").read_text("utf-8").splitlines())
    return next(r["body"] for r in records if r["locale"] == "de" and "@" in r["body"])


def chinese_customer() -> str:
    """The first Chinese row of the customers' table, as `name: value` lines."""
    with (SAMPLE / "customers.csv").open(encoding="utf-8", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["country"] == "CN")
    return "\n".join(f"{name}: {value}" for name, value in row.items())


def clinical_note() -> str:
    """The first record of the clinical notes."""
    import gzip  # noqa: PLC0415

    with gzip.open(SAMPLE / "clinical.jsonl.gz", "rt", encoding="utf-8") as file:
        record: dict[str, str] = json.loads(next(file))
    return max(record.values(), key=len)


def step(title: str) -> None:
    """A heading."""
    print(f"\n\033[1m{title}\033[0m" if sys.stdout.isatty() else f"\n{title}", flush=True)


def guard(
    *arguments: str, said: str = "", text: str | None = None, accept: tuple[int, ...] = (0,)
) -> int:
    """Run the command as a user would, showing what is run."""
    shown = " ".join(a.replace(str(Path.cwd()) + "/", "") for a in arguments)
    print(f"\n$ guard {shown}" + (f"      # {said}" if said else ""), flush=True)
    done = subprocess.run([GUARD, *arguments], input=text, text=True, check=False)
    if done.returncode not in accept:
        sys.exit(done.returncode)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-out")))
