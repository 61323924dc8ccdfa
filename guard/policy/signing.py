"""Signatures of OPA bundles: ``.signatures.json``, one JWS over the digest of every file.

The format is OPA's (openpolicyagent.org, "Bundles", section Signing). Of the algorithms that OPA
verifies only ES256 (RFC 7518, section 3.4) is used here: one algorithm leaves nothing to confuse.
"""

from __future__ import annotations

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
from guard.policy.signed_files import (
    FILE,
    HASH,
    compact,
    decode,
    encode,
    file_hash,
    json_object,
    malformed,
    one_token,
    signed_hashes,
)

__all__ = ["ALGORITHM", "FILE", "BundleKey", "BundleVerifier"]
ALGORITHM = "ES256"
_HALF = 32
_KEYID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,95}")
_MAKE = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out FILE"


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
                {"name": name, "hash": file_hash(name, body), "algorithm": HASH}
                for name, body in sorted(files.items())
            ],
            "keyid": self.keyid,
        }
        if scope:
            claims["scope"] = scope
        header = {"alg": ALGORITHM, "kid": self.keyid, "typ": "JWT"}
        message = b".".join(encode(compact(part)) for part in (header, claims))
        # RFC 6979: the same bundle has the same signature, and no bad random number can leak the
        # key.
        how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self._key.sign(message, how))
        raw = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
        token = (message + b"." + encode(raw)).decode("ascii")
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
        claims = self._claims(one_token(signatures))
        if claims.get("scope", "") != scope:
            raise VerificationError(
                f"{FILE}: signed for another scope", remedy="name the scope it was signed for"
            )
        signed = signed_hashes(claims.get("files"))
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
            raise malformed()
        header, claims = json_object(decode(parts[0])), json_object(decode(parts[1]))
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
        raw = decode(parts[2])
        if len(raw) != 2 * _HALF:
            raise malformed()
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
