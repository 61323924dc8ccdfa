"""One decision, a matrix and a plan: embedded and asked of an OPA server, interleaved.

    python benchmarks/policy_latency.py [--rounds 300]

Needs opa on PATH or in .venv/tools (``make tools``). All laws that ship are loaded; each transfer
is unique and three laws apply to it. Prints medians and ratios: all ways are measured in the same
run on the same questions, and their answers are compared.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from guard.gate.planner import Preference, plan  # noqa: E402 - the checkout's root comes first
from guard.policy import Policy  # noqa: E402
from guard.policy.compiled import CompiledEngine  # noqa: E402
from guard.policy.opa import OpaEngine  # noqa: E402
from guard.policy.regorus import RegorusEngine  # noqa: E402
from guard.types import Destination, Evaluation, Transfer  # noqa: E402
from tests.integration.opa_server import opa_server  # noqa: E402
from tests.unit.policy.world import (  # noqa: E402
    category,
    destination,
    policies,
    regions,
    transfer,
)

LAWS = [
    ("eu_gdpr", "eu_ai_act", "cn_pipl"),
    ("eu_gdpr", "uk_gdpr", "ch_fadp"),
    ("cn_pipl", "cn_cbdf", "cn_dsl"),
    ("us_doj_bulk", "us_ca_ccpa", "eu_gdpr"),
    ("kr_pipa", "jp_appi", "sg_pdpa"),
    ("br_lgpd", "in_dpdp", "au_privacy"),
]
MATRIX = 60


def questions(count: int) -> list[tuple[Transfer, Destination]]:
    """Unique transfers under three laws each to destinations at home and abroad."""
    places = [destination(country) for country in ("FR", "US", "CN", "BR", "SG", "IN")]
    kinds = [
        category("contact.email", "none", direct=True),
        category("health.condition", "none", classes=("health",)),
        category("identity.name", "pseudonymise", direct=True),
    ]
    asked = []
    for number in range(count):
        day = f"{2026 + number // 336:04d}-{1 + number // 28 % 12:02d}-{1 + number % 28:02d}"
        facts = {"time": day, "categories": tuple(kinds[: 1 + number % 3])}
        laws = LAWS[number % len(LAWS)]
        asked.append((transfer(*laws, **facts), places[number // 6 % 6]))
    return asked


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    answer = work()
    return (time.perf_counter() - begun) * 1e6, answer


def one_decision(url: str, rounds: int) -> None:
    loaded = policies()
    server = OpaEngine(url, loaded, timeout_s=10)
    remembering = Policy(loaded, CompiledEngine(loaded))
    ways = {
        "compiled": Policy(loaded, CompiledEngine(loaded), memory=0),
        "interpreted": Policy(loaded, RegorusEngine(loaded), memory=0),
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
        answers = []
        for name, policy in ways.items():
            took, answer = timed(lambda p=policy, s=subject, d=place: p.decide(s, d))
            times[name].append(took)
            answers.append(answer)
        if any(answer != answers[0] for answer in answers):
            sys.exit("the engines disagree")
    server.close()
    show(f"one decision, three laws apply, {rounds} unique transfers", times)


def matrix(url: str, rounds: int) -> None:
    """All destinations of a plan, nothing remembered before."""
    loaded = policies()
    shipped = list(regions().destinations.values())
    step = len(shipped) // MATRIX
    places = [one for one in shipped[::step] if one.valid_until > "2026-11-22"][:MATRIX]
    compiled, server = CompiledEngine(loaded), OpaEngine(url, loaded, timeout_s=10)
    times: dict[str, list[float]] = {"compiled": [], "opa server": []}
    for subject, _ in questions(rounds):
        answers = []
        for name, engine in (("compiled", compiled), ("opa server", server)):
            cold = Policy(loaded, engine)
            took, answer = timed(lambda p=cold, s=subject: [p.decide(s, d) for d in places])
            times[name].append(took)
            answers.append(answer)
        if answers[0] != answers[1]:
            sys.exit("the engines disagree")
    server.close()
    distinct = len({str(sorted(one.facts().items())) for one in places})
    show(f"matrix of {len(places)} destinations ({distinct} distinct), cold", times)


def planned(rounds: int) -> None:
    """A plan whose evaluations are remembered."""
    loaded = policies()
    policy = Policy(loaded, CompiledEngine(loaded))
    places = {"a": destination("CN"), "b": destination("FR")}
    preference = Preference(("none", "pseudonymise", "redact"), "whole", 365)
    times: dict[str, list[float]] = {"remembered": [], "decided": []}
    for subject, _ in questions(rounds):

        def decide(facts: Transfer, name: str) -> Evaluation:
            return policy.decide(facts, places[name])

        for name in ("decided", "remembered"):
            treated = dict.fromkeys(preference.order, subject)
            work = lambda f=treated, d=decide: plan(("b",), f.__getitem__, d, preference)  # noqa: E731
            times[name].append(timed(work)[0])
    show("a plan of one destination", times)


def show(title: str, times: dict[str, list[float]]) -> None:
    peer = median(times[list(times)[-1]])
    print(f"\n{title}: microseconds, interleaved")
    print(f"{'way':<12}{'p50':>10}{'p95':>10}{'of ' + list(times)[-1]:>16}")
    for name, values in times.items():
        high = quantiles(values, n=20)[-1]
        print(f"{name:<12}{median(values):>10.0f}{high:>10.0f}{median(values) / peer:>15.2f}x")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=300)
    arguments = parser.parse_args()
    laws = {rule.instrument for rule in policies().catalogue.rules.values()} - {"guard"}
    print(f"policy_latency: {len(laws)} laws, {len(policies().catalogue.rules)} rules loaded")
    with tempfile.TemporaryDirectory() as folder:
        bundle = policies().write_bundle(Path(folder) / "bundle.tar.gz")
        with opa_server(bundle, Path(folder) / "opa.log") as url:
            one_decision(url, arguments.rounds)
            matrix(url, max(arguments.rounds // 10, 5))
    planned(arguments.rounds)


if __name__ == "__main__":
    main()
