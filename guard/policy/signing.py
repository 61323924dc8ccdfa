"""Signatures of OPA bundles: ``.signatures.json``, one JWS over the digest of every file.

The format is OPA's (openpolicyagent.org, "Bundles", section Signing). Of the algorithms that OPA
verifies only ES256 (RFC 7518, section 3.4) is used here: one algorithm leaves nothing to confuse.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from guard.errors import ConfigError, VerificationError

FILE = ".signatures.json"
ALGORITHM = "ES256"
_HASH = "SHA-256"
_HALF = 32
_KEYID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,95}")
_MAKE = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE"
# OPA reads these files and hashes what they say, not how it is written (bundle.IsStructuredDoc).
_STRUCTURED = frozenset({".manifest", "data.json", "data.yaml", "data.yml"})


@dataclass(frozen=True, slots=True)
class BundleKey:
    """The private key that signs bundles: a P-256 key in PEM, mode 0600.

    Args:
        keyid: What the verifier calls the key (``opa run --verification-key-id``).
    """

    keyid: str
    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    @classmethod
    def load(cls, path: Path, keyid: str) -> Self:
        """Read a private key.

        Raises:
            ConfigError: If it is missing, of another kind, encrypted, or readable by others.
        """
        text = _read(path, private=True)
        try:
            key = load_pem_private_key(text, password=None)
        except TypeError:
            raise ConfigError(
                f"{path}: the key is encrypted", remedy="decrypt it into a file of mode 0600"
            ) from None
        except (ValueError, UnsupportedAlgorithm):
            raise ConfigError(f"{path}: not a private key in PEM", remedy=_MAKE) from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not _p256(key.curve):
            raise ConfigError(f"{path}: not a P-256 key, which {ALGORITHM} needs", remedy=_MAKE)
        return cls(_keyid(keyid), key)

    @property
    def verifier(self) -> BundleVerifier:
        """The public half."""
        return BundleVerifier(self.keyid, self._key.public_key())

    def sign(self, files: Mapping[str, bytes], *, scope: str = "") -> bytes:
        """The content of ``.signatures.json`` for these files.

        Args:
            files: Content by path in the bundle.
            scope: What the signature is valid for; a verifier must be told the same, or nothing
                when it is empty (``opa run --scope``).
        """
        claims: dict[str, Any] = {
            "files": [
                {"name": name, "hash": file_hash(name, body), "algorithm": _HASH}
                for name, body in sorted(files.items())
            ],
            "keyid": self.keyid,
        }
        if scope:
            claims["scope"] = scope
        header = {"alg": ALGORITHM, "kid": self.keyid, "typ": "JWT"}
        message = b".".join(_encode(_compact(part)) for part in (header, claims))
        # RFC 6979: the same bundle has the same signature, and no bad random number can leak the
        # key.
        how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self._key.sign(message, how))
        raw = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
        token = (message + b"." + _encode(raw)).decode("ascii")
        return json.dumps({"signatures": [token]}, indent=1).encode() + b"\n"


@dataclass(frozen=True, slots=True)
class BundleVerifier:
    """The public key that bundles must be signed with.

    Args:
        keyid: What the signature calls it.
    """

    keyid: str
    _key: ec.EllipticCurvePublicKey = field(repr=False)

    @classmethod
    def load(cls, path: Path, keyid: str) -> Self:
        """Read a public key.

        Raises:
            ConfigError: If it is missing or of another kind.
        """
        text = _read(path, private=False)
        if b"PRIVATE" in text:
            raise ConfigError(
                f"{path}: this is a private key where the public one is expected",
                remedy="openssl pkey -in PRIVATE -pubout -out PUBLIC",
            )
        try:
            key = load_pem_public_key(text)
        except (ValueError, UnsupportedAlgorithm):
            raise ConfigError(f"{path}: not a public key in PEM", remedy=_MAKE) from None
        if not isinstance(key, ec.EllipticCurvePublicKey) or not _p256(key.curve):
            raise ConfigError(f"{path}: not a P-256 key, which {ALGORITHM} needs", remedy=_MAKE)
        return cls(_keyid(keyid), key)

    def verify(self, files: Mapping[str, bytes], signatures: bytes, *, scope: str = "") -> None:
        """Check that exactly these files were signed with this key.

        Args:
            files: Content by path, all of the bundle but the signature itself.
            signatures: Content of ``.signatures.json``.
            scope: What the signature must be valid for.

        Raises:
            VerificationError: Naming the first file that is not what was signed, or what is wrong
                with the signature.
        """
        claims = self._claims(_token(signatures))
        if claims.get("scope", "") != scope:
            raise VerificationError(
                f"{FILE}: signed for another scope", remedy="name the scope it was signed for"
            )
        signed = _signed_files(claims.get("files"))
        for name in sorted(signed.keys() | files.keys()):
            if name not in signed:
                raise VerificationError(f"{name}: is in the bundle and was not signed")
            if name not in files:
                raise VerificationError(f"{name}: was signed and is not in the bundle")
            if file_hash(name, files[name]) != signed[name]:
                raise VerificationError(f"{name}: is not what was signed")

    def _claims(self, token: str) -> dict[str, Any]:
        parts = token.encode("ascii").split(b".")
        if len(parts) != 3:
            raise _malformed()
        header, claims = _object(_decode(parts[0])), _object(_decode(parts[1]))
        if header.get("alg") != ALGORITHM or not header.keys() <= {"alg", "kid", "typ"}:
            raise VerificationError(
                f"{FILE}: the signature is not plain {ALGORITHM}",
                remedy=f"sign with `guard policy build --sign`, or opa --signing-alg {ALGORITHM}",
            )
        named = [part[key] for part, key in ((header, "kid"), (claims, "keyid")) if key in part]
        if not named or any(name != self.keyid for name in named):
            raise VerificationError(
                f"{FILE}: the signature does not name the key {self.keyid}",
                remedy="give the key's id under which the bundle was signed",
            )
        raw = _decode(parts[2])
        if len(raw) != 2 * _HALF:
            raise _malformed()
        r, s = (int.from_bytes(half, "big") for half in (raw[:_HALF], raw[_HALF:]))
        try:
            self._key.verify(
                encode_dss_signature(r, s), b".".join(parts[:2]), ec.ECDSA(hashes.SHA256())
            )
        except InvalidSignature:
            raise VerificationError(
                f"{FILE}: the signature is not of the key {self.keyid}",
                remedy="get the bundle again from whoever signs your policies",
            ) from None
        return claims


def file_hash(name: str, body: bytes) -> str:
    """The SHA-256 that OPA expects for a file: of structured files over their canonical walk.

    Raises:
        VerificationError: If a structured file is not JSON, or says a key twice.
    """
    if name.rsplit("/", 1)[-1] in _STRUCTURED:
        body = _walk(_json(name, body))
    return hashlib.sha256(body).hexdigest()


def _walk(value: Any) -> bytes:
    # Go's encoder writes U+2028 and U+2029 as escapes and everything else as we do.
    text = _text(value)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode("utf-8")


def _text(value: Any) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _json(name: str, body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_float=_refuse_float)
    except (ValueError, RecursionError):
        raise VerificationError(
            f"{name}: is not JSON, says a key twice or holds a float",
            remedy="build the bundle anew",
        ) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse_float(text: str) -> Any:
    raise ValueError(f"a float of {len(text)} characters: it has more than one spelling")


def _token(signatures: bytes) -> str:
    document = _object(signatures)
    tokens = document.get("signatures")
    if set(document) != {"signatures"} or not isinstance(tokens, list) or len(tokens) != 1:
        raise VerificationError(
            f"{FILE}: holds no signature, or more than one", remedy="build the bundle anew"
        )
    token = tokens[0]
    if not isinstance(token, str) or not token.isascii():
        raise _malformed()
    return token


def _signed_files(entries: Any) -> dict[str, str]:
    if not isinstance(entries, list) or not entries:
        raise VerificationError(f"{FILE}: no file was signed", remedy="build the bundle anew")
    signed: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"name", "hash", "algorithm"}:
            raise _malformed()
        name, hashed = entry["name"], entry["hash"]
        if type(name) is not str or type(hashed) is not str or entry["algorithm"] != _HASH:
            raise _malformed()
        if name in signed:
            raise VerificationError(f"{name}: was signed twice", remedy="build the bundle anew")
        signed[name] = hashed
    return signed


def _object(body: bytes) -> dict[str, Any]:
    value = _json(FILE, body)
    if not isinstance(value, dict):
        raise _malformed()
    return value


def _malformed() -> VerificationError:
    return VerificationError(f"{FILE}: malformed", remedy="build the bundle anew")


def _compact(value: Any) -> bytes:
    return _text(value).encode("utf-8")


def _encode(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """base64url without padding, in its one spelling (RFC 7515, section 2)."""
    try:
        data = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        raise _malformed() from None
    if _encode(data) != text:
        raise _malformed()
    return data


def _p256(curve: ec.EllipticCurve) -> bool:
    return curve.name == ec.SECP256R1.name


def _keyid(keyid: str) -> str:
    if not _KEYID.fullmatch(keyid):
        raise ConfigError("a key's id is letters, digits and _.:/-", remedy="for example acme-2026")
    return keyid


def _read(path: Path, *, private: bool) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(16_384)
    except OSError as error:
        raise ConfigError(
            f"{path}: the key cannot be read: {error.strerror}", remedy=_MAKE
        ) from None
    if private and stat.S_IMODE(mode) & 0o077:
        raise ConfigError(f"{path}: the key can be read by others", remedy=f"chmod 600 {path}")
    return text
