"""`governed`: any function that sends text, governed."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from guard.errors import ConfigError
from guard.gate.verdict import Verdict
from guard.payload import copied, rebuild, segments

if TYPE_CHECKING:
    from guard.gate.gate import Gate

F = TypeVar("F", bound=Callable[..., Any])


def governed(
    guard: Callable[[], Gate], arguments: Sequence[str] = (), *, restore: bool = True, **how: Any
) -> Callable[[F], F]:
    """A decorator: the function is called with what may be released, or not at all.

    Args:
        guard: Gives who decides, at the first call.
        arguments: The parameters that hold what is sent: text or JSON. The first one if none is
            named.
        restore: Whether pseudonyms in what the function returns are turned back.
        how: What `Gate.check` takes: ``to``, ``purpose``, ``principal`` …

    Raises:
        ConfigError: If the function has no such parameter, or gives its results piece by piece:
            give those through a client that `wrap` has guarded.
    """

    def decorate(function: F) -> F:
        signature = inspect.signature(function)
        named = tuple(arguments) or tuple(signature.parameters)[:1]
        if not named or not set(named) <= set(signature.parameters):
            raise ConfigError(f"{function.__name__} has no parameter of that name")
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise ConfigError(f"{function.__name__} gives its results piece by piece")
        call = _Call(guard, signature, named, restore=restore, how=how)
        made: F
        made = call.asynchronous(function) if _is_async(function) else call.synchronous(function)
        return made

    return decorate


def _is_async(function: Callable[..., Any]) -> bool:
    return inspect.iscoroutinefunction(function)


class _Call:
    """How a function is called."""

    def __init__(
        self,
        guard: Callable[[], Gate],
        signature: inspect.Signature,
        named: tuple[str, ...],
        *,
        restore: bool,
        how: dict[str, Any],
    ) -> None:
        self._guard, self._signature, self._named = guard, signature, named
        self._restore, self._how = restore, how

    def synchronous(self, function: Callable[..., Any]) -> Any:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            bound, verdict = self._released(*args, **kwargs)
            return self._restored(function(*bound.args, **bound.kwargs), verdict)

        return call

    def asynchronous(self, function: Callable[..., Any]) -> Any:
        import asyncio  # noqa: PLC0415

        @functools.wraps(function)
        async def call(*args: Any, **kwargs: Any) -> Any:
            bound, verdict = await asyncio.to_thread(self._released, *args, **kwargs)
            answer = await function(*bound.args, **bound.kwargs)
            return await asyncio.to_thread(self._restored, answer, verdict)

        return call

    def _released(self, *args: Any, **kwargs: Any) -> tuple[inspect.BoundArguments, Verdict]:
        """The call with what may be released in its arguments.

        Raises:
            Refused: If it may not be made.
        """
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        sent = {name: bound.arguments[name] for name in self._named}
        verdict = self._guard().check(sent, **self._how)
        bound.arguments.update(verdict.payload)
        return bound, verdict

    def _restored(self, answer: Any, verdict: Verdict) -> Any:
        if not self._restore or not verdict.conversation or answer is None:
            return answer
        document = copied(answer)
        restored = self._guard().restore
        texts = {s.pointer: restored(s.text, verdict.conversation) for s in segments(document)}
        return rebuild(document, texts)
