"""The embedded engines behind our errors.

What regorus raises becomes a `ConfigError` while loading and a `PolicyError` when it is asked. A
panic of Rust reaches Python as a ``PanicException``, which is a `BaseException` and would end the
process. Our errors are raised where no frame of theirs hangs on them: those frames hold an engine,
which must not leave its thread (`guard.policy.bound`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TypeVar

from guard.canonical import Json
from guard.errors import ConfigError, PolicyError

T = TypeVar("T")
UNDEFINED = '"<undefined>"'
"""What the engines return instead of a value that is undefined."""
_LOCATED = re.compile(
    r"--> (?P<file>[^\n]*?):(?P<row>\d+):(?P<col>\d+)\n.*?error: (?P<what>[^\n]*)", re.DOTALL
)


def guarded(call: Callable[[], T], *, path: str) -> T:
    """Call into regorus while loading.

    Args:
        call: What is called.
        path: The file that is loaded, or ``""``.

    Raises:
        ConfigError: Whatever it raises; the message has file, row and column where it has them.
    """
    where = f"{path}: " if path else ""
    try:
        return call()
    except ConfigError as error:
        failed = error.with_traceback(None)
    except (RuntimeError, ValueError, TypeError) as error:
        text = _cut(error)
        located = bool(re.match(r"\S+:\d+:\d+: ", text))
        failed = ConfigError(text if located else where + text, remedy="correct the policy")
    except BaseException as error:
        if not _panicked(error):
            raise
        failed = ConfigError(f"{where}the embedded engine panicked on this policy")
    raise failed


def answered(
    ask: Callable[[], str],
    entrypoint: str,
    *,
    engine: str,
    forget: Callable[[], None],
    read: Callable[[str], Json] = json.loads,
) -> Json:
    """The value that an engine gives for an entry point.

    Args:
        ask: Asks the engine for JSON.
        entrypoint: What is asked, for messages.
        engine: Which engine it is, for messages.
        forget: Lets go of the engine: one that panicked is not asked again.
        read: Reads the JSON.

    Raises:
        PolicyError: If evaluation fails or the value is undefined.
    """
    try:
        answer = ask()
    except (RuntimeError, ValueError, TypeError) as error:
        failed = PolicyError(f"{entrypoint}: {_cut(error)}")
    except BaseException as error:
        if not _panicked(error):
            raise
        forget()
        failed = PolicyError(f"{entrypoint}: the {engine} engine panicked")
    else:
        if answer.strip() == UNDEFINED:
            raise PolicyError(f"{entrypoint} is undefined")
        return read(answer)
    raise failed


def _panicked(error: BaseException) -> bool:
    """Whether the engine itself failed, which Python sees as no ordinary exception."""
    return type(error).__name__ == "PanicException"


def _cut(error: BaseException) -> str:
    """``file:row:col: what``, without the source excerpt and the Rust backtrace."""
    text = str(error)
    found = _LOCATED.search(text)
    if found:
        return "{file}:{row}:{col}: {what}".format(**found.groupdict())
    first = text.split("Stack backtrace", 1)[0].strip().splitlines()
    return first[0][:200] if first else "the embedded engine failed"
