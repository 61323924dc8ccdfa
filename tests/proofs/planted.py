"""Values that are planted, made anew for each owner, and a search for them in bytes.

Every value is well formed: its check digits hold. Spellings are ways of writing one that a reader
would still read.
"""

from __future__ import annotations

import base64
import html
import json
import random
import re
import unicodedata
import urllib.parse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from stdnum import luhn
from stdnum.ch import ssn
from stdnum.cn import ric
from stdnum.de import idnr
from stdnum.es import dni
from stdnum.fr import nir
from stdnum.pl import pesel

_FIRST = [
    "anna", "jürgen", "marie", "joão", "wei", "li", "carmen", "pierre", "svenja", "tomasz",
    "olga", "kenji",
]  # fmt: skip
_LAST = [
    "quendelwurz", "zyskowski", "garcía-lópez", "lefèvre", "wang", "schönfelder", "ó-briain",
    "nakamura",
]  # fmt: skip
_HOSTS = [
    "beispiel.de", "example.fr", "ejemplo.es", "example.cn", "post.example.org",
    "mail.example.co.uk",
]  # fmt: skip
_NAMES = [
    "James", "Oliver", "Robert", "Michael", "William", "David", "Richard", "Joseph", "Thomas",
    "Charles", "Daniel", "Matthew", "Jennifer", "Elizabeth", "Susan", "Jessica", "Karen",
    "Nancy", "Margaret", "Sandra", "Laura", "Rebecca", "Helen", "Amanda",
]  # fmt: skip
_SURNAMES = [
    "Smith", "Johnson", "Williams", "Brown", "Miller", "Davis", "Wilson", "Anderson", "Taylor",
    "Thompson", "Harrison", "Robinson", "Walker", "Wright", "Mitchell", "Campbell", "Edwards",
    "Collins", "Stewart", "Morris", "Murphy", "Peterson", "Richardson",
]  # fmt: skip
_WIDTH = 8
_SIEVE = 22


@dataclass(frozen=True, slots=True)
class Value:
    """A planted value.

    Args:
        kind: What it is.
        text: As it is written.
        owner: Whose it is: a conversation, or ``!`` and one for what its provider invents.
    """

    kind: str
    text: str = field(repr=False)
    owner: str


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isascii() and (c.isalnum() or c in ".-"))


def _valid(rng: random.Random, make: Callable[[], str], check: Callable[[str], object]) -> str:
    """The first that is well formed."""
    while True:
        made = make()
        try:
            if check(made):
                return made
        except (ValueError, KeyError):
            continue


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _groups(text: str, size: int, mark: str = " ") -> str:
    return mark.join(text[i : i + size] for i in range(0, len(text), size))


def email(rng: random.Random) -> str:
    """An address that nobody else in a run has."""
    name = f"{_plain(rng.choice(_FIRST))}.{_plain(rng.choice(_LAST))}{rng.randrange(10**6):06d}"
    return f"{name}@{rng.choice(_HOSTS)}"


def phone(rng: random.Random) -> str:
    """A number with its country code."""
    return rng.choice(
        (
            f"+49 30 {_digits(rng, 8)}",
            f"+49 151 {rng.randrange(1, 9)}{_digits(rng, 7)}",
            f"+33 6 {rng.randrange(10, 79)} {_groups(_digits(rng, 6), 2)}",
            f"+34 6{_digits(rng, 2)} {_digits(rng, 3)} {_digits(rng, 3)}",
            f"+86 138 {_digits(rng, 4)} {_digits(rng, 4)}",
        )
    )


def card(rng: random.Random) -> str:
    """A Visa or Mastercard number."""
    stem = rng.choice(("4", "51", "55")) + _digits(rng, 14)
    number = stem[:15] + luhn.calc_check_digit(stem[:15])
    return rng.choice((number, _groups(number, 4), _groups(number, 4, "-")))


def iban(rng: random.Random) -> str:
    """A German account (ISO 13616)."""
    account = _digits(rng, 18)
    check = 98 - int(f"{account}131400") % 97
    number = f"DE{check:02d}{account}"
    return rng.choice((number, _groups(number, 4)))


def national(rng: random.Random) -> str:
    """A number of a person in one of six countries."""
    day = f"{rng.randrange(50, 99):02d}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    return rng.choice(
        (
            lambda: _valid(rng, lambda: str(rng.randrange(1, 10)) + _digits(rng, 10),
                           idnr.is_valid),
            lambda: (stem := _digits(rng, 8)) + dni.calc_check_digit(stem),
            lambda: _valid(rng, lambda: (s := f"1{day[:4]}{rng.choice(('75', '13', '69'))}"
                                              f"{_digits(rng, 6)}") + nir.calc_check_digits(s),
                           nir.is_valid),
            lambda: (s := day + _digits(rng, 4)) + pesel.calc_check_digit(s),
            lambda: _valid(rng, lambda: f"11010519{day}{_digits(rng, 3)}"
                                        f"{rng.choice('0123456789X')}", ric.is_valid),
            lambda: _valid(rng, lambda: f"756{_digits(rng, 10)}", ssn.is_valid),
        )
    )()  # fmt: skip


def address(rng: random.Random) -> str:
    """An address of the Internet Protocol (see `test_findings` for those of version 6)."""
    return ".".join(str(rng.randrange(101, 223)) for _ in range(4))


def secret(rng: random.Random) -> str:
    """A key of an interface."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    if rng.random() < 0.5:
        return "AKIA" + "".join(rng.choices(letters + "234567", k=16))
    return "ghp_" + "".join(rng.choices(letters + letters.lower() + "0123456789", k=36))


def name(number: int) -> str:
    """The name of a person, another for each of five hundred numbers."""
    first, last = divmod(number, len(_SURNAMES))
    return f"{_NAMES[first]} {_SURNAMES[last]}"


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "email": email, "phone": phone, "card": card, "iban": iban, "national": national,
    "address": address, "secret": secret,
}  # fmt: skip
_WIDE = {ord("0") + n: 0xFF10 + n for n in range(10)}


def planted(rng: random.Random, owner: str, kind: str = "") -> Value:
    """A value of a kind, any if none is named; some are spelled unusually."""
    kind = kind or rng.choice(tuple(MAKERS))
    if kind == "name":
        return Value(kind, name(int(owner.rpartition("-")[2])), owner)
    text = MAKERS[kind](rng)
    spelled = rng.random()
    if kind in {"card", "iban", "phone"} and spelled < 0.15:
        text = text.translate(_WIDE)
    elif kind in {"card", "iban"} and spelled < 0.3:
        text = text.replace(" ", "\N{NO-BREAK SPACE}")
    elif kind == "email" and spelled < 0.15:
        text = text.upper()
    return Value(kind, text, owner)


def forms(text: str) -> set[str]:
    """How a value may stand in bytes, in lower case."""
    folded = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"\D", "", folded)
    bare = re.sub(r"[\s-]", "", folded)
    said = {text, folded, bare}
    said |= {json.dumps(one)[1:-1] for one in said}
    said |= {json.dumps(one)[1:-1] for one in said}  # JSON in a string of JSON
    said |= {urllib.parse.quote(one, safe="") for one in (text, folded, bare)}
    said |= {urllib.parse.quote_plus(one) for one in (text, folded)}
    said |= {html.escape(text), folded.encode().hex()}
    if len(digits) >= 9:
        said.add(digits)
    return {one.lower() for one in said if len(one.encode()) >= _WIDTH}


def based(text: str) -> Iterator[bytes]:
    """The same in base 64, at any of its three alignments, less the characters at its edges."""
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + text.encode())[4:-4]


def compact(raw: str) -> str:
    """Bytes as a reader who undoes escapes, mark-up and separators would see them."""
    said = raw
    for _ in range(2):
        said = re.sub(
            r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), said.replace("\\\\u", "\\u")
        )
    said = html.unescape(urllib.parse.unquote(said))
    said = unicodedata.normalize("NFKC", said).casefold()
    return re.sub(r"<[^<>]*>|[\s\-./()\u200b\u00ad]", "", said)


class Search:
    """Looks for all values of a run in many bytes at once.

    Attributes:
        owners: Whose a text is; among twenty thousand a few are two's by chance.
    """

    def __init__(self) -> None:
        self.owners: defaultdict[str, set[str]] = defaultdict(set)
        self._forms: dict[int, list[tuple[bytes, bool, Value]]] = {}
        self._sieve = np.zeros(1 << _SIEVE, dtype=bool)

    def __len__(self) -> int:
        return len(self._forms)

    def add(self, value: Value) -> None:
        """Look for a value from now on."""
        self.owners[value.text].add(value.owner)
        for form in forms(value.text):
            data = form.encode("utf-8", "surrogatepass")
            self._put(data, value)
        for data in based(value.text):
            self._put(data, value, exact=True)

    def _put(self, data: bytes, value: Value, *, exact: bool = False) -> None:
        """Exactly as it is in base 64, where eight letters in any case are a coincidence.

        A log of a proof holds ten million characters of digests and salts.
        """
        key = int.from_bytes(data[:_WIDTH].lower(), "little")
        self._forms.setdefault(key, []).append((data, exact, value))
        self._sieve[_slot(np.array([key], dtype=np.uint64))] = True

    def hits(self, blobs: Sequence[bytes]) -> list[tuple[int, Value]]:
        """What stands where: the number of the bytes, and the value."""
        found = []
        for number, group in _grouped(blobs):
            found += [(number[at], value) for at, value in self._among(group)]
        return found

    def _among(self, blobs: Sequence[bytes]) -> Iterator[tuple[int, Value]]:
        whole = b"\0".join(blobs) + b"\0" * _WIDTH
        data = whole.lower()
        ends = np.cumsum([len(blob) + 1 for blob in blobs])
        row = np.frombuffer(data, dtype=np.uint8)
        windows = np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(row, _WIDTH))
        keys = windows.view(np.uint64).ravel()
        for at in np.nonzero(self._sieve[_slot(keys)])[0]:
            for form, exact, value in self._forms.get(int(keys[at]), ()):
                if (whole if exact else data).startswith(form, at):
                    yield int(np.searchsorted(ends, at, side="right")), value


def _slot(keys: np.ndarray) -> np.ndarray:
    with np.errstate(over="ignore"):
        mixed = keys * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(64 - _SIEVE)).astype(np.int64)


def _grouped(blobs: Sequence[bytes]) -> Iterable[tuple[list[int], list[bytes]]]:
    numbers: list[int] = []
    group: list[bytes] = []
    size = 0
    for number, blob in enumerate(blobs):
        numbers.append(number)
        group.append(blob)
        size += len(blob)
        if size > 2_000_000:
            yield numbers, group
            numbers, group, size = [], [], 0
    if group:
        yield numbers, group
