"""The leaves of a shape: text, words, bytes, numbers, and references."""

from __future__ import annotations

import re
from typing import Any

from guard.dialects.media import is_bytes, kind_of
from guard.dialects.parse import parse
from guard.dialects.shapes import Shape
from guard.dialects.walk import Walk
from guard.dialects.walked import Copy
from guard.dialects.words import is_model, is_word
from guard.errors import InputError
from guard.types import Segment

_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}")


class _Scalar:
    """A string, or a number that may be an identifier; a container is not foreseen."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note the value."""
        kind = type(value)
        if kind is str:
            if value:
                self._string(value, pointer, walk)
        elif kind is dict or kind is list:
            walk.odd(value, pointer)
        else:
            walk.number(value, pointer)

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        walk.text(value, pointer)


class _Text(_Scalar):
    """Text: what most of a body is, so it takes the short way."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        if type(value) is not str:
            super().visit(value, pointer, walk)
        elif "\\" in value:
            walk.text(value, pointer)
        elif value and not value.isspace():
            walk.segments.append(Segment(pointer, value))


class _Word(_Scalar):
    """A token of the protocol; what is not spelled like one is text."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        if type(value) is not str:
            super().visit(value, pointer, walk)
        elif value and not is_word(value):
            walk.text(value, pointer)


class _Number(_Word):
    """A known parameter: numbers of any size pass."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        if type(value) is not int and type(value) is not float:
            super().visit(value, pointer, walk)


class _Fixed(_Scalar):
    """Text that must not change: it is signed."""

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        walk.hold(value, pointer)


class _Model(_Scalar):
    """The model that the body names."""

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        if walk.model and walk.model != value:
            walk.hide(pointer, "unknown_type")  # two models may be two destinations
        walk.model = value
        if not is_model(value):
            walk.hold(value, pointer)


class _Streamed(_Number):
    """Whether a streamed answer is asked for."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        if value is True:
            walk.streamed = True
        else:
            super().visit(value, pointer, walk)


class Decides(_Scalar):
    """A scalar that may decide the destination, or says where an answer was made."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        if walk.fields.setdefault(self._name, value) != value:
            walk.hide(pointer, "unknown_type")  # two places may be two destinations
        if not is_word(value):
            walk.hold(value, pointer)


class State(_Scalar):
    """A reference to what the provider holds."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        walk.state[self._name] = None
        if not is_word(value):
            walk.hold(value, pointer)


class Held:
    """Something whose presence says that the provider holds state, and that is walked besides."""

    __slots__ = ("_name", "_shape")

    def __init__(self, name: str, shape: Shape) -> None:
        self._name, self._shape = name, shape

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note the state and what is in it."""
        walk.state[self._name] = None
        self._shape.visit(value, pointer, walk)


class Address(_Scalar):
    """An address that the provider would fetch, or a ``data:`` URL."""

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        kind = kind_of(value)
        if not kind:
            walk.text(value, pointer)
        walk.hide(pointer, kind or "remote_url")


class Bytes(_Scalar):
    """Base64. What is too short for that, or is not base64, is text as well.

    Args:
        kind: What the bytes are.
    """

    __slots__ = ("_kind",)

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        url = kind_of(value) if value.startswith("data:") else ""
        if not url and not is_bytes(value):
            walk.text(value, pointer)
        walk.hide(pointer, url or self._kind)


class _Vector(_Scalar):
    """Numbers in base64: a number is no text, and what is no base64 is."""

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        if not is_bytes(value):
            walk.text(value, pointer)


class _Signed(_Scalar):
    """What only the provider can read, or checks: it never changes."""

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        walk.hide(pointer, "encrypted")
        if not is_bytes(value):
            walk.hold(value, pointer)


class _Json(_Scalar):
    """JSON in a string: walked as JSON, so that escapes hide nothing.

    What does not parse strictly is text. If it holds escapes, the text is not what a lenient
    reader would see, and is noted as unknown.
    """

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        try:
            inner = parse(value.encode())
        except (InputError, UnicodeEncodeError):
            if _ESCAPE.search(value):
                walk.hide(pointer, "unknown_type")
            walk.text(value, pointer)
        else:
            walk.free(inner, f"{pointer}~j")


class _Result(_Json):
    """What a tool gave back: JSON if it is an object or a list, text otherwise."""

    __slots__ = ()

    def _string(self, value: str, pointer: str, walk: Walk) -> None:
        if value.lstrip()[:1] in {"{", "["}:
            super()._string(value, pointer, walk)
        else:
            walk.text(value, pointer)


class _Free:
    """Any JSON."""

    __slots__ = ("_urls",)

    def __init__(self, *, urls: bool = False) -> None:
        self._urls = urls

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note every text in it."""
        name = pointer.rpartition("/")[2]
        walk.free(value, pointer, (name,) if name.isidentifier() else (), urls=self._urls)


class _Tokens:
    """A list of token ids, or of such lists: text for who has the vocabulary."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note that it cannot be read."""
        walk.hide(pointer, "token_ids")
        if not _are_integers(value):
            walk.free(value, pointer)


class _Prompts:
    """Texts, or token ids in their place."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note every text; one item that is none makes them token ids."""
        if type(value) is list and value and all(type(item) is str for item in value):
            for index, item in enumerate(value):
                walk.text(item, f"{pointer}/{index}")
        elif value:
            TOKENS.visit(value, pointer, walk)


def _are_integers(value: Any) -> bool:
    rows = value if value and type(value[0]) is list else [value]
    return all(type(row) is list and all(type(item) is int for item in row) for row in rows)


class Repeats:
    """A member that repeats a sibling's text, or points into it: see `Copy`.

    Args:
        of: The sibling.
        shape: What is in it besides; none means that it holds nothing but pieces of that text.
        empty: What stands there when it is dropped.
    """

    __slots__ = ("_empty", "_of", "_shape")

    def __init__(
        self, of: str, shape: Shape | None = None, *, empty: tuple[()] | None = None
    ) -> None:
        self._of, self._shape, self._empty = of, shape, empty

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note the copy and what is in it besides."""
        if value:
            above = pointer.rpartition("/")[0]
            walk.copies.append(Copy(pointer, f"{above}/{self._of}", self._empty))
        if self._shape is not None:
            self._shape.visit(value, pointer, walk)


class _Strange:
    """A known field that a request has no reason to carry: unknown unless it is empty."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note it as unknown."""
        if value or type(value) not in {list, dict, str}:
            walk.hide(pointer, "unknown_field")
            walk.free(value, pointer)


TEXT = _Text()
WORD = _Word()
NUMBER = _Number()
FIXED = _Fixed()
MODEL = _Model()
STREAM = _Streamed()
ADDRESS = Address()
SIGNED = _Signed()
VECTOR = _Vector()
JSON = _Json()
RESULT = _Result()
FREE = _Free()
FETCHED = _Free(urls=True)
TOKENS = _Tokens()
PROMPTS = _Prompts()
STRANGE = _Strange()


def each(shape: Shape, names: str) -> dict[str, Shape]:
    """A table in which every one of `names`, which blanks separate, is of one shape."""
    return dict.fromkeys(names.split(), shape)
