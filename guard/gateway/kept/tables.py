"""What the answers about files and batches hold, as tables of `guard.dialects` say it.

Sources: developers.openai.com/api/reference (Files, Batches);
platform.claude.com/docs/en/api/messages-batches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guard.dialects import anthropic_messages, named, openai_files
from guard.dialects.dialect import Dialect, Tables
from guard.dialects.leaves import FREE, NUMBER, TEXT, WORD, each
from guard.dialects.openai_parts import FAILED
from guard.dialects.shapes import Entries, Items, Object
from guard.dialects.walk import Walk

MARK = "guard"
"""The member of a batch's metadata in which its mark stands."""


class _Unread:
    """What is looked at entry by entry, and by nobody as a whole: most of it is others'."""

    __slots__ = ()

    def visit(self, value: Any, pointer: str, walk: Walk) -> None:
        """Note nothing."""


_EXPIRY = Object({"anchor": WORD, "seconds": NUMBER})
_FILE = Object(
    {
        **FAILED, **each(WORD, "id object purpose status filename"),
        **each(NUMBER, "bytes created_at expires_at deleted"), "status_details": TEXT,
    }
)  # fmt: skip
_ASKED = Object(
    {
        **each(WORD, "input_file_id endpoint completion_window"),
        "metadata": Entries(TEXT), "output_expires_after": _EXPIRY,
    }
)  # fmt: skip
_WRONG = Object({"object": WORD, "data": Items(Object({
    "code": WORD, "line": NUMBER, **each(TEXT, "message param")}))})  # fmt: skip
_BATCH = Object(
    {
        **FAILED,
        **each(WORD, "id object endpoint input_file_id output_file_id error_file_id"
                     " completion_window status model"),
        **each(NUMBER, "created_at in_progress_at expires_at finalizing_at completed_at failed_at"
                       " expired_at cancelling_at cancelled_at"),
        "errors": _WRONG, "request_counts": Entries(NUMBER), "usage": FREE,
        "metadata": Entries(TEXT),
    }
)  # fmt: skip
_RESULT = Object({"type": WORD, "message": anthropic_messages.ANSWER, "error": FREE})
_RESULTS = Object({"custom_id": WORD, "result": _RESULT, "error": FREE, "type": WORD})

FILE_OBJECT = Tables("openai.files", _FILE, _FILE)
BATCH_OBJECT = Tables("openai.batches", _ASKED, _BATCH)
INPUT = Tables("openai.batch_file", openai_files.BATCH, openai_files.BATCH, lines=True)
MESSAGE_RESULTS = Tables("anthropic.batches", _RESULTS, _RESULTS)


@dataclass(frozen=True, slots=True)
class Reading:
    """How an answer is read.

    Args:
        dialect: Its tables.
        lines: It is a document on each line.
        outside: Members that hold names for machines: they are restored, and not screened.
        prepared: What is done to a document before it is treated.
        within: Where in a line stands what a model answered.
    """

    dialect: Dialect
    lines: bool = False
    outside: tuple[str, ...] = ()
    prepared: Callable[[Any], Any] = field(default=lambda found: found)
    within: tuple[str, ...] = ()

    def made(self, lines: Sequence[Any]) -> Any:
        """What a model answered on the first of some lines, None if there is nothing."""
        found = lines[0] if lines and self.within else None
        for name in self.within:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found


def _unmarked(found: Any) -> Any:
    """A batch whose mark stands beside its metadata, where nobody takes it for a text."""
    held = found.get("metadata") if isinstance(found, Mapping) else None
    if not isinstance(held, Mapping) or MARK not in held:
        return found
    rest = {name: value for name, value in held.items() if name != MARK}
    return {**found, "metadata": rest or None, MARK: held[MARK]}


FILE = Reading(FILE_OBJECT, outside=("id", "filename"))
BATCH = Reading(
    BATCH_OBJECT,
    outside=("id", "input_file_id", "output_file_id", "error_file_id", MARK),
    prepared=_unmarked,
)
PAGE = Reading(Tables("openai.list", _Unread(), _Unread()))
MESSAGE_BATCH = Reading(named("anthropic.batches"), outside=("id", "results_url"))
CONTENTS: dict[str, Reading] = {
    "input": Reading(INPUT, lines=True, outside=("custom_id",)),
    "results": Reading(
        named("openai.batch_file"),
        lines=True,
        outside=("id", "custom_id"),
        within=("response", "body"),
    ),
    "training": Reading(named("openai.training_file"), lines=True),
    "messages": Reading(
        MESSAGE_RESULTS, lines=True, outside=("custom_id",), within=("result", "message")
    ),
}
"""How the content of a file is read, by what it is."""
