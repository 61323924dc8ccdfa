"""What Prometheus reads."""

from __future__ import annotations

import re

from guard.gateway.metrics import Gauge, Metrics

LINE = re.compile(
    r'[a-z_]+\{[a-z]+="(?:[^"\\\n]|\\.)*"(?:,[a-z]+="(?:[^"\\\n]|\\.)*")*\} [0-9.e+-]+'
)


def shown(metrics):
    return metrics.render().decode().splitlines()


def test_every_line_is_of_the_format():
    metrics = Metrics(3)
    metrics.requests.add("/v1/x", "permit", 'a"b\\c\nd', "200")
    metrics.times.observe("detect", 0.003)
    metrics.shown(Gauge("guard_x", "x", "y", lambda: {"z": 1.0}))
    for line in shown(metrics):
        assert line.startswith(("# HELP ", "# TYPE ")) or LINE.fullmatch(line), line
        if not line.startswith("#"):
            assert 'worker="3"' in line


def test_counters_count_by_label():
    metrics = Metrics(1)
    for status in ("200", "200", "403"):
        metrics.requests.add("/v1/x", "permit", "us", status)
    found = [line for line in shown(metrics) if line.startswith("guard_requests_total")]
    assert [line.rpartition(" ")[2] for line in found] == ["2", "1"]


def test_buckets_add_up():
    metrics = Metrics(1)
    for seconds in (0.0001, 0.0005, 0.002, 100.0):
        metrics.times.observe("detect", seconds)
    buckets = {
        re.search(r'le="([^"]+)"', line)[1]: int(line.rpartition(" ")[2])
        for line in shown(metrics)
        if "_bucket" in line
    }
    assert (buckets["0.0005"], buckets["0.001"], buckets["0.0025"]) == (2, 2, 3)
    assert (buckets["60"], buckets["+Inf"]) == (3, 4)
    assert list(buckets.values()) == sorted(buckets.values())
    assert 'guard_stage_seconds_count{worker="1",stage="detect"} 4' in shown(metrics)
