"""The Merkle tree of RFC 6962, section 2, over SHA-256: roots and proofs.

A leaf hashes to ``SHA-256(0x00 || entry)``, a node to ``SHA-256(0x01 || left || right)``. Building
a proof needs only the roots of complete subtrees, which the caller supplies as ``node(level,
index)``: the root over leaves ``index * 2**level`` up to ``(index + 1) * 2**level``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves (RFC 6962, 2.1)."""

Node = Callable[[int, int], bytes]

_sha256 = hashlib.sha256


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return _sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return _sha256(b"\x01" + left + right).digest()


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees of falling size, leftmost first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of neighbouring subtree roots."""
    row = list(hashes)
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=True)
        row = [_sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return row[0]


def peaks_of(hashes: Sequence[bytes]) -> list[bytes]:
    """The roots of the complete subtrees that `hashes`, of equal height, make up."""
    peaks: list[bytes] = []
    start, count = 0, len(hashes)
    for bit in reversed(range(count.bit_length())):
        width = 1 << bit
        if count & width:
            peaks.append(complete_root(hashes[start : start + width]))
            start += width
    return peaks


class Frontier:
    """The right edge of a growing tree: one root for each set bit of its size.

    Args:
        size: Number of leaves.
        peaks: Roots of the complete subtrees, largest first.
    """

    __slots__ = ("peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self.peaks = list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError("a frontier has one peak for each set bit of its size")

    def append(self, leaf: bytes) -> None:
        """Add a leaf's hash."""
        peaks, size = self.peaks, self.size
        while size & 1:
            leaf = node_hash(peaks.pop(), leaf)
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves."""
        return fold(self.peaks)

    def copy(self) -> Frontier:
        """An independent frontier of the same tree."""
        return Frontier(self.size, self.peaks)


def range_root(node: Node, start: int, end: int) -> bytes:
    """The root over leaves `start` to `end`, where `start` is aligned to the range's height."""
    peaks: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(node(level, start >> level))
        start += 1 << level
    return fold(peaks)


def inclusion_proof(node: Node, index: int, size: int) -> list[bytes]:
    """The audit path of a leaf, from its sibling upwards (RFC 6962, 2.1.1).

    Raises:
        ValueError: If there is no such leaf in a tree of that size.
    """
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, start, middle))
            start = middle
    path.reverse()
    return path


def consistency_proof(node: Node, old: int, new: int) -> list[bytes]:
    """The proof that the tree of size `old` is a prefix of that of size `new` (RFC 6962, 2.1.2).

    Empty when `old` is 0 or equals `new`.

    Raises:
        ValueError: If the sizes are not in order.
    """
    if not 0 <= old <= new:
        raise ValueError("the sizes are not in order")
    if old in {0, new}:
        return []
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_root(node, middle, end))
            end = middle
        else:
            path.append(range_root(node, start, middle))
            start, whole = middle, False
    if not whole:
        path.append(range_root(node, start, end))
    path.reverse()
    return path


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to, or None if it has not the right shape.

    Source: RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size or any(len(item) != HASH_BYTES for item in (leaf, *proof)):
        return None
    position, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if position & 1 or position == last:
            root = node_hash(sibling, root)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            root = node_hash(root, sibling)
        position >>= 1
        last >>= 1
    return root if last == 0 else None


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the leaf's hash stands at `index` in the tree of `size` and `root`."""
    return root_from_inclusion(leaf, index, size, proof) == root


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree of `old` leaves is a prefix of the tree of `new` leaves.

    From size 0 the only valid proof is empty and the old root is that of the empty tree: every tree
    continues the empty one (c2sp.org/tlog-witness accepts an old size of 0 in that way).

    Source: RFC 9162, section 2.1.4.2.
    """
    if not 0 <= old <= new or any(len(item) != HASH_BYTES for item in proof):
        return False
    if old == new:
        empty_is_empty = new > 0 or new_root == EMPTY_ROOT
        return not proof and old_root == new_root and empty_is_empty
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    return _walk(old - 1, new - 1, steps) == (old_root, new_root)


def _walk(position: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    while position & 1:
        position >>= 1
        last >>= 1
    before = after = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            before = node_hash(sibling, before)
            after = node_hash(sibling, after)
            while not position & 1 and position:
                position >>= 1
                last >>= 1
        else:
            after = node_hash(after, sibling)
        position >>= 1
        last >>= 1
    return (before, after) if last == 0 else None


def _split(width: int) -> int:
    """The largest power of two below `width` (RFC 6962, 2.1)."""
    return 1 << ((width - 1).bit_length() - 1)
