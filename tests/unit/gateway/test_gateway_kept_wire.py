"""Where requests about what is kept go, and who keeps anything."""

from __future__ import annotations

import pytest

from guard.gateway.wire import keeps, kept_address
from tests.unit.gateway.test_wire import ANTHROPIC, BEDROCK, DATED, GOOGLE, OPENAI, PLAIN, REPLICATE

FILES, BATCHES = "openai.batch_file", "anthropic.batches"


@pytest.mark.parametrize(
    ("route", "path", "query", "url"),
    [
        (OPENAI, "/files", "", "https://eu.api.openai.com/v1/files"),
        (OPENAI, "/files", "limit=1", "https://eu.api.openai.com/v1/files?limit=1"),
        (
            DATED,
            "/batches/b-1/cancel",
            "",
            "https://a.openai.azure.com/openai/batches/b-1/cancel?api-version=2024-10-21",
        ),
        (
            DATED,
            "/files",
            "limit=1",
            "https://a.openai.azure.com/openai/files?api-version=2024-10-21&limit=1",
        ),
        (PLAIN, "/files/f", "", "https://a.openai.azure.com/openai/v1/files/f"),
        (ANTHROPIC, "/v1/messages/batches", "", "https://api.anthropic.com/v1/messages/batches"),
    ],
)
def test_addresses(route, path, query, url):
    assert kept_address(route, path, query) == url


@pytest.mark.parametrize(
    ("route", "dialect", "holds", "does"),
    [
        (OPENAI, "openai.chat", FILES, True),
        (DATED, "openai.chat", FILES, True),
        (ANTHROPIC, "anthropic.messages", BATCHES, True),
        (BEDROCK, "anthropic.messages", BATCHES, False),
        (GOOGLE, "anthropic.messages", BATCHES, False),
        (REPLICATE, "openai.chat", FILES, False),
    ],
)
def test_clouds_keep_no_batches_and_what_is_adapted_no_files(route, dialect, holds, does):
    assert keeps(route, dialect, holds) is does
