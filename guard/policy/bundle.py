"""A policy set: Rego and tables under one revision, checked before anybody asks it anything."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guard import data
from guard.canonical import digest
from guard.errors import ConfigError
from guard.policy import dispatch, schema
from guard.policy.catalogue import Catalogue
from guard.policy.parsed import Parsed, Parser
from guard.policy.syntax import Module

ROOTS = ("guard", "tables")
_TEST = "_test.rego"
_KEPT = 4
_CHECKED: dict[str, PolicySet] = {}
_REPLACES = re.compile(r"# replaces: (\S+)\n")


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Rego, tables and what they are called.

    Args:
        sources: Rego text by path relative to the bundle's root, without tests.
        tests: Rego tests, likewise; empty in an installed wheel.
        tables: The facts that policies read as ``data.tables``, without ``rules``.
        catalogue: The rules in words.
        revision: Lower-case hexadecimal SHA-256 over sources and tables: a decision that names a
            policy but not its adequacy table proves nothing.
        shipped: Whether the rules are exactly those that come with the package.
        reads: For ``transfer`` and ``destination``: the fields that any rule looks at. Facts that
            differ elsewhere only have the same answer.
        definite: For shipped rules: the text that the compiled engine sees; empty when it holds
            what cannot be rewritten.
    """

    sources: Mapping[str, str] = field(repr=False)
    tests: Mapping[str, str] = field(repr=False)
    tables: Mapping[str, Any] = field(repr=False)
    catalogue: Catalogue = field(repr=False)
    revision: str
    shipped: bool = field(default=False, compare=False)
    reads: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    definite: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, directories: Sequence[Path], tables: Mapping[str, Any]) -> PolicySet:
        """Read policy directories, the shipped one first, and check them.

        Args:
            directories: Roots that each hold ``guard/…``. More than one: overlays that add files.
            tables: `Regions.tables()`.

        Raises:
            ConfigError: If there is nothing, or it does not hold together (`of`).
        """
        sources, tests = read_sources(directories)
        shipped = [one.resolve() for one in directories] == [data.root("policies").resolve()]
        whole = len(directories) == 1
        return cls.of(sources, tests, tables, whole=whole, shipped=shipped)

    @classmethod
    def of(
        cls,
        sources: Mapping[str, str],
        tests: Mapping[str, str],
        tables: Mapping[str, Any],
        *,
        whole: bool = True,
        shipped: bool = False,
    ) -> PolicySet:
        """Check texts and tables, wherever they were read, and put them under one revision.

        Args:
            sources: Rego text by path, without tests.
            tests: Rego tests, likewise.
            tables: What policies read as ``data.tables``, without ``rules``.
            whole: Whether the dispatcher is among the sources, where it has to be the right one;
                else it is made.
            shipped: Whether the sources are exactly those that come with the package.

        Raises:
            ConfigError: If a file does not parse, a reference leads nowhere, a rule lacks its
                METADATA, the dispatcher is stale, or the tables cannot be digested.
        """
        key = _key(sources, tests, tables, whole=whole, shipped=shipped)
        if key not in _CHECKED:
            made = cls._of(sources, tests, tables, whole=whole, shipped=shipped)
            while len(_CHECKED) >= _KEPT:
                _CHECKED.pop(next(iter(_CHECKED)), None)
            _CHECKED[key] = made
        return _CHECKED[key]

    @classmethod
    def _of(
        cls,
        sources: Mapping[str, str],
        tests: Mapping[str, str],
        tables: Mapping[str, Any],
        *,
        whole: bool,
        shipped: bool,
    ) -> PolicySet:
        rest = {name: text for name, text in sources.items() if name != dispatch.FILE}
        parser = Parser(definite=shipped)
        files = parser.parse(rest)
        modules = [one.module for one in files.values()]
        metadata = {name: one.metadata for name, one in files.items()}
        catalogue = Catalogue.read(modules, rest, metadata)
        expected = dispatch.render(modules, catalogue.rules.values())
        if whole and sources.get(dispatch.FILE) != expected:
            raise ConfigError(
                f"{dispatch.FILE} is stale: it is not what the instruments and their METADATA say",
                remedy="run `make index`",
            )
        everything = dict(sorted({**rest, dispatch.FILE: expected}.items()))
        files |= parser.parse({dispatch.FILE: expected})
        modules.append(files[dispatch.FILE].module)
        if "rules" in tables:
            raise ConfigError("the tables must not hold `rules`: it comes from METADATA")
        schema.check(modules, {**tables, "rules": catalogue.dates()})
        try:
            revision = digest({"rego": everything, "tables": dict(tables)})
        except ValueError as error:
            raise ConfigError(f"the tables are outside the canonical profile: {error}") from None
        return cls(
            everything,
            tests,
            tables,
            catalogue,
            revision,
            shipped=shipped,
            reads=schema.reads(modules),
            definite=_definite(files) if shipped else {},
        )

    def data(self) -> dict[str, Any]:
        """The bundle's ``data.json``."""
        return {"tables": {**self.tables, "rules": self.catalogue.dates()}}

    def write_bundle(self, path: Path, *, tests: bool = False) -> Path:
        """Write an OPA bundle that ``opa run --server -b`` loads.

        Args:
            path: A file that ends in ``.tar.gz``, or a directory that is empty or not there yet: a
                rule that was left from another bundle would be loaded with this one.
            tests: Whether to put the ``_test.rego`` files in as well.

        Raises:
            ConfigError: If it cannot be written.
        """
        roots = [*ROOTS, "guard_test"] if tests else list(ROOTS)
        manifest = {"revision": self.revision, "rego_version": 1, "roots": roots}
        files = {
            ".manifest": json.dumps(manifest, sort_keys=True),
            "data.json": json.dumps(self.data(), sort_keys=True, ensure_ascii=False),
            **self.sources,
            **(self.tests if tests else {}),
        }
        try:
            if path.name.endswith(".tar.gz"):
                _write_tar(path, files)
            elif path.is_dir() and any(path.iterdir()):
                raise ConfigError(f"{path} is not empty", remedy="name a new directory")
            else:
                for name, text in files.items():
                    target = path / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"cannot write the bundle {path}: {error.strerror}") from None
        return path


def _key(
    sources: Mapping[str, str],
    tests: Mapping[str, str],
    tables: Mapping[str, Any],
    *,
    whole: bool,
    shipped: bool,
) -> str:
    """Everything that `PolicySet.of` depends on; what was found sound stays sound."""
    parts = [dict(sources), dict(tests), dict(tables), whole, shipped]
    text = json.dumps(parts, sort_keys=True, default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def _definite(files: Mapping[str, Parsed]) -> dict[str, str]:
    texts = {name: one.definite for name, one in sorted(files.items())}
    fit = {name: text for name, text in texts.items() if text is not None}
    return fit if len(fit) == len(texts) else {}


def read_sources(directories: Iterable[Path]) -> tuple[dict[str, str], dict[str, str]]:
    """Policies and tests of the directories, by relative path.

    Raises:
        ConfigError: If a directory is missing or empty, or two hold the same path.
    """
    sources: dict[str, str] = {}
    tests: dict[str, str] = {}
    for directory in directories:
        paths = sorted(directory.rglob("*.rego"))
        if not paths:
            raise ConfigError(f"no policies in {directory}", remedy="check the policy directories")
        for path in paths:
            name = path.relative_to(directory).as_posix()
            into = tests if name.endswith(_TEST) else sources
            try:
                text = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                raise ConfigError(f"{path} cannot be read as UTF-8 text") from None
            if name != dispatch.FILE:
                _placed(directory, name, text, known=name in into)
            into[name] = text
    return sources, tests


def _placed(directory: Path, name: str, text: str, *, known: bool) -> None:
    """A file that stands in an earlier directory is replaced by name or not at all."""
    said = _REPLACES.match(text)
    if said and (said[1] != name or not known):
        raise ConfigError(
            f"{directory / name}: replaces {said[1]}, which is no file of an earlier directory "
            "at this path",
            remedy="`# replaces:` names the very path at which the file stands",
        )
    if known and not said:
        raise ConfigError(
            f"{directory / name}: {name} is in an earlier policy directory already",
            remedy=f"rename it, or begin it with the line `# replaces: {name}`",
        )


def read_modules(sources: Mapping[str, str]) -> list[Module]:
    """The modules of these files, in order of their paths.

    Raises:
        ConfigError: If one does not parse.
    """
    return [one.module for one in Parser(definite=False).parse(sources).values()]


def _write_tar(path: Path, files: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, text in sorted(files.items()):
            body = text.encode("utf-8")
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
