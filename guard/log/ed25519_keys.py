"""Which 32 bytes may serve as an Ed25519 public key.

Libraries accept points of low order and second encodings of a point; under the former one signature
can fit many messages. Both are refused when a key is loaded.

Source: RFC 8032, section 5.1.3; Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs" (2020).
"""

from __future__ import annotations

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P


def acceptable(key: bytes) -> bool:
    """Whether `key` is the canonical encoding of a point on the curve that is not of low order."""
    if len(key) != 32:
        return False
    number = int.from_bytes(key, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    if y >= _P:
        return False
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if square == 0:  # x = 0: the orders 1 and 2, and "-0" is no canonical encoding either
        return False
    if pow(square, (_P - 1) // 2, _P) != 1:
        return False
    x = _root(square)
    if x & 1 != sign:
        x = _P - x
    return not _low_order(x, y)


def _root(square: int) -> int:
    """A square root modulo 2**255 - 19 (RFC 8032, 5.1.3 step 3)."""
    root = pow(square, (_P + 3) // 8, _P)
    if root * root % _P != square:
        root = root * pow(2, (_P - 1) // 4, _P) % _P
    return root


def _low_order(x: int, y: int) -> bool:
    """Whether eight times the point is the neutral element (0, 1)."""
    for _ in range(3):
        x, y = _double(x, y)
    return x == 0


def _double(x: int, y: int) -> tuple[int, int]:
    product = _D * x * x * y * y
    return (
        2 * x * y * pow(1 + product, -1, _P) % _P,
        (y * y + x * x) * pow(1 - product, -1, _P) % _P,
    )
