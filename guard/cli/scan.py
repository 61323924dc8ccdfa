"""`guard scan`: data sets."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.cli.session import open_guard

if TYPE_CHECKING:
    from guard.datasets.report import Report

_FORMATS = ["jsonl", "json", "csv", "tsv", "parquet", "text"]
_EVERY_S = 5.0
_SHOWN = 12
_HEADINGS = {
    "none": "whole",
    "pseudonymise": "pseudonymised",
    "redact": "redacted",
    "refused": "refused",
}


@click.command(name="scan", short_help="find and decide in data sets")
@click.argument("paths", nargs=-1, required=True)
@click.option("--purpose", default="training", show_default=True, help=render.PURPOSE_HELP)
@click.option("--to", multiple=True, help="Destination; repeat for several, best first.")
@click.option("--columns", multiple=True, help="Column or JSON pointer; repeat, or use commas.")
@click.option("--workers", type=click.IntRange(0), help="Processes. Default: one a core.")
@click.option("--format", "format_", type=click.Choice(_FORMATS), help="Read all files as this.")
@click.option("--encoding", default="utf-8", show_default=True, help="Of CSV, TSV and text.")
@click.option("--delimiter", default="", help="Between CSV fields. Default: by extension.")
@click.option(
    "--on-error",
    type=click.Choice(["quarantine", "stop"]),
    default="quarantine",
    show_default=True,
    help="After a row that cannot be read: go on and report it, or stop.",
)
@click.option("--category", multiple=True, help="What every row holds whatever is found; repeat.")
@click.option("--findings", type=click.Path(dir_okay=False), help="Write findings as JSON Lines.")
@click.option("--quarantine", type=click.Path(dir_okay=False), help="Write bad rows' places here.")
@render.json_option
@render.config_option
def command(paths: tuple[str, ...], *, as_json: bool, config_file: str | None, **o: Any) -> int:
    """Find personal and regulated data in PATHS (files, directories, globs); decide row by row.

    Values are never printed or written; findings are places: file, row, pointer and offsets.
    """
    workers = o["workers"] if o["workers"] is not None else _cores()
    with open_guard(config_file) as guard, _progress() as progress:
        report = guard.scan(
            list(paths),
            purpose=o["purpose"],
            to=o["to"] or None,
            columns=[name for given in o["columns"] for name in given.split(",")] or None,
            workers=workers,
            format=o["format_"],
            encoding=o["encoding"],
            delimiter=o["delimiter"],
            on_error=o["on_error"],
            findings=o["findings"],
            quarantine=o["quarantine"],
            categories=o["category"],
            progress=progress,
        )
    if as_json:
        render.document(report.to_json())
    else:
        show(report)
    for problem in report.problems[:_SHOWN]:
        where = f"{problem.file}:{problem.row}" if problem.row else problem.file
        render.warn(f"{where}: {problem.message}")
    if len(report.problems) > _SHOWN:
        render.warn(f"… and {len(report.problems) - _SHOWN} more; --quarantine FILE lists them")
    return report.exit_code


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def show(report: Report) -> None:
    """The report as tables."""
    unread = f", {report.bad_rows:,} unreadable" if report.bad_rows else ""
    broken = f", {report.bad_files} file(s) broken" if report.bad_files else ""
    render.line(
        f"{report.rows:,} rows{unread} in {report.files} file(s){broken}, "
        f"{report.bytes / 1e6:,.2f} MB; {report.findings:,} findings "
        f"in {report.rows_with_findings:,} rows"
    )
    if report.columns:
        render.line(f"looked only at: {', '.join(report.columns)}; what follows is about no other")
    if report.detection is not None and report.detection.skipped:
        render.line(f"not looked at, or not for names: {', '.join(report.detection.skipped)}")
    render.table(
        ["category", "findings"], _top(report.by_category), title="Found", right=["findings"]
    )
    if report.by_jurisdiction:
        render.table(
            ["jurisdiction", "findings"],
            _top(report.by_jurisdiction),
            title="Pointing at a jurisdiction",
            right=["findings"],
        )
    if report.instruments:
        render.table(
            ["instrument", "rows"],
            _top(report.instruments),
            title="Instruments that apply",
            right=["rows"],
        )
    headings = list(_HEADINGS.values())
    render.table(
        ["destination", *headings],
        [
            [name, *(f"{counts[outcome]:,}" for outcome in _HEADINGS)]
            for name, counts in report.matrix.items()
        ],
        title=f"Where the rows may lawfully go, for {report.purpose}",
        right=headings,
    )
    render.table(
        ["effect", "rows"],
        [[e, f"{n:,}"] for e, n in report.effects.most_common()],
        title=f"Decided for {', '.join(report.candidates)}",
        right=["rows"],
    )
    if report.last_index >= 0:
        render.line(f"log {report.origin} #{report.first_index} to #{report.last_index}")


def _top(counts: Any) -> list[list[str]]:
    from guard.datasets.report import ordered  # noqa: PLC0415

    rows = [[name, f"{count:,}"] for name, count in ordered(counts)]
    if len(rows) > _SHOWN:
        rest = sum(count for _, count in ordered(counts)[_SHOWN:])
        rows = [*rows[:_SHOWN], [f"… {len(rows) - _SHOWN} more", f"{rest:,}"]]
    return rows


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar by bytes with the time left on a terminal; elsewhere a line every few seconds."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("scanning"),
        BarColumn(bar_width=24),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scan", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _lines() -> Callable[[int, int], None]:
    said = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _EVERY_S:
            said = time.monotonic()
            render.warn(f"scanning: {done / 1e6:,.1f} of {total / 1e6:,.1f} MB")

    return tell
