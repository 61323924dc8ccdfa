"""The public face: a gate, and the doors in which it stands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from guard import config as configuration
from guard.gate.gate import Gate
from guard.types import Purpose

if TYPE_CHECKING:
    from guard.datasets.report import Report

C = TypeVar("C")
F = TypeVar("F", bound=Callable[..., Any])


class Guard(Gate):
    """Sovereign data governance in one object.

    Example:
        >>> from guard import Guard
        >>> with Guard.load("guard.toml") as g:
        ...     verdict = g.check("Write to anna@beispiel.de", to="openai-us", purpose="inference")
        ...     verdict.decision.effect, verdict.text
        ('permit', 'Write to [EMAIL_1]')
    """

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """A guard as `guard.toml` describes it.

        Raises:
            ConfigError: If the file, a table, a detector or a policy is wrong.
        """
        return cls(configuration.Config.load(path))

    @classmethod
    def default(cls) -> Self:
        """A guard as the configuration in force describes it (see `guard.config.find`).

        Raises:
            ConfigError: If there is none: nobody has said where you are established.
        """
        return cls.load(configuration.find())

    def scan(
        self,
        paths: str | Path | Sequence[str | Path],
        *,
        purpose: Purpose = "training",
        to: str | Sequence[str] | None = None,
        columns: Sequence[str] | None = None,
        workers: int = 1,
        **options: Any,
    ) -> Report:
        """Find and decide in data sets (see `guard.datasets.scan.scan`)."""
        from guard.datasets.scan import scan  # noqa: PLC0415

        named = [paths] if isinstance(paths, str | Path) else list(paths)
        return scan(
            self, named, purpose=purpose, to=to, columns=columns, workers=workers, **options
        )

    def wrap(self, client: C, **circumstances: Any) -> C:
        """A copy of a client whose every request is decided here: see `guard.wrap`."""
        return wrap(client, self, **circumstances)

    def transport(self, inner: Any, **circumstances: Any) -> Any:
        """A transport of `httpx` or `httpx2` that decides here: see `guard.transport`."""
        return transport(inner, self, **circumstances)

    def governed(
        self,
        *arguments: Any,
        to: str | Sequence[str] | None = None,
        restore: bool = True,
        **circumstances: Any,
    ) -> Any:
        """A decorator that decides here: see `guard.governed`."""
        return governed(*arguments, to=to, guard=self, restore=restore, **circumstances)


def wrap(client: C, guard: Gate | None = None, **circumstances: Any) -> C:
    """A copy of a client whose every request is decided before it leaves.

    Example:
        >>> client = guard.wrap(OpenAI())

    Args:
        client: `OpenAI`, `AsyncOpenAI`, `Anthropic`, `AsyncAnthropic` and their Azure, Bedrock and
            Vertex kin, `Mistral`, or a client of `httpx` or `httpx2` itself.
        guard: Who decides; the one of the configuration in force if not given.
        circumstances: What holds for every request: ``principal``, ``purpose``, ``conversation``,
            ``session``, ``language``, ``use_case``, ``categories``, ``subjects``, ``facts``.

    Raises:
        ConfigError: If the client cannot be guarded, or a circumstance is unknown.
    """
    from guard.doors.circumstances import Circumstances  # noqa: PLC0415
    from guard.doors.client import wrap as wrapped  # noqa: PLC0415

    return wrapped(client, guard or _DEFAULT(), Circumstances.of(**circumstances))


def transport(inner: Any, guard: Gate | None = None, **circumstances: Any) -> Any:
    """A transport of `httpx` or `httpx2` that decides about each request and hands it to another.

    Example:
        >>> client = httpx.Client(transport=guard.transport(httpx.HTTPTransport()))

    Args:
        inner: The transport that sends, sync or async.
        guard: As for `wrap`.
        circumstances: As for `wrap`.

    Raises:
        ConfigError: If it is no such transport, or a circumstance is unknown.
    """
    from guard.doors.circumstances import Circumstances  # noqa: PLC0415
    from guard.doors.transport import guarded  # noqa: PLC0415

    return guarded(inner, guard or _DEFAULT(), Circumstances.of(**circumstances))


def governed(
    *arguments: Any,
    to: str | Sequence[str] | None = None,
    guard: Gate | None = None,
    restore: bool = True,
    **circumstances: Any,
) -> Any:
    """A decorator: a function is called with what may be released, or not at all.

    Example:
        >>> @guard.governed("prompt", to="openai-us")
        ... def ask(model: str, prompt: str) -> str: ...

    Args:
        arguments: The parameters that hold what is sent: text or JSON; the first if none is named.
        to: Ids of the destinations that the function sends to; None for the configured ones.
        guard: As for `wrap`; the default is made at the first call.
        restore: Whether what the function returns is treated like any answer: pseudonyms are
            turned back, new personal data taken out.
        circumstances: As for `wrap`.

    Raises:
        ConfigError: If it is no function that can be governed, or a circumstance is unknown.
    """
    from guard.doors.governed import governed as decorator  # noqa: PLC0415
    from guard.doors.governed import told  # noqa: PLC0415

    bare = len(arguments) == 1 and callable(arguments[0])
    named, how = told(() if bare else arguments, **circumstances)
    decides = _DEFAULT if guard is None else partial(_given, guard)
    decorate = decorator(decides, named, to=to, restore=restore, circumstances=how)
    return decorate(arguments[0]) if bare else decorate


def _given(guard: Gate) -> Gate:
    return guard


class _Default:
    """The guard of the configuration in force, made once in a process: its log has one writer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._guard: Guard | None = None

    def __call__(self) -> Guard:
        """The guard.

        Raises:
            ConfigError: If there is no configuration.
        """
        with self._lock:
            if self._guard is None:
                self._guard = Guard.default()
            return self._guard


_DEFAULT = _Default()
