"""Streamed answers: tokens back to values, new personal data to labels, in whatever pieces come.

answer = Answer.of("openai.chat", {"EMAIL_7K2M9Q4T1ZXW": "…"})
for chunk in upstream:
    send(answer.feed(chunk))
send(answer.close())
"""

from guard.stream.answer import READERS, Answer
from guard.stream.restore import Restorer, restored
from guard.stream.screen import Detect, Screening, Span
from guard.stream.sse import Frame, Frames

__all__ = [
    "READERS",
    "Answer",
    "Detect",
    "Frame",
    "Frames",
    "Restorer",
    "Screening",
    "Span",
    "restored",
]
