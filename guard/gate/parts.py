"""The parts of a gate, each built when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from guard import data
from guard.config import FILE, Config
from guard.errors import ConfigError
from guard.gate import facts
from guard.gate.journal import Journal
from guard.gate.request import facts_of
from guard.types import Reason

if TYPE_CHECKING:
    from guard.detect import Detector, DetectorCatalogue
    from guard.gate.tally import Books
    from guard.policy import Policy, PolicySet
    from guard.regions import Regions, Resolver
    from guard.vault import Sessions, Vault


T = TypeVar("T")


class part(cached_property[T]):  # noqa: N801 - a decorator, spelled like `cached_property`
    """A cached property that is built once, whatever threads ask for it first.

    Since Python 3.12 `cached_property` builds one for each; of two logs the second would wait for
    the first to be closed.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Self | T:
        """The part, built if it is not there yet."""
        if instance is None:
            return self
        with instance.building:
            built: T = super().__get__(instance, owner)
        return built


class Parts:
    """Detection, tables, policy, vault and log, as a configuration describes them.

    Args:
        config: The configuration.
        clock: The time in UTC.

    Raises:
        ConfigError: If the context names what no table knows.
    """

    def __init__(self, config: Config, *, clock: Callable[[], datetime]) -> None:
        self.config = config
        self.clock = clock
        self.building = RLock()
        self._check_context()

    @part
    def regions(self) -> Regions:
        """The tables, with the operator's own beside them."""
        from guard.regions import Regions  # noqa: PLC0415  (lazy: only what is used is loaded)

        own = [self.config.path(d) for d in self.config.regions.directories]
        return Regions.load([data.verified("regions"), *own], destinations=self.config.destination)

    @part
    def resolver(self) -> Resolver:
        """What leads from an address to a destination."""
        from guard.regions import Resolver  # noqa: PLC0415

        return Resolver.of(self.regions)

    @part
    def policies(self) -> PolicySet:
        """The Rego sources and their catalogue, under one revision with the tables.

        Raises:
            ConfigError: If they do not hold together, or a bundle speaks in other words.
            VerificationError: If a bundle is not what was signed.
        """
        from guard.policy.in_force import in_force  # noqa: PLC0415

        return in_force(self.config, self.regions)

    @part
    def policy(self) -> Policy:
        """The policy decision point."""
        from guard.policy import Policy  # noqa: PLC0415

        section = self.config.policy
        if section.engine == "embedded":
            from guard.policy.compiled import embedded  # noqa: PLC0415

            return embedded(self.policies)
        from guard.policy.opa import OpaEngine  # noqa: PLC0415

        token = self.config.secret(section.token_file) if section.token_file else None
        engine = OpaEngine(section.url, self.policies, timeout_s=section.timeout_s, token=token)
        return Policy(self.policies, engine)

    @part
    def catalogue(self) -> DetectorCatalogue:
        """The detectors as data.

        Raises:
            ConfigError: If one finds a category that no table knows.
        """
        from guard.detect import DetectorCatalogue  # noqa: PLC0415

        own = [self.config.path(d) for d in self.config.detection.directories]
        found = DetectorCatalogue.load([data.verified("detectors"), *own])
        for name, spec in found.detectors.items():
            if spec.category not in self.regions.categories:
                raise ConfigError(
                    f"detector {name}: unknown category {spec.category!r}",
                    remedy="see `guard region list --table categories`",
                )
        return found

    @part
    def detector(self) -> Detector:
        """The detection engine; importing it costs seconds."""
        from guard.detect import Detector  # noqa: PLC0415

        section = self.config.detection
        return Detector(
            self.catalogue,
            models=section.models,
            threshold=section.threshold,
            timeout_s=section.timeout_s,
            ner=section.names,
        )

    @part
    def screener(self) -> Detector:
        """The detection engine for answers as they stream: patterns and numbers, no models."""
        if not self.config.detection.names:
            return self.detector
        from guard.detect import Detector  # noqa: PLC0415

        section = self.config.detection
        return Detector(
            self.catalogue,
            threshold=section.threshold,
            timeout_s=section.timeout_s,
            ner=False,
            memory=False,  # its windows never come again
        )

    @part
    def vault(self) -> Vault:
        """The vault of pseudonyms."""
        from guard.vault import Vault  # noqa: PLC0415

        section = self.config.vault
        return Vault.open(
            self.config.vault_place(),
            self.config.path(section.key_file),
            ttl=timedelta(days=section.ttl_days),
            clock=self.clock,
            preserve=section.format == "preserve",
            wait_s=section.wait_s,
        )

    @part
    def sessions(self) -> Sessions:
        """What sessions have met, in the vault's store."""
        return self.vault.sessions

    @part
    def journal(self) -> Journal:
        """The decision log, opened for writing."""
        return Journal.open(self.config, self.clock)

    @part
    def books(self) -> Books | None:
        """The ledger, or None if the configuration names none.

        Raises:
            ConfigError: It is not there, or was made with another key.
            LedgerError: It cannot be read now.
        """
        section = self.config.ledger
        if section is None:
            return None
        from guard.gate.tally import Books  # noqa: PLC0415
        from guard.ledger import Ledger, SubjectKey, rules  # noqa: PLC0415

        key = SubjectKey.load(self.config.path(section.key_file))
        ledger = Ledger.open(
            self.config.ledger_place(),
            key,
            rules(self.regions),
            clock=self.clock,
            wait_s=section.wait_s,
        )
        return Books(ledger, key, self.regions.categories)

    @part
    def labels(self) -> dict[str, str]:
        """Label by category of what a treatment replaces."""
        return facts.labels(self.regions.categories)

    @part
    def reasons(self) -> dict[str, Reason]:
        """Every rule in words, from its METADATA."""
        return {
            rule.id: Reason(rule=rule.id, kind=rule.entry, cites=rule.citation, message=rule.title)
            for rule in self.policies.catalogue.rules.values()
        }

    def close(self) -> None:
        """Close what was opened: the log, the vault, the policy engine, the ledger."""
        for name in ("journal", "vault", "policy", "books"):
            if part := self.__dict__.pop(name, None):
                part.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _check_context(self) -> None:
        """What the context names must be in the tables: a misspelt declaration protects nobody."""
        context, regions = self.config.context, self.regions
        for what, table, named, known in (
            ("use case", "use_cases", (context.use_case,), regions.use_cases),
            ("declaration", "declarations", context.declarations, regions.declarations),
            ("category", "categories", context.categories, regions.categories),
            (
                "destination",
                "destinations",
                self.config.planner.destinations,
                regions.destinations,
            ),
        ):
            for name in named:
                if name not in known:
                    raise ConfigError(
                        f"{FILE}: unknown {what} {name!r}",
                        remedy=f"see `guard region list --table {table}`",
                    )
        facts_of(regions, context.facts, FILE)
        for name in (*context.establishment, context.origin, *context.data_subjects):
            if not regions.is_location(name):
                raise ConfigError(
                    f"{FILE}: unknown location {name!r}", remedy="ISO 3166-1, as in DE or GB"
                )
