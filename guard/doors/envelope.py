"""What a request says beside its body: in its address and in its headers.

A name in a query leaves as much as one in a body. It is decided about like any text; but an address
is not rewritten, so what would have to be taken out of it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urlsplit

from guard.dialects.words import context, is_model, is_name, is_word
from guard.doors.wire import OURS, Header, Sent
from guard.errors import InputError
from guard.types import Segment

_SILENT = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "api-key",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-amz-security-token",
        "x-api-key",
        "x-goog-api-key",
    }
)
"""Headers of which every request has some, and credentials: they are no texts of an application."""
_ARN = re.compile(
    r"arn:aws[a-z-]*:(?:bedrock|sagemaker):[a-z0-9-]+:[0-9]{12}:[a-z-]+/[A-Za-z0-9.:-]+"
)
_BETWEEN = re.compile(r"[,;\s]+")
_MOST = 1000


def addressed(url: str, *, words: bool) -> tuple[Segment, ...]:
    """The texts of an address: the parts of its path and its query, decoded.

    Args:
        url: A URL, or a path with a query.
        words: Whether technical words are texts, too: in an application of one's own a path may
            name a person, in a provider's API it names a model.

    Raises:
        InputError: If it is not UTF-8, or has too many parts.
    """
    split = urlsplit(url)
    if not words and not split.query and is_word(split.path.replace("/", "") or "_"):
        return ()
    try:
        return tuple(_texts(split.path, split.query, words=words))
    except ValueError:
        raise InputError("the address cannot be read", remedy="encode it as UTF-8") from None


def _texts(path: str, query: str, *, words: bool) -> Iterator[Segment]:
    for index, part in enumerate(path.split("/")):
        text = unquote(part, errors="strict")
        if text and (words or not (is_model(text) or _ARN.fullmatch(text))):
            yield Segment(f"~path/{index}", text)
    pairs = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=_MOST)
    for index, (name, value) in enumerate(pairs):
        if name and not is_name(name):
            yield Segment(f"~query/{index}/0", name)
        if value.strip() and (words or not is_word(value)):
            yield Segment(f"~query/{index}/1", value, context((name,)))


def headed(headers: tuple[Header, ...]) -> tuple[Segment, ...]:
    """The texts that an application has put into headers of a request to a provider."""
    return tuple(
        Segment(f"~header/{index}", value, context((name,)))
        for index, (name, value) in enumerate(headers)
        if not is_word(value)
        and (low := name.lower()) not in _SILENT
        and not low.startswith(OURS)
        and not all(is_word(word) for word in _BETWEEN.split(value) if word)
    )


def of(sent: Sent, *, words: bool, headers: bool) -> tuple[Segment, ...]:
    """All texts beside the body of a request.

    Args:
        sent: The request.
        words: As for `addressed`.
        headers: Whether its headers go out as they are.

    Raises:
        InputError: As `addressed`.
    """
    found = addressed(sent.url, words=words)
    return (*found, *headed(sent.headers)) if headers else found
