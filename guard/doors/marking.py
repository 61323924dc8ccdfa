"""Generated content, marked where a door can: in a header of the answer.

A permit may oblige to mark what is generated (AI Act Art. 50(2); China's labelling measures;
Korea's AI Basic Act). The header says so to whoever called, in the words of draft-abaris-aicdh-01
("work in progress"), a dictionary of RFC 9651. It goes no further than the caller and is not in the
content, so it is a help to mark and not the mark that these laws ask for: the obligation stays the
operator's, who declares that it is met.
"""

from __future__ import annotations

from guard.doors.wire import Header, without
from guard.types import Decision

MARK: Header = ("ai-disclosure", "mode=machine-generated")


def owed(decision: Decision, status: int) -> bool:
    """Whether the answer of that status to what was decided is to be marked."""
    return status < 300 and any(one.do == "mark_output" for one in decision.obligations)


def marked(headers: tuple[Header, ...]) -> tuple[Header, ...]:
    """Headers with the mark, in the place of another's."""
    return (*without(headers, (MARK[0],)), MARK)
