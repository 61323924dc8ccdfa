"""Laws of every dialect, for bodies drawn from its own tables and for what is none of them."""

import json
import re

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guard.dialects import DIALECTS, parse
from guard.dialects.leaves import Held, Repeats, _Json, _Result
from guard.dialects.shapes import Either, Entries, Items, Later, Object, Variants
from guard.dialects.words import is_name
from guard.errors import InputError, ObligationError
from guard.payload import resolve
from guard.vault.tokens import token

MARK = "Ännchen"  # begins every planted text, and is no technical word anywhere
BASE64 = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
)
PLAIN = ["", " ", "user", "object", "call_1", "gpt-4o-2024-07-18", "https://x.example/a.png",
         f"data:image/png;base64,{BASE64}", BASE64]  # fmt: skip
UNKNOWN = ["x_new", "Herr Schmidt", "a@b.de", "5551234567", "~k0", "a/b", ""]


class Plant:
    """Draws values of a shape, with planted texts that are told apart by a number."""

    def __init__(self, draw):
        self.draw, self.count = draw, 0

    def chance(self, one_in):
        return self.draw(st.integers(1, one_in)) == 1

    def pick(self, options):
        return self.draw(st.sampled_from(options))

    def text(self):
        self.count += 1
        return f"{MARK} {self.count:04}"

    def leaf(self, shape=None):
        kind = self.draw(st.integers(0, 9))
        if kind < 4:
            return self.text()
        if kind < 6:
            return self.pick(PLAIN)
        if kind == 6:
            return self.pick([None, True, False, 0, 1.5, 12345678, 5e8, -3])
        if kind == 7:
            # Escapes are undone where the API says that a string holds JSON.
            inner = self.free(2)
            read = (
                isinstance(inner, dict | list) if type(shape) is _Result else type(shape) is _Json
            )
            return json.dumps(inner, ensure_ascii=read and self.chance(2))
        if kind == 8:
            return f'{{"a":"{self.text()}",' + self.pick(['"a":1}', '"b"', "]"])
        return self.free(2)

    def free(self, depth):
        if depth == 0 or self.chance(3):
            return self.pick([None, 7, "word", self.text()])
        if self.chance(3):
            return [self.free(depth - 1) for _ in range(self.draw(st.integers(0, 2)))]
        names = [self.text() if self.chance(4) else self.pick(["to", *UNKNOWN]) for _ in range(2)]
        return {name: self.free(depth - 1) for name in names}

    def value(self, shape, depth):
        if isinstance(shape, Later):
            shape = shape._of()
        if depth == 0 or self.chance(12):
            return self.leaf(shape)
        if isinstance(shape, Object):
            return self.members(shape, depth)
        if isinstance(shape, Variants):
            kind = self.pick(list(shape.tables))
            members = self.members(shape.tables[kind], depth)
            return members if self.chance(12) else {shape._by: kind, **members}
        if isinstance(shape, Items):
            return [self.value(shape._shape, depth - 1) for _ in range(self.pick([0, 1, 1, 2]))]
        if isinstance(shape, Entries):
            return {self.text(): self.value(shape._shape, depth - 1), "a": self.leaf()}
        if isinstance(shape, Either):
            kinds = [visit.__self__ for visit in shape._visits.values()]
            return self.value(self.pick(kinds), depth)
        if isinstance(shape, Held | Repeats):
            return self.value(shape._shape, depth) if shape._shape else [self.leaf(), self.leaf()]
        return self.leaf(shape)

    def members(self, shape, depth):
        names = sorted(shape.fields)
        count = min(len(names), self.pick([1, 2, 3, 4]))
        chosen = [self.pick(names) for _ in range(count)] if names else []
        members = {name: self.value(shape.fields[name], depth - 1) for name in chosen}
        if self.chance(8):
            members[self.pick(UNKNOWN)] = self.leaf()
        return members


@st.composite
def bodies(draw, shape, needs=()):
    plant = Plant(draw)
    body = plant.value(shape, 7)
    if not body or not isinstance(body, dict if isinstance(shape, Object) else dict | list):
        body = {"other": body}
    if isinstance(body, dict):
        for name in needs:
            if body.get(name) is None:
                fields = shape.fields
                body[name] = plant.value(fields[name], 6) or [plant.text()]
    return body


CASES = [
    pytest.param(dialect, direction, id=f"{dialect.name}-{direction}")
    for dialect in DIALECTS
    for direction in ("request", "answer")
]
PLANTED = re.compile(rf"{MARK} \d{{4}}")


def planted(value):
    """The planted texts in a value, wherever they are, also in JSON with escapes in a string."""
    written = json.dumps(value, ensure_ascii=False)
    for _ in range(4):
        written = re.sub(r"\\+u00c4", "Ä", written)
    return set(PLANTED.findall(written))


def drawn(data, dialect, direction):
    shape = dialect.asks if direction == "request" else dialect.answers
    needs = dialect.needs if direction == "request" else ()
    body = data.draw(bodies(shape, needs))
    before = orjson.dumps(body)
    walked = getattr(dialect, direction)(body)
    assert orjson.dumps(body) == before
    return body, walked


SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize(("dialect", "direction"), CASES)
@given(data=st.data())
@SETTINGS
def test_no_text_passes_unseen(dialect, direction, data):
    body, walked = drawn(data, dialect, direction)
    seen = {text for segment in walked.segments for text in PLANTED.findall(segment.text)}
    hidden = escaped(body, walked)
    copied = set()
    for copy in walked.copies:
        copied |= planted(resolve(body, copy.pointer))
    assert planted(body) <= seen | copied | hidden


def escaped(body, walked):
    """Texts in JSON that only a lenient reader would read: opaque, and a segment as written."""
    pointers = {opaque.pointer for opaque in walked.opaque if opaque.kind == "unknown_type"}
    return {
        text
        for segment in walked.segments
        if any(segment.pointer == pointer for pointer in pointers)
        for text in planted(segment.text)
    }


@pytest.mark.parametrize(("dialect", "direction"), CASES)
@given(data=st.data())
@SETTINGS
def test_nothing_changed_is_the_document(dialect, direction, data):
    body, walked = drawn(data, dialect, direction)
    own = {segment.pointer: segment.text for segment in walked.segments}
    assert len(own) == len(walked.segments)
    assert walked.rebuilt({}) is body
    assert walked.rebuilt(own) is body


@pytest.mark.parametrize(("dialect", "direction"), CASES)
@given(data=st.data())
@SETTINGS
def test_every_text_can_be_replaced(dialect, direction, data):
    body, walked = drawn(data, dialect, direction)
    before = orjson.dumps(body)
    texts = {
        segment.pointer: f'[NEW_"{n}]'
        for n, segment in enumerate(walked.segments)
        if segment.pointer not in walked.fixed
    }
    done = walked.rebuilt(texts, copies=False)
    assert orjson.dumps(body) == before
    kept = {t for s in walked.segments if s.pointer in walked.fixed for t in planted(s.text)}
    assert planted(done) <= kept
    # Every text stands in its place, and JSON in strings is JSON still: another walk finds them.
    after = {s.pointer: s.text for s in getattr(dialect, direction)(done).segments}
    dropped = tuple(copy.pointer for copy in walked.copies)
    for pointer, text in texts.items():
        if not pointer.startswith(dropped):
            assert after[pointer] == text


@pytest.mark.parametrize(("dialect", "direction"), CASES)
@given(data=st.data())
@SETTINGS
def test_what_is_fixed_does_not_change(dialect, direction, data):
    _, walked = drawn(data, dialect, direction)
    fixed = {segment.pointer for segment in walked.segments} & walked.fixed
    for pointer in fixed:
        with pytest.raises(ObligationError):
            walked.rebuilt({pointer: "changed"})


TEXT = st.text(st.characters(codec="utf-8"), max_size=5)
NAMES = st.sampled_from(["a", "b:", ":", "{", "messages", "model"]) | TEXT
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
ANY = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)


@given(ANY, st.booleans(), st.sampled_from([None, 2]))
@settings(max_examples=300, deadline=None)
def test_what_any_writer_writes_is_read(document, escapes, indent):
    raw = json.dumps(document, ensure_ascii=escapes, indent=indent).encode()
    assert parse(raw) == document


@given(ANY, st.sampled_from(["plain", "escaped", "colon"]))
@settings(max_examples=300, deadline=None)
def test_a_repeated_name_is_refused_wherever_it_stands(document, how):
    raw = json.dumps({"outer": [1, "PLACE", document]})
    twice = {
        "plain": '{"to":"a:b","to":1}',
        "escaped": r'{"to":"a","\u0074o":1}',
        "colon": r'{"to":"a","x":"\u003a","to":1}',
    }[how]
    with pytest.raises(InputError) as caught:
        parse(raw.replace('"PLACE"', twice, 1).encode())
    assert "a:b" not in str(caught.value)


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda d: d.name)
@given(document=ANY)
@settings(max_examples=60, deadline=None)
def test_any_json_is_walked_or_refused(dialect, document):
    walked = dialect.answer(document)
    assert walked.rebuilt({}) is document
    try:
        walked = dialect.request(document)
    except InputError:
        return
    if isinstance(document, dict | list):
        assert walked.rebuilt({}) is document


@given(
    st.binary(min_size=32, max_size=32),
    st.from_regex(r"[A-Z]{1,8}(_[A-Z]{1,8}){0,2}", fullmatch=True),
    st.text(max_size=8),
    st.sampled_from(["", "of_", "x-"]),
)
def test_no_token_passes_for_a_name(key, label, value, before):
    """Where one names a member it is a text, so that it is turned back."""
    assert not is_name(before + token(key, label, value))


def test_a_token_without_a_digit_is_none_either():
    letters = (token(bytes(32), "EMAIL", str(n)) for n in range(10_000))
    without = [one for one in letters if not re.search("[0-9]", one)]
    assert without
    assert not any(map(is_name, without))
