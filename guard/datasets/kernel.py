"""What a worker does with a unit: read, detect, and hand back counts. No text leaves it."""

from __future__ import annotations

import hmac
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from guard import data
from guard.config import Config
from guard.datasets.options import ReadOptions
from guard.datasets.pool import Advance
from guard.datasets.reader import read
from guard.datasets.rows import BadRow, Batch, Row
from guard.datasets.units import Unit
from guard.detect import Detector, DetectorCatalogue
from guard.errors import InputError
from guard.gate.facts import Summary, summarise
from guard.log.merkle import leaf_hash
from guard.types import Detected, Finding

_SLICE = 256
_POSITION = re.compile(r"/(~[kv])?[0-9]+(?=/|$)")


@dataclass(frozen=True, slots=True)
class Located:
    """One finding and its row, for ``--findings``."""

    row: int
    prefix: str
    finding: Finding


@dataclass(slots=True)
class Yield:
    """What came out of one unit.

    Args:
        rows: Rows by what was found in them; millions of rows, hundreds of summaries.
        categories: Findings by category.
        jurisdictions: Findings by the jurisdiction they are evidence of.
        columns: Findings by column and category.
        bytes: Bytes of the rows, uncompressed.
        blank: Blank lines.
        bad: Rows that could not be read.
        leaves: Keyed digests of the rows, 32 bytes each, hashed as leaves of RFC 6962.
        findings: Every finding, when they were asked for.
        fault: Why the unit could not be read to its end, or None.
    """

    rows: Counter[Summary] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    jurisdictions: Counter[str] = field(default_factory=Counter)
    columns: Counter[tuple[str, str]] = field(default_factory=Counter)
    bytes: int = 0
    blank: int = 0
    bad: list[BadRow] = field(default_factory=list)
    leaves: bytearray = field(default_factory=bytearray)
    findings: list[Located] = field(default_factory=list)
    fault: InputError | None = None


@dataclass(frozen=True, slots=True)
class Kernel:
    """Builds the worker's detector once; picklable.

    Args:
        config: The configuration.
        read: How files are read.
        secret: Key for the digests of rows.
        located: Whether every finding is wanted, not only counts.
        stop: Whether to stop at the first bad row of a unit.
    """

    config: Config
    read: ReadOptions
    secret: bytes = field(repr=False)
    located: bool = False
    stop: bool = False

    def __call__(self) -> Work:
        """The kernel for one process."""
        section = self.config.detection
        own: list[Path] = [self.config.path(d) for d in section.directories]
        detector = Detector(
            DetectorCatalogue.load([data.verified("detectors"), *own]),
            models=section.models,
            threshold=section.threshold,
            timeout_s=section.timeout_s,
        )
        return Work(self, detector)


class Work:
    """Reads, detects and counts; ``(unit, advance) -> Yield``."""

    def __init__(self, kernel: Kernel, detector: Detector) -> None:
        self._kernel = kernel
        self._detector = detector

    def __call__(self, unit: Unit, advance: Advance) -> Yield:
        """Everything that is wanted to be known of `unit`."""
        out = Yield()
        try:
            for batch in read(unit, self._kernel.read):
                self._batch(batch, out)
                advance(batch.bytes)
                if self._kernel.stop and out.bad:
                    break
        except InputError as error:
            out.fault = error
        return out

    def _batch(self, batch: Batch, out: Yield) -> None:
        out.blank += batch.blank
        out.bad += [row for row in batch.rows if isinstance(row, BadRow)]
        rows = [row for row in batch.rows if isinstance(row, Row)]
        for start in range(0, len(rows), _SLICE):
            part = rows[start : start + _SLICE]
            found = self._detector.detect_batch([row.segments for row in part])
            for row, detected in zip(part, found, strict=True):
                self._row(row, detected, out)

    def _row(self, row: Row, detected: Detected, out: Yield) -> None:
        out.bytes += row.bytes
        out.leaves += leaf_hash(self._digest(row))
        pairs = [(f.category, f.evidence) for f in detected.findings]
        out.rows[summarise(pairs, detected.detection)] += 1
        for finding in detected.findings:
            out.categories[finding.category] += 1
            out.columns[column(finding.pointer), finding.category] += 1
            for country in {hint.jurisdiction for hint in finding.evidence}:
                out.jurisdictions[country] += 1
        if self._kernel.located:
            out.findings += [Located(row.number, row.pointer_prefix, f) for f in detected.findings]

    def _digest(self, row: Row) -> bytes:
        """A keyed digest of the row: a plain hash of a short row is found by guessing."""
        mac = hmac.new(self._kernel.secret, digestmod="sha256")
        for segment in row.segments:
            for part in (segment.pointer, segment.text):
                encoded = part.encode("utf-8", "surrogatepass")
                mac.update(len(encoded).to_bytes(8, "big"))
                mac.update(encoded)
        return mac.digest()


def column(pointer: str) -> str:
    """A pointer with ``*`` for positions, so that all elements of an array are one column."""
    return _POSITION.sub(r"/\1*", pointer) or "/"
