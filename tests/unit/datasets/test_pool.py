"""No unit is lost, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from guard.datasets.pool import Pool
from guard.errors import ConfigError, GuardError, InputError


def squares():
    def kernel(unit, advance):
        advance(unit)
        return unit * unit

    return kernel


def dies_once(folder):
    """Unit 3 kills its worker with SIGKILL at the first attempt."""

    def kernel(unit, advance):
        advance(10)
        mark = Path(folder) / "died"
        if unit == 3 and not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    return kernel


def poisoned():
    def kernel(unit, advance):
        if unit == 3:
            os._exit(9)
        return unit

    return kernel


def raises():
    def kernel(unit, advance):
        if unit == 1:
            raise InputError("not valid", file="a.csv", line=7, remedy="mend it")
        if unit == 2:
            raise ValueError("secret content")
        if unit == 3:
            return lambda: None  # cannot be pickled
        return unit

    return kernel


def broken():
    raise ConfigError("no model", remedy="install it")


def stillborn():
    os._exit(3)


def slow_first():
    def kernel(unit, advance):
        if unit == 0:
            time.sleep(0.3)
        return unit

    return kernel


def environment():
    return lambda unit, advance: (
        os.environ.get("OMP_NUM_THREADS"),
        signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()),
        os.getpid(),
    )


def run(factory, count, workers, **options):
    with Pool(factory, workers, **options) as pool:
        return list(pool.map(range(count)))


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_units(workers):
    seen = []
    outcomes = run(squares, 20, workers, advance=seen.append)
    assert [(o.unit, o.value, o.failure, o.attempts) for o in outcomes] == [
        (i, i * i, None, 1) for i in range(20)
    ]
    assert sum(seen) == sum(range(20))


def test_a_killed_worker_loses_no_unit(tmp_path):
    seen = []
    outcomes = run(partial(dies_once, str(tmp_path)), 12, 2, advance=seen.append)
    assert [o.unit for o in outcomes] == list(range(12))
    assert all(o.failure is None for o in outcomes)
    assert outcomes[3].attempts == 2
    assert len({o.value for o in outcomes}) >= 2
    assert sum(seen) == 120  # what the dead worker had consumed is taken back


def test_a_unit_that_kills_twice_is_reported_and_the_others_are_done():
    outcomes = run(poisoned, 8, 2)
    assert [o.value for o in outcomes] == [0, 1, 2, None, 4, 5, 6, 7]
    assert outcomes[3].attempts == 2
    assert "ended with status 9, 2 times" in str(outcomes[3].failure)


@pytest.mark.parametrize("workers", [1, 2])
def test_failures_cross_the_boundary_without_content(workers):
    outcomes = run(raises, 5, workers)
    assert str(outcomes[1].failure) == "a.csv:7: not valid (mend it)"
    assert "unexpected ValueError at test_pool.py:" in str(outcomes[2].failure)
    assert "secret" not in str(outcomes[2].failure)
    if workers > 1:
        assert isinstance(outcomes[3].failure, GuardError)
    assert outcomes[4].value == 4


@pytest.mark.parametrize("workers", [1, 2])
def test_a_kernel_that_cannot_be_built_ends_the_job(workers):
    with pytest.raises(ConfigError, match="no model"):
        run(broken, 3, workers)


def test_workers_that_never_start_end_the_job():
    with pytest.raises(GuardError, match="workers cannot be started: ended with status 3"):
        run(stillborn, 3, 2)


def test_units_are_drawn_as_they_are_needed():
    drawn = []

    def units():
        for i in range(1000):
            drawn.append(i)
            yield i

    with Pool(slow_first, 2) as pool:
        outcomes = pool.map(units())
        assert next(outcomes).unit == 0
        assert len(drawn) <= 2 * 4 + 2
    assert pool._workers == []


def test_workers_have_one_thread_and_leave_interrupts_to_the_parent(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    values = [o.value for o in run(environment, 4, 2)]
    assert {value[:2] for value in values} == {("1", True)}
    assert os.getpid() not in {value[2] for value in values}
    assert os.environ["OMP_NUM_THREADS"] == "3"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_no_units_start_no_worker():
    assert run(stillborn, 0, 2) == []


INTERRUPTED = """
import os, signal, time
from guard.datasets.pool import Pool

def factory():
    return lambda unit, advance: (advance(1), time.sleep(60))

def interrupt(_):
    os.killpg(0, signal.SIGINT)  # as a terminal does: to everybody

if __name__ == "__main__":
    # A shell starts what runs in its background with the interrupt ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with Pool(factory, 2, advance=interrupt) as pool:
            list(pool.map(range(4)))
    except KeyboardInterrupt:
        print("interrupted", [p.process for p in pool._workers])
"""


def test_an_interrupt_ends_everything_quietly(tmp_path):
    script = tmp_path / "job.py"
    script.write_text(INTERRUPTED)
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("interrupted []\n", "", 0)
