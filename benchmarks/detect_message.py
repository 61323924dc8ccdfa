"""CPU of detection in one message of 1 KB, and in each turn of a conversation of ten.

    python benchmarks/detect_message.py [--rounds 60] [--conversations 3]

The peer is stock Presidio (`AnalyzerEngine.analyze`, default recognizers, the same spaCy model) on
the same unique texts in the same run, in turns. A client sends every earlier message again with
each turn; the peer is shown all of them again, as one would write it. Processor time of one core,
medians. A message holds no value, or one e-mail address, one telephone number and one payment card.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

SIZE, TURNS = 1024, 10
TARGET = 1.5
"""Of one turn's detection, what a turn of a conversation may cost."""
VOCABULARY = """
the invoice was paid on time and server restarted again after long meeting with our team about
plans for next week we agree that price must stay same while quality improves please send report
when ready thank you very much for help
"""
WORDS = tuple(VOCABULARY.split())
BLOCK = 10
"""Messages that one way takes before the next one's turn: none finds cold caches each time."""
PEER, UNREMEMBERED = "stock Presidio", "guard, patterns, nothing remembered"
PHONES = (
    "+49 30 9018{:04}",
    "(212) 555-{:04}",
    "+1 650 253 {:04}",
    "030 90{:04}",
    "+44 20 7946 {:04}",
)

Way = Callable[[Sequence[str]], Any]


def main() -> int:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"  # before NumPy is imported: one core against one core
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--conversations", type=int, default=3)
    given = parser.parse_args()
    draw = random.Random(11)
    ways = {PEER: stock(), **ours()}
    for way in ways.values():
        for _ in range(12):
            way([message(draw, values=True)])  # plans of numbers and models are read at first use
    single(ways, draw, given.rounds)
    return conversations(ways, draw, given.conversations)


def single(ways: dict[str, Way], draw: random.Random, rounds: int) -> None:
    """One message, new each time."""
    for title, values in (("without values", False), ("with three values", True)):
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(max(1, rounds // BLOCK)):
            texts = [message(draw, values=values) for _ in range(BLOCK)]
            for name, way in ways.items():
                taken[name] += [cpu(way, [text]) for text in texts]
        print(f"one message of 1 KB {title}, {len(taken[PEER])} in turns")
        peer = statistics.median(taken[PEER])
        for name, times in taken.items():
            middle = statistics.median(times)
            print(f"  {middle * 1e3:8.2f} ms  peer/ours {peer / middle:7.1f}x  {name}")


def conversations(ways: dict[str, Way], draw: random.Random, count: int) -> int:
    """Ten turns, each with one message more than the one before."""
    taken = {name: [[] for _ in range(TURNS)] for name in ways}
    for _ in range(count):
        said = [message(draw, values=True) for _ in range(TURNS)]
        for name, way in ways.items():
            for turn in range(TURNS):
                taken[name][turn].append(cpu(way, said[: turn + 1]))
    print(f"a conversation of {TURNS} turns, every message with three values, {count} in turns")
    failed = 0
    for name, turns in taken.items():
        medians = [statistics.median(times) for times in turns]
        first, last = medians[0], medians[-1]
        share = statistics.mean(medians) / first
        print(
            f"  turn 1 {first * 1e3:8.2f} ms  turn {TURNS} {last * 1e3:8.2f} ms  "
            f"mean turn / first turn {share:5.2f}x  {name}"
        )
        failed += name not in {PEER, UNREMEMBERED} and share > TARGET
    print(f"target {TARGET}x: {'PASS' if not failed else 'FALLS SHORT'}")
    return 0


def cpu(way: Way, texts: Sequence[str]) -> float:
    """Seconds of processor time."""
    began = time.process_time_ns()
    way(texts)
    return (time.process_time_ns() - began) / 1e9


def stock() -> Way:
    """Presidio as it comes, on the model that we use; all messages of a request one by one."""
    from check_latency import stock as engine

    analyzer = engine()
    return lambda texts: [analyzer.analyze(text, "en") for text in texts]


def ours() -> dict[str, Way]:
    """Our detectors: patterns alone, with names, and with all that is found redacted."""
    from guard.data import root
    from guard.detect import Detector, DetectorCatalogue
    from guard.obligations import Redactor, treat
    from guard.types import Segment

    catalogue = DetectorCatalogue.load([root("detectors")])
    labels = {spec.category: spec.id.upper() for spec in catalogue.detectors.values()}

    def request(texts: Sequence[str]) -> list[Segment]:
        return [Segment(f"/messages/{i}/content", text) for i, text in enumerate(texts)]

    def detected(**how: Any) -> Way:
        detector = Detector(catalogue, **how)

        def run(texts: Sequence[str]) -> None:
            if not detector.detect(request(texts)).detection.complete:
                raise SystemExit("a scan was not complete: its time says nothing")

        return run

    def redacted(**how: Any) -> Way:
        detector = Detector(catalogue, **how)

        def run(texts: Sequence[str]) -> None:
            segments = request(texts)
            found = detector.detect(segments).findings
            treat(segments, found, labels=labels, tokenise=Redactor(), detect=detector.detect)

        return run

    return {
        "guard, patterns": detected(ner=False),
        "guard, patterns, redacted and detected again": redacted(ner=False),
        UNREMEMBERED: detected(ner=False, memory=False),
        "guard, patterns and names": detected(),
        "guard, patterns and names, redacted and detected again": redacted(),
    }


def message(draw: random.Random, *, values: bool) -> str:
    """A message of 1 KB that never was before."""
    text = "".join(sentences(draw, SIZE))[: SIZE - (90 if values else 0)]
    if not values:
        return text
    cut = len(text) // 4
    return (
        f"{text[:cut]} write to {address(draw)} {text[cut : 2 * cut]} or call {phone(draw)}, "
        f"{text[2 * cut : 3 * cut]} on card {card(draw)}. {text[3 * cut :]}"
    )


def sentences(draw: random.Random, size: int) -> Iterator[str]:
    while size > 0:
        words = " ".join(draw.choices(WORDS, k=draw.randint(5, 14))).capitalize() + ". "
        size -= len(words)
        yield words


def address(draw: random.Random) -> str:
    name = f"{draw.choice(WORDS)}.{draw.choice(WORDS)}{draw.randint(1, 99)}"
    return f"{name}@mail{draw.randint(1, 999)}.com"


def phone(draw: random.Random) -> str:
    return draw.choice(PHONES).format(draw.randint(0, 9999))


def card(draw: random.Random) -> str:
    """Sixteen digits that pass Luhn's check (ISO/IEC 7812-1, annex B)."""
    body = "4" + "".join(draw.choices("0123456789", k=14))
    doubled = [int(d) * 2 if i % 2 == 0 else int(d) for i, d in enumerate(body)]
    whole = body + str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)
    return " ".join(whole[i : i + 4] for i in range(0, 16, 4))


if __name__ == "__main__":
    sys.exit(main())
