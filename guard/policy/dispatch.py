"""``guard/dispatch.rego``, generated: one guarded, static line per instrument and export.

A dynamic reference ``data.guard.instruments[name]`` makes the embedded engine evaluate every
module under it, applicable or not: on 60 destinations the difference between 442 ms and 40 ms.
"""

from __future__ import annotations

from collections.abc import Iterable

from guard.errors import ConfigError
from guard.policy.syntax import Module

FILE = "guard/dispatch.rego"
EXPORTS = ("permits", "barriers", "obligations", "advice")
_PACKAGE = "guard.instruments."
_HEADER = """\
# Generated from the directories under instruments/ by `make index`. Do not edit.
# One static line per instrument and export: an engine evaluates the laws that apply, no other.
package guard
"""


def render(modules: Iterable[Module]) -> str:
    """The text of ``dispatch.rego`` for these modules.

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
    known = "".join(f'\t"{instrument}",\n' for instrument in sorted(exports))
    parts = [_HEADER, f"known := {{\n{known}}}\n"]
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
