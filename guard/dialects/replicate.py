"""Replicate's predictions.

Source: https://replicate.com/docs/reference/http#predictions.create. A model defines its own
input, so everything in it is text, and every web address one that the model would fetch.
"""

from __future__ import annotations

from guard.dialects.leaves import (
    ADDRESS,
    FETCHED,
    FREE,
    MODEL,
    NUMBER,
    STREAM,
    TEXT,
    WORD,
    each,
)
from guard.dialects.openai_parts import FAILED
from guard.dialects.shapes import Entries, Items, Object

REQUEST = Object(
    {
        "version": MODEL, "input": FETCHED, "stream": STREAM,
        # Where the provider would send the answer: a destination of its own.
        "webhook": ADDRESS, "webhook_events_filter": Items(WORD),
    }
)  # fmt: skip
ANSWER = Object(
    {
        **FAILED, **each(WORD, "id status source created_at started_at completed_at deadline"),
        "model": MODEL, "version": TEXT, **each(FREE, "input output"),
        "logs": TEXT, "error": FREE, "title": TEXT, "urls": Entries(TEXT),
        "metrics": FREE, "data_removed": NUMBER, "deployment": WORD, "deadline": WORD,
        "webhook": TEXT, "webhook_events_filter": Items(WORD),
    }
)  # fmt: skip
