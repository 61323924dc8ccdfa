"""Laws of walking and rebuilding, for any JSON document."""

from hypothesis import given
from hypothesis import strategies as st

from guard.payload import copied, rebuild, resolve, segments

NAMES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "",
            "/",
            "~",
            "~0",
            "~1",
            "~k0",
            "~v1",
            "a/b",
            "0",
            "-",
            "a@b.de",
            "1234567",
            "name",
            "Li Wei",
            "李军",
        ]
    ),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=10**6, max_value=10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(min_value=1e6, max_value=2**53).map(round).map(float),
    st.text(),
    st.sampled_from(["", " ", "\u3000", "\ud800", "👩‍👩‍👧", "a@b.de"]),
)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=20,
)


def same(one, other):
    """Equal in value and type, members in the same order."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def strings(value):
    """Every string that is not white space, members' names aside."""
    if isinstance(value, str):
        return [value] if value and not value.isspace() else []
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    return []


@given(DOCUMENTS)
def test_a_copy_is_the_document(document):
    assert same(copied(document), document)


@given(DOCUMENTS)
def test_a_documents_own_texts_give_the_document(document):
    own = {s.pointer: s.text for s in segments(document)}
    assert same(rebuild(document, own), document)
    assert same(rebuild(document, {}), document)


@given(DOCUMENTS)
def test_pointers_are_unique_and_lead_to_their_texts(document):
    found = segments(document)
    assert len({s.pointer for s in found}) == len(found)
    for segment in found:
        value = resolve(document, segment.pointer)
        assert segment.text == (value if isinstance(value, str) else str(int(value)))


@given(DOCUMENTS)
def test_every_string_is_a_segment(document):
    values = [s.text for s in segments(document)]
    for text in strings(document):
        values.remove(text)


@given(DOCUMENTS)
def test_rewritten_texts_land_exactly_at_their_pointers(document):
    found = segments(document)
    marks = {s.pointer: f"<{n}>" for n, s in enumerate(found)}
    done = rebuild(document, marks)
    # A renamed member changes no place: the n-th member stays the n-th.
    for segment in found:
        assert resolve(done, _places(document, segment.pointer)) == marks[segment.pointer]


def _places(document, pointer):
    """`pointer` with every member's name as ``~v<n>``, which a new name does not change."""
    value, out = document, []
    tokens = pointer.split("/")[1:]
    for depth, token in enumerate(tokens):
        if isinstance(value, dict) and not token.startswith(("~k", "~v")):
            name = token.replace("~1", "/").replace("~0", "~")
            out.append(f"~v{list(value).index(name)}")
        else:
            out.append(token)
        value = resolve(document, "/" + "/".join(tokens[: depth + 1]))
    return "".join(f"/{token}" for token in out)
