"""JSON files: an array of records, read element by element, or one record.

The array is never held as a whole: a window is decoded element by element, and more is read when
an element does not end in it. What follows a fault in an array cannot be trusted to be an element,
so a fault ends the file; the elements before it stand.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guard.datasets.columns import Columns
from guard.datasets.json_record import ExactDecoder
from guard.datasets.options import ReadOptions
from guard.datasets.rows import BadRow, Row, bad
from guard.datasets.stream import Stream
from guard.datasets.units import Unit
from guard.errors import InputError
from guard.payload import Unscannable, segments_of
from guard.types import Segment

_SPACE = " \t\r\n"
_NUMBER = "0123456789+-.eE"
_NEAR_END = 16
"""A fault so near to the buffer's end may be a token (``tru``, ``\\u12``) that was cut off."""


def rows(
    stream: Stream, unit: Unit, options: ReadOptions, columns: Columns
) -> Iterator[Row | BadRow | None]:
    """The elements of the array, or the one record.

    Raises:
        InputError: From the stream, and if the text is not JSON or an element is too long.
    """
    text = _Text(stream, unit.source.path, options)
    if text.peek() == "[":
        yield from _elements(text, columns)
    elif text.peek():
        element = text.value()
        if text.peek():
            raise text.fault(
                "more than one JSON value",
                "if it is one record a line, say --format jsonl; else wrap it in [ ]",
            )
        yield _row(1, "", element, columns)


def _elements(text: _Text, columns: Columns) -> Iterator[Row | BadRow]:
    text.skip()
    index = 0
    if text.peek() == "]":
        text.skip()
    else:
        while True:
            yield _row(index + 1, f"/{index}", text.value(), columns)
            index += 1
            mark = text.peek()
            if mark not in {",", "]"}:
                raise text.fault("the array is not closed" if not mark else "not valid JSON")
            text.skip()
            if mark == "]":
                break
    if text.peek():
        raise text.fault("something follows the array")


@dataclass(frozen=True, slots=True)
class _Element:
    """A value, its text, and whether an object in it repeats a member."""

    value: Any
    text: str
    repeated: bool


def _row(number: int, prefix: str, element: _Element, columns: Columns) -> Row | BadRow:
    try:
        if element.repeated:
            raise Unscannable("duplicate_key")
        segments = segments_of(element.value)
        if "\\ud" in element.text or "\\uD" in element.text:
            _no_surrogates(segments)
    except Unscannable as error:
        return bad(number, error)
    columns.see(element.value)
    return Row(number, prefix, columns.keep(segments), len(element.text.encode("utf-8")))


def _no_surrogates(segments: tuple[Segment, ...]) -> None:
    for segment in segments:
        if any("\ud800" <= character <= "\udfff" for character in segment.text + segment.pointer):
            raise Unscannable("surrogate")


class _Text:
    """The decoded text of the file, of which only a window is held."""

    def __init__(self, stream: Stream, file: str, options: ReadOptions) -> None:
        self._stream, self._file = stream, file
        self._limit, self._size = options.max_row_bytes, options.buffer_bytes
        self._utf8 = codecs.getincrementaldecoder("utf-8")("strict")
        self._decoder = ExactDecoder()
        self._window, self._at, self._line, self._end = "", 0, 1, False
        self._fault: InputError | None = None
        self._more(self._size)
        self._window = self._window.removeprefix("\ufeff")

    def peek(self) -> str:
        """The next character that is not white space, ``""`` at the end."""
        while True:
            while self._at < len(self._window):
                if self._window[self._at] not in _SPACE:
                    return self._window[self._at]
                self._at += 1
            if self._end:
                return ""
            self._more(self._size)

    def skip(self) -> None:
        """Pass over one character."""
        self._at += 1

    def value(self) -> _Element:
        """The next JSON value.

        Raises:
            InputError: If there is none, or it is longer than a row may be.
        """
        self.peek()
        while True:
            self._decoder.repeated = False
            try:
                value, end = self._decoder.raw_decode(self._window, self._at)
            except RecursionError:
                raise self.fault("nested too deeply", "flatten the record") from None
            except json.JSONDecodeError as error:
                if self._end or not self._cut_off(error):
                    raise self.fault("not valid JSON", at=error.pos) from None
            except ValueError:  # NaN, or more digits than the interpreter converts
                raise self.fault("not valid JSON") from None
            else:
                if self._end or self._ended(end):
                    source, self._at = self._window[self._at : end], end
                    return _Element(value, source, self._decoder.repeated)
            if len(self._window) - self._at > self._limit:
                message = f"a value is longer than {self._limit} bytes"
                raise self.fault(message, "split it, or convert the file to JSON Lines")
            self._more(max(self._size, len(self._window) - self._at))

    def fault(self, message: str, remedy: str = "correct the file", at: int = -1) -> InputError:
        """An error at the current line, or at that of the character `at` of the window."""
        line = self._line + self._window.count("\n", 0, self._at if at < 0 else at)
        return InputError(message, file=self._file, line=line, remedy=remedy)

    def _ended(self, end: int) -> bool:
        """Whether a value ends at `end`; ``12`` and ``12.`` may be the head of ``12.5``."""
        tail = self._window[end : end + _NEAR_END]
        return len(tail) == _NEAR_END or bool(tail.strip(_NUMBER))

    def _cut_off(self, error: json.JSONDecodeError) -> bool:
        unterminated = error.msg.startswith("Unterminated string")
        return unterminated or error.pos >= len(self._window) - _NEAR_END

    def _more(self, size: int) -> None:
        if self._fault is not None:
            raise self._fault
        self._line += self._window.count("\n", 0, self._at)
        pieces, self._at = [self._window[self._at :]], 0
        while size > 0 and not self._end and self._fault is None:
            try:
                block = self._stream.read(min(size, self._size))
                self._end = not block
                pieces.append(self._utf8.decode(block, final=self._end))
                size -= len(block)
            except UnicodeDecodeError as error:
                # What can be read before the fault is read first.
                pieces.append(error.object[: error.start].decode("utf-8"))
                self._fault = InputError("not valid UTF-8", file=self._file, line=-1)
            except InputError as error:
                self._fault = error
        self._window = "".join(pieces)
        if self._fault is not None and self._fault.line < 0:
            remedy = "JSON is UTF-8 (RFC 8259 §8.1): convert the file"
            self._fault = self.fault("not valid UTF-8", remedy, at=len(self._window))
