"""METADATA blocks as they stand in a file of Rego: comments that hold YAML (OPA, "Annotations")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

import yaml

from guard.errors import ConfigError

Metadata: TypeAlias = "Mapping[int, dict[str, Any]]"
"""METADATA blocks of a file by the line of the rule that follows."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARK = re.compile(r"^# METADATA\s*$")


def blocks(file: str, text: str) -> dict[int, dict[str, Any]]:
    """Each METADATA block by the line of the rule that follows it.

    Args:
        file: What it is called in messages.
        text: Its text.

    Raises:
        ConfigError: If one is not YAML, or no mapping.
    """
    found: dict[int, dict[str, Any]] = {}
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        if not _MARK.match(lines[number]):
            number += 1
            continue
        start = number + 1
        number = start
        while number < len(lines) and lines[number].startswith("#"):
            number += 1
        found[number + 1] = _yaml(file, start, [line[1:] for line in lines[start:number]])
    return found


def _yaml(file: str, row: int, lines: list[str]) -> dict[str, Any]:
    try:
        block = yaml.load("\n".join(lines), Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = row + 1 + (mark.line if mark else 0)
        raise ConfigError(f"{file}:{line}: METADATA is not YAML") from None
    if not isinstance(block, dict):
        raise ConfigError(f"{file}:{row + 1}: METADATA is not a mapping")
    return block
