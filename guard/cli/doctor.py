"""`guard doctor`: can it detect, decide, write and verify, offline?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from guard.cli import render
from guard.cli.main import exit_code
from guard.cli.session import open_guard
from guard.errors import GuardError, VerificationError

if TYPE_CHECKING:
    from guard.api import Guard

_STALE_DAYS = 180
_PROBE = "doctor@example.org"


@click.command(name="doctor", short_help="can it detect, decide, write and verify, offline?")
@render.json_option
@render.config_option
def command(*, as_json: bool, config_file: str | None) -> int:
    """Try every part once: tables, policies, detection, a decision, log, vault and ledger."""
    with open_guard(config_file) as guard:
        tried = [(name, *_try(check, guard)) for name, check in CHECKS]
    results = [(name, error is None, said) for name, error, said in tried]
    failed = max((exit_code(error) for _, error, _ in tried if error is not None), default=0)
    if any(isinstance(error, VerificationError) for _, error, _ in tried):
        failed = 1
    if as_json:
        checks = [{"check": name, "ok": ok, "message": said} for name, ok, said in results]
        render.document({"schema": "guard/doctor/1", "ok": not failed, "checks": checks})
    else:
        for name, ok, said in results:
            render.line(f"{'ok  ' if ok else 'FAIL'} {name}: {said}", style="" if ok else "red")
    return failed


def _try(check: Callable[[Guard], str], guard: Guard) -> tuple[GuardError | None, str]:
    try:
        return None, check(guard)
    except GuardError as error:
        return error, str(error)


def _configuration(guard: Guard) -> str:
    context = guard.config.context
    return f"mode {guard.config.mode}, established in {', '.join(context.establishment)}"


def _tables(guard: Guard) -> str:
    regions = guard.regions
    stale = regions.stale(_STALE_DAYS, datetime.now(UTC).date().isoformat())
    if stale:
        raise GuardError(f"{len(stale)} rows are stale", remedy="see `guard region check`")
    return f"{len(regions.destinations)} destinations, none older than {_STALE_DAYS} days"


def _policies(guard: Guard) -> str:
    rules = guard.policies.catalogue.rules
    instruments = {r.instrument for r in rules.values()} - {"guard"}
    return (
        f"{len(rules)} rules of {', '.join(sorted(instruments))}; "
        f"{guard.config.policy.engine} engine"
    )


def _detection(guard: Guard) -> str:
    guard.detector.canary()
    models = ", ".join(f"{k}={v}" for k, v in guard.config.detection.models.items())
    return f"{len(guard.catalogue.detectors)} detectors, {models}"


def _decision(guard: Guard) -> str:
    verdict = guard.check(f"write to {_PROBE}", principal="doctor")
    if not any(f.category == "contact.email" for f in verdict.findings):
        raise GuardError("a planted e-mail address was not found")
    return f"{verdict.decision.effect} for {verdict.decision.destination}, log #{verdict.index}"


def _log(guard: Guard) -> str:
    from guard.log import Log, SigningKey  # noqa: PLC0415

    section = guard.config.log
    key = SigningKey.load(guard.config.path(section.key_file)).verifier
    done = Log(guard.config.path(section.directory), verifier=key).verify()
    return f"log verified: {done.entries} entries of {done.origin}"


def _vault(guard: Guard) -> str:
    with guard.vault.conversation("doctor") as tokenise:
        token = tokenise("EMAIL", _PROBE)
    if guard.vault.restore(token, "doctor") != _PROBE:
        raise GuardError("a pseudonym did not come back")
    guard.vault.forget("doctor")
    return "a pseudonym went out and came back"


def _ledger(guard: Guard) -> str:
    if guard.books is None:
        return "none; laws with thresholds take the worst for granted (`guard ledger init`)"
    from guard.ledger import standings  # noqa: PLC0415

    ledger = guard.books.ledger
    ledger.verify()
    counted = [one for one in standings(ledger, ledger.clock()) if one.number]
    if not counted:
        return f"{len(ledger.rules)} thresholds, nothing counted (before it: `guard ledger carry`)"
    nearest = max(counted, key=lambda one: one.share)
    return f"adds up; nearest to a boundary: {nearest.threshold}, {nearest.share:.0%}"


CHECKS: tuple[tuple[str, Callable[[Guard], str]], ...] = (
    ("configuration", _configuration),
    ("tables", _tables),
    ("policies", _policies),
    ("detection", _detection),
    ("decision", _decision),
    ("log", _log),
    ("vault", _vault),
    ("ledger", _ledger),
)
