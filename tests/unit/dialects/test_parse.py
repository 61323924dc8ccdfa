"""What two readers could read differently is refused, and no message holds a part of it."""

import pytest

from guard.dialects import parse
from guard.dialects.parse import MAX_DEPTH
from guard.errors import InputError

SECRET = "anna@beispiel.de"


@pytest.mark.parametrize(
    ("raw", "document"),
    [
        (b"{}", {}),
        (b" [1, 2.5, -0.0, true, null] ", [1, 2.5, -0.0, True, None]),
        (b'{"a":{"a":{"a":1}}}', {"a": {"a": {"a": 1}}}),
        (b'[{"a":1},{"a":2}]', [{"a": 1}, {"a": 2}]),
        (b'{"a":"x:y:{[","b":"\\u003a\\u003A:"}', {"a": "x:y:{[", "b": ":::"}),
        (b'{"a":"\\\\u003a"}', {"a": "\\u003a"}),
        (b'{"id":"1234567890123456789012345678901234567890"}', {"id": "1234567890" * 4}),
        (b"[18446744073709551615, -9223372036854775808]", [2**64 - 1, -(2**63)]),
        (b"[0.1234567890123456, 5e-324, 1.7976931348623157e308]",
         [0.1234567890123456, 5e-324, 1.7976931348623157e308]),
        (b'"\xf0\x9f\x91\xa9 \\ud83d\\ude00"', "👩 😀"),
    ],
)  # fmt: skip
def test_what_is_json_is_read(raw, document):
    assert parse(raw) == document


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{} {}",
        b"\xef\xbb\xbf{}",
        b'{"a":"anna@beispiel.de\xff"}',
        b'["anna@beispiel.de\\ud800"]',
        b'{"anna@beispiel.de":NaN}',
        b'{"anna@beispiel.de":-Infinity}',
        b'{"a":"anna@beispiel.de",}',
        b"{'a':1}",
        b'{"a":1 /* anna@beispiel.de */}',
        "{}".encode("utf-16"),
        b'{"a":"anna@beispiel.de","a":1}',
        b'{"a":1,"b":{"c":1,"c":"anna@beispiel.de"}}',
        b'[[{"anna@beispiel.de":1,"anna@beispiel.de":1}]]',
        b'{"to":1,"\\u0074o":"anna@beispiel.de"}',
        b'{"to":1,"x":"\\u003a","to":2}',
        b'{"to":1,"x":"\\u003A","to":2}',
        b'{"to":":","to":{},"x":"\\u003A\\u003a"}',
        b"[18446744073709551616]",
        b"[-9223372036854775809]",
        b"[4111111111111111411111111111111141111111]",
        b"[1e400]",
        b"[0.12345678901234567890123456789]",
        b"[0e4111111111111111]",
        b"[1e-4111111111111111]",
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b'{"a":' * (MAX_DEPTH + 1) + b"1" + b"}" * (MAX_DEPTH + 1),
        b"[" * 500 + b"]" * 500,
        b"[" * 100_000,
    ],
)
def test_what_is_not_is_refused_without_its_text(raw):
    with pytest.raises(InputError) as caught:
        parse(raw)
    error = caught.value
    assert SECRET not in f"{error!r} {error}"
    assert error.__cause__ is None
    assert error.__context__ is None or SECRET not in repr(vars(error.__context__))


def test_depth_counts_nesting_and_not_brackets():
    assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH) is not None
    assert parse(b"[" * (MAX_DEPTH - 1) + b"[],[]" + b"]" * (MAX_DEPTH - 1)) is not None
    assert len(parse(b"[" + b"[]," * 1000 + b"[]]")) == 1001
    assert parse(b'"' + b"[" * 5000 + b'"') == "[" * 5000
