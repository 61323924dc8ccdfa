"""One conversation: from label and value to a token, and where a text holds its tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from guard.errors import ObligationError
from guard.vault import surrogates
from guard.vault.seal import Box
from guard.vault.store import Store
from guard.vault.tokens import Place, among, any_in, candidates, places, token

_CHOICES = 8
"""Stand-ins tried for one value; of a thousand addresses of 57 million one in 10^5 is taken."""
_MANY = 2000
"""More look-alikes in a text than this, and the conversation's own tokens are asked for instead."""


class Shelf:
    """What a store holds of one conversation, asked in few queries and each token once.

    Args:
        store: The store.
        name: The conversation's keyed name.
        key: The conversation's key.
    """

    def __init__(self, store: Store, name: bytes, key: bytes) -> None:
        self.store, self.name, self.key = store, name, key
        self._box = Box(key)
        self._rows: dict[str, bytes | None] = {}
        self._own: frozenset[str] | None = None

    def held(self, tokens: Collection[str]) -> set[str]:
        """Those of `tokens` that are there.

        Raises:
            ObligationError: If the store does not answer.
        """
        asked = [one for one in tokens if one not in self._rows]
        if asked:
            known = self.store.values(self.name, asked)
            self._rows.update((one, known.get(one)) for one in asked)
        return {one for one in tokens if self._rows[one] is not None}

    def value(self, token: str) -> str:
        """What a token that is held stands for.

        Raises:
            ObligationError: If the key does not open it.
        """
        sealed = self._rows[token]
        if sealed is None:
            raise ObligationError("the vault holds no such token")
        return self.opened(token, sealed)

    def opened(self, token: str, sealed: bytes) -> str:
        """What was sealed for a token."""
        return self._box.opened(sealed, token.encode()).decode("utf-8", "surrogatepass")

    def sealed(self, token: str, value: str) -> bytes:
        """A value, sealed for a token."""
        return self._box.sealed(value.encode("utf-8", "surrogatepass"), token.encode())

    def held_in(self, texts: Iterable[str]) -> set[str]:
        """Those tokens that are there and may occur in some texts.

        Raises:
            ObligationError: If the store does not answer.
        """
        texts = tuple(texts)
        found = candidates(texts, _MANY)
        if found is None:
            if self._own is None:
                self._own = frozenset(self.store.tokens(self.name))
            found = among(texts, self._own)
        return self.held(found)

    def places(self, text: str) -> Iterator[Place]:
        """Where a text holds tokens that are there."""
        return places(text, self.held_in((text,)))


class Conversation:
    """From label and value to the token of one conversation.

    Args:
        shelf: What earlier turns were given.
        preserve: Whether stand-ins keep the format of their value wherever there is one to keep.
    """

    def __init__(self, shelf: Shelf, *, preserve: bool = False) -> None:
        self._shelf, self._preserve = shelf, preserve
        self._surrogates = surrogates.key(shelf.key)
        self._texts: list[str] = []
        self._kept: dict[tuple[str, str], str] = {}
        self.fresh: dict[str, str] = {}

    def __call__(self, label: str, value: str, *, preserve: bool = False) -> str:
        """The token that stands for `value`.

        Args:
            label: What kind of value it is, a placeholder of the table `categories`.
            value: The value.
            preserve: Whether its format is to be kept if it has one (`guard.vault.surrogates`).

        Raises:
            ObligationError: If two values would get one token, or the store does not answer.
        """
        kind = surrogates.of(label, value) if preserve or self._preserve else None
        if kind is None:
            made = token(self._shelf.key, label, value)
        else:
            made = self._preserved(kind, label, value)
        if self.fresh.setdefault(made, value) != value:
            raise ObligationError("the vault found no free token", remedy="try again")
        return made

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where `text` holds tokens that earlier turns were given.

        What else stands there is given to no value as its stand-in.

        Raises:
            ObligationError: If the vault cannot be read.
        """
        self._texts.append(text)
        return tuple((place.start, place.end) for place in self._shelf.places(text))

    def live(self, texts: Iterable[str]) -> dict[str, str]:
        """The tokens that occur in some texts, of this turn and of earlier ones, with their values.

        Args:
            texts: The texts, as they are after treatment.

        Raises:
            ObligationError: If the vault cannot be read.
        """
        looked = [text for text in texts if any_in(text)]
        known = self._shelf.held_in(looked) | self.fresh.keys()
        there = {place.token for text in looked for place in places(text, known)}
        return {
            one: self.fresh[one] if one in self.fresh else self._shelf.value(one)
            for one in sorted(there)
        }

    def _preserved(self, kind: surrogates.Format, label: str, value: str) -> str:
        """The stand-in that the value has, else the first that nothing else has."""
        if (label, value) in self._kept:
            return self._kept[label, value]
        choices = [
            surrogates.made(kind, self._surrogates, label, value, n) for n in range(_CHOICES)
        ]
        held = self._shelf.held(choices)
        mine = (one for one in choices if one in held and self._shelf.value(one) == value)
        free = (one for one in choices if one not in held and self._free(one, value))
        made = next(mine, "") or next(free, "")
        if not made:
            raise ObligationError("the vault found no free token", remedy="try again")
        self._kept[label, value] = made
        return made

    def _free(self, choice: str, value: str) -> bool:
        """Whether a stand-in is neither a value nor a token, nor in any text that we saw."""
        return (
            choice != value
            and choice not in self.fresh
            and choice not in self.fresh.values()
            and not any(choice in text for text in self._texts)
        )
