"""What is collected while a body is walked, and the walk through JSON that has no shape."""

from __future__ import annotations

from typing import Any

from guard.dialects.media import kind_of
from guard.dialects.parse import parse
from guard.dialects.walked import Copy, Opaque, Walked
from guard.dialects.words import context, is_name
from guard.errors import InputError
from guard.types import Segment

_ID_AT_LEAST = 10**6  # seven digits, as in `guard.payload`
_EXACT_FLOAT = 2.0**53


class Walk:
    """One walk over one body. Its lists are what becomes a `Walked`.

    Args:
        unescapes: A text that is JSON, with escapes in it, is walked as JSON: they hide letters
            from detectors, and not from models. Answers are read as they were written instead, so
            that streamed ones become the same.
    """

    __slots__ = (
        "copies", "fields", "fixed", "model", "opaque", "segments", "state", "streamed",
        "unescapes",
    )  # fmt: skip

    def __init__(self, *, unescapes: bool = False) -> None:
        self.unescapes = unescapes
        self.segments: list[Segment] = []
        self.opaque: list[Opaque] = []
        self.copies: list[Copy] = []
        self.fixed: list[str] = []
        self.state: dict[str, None] = {}
        self.fields: dict[str, str] = {}
        self.model = ""
        self.streamed = False

    def text(self, value: str, pointer: str, words: tuple[str, ...] = ()) -> None:
        """Note a text, unless it is empty or white space alone."""
        if "\\" in value and self.unescapes and self._unescaped(value, pointer, words):
            return
        if value and not value.isspace():
            self.segments.append(Segment(pointer, value, words))

    def _unescaped(self, value: str, pointer: str, words: tuple[str, ...]) -> bool:
        """Walks a text that is a JSON object or list; returns whether it is one."""
        if value.lstrip()[:1] not in {"{", "["}:
            return False
        try:
            inner = parse(value.encode())
        except (InputError, UnicodeEncodeError):
            return False
        self.free(inner, f"{pointer}~j", words)
        return True

    def hold(self, value: str, pointer: str) -> None:
        """Note a text that must not change."""
        known = len(self.segments)
        self.text(value, pointer)
        self.fixed += (pointer, *(segment.pointer for segment in self.segments[known:]))

    def hide(self, pointer: str, kind: str) -> None:
        """Note content that cannot be scanned."""
        self.opaque.append(Opaque(pointer, kind))

    def odd(self, value: Any, pointer: str) -> None:
        """A value that its shape does not foresee: unknown, and its strings are texts."""
        self.hide(pointer, "unknown_type")
        self.free(value, pointer)

    def free(
        self, value: Any, pointer: str, above: tuple[str, ...] = (), *, urls: bool = False
    ) -> None:
        """JSON without a shape: every string, long number and odd name is a text.

        Args:
            value: The JSON.
            pointer: Where it stands.
            above: The nearest two members' names.
            urls: A string that is a web address is also one that the provider would fetch.

        Raises:
            InputError: If there is something that is not JSON.
        """
        kind = type(value)
        if kind is str:
            self._string(value, pointer, above, urls)
        elif kind is dict:
            for ordinal, (name, item) in enumerate(value.items()):
                if is_name(name):
                    self.free(item, f"{pointer}/{name}", (*above[-1:], name), urls=urls)
                else:
                    self.text(name, f"{pointer}/~k{ordinal}")
                    self.free(item, f"{pointer}/~v{ordinal}", above[-1:], urls=urls)
        elif kind is list:
            for index, item in enumerate(value):
                self.free(item, f"{pointer}/{index}", above, urls=urls)
        else:
            self.number(value, pointer, context(above))

    def _string(self, value: str, pointer: str, above: tuple[str, ...], urls: bool) -> None:
        if value.startswith("data:") and (kind := kind_of(value)):
            self.hide(pointer, kind)
            return
        if urls and value.startswith(("http://", "https://")):
            self.hide(pointer, "remote_url")
        self.text(value, pointer, context(above))

    def number(self, value: Any, pointer: str, words: tuple[str, ...] = ()) -> None:
        """A scalar that is not a string: a text if it may be an identifier.

        Raises:
            InputError: If it is not JSON.
        """
        kind = type(value)
        if kind is int:
            if abs(value) >= _ID_AT_LEAST:
                self.text(str(value), pointer, words)
        elif kind is float:
            if _ID_AT_LEAST <= abs(value) < _EXACT_FLOAT and value.is_integer():
                self.text(str(int(value)), pointer, words)
        elif value is not None and kind is not bool:
            raise InputError(f"{kind.__name__} cannot be scanned", remedy="send JSON")

    def walked(self, document: Any) -> Walked:
        """All that was collected."""
        return Walked(
            document=document,
            segments=tuple(self.segments),
            opaque=tuple(self.opaque),
            model=self.model,
            streamed=self.streamed,
            fields=self.fields,
            state=tuple(self.state),
            fixed=frozenset(self.fixed),
            copies=tuple(self.copies),
        )
