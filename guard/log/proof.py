"""A receipt that stands alone: c2sp.org/tlog-proof@v1.

    c2sp.org/tlog-proof@v1
    extra <base64 of the entry>
    index 1041
    <inclusion proof, one base64 hash a line>

    <checkpoint, a signed note>

The format does not authenticate ``extra``; here it is the entry itself, and the verifier hashes it.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass

from guard.errors import VerificationError
from guard.log import checkpoint as checkpoints
from guard.log import record
from guard.log.merkle import HASH_BYTES, leaf_hash, verify_inclusion
from guard.log.note import Verifier, decode_base64
from guard.log.schema import AnyRecord
from guard.log.tiles import MAX_ENTRY

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MAX_HASHES = 63
_MAX_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry, where it stands, and what proves it.

    Args:
        entry: The entry's bytes.
        index: Its index.
        hashes: The inclusion proof, from the leaf's sibling upwards.
        checkpoint: The signed note over the tree.
    """

    entry: bytes
    index: int
    hashes: Sequence[bytes]
    checkpoint: bytes

    def render(self) -> str:
        """The proof's text."""
        lines = [
            _FIRST_LINE,
            f"extra {base64.b64encode(self.entry).decode()}",
            f"index {self.index}",
            *(base64.b64encode(item).decode() for item in self.hashes),
        ]
        return "\n".join(lines) + "\n\n" + self.checkpoint.decode()


def parse(text: str) -> Proof:
    """Read a proof without checking it.

    Raises:
        VerificationError: If it is not a proof that carries its entry.
    """
    top, separator, checkpoint = text.partition("\n\n")
    lines = top.split("\n")
    if len(text) > _MAX_CHARACTERS or not separator or not 3 <= len(lines) <= 3 + _MAX_HASHES:
        raise _malformed()
    try:
        proof = Proof(
            entry=decode_base64(lines[1].removeprefix("extra ")),
            index=int(lines[2].removeprefix("index ")[:20]),
            hashes=tuple(decode_base64(line) for line in lines[3:]),
            checkpoint=checkpoint.encode(),
        )
        same = proof.render() == text
    except ValueError:
        raise _malformed() from None
    sized = len(proof.entry) <= MAX_ENTRY and all(len(h) == HASH_BYTES for h in proof.hashes)
    if not same or not sized:
        raise _malformed()
    return proof


def verify_proof(text: str, verifier: Verifier) -> AnyRecord:
    """The record that a proof shows to be in the log of `verifier`.

    Raises:
        VerificationError: If the signature, the inclusion or the record do not hold.
    """
    proof = parse(text)
    head = checkpoints.open_checkpoint(proof.checkpoint, verifier)
    leaf = leaf_hash(proof.entry)
    if not verify_inclusion(leaf, proof.index, head.size, proof.hashes, head.root):
        raise VerificationError(f"the entry is not at index {proof.index} of the signed log")
    return record.parse(proof.entry)


def _malformed() -> VerificationError:
    return VerificationError("malformed proof")
