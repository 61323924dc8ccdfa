"""Its thread lets go of an engine, whoever else closes it, drops it or sees it fail."""

import gc
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import regorus

from guard.errors import ConfigError, PolicyError
from guard.policy.bound import Bound
from guard.policy.compiled import CompiledEngine
from guard.policy.regorus import RegorusEngine, syntax_trees
from tests.unit.policy.world import policies

RULES = """package guard
import rego.v1
decision := {"of": input.of}
broken := 1 / input.of
"""


class Rules:
    """What the embedded engine needs of a policy set."""

    def __init__(self, text=RULES) -> None:
        self.sources = {"rules.rego": text}

    def data(self):
        return {}


@pytest.fixture
def told(monkeypatch):
    """What could not be raised anywhere: PyO3 says so of what is dropped in another thread."""
    found = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: found.append(str(told.exc_value)))
    return found


@pytest.fixture
def worker():
    with ThreadPoolExecutor(1) as pool:
        yield lambda *call: pool.submit(*call).result()


def test_what_is_dropped_elsewhere_is_told(told, worker):
    """The noise that there must not be: without it the other tests would prove nothing."""
    box = [worker(regorus.Engine)]
    box.clear()
    gc.collect()
    assert "dropped on another thread" in told[0]


@pytest.mark.parametrize("close", [True, False])
def test_closing_and_dropping_an_engine_elsewhere(told, worker, close):
    engine = RegorusEngine(Rules())
    assert worker(engine.evaluate, "data.guard.decision", {"of": 1}) == {"of": 1}
    if close:
        engine.close()
    del engine
    gc.collect()
    worker(RegorusEngine(Rules()).evaluate, "data.guard.decision", {"of": 2})
    assert told == []


def test_closing_the_compiled_engine_elsewhere(told, worker):
    engine = CompiledEngine(policies())
    assert worker(engine.evaluate, "data.guard.decision", {})
    engine.close()
    del engine
    gc.collect()
    assert told == []


@pytest.mark.parametrize("entry", ["data.guard.broken", "data.guard.nothing"])
def test_a_failure_takes_no_engine_to_another_thread(told, worker, entry):
    engine = RegorusEngine(Rules())
    with pytest.raises(PolicyError) as caught:
        worker(engine.evaluate, entry, {"of": 0})
    worker(engine.close)  # all that is left of the worker's engine hangs on the error
    del caught
    gc.collect()
    assert told == []


@pytest.mark.parametrize("text", ["package guard\ndecision := nothing", "no policy"])
def test_what_does_not_compile_takes_no_engine_to_another_thread(told, worker, text):
    for call in (lambda: RegorusEngine(Rules(text)), lambda: syntax_trees({"a.rego": "no policy"})):
        with pytest.raises(ConfigError) as caught:
            worker(call)
        del caught
        gc.collect()
        assert told == []


class Thing:
    """Remembers in which threads any of it was dropped."""

    dropped: list[tuple[int, int]] = []  # noqa: RUF012 - looked at, never shared

    def __init__(self) -> None:
        self.thread = threading.get_ident()

    def __del__(self) -> None:
        self.dropped.append((self.thread, threading.get_ident()))


@pytest.fixture
def dropped(monkeypatch):
    found = []
    monkeypatch.setattr(Thing, "dropped", found)
    return found


def test_each_thread_has_its_own(worker):
    bound = Bound()
    here, there = bound.get(Thing), worker(bound.get, Thing)
    assert here is bound.get(Thing)
    assert there is worker(bound.get, Thing)
    assert here is not there
    bound.forget()
    assert bound.get(Thing) is not here
    assert worker(bound.get, Thing) is there


def test_after_closing_everybody_gets_another(worker):
    bound = Bound()
    here, there = bound.get(Thing), worker(bound.get, Thing)
    bound.close()
    assert bound.get(Thing) is not here
    assert worker(bound.get, Thing) is not there


def made(bound):
    bound.get(Thing)


@pytest.mark.parametrize("close", [True, False])
def test_what_nobody_needs_goes_when_its_thread_makes_another(worker, dropped, close):
    bound, other = Bound(), Bound()
    worker(made, bound)
    if close:
        bound.close()
    else:
        del bound
        gc.collect()
    assert dropped == []
    worker(made, other)
    assert [made == gone for made, gone in dropped] == [True]


def test_the_rest_goes_with_its_thread(dropped):
    bound = Bound()
    thread = threading.Thread(target=made, args=(bound,))
    thread.start()
    thread.join()
    assert [made == gone for made, gone in dropped] == [True]
