"""`guard ledger`: where each cumulative threshold of law stands."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.config import Config
    from guard.ledger import Ledger, Standing

_WIDTH = 80
_BAR = 20


def _where(function: Callable[..., Any]) -> Callable[..., Any]:
    function = click.option(
        "--key",
        type=click.Path(dir_okay=False),
        help="Its key. Default: that of the configuration.",
    )(function)
    function = click.option(
        "--ledger",
        "where",
        help="A file or a postgresql: URL. Default: that of the configuration.",
    )(function)
    return render.config_option(function)


@click.group(name="ledger", short_help="whose data left, against the thresholds of law")
def command() -> None:
    """Count whose data left, against the cumulative thresholds of law.

    The ledger holds keyed pseudonyms, no names. A transfer that cannot be counted is not made.
    """


@command.command(name="init")
@_where
def init(where: str | None, key: str | None, config_file: str | None) -> None:
    """Begin a ledger, and its key if there is none. Every count is zero then: see `carry`."""
    from guard.ledger import Ledger, SubjectKey  # noqa: PLC0415

    config = _config(config_file)
    place, key_file = _place(config, where), _key_file(config, key)
    if not key_file.exists():
        SubjectKey.generate().save(key_file)
        render.line(f"wrote {key_file}: keep a copy apart; without it the counts cannot go on")
    Ledger.create(place, SubjectKey.load(key_file))
    render.line(f"began {_shown(place)}; what left before: guard ledger carry", style="green")
    if config.ledger is None:
        render.line("Nobody counts yet: guard.toml has no section [ledger] (`guard init --print`).")


@command.command(name="show")
@click.option("--as-of", default="", help="The end of that day (UTC), YYYY-MM-DD. Default: now.")
@render.json_option
@_where
def show(
    as_of: str, where: str | None, key: str | None, config_file: str | None, *, as_json: bool
) -> None:
    """Show each count, its window, and the next boundary with what it means.

    Counterparties without a count are left out, except of the JSON.
    """
    from guard.ledger import standings  # noqa: PLC0415

    ledger = _open(where, key, config_file, keyless=key is None)
    try:
        now = ledger.clock()
        found = standings(ledger, _end_of(as_of, now) if as_of else now)
    finally:
        ledger.close()
    if as_json:
        rows = [{**dataclasses.asdict(one), "share": round(one.share, 4)} for one in found]
        render.document({"schema": "guard/ledger/1", "as_of": as_of or now.date().isoformat(),
                         "counts": rows})  # fmt: skip
        return
    instrument = ""
    shown = [one for one in found if one.number or not one.counterparty]
    for one in shown:
        if one.instrument != instrument:
            render.heading(one.instrument)
            instrument = one.instrument
        for line in lines_of(one):
            render.line(line)
    if any(not one.exact for one in shown):
        render.line()
        render.line("<= : at most so many; where a count is not exact it is too high.")


@command.command(name="verify")
@_where
def verify(where: str | None, key: str | None, config_file: str | None) -> None:
    """Look for damage and recount every person; exit 1 when the numbers do not add up."""
    ledger = _open(where, key, config_file)
    try:
        ledger.verify()
    finally:
        ledger.close()
    render.line("the ledger adds up", style="green")


@command.command(name="prune")
@_where
def prune(where: str | None, key: str | None, config_file: str | None) -> None:
    """Erase the pseudonyms that are in no window any more."""
    ledger = _open(where, key, config_file)
    try:
        number = ledger.prune()
    finally:
        ledger.close()
    render.line(f"erased {number:,} pseudonyms")


@command.command(name="carry")
@click.argument("threshold")
@click.argument("number", type=click.IntRange(1))
@click.option("--day", required=True, help="The day on which they left (the last), YYYY-MM-DD.")
@click.option("--counterparty", default="", help="Who got them, where that is counted apart.")
@_where
def carry(
    threshold: str,
    number: int,
    *,
    day: str,
    counterparty: str,
    where: str | None,
    key: str | None,
    config_file: str | None,
) -> None:
    """Add NUMBER persons to THRESHOLD whose data left before this ledger was begun."""
    _known(counterparty, config_file)
    ledger = _open(where, key, config_file)
    try:
        at = _end_of(day, ledger.clock())
        ledger.carry(threshold, number, at, counterparty=counterparty)
    finally:
        ledger.close()
    render.line(f"carried {number:,} into {threshold}")


def lines_of(one: Standing) -> list[str]:
    """A count as lines of at most 80 columns."""
    who = f" · {one.counterparty}" if one.counterparty else ""
    number = f"{'' if one.exact else '<= '}{one.number:,}"
    goal = f" of {one.following:,}" if one.following else ""
    filled = int(one.share * _BAR)
    bar = "█" * filled + "░" * (_BAR - filled)
    since = f"since {one.since}" if one.since else "none yet"
    parts = [
        f"  {one.threshold}{who} ({one.cites})",
        f"    {bar} {number}{goal} {one.counted} {since}",
    ]
    if one.reached:
        parts.append(f"    reached {one.reached:,}: {one.means}")
    if one.following:
        parts.append(f"    from {one.following:,}: {one.following_means}")
    return [
        line
        for part in parts
        for line in textwrap.wrap(part, _WIDTH - 1, subsequent_indent="      ")
    ]


def _config(config_file: str | None) -> Config:
    from guard.config import Config, find  # noqa: PLC0415

    return Config.load(config_file or find())


def _place(config: Config, where: str | None) -> Path | str:
    from guard.ledger.ledger import is_url  # noqa: PLC0415

    if where is None:
        return config.ledger_place()
    return where if is_url(where) else Path(where)


def _key_file(config: Config, key: str | None) -> Path:
    from guard.config import LedgerSection  # noqa: PLC0415

    return Path(key) if key else config.path((config.ledger or LedgerSection()).key_file)


def _shown(place: Path | str) -> str:
    """A URL may hold a password; it is not shown."""
    return str(place) if isinstance(place, Path) else "the ledger in PostgreSQL"


def _open(
    where: str | None, key: str | None, config_file: str | None, *, keyless: bool = False
) -> Ledger:
    from guard import data  # noqa: PLC0415
    from guard.config import LedgerSection  # noqa: PLC0415
    from guard.ledger import Ledger, SubjectKey, rules  # noqa: PLC0415
    from guard.regions import Regions  # noqa: PLC0415

    config = _config(config_file)
    own = [config.path(directory) for directory in config.regions.directories]
    regions = Regions.load([data.verified("regions"), *own], destinations=config.destination)
    return Ledger.open(
        _place(config, where),
        None if keyless else SubjectKey.load(_key_file(config, key)),
        rules(regions),
        clock=lambda: datetime.now(UTC),
        wait_s=(config.ledger or LedgerSection()).wait_s,
    )


def _end_of(day: str, now: datetime) -> datetime:
    """The last second of a day, or now if that is today."""
    try:
        asked = datetime.combine(date.fromisoformat(day), time(23, 59, 59), UTC)
    except ValueError:
        raise ConfigError(f"{day[:20]!r} is no day", remedy="write it as YYYY-MM-DD") from None
    return now if now < asked < now + timedelta(days=1) and asked.date() == now.date() else asked


def _known(counterparty: str, config_file: str | None) -> None:
    """A company that nobody knows would be counted apart for ever, and its threshold never reached.

    Raises:
        ConfigError: No destination of the tables belongs to it.
    """
    from guard.cli.policy_session import load_policies  # noqa: PLC0415

    if not counterparty:
        return
    regions, _ = load_policies(config_file)
    companies = {name: row.company for name, row in regions.companies.items()}
    known = {companies.get(one.provider, one.provider) for one in regions.destinations.values()}
    if counterparty not in known:
        raise ConfigError(
            f"no destination belongs to {counterparty[:60]!r}",
            remedy="name a provider of `guard region list`, or its company of "
            "`guard region list --table companies`",
        )
