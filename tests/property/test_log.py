"""Laws of the tree, the proofs and the parsers, for generated inputs."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.errors import VerificationError
from guard.log import SigningKey, checkpoint, merkle, note, proof, tiles
from guard.log.journal import Frame, scan

LEAVES = st.lists(st.binary(max_size=8), min_size=1, max_size=70).map(
    lambda items: [merkle.leaf_hash(item) for item in items]
)
KEY = SigningKey("acme.example/guard", bytes(range(32)))


def node_of(leaves):
    def node(level, index):
        width = 1 << level
        part = leaves[index * width : (index + 1) * width]
        assert len(part) == width
        return merkle.complete_root(part)

    return node


def plain_root(leaves):
    """The definition of RFC 6962, 2.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node_hash(plain_root(leaves[:split]), plain_root(leaves[split:]))


@given(LEAVES)
def test_every_way_to_a_root_is_the_definition(leaves):
    frontier, edge = merkle.Frontier(), tiles.Edge()
    for leaf in leaves:
        frontier.append(leaf)
        edge.append(leaf)
    expected = plain_root(leaves)
    assert frontier.root() == edge.root() == expected
    assert merkle.range_root(node_of(leaves), 0, len(leaves)) == expected


@given(LEAVES, st.data())
def test_an_inclusion_proof_proves_its_leaf_and_no_other(leaves, data):
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    root, path = plain_root(leaves), merkle.inclusion_proof(node_of(leaves), index, size)
    assert merkle.verify_inclusion(leaves[index], index, size, path, root)
    other = data.draw(st.integers(-1, size + 1))
    if other != index:
        repeated = 0 <= other < size and leaves[other] == leaves[index]
        assert repeated or not merkle.verify_inclusion(leaves[index], other, size, path, root)
    assert not merkle.verify_inclusion(leaves[index], index, size, [*path, root], root)
    for place in range(len(path)):
        assert not merkle.verify_inclusion(
            leaves[index], index, size, path[:place] + path[place + 1 :], root
        )
        changed = [*path[:place], merkle.node_hash(path[place], root), *path[place + 1 :]]
        assert not merkle.verify_inclusion(leaves[index], index, size, changed, root)


@given(LEAVES, st.data())
def test_a_consistency_proof_proves_a_prefix_and_nothing_else(leaves, data):
    new = len(leaves)
    old = data.draw(st.integers(0, new))
    first, second = plain_root(leaves[:old]), plain_root(leaves)
    path = merkle.consistency_proof(node_of(leaves), old, new)
    assert merkle.verify_consistency(old, new, first, second, path)
    wrong = merkle.node_hash(first, second)
    assert not merkle.verify_consistency(old, new, wrong, second, path)
    assert not merkle.verify_consistency(old, new, first, second, [*path, wrong])
    if 0 < old < new:
        assert not merkle.verify_consistency(old, new, first, wrong, path)
        assert not merkle.verify_consistency(old, new, first, second, path[:-1])


def near(text):
    """Texts a few edits away from a right one."""
    edits = st.lists(
        st.tuples(st.integers(0, len(text)), st.integers(0, 3), st.text(max_size=2)), max_size=3
    )

    def apply(changes):
        result = text
        for place, cut, put in changes:
            result = result[:place] + put + result[place + cut :]
        return result

    return edits.map(apply)


HEAD = checkpoint.Checkpoint("acme.example/guard", 1042, b"r" * 32)
NOTE = KEY.sign_note(HEAD.render()).decode()
PROOF = proof.Proof(b'{"kind":"x"}', 3, [b"a" * 32, b"b" * 32], NOTE.encode()).render()
VKEY = str(KEY.verifier)


@given(near(NOTE) | st.text())
def test_a_note_is_read_only_if_it_renders_again(text):
    data = text.encode("utf-8", "surrogatepass")
    try:
        found = note.parse(data)
    except VerificationError:
        return
    assert found.render() == data


@given(near(HEAD.render()) | st.text())
def test_a_checkpoint_is_read_only_if_it_renders_again(text):
    try:
        found = checkpoint.parse(text)
    except VerificationError:
        return
    assert found.render() == text


@given(near(PROOF) | st.text())
def test_a_proof_is_read_only_if_it_renders_again(text):
    try:
        found = proof.parse(text)
    except VerificationError:
        return
    assert found.render() == text


@given(near(VKEY) | st.text())
def test_a_key_is_read_only_if_it_renders_again(text):
    try:
        found = note.parse_key(text)
    except ValueError:
        return
    assert note.render_key(*found) == text


@given(st.text(alphabet="ABCDEFab01+/=\n -_", max_size=12))
def test_base64_is_read_only_in_its_one_spelling(text):
    try:
        data = note.decode_base64(text)
    except ValueError:
        return
    assert base64.b64encode(data).decode() == text


@given(near(NOTE))
def test_only_what_was_signed_opens(text):
    try:
        opened = note.open_note(text.encode("utf-8", "surrogatepass"), KEY.verifier)
    except VerificationError:
        return
    assert opened == HEAD.render()


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_a_bijection(entries):
    assert tiles.decode_bundle(tiles.encode_bundle(entries)) == entries


@given(st.binary(max_size=40))
def test_bytes_are_a_bundle_only_if_they_render_again(data):
    try:
        entries = tiles.decode_bundle(data)
    except ValueError:
        return
    assert tiles.encode_bundle(entries) == data


FRAMES = st.lists(st.lists(st.binary(max_size=40), min_size=1, max_size=4), max_size=5)


def segment(groups, first):
    frames = []
    for group in groups:
        frames.append(Frame(first, tuple(group), NOTE.encode()))
        first += len(group)
    return frames


@given(FRAMES, st.integers(0, 2**40), st.integers(0, 100))
def test_a_journal_is_read_as_it_was_written(groups, first, rest):
    frames = segment(groups, first)
    found = scan(b"".join(f.encode() for f in frames) + bytes(rest), "x")
    assert found.frames == tuple(frames)
    assert not found.torn


@given(FRAMES.filter(bool), st.data())
@settings(max_examples=300)
def test_a_changed_bit_in_a_journal_never_changes_an_entry(groups, data):
    frames = segment(groups, 0)
    whole = b"".join(f.encode() for f in frames)
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = scan(bytes(changed), "x")
    except VerificationError:
        return
    # Without a whole frame behind it, damage looks like the last, torn write.
    assert found.torn
    assert found.frames == tuple(frames[:-1])


@given(st.integers(0, 2**40), st.sampled_from([None, 0, 1, 5]))
def test_tile_paths_differ_and_follow_the_specification(number, level):
    path = tiles.tile_path(level, number)
    groups = path.split("/")[2:]
    assert all(len(g) == 4 and g[0] == "x" for g in groups[:-1])
    assert len(groups[-1]) == 3
    assert int("".join(groups).replace("x", "")) == number
    assert len(groups) == 1 or groups[0] != "x000"


@given(st.binary(min_size=32, max_size=32))
def test_generated_keys_are_accepted_and_their_text_reads_back(seed):
    from guard.log import VerifierKey

    verifier = SigningKey("a.example/log", seed).verifier
    assert VerifierKey.parse(str(verifier)) == verifier


def test_the_starting_points_are_right():
    assert note.open_note(NOTE.encode(), KEY.verifier) == HEAD.render()
    assert proof.parse(PROOF).index == 3
    with pytest.raises(VerificationError):
        proof.verify_proof(PROOF, KEY.verifier)
