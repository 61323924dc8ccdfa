"""What a policy would change: the recorded decisions of a log asked again, each kind once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guard.log import VerifierKey
from guard.officer.again import Again, Replayer
from guard.officer.candidate import Candidate
from guard.officer.impact import Change, Impact, Unreplayed
from guard.officer.reading import Progress, Tally, Window, pool, read
from guard.officer.recorded import decided
from guard.policy import PolicySet
from guard.policy.compiled import embedded
from guard.types import Destination

SHARE = 64
"""Distinct decisions that a process is asked about at a time."""

_MEMORY = 65_536


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which terms recorded decisions are asked again.

    Args:
        retention_days: How long the log is kept, in days, instead of what the records say (an
            obligation asks for it).
        earlier_days: How long, for earlier records, which do not say it.
        current: Use the destinations' facts of today's tables instead of the recorded ones; counts
            stay those of the records.
        limit: How many decisions to replay at most, from the first on.
        workers: Processes; 0 for one a processor.
    """

    retention_days: int | None = None
    earlier_days: int = 365
    current: bool = False
    limit: int | None = None
    workers: int = 0


def replay(
    directory: Path,
    key: VerifierKey,
    candidate: Candidate,
    window: Window,
    terms: Terms,
    *,
    progress: Progress = lambda *_: None,
) -> Impact:
    """Verify a log and ask a policy about every decision in it.

    Args:
        directory: The log's directory.
        key: The log's public key.
        candidate: The policy.
        window: Which decisions.
        terms: How to ask.
        progress: Told of work done.

    Raises:
        VerificationError: If the log is not what was signed.
        InputError: If it holds no decision in the window.
    """
    done = read(directory, key, window, limit=terms.limit, workers=terms.workers, progress=progress)
    tally = done.tally
    digests = sorted(tally.kernels, key=tally.first.__getitem__)
    kernels = [tally.kernels[digest] for digest in digests]
    asked = dict(zip(digests, _asked(kernels, candidate, terms, progress), strict=True))
    return Impact(
        origin=done.origin,
        entries=done.entries,
        root=done.root,
        revision=candidate.policy_set.revision,
        window=window,
        limited=terms.limit is not None and tally.kinds["decision"] >= terms.limit,
        decisions=tally.kinds["decision"],
        distinct=len(kernels),
        errors=tally.kinds["error"],
        catalogue=candidate.policy_set.catalogue,
        changes=_changes(asked, tally),
        unreplayed=tuple(
            Unreplayed.of(batch, candidate.policy_set.catalogue)
            for batch in tally.batches
            if batch.policy.revision != candidate.policy_set.revision
        ),
        batches=len(tally.batches),
    )


def _asked(
    kernels: Sequence[bytes], candidate: Candidate, terms: Terms, progress: Progress
) -> Iterator[Again]:
    tables = dict(candidate.regions.destinations) if terms.current else {}
    workers = min(terms.workers or os.cpu_count() or 1, -(-len(kernels) // SHARE))
    shares = [kernels[at : at + SHARE] for at in range(0, len(kernels), SHARE)]
    arguments = (candidate.policy_set, tables, terms)
    if workers <= 1:
        one = _Asker(*arguments)
        answers = map(one, shares)
        for number, found in enumerate(answers, start=1):
            yield from found
            progress("deciding", min(number * SHARE, len(kernels)), len(kernels))
        return
    with pool(workers, _begin, arguments) as executor:
        for number, found in enumerate(executor.map(_ask, shares), start=1):
            yield from found
            progress("deciding", min(number * SHARE, len(kernels)), len(kernels))


class _Asker:
    def __init__(self, policy_set: PolicySet, tables: dict[str, Destination], terms: Terms) -> None:
        policy = embedded(policy_set, memory=_MEMORY)
        self._replayer = Replayer(policy, tables, terms.retention_days, terms.earlier_days)

    def __call__(self, kernels: Sequence[bytes]) -> list[Again]:
        return [self._replayer(decided(kernel)) for kernel in kernels]


_ASKER: list[_Asker] = []


def _begin(policy_set: PolicySet, tables: dict[str, Destination], terms: Terms) -> None:
    _ASKER[:] = [_Asker(policy_set, tables, terms)]


def _ask(kernels: Sequence[bytes]) -> list[Again]:
    return _ASKER[0](kernels)


def _changes(asked: dict[bytes, Again], tally: Tally) -> tuple[Change, ...]:
    changes = []
    principals: dict[bytes, dict[str, int]] = {}
    for (digest, actor), count in tally.counts.items():
        if asked[digest].before != asked[digest].after:
            principals.setdefault(digest, {})[actor.decode()] = count
    for digest, actors in principals.items():
        again = asked[digest]
        changes.append(Change(again.before, again.after, actors, tally.first[digest]))
    return tuple(sorted(changes, key=lambda change: change.first))
