"""Where a text may be cut so that no value is: at places that its own words decide.

A cut may stand between two words, A and B, when B is complete and

- neither B nor A nor the two words before A holds a digit or ``@``: the groups of a card number,
  an account or a telephone number stay together, and so do ``12 March 2024`` and
  ``221b Baker Street``;
- neither A nor B is a word that joins (``at``, ``dot``, in brackets or not, ``arroba``, ``punkt``,
  a lone hyphen): ``name at host dot com`` stays together;
- A and B are not both capitalised words of one sentence, nor B a particle after such a word: names
  of up to six words stay together (``Anna von der Heide``).

Words are parted by white space and by the punctuation of scripts that write none. So plain prose
waits for one word and the one after it, and nothing depends on how the text was delivered.
"""

from __future__ import annotations

import re

MASK = "\ue000"
"""Stands for each character of a live token: a word like any other, without a digit."""

_BEFORE = 3  # words up to the cut that are free of digits
_NAME_WORDS = 6
_ABBREVIATION = 4  # letters; a longer word with a full stop ends its sentence
_WORD = re.compile(r"[^\s\u3001\u3002\u300c-\u300f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+")
_STICKY = re.compile(r"[\d@]")
_EDGES = re.compile(r"^\W+|[\W_]+$")
_STOP = re.compile(r"[.!?\u2026][\"'\u201d\u2019)\]]*$")
_JOINING = frozenset(
    {
        "arobase", "arroba", "at", "dash", "dot", "hyphen", "minus", "point", "ponto", "punkt",
        "punto", "underscore",
    }
)  # fmt: skip
_PARTICLES = frozenset(
    {
        "al", "ben", "bin", "binti", "da", "das", "de", "del", "della", "den", "der", "di", "dos",
        "du", "el", "ibn", "la", "le", "van", "von", "y", "zu", "zur",
    }
)  # fmt: skip
_PLAIN = (
    rf"(?!(?:{'|'.join(sorted(_JOINING))})\b)"
    r"[a-z\xdf-\xf6\xf8-\xff]{1,15}[,.!?]?"
)
_RUN = re.compile(rf"((?:{_PLAIN}\s+)+){_PLAIN}(?=\s)")
"""Words in small letters, each of which may be cut from the next; the last one apart."""


class Cuts:
    """Finds the cuts of a text from left to right, looking at each word once."""

    __slots__ = ("_at", "_digits", "_joined", "_name", "_stopped")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin anew at the beginning of the text that remains."""
        self._at = 0
        self._digits = 0  # words that must still pass before a cut
        self._name = 0  # words of the name that the last word may end
        self._joined = self._stopped = True  # no cut before the first word

    def moved(self, length: int) -> None:
        """The first `length` characters have gone."""
        self._at -= length

    def skip(self, text: str) -> int:
        """The offset of the last cut in a run of plain words, or 0 if `text` begins with none.

        Does what `next` would, cut for cut, if it were asked as long as there are such words. Where
        nothing forbids a cut and `text` begins with two such words, its first is the one that was
        last: only a word that joins or holds a digit would have kept it from going.

        Args:
            text: What remains.
        """
        if self._digits or self._joined or self._name:
            return 0
        run = _RUN.match(text)
        if run is None:
            return 0
        last = run[0][run.end(1) :]
        self._at = len(last)
        self._stopped = last[-1] in ".!?" and len(last) - 1 > _ABBREVIATION
        return run.end(1)

    def next(self, text: str) -> int:
        """The offset of the next cut in `text`, or -1 if its words so far decide on none."""
        while (match := _WORD.search(text, self._at)) and match.end() < len(text):
            self._at = match.end()
            if self._parts_before(match[0]):
                return match.start()
        return -1

    def _parts_before(self, word: str) -> bool:
        """Whether a cut may stand before `word`; then `word` is the one that was last."""
        core = _EDGES.sub("", word) if MASK not in word else word
        joins = not core or core.casefold() in _JOINING
        digits = _STICKY.search(word) is not None
        named = core[:1].isupper() or (self._name > 0 and core in _PARTICLES)
        self._name = 0 if not named else 1 if self._stopped else self._name + 1
        free = not (
            joins or digits or self._joined or self._digits or (1 < self._name <= _NAME_WORDS)
        )
        self._digits = _BEFORE if digits else max(0, self._digits - 1)
        self._joined = joins
        self._stopped = len(core) > _ABBREVIATION and _STOP.search(word) is not None
        return free
