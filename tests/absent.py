"""What a test needs and the machine lacks: an error in CI, elsewhere one loud line."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(what: str) -> NoReturn:
    """Fail in CI, skip elsewhere.

    Args:
        what: What is missing and what was therefore not tested.
    """
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what.upper())
