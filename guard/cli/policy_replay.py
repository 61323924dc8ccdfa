"""`guard policy replay`: which recorded decisions another policy would change, and why."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guard.cli import render
from guard.cli.policy import command as policy
from guard.cli.policy_options import configuration, load, policy_options
from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.config import Config
    from guard.log import VerifierKey
    from guard.officer.impact import Group, Impact

_LINE_S = 5.0
_ROWS = 10
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(name="replay")
@click.option("--log", "directory", type=click.Path(), help="The log. Default: of the config.")
@click.option("--key", "log_key", help="The log's public key, or its file. Default: of the config.")
@click.option("--since", type=_DAY, help="Only decisions written on this day or later.")
@click.option("--until", type=_DAY, help="Only decisions written before this day.")
@click.option("--limit", type=click.IntRange(1), help="Replay at most so many, the oldest first.")
@click.option(
    "--destinations",
    type=click.Choice(["recorded", "current"]),
    default="recorded",
    show_default=True,
    help="Ask with the destinations' recorded facts, or with those of the tables.",
)
@click.option(
    "--retention-days",
    type=click.IntRange(1),
    help="How long the log is kept, instead of what was recorded.",
)
@click.option("--workers", type=click.IntRange(1), help="Processes. Default: one a processor.")
@render.json_option
@policy_options
def replay(
    *,
    directory: str | None,
    log_key: str | None,
    since: object,
    until: object,
    limit: int | None,
    destinations: str,
    retention_days: int | None,
    workers: int | None,
    policies: tuple[str, ...],
    tables: tuple[str, ...],
    key: str | None,
    keyid: str | None,
    scope: str,
    config_file: str | None,
    as_json: bool,
) -> int:
    """Ask a policy about the decisions of a log, and say which come out differently.

    The log is verified first. Exit code 0: no decision changes; 1: some do; 3: none is known to
    change, and not everything could be asked again.

        guard policy replay --log decisions --policy new-policies
    """
    from guard.officer.reading import Window  # noqa: PLC0415
    from guard.officer.replay import Terms  # noqa: PLC0415
    from guard.officer.replay import replay as run  # noqa: PLC0415

    config = configuration(config_file)
    where, verifier = _log(directory, log_key, config)
    candidate = load(policies, tables, config_file=config_file, key=key, keyid=keyid, scope=scope)
    terms = Terms(
        retention_days=retention_days,
        earlier_days=config.log.retention_days if config else Terms().earlier_days,
        current=destinations == "current",
        limit=limit,
        workers=workers or 0,
    )
    window = Window(_day(since), _day(until))
    with progress() as tell:
        impact = run(where, verifier, candidate, window, terms, progress=tell)
    if as_json:
        render.document(impact.to_json())
    else:
        show(impact)
    return impact.exit_code


def _day(moment: object) -> str:
    return str(moment)[:10] if moment else ""


def _log(directory: str | None, key: str | None, config: Config | None) -> tuple[Path, VerifierKey]:
    from guard.log import SigningKey, VerifierKey  # noqa: PLC0415

    if config is None and (directory is None or key is None):
        raise ConfigError(
            "which log, and whose?", remedy="give --log and --key, or a configuration"
        )
    where = Path(directory) if directory else config.path(config.log.directory) if config else None
    if where is None or not where.is_dir():
        raise ConfigError(f"{where}: no log there", remedy="give the directory that holds `tile`")
    if key is not None:
        return where, VerifierKey.load(Path(key)) if Path(key).is_file() else VerifierKey.parse(key)
    if config is None:
        raise ConfigError("whose log is it?", remedy="give --key")
    return where, SigningKey.load(config.path(config.log.key_file)).verifier


def show(impact: Impact) -> None:
    """The impact in words and tables."""
    same = impact.decisions - impact.changed - impact.unknown
    text = f"{impact.decisions:,} decisions replayed: {impact.changed:,} change, {same:,} do not"
    if impact.unknown:
        text += f", {impact.unknown:,} unknown"
    render.line(text, style="yellow" if impact.changed or impact.unknown else "green")
    render.field("log", f"{impact.origin}, {impact.entries:,} entries, verified")
    render.field("root", impact.root)
    render.field("policy", impact.revision)
    for group in impact.groups():
        _group(group, impact)
    _unsure(impact)


def _group(group: Group, impact: Impact) -> None:
    render.heading(f"{group.kind}: {group.count:,} (the first: guard log show {group.first})")
    rules = [
        [rule, when, f"{n:,}", "; ".join(impact.cites(rule))]
        for (rule, when), n in list(group.rules.items())[:_ROWS]
    ]
    render.table(["rule", "speaks", "count", "cites"], rules, right=["count"])
    for name, counted in (
        ("article", group.articles),
        ("destination", group.destinations),
        ("treatment", group.treatments),
        ("principal (keyed digest)", {k[:25]: n for k, n in group.principals.items()}),
    ):
        rows = [[what, f"{n:,}"] for what, n in list(counted.items())[:_ROWS]]
        render.table([name, "count"], rows, right=["count"])
        if len(counted) > _ROWS:
            render.line(f"… and {len(counted) - _ROWS:,} more; --json lists them")


def _unsure(impact: Impact) -> None:
    if impact.limited:
        render.warn("--limit ended the replay before the log did")
    if impact.lost:
        render.warn(
            f"{impact.lost:,} permits end, and their records do not hold the facts of all that was "
            "asked for: the data may be lawful elsewhere"
        )
    if impact.unknown:
        render.warn(
            f"of {impact.unknown:,} decisions the log does not hold enough to tell: their records "
            "are of an earlier form, name more destinations than facts, or lack counts"
        )
    if impact.unreplayed:
        rows = sum(batch.rows for batch in impact.unreplayed)
        render.warn(
            f"{len(impact.unreplayed):,} files of data sets ({rows:,} rows) were decided by "
            "another policy and cannot be replayed: their records hold sums; scan them again"
        )
    if impact.errors:
        render.warn(f"{impact.errors:,} requests were never decided; there is nothing to replay")


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal; elsewhere a line every few seconds, on stderr."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield tell


def _lines() -> Callable[[str, int, int], None]:
    said = time.monotonic()

    def tell(what: str, done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= _LINE_S:
            said = time.monotonic()
            render.warn(f"{what}: {done:,} of {total:,}")

    return tell


policy.add_command(replay)
