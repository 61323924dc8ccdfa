"""No ledger stays open."""

import pytest

from tests.unit.ledger import world


@pytest.fixture(autouse=True)
def closed():
    """Close what a test opened."""
    yield
    while world.OPENED:
        world.OPENED.pop().close()
