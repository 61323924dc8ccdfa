"""From live tokens back to the values that they stand for, in a text that comes bit by bit.

What is held back is only the longest suffix that is a proper prefix of a live token; of a stream
that is cut there, nothing of it goes out.
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.stream.arguments import JsonText, Text
from guard.stream.counts import Counts
from guard.stream.tokens import Places, Tokens


class Restorer:
    """Restores one text.

    The joined output is that of restoring the joined input at once, wherever it is cut.

    Args:
        values: Value by live token, or `Tokens` that several texts share.
        escape: The text is JSON text, such as a tool call's arguments: tokens are found in its
            strings however they are escaped, and values stand there escaped.
    """

    __slots__ = ("_text",)

    def __init__(self, values: Mapping[str, str] | Tokens, *, escape: bool = False) -> None:
        tokens = values if isinstance(values, Tokens) else Tokens(values)
        self._text: Text = JsonText(lambda _: Plain(tokens)) if escape else Plain(tokens)

    def feed(self, text: str) -> str:
        """What can go out now that `text` has come."""
        return self._text.feed(text)

    def close(self) -> str:
        """The rest, now that nothing will come."""
        return self._text.close()


class Plain:
    """Restores one text that is not JSON; see `Restorer`.

    Args:
        tokens: The live tokens.
        counts: Where it is counted what was restored.
    """

    __slots__ = ("_counts", "_held", "_tokens")

    def __init__(self, tokens: Tokens, counts: Counts | None = None) -> None:
        self._tokens, self._counts, self._held = tokens, counts, ""

    def feed(self, text: str) -> str:
        """What can go out now that `text` has come."""
        if self._held:
            text = self._held + text
        places, end = self._tokens.scan(text)
        if end == len(text):
            self._held = ""
            return self._replaced(text, places) if places else text
        self._held = text[end:]
        return self._replaced(text[:end], places)

    def close(self) -> str:
        """The rest, now that nothing will come."""
        text, self._held = self._held, ""
        places, _ = self._tokens.scan(text, final=True)
        return self._replaced(text, places) if places else text

    def _replaced(self, text: str, places: Places) -> str:
        if self._counts is not None:
            self._counts.restored += len(places)
        return _replaced(text, places, self._tokens.values)


def restored(texts: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Whole texts, restored: those that changed, by their pointers.

    Args:
        texts: Text by pointer. Strings inside JSON text have pointers of their own, and whoever
            puts them back escapes them.
        values: Value by live token.

    Raises:
        ObligationError: If a token is empty.
    """
    tokens = Tokens(values)
    treated = ((pointer, text, _once(text, tokens)) for pointer, text in texts.items())
    return {pointer: after for pointer, before, after in treated if after != before}


def _once(text: str, tokens: Tokens) -> str:
    places, _ = tokens.scan(text, final=True)
    return _replaced(text, places, tokens.values) if places else text


def _replaced(text: str, places: Places, values: Mapping[str, str]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in places:
        parts += (text[done:start], values[text[start:end]])
        done = end
    parts.append(text[done:])
    return "".join(parts)
