"""`governed`: any function that sends text, governed."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from guard.dialects.plain import PLAIN
from guard.doors.circumstances import Circumstances
from guard.doors.refusal import undecided
from guard.doors.reply import treated
from guard.doors.screening import screening_of
from guard.errors import ConfigError, GuardError, InputError, Undecided
from guard.payload import Content, copied, rebuild, segments
from guard.stream.passage import Passages

if TYPE_CHECKING:
    from guard.gate.gate import Gate
    from guard.gate.verdict import Verdict

F = TypeVar("F", bound=Callable[..., Any])


def governed(
    guard: Callable[[], Gate],
    arguments: Sequence[str] = (),
    *,
    to: str | Sequence[str] | None = None,
    restore: bool = True,
    circumstances: Circumstances | None = None,
) -> Callable[[F], F]:
    """A decorator: the function is called with what may be released, or not at all.

    Args:
        guard: Gives who decides, at the first call.
        arguments: The parameters that hold what is sent: text or JSON. If none is named, the first
            one that is not ``self`` or ``cls``.
        to: Where the function sends it; None for the configured destinations.
        restore: Whether what the function returns, text or JSON, is treated like any answer:
            pseudonyms are turned back, and new personal data taken out. If not, it is returned as
            it is.
        circumstances: What holds for every call.

    Raises:
        ConfigError: If it is no function, has no such parameter, or gives its results piece by
            piece: give those through a client that `wrap` has guarded.
    """

    def decorate(function: F) -> F:
        if isinstance(function, staticmethod | classmethod | property) or inspect.isclass(function):
            raise ConfigError("only functions are governed", remedy="put it below @staticmethod")
        if not callable(function):
            raise ConfigError("only functions are governed")
        signature = inspect.signature(function)
        call = _Call(
            guard,
            signature,
            _named(signature, arguments),
            to,
            circumstances or Circumstances(),
            restore=restore,
        )
        if _is(inspect.isgeneratorfunction, function) or _is(inspect.isasyncgenfunction, function):
            raise ConfigError(
                "a function that gives its results piece by piece cannot be governed",
                remedy="guard the client that it uses: guard.wrap(client)",
            )
        later = _is(inspect.iscoroutinefunction, function)
        made: F = call.asynchronous(function) if later else call.synchronous(function)
        return made

    return decorate


def _is(kind: Callable[[Any], bool], function: Any) -> bool:
    """Whether a function, or the call of an object, is of a kind."""
    return kind(function) or kind(inspect.getattr_static(type(function), "__call__", None))


def _named(signature: inspect.Signature, arguments: Sequence[str]) -> tuple[str, ...]:
    parameters = [name for name in signature.parameters if name not in {"self", "cls"}]
    named = tuple(arguments) or tuple(parameters[:1])
    if not named or not set(named) <= set(parameters):
        raise ConfigError("the function has no parameter of that name")
    return named


@dataclass(frozen=True)
class _Released:
    """A call that may be made.

    Args:
        bound: Its arguments as they may go.
        verdict: The decision.
        values: Value by token that stands in them.
        sent: The values that were found in them.
    """

    bound: inspect.BoundArguments = field(repr=False)
    verdict: Verdict
    values: Mapping[str, str] = field(repr=False)
    sent: tuple[str, ...] = field(repr=False)


class _Call:
    """How a function is called."""

    def __init__(
        self,
        guard: Callable[[], Gate],
        signature: inspect.Signature,
        named: tuple[str, ...],
        to: str | Sequence[str] | None,
        circumstances: Circumstances,
        *,
        restore: bool,
    ) -> None:
        self._guard, self._signature, self._named = guard, signature, named
        self._to, self._circumstances, self._restore = to, circumstances, restore

    def synchronous(self, function: Callable[..., Any]) -> Any:
        """The function, governed."""

        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            released = self._released(*args, **kwargs)
            answer = function(*released.bound.args, **released.bound.kwargs)
            if inspect.iscoroutine(answer):  # nobody has begun it, so nothing has been sent
                answer.close()
            return self._restored(answer, released)

        return call

    def asynchronous(self, function: Callable[..., Any]) -> Any:
        """The coroutine function, governed."""

        @functools.wraps(function)
        async def call(*args: Any, **kwargs: Any) -> Any:
            released = await asyncio.to_thread(self._released, *args, **kwargs)
            answer = await function(*released.bound.args, **released.bound.kwargs)
            return await asyncio.to_thread(self._restored, answer, released)

        return call

    def _released(self, *args: Any, **kwargs: Any) -> _Released:
        """The call with what may be released in its arguments.

        Raises:
            Refused: If it may not be made.
        """
        guard = self._guard()
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        try:
            document = copied({name: bound.arguments[name] for name in self._named})
        except InputError as error:
            guard.unread(error)
            raise
        submitted = segments(document)
        texts: dict[str, str] = {}

        def rebuilt(found: Mapping[str, str]) -> Any:
            texts.update(found)
            return rebuild(document, found)

        content = Content(submitted, rebuilt)
        verdict = guard.decide(content, to=self._to, **self._circumstances.stated())
        bound.arguments.update(verdict.payload)
        before = {segment.pointer: segment.text for segment in submitted}
        sent = tuple(before[f.pointer][f.start : f.end] for f in verdict.findings)
        values: Mapping[str, str] = {}
        if verdict.conversation:
            values = guard.vault.live(verdict.conversation, texts.values())
        return _Released(bound, verdict, values, sent)

    def _restored(self, answer: Any, released: _Released) -> Any:
        """What the function returned, treated.

        Raises:
            Undecided: If it is neither text nor JSON, or cannot be screened.
        """
        if not self._restore or answer is None:
            return answer
        try:
            return self._treated(answer, released)
        except InputError as error:
            raise Undecided(
                f"what the function returned cannot be restored: {error.message}",
                remedy="return text or JSON, or say restore=False",
            ) from None
        except GuardError:
            raise
        except Exception as error:  # noqa: BLE001 - a door: what cannot be read is not returned
            raise undecided(error) from None

    def _treated(self, answer: Any, released: _Released) -> Any:
        passages = Passages(released.values, screening_of(self._guard(), released.sent))
        walked = PLAIN.answer(copied(answer))
        rebuilt = walked.rebuilt(treated(walked, passages))
        return answer if rebuilt is walked.document else rebuilt


def told(arguments: tuple[Any, ...], **how: Any) -> tuple[tuple[str, ...], Circumstances]:
    """The names of parameters and the circumstances that a decorator was given.

    Raises:
        ConfigError: If a name is no text, or a circumstance unknown.
    """
    if not all(isinstance(name, str) for name in arguments):
        raise ConfigError("parameters are named by their names", remedy='@governed("prompt")')
    return tuple(arguments), Circumstances.of(**how)
