"""What is counted and timed, as Prometheus reads it (text format 0.0.4).

Labels come from closed sets: the server's own endpoints, the configuration's destinations and
upstreams, statuses and effects. No key, tenant, model a caller wrote, or text is ever one.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping
from threading import Lock

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Upper bounds of the buckets, in seconds."""

Labels = tuple[str, ...]


class Counter:
    """A number by labels, which only grows.

    Args:
        name: Its name.
        said: What it counts.
        labels: Names of its labels.
    """

    kind = "counter"

    def __init__(self, name: str, said: str, labels: tuple[str, ...]) -> None:
        self.name, self.said, self._labels = name, said, labels
        self._lock = Lock()
        self._counts: dict[Labels, int] = {}

    def add(self, *labels: str) -> None:
        """Count one."""
        with self._lock:
            self._counts[labels] = self._counts.get(labels, 0) + 1

    def lines(self, worker: str) -> Iterable[str]:
        """The samples."""
        with self._lock:
            counts = sorted(self._counts.items())
        for labels, count in counts:
            yield f"{self.name}{_braced(worker, zip(self._labels, labels, strict=True))} {count}"


class Histogram:
    """Times by stage.

    Args:
        name: Its name.
        said: What it times.
        label: Name of its label.
    """

    kind = "histogram"

    def __init__(self, name: str, said: str, label: str) -> None:
        self.name, self.said, self._label = name, said, label
        self._lock = Lock()
        self._buckets: dict[str, list[int]] = {}
        self._sums: dict[str, float] = {}

    def observe(self, label: str, seconds: float) -> None:
        """Take a measurement."""
        place = bisect.bisect_left(_BOUNDS, seconds)
        with self._lock:
            buckets = self._buckets.get(label)
            if buckets is None:
                buckets = self._buckets[label] = [0] * (len(_BOUNDS) + 1)
            buckets[place] += 1
            self._sums[label] = self._sums.get(label, 0.0) + seconds

    def lines(self, worker: str) -> Iterable[str]:
        """The samples, buckets summed up as the format has it."""
        with self._lock:
            found = [(k, list(v), self._sums[k]) for k, v in sorted(self._buckets.items())]
        for value, buckets, total in found:
            below = 0
            for bound, count in zip((*map(str, _BOUNDS), "+Inf"), buckets, strict=True):
                below += count
                labels = _braced(worker, ((self._label, value), ("le", bound)))
                yield f"{self.name}_bucket{labels} {below}"
            labels = _braced(worker, ((self._label, value),))
            yield f"{self.name}_sum{labels} {total:.6f}"
            yield f"{self.name}_count{labels} {below}"


class Gauge:
    """Numbers that are looked up when they are asked for.

    Args:
        name: Its name.
        said: What it shows.
        label: Name of its label.
        values: Number by label.
    """

    kind = "gauge"

    def __init__(
        self, name: str, said: str, label: str, values: Callable[[], Mapping[str, float]]
    ) -> None:
        self.name, self.said, self._label, self._values = name, said, label, values

    def lines(self, worker: str) -> Iterable[str]:
        """The samples."""
        for value, number in sorted(self._values().items()):
            yield f"{self.name}{_braced(worker, ((self._label, value),))} {number:g}"


class Metrics:
    """All of a worker.

    Args:
        worker: Which one, so that the samples of several are told apart.
    """

    def __init__(self, worker: int) -> None:
        self._worker = str(worker)
        self.requests = Counter(
            "guard_requests_total",
            "Requests by endpoint, effect of the decision, destination and status.",
            ("endpoint", "effect", "destination", "status"),
        )
        self.hops = Counter(
            "guard_upstream_requests_total",
            "Requests sent to upstreams, by status or kind of failure.",
            ("upstream", "outcome"),
        )
        self.cut = Counter(
            "guard_answers_cut_total", "Answers that did not come to their end.", ("endpoint",)
        )
        self.drift = Counter(
            "guard_drift_total",
            "Answers that say they were served elsewhere than was decided.",
            ("upstream",),
        )
        self.times = Histogram(
            "guard_stage_seconds",
            "Time of a stage: detect, conclude, treat, reserve, append, decide (all of these), "
            "upstream (to the first byte).",
            "stage",
        )
        self._gauges: list[Gauge] = []

    def shown(self, gauge: Gauge) -> None:
        """Show a gauge too."""
        self._gauges.append(gauge)

    def render(self) -> bytes:
        """All samples."""
        lines: list[str] = []
        shown: list[Counter | Histogram | Gauge] = [self.requests, self.hops, self.cut, self.drift]
        for one in (*shown, self.times, *self._gauges):
            lines += (f"# HELP {one.name} {one.said}", f"# TYPE {one.name} {one.kind}")
            lines += one.lines(self._worker)
        return ("\n".join(lines) + "\n").encode()


def _braced(worker: str, labels: Iterable[tuple[str, str]]) -> str:
    pairs = (("worker", worker), *labels)
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
