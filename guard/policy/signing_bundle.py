"""Bundles as files: written signed, and read back with nothing believed before it is verified."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guard import data
from guard.errors import ConfigError, VerificationError
from guard.policy import signing
from guard.policy.bundle import ROOTS, PolicySet, read_sources
from guard.policy.signing import BundleKey, BundleVerifier

MAX_PACKED = 32 << 20
MAX_BYTES = 128 << 20
MAX_FILES = 10_000
_MANIFEST, _DATA, _TEST = ".manifest", "data.json", "_test.rego"
_ANEW = "build the bundle anew with `guard policy build`"


def write(
    policy_set: PolicySet, path: Path, key: BundleKey | None = None, *, scope: str = ""
) -> Path:
    """Write a policy set as an OPA bundle, ``opa run -b``; the same inputs give the same bytes.

    Args:
        policy_set: What to write, without its tests.
        path: A file that ends in ``.tar.gz``; replaced whole or not at all.
        key: Signs the bundle; without one it is unsigned.
        scope: What the signature is valid for.

    Raises:
        ConfigError: If it cannot be written.
    """
    if not path.name.endswith(".tar.gz"):
        raise ConfigError(f"{path}: a bundle's name ends in .tar.gz", remedy="rename it")
    files = contents(policy_set)
    if key is not None:
        files[signing.FILE] = key.sign(files, scope=scope)
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(pack(files))
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ConfigError(
            f"{path}: the bundle cannot be written: {error.strerror}", remedy="name another file"
        ) from None
    return path


def contents(policy_set: PolicySet) -> dict[str, bytes]:
    """The files of a bundle by path."""
    manifest = {"revision": policy_set.revision, "rego_version": 1, "roots": list(ROOTS)}
    return {
        _MANIFEST: json.dumps(manifest, sort_keys=True).encode(),
        _DATA: json.dumps(policy_set.data(), sort_keys=True, ensure_ascii=False).encode(),
        **{name: text.encode() for name, text in policy_set.sources.items()},
    }


def pack(files: Mapping[str, bytes]) -> bytes:
    """A tarball of these files without times, owners or names of machines."""
    raw = io.BytesIO()
    with (
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, body in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return raw.getvalue()


def load(path: Path, key: BundleVerifier, *, scope: str = "") -> PolicySet:
    """Read a bundle, verify its signature, and check it as `PolicySet.load` checks directories.

    Args:
        path: The bundle.
        key: Who must have signed it, under which id.
        scope: What the signature must be valid for.

    Raises:
        VerificationError: If it is not signed by that key, or not the files that were signed.
        ConfigError: If it is no bundle of this package, or its policies do not hold together.
    """
    files = unpack(path)
    signatures = files.pop(signing.FILE, None)
    if signatures is None:
        raise VerificationError(
            f"{path}: the bundle is not signed", remedy="build it with `guard policy build --sign`"
        )
    try:
        key.verify(files, signatures, scope=scope)
    except VerificationError as error:
        raise VerificationError(f"{path}: {error.message}", remedy=error.remedy or _ANEW) from None
    return _policy_set(path, files)


def unpack(path: Path) -> dict[str, bytes]:
    """The files of a tarball, in memory; nothing is written anywhere.

    Raises:
        ConfigError: If the file cannot be read or is no tarball.
        VerificationError: If it holds anything but plain files under plain names, each once, or
            more than `MAX_BYTES`.
    """
    files: dict[str, bytes] = {}
    try:
        raw = _inflated(path)
        with tarfile.open(fileobj=io.BytesIO(raw), mode="r:") as archive:
            for member in archive:
                name = member.name
                if not member.isreg() or member.sparse is not None:
                    raise _refused(path, name, "is not a plain file")
                if not _plain(name):
                    raise VerificationError(f"{path}: a path leaves the bundle", remedy=_ANEW)
                if name in files:
                    raise _refused(path, name, "is in the bundle twice")
                if len(files) >= MAX_FILES:
                    raise _refused(path, name, f"is beyond the {MAX_FILES:,} files allowed")
                body = archive.extractfile(member)
                files[name] = body.read() if body else b""
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError):
        raise ConfigError(f"{path}: not a gzipped tarball", remedy=_ANEW) from None
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read: {error.strerror}", remedy="check the path of the bundle"
        ) from None
    return files


def _inflated(path: Path) -> bytes:
    """The tarball's bytes; a small file that unpacks to a huge one is refused, not unpacked."""
    if path.stat().st_size > MAX_PACKED:
        raise VerificationError(f"{path}: longer than {MAX_PACKED >> 20} MiB", remedy=_ANEW)
    with gzip.open(path, "rb") as packed:
        raw = packed.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise VerificationError(f"{path}: unpacks to more than {MAX_BYTES >> 20} MiB", remedy=_ANEW)
    return raw


def _plain(name: str) -> bool:
    steps = name.split("/")
    return (
        name.isascii()
        and name.isprintable()
        and "\\" not in name
        and not {"", ".", ".."}.intersection(steps)
    )


def _refused(path: Path, name: str, why: str) -> VerificationError:
    shown = name if _plain(name) and len(name) < 200 else "an entry"
    return VerificationError(f"{path}: {shown} {why}", remedy=_ANEW)


def _policy_set(path: Path, files: Mapping[str, bytes]) -> PolicySet:
    manifest, document = (_document(path, name, files) for name in (_MANIFEST, _DATA))
    tables = document.get("tables")
    if set(document) != {"tables"} or not isinstance(tables, dict) or "rules" not in tables:
        raise ConfigError(f"{path}: {_DATA} does not hold the tables", remedy=_ANEW)
    dates = tables.pop("rules")
    sources = {
        n: _rego(path, n, b) for n, b in sorted(files.items()) if n not in {_MANIFEST, _DATA}
    }
    try:
        made = PolicySet.of(sources, {}, tables, shipped=sources == _shipped())
    except ConfigError as error:
        raise ConfigError(f"{path}: {error.message}", remedy=_ANEW) from None
    if made.catalogue.dates() != dates:
        raise ConfigError(f"{path}: the rules' dates are not those of METADATA", remedy=_ANEW)
    if manifest != {"revision": made.revision, "rego_version": 1, "roots": list(ROOTS)}:
        raise ConfigError(f"{path}: {_MANIFEST} is of another revision", remedy=_ANEW)
    return made


def _shipped() -> dict[str, str]:
    """The rules that come with the package, which alone are compiled."""
    return read_sources([data.verified("policies")])[0]


def _document(path: Path, name: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    value = json.loads(files.get(name, b"null"))
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: {name} is missing or no object", remedy=_ANEW)
    return value


def _rego(path: Path, name: str, body: bytes) -> str:
    if not name.endswith(".rego") or name.endswith(_TEST):
        raise ConfigError(f"{path}: {name} has no place in a bundle", remedy=_ANEW)
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: {name} is not UTF-8 text", remedy=_ANEW) from None
