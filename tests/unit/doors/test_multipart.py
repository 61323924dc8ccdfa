"""Forms in parts: read strictly, and written back byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.doors import multipart
from guard.errors import InputError

HEAD = b'Content-Disposition: form-data; name="a"'
GOOD = b"--xx\r\n" + HEAD + b"\r\n\r\n"


def test_parts_are_read():
    body = (
        GOOD + b'one\r\n--xx\r\ncontent-disposition: form-data; name="f"; filename="b.txt"\r\n'
        b"Content-Type: Text/Plain; charset=utf-8\r\n\r\ntwo\r\n--xx--\r\n"
    )  # fmt: skip
    one, two = multipart.parse(body, b"xx")
    assert (one.name, one.filename, one.kind, one.content) == ("a", None, "", b"one")
    assert (two.name, two.filename, two.kind, two.content) == ("f", "b.txt", "text/plain", b"two")


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=4))
def test_what_is_written_is_read_again(contents):
    if any(b"--xx" in content for content in contents):
        return
    part = multipart.parse(GOOD + b"x\r\n--xx--", b"xx")[0]
    body = multipart.written([(part, content) for content in contents], b"xx")
    assert [one.content for one in multipart.parse(body, b"xx")] == contents


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--xx--",
        b"--xx--\r\n",
        GOOD + b"one",
        GOOD + b"one\r\n--xx",
        GOOD + b"one\r\n--xx--more",
        b"before\r\n" + GOOD + b"one\r\n--xx--",
        GOOD + b"one\r\n--xxy\r\n" + HEAD + b"\r\n\r\nhidden\r\n--xx--",
        b"--xx\n" + HEAD + b"\n\none\n--xx--",
        b"--xx\r\n\r\none\r\n--xx--",
        b"--xx\r\n" + HEAD + b"\r\n" + HEAD + b"\r\n\r\none\r\n--xx--",
        b"--xx\r\n" + HEAD + b"\r\nContent-Transfer-Encoding: base64\r\n\r\none\r\n--xx--",
        b"--xx\r\n" + HEAD + b"; name=b\r\n\r\none\r\n--xx--",
        b"--xx\r\nContent-Disposition: form-data; name*=utf-8''a\r\n\r\none\r\n--xx--",
        b"--xx\r\n " + HEAD + b"\r\n\r\none\r\n--xx--",
        b"--xx\r\n" + HEAD + b"x" * 9000 + b"\r\n\r\none\r\n--xx--",
        (GOOD + b"\r\n") * 1001 + b"--xx--",
    ],
)
def test_what_two_readers_would_cut_differently_is_refused(body):
    with pytest.raises(InputError):
        multipart.parse(body, b"xx")


def test_a_boundary_within_a_part_is_not_written():
    part = multipart.parse(GOOD + b"x\r\n--xx--", b"xx")[0]
    with pytest.raises(InputError):
        multipart.written([(part, b"\r\n--xx--")], b"xx")


@pytest.mark.parametrize(
    ("said", "boundary"),
    [
        ("multipart/form-data; boundary=xx", b"xx"),
        ('Multipart/Form-Data;boundary="x y"', b"x y"),
        ("multipart/form-data", None),
        ("multipart/form-data; boundary=a; boundary=b", None),
        ("multipart/form-data; boundary=" + "x" * 71, None),
        ("multipart/mixed; boundary=xx", None),
    ],
)
def test_boundaries(said, boundary):
    if boundary is None:
        with pytest.raises(InputError):
            multipart.boundary_of(said)
    else:
        assert multipart.boundary_of(said) == boundary
