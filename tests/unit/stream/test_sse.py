"""Frames of server-sent events, and what is written in their places."""

import pytest

from guard.errors import InputError
from guard.stream import Frames


def frames(*parts, limit=1000):
    cutter = Frames(limit=limit)
    return [frame for part in parts for frame in cutter.feed(part)], cutter.close()


def test_the_fields_of_an_event():
    raw = (
        b"\xef\xbb\xbfid: 7\nevent: add\nretry: 250\n: one\n:two\ndata: a\ndata\ndata:  b\nx: y\n\n"
    )
    ((frame,), rest) = frames(raw)
    assert (frame.event, frame.data, frame.id) == ("add", b"a\n\n b", "7")
    assert (frame.retry, frame.comment, frame.raw, rest) == (250, "one\ntwo", raw, None)


@pytest.mark.parametrize("raw", [b"id: a\0\n\n", b"retry: 1s\n\n", b"datum: x\n\n", b"event\n\n"])
def test_what_is_no_field_says_nothing(raw):
    ((frame,), _) = frames(raw)
    assert (frame.id, frame.retry, frame.data, frame.raw) == (None, None, None, raw)


@pytest.mark.parametrize(
    ("raw", "data", "written"),
    [
        (b"data: a\n\n", b"b", b"data: b\n\n"),
        (b"data:a\r\n\r\n", b"b", b"data:b\r\n\r\n"),
        (b"data:a\n\n", b" b", b"data:  b\n\n"),
        (b"data: a\n\n", b" b", b"data:  b\n\n"),
        (b"data\n\n", b"b", b"data: b\n\n"),
        (b"event: x\ndata: a\nid: 1\n\n", b"b", b"event: x\ndata: b\nid: 1\n\n"),
        (b"data: a\rid: 1\rdata: c\r\r", b"b\nd", b"data: b\rdata: d\rid: 1\r\r"),
        (b"data: a\ndata: c\n\n", b"b", b"data: b\n\n"),
        (b"\xef\xbb\xbfdata: a\n\n", b"b\nc", b"\xef\xbb\xbfdata: b\ndata: c\n\n"),
    ],
)
def test_other_data_in_the_same_place(raw, data, written):
    (frame, *_), _ = frames(raw)
    assert frame.with_data(data) == written


def test_a_frame_does_not_wait_for_the_line_feed_of_its_carriage_return():
    cutter = Frames()
    (first,) = cutter.feed(b"data: a\r\n\r")
    assert first.data == b"a"
    line_feed, second = cutter.feed(b"\ndata: b\n\n")
    assert (line_feed.raw, second.data) == (b"\n", b"b")


def test_what_waits_is_bounded():
    with pytest.raises(InputError):
        frames(b"data: a\n", b"data: b", limit=14)
    _, rest = frames(b"data: a\n", b"data: b", limit=15)
    assert rest.data == b"a\nb"
