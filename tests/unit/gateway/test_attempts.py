"""What is done next, for each thing that can become of a hop."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from guard.errors import Undecided
from guard.gateway.attempts import Attempts
from guard.gateway.losses import retry_after
from guard.gateway.settings import GatewaySection
from guard.gateway.steps import Cancel, Decide, Deliver, GiveUp, Limits, Send, Sleep

A, B, C = (
    SimpleNamespace(
        key=name,
        upstream=SimpleNamespace(name=name),
        destination=SimpleNamespace(id=f"place-{name}"),
    )
    for name in "abc"
)


def permit(route):
    return SimpleNamespace(
        permitted=True, decision=SimpleNamespace(destination=route.destination.id)
    )


DENIED = SimpleNamespace(permitted=False, decision=SimpleNamespace(destination="place-a"))


def attempts(*routes, random=0.5, ready=lambda _: True, **limits):
    return Attempts(routes, Limits(**limits), ready=ready, random=lambda: random)


def sent(one, route, now=0.0):
    """Run to where the first hop is under way."""
    (asked,) = one.start(now)
    assert isinstance(asked, Decide)
    send, sleep = one.decided(asked.hop, permit(route), now)
    assert isinstance(send, Send)
    assert send.route is route
    assert isinstance(sleep, Sleep)
    return asked.hop


def test_the_first_decision_is_about_all_and_what_it_permits_is_sent():
    one = attempts(A, B, C)
    assert one.start(0) == [Decide(1, (A, B, C))]
    verdict = permit(B)
    send, sleep = one.decided(1, verdict, 0)
    assert (send.route, send.verdict) == (B, verdict)
    assert sleep == Sleep(600.0)
    assert one.answered(1, 200, 1) == [Deliver(1)]
    one.ended(1)
    assert one.tick(1e9) == []


def test_a_connect_error_is_tried_again_once_and_then_elsewhere_each_decided_anew():
    one = attempts(A, B, backoff_s=2.0)
    hop = sent(one, A)
    assert one.failed(hop, "connect", 10) == [Sleep(11.0)]
    assert one.tick(10.5) == [Sleep(11.0)]
    assert one.tick(11) == [Decide(2, (A,))]
    one.decided(2, permit(A), 11)
    assert one.failed(2, "connect", 12) == [Decide(3, (B,))]
    assert one.decided(3, permit(B), 12)[0].route is B
    assert one.answered(3, 503, 13) == [Sleep(14.0)]
    assert one.tick(14) == [Decide(4, (B,))]
    one.decided(4, permit(B), 14)
    (end,) = one.failed(4, "timeout", 15)
    assert (end.status, end.begun) == (502, False)


def test_backoff_doubles_and_is_jittered():
    one = attempts(A, backoff_s=1.0, retries=3, random=1.0)
    waits, now = [], 0.0
    sent(one, A)
    for hop in (1, 2, 3):
        (sleep,) = one.failed(hop, "cut", now)
        waits.append(sleep.until - now)
        now = sleep.until
        one.tick(now)
        one.decided(hop + 1, permit(A), now)
    assert waits == [1.0, 2.0, 4.0]
    one = attempts(A, backoff_s=1.0, random=0.0)
    sent(one, A)
    assert one.failed(1, "cut", 5) == [Sleep(5.0)]


def test_too_many_requests_moves_on_at_once_and_waits_only_where_nobody_else_is():
    one = attempts(A, B)
    sent(one, A)
    assert one.answered(1, 429, 1, retry_after=5) == [Decide(2, (B,))]
    one.decided(2, permit(B), 1)
    assert one.answered(2, 429, 2, retry_after=9) == [Sleep(11.0)]
    one.tick(11)
    one.decided(3, permit(B), 11)
    assert one.answered(3, 429, 12, retry_after=7) == [
        GiveUp(429, "every upstream has too many requests", 5.0)
    ]


def test_nobody_waits_longer_than_is_sensible():
    one = attempts(A)
    sent(one, A)
    (end,) = one.answered(1, 503, 1, retry_after=3600)
    assert (end.status, end.retry_after) == (503, 3600.0)


@pytest.mark.parametrize("status", [200, 400, 404, 413, 422])
def test_an_answer_of_the_upstream_is_the_answer(status):
    one = attempts(A, B)
    sent(one, A)
    assert one.answered(1, status, 1) == [Deliver(1)]


@pytest.mark.parametrize("status", [301, 307, 401, 403, 501, 505])
def test_what_repetition_does_not_cure_goes_elsewhere(status):
    one = attempts(A, B)
    sent(one, A)
    assert one.answered(1, status, 1) == [Decide(2, (B,))]


def test_no_credential_is_not_tried_again():
    one = attempts(A)
    sent(one, A)
    assert one.failed(1, "credential", 1)[0].status == 502


def test_nothing_is_sent_after_the_first_byte():
    one = attempts(A, B, C)
    sent(one, A)
    one.answered(1, 200, 1)
    assert one.failed(1, "cut", 2) == [GiveUp(502, "the answer was cut off", begun=True)]
    assert one.tick(1e9) == []


def test_a_refusal_is_final_and_has_its_verdict():
    one = attempts(A, B)
    one.start(0)
    (end,) = one.decided(1, DENIED, 0)
    assert (end.status, end.verdict) == (403, DENIED)
    one, error = attempts(A, B), Undecided("the policy gave no answer")
    one.start(0)
    (end,) = one.undecided(1, error, 0)
    assert (end.status, end.error) == (503, error)


def test_a_permit_for_somewhere_else_sends_nothing():
    one = attempts(A)
    one.start(0)
    (end,) = one.decided(1, permit(B), 0)
    assert (end.status, end.verdict, end.error) == (503, None, None)


def test_a_second_answer_to_one_question_is_nothing():
    one = attempts(A)
    one.start(0)
    assert one.decided(7, permit(A), 0) == []
    assert one.undecided(7, Undecided("late"), 0) == []
    one.decided(1, permit(A), 0)
    assert one.decided(1, permit(A), 0) == []


def test_a_refused_retry_leaves_the_others():
    one = attempts(A, B)
    sent(one, A)
    one.failed(1, "cut", 0)
    one.tick(1)
    assert one.decided(2, DENIED, 1) == [Decide(3, (B,))]


def test_all_timeouts_is_a_timeout_and_so_is_the_deadline():
    one = attempts(A, retries=0)
    sent(one, A)
    assert one.failed(1, "timeout", 1)[0].status == 504
    one = attempts(A, B, deadline_s=10)
    sent(one, A)
    assert one.tick(10) == [Cancel(1), GiveUp(504, "no answer in time")]
    one = attempts(A, deadline_s=10)
    one.start(0)
    assert one.decided(1, permit(A), 10)[0].status == 504, "decided too late is not sent"


def test_nobody_ready_is_a_503():
    assert attempts(A, B, ready=lambda _: False).start(0)[0].status == 503
    assert attempts().start(0)[0].status == 503
    one = attempts(A, B, ready=lambda r: r is B)
    assert one.start(0) == [Decide(1, (B,))]


def test_hedging_asks_a_second_one_and_the_first_answer_wins():
    one = attempts(A, B, C, hedge_after_s=2.0)
    (asked,) = one.start(0)
    send, sleep = one.decided(1, permit(A), 0)
    assert (send.route, sleep) == (A, Sleep(2.0))
    assert one.tick(1.9) == [Sleep(2.0)]
    assert one.tick(2.0) == [Decide(2, (B, C))]
    send, sleep = one.decided(2, permit(B), 2.1)
    assert (send.route, sleep) == (B, Sleep(600.0))
    assert one.tick(50) == [Sleep(600.0)], "two at most"
    assert one.answered(2, 200, 51) == [Deliver(2), Cancel(1)]
    assert one.answered(1, 200, 52) == []
    assert asked.routes == (A, B, C)


def test_while_one_is_under_way_a_failure_of_the_other_is_no_reason_for_a_third():
    one = attempts(A, B, C, hedge_after_s=2.0, retries=0)
    sent(one, A)
    one.tick(2)
    one.decided(2, permit(B), 2)
    assert one.failed(2, "connect", 3) == [Sleep(600.0)]
    assert one.failed(1, "connect", 4) == [Decide(3, (C,))]


def test_a_lost_hedge_is_neither_repeated_nor_followed_by_another():
    one = attempts(A, B, C, hedge_after_s=2.0, retries=3)
    sent(one, A)
    one.tick(2)
    one.decided(2, permit(B), 2)
    assert one.failed(2, "connect", 3) == [Sleep(600.0)]
    assert one.tick(50) == [Sleep(600.0)]


def test_what_was_cancelled_says_nothing_any_more():
    one = attempts(A, B, C, hedge_after_s=2.0)
    sent(one, A)
    one.tick(2)
    one.decided(2, permit(B), 2)
    one.answered(1, 200, 3)
    assert one.failed(2, "connect", 4) == []
    assert one.answered(1, 200, 5) == [], "delivered once"
    assert one.tick(1e9) == [], "the deadline is for the first byte"


def test_hedging_is_a_hop_like_any_other():
    one = attempts(A, B, hedge_after_s=2.0, hops=1)
    sent(one, A)
    assert one.tick(5) == [Sleep(600.0)]


def test_an_upstream_that_is_down_by_now_is_not_tried_again():
    down = set()
    one = attempts(A, B, ready=lambda r: r.key not in down)
    sent(one, A)
    one.failed(1, "connect", 0)
    down.add("a")
    assert one.tick(1) == [Decide(2, (B,))]


def test_after_the_deadline_nobody_is_asked():
    one = attempts(A, B, retries=0, deadline_s=10)
    sent(one, A)
    assert one.failed(1, "connect", 10)[0].status == 504
    assert one.hops == 1


def test_a_permit_for_another_candidate_than_those_asked_about_sends_nothing():
    one = attempts(A, B)
    sent(one, A)
    one.failed(1, "connect", 0)
    assert one.tick(1) == [Decide(2, (A,))]
    assert one.decided(2, permit(B), 1) == [Decide(3, (B,))]


def test_a_refused_hedge_leaves_the_first_alone():
    one = attempts(A, B, hedge_after_s=2.0)
    sent(one, A)
    assert one.tick(2) == [Decide(2, (B,))]
    assert one.decided(2, DENIED, 2) == [Sleep(600.0)]
    assert one.answered(1, 200, 3) == [Deliver(1)]


def test_nobody_hedges_unless_told_to_or_where_state_is():
    one = attempts(A, B)
    sent(one, A)
    assert one.tick(599) == [Sleep(600.0)]
    one = attempts(A, B, hedge_after_s=1.0, pinned=True, retries=0)
    sent(one, A)
    assert not [s for s in one.tick(5) if isinstance(s, Decide)]
    (end,) = one.failed(1, "connect", 6)
    assert end.status == 502


def test_hops_are_counted():
    one = attempts(A, B, C, hops=2, retries=5)
    sent(one, A)
    one.failed(1, "cut", 0)
    one.tick(1)
    one.decided(2, permit(A), 1)
    assert one.failed(2, "cut", 2)[0].status == 502
    assert one.hops == 2


def test_who_goes_away_leaves_nothing_under_way():
    one = attempts(A, B)
    sent(one, A)
    assert one.gone() == [Cancel(1)]
    assert one.answered(1, 200, 1) == []


def test_limits_are_those_of_the_configuration():
    upstream = {
        "name": "a", "destination": "openai-eu", "url": "https://eu.api.openai.com/v1",
        "dialects": ["openai"], "models": {"m": "gpt-5"}, "auth": {"style": "none"},
    }  # fmt: skip
    section = GatewaySection.parse(
        {"hops": 7, "retries": 2, "backoff_s": 3, "deadline_s": 9, "hedge_after_s": 4,
         "upstream": [upstream]}
    )  # fmt: skip
    assert Limits.of(section, pinned=True) == Limits(7, 2, 3.0, 9.0, 4.0, pinned=True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("nan", None),
        ("1e9", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after(value, datetime(2026, 11, 22, 10, tzinfo=UTC)) == seconds
