"""What a worker does with a unit: read, detect, and hand back counts. No text leaves it."""

from __future__ import annotations

import hmac
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guard import data
from guard.config import Config
from guard.datasets.columns import MissingColumnError
from guard.datasets.options import ReadOptions
from guard.datasets.pool import Advance
from guard.datasets.reader import read
from guard.datasets.rows import BadRow, Batch, Row
from guard.datasets.rows import bad as bad_row
from guard.datasets.sink import Spool
from guard.datasets.units import Unit
from guard.detect import Detector, DetectorCatalogue
from guard.errors import DetectionError, InputError
from guard.gate.facts import Summary, summarise
from guard.log.merkle import Frontier, leaf_hash
from guard.payload import Unscannable
from guard.types import Detected, Finding

_SLICE = 256
_NAMED = 1000
"""Bad rows of a unit that the report may name. All are counted, and all go to ``--quarantine``."""
_COLUMNS = 1000
"""Columns that are counted by name; names beyond them are members of maps rather than columns."""
_UNSCANNED = 16
"""Rows of a unit whose detection may fail before the rest of the unit is given up."""
_POSITION = re.compile(r"/(~[kv])?[0-9]+(?=/|$)")


@dataclass(slots=True)
class Yield:
    """What came out of one unit; as small for a large file as for a small one.

    Args:
        rows: Rows by what was found in them; millions of rows, hundreds of summaries.
        categories: Findings by category.
        jurisdictions: Findings by the jurisdiction they are evidence of.
        columns: Findings by column and category.
        bytes: Bytes of the rows, uncompressed.
        blank: Blank lines.
        bad_rows: How many rows could not be read.
        bad: The first of them.
        frontier: The tree (RFC 6962) over the keyed digests of the rows, if the unit is the file.
        leaves: If not, its leaves, 32 bytes each.
        findings: Spool of every finding, ``""`` when there is none.
        quarantine: Spool of every bad row, likewise.
        detection: Digest of the detectors that looked.
        fault: Why the unit was not read to its end, or None.
        stopped: Whether it was left at a bad row, as was asked for.
    """

    rows: Counter[Summary] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    jurisdictions: Counter[str] = field(default_factory=Counter)
    columns: Counter[tuple[str, str]] = field(default_factory=Counter)
    bytes: int = 0
    blank: int = 0
    bad_rows: int = 0
    bad: list[BadRow] = field(default_factory=list)
    frontier: Frontier | None = None
    leaves: bytearray = field(default_factory=bytearray)
    findings: str = ""
    quarantine: str = ""
    detection: str = ""
    fault: InputError | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Kernel:
    """Builds the worker's detector once; picklable.

    Args:
        config: The configuration.
        read: How files are read.
        secret: Key for the digests of rows.
        spool: Directory for what is wanted line by line.
        located: Whether every finding is wanted, not only counts.
        quarantined: Whether every bad row's place is wanted.
        stop: Whether to stop at the first bad row of a unit.
    """

    config: Config
    read: ReadOptions
    secret: bytes = field(repr=False)
    spool: Path | None = None
    located: bool = False
    quarantined: bool = False
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
        return _Pass(self._kernel, self._detector, unit).run(advance)


class _Pass:
    """One pass over one unit."""

    def __init__(self, kernel: Kernel, detector: Detector, unit: Unit) -> None:
        self._kernel, self._detector, self._unit = kernel, detector, unit
        self._findings = Spool(kernel.spool if kernel.located else None)
        self._quarantine = Spool(kernel.spool if kernel.quarantined else None)
        self._unscanned = 0
        frontier = Frontier() if unit.whole else None
        self._out = Yield(frontier=frontier, detection=detector.revision)

    def run(self, advance: Advance) -> Yield:
        """Read to the end, to a fault, or to the first bad row if that is to stop."""
        out = self._out
        try:
            for batch in read(self._unit, self._kernel.read):
                self._batch(batch)
                advance(batch.bytes)
                if self._kernel.stop and out.bad_rows:
                    out.stopped = True
                    break
        except MissingColumnError as error:
            # What was counted was not what was asked for: nothing is decided about these rows.
            out = Yield(frontier=Frontier() if self._unit.whole else None, detection=out.detection)
            out.fault = error
            self._findings = self._quarantine = Spool(None)
        except InputError as error:
            out.fault = error
        self._findings.close()
        self._quarantine.close()
        out.findings, out.quarantine = self._findings.name, self._quarantine.name
        return out

    def _batch(self, batch: Batch) -> None:
        self._out.blank += batch.blank
        rows: list[Row] = []
        for row in batch.rows:
            if isinstance(row, Row):
                rows.append(row)
                continue
            self._bad(row)
            if self._kernel.stop:
                break
        for start in range(0, len(rows), _SLICE):
            part = rows[start : start + _SLICE]
            try:
                found = self._detector.detect_batch([row.segments for row in part])
            except DetectionError:
                self._one_by_one(part)
                continue
            for row, detected in zip(part, found, strict=True):
                self._row(row, detected)

    def _one_by_one(self, rows: Sequence[Row]) -> None:
        """Some row of these cannot be scanned: that one is bad, and the others are not."""
        for row in rows:
            try:
                (detected,) = self._detector.detect_batch([row.segments])
            except DetectionError as error:
                self._unscanned += 1
                if self._unscanned > _UNSCANNED:
                    raise InputError(
                        f"too many rows cannot be scanned: {error.message}",
                        file=self._unit.source.path,
                        line=row.number,
                        remedy=error.remedy or "run `guard doctor`",
                    ) from None
                self._bad(bad_row(row.number, Unscannable("unscanned")))
            else:
                self._row(row, detected)

    def _bad(self, row: BadRow) -> None:
        self._out.bad_rows += 1
        if len(self._out.bad) < _NAMED:
            self._out.bad.append(row)
        self._quarantine.add(
            problem_line(self._unit.source.path, row.number, row.reason, row.message)
        )

    def _row(self, row: Row, detected: Detected) -> None:
        out = self._out
        out.bytes += row.bytes
        leaf = leaf_hash(self._digest(row))
        if out.frontier is None:
            out.leaves += leaf
        else:
            out.frontier.append(leaf)
        pairs = [(f.category, f.evidence) for f in detected.findings]
        out.rows[summarise(pairs, detected.detection)] += 1
        for finding in detected.findings:
            out.categories[finding.category] += 1
            count_column(out.columns, (column(finding.pointer), finding.category), 1)
            for country in {hint.jurisdiction for hint in finding.evidence}:
                out.jurisdictions[country] += 1
            if self._findings.wanted:
                self._findings.add(self._place(row, finding))

    def _place(self, row: Row, f: Finding) -> dict[str, object]:
        return {
            "file": self._unit.source.path,
            "row": row.number,
            "pointer": row.pointer_prefix + f.pointer,
            "category": f.category,
            "start": f.start,
            "end": f.end,
            "confidence": round(f.confidence, 2),
            "detector": f.detector,
        }

    def _digest(self, row: Row) -> bytes:
        """A keyed digest of the row: a plain hash of a short row is found by guessing."""
        mac = hmac.new(self._kernel.secret, digestmod="sha256")
        for segment in row.segments:
            for part in (segment.pointer, segment.text):
                encoded = part.encode("utf-8", "surrogatepass")
                mac.update(len(encoded).to_bytes(8, "big"))
                mac.update(encoded)
        return mac.digest()


def problem_line(file: str, row: int, reason: str, message: str) -> dict[str, object]:
    """A line of ``--quarantine``."""
    return {"file": file, "row": row, "reason": reason, "message": message}


def column(pointer: str) -> str:
    """A pointer with ``*`` for positions, so that all elements of an array are one column."""
    return _POSITION.sub(r"/\1*", pointer) or "/"


def count_column(counts: Counter[tuple[str, str]], key: tuple[str, str], number: int) -> None:
    """Count findings of a column and category, under ``…`` once there are too many names."""
    if key not in counts and len(counts) >= _COLUMNS:
        key = ("…", key[1])
    counts[key] += number
