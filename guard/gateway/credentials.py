"""Files that hold secrets: read again when they change, never shown."""

from __future__ import annotations

import configparser
import os
import re
from pathlib import Path

from guard.errors import Undecided
from guard.gateway.sigv4 import Credentials

_LONGEST = 16_384
_VISIBLE = re.compile(r"[\x21-\x7e]+")

Stamp = tuple[int, int, int]


class NoCredential(Undecided):
    """There is no usable credential for an upstream, so nothing is sent there."""


class SecretFile:
    """A file with one secret on one line, which another process may replace at any time.

    It is looked at on every use and read again when its time, size or inode has changed.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held: tuple[Stamp, str] | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._path)!r})"

    def read(self) -> str:
        """The secret.

        Raises:
            NoCredential: The file cannot be read, is empty, or holds more than one word.
        """
        stamp, held = _stamp(self._path), self._held
        if held is None or held[0] != stamp:
            secret = _text(self._path).strip()
            if not _VISIBLE.fullmatch(secret):  # a line break would begin another header
                raise NoCredential(f"{self._path}: no single word", remedy="write it on one line")
            self._held = held = (stamp, secret)
        return held[1]


class AwsFile:
    """A file in the form of ``~/.aws/credentials``.

    Args:
        path: The file.
        profile: Its section.
    """

    def __init__(self, path: Path, profile: str) -> None:
        self._path = path
        self._profile = profile
        self._held: tuple[Stamp, Credentials] | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._path)!r}, {self._profile!r})"

    def read(self) -> Credentials:
        """The key pair.

        Raises:
            NoCredential: The file cannot be read, or has no such profile with both keys.
        """
        stamp, held = _stamp(self._path), self._held
        if held is None or held[0] != stamp:
            self._held = held = (stamp, self._parsed(_text(self._path)))
        return held[1]

    def _parsed(self, text: str) -> Credentials:
        parser = configparser.RawConfigParser()
        try:
            parser.read_string(text)
            section = parser[self._profile]
            pair = section["aws_access_key_id"], section["aws_secret_access_key"]
        except (configparser.Error, KeyError):  # their messages quote lines of the file
            pair = "", ""
        token = parser.get(self._profile, "aws_session_token", fallback="")
        if not all(map(_VISIBLE.fullmatch, pair)) or (token and not _VISIBLE.fullmatch(token)):
            raise NoCredential(
                f"{self._path}: no key pair in the profile {self._profile[:60]!r}",
                remedy="write aws_access_key_id and aws_secret_access_key",
            )
        return Credentials(*pair, token)


def _stamp(path: Path) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, on every request
    except OSError as error:
        raise _unreadable(path, error) from None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            found = file.read(_LONGEST + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(found) > _LONGEST:
        raise NoCredential(f"{path}: too long for a credential")
    if not found.isascii():  # decoding would put the bytes into an exception
        raise NoCredential(f"{path}: cannot be read as ASCII")
    return found.decode("ascii")


def _unreadable(path: Path, error: Exception) -> NoCredential:
    return NoCredential(f"{path}: cannot be read ({type(error).__name__})")
