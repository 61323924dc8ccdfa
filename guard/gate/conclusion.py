"""From what was found to a plan: which facts hold, and where the data may go under them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from guard import tagging
from guard.config import Context
from guard.errors import ConfigError
from guard.gate import facts, planner
from guard.gate.asked import Rows
from guard.gate.line import Concluded, Counted
from guard.gate.parts import Parts
from guard.gate.request import facts_of
from guard.types import Destination, Evaluation, Purpose, Tag, Transfer, Treatment

if TYPE_CHECKING:
    from guard.gate.tally import Tally


class Conclusions(Parts):
    """A gate's parts, and what follows from them for a transfer."""

    def candidates(
        self, to: str | Sequence[str] | None, resolved: Mapping[str, Destination] | None = None
    ) -> tuple[str, ...]:
        """The destinations to try, best first.

        Args:
            to: Their names; None for the configured ones.
            resolved: Destinations that an address was resolved to, by name.

        Raises:
            ConfigError: If one is unknown, or there is none.
        """
        chosen = self.config.planner.destinations if to is None else to
        named = (chosen,) if isinstance(chosen, str) else tuple(chosen)
        if not named:
            raise ConfigError(
                "no destination", remedy="name one, or set planner.destinations in guard.toml"
            )
        for name in named:
            self.place(resolved or {}, name)
        return named

    def place(self, resolved: Mapping[str, Destination], name: str) -> Destination:
        """The destination of a name: resolved, or of the tables.

        Raises:
            ConfigError: If it is unknown.
        """
        return resolved[name] if name in resolved else self.regions.destination(name)

    def stated(self, categories: Sequence[str]) -> tuple[str, ...]:
        """The categories that the caller and the configuration declare.

        Raises:
            ConfigError: If one is unknown.
        """
        named = (categories,) if isinstance(categories, str) else tuple(categories)
        for name in named:
            if name not in self.regions.categories:
                raise ConfigError(
                    f"unknown category {name!r}",
                    remedy="see `guard region list --table categories`",
                )
        return tuple(sorted({*self.config.context.categories, *named}))

    def met(self, session: str, per: Mapping[Treatment, Transfer]) -> dict[Treatment, Transfer]:
        """The facts with the laws that a session has met, now or before.

        Data that entered a session stay in it, whether or not anybody finds them again: so what was
        met applies under every treatment.
        """
        met = self.sessions.meet(session, per["none"].tags)
        return {
            treatment: facts.model_copy(
                update={"tags": tuple(sorted({*facts.tags, *met}, key=_by_instrument))}
            )
            for treatment, facts in per.items()
        }

    def context(self, stated: Mapping[str, Any], use_case: str = "") -> Context:
        """The operator's context with further facts, which go before the configured ones.

        A use case that is configured, other than ``general``, holds for every request.

        A requirement of the operator's (``require_…``) holds for every request: a request may add
        one, and cannot relax one that is configured.

        Raises:
            ConfigError: If one is unknown or cannot have its value.
        """
        configured = self.config.context
        if use_case and use_case != configured.use_case:
            configured = configured.model_copy(update={"use_case": self._use_case(use_case)})
        if not stated:
            return configured
        told = facts_of(self.regions, stated, "the request")
        for name in told.keys() & configured.facts.keys():
            if name.startswith("require_") and told[name] != configured.facts[name]:
                raise ConfigError(
                    f"the request: {name} is configured and holds for every request",
                    remedy="change guard.toml",
                )
        return configured.model_copy(update={"facts": {**configured.facts, **told}})

    def _use_case(self, named: str) -> str:
        if named not in self.regions.use_cases:
            raise ConfigError(
                f"unknown use case {named[:96]!r}",
                remedy="see `guard region list --table use_cases`",
            )
        if self.config.context.use_case not in {"general", "unknown"}:
            raise ConfigError(
                "the request: the use case is configured and holds for every request",
                remedy="change guard.toml",
            )
        return named

    def facts(
        self,
        summary: facts.Summary,
        purpose: Purpose,
        at: datetime,
        stated: tuple[str, ...],
        context: Context | None = None,
    ) -> dict[Treatment, Transfer]:
        """The facts of a transfer under every treatment, in the configured context or another."""
        context = context or self.config.context
        tags = partial(
            tagging.tag,
            self.regions.jurisdictions,
            time=at.date().isoformat(),
            purpose=purpose,
            establishment=context.establishment,
            origin=context.origin,
            data_subjects=context.data_subjects,
            categories=(*stated, *(name for name, _ in summary.counts)),
            declared=facts.stated(context),
            threshold=self.config.tagging.threshold,
        )
        whole = facts.transfer(
            context,
            time=at.date().isoformat(),
            purpose=purpose,
            found=facts.categories(self.regions.categories, summary, stated),
            tags=tags(evidence=summary.evidence),
            detection=summary.detection,
        )
        per: dict[Treatment, Transfer] = {}
        for treatment in self.config.planner.order:
            changed = facts.treated(whole, treatment, self.labels, stated)
            evident, hinted = tags(evidence=facts.remaining(summary.evidence, changed))
            per[treatment] = changed.model_copy(update={"tags": evident, "hints": hinted})
        return per

    def evaluate(self, transfer: Transfer, destination: str) -> Evaluation:
        """What the policy says of the facts and one destination."""
        return self.policy.decide(transfer, self.regions.destination(destination))

    def preference(self) -> planner.Preference:
        """The operator's preference."""
        return planner.Preference(
            self.config.planner.order, self.config.planner.prefer, self.config.log.retention_days
        )

    def rows(self, destination: Callable[[str], Destination] | None = None) -> Rows:
        """The destinations as the tables have them, and which facts a ledger is asked about."""
        known = destination or self.regions.destination
        return Rows(known, self.books.looks_at if self.books else None)

    def conclude(
        self,
        per: dict[Treatment, Transfer],
        candidates: tuple[str, ...],
        tally: Tally | None = None,
        destination: Callable[[str], Destination] | None = None,
    ) -> Concluded:
        """The plan over facts, with the operator's other destinations as suggestions.

        Args:
            per: The facts under each treatment.
            candidates: The destinations, best first.
            tally: Whose data leave; None where nobody counts, and laws with thresholds then hear of
                no count.
            destination: The destination of a name; that of the tables if not given.
        """
        known = destination or self.regions.destination
        counted: dict[tuple[str, Treatment], Counted] = {}

        def evaluate(transfer: Transfer, name: str) -> Evaluation:
            where = counted[name, transfer.treatment] = self._counted(tally, transfer, known(name))
            return self.policy.decide(transfer, where.destination)

        found = planner.plan(
            candidates,
            per.__getitem__,
            evaluate,
            self.preference(),
            suggestions=self.config.planner.destinations,
        )
        if chosen := found.chosen:
            where = counted[chosen.destination, chosen.treatment]
            self.policy.confirm(per[chosen.treatment], where.destination)
        return Concluded(per, found, candidates, counted)

    @staticmethod
    def _counted(tally: Tally | None, transfer: Transfer, destination: Destination) -> Counted:
        return Counted(destination) if tally is None else tally.counted(transfer, destination)


def _by_instrument(tag: Tag) -> tuple[str, str, str, int, str]:
    return tag.instrument, tag.trigger, tag.jurisdiction, -tag.strength, tag.evidence
