"""``guard/dispatch.rego``, generated: one guarded, static line per instrument and export.

Beside them the rules whose readings nobody checked: engines do not see METADATA, so the answer that
rests on such a reading can say so only if a rule knows their ids.

A dynamic reference ``data.guard.instruments[name]`` makes the embedded engine evaluate every
module under it, applicable or not: on 60 destinations the difference between 442 ms and 40 ms.
"""

from __future__ import annotations

from collections.abc import Iterable

from guard.errors import ConfigError
from guard.policy.catalogue import Rule
from guard.policy.syntax import Module

FILE = "guard/dispatch.rego"
EXPORTS = ("permits", "barriers", "obligations", "advice")
_PACKAGE = "guard.instruments."
_HEADER = """\
# Generated from the directories and the METADATA under instruments/ by `make index`. Do not edit.
# One static line per instrument and export: an engine evaluates the laws that apply, no other.
package guard
"""


def render(modules: Iterable[Module], rules: Iterable[Rule]) -> str:
    """The text of ``dispatch.rego``.

    Args:
        modules: The policy set without the dispatcher.
        rules: Its rules in words.

    Raises:
        ConfigError: If an instrument has no ``permits``: it would forbid everything without a word.
    """
    exports: dict[str, set[str]] = {}
    for module in modules:
        if module.package.startswith(_PACKAGE):
            instrument = module.package.removeprefix(_PACKAGE)
            names = exports.setdefault(instrument, set())
            names.update(head.name for head in module.heads if head.name in EXPORTS)
    for instrument, names in exports.items():
        if "permits" not in names:
            raise ConfigError(
                f"instrument {instrument} has no permits",
                remedy="write at least one rule `permits contains …`",
            )
    unverified = (rule.id for rule in rules if rule.unverified)
    parts = [_HEADER, _named("known", exports), _named("unverified", unverified)]
    for export in EXPORTS:
        parts.extend(
            f"law_{export} contains entry if {{\n"
            f'\t"{instrument}" in applicable\n'
            f"\tsome entry in data.{_PACKAGE}{instrument}.{export}\n"
            "}\n"
            for instrument in sorted(exports)
            if export in exports[instrument]
        )
    return "\n".join(parts)


def _named(name: str, words: Iterable[str]) -> str:
    """A rule whose value is a set of words."""
    lines = "".join(f'\t"{word}",\n' for word in sorted(words))
    return f"{name} := {{\n{lines}}}\n" if lines else f"{name} := set()\n"
