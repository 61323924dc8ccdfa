"""One decision: embedded, remembered, and asked of an OPA server, interleaved on unique transfers.

    python benchmarks/policy_latency.py [--rounds 400]

Needs opa on PATH or in .venv/tools (``make tools``). Prints medians and ratios; no number stands
alone: all three are measured in the same run on the same questions.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from guard.policy import Policy  # noqa: E402 - the checkout's root comes first
from guard.policy.opa import OpaEngine  # noqa: E402
from guard.policy.regorus import RegorusEngine  # noqa: E402
from guard.types import Destination, Transfer  # noqa: E402
from tests.integration.opa_server import opa_server  # noqa: E402
from tests.unit.policy.world import category, destination, policies, transfer  # noqa: E402


def questions(count: int) -> list[tuple[Transfer, Destination]]:
    """Unique transfers under two to four laws to destinations in and out of the EEA."""
    laws = [("eu_gdpr", "eu_ai_act"), ("eu_gdpr", "cn_pipl", "cn_dsl"), ("eu_gdpr",)]
    places = [destination(country) for country in ("FR", "US", "CN", "BR")]
    kinds = [
        category("contact.email", "none", direct=True),
        category("health.condition", "none", classes=("health",)),
        category("identity.name", "pseudonymise", direct=True),
    ]
    asked = []
    for number in range(count):
        day = f"{2026 + number // 336:04d}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}"
        facts = {"time": day, "categories": tuple(kinds[: 1 + number % 3])}
        asked.append((transfer(*laws[number % 3], **facts), places[number % 4]))
    return asked


def timed(policy: Policy, subject: Transfer, place: Destination) -> tuple[float, str]:
    begun = time.perf_counter()
    said = policy.decide(subject, place)
    return (time.perf_counter() - begun) * 1e6, said.effect


def measure(url: str, rounds: int) -> dict[str, list[float]]:
    loaded = policies()
    server = OpaEngine(url, loaded, timeout_s=10)
    remembering = Policy(loaded, RegorusEngine(loaded))
    ways = {
        "embedded": Policy(loaded, RegorusEngine(loaded), memory=0),
        "remembered": remembering,
        "opa server": Policy(loaded, server, memory=0),
    }
    asked = questions(rounds + 20)
    for subject, place in asked:
        remembering.decide(subject, place)
    for subject, place in asked[-20:]:
        for policy in ways.values():
            policy.decide(subject, place)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for subject, place in asked[:rounds]:
        effects = set()
        for name, policy in ways.items():
            took, effect = timed(policy, subject, place)
            times[name].append(took)
            effects.add(effect)
        if len(effects) != 1:
            sys.exit(f"the engines disagree: {sorted(effects)}")
    server.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=400)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bundle = policies().write_bundle(Path(folder) / "bundle.tar.gz")
        with opa_server(bundle, Path(folder) / "opa.log") as url:
            times = measure(url, arguments.rounds)
    peer = median(times["opa server"])
    print(f"policy_latency: {arguments.rounds} unique transfers, microseconds, interleaved")
    print(f"{'way':<12}{'p50':>10}{'p95':>10}{'of opa server':>16}")
    for name, values in times.items():
        high = quantiles(values, n=20)[-1]
        print(f"{name:<12}{median(values):>10.0f}{high:>10.0f}{median(values) / peer:>15.2f}x")


if __name__ == "__main__":
    main()
