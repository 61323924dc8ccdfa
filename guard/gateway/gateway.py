"""What all requests of a worker share: the gate, the upstreams and what is known of them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from guard.errors import ConfigError, GuardError, InputError, Undecided
from guard.gate.gate import Gate
from guard.gateway import replicate
from guard.gateway.auth import Auth, auth
from guard.gateway.breaker import Breaker
from guard.gateway.kept.names import Names
from guard.gateway.keys import Keys
from guard.gateway.limits import Limiter
from guard.gateway.metrics import Gauge, Metrics
from guard.gateway.order import Latencies, available, ordered
from guard.gateway.served import Served
from guard.gateway.serving import ServerSection, sections
from guard.gateway.upstreams import Route, Upstreams
from guard.gateway.wire import address, keeps
from guard.gateway.worker_gate import WorkerGate

if TYPE_CHECKING:
    from guard.config import Config

_STATES = {"closed": 0.0, "half_open": 0.5, "open": 1.0}


class NotServed(GuardError):  # noqa: N818  (a refusal is an answer, not an error)
    """No upstream serves that model in that dialect."""


def checked(config: Config) -> tuple[Upstreams, ServerSection]:
    """What would be served, if it could be: files of secrets are read, and nothing is opened.

    Raises:
        ConfigError: If the configuration is wrong, or a file of it cannot be used.
    """
    section, server = sections(config)
    regions = Gate(config).regions
    upstreams = Upstreams(section, regions)
    for one in section.upstream:
        auth(one.auth, config.path)
    Keys(config.path(server.keys_file))
    for file in (server.certificate_file, server.private_key_file):
        if file is not None:
            config.secret(file)
    _usable(upstreams)
    return upstreams, server


class Gateway:
    """A worker's parts.

    Args:
        config: The configuration.
        worker: Its number, from 1; 0 if it is the only one.

    Raises:
        ConfigError: If the configuration is wrong, or a file of it cannot be used.
    """

    def __init__(self, config: Config, *, worker: int = 0) -> None:
        self.section, self.server = sections(config)
        self.config, self.worker = config, worker
        self.metrics = Metrics(max(worker, 1))
        self.guard = WorkerGate(config, worker=worker, took=self.metrics.times.observe)
        self.upstreams = Upstreams(self.section, self.guard.regions)
        self.keys = Keys(config.path(self.server.keys_file))
        self.limiter = Limiter(self.server.concurrent, time.monotonic)
        self.auths: dict[str, Auth] = {
            one.name: auth(one.auth, config.path) for one in self.section.upstream
        }
        self.breakers = {one.name: Breaker(self.section.breaker) for one in self.section.upstream}
        self.latencies = Latencies()
        self.served = Served(self.guard.regions)
        self.threads = ThreadPoolExecutor(self.server.threads, thread_name_prefix="guard")
        _usable(self.upstreams)
        self.metrics.shown(
            Gauge(
                "guard_breaker_open",
                "Circuit breakers: 0 closed, 0.5 half open, 1 open.",
                "upstream",
                self._breaker_states,
            )
        )
        self.metrics.shown(
            Gauge("guard_requests", "Requests now.", "state", lambda: {"open": self.limiter.now})
        )

    def warm(self) -> None:
        """Build every part and try each once, so that the first request does not wait for it.

        Raises:
            GuardError: If one cannot be built, or finds nothing.
        """
        guard = self.guard
        _ = guard.journal, guard.vault, guard.policy, guard.books, guard.reasons, guard.labels
        self.canary()

    def canary(self) -> None:
        """Show that the engines still find what they must.

        Raises:
            DetectionError: If one does not.
        """
        self.guard.detector.canary()
        self.guard.screener.canary()

    def routes(self, model: str, dialect: str, said: Mapping[str, str]) -> tuple[Route, ...]:
        """The ways to have a request answered that may be tried now, best first.

        Raises:
            NotServed: Nobody serves the model in that dialect.
            Unresolved: What the body says contradicts everybody who does.
            Unavailable: Nobody who does may be asked now.
        """
        found = self.upstreams.routes(model, dialect, said)
        found = tuple(route for route in found if reachable(route, dialect))
        if not found:
            raise NotServed(
                "no upstream serves this model in this dialect", remedy="see GET /v1/models"
            )
        best = ordered(found, self.section.prefer, self.latencies)
        return available(best, self.breakers, time.monotonic())

    @cached_property
    def names(self) -> Names:
        """The names of what upstreams keep, under the vault's key.

        Raises:
            Undecided: It cannot be read.
        """
        try:
            return Names.of(self.config)
        except ConfigError as error:
            raise Undecided(error.message, remedy=error.remedy) from None

    def keepers(
        self, model: str, dialect: str, holds: str, said: Mapping[str, str]
    ) -> tuple[Route, ...]:
        """The ways to have something kept that is for a model, best first.

        Args:
            model: The model.
            dialect: What its requests speak.
            holds: The dialect of what is kept.
            said: Fields that decide about the destination.

        Raises:
            NotServed: Nobody who serves the model in that dialect keeps such things.
            Unresolved: As `routes`.
            Unavailable: As `routes`.
        """
        found = self.upstreams.routes(model, dialect, said)
        found = tuple(route for route in found if keeps(route, dialect, holds))
        if not found:
            raise NotServed("no upstream keeps this for this model", remedy="see docs/gateway.md")
        best = ordered(found, self.section.prefer, self.latencies)
        return available(best, self.breakers, time.monotonic())

    def ready(self, route: Route) -> bool:
        """Whether a route's upstream may be asked now."""
        return self.breakers[route.upstream.name].ready(time.monotonic())

    def close(self) -> None:
        """Finish what waits for threads, and close the log, the vault, policy and ledger.

        Nothing that waits is dropped: it may be the end of an answer, to be written down.
        """
        self.threads.shutdown(wait=True)
        self.guard.close()

    def _breaker_states(self) -> dict[str, float]:
        now = time.monotonic()
        return {name: _STATES[one.state(now)] for name, one in self.breakers.items()}


def _usable(upstreams: Upstreams) -> None:
    """An upstream that no endpoint can use would look configured and never be asked."""
    for route in upstreams.all:
        if route.upstream.adapts("openai.chat"):
            try:
                replicate.address(route.model)
            except InputError as error:
                raise ConfigError(
                    f"gateway.upstream {route.upstream.name}: {route.alias}: {error.message}",
                    remedy=error.remedy,
                ) from None
        if not any(reachable(route, dialect) for dialect in DIALECTS):
            raise ConfigError(
                f"gateway.upstream {route.upstream.name}: no endpoint of the gateway speaks its "
                "dialects",
                remedy="see docs/gateway.md",
            )


DIALECTS = (
    "openai.chat",
    "openai.responses",
    "openai.completions",
    "openai.embeddings",
    "anthropic.messages",
    "anthropic.count_tokens",
)
"""What the gateway's endpoints speak."""


def reachable(route: Route, dialect: str) -> bool:
    """Whether an upstream has an address for a dialect that it speaks."""
    if not route.upstream.speaks(dialect):
        return False
    if route.upstream.adapts(dialect):
        return True
    try:
        address(route, dialect)
    except InputError:
        return False
    return True
