"""`guard log`: what an auditor needs, with nothing but a public key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guard.cli import render
from guard.errors import ConfigError, VerificationError

if TYPE_CHECKING:
    from guard.log import Log, VerifierKey


_WORKER = re.compile(r"worker-[0-9]+")
"""A worker of the gateway: its log's directory, and the end of its log's name."""


def _where(function: Any) -> Any:
    function = click.option(
        "--key",
        help="The log's public key, or a file that holds it. Default: guard.pub of the config.",
    )(function)
    function = click.option(
        "--log", "directory", type=click.Path(), help="The log. Default: that of the config."
    )(function)
    return render.config_option(function)


def _open(directory: str | None, key: str | None, config_file: str | None) -> Log:
    from guard.log import Log  # noqa: PLC0415

    place, verifier = _place(directory, key, config_file)
    return Log(place, verifier=_own(place, verifier))


def _place(
    directory: str | None, key: str | None, config_file: str | None
) -> tuple[Path, VerifierKey]:
    """Where the log is, and its public key."""
    if directory is None or key is None:
        from guard import config  # noqa: PLC0415

        loaded = config.Config.load(config_file or config.find())
        directory = directory or str(loaded.path(loaded.log.directory))
        key = key or _public(loaded.path(loaded.log.key_file))
    if not Path(directory).is_dir():
        raise ConfigError(f"{directory}: no log there", remedy="make a decision first")
    return Path(directory), _verifier(key)


def _own(directory: Path, key: VerifierKey) -> VerifierKey:
    """The key of a log: a worker's of the gateway has the worker's name added to the log's."""
    from guard.log import VerifierKey  # noqa: PLC0415

    added = f"/{directory.name}"
    if not _WORKER.fullmatch(directory.name) or key.name.endswith(added):
        return key
    return VerifierKey(key.name + added, key.public)


def _all(directory: Path, key: VerifierKey) -> list[Log]:
    """The logs of a directory: one, or one for each worker of the gateway."""
    from guard.log import Log  # noqa: PLC0415

    found = [one for one in directory.glob("worker-*") if _WORKER.fullmatch(one.name)]
    found.sort(key=lambda one: int(one.name.partition("-")[2]))
    if not found or any((directory / name).exists() for name in ("checkpoint", "journal", "tile")):
        found.insert(0, directory)
    return [Log(one, verifier=_own(one, key)) for one in found]


def _verifier(key: str) -> VerifierKey:
    """A public key as given, or out of the file of that name."""
    from guard.log import VerifierKey  # noqa: PLC0415

    return VerifierKey.load(Path(key)) if Path(key).is_file() else VerifierKey.parse(key)


def _public(key_file: Path) -> str:
    from guard.log import SigningKey  # noqa: PLC0415

    return str(SigningKey.load(key_file).verifier)


@click.group(name="log", short_help="read, prove and verify the decision log")
def command() -> None:
    """Read, prove and verify the decision log.

    An auditor needs a copy of the log's directory and the public key, nothing else:

        guard log verify --log decisions/ --key guard.pub
    """


@command.command(name="verify")
@render.json_option
@_where
def verify(
    directory: str | None, key: str | None, config_file: str | None, *, as_json: bool
) -> None:
    """Verify signature, tree and every entry; exit 1 and name the first bad entry otherwise.

    A directory that several workers of the gateway wrote holds a log of each; all are verified.
    """
    verified = [log.verify() for log in _all(*_place(directory, key, config_file))]
    if as_json:
        documents = [
            {
                "origin": done.origin,
                "entries": done.entries,
                "root": done.root,
                "linked": done.linked,
            }
            for done in verified
        ]
        if len(documents) == 1:
            render.document({"schema": "guard/verified/1", **documents[0]})
        else:
            render.document({"schema": "guard/verified-several/1", "logs": documents})
        return
    for done in verified:
        render.line(f"log verified: {done.entries:,} entries", style="green")
        render.line(f"  origin {done.origin}")
        render.line(f"  root   {done.root}")
        render.line(f"  links  {done.linked:,} entries name a decision, each one before them")
    if len(verified) > 1:
        render.line(f"  {len(verified)} logs: whether a worker's is missing, only you can tell.")
    render.line("  Keep the root: an older copy of the log verifies too, and only you can tell.")


@command.command(name="show")
@click.argument("entry", required=False)
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@render.json_option
@_where
def show(
    entry: str | None,
    last: int,
    directory: str | None,
    key: str | None,
    config_file: str | None,
    *,
    as_json: bool,
) -> None:
    """Show ENTRY (a decision's id or an index), or the newest entries."""
    log = _open(directory, key, config_file)
    if entry is not None:
        index = _index(log, entry)
        record = _record(next(iter(log.entries(index, index + 1))))
        render.document({"schema": "guard/entry/1", "index": index, "record": record})
        return
    size = len(log)
    first = max(0, size - last)
    records = [_record(r) for r in log.entries(first, size)]
    if as_json:
        rows = [{"index": first + i, "record": r} for i, r in enumerate(records)]
        render.document({"schema": "guard/entries/1", "origin": log.head.origin, "entries": rows})
        return
    render.table(
        ["#", "time", "kind", "effect", "what"],
        [[first + i, *_summary(r)] for i, r in enumerate(records)],
        right=["#"],
    )


@command.command(name="prove")
@click.argument("entry")
@click.option("--out", type=click.Path(dir_okay=False), help="Write the receipt here.")
@render.json_option
@_where
def prove(
    entry: str,
    out: str | None,
    directory: str | None,
    key: str | None,
    config_file: str | None,
    *,
    as_json: bool,
) -> None:
    """Write the receipt (c2sp.org/tlog-proof) of ENTRY, a decision's id or an index."""
    log = _open(directory, key, config_file)
    text = log.prove(_index(log, entry))
    if out is None:
        if as_json:
            render.document({"schema": "guard/receipt/1", "receipt": text})
        else:
            click.echo(text, nl=False)
        return
    try:
        Path(out).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written ({error.strerror})") from None
    render.line(f"wrote {out}; whoever has the public key can check it: guard log check-proof")


@command.command(name="check-proof")
@click.argument("receipt", type=click.Path(exists=True, dir_okay=False))
@click.option("--key", required=True, help="The log's public key, or a file that holds it.")
@render.json_option
def check_proof(receipt: str, key: str, *, as_json: bool) -> None:
    """Check a receipt with nothing but the public key."""
    from guard.log import verify_proof  # noqa: PLC0415

    try:
        text = Path(receipt).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise VerificationError(f"{receipt}: not a receipt") from None
    record = _record(verify_proof(text, _verifier(key)))
    if as_json:
        render.document({"schema": "guard/entry/1", "record": record})
    else:
        render.line(f"receipt verified: {record['kind']} {record['id']}", style="green")


def _index(log: Log, entry: str) -> int:
    if entry.isdigit() and entry.isascii():
        if int(entry) >= len(log):
            raise ConfigError(f"the log has {len(log)} entries", remedy="count from 0")
        return int(entry)
    return log.find(entry)[0]


def _record(record: Any) -> dict[str, Any]:
    plain: dict[str, Any] = record.model_dump(mode="json", by_alias=True)
    return plain


def _summary(record: dict[str, Any]) -> Iterator[str]:
    yield record["ts"][:19].replace("T", " ")
    yield record["kind"]
    kind = record["kind"]
    if kind == "decision":
        yield record["effect"]
        yield f"{record['destination']['id']} ({record['treatment']})"
    elif kind == "batch":
        yield ", ".join(f"{effect} {n:,}" for effect, n in record["effects"].items())
        yield f"{record['rows']:,} rows for {record['purpose']}"
    elif kind == "answer":
        yield record["outcome"]
        drifted = ", drift" if record["served"] and record["served"]["drift"] else ""
        yield f"{record['status'] or 'none'} for {record['decision']}{drifted}"
    else:
        yield ""
        yield record.get("stage", "")
