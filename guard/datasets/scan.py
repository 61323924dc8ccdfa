"""`scan`: units to workers, counts to decisions, one record a file, a report."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from guard.datasets.decider import Decider
from guard.datasets.kernel import Kernel, Yield, count_column, problem_line
from guard.datasets.options import ReadOptions
from guard.datasets.pool import Outcome, Pool
from guard.datasets.report import Problem, Report, covered
from guard.datasets.sink import Sink, separate
from guard.datasets.source import Format, Found, Source, find
from guard.datasets.units import Unit, plan
from guard.errors import GuardError, InputError, Undecided
from guard.gate.facts import Summary
from guard.gate.request import purpose_of
from guard.log.merkle import Frontier
from guard.types import Purpose

if TYPE_CHECKING:
    from guard.gate.gate import Gate

OnError = Literal["stop", "quarantine"]
_REPORTED = 1000
_NOBODY = "0" * 64
"""Stands for the detectors' digest when none has looked at anything yet."""


@dataclass
class _File:
    """What is known of one file so far; its record is written when its last unit is in."""

    source: Source
    frontier: Frontier = field(default_factory=Frontier)
    rows: int = 0
    bytes: int = 0
    bad: int = 0
    complete: bool = True
    categories: Counter[str] = field(default_factory=Counter)
    effects: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    destinations: dict[str, Counter[str]] = field(default_factory=dict)


def scan(
    gate: Gate,
    paths: Sequence[str | Path],
    *,
    purpose: str = "training",
    to: str | Sequence[str] | None = None,
    columns: Sequence[str] | None = None,
    workers: int = 1,
    format: Format | None = None,  # noqa: A002  (the option is called --format)
    encoding: str = "utf-8",
    delimiter: str = "",
    on_error: OnError = "quarantine",
    findings: str | Path | None = None,
    quarantine: str | Path | None = None,
    categories: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Find personal and regulated data in files and decide where each row may go.

    Nothing is released; what is decided about each file is written to the decision log before the
    report is returned.

    Args:
        gate: The gate.
        paths: Files, directories and globs.
        purpose: What the data would be used for.
        to: Destinations, best first; None for the configured ones.
        columns: Columns or JSON pointers to read; None for every column with text.
        workers: Worker processes; 1 works in this process.
        format: Read every file as this format.
        encoding: Encoding of CSV, TSV and text files.
        delimiter: Between CSV fields.
        on_error: ``quarantine`` goes on after a bad row, ``stop`` does not. Both report it.
        findings: File to write every finding to, a line of JSON each, never its value.
        quarantine: File to write every bad row to: where it is and why, never its content.
        categories: What every row holds whatever detection says, ``health.condition``.
        progress: Called with bytes read and bytes in all.

    Raises:
        ConfigError: For an unknown destination, purpose, category or column option.
        InputError: When no file can be found or read as data.
        Undecided: When policy or log gave no answer.
    """
    found = find(paths, format=format)
    separate((findings, quarantine), (source.path for source in found.sources))
    options = ReadOptions(columns=tuple(columns or ()), encoding=encoding, delimiter=delimiter)
    candidates = gate.candidates(to)
    gate.catalogue  # noqa: B018 - a detector whose category no table knows is refused before work
    with ExitStack() as stack:
        run = _Run(
            gate,
            purpose_of(purpose),
            candidates,
            gate.stated(categories),
            options.columns,
            findings=stack.enter_context(Sink(findings)),
            quarantine=stack.enter_context(Sink(quarantine)),
            stop=on_error == "stop",
        )
        spool = stack.enter_context(tempfile.TemporaryDirectory(prefix="guard-"))
        kernel = Kernel(
            gate.config,
            options,
            gate.journal.row_secret,
            spool=Path(spool),
            located=findings is not None,
            quarantined=quarantine is not None,
            stop=on_error == "stop",
        )
        pool: Pool[Unit, Yield] = Pool(kernel, workers, advance=_watch(progress, found.bytes))
        with pool:
            run.all(found, pool.map(plan(found.sources, encoding=options.codec)))
    return run.report


class _Run:
    """One scan: takes outcomes in the order of files and units."""

    def __init__(
        self,
        gate: Gate,
        purpose: Purpose,
        candidates: tuple[str, ...],
        stated: tuple[str, ...],
        columns: tuple[str, ...],
        *,
        findings: Sink,
        quarantine: Sink,
        stop: bool,
    ) -> None:
        self._gate, self._purpose, self._stop = gate, purpose, stop
        self._findings, self._quarantine = findings, quarantine
        self._at, self._since_ns = gate.clock(), time.monotonic_ns()
        self._decide = Decider(gate, purpose, candidates, stated, self._at)
        self._stated = stated
        self._file: _File | None = None
        self._stopped = False
        self._detectors = _NOBODY
        self.report = Report(
            columns=columns,
            purpose=purpose,
            candidates=candidates,
            revision=gate.policies.revision,
            mode=gate.config.mode,
            reasons=dict(gate.reasons),
            origin=gate.journal.origin,
            matrix={name: Counter() for name in self._decide.destinations},
        )

    def all(self, found: Found, outcomes: Iterator[Outcome[Unit, Yield]]) -> None:
        """Report what cannot be read, count every unit, and write a record for every file.

        Raises:
            Undecided: When policy or log gave no answer; the files before that are recorded.
        """
        self.report.hidden = found.hidden
        for error in found.problems:
            self._fault(error)
        try:
            while not self._stopped and (outcome := next(outcomes, None)) is not None:
                self.take(outcome)
            self._close()
        except KeyboardInterrupt:
            self._stopped = True
            self._close()
            raise
        except Undecided as error:
            self._gate.journal.failure(
                error, "policy", revision=self.report.revision, at=self._at, point="batch"
            )
            raise

    def take(self, outcome: Outcome[Unit, Yield]) -> None:
        """Count one unit."""
        source = outcome.unit.source
        if self._file is None or self._file.source != source:
            self._close()
            self._file = _File(source)
            self.report.files += 1
        if outcome.value is None:
            self._file.complete = False
            failure = outcome.failure or GuardError("no result")
            self._fault(
                InputError(
                    failure.message,
                    file=source.path,
                    line=outcome.unit.first_row,
                    remedy=failure.remedy,
                )
            )
            return
        self._count(self._file, outcome.value)

    def _count(self, file: _File, out: Yield) -> None:
        report = self.report
        self._detectors = out.detection
        if out.frontier is not None:
            file.frontier = out.frontier
        for start in range(0, len(out.leaves), 32):
            file.frontier.append(bytes(out.leaves[start : start + 32]))
        for summary, rows in out.rows.items():
            self._decided(file, summary, rows)
        for counts in (report.by_category, file.categories):
            counts.update(out.categories)
        for key, number in out.columns.items():
            count_column(report.by_column, key, number)
        report.by_jurisdiction.update(out.jurisdictions)
        report.bytes += out.bytes
        report.blank += out.blank
        report.bad_rows += out.bad_rows
        file.bytes += out.bytes
        file.bad += out.bad_rows
        file.complete &= not out.stopped
        self._findings.take(out.findings)
        self._quarantine.take(out.quarantine)
        for row in out.bad:
            self._note(Problem(file.source.path, row.number, row.reason, row.message))
        if out.fault is not None:
            file.complete = False
            self._fault(out.fault)

    def _decided(self, file: _File, summary: Summary, rows: int) -> None:
        verdicts, report = self._decide(summary), self.report
        decision = verdicts.decision
        report.detection = covered(report.detection, summary.detection)
        report.rows += rows
        file.rows += rows
        report.rows_with_findings += rows if summary.counts else 0
        for counts in (report.effects, file.effects):
            counts[decision.effect] += rows
        if decision.effect == "permit":
            report.treatments[decision.treatment] += rows
        for reason in decision.reasons:
            report.rules[reason.rule] += rows
            file.rules[reason.rule] += rows
        for instrument in verdicts.instruments:
            report.instruments[instrument] += rows
        for threshold, number in verdicts.counts.items():
            report.counts[threshold] += rows * number
        for name, (effect, outcome) in verdicts.matrix.items():
            report.matrix[name][outcome] += rows
            file.destinations.setdefault(name, Counter())[effect] += rows

    def _fault(self, error: InputError) -> None:
        self.report.bad_files += 1
        remedy = f" ({error.remedy})" if error.remedy else ""
        problem = Problem(error.file, error.line, "unreadable", error.message + remedy)
        self._quarantine.line(problem_line(*astuple(problem)))
        self._note(problem)

    def _note(self, problem: Problem) -> None:
        if len(self.report.problems) < _REPORTED:
            self.report.problems.append(problem)
        self._stopped = self._stop

    def _close(self) -> None:
        """Write the file's record."""
        file, self._file = self._file, None
        if file is None:
            return
        now = time.monotonic_ns()
        took_us, self._since_ns = (now - self._since_ns) // 1000, now
        index = self._gate.journal.batch(
            at=self._at,
            took_us=took_us,
            path=file.source.path,
            purpose=self._purpose,
            candidates=self.report.candidates,
            stated=self._stated,
            context=self._gate.config.context,
            counts={
                "rows": file.rows,
                "bad_rows": file.bad,
                "bytes": file.bytes,
            },
            root=file.frontier.root().hex(),
            complete=file.complete and not self._stopped,
            effects=file.effects,
            categories=file.categories,
            rules=file.rules,
            destinations=file.destinations,
            revision=self.report.revision,
            detection=self._detectors,
        )
        if self.report.first_index < 0:
            self.report.first_index = index
        self.report.last_index = index


def _watch(progress: Callable[[int, int], None] | None, total: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    return advance
