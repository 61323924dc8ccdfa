"""How much may be asked."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from guard.gateway.keys import Key
from guard.gateway.limits import Limited, Limiter, seconds


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def key(name="a", **more):
    return Key(id=name, sha256="0" * 64, **more)


def refused(limiter, one):
    with pytest.raises(Limited) as error, limiter.entered(one):
        pass
    return error.value.status, error.value.retry_after


def test_a_minute_holds_so_many_and_fills_up_again():
    clock = Clock()
    limiter, one = Limiter(100, clock), key(per_minute=3)
    for _ in range(3):
        with limiter.entered(one):
            pass
    assert refused(limiter, one) == (429, 20.0)
    clock.now = 19.9
    assert refused(limiter, one)[0] == 429
    clock.now = 20.1
    with limiter.entered(one):
        pass
    clock.now = 1e6
    for _ in range(3):
        with limiter.entered(one):
            pass
    assert refused(limiter, one)[0] == 429


def test_a_key_may_ask_so_many_at_once_and_others_still_may():
    limiter, one = Limiter(100, Clock()), key(concurrent=2)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(limiter.entered(one))
        assert refused(limiter, one)[0] == 429
        stack.enter_context(limiter.entered(key("b")))
        assert limiter.now == 3
    assert limiter.now == 0


def test_everybody_together_may_ask_so_many_at_once():
    limiter = Limiter(1, Clock())
    with limiter.entered(key("a")):
        assert refused(limiter, key("b"))[0] == 503
    with limiter.entered(key("b")):
        pass


def test_what_is_refused_is_not_counted_and_what_fails_is_given_back():
    limiter, one = Limiter(1, Clock()), key(per_minute=2)
    with limiter.entered(one):
        for _ in range(5):
            assert refused(limiter, one)[0] == 503
    with pytest.raises(ZeroDivisionError), limiter.entered(one):
        _ = 1 / 0
    assert limiter.now == 0
    assert refused(limiter, one)[0] == 429


@pytest.mark.parametrize(("wait", "said"), [(0.0, "1"), (0.2, "1"), (1.0, "1"), (1.01, "2")])
def test_a_wait_is_said_in_whole_seconds(wait, said):
    assert seconds(wait) == said
