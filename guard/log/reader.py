"""A log as an auditor reads it: a directory, perhaps a copy, and a public key.

log = Log(Path("decisions"), verifier="acme.example/guard+4f2c…")
log.verify().entries
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guard.errors import VerificationError
from guard.log import record, snapshot
from guard.log.checkpoint import Checkpoint
from guard.log.keys import VerifierKey
from guard.log.merkle import consistency_proof, inclusion_proof
from guard.log.proof import Proof
from guard.log.schema import AnyRecord
from guard.log.verify import Verified, verify
from guard.log.view import View

_ID = '"id":"'


class Log:
    """A log at the moment it was read; make another to see what came later.

    Reading checks the head's signature and that the journal continues the tiles. `verify` checks
    the rest. A writer may be at work meanwhile.

    Args:
        directory: The log's directory.
        verifier: The log's public key, parsed or as ``name+id+base64``.

    Raises:
        ConfigError: If the key is none.
        VerificationError: If there is no log, or it is not signed by that key.
    """

    def __init__(self, directory: Path | str, verifier: VerifierKey | str) -> None:
        key = VerifierKey.parse(verifier) if isinstance(verifier, str) else verifier
        self.directory = Path(directory)
        self._snapshot = snapshot.load(self.directory, key)
        if not self._snapshot.head.size and not self._snapshot.note:
            raise VerificationError(
                f"{directory}: there is no log here", remedy="give the directory that holds `tile`"
            )
        self._view = View(self.directory, self._snapshot)

    @property
    def head(self) -> Checkpoint:
        """The latest signed head."""
        return self._snapshot.head

    @property
    def checkpoint(self) -> bytes:
        """The latest signed head as a signed note."""
        return self._snapshot.note

    def __len__(self) -> int:
        return self._view.size

    def verify(self, *, records: bool = True) -> Verified:
        """Audit the whole log.

        Args:
            records: Also read every entry as a record; False for logs of other software.

        Raises:
            VerificationError: Naming the first entry or tile that is not what it should be.
        """
        return verify(self._view, self._snapshot, records=records)

    def raw(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes of entries `start` to `stop`."""
        stop = self._view.size if stop is None else min(stop, self._view.size)
        for _, entries in self._view.bundles(max(start, 0), stop):
            yield from entries

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[AnyRecord]:
        """The records `start` to `stop`.

        Raises:
            VerificationError: If an entry cannot be read.
        """
        return map(record.parse, self.raw(start, stop))

    def find(self, identifier: str) -> tuple[int, AnyRecord]:
        """The index and record of an id. The log is read from its end.

        Raises:
            VerificationError: If there is none.
        """
        wanted = f'{_ID}{identifier}"'.encode()
        for start in range((max(len(self) - 1, 0) >> 8) << 8, -1, -256):
            for place, data in enumerate(self.raw(start, start + 256)):
                if wanted in data and (item := record.parse(data)).id == identifier:
                    return start + place, item
        raise VerificationError("the log has no entry of that id")

    def prove(self, entry: int | str) -> str:
        """A proof (c2sp.org/tlog-proof) of an entry, by index or id; `verify_proof` checks it.

        Raises:
            VerificationError: If there is no such entry, or hashes are missing.
        """
        index = self.find(entry)[0] if isinstance(entry, str) else entry
        data = self._view.entry(index)
        path = inclusion_proof(self._view.node, index, self._view.size)
        return Proof(data, index, path, self._snapshot.note).render()

    def consistency(self, old: int) -> list[bytes]:
        """The proof that the log of `old` entries is the beginning of this one (RFC 6962, 2.1.2).

        Raises:
            VerificationError: If the log was never that small.
        """
        if not 0 <= old <= self._view.size:
            raise VerificationError(f"the log has {self._view.size} entries, fewer than {old}")
        return consistency_proof(self._view.node, old, self._view.size)
