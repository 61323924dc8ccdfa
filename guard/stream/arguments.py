"""JSON that comes as text, bit by bit: a tool call's arguments, a structured answer.

    {"to": "EMAIL_7K2M9Q4T1ZXW", "n": 1}
           ^ text of its own    ^       everything else stays

Each string is decoded, treated as a text of its own and encoded again, so that a token is found
however it is escaped, a value with quotes or line ends cannot break the document, and nothing is
ever replaced across strings. Escapes come out in one form (RFC 8259 section 7: only what must be
escaped is). Where the text is not JSON, the rest of it is one plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

_CONTEXT = 200  # characters of earlier strings (a member's name) that the next one is read with
_LITERAL = 512  # characters of the longest number that is taken for one
_LONG_NUMBER = 7  # digits; the shortest national numbers in use have seven or eight
_STOP = re.compile(r'["\\]')
_STRUCTURE = re.compile(r"[{}\[\],:\s]*")
_WORD = re.compile(r'[^{}\[\],:\s"]+')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NUMBER_SO_FAR = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?)?")
_NAMES = ("true", "false", "null")
_HIGH = r"\\u[dD][89abAB][0-9a-fA-F]{2}"
_ESCAPE = re.compile(
    rf'({_HIGH}\\u[dD][c-fC-F][0-9a-fA-F]{{2}}|\\u[0-9a-fA-F]{{4}})|\\(["\\/bfnrt])'
)
_CUT_ESCAPE = re.compile(
    rf"(?:\\(?:u[0-9a-fA-F]{{0,3}})?"
    rf"|{_HIGH}(?:\\(?:u(?:[dD](?:[c-fC-F][0-9a-fA-F]?)?)?)?)?)\Z"
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_MUST_ESCAPE = re.compile('["\\\\\x00-\x1f\ud800-\udfff]')
_ESCAPED = {'"': '\\"', "\\": "\\\\", **{raw: f"\\{name}" for name, raw in _SHORT.items()}}


class Text(Protocol):
    """A text that comes bit by bit and goes out treated."""

    def feed(self, text: str) -> str:
        """What can go out now that `text` has come."""
        ...

    def close(self) -> str:
        """The rest, now that nothing will come."""
        ...


def encoded(text: str) -> str:
    """`text` as it stands between the quotes of a JSON string."""
    return _MUST_ESCAPE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    one = match[0]
    return _ESCAPED.get(one) or f"\\u{ord(one):04x}"


def _decoded(match: re.Match[str]) -> str:
    if match[2]:
        return _SHORT.get(match[2], match[2])
    units = bytes.fromhex(match[1].replace("\\u", ""))
    return units.decode("utf-16-be", "surrogatepass")


class JsonText:
    """One JSON text, or several in a row.

    Args:
        open_text: Makes the treatment of one string, given what the strings before it said.
    """

    __slots__ = ("_context", "_open", "_plain", "_rest", "_said", "_text")

    def __init__(self, open_text: Callable[[str], Text]) -> None:
        self._open = open_text
        self._text: Text | None = None  # the open string, or all that follows when it is not JSON
        self._plain = False
        self._rest = ""  # the beginning of an escape, or of a word outside strings
        self._said: list[str] = []
        self._context = ""

    def feed(self, text: str) -> str:
        """What can go out now that `text` has come."""
        return self._fed(self._rest + text if self._rest else text, final=False)

    def close(self) -> str:
        """The rest, now that nothing will come."""
        out = self._fed(self._rest, final=True)
        if self._text is None:
            return out
        last = self._text.close()
        self._text = None
        return out + (last if self._plain else encoded(last))

    def _fed(self, text: str, *, final: bool) -> str:
        out: list[str] = []
        at, self._rest = 0, ""
        while at < len(text):
            if self._text is None:
                at = self._outside(text, at, out, final=final)
            elif self._plain:
                out.append(self._text.feed(text[at:]))
                break
            else:
                at = self._string(self._text, text, at, out, final=final)
            if self._rest:
                break
        return "".join(out)

    def _string(self, inner: Text, text: str, at: int, out: list[str], *, final: bool) -> int:
        """Reads on in a string, to its end if it has come; returns where it stopped."""
        pieces: list[str] = []
        closed = False
        while at < len(text) and not closed:
            stop = _STOP.search(text, at)
            run = stop.start() if stop else len(text)
            pieces.append(text[at:run])
            at = run
            if stop is None:
                break
            if stop[0] == '"':
                closed = True
                at += 1
            elif not final and _CUT_ESCAPE.match(text, at):
                self._rest = text[at:]
                break
            elif escape := _ESCAPE.match(text, at):
                pieces.append(_decoded(escape))
                at = escape.end()
            else:  # not an escape: a backslash that should have been one
                pieces.append("\\")
                at += 1
        said = "".join(pieces)
        self._said.append(said)
        out.append(encoded(inner.feed(said)))
        if closed:
            out.append(encoded(inner.close()) + '"')
            self._text = None
            # No number and no word goes on behind the mark: strings are texts of their own.
            self._context = f"{self._context}{''.join(self._said)}: "[-_CONTEXT:]
            self._said.clear()
        return at

    def _outside(self, text: str, at: int, out: list[str], *, final: bool) -> int:
        """Reads on between strings, over one word at most; returns where it stopped."""
        structure = _STRUCTURE.match(text, at)
        start = structure.end() if structure else at
        out.append(text[at:start])
        if text.startswith('"', start):
            out.append('"')
            self._text = self._open(self._context)
            return start + 1
        word = _WORD.match(text, start)
        if word is None:
            return start
        whole = final or word.end() < len(text)
        if not _may_be_literal(word[0], whole=whole):
            self._plain = True
            self._text = self._open(self._context)
        elif whole:
            out.append(self._literal(word[0]))
            return word.end()
        else:
            self._rest = word[0]
        return start

    def _literal(self, word: str) -> str:
        """A number may be data too; what takes its place is a string."""
        if sum(map(str.isdigit, word)) < _LONG_NUMBER:
            return word
        inner = self._open(self._context)
        treated = inner.feed(word) + inner.close()
        return word if treated == word else f'"{encoded(treated)}"'


def _may_be_literal(word: str, *, whole: bool) -> bool:
    if len(word) > _LITERAL:
        return False
    if whole:
        return word in _NAMES or _NUMBER.fullmatch(word) is not None
    return any(name.startswith(word) for name in _NAMES) or bool(_NUMBER_SO_FAR.fullmatch(word))
