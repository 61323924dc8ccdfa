"""The signed head of a log: c2sp.org/tlog-checkpoint.

Three lines, no extension lines (cosignatures of newer types do not cover them)::

    acme.example/guard
    1042
    rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from guard.errors import VerificationError
from guard.log.merkle import EMPTY_ROOT, HASH_BYTES
from guard.log.note import Verifier, decode_base64, open_note

MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head.

    Args:
        origin: The log's name, which is its key's name.
        size: Number of entries.
        root: The tree's root, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def render(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse(text: str) -> Checkpoint:
    """Read a checkpoint's text.

    Raises:
        VerificationError: If it is not exactly a checkpoint without extension lines.
    """
    lines = text.split("\n")
    try:
        origin, decimal, encoded, end = lines
        # int() would also read "+1" and "01"; twenty digits are already beyond MAX_SIZE.
        checkpoint = Checkpoint(origin, int(decimal[:20]), decode_base64(encoded))
    except ValueError:
        raise VerificationError("malformed checkpoint") from None
    proper = (
        bool(origin)
        and not end
        and checkpoint.render() == text
        and 0 <= checkpoint.size <= MAX_SIZE
        and len(checkpoint.root) == HASH_BYTES
        and (checkpoint.size > 0 or checkpoint.root == EMPTY_ROOT)
    )
    if not proper:
        raise VerificationError("malformed checkpoint")
    return checkpoint


def open_checkpoint(data: bytes, verifier: Verifier) -> Checkpoint:
    """The checkpoint in a note that `verifier` signed and whose origin is the verifier's name.

    Raises:
        VerificationError: If it is anything else.
    """
    checkpoint = parse(open_note(data, verifier))
    if checkpoint.origin != verifier.name:
        raise VerificationError("the checkpoint is of another log than its key")
    return checkpoint
