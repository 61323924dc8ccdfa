"""A log directory as it stands: the published tree and the journal beyond it.

An auditor's reader and a writer that recovers see it by the same code. The journal is read before
the checkpoint: a writer publishes first and removes journal segments afterwards, so that in this
order nothing is missed while it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guard.errors import VerificationError
from guard.log import checkpoint as checkpoints
from guard.log import journal, tiles
from guard.log.checkpoint import Checkpoint
from guard.log.merkle import EMPTY_ROOT, Frontier, leaf_hash
from guard.log.note import Verifier

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a directory held at one moment.

    Args:
        published: Size of the tree that `checkpoint` and tiles on disk describe.
        edge: The right edge of the published tree.
        tail: Entries of the journal beyond it.
        head: The latest signed head; of size 0 when there is none.
        note: Its bytes, empty when there is none.
        segments: The journal's files.
        torn: The journal ends in a write that was cut.
    """

    published: int
    edge: tiles.Edge
    tail: tuple[bytes, ...]
    head: Checkpoint
    note: bytes
    segments: tuple[Path, ...]
    torn: bool


def load(directory: Path, verifier: Verifier) -> Snapshot:
    """Read a directory and check its heads: signatures, and that the journal continues the tiles.

    The entries below the right edge are not looked at; see `guard.log.verify`.

    Raises:
        VerificationError: If something is missing, damaged, or signed by another key.
    """
    for _ in range(_ATTEMPTS):
        scans = _journal(directory)
        if scans is not None:
            break
    else:
        raise VerificationError("the journal changes faster than it can be read")
    head, note = _published(directory, verifier)
    edge = load_edge(directory, head)
    published = head.size
    tail: list[bytes] = []
    frontier = Frontier(edge.size, edge.peaks())
    for path, scan in scans:
        for frame in scan.frames:
            if frame.end <= published:
                continue
            head = _continue(frame, frontier, path.name, verifier)
            tail.extend(frame.entries)
            note = frame.checkpoint
    torn = any(scan.torn for _, scan in scans)
    paths = tuple(path for path, _ in scans)
    return Snapshot(published, edge, tuple(tail), head, note, paths, torn)


def load_edge(directory: Path, head: Checkpoint) -> tiles.Edge:
    """The partial tiles at the right edge of a published tree.

    Raises:
        VerificationError: If they do not have the head's root.
    """
    rows: list[list[bytes]] = []
    for level in range(tiles.levels_of(head.size)):
        number, count = divmod(head.size >> (8 * level), tiles.WIDTH)
        rows.append(tiles.read_tile(directory, level, number, count) if count else [])
    edge = tiles.Edge(head.size, rows)
    if edge.root() != head.root:
        raise VerificationError("the tiles at the right edge do not match the checkpoint")
    return edge


def _journal(directory: Path) -> list[tuple[Path, journal.Scan]] | None:
    """Every segment, or None when one went away meanwhile."""
    found: list[tuple[Path, journal.Scan]] = []
    for path in journal.segments(directory):
        try:
            found.append((path, journal.scan(path.read_bytes(), path.name)))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise VerificationError(f"{path.name} cannot be read: {error.strerror}") from None
    for place, (path, scan) in enumerate(found):
        if scan.torn and any(later.frames for _, later in found[place + 1 :]):
            raise VerificationError(
                f"{journal.DIRECTORY}/{path.name} is damaged at its end, and the next one is whole",
                remedy="this is not what a crash leaves: restore the directory from a copy",
            )
    return found


def _published(directory: Path, verifier: Verifier) -> tuple[Checkpoint, bytes]:
    try:
        note = (directory / "checkpoint").read_bytes()
    except FileNotFoundError:
        if (directory / "tile").exists() and not journal.segments(directory):
            raise VerificationError("there are tiles but no checkpoint") from None
        return Checkpoint(verifier.name, 0, EMPTY_ROOT), b""
    except OSError as error:
        raise VerificationError(f"the checkpoint cannot be read: {error.strerror}") from None
    return checkpoints.open_checkpoint(note, verifier), note


def _continue(
    frame: journal.Frame, frontier: Frontier, name: str, verifier: Verifier
) -> Checkpoint:
    where = f"{journal.DIRECTORY}/{name}"
    if frame.first != frontier.size:
        raise VerificationError(
            f"{where}: the journal goes on at entry {frame.first}, the log ends at {frontier.size}"
        )
    for entry in frame.entries:
        frontier.append(leaf_hash(entry))
    head = checkpoints.open_checkpoint(frame.checkpoint, verifier)
    if (head.size, head.root) != (frontier.size, frontier.root()):
        raise VerificationError(
            f"{where}: entries {frame.first} to {frame.end - 1} are not those that were signed"
        )
    return head


def load_frontier(directory: Path, verifier: Verifier) -> Frontier:
    """The frontier of the published tree.

    Raises:
        VerificationError: If checkpoint or right edge are missing or damaged.
    """
    edge = load_edge(directory, _published(directory, verifier)[0])
    return Frontier(edge.size, edge.peaks())
