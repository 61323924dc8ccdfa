"""What ``.signatures.json`` says: a digest for every file of a bundle, inside one compact JWS.

The format is OPA's (openpolicyagent.org, "Bundles", section Signing; RFC 7515 for the envelope).
Nothing here knows a key: who signed, and whether, is `guard.policy.signing`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from guard.errors import VerificationError

FILE = ".signatures.json"
HASH = "SHA-256"
# OPA reads these files and hashes what they say, not how it is written (bundle.IsStructuredDoc).
_STRUCTURED = frozenset({".manifest", "data.json", "data.yaml", "data.yml"})


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


def one_token(signatures: bytes) -> str:
    """The only signature in the content of ``.signatures.json``.

    Raises:
        VerificationError: If there is none, more than one, or something else.
    """
    document = json_object(signatures)
    tokens = document.get("signatures")
    if set(document) != {"signatures"} or not isinstance(tokens, list) or len(tokens) != 1:
        raise VerificationError(
            f"{FILE}: holds no signature, or more than one", remedy="build the bundle anew"
        )
    token = tokens[0]
    if not isinstance(token, str) or not token.isascii():
        raise malformed()
    return token


def signed_hashes(entries: Any) -> dict[str, str]:
    """The digest of each file that was signed, by path.

    Args:
        entries: The claim ``files``.

    Raises:
        VerificationError: If it is not such a claim, or names a file twice.
    """
    if not isinstance(entries, list) or not entries:
        raise VerificationError(f"{FILE}: no file was signed", remedy="build the bundle anew")
    signed: dict[str, str] = {}
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"name", "hash", "algorithm"}:
            raise malformed()
        name, hashed = entry["name"], entry["hash"]
        if type(name) is not str or type(hashed) is not str or entry["algorithm"] != HASH:
            raise malformed()
        if name in signed:
            raise VerificationError(f"{name}: was signed twice", remedy="build the bundle anew")
        signed[name] = hashed
    return signed


def json_object(body: bytes) -> dict[str, Any]:
    """A part of the signature that has to be an object.

    Raises:
        VerificationError: If it is none.
    """
    value = _json(FILE, body)
    if not isinstance(value, dict):
        raise malformed()
    return value


def malformed() -> VerificationError:
    """What is said of a signature that is none."""
    return VerificationError(f"{FILE}: malformed", remedy="build the bundle anew")


def compact(value: Any) -> bytes:
    """JSON in one spelling: keys sorted, no white space."""
    return _text(value).encode("utf-8")


def encode(data: bytes) -> bytes:
    """base64url without padding (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def decode(text: bytes) -> bytes:
    """The inverse of `encode`, of its one spelling only.

    Raises:
        VerificationError: If it is another.
    """
    try:
        data = base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        raise malformed() from None
    if encode(data) != text:
        raise malformed()
    return data
