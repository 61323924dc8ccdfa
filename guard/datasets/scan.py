"""`scan`: units to workers, counts to decisions, one record a file, a report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from guard.datasets.kernel import Kernel, Yield
from guard.datasets.options import ReadOptions
from guard.datasets.pool import Outcome, Pool
from guard.datasets.report import Problem, Report
from guard.datasets.source import Format, Found, Source, find
from guard.datasets.units import Unit, plan
from guard.errors import ConfigError, GuardError, InputError
from guard.gate.facts import Summary
from guard.gate.gate import purpose_of
from guard.gate.journal import new_id
from guard.gate.line import Words, decide
from guard.gate.planner import plan as plan_transfer
from guard.log.merkle import Frontier
from guard.types import Decision, Purpose

if TYPE_CHECKING:
    from guard.gate.gate import Gate

OnError = Literal["stop", "quarantine"]
_REPORTED = 1000


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
    matrix: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What is decided about every row of one kind.

    Args:
        decision: The decision for the destinations that were asked for.
        matrix: For each destination what must be done to the row first, or ``refused``.
        instruments: The instruments that govern the row as it is.
    """

    decision: Decision
    matrix: dict[str, str]
    instruments: frozenset[str]


class Decider:
    """Decides each summary once: millions of rows, hundreds of distinct transfers."""

    def __init__(
        self, gate: Gate, purpose: Purpose, candidates: tuple[str, ...], at: datetime
    ) -> None:
        self._gate, self._purpose, self._candidates, self._at = gate, purpose, candidates, at
        self._memo: dict[Summary, Verdicts] = {}
        own = gate.config.planner.destinations
        self.destinations = tuple(dict.fromkeys((*candidates, *own)))
        self._words = Words(
            id=new_id(at),
            revision=gate.policies.revision,
            enforced=gate.config.mode == "enforce",
            order=gate.config.planner.order,
            reasons=gate.reasons,
        )

    def __call__(self, summary: Summary) -> Verdicts:
        """The decision about rows with these facts, and what every destination would ask."""
        if summary not in self._memo:
            self._memo[summary] = self._decide(summary)
        return self._memo[summary]

    def _decide(self, summary: Summary) -> Verdicts:
        per = self._gate.facts(summary, self._purpose, self._at)
        decision = decide(self._gate.conclude(per, self._candidates), self._words)
        matrix: dict[str, str] = {}
        for name in self.destinations:
            alone = plan_transfer(
                (name,), per.__getitem__, self._gate.evaluate, self._gate.preference()
            )
            matrix[name] = alone.chosen.treatment if alone.chosen else "refused"
        return Verdicts(decision, matrix, frozenset(t.instrument for t in per["none"].tags))


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
        progress: Called with bytes read and bytes in all.

    Raises:
        ConfigError: For an unknown destination, purpose or column option.
        InputError: When no file can be found or read as data.
        Undecided: When policy or log gave no answer.
    """
    found = find(paths, format=format)
    options = ReadOptions(columns=tuple(columns or ()), encoding=encoding, delimiter=delimiter)
    candidates = gate.candidates(to)
    run = _Run(gate, found, purpose_of(purpose), candidates, on_error)
    with ExitStack() as stack:
        run.findings = _sink(stack, findings)
        run.quarantine = _sink(stack, quarantine)
        run.problems(found)
        kernel = Kernel(
            gate.config,
            options,
            gate.journal.row_secret,
            located=findings is not None,
            stop=on_error == "stop",
        )
        watch = _watch(progress, found.bytes)
        pool: Pool[Unit, Yield] = Pool(kernel, workers, advance=watch)
        with pool:
            for outcome in pool.map(plan(found.sources, encoding=options.codec)):
                run.take(outcome)
                if run.stopped:
                    break
        run.finish()
    return run.report


class _Run:
    """One scan: takes outcomes in the order of files and units."""

    def __init__(
        self,
        gate: Gate,
        found: Found,
        purpose: Purpose,
        candidates: tuple[str, ...],
        on_error: OnError,
    ) -> None:
        self._gate, self._purpose, self._on_error = gate, purpose, on_error
        self._at = gate.clock()
        self._decide = Decider(gate, purpose, candidates, self._at)
        self._file: _File | None = None
        self.stopped = False
        self.findings: IO[str] | None = None
        self.quarantine: IO[str] | None = None
        self.report = Report(
            purpose=purpose,
            candidates=candidates,
            revision=gate.policies.revision,
            mode=gate.config.mode,
            hidden=found.hidden,
            reasons=dict(gate.reasons),
            origin=gate.journal.origin,
            matrix={name: Counter() for name in self._decide.destinations},
        )

    def problems(self, found: Found) -> None:
        """Report files in directories that cannot be read as data."""
        for error in found.problems:
            self._fault(error)

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

    def finish(self) -> None:
        """Write the last file's record."""
        self._close()

    def _count(self, file: _File, out: Yield) -> None:
        report = self.report
        for start in range(0, len(out.leaves), 32):
            file.frontier.append(bytes(out.leaves[start : start + 32]))
        for row in out.bad:
            self._bad(file, Problem(file.source.path, row.number, row.reason, row.message))
        for summary, rows in out.rows.items():
            self._decided(file, summary, rows)
        report.bytes += out.bytes
        report.blank += out.blank
        report.by_jurisdiction.update(out.jurisdictions)
        report.by_column.update(out.columns)
        for counts in (report.by_category, file.categories):
            counts.update(out.categories)
        file.bytes += out.bytes
        self._write_findings(file.source, out)
        if out.fault is not None:
            file.complete = False
            self._fault(out.fault)

    def _decided(self, file: _File, summary: Summary, rows: int) -> None:
        verdicts, report = self._decide(summary), self.report
        decision = verdicts.decision
        report.detection = summary.detection
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
        for name, outcome in verdicts.matrix.items():
            report.matrix[name][outcome] += rows
            file.matrix.setdefault(name, Counter())[outcome] += rows

    def _bad(self, file: _File | None, problem: Problem) -> None:
        if file is not None:
            file.bad += 1
        self.report.bad_rows += 1
        self._note(problem)

    def _fault(self, error: InputError) -> None:
        self.report.bad_files += 1
        remedy = f" ({error.remedy})" if error.remedy else ""
        self._note(Problem(error.file, error.line, "unreadable", error.message + remedy))

    def _note(self, problem: Problem) -> None:
        if len(self.report.problems) < _REPORTED:
            self.report.problems.append(problem)
        if self.quarantine is not None:
            _line(
                self.quarantine,
                {
                    "file": problem.file,
                    "row": problem.row,
                    "reason": problem.reason,
                    "message": problem.message,
                },
            )
        if self._on_error == "stop":
            self.stopped = True

    def _write_findings(self, source: Source, out: Yield) -> None:
        if self.findings is None:
            return
        for located in out.findings:
            f = located.finding
            _line(
                self.findings,
                {
                    "file": source.path,
                    "row": located.row,
                    "pointer": located.prefix + f.pointer,
                    "category": f.category,
                    "start": f.start,
                    "end": f.end,
                    "confidence": round(f.confidence, 2),
                    "detector": f.detector,
                },
            )

    def _close(self) -> None:
        """Write the file's record."""
        file, self._file = self._file, None
        if file is None:
            return
        index = self._gate.journal.batch(
            at=self._at,
            path=file.source.path,
            purpose=self._purpose,
            context=self._gate.config.context,
            counts={
                "rows": file.rows,
                "bad_rows": file.bad,
                "bytes": file.bytes,
            },
            root=file.frontier.root().hex(),
            complete=file.complete,
            effects=file.effects,
            categories=file.categories,
            rules=file.rules,
            destinations=file.matrix,
            revision=self.report.revision,
            detection=self.report.detection.revision if self.report.detection else "0" * 64,
        )
        if self.report.first_index < 0:
            self.report.first_index = index
        self.report.last_index = index


def _sink(stack: ExitStack, path: str | Path | None) -> IO[str] | None:
    if path is None:
        return None
    try:
        return stack.enter_context(Path(path).open("w", encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror})") from None


def _line(sink: IO[str], value: dict[str, object]) -> None:
    try:
        sink.write(json.dumps(value, ensure_ascii=False) + "\n")
    except OSError as error:
        raise ConfigError(f"{sink.name}: cannot be written ({error.strerror})") from None


def _watch(progress: Callable[[int, int], None] | None, total: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    done = 0

    def advance(size: int) -> None:
        nonlocal done
        done += size
        progress(done, total)

    return advance
