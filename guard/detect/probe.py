"""A timed probe: a pattern against texts that make weak patterns backtrack.

The tree test in `guard.detect.backtracking` is what refuses; this is the second opinion that
`guard detector test` gives, on the machine it runs on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from guard.detect.catalogue import DetectorSpec

LENGTH = 20_000
"""Code points of one probe."""
LIMIT_S = 2.0
"""Seconds a pattern may take on one probe; sound ones take milliseconds."""


def slow(spec: DetectorSpec) -> list[int]:
    """Indexes of the patterns of `spec` that take too long on some probe."""
    flags = regex.IGNORECASE if spec.ignore_case else 0
    probes = list(_probes(spec))
    found = []
    for index, pattern in enumerate(spec.patterns):
        compiled = regex.compile(pattern.regex, flags)
        try:
            for probe in probes:
                for _ in compiled.finditer(probe, overlapped=True, timeout=LIMIT_S):
                    pass
        except TimeoutError:
            found.append(index)
    return found


def _probes(spec: DetectorSpec) -> Iterator[str]:
    """What almost matches: examples cut short and repeated, and single characters repeated."""
    yield from (char * LENGTH for char in "0aA- .:@/")
    for example in spec.match:
        value = example.value
        for part in (value, value[:-1], value[: len(value) // 2 + 1]):
            yield (part * (LENGTH // len(part) + 1) if part else "") + "!"
