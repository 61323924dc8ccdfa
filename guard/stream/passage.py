"""The treatment of texts: first screened, as the model wrote them, then restored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guard.errors import InputError
from guard.stream.arguments import JsonText, Text
from guard.stream.counts import Counts
from guard.stream.events import Kind
from guard.stream.restore import Plain
from guard.stream.screen import Screen, Screening
from guard.stream.tokens import Tokens

_NONE = Tokens({})


class _Screened:
    """Screened, then restored."""

    __slots__ = ("_restore", "_screen")

    def __init__(self, screen: Screen, restore: Plain) -> None:
        self._screen, self._restore = screen, restore

    def feed(self, text: str) -> str:
        """What can go out now that `text` has come."""
        return self._restore.feed(self._screen.feed(text))

    def close(self) -> str:
        """The rest, now that nothing will come."""
        return self._restore.feed(self._screen.close()) + self._restore.close()


class Passages:
    """Makes the treatment of each text of one answer.

    Args:
        values: Value by live token.
        screening: How new personal data are found; None to let them pass.

    Raises:
        ObligationError: If a token is empty.

    Attributes:
        counts: What was restored and taken out; a repeat counts where it is treated again.
    """

    __slots__ = ("_screening", "_tokens", "counts")

    def __init__(self, values: Mapping[str, str], screening: Screening | None = None) -> None:
        self._tokens, self._screening = Tokens(values), screening
        self.counts = Counts()

    @property
    def screened(self) -> bool:
        """Whether new personal data are looked for."""
        return self._screening is not None

    def of(self, kind: Kind) -> Text:
        """The treatment of one text of `kind`."""
        if kind is Kind.JSON:
            return JsonText(self._text)
        if kind is Kind.ECHO:
            return Plain(self._tokens)
        if kind is Kind.SIGNED:
            screening = self._screening
            if screening is None:
                return Plain(_NONE)
            return Screen(screening, self._tokens, counts=self.counts)
        return self._text("")

    def value(self, value: Any) -> Any:
        """A JSON value with its strings, names included, treated as texts.

        Raises:
            InputError: If it is nested too deeply.
        """
        try:
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            return json.loads(once(JsonText(self._text), text))
        except RecursionError:
            raise InputError("an event is nested too deeply") from None

    def _text(self, context: str) -> Text:
        restore, screening = Plain(self._tokens, self.counts), self._screening
        if screening is None:
            return restore
        return _Screened(Screen(screening, self._tokens, context, self.counts), restore)


def once(text: Text, whole: str) -> str:
    """What a treatment makes of a whole text."""
    return text.feed(whole) + text.close()
