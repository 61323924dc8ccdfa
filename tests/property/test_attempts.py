"""Whatever upstreams do, a request stays within what was decided for it, and comes to an end."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from guard.errors import Undecided
from guard.gateway.attempts import Attempts
from guard.gateway.settings import AuthSection
from guard.gateway.steps import Cancel, Decide, Deliver, GiveUp, Limits, Send, Sleep
from guard.gateway.upstreams import Route, Upstream
from guard.types import Destination

STATUSES = (200, 201, 302, 400, 401, 404, 408, 429, 500, 501, 502, 503, 504, 529, 100, 600)
FAILURES = ("connect", "timeout", "cut", "credential")


def route(number: int, upstream: int, place: int) -> Route:
    base = Destination(
        id=f"place-{place}", kind="model", provider="test", url="unknown", role="processor",
        storage=("DE",), processing=("DE",), operator="DE", parent="DE", access=("DE",),
        weights="unknown", assurance=(), safeguards=(), retention_days=0, training_use="no",
        valid_from="2020-01-01", valid_until="9999-12-31", confidence="high", source="test",
        checked="2026-11-22",
    )  # fmt: skip
    where = Upstream(
        name=f"upstream-{upstream}", base=base.id, url="https://h.example", dialects=("openai",),
        provider="test", auth=AuthSection(), fields={}, body={}, headers={}, api_version="",
        connect_s=1, first_byte_s=1, idle_s=1,
    )  # fmt: skip
    return Route(where, f"m{number}", "model", base)


@dataclass
class Verdict:
    permitted: bool
    decision: SimpleNamespace


@st.composite
def worlds(draw):
    routes = [
        route(number, draw(st.integers(0, 2)), draw(st.integers(0, 3)))
        for number in range(draw(st.integers(0, 5)))
    ]
    limits = Limits(
        hops=draw(st.integers(1, 6)),
        retries=draw(st.integers(0, 3)),
        backoff_s=draw(st.sampled_from([0.01, 1.0, 20.0])),
        deadline_s=draw(st.sampled_from([0.5, 30.0, 1000.0])),
        hedge_after_s=draw(st.none() | st.sampled_from([0.1, 5.0])),
        pinned=draw(st.booleans()),
    )
    lawful = frozenset(f"place-{n}" for n in draw(st.sets(st.integers(0, 3))))
    return routes, limits, lawful


class Driver:
    """Does what it is told with random outcomes, and holds every promise against it."""

    def __init__(self, world, draw):
        self.routes, self.limits, self.lawful = world
        self.draw = draw
        self.now = 100.0
        self.down: set[str] = set()
        self.attempts = Attempts(
            self.routes,
            self.limits,
            ready=lambda one: one.upstream.name not in self.down,
            random=lambda: draw(st.floats(0, 0.999)),
        )
        self.asked: dict[int, tuple[Route, ...]] = {}
        self.permits: dict[int, str] = {}
        self.sent: dict[int, Route] = {}
        self.flying: dict[int, Route] = {}
        self.pending: int | None = None
        self.sleep: float | None = None
        self.delivered: int | None = None
        self.over: GiveUp | str | None = None

    def take(self, steps):
        for step in steps:
            assert self.over is None, "nothing comes after the end"
            match step:
                case Decide(hop, routes):
                    assert self.delivered is None, "no hop after the first byte"
                    assert self.pending is None, "one decision at a time"
                    assert routes, "an empty question is not asked"
                    assert hop not in self.asked, "each hop is decided once"
                    self.asked[hop] = routes
                    self.pending = hop
                case Send(hop, sent, verdict):
                    assert self.delivered is None, "no hop after the first byte"
                    assert hop not in self.sent, "one request a decision"
                    assert verdict.permitted
                    assert self.permits[hop] == sent.destination.id, "sent where it was permitted"
                    assert sent in self.asked[hop]
                    assert sent.destination.id in self.lawful
                    assert sent.upstream.name not in {r.upstream.name for r in self.flying.values()}
                    self.sent[hop] = self.flying[hop] = sent
                    most = 2 if self.limits.hedge_after_s is not None else 1
                    assert len(self.flying) <= most
                    assert not self.limits.pinned or len(set(self.keys())) == 1
                case Sleep(until):
                    self.sleep = until
                case Deliver(hop):
                    assert self.delivered is None
                    assert hop in self.flying
                    self.delivered = hop
                case Cancel(hop):
                    del self.flying[hop]
                case GiveUp():
                    self.over = step
        if self.flying and self.pending is None and self.delivered is None and self.over is None:
            assert self.sleep is not None, "somebody looks at the clock"
        assert len(self.asked) <= self.limits.hops, "hops are bounded"
        tries = [self.keys().count(key) for key in set(self.keys())]
        assert max(tries, default=0) <= 1 + self.limits.retries

    def keys(self):
        return [one.key for one in self.sent.values()]

    def run(self):
        self.take(self.attempts.start(self.now))
        for _ in range(200):
            if self.over is not None:
                break
            self.event()
        else:
            raise AssertionError("it never ends")
        if isinstance(self.over, GiveUp):
            assert not self.flying, "nothing is left under way"
            assert self.over.begun == (self.delivered is not None)
            assert self.attempts.tick(self.now + 1e6) == []

    def event(self):
        choices = [("failed", hop) for hop in self.flying]
        if self.pending is not None:
            choices.append(("decide", self.pending))
        if self.delivered is None:
            choices += [("answered", hop) for hop in self.flying]
            choices += [("tick", 0)] if self.sleep is not None else []
        else:
            choices += [("ended", hop) for hop in self.flying]
        assert choices, "something is always under way"
        if self.draw(st.integers(0, 9)) == 0:
            self.down = set(
                self.draw(st.sets(st.sampled_from([f"upstream-{n}" for n in range(3)])))
            )
        kind, hop = self.draw(st.sampled_from(choices))
        self.now += self.draw(st.sampled_from([0.0, 0.01, 1.0, 40.0]))
        getattr(self, kind)(hop)

    def decide(self, hop):
        self.pending = None
        where = [r.destination.id for r in self.asked[hop] if r.destination.id in self.lawful]
        how = self.draw(st.sampled_from(["policy", "policy", "policy", "fails", "strange"]))
        if how == "fails":
            self.take(self.attempts.undecided(hop, Undecided("no answer"), self.now))
            return
        chosen = self.draw(st.sampled_from(where)) if where else self.asked[hop][0].destination.id
        if how == "strange":
            chosen = self.draw(st.sampled_from(["elsewhere", *sorted(self.lawful)]))
        self.permits[hop] = chosen
        verdict = Verdict(bool(where) or how == "strange", SimpleNamespace(destination=chosen))
        self.take(self.attempts.decided(hop, verdict, self.now))

    def answered(self, hop):
        status = self.draw(st.sampled_from(STATUSES))
        after = self.draw(st.none() | st.sampled_from([0.0, 2.0, 5000.0]))
        if not 200 <= status < 300 and status not in {400, 404}:
            del self.flying[hop]
        self.take(self.attempts.answered(hop, status, self.now, retry_after=after))

    def failed(self, hop):
        del self.flying[hop]
        self.take(self.attempts.failed(hop, self.draw(st.sampled_from(FAILURES)), self.now))

    def ended(self, hop):
        del self.flying[hop]
        self.attempts.ended(hop)
        self.over = "answered"

    def tick(self, _):
        assert self.sleep is not None
        self.now, self.sleep = max(self.now, self.sleep), None
        self.take(self.attempts.tick(self.now))
        assert self.sleep is None or self.sleep > self.now, "nobody wakes up in vain"


@settings(max_examples=300)
@given(worlds(), st.data())
def test_every_hop_is_permitted_by_a_decision_of_its_own_and_bounded(world, data):
    Driver(world, data.draw).run()


@given(worlds(), st.data())
def test_who_goes_away_leaves_nothing_under_way(world, data):
    driver = Driver(world, data.draw)
    driver.take(driver.attempts.start(driver.now))
    for _ in range(data.draw(st.integers(0, 5))):
        if driver.over is None:
            driver.event()
    left = set(driver.flying) if driver.over is None else set()
    assert {step.hop for step in driver.attempts.gone()} == left
    assert driver.attempts.tick(driver.now + 1e6) == []
    if driver.pending is not None and driver.over is None:
        verdict = Verdict(True, SimpleNamespace(destination="place-0"))
        assert driver.attempts.decided(driver.pending, verdict, driver.now) == []
