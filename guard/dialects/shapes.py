"""The containers of a shape: what a table of fields is made of.

A shape is data: a table that says for each field of an API what its value is. The walker asks a
shape to visit a value; the shape notes what it finds in the `Walk`. What no table foresees is
noted as unknown and its strings as texts, so nothing passes unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from guard.dialects.walk import Walk
from guard.dialects.words import is_name, is_word


class Shape(Protocol):
    """What a value is."""

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note what `value`, which is not null, holds."""


class Object:
    """An object with known fields.

    Args:
        fields: Shape by field. Null is a value of every field.
        others: The shape of fields that are not named; none of that kind means that they are
            unknown, which is noted as such.
    """

    __slots__ = ("_others", "_visits", "fields")

    def __init__(self, fields: Mapping[str, Shape], others: Shape | None = None) -> None:
        self.fields = dict(fields)
        self._others = others
        self._visits = {name: shape.visit for name, shape in fields.items()}

    def visit(self, value: Any, pointer: str, walk: Walk, known: str | None = None) -> None:
        """Note the members; the one named `known` has been looked at by who calls."""
        if type(value) is not dict:
            walk.odd(value, pointer)
            return
        visits = self._visits
        for name, item in value.items():
            visit = visits.get(name)
            if visit is None:
                if name != known:
                    self._other(value, name, pointer, walk)
            elif item is not None:
                visit(item, f"{pointer}/{name}", walk)

    def _other(self, value: dict[str, Any], name: str, pointer: str, walk: Walk) -> None:
        below = _below(list(value).index(name), name, pointer, walk)
        if self._others is None:
            walk.hide(below, "unknown_field")
            walk.free(value[name], below, (name,) if is_name(name) else ())
        elif value[name] is not None:
            self._others.visit(value[name], below, walk)


class Entries:
    """An object whose names are the caller's own, with values of one shape."""

    __slots__ = ("_shape",)

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note names that may be data, and every value."""
        if type(value) is not dict:
            walk.odd(value, pointer)
            return
        for ordinal, (name, item) in enumerate(value.items()):
            below = _below(ordinal, name, pointer, walk)
            if item is not None:
                self._shape.visit(item, below, walk)


def _below(ordinal: int, name: str, pointer: str, walk: Walk) -> str:
    if is_name(name):
        return f"{pointer}/{name}"
    walk.text(name, f"{pointer}/~k{ordinal}")
    return f"{pointer}/~v{ordinal}"


class Items:
    """A list of one shape."""

    __slots__ = ("_shape",)

    def __init__(self, shape: Shape) -> None:
        self._shape = shape

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note every item."""
        if type(value) is not list:
            walk.odd(value, pointer)
            return
        visit = self._shape.visit
        for index, item in enumerate(value):
            if item is not None:
                visit(item, f"{pointer}/{index}", walk)


class Variants:
    """Objects that are told apart by one field's value.

    Args:
        by: The field, which the variants' own tables leave out.
        tables: Variant by value.
        absent: The value that an object without the field has, if one may lack it.
        prefixes: Variants by the beginning of the value: ``web_search_`` and the day of a version.
    """

    __slots__ = ("_absent", "_by", "_prefixes", "tables")

    def __init__(
        self,
        by: str,
        tables: Mapping[str, Object],
        *,
        absent: str = "",
        prefixes: Mapping[str, Object] | None = None,
    ) -> None:
        self.tables = dict(tables)
        self._by, self._absent = by, absent
        self._prefixes = tuple((prefixes or {}).items())

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note what the variant holds; an unknown one is unknown as a whole."""
        if type(value) is not dict:
            walk.odd(value, pointer)
            return
        kind = value.get(self._by)
        if kind is None:
            kind = self._absent
        table = (self.tables.get(kind) or self._versioned(kind)) if type(kind) is str else None
        if table is None:
            walk.odd(value, pointer)
        else:
            table.visit(value, pointer, walk, self._by)

    def _versioned(self, kind: str) -> Object | None:
        """The variant whose prefix the value has, followed by the day of a version alone."""
        for prefix, table in self._prefixes:
            day = kind.removeprefix(prefix)
            if day != kind and len(day) == 8 and day.isdigit() and is_word(kind):
                return table
        return None


class Either:
    """A value whose JSON type says what it is."""

    __slots__ = ("_visits",)

    def __init__(
        self,
        *,
        string: Shape | None = None,
        array: Shape | None = None,
        members: Shape | None = None,
        other: Shape | None = None,
    ) -> None:
        named = (
            (str, string),
            (list, array),
            (dict, members),
            (int, other),
            (float, other),
            (bool, other),
        )
        self._visits = {kind: shape.visit for kind, shape in named if shape is not None}

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note the value as what its type makes it."""
        self._visits.get(type(value), walk_odd)(value, pointer, walk)


def walk_odd(value: Any, pointer: str, walk: Walk) -> None:
    """Note a value of a type that is not foreseen."""
    walk.odd(value, pointer)


class Later:
    """A shape that contains itself."""

    __slots__ = ("_of",)

    def __init__(self, of: Callable[[], Shape]) -> None:
        self._of = of

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note the value as the shape that is known by now."""
        self._of().visit(value, pointer, walk)
