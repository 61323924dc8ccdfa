"""RFC 6962 trees against other people's vectors."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from guard.log import merkle

VECTORS = Path(__file__).parents[2] / "vectors" / "log"
INCLUSION = json.loads((VECTORS / "merkle-inclusion.json").read_text())
CONSISTENCY = json.loads((VECTORS / "merkle-consistency.json").read_text())
RFC = json.loads((VECTORS / "rfc6962.json").read_text())
# Theirs: a proof from size 0 is an error. Ours: every tree continues the empty one (tlog-witness).
SIZE_ZERO = {
    "additional/sizes-are-equal-zero-and-proof-is-empty",
    "additional/size1-is-zero-and-does-not-equal-size2",
    "additional/size1-is-zero-and-size2-is-not-zero",
}


def raw(text):
    return base64.b64decode(text)


def test_roots_and_nodes_of_rfc_6962():
    leaves = [merkle.leaf_hash(bytes.fromhex(item)) for item in RFC["leaf_inputs_hex"]]
    frontier = merkle.Frontier()
    assert frontier.root().hex() == RFC["root_hashes_hex_by_size"][0]
    for size, leaf in enumerate(leaves, 1):
        frontier.append(leaf)
        assert frontier.root().hex() == RFC["root_hashes_hex_by_size"][size]
        assert merkle.fold(merkle.peaks_of(leaves[:size])) == frontier.root()
    for level, row in enumerate(RFC["node_hashes_hex_by_level"]):
        width = 1 << level
        for index, expected in enumerate(row):
            part = leaves[index * width : (index + 1) * width]
            if len(part) == width:
                assert merkle.complete_root(part).hex() == expected


def test_there_are_all_vectors():
    assert (len(INCLUSION), len(CONSISTENCY)) == (98, 98)


@pytest.mark.parametrize("name", INCLUSION)
def test_inclusion(name):
    case = INCLUSION[name]
    proof = [raw(item) for item in case["proof"] or []]
    found = merkle.verify_inclusion(
        raw(case["leafHash"]), case["leafIdx"], case["treeSize"], proof, raw(case["root"])
    )
    assert found is not case["wantErr"]


@pytest.mark.parametrize("name", CONSISTENCY)
def test_consistency(name):
    case = CONSISTENCY[name]
    proof = [raw(item) for item in case["proof"] or []]
    old, new = case["size1"], case["size2"]
    found = merkle.verify_consistency(old, new, raw(case["root1"]), raw(case["root2"]), proof)
    if name in SIZE_ZERO:
        # Two of the three state a root that is not the empty tree's: those we refuse as well.
        assert found is (not proof and raw(case["root1"]) == merkle.EMPTY_ROOT)
    else:
        assert found is not case["wantErr"]


def test_the_empty_tree_is_a_prefix_of_every_tree_by_the_empty_proof_only():
    root = merkle.leaf_hash(b"x")
    assert merkle.verify_consistency(0, 1, merkle.EMPTY_ROOT, root, [])
    assert merkle.verify_consistency(0, 0, merkle.EMPTY_ROOT, merkle.EMPTY_ROOT, [])
    assert not merkle.verify_consistency(0, 1, root, root, [])
    assert not merkle.verify_consistency(0, 1, merkle.EMPTY_ROOT, root, [root])
    assert not merkle.verify_consistency(0, 0, root, root, [])


def test_a_proof_from_a_log_of_26_million_entries():
    case = json.loads((VECTORS / "rekor-inclusion.json").read_text())
    leaf, proof = raw(case["leafHash"]), [raw(item) for item in case["hashes"]]
    index, size = int(case["logIndex"]), int(case["treeSize"])
    assert merkle.verify_inclusion(leaf, index, size, proof, raw(case["rootHash"]))
    assert not merkle.verify_inclusion(leaf, index - 1, size, proof, raw(case["rootHash"]))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1)])
def test_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="not in the tree"):
        merkle.inclusion_proof(lambda level, number: b"", index, size)


@pytest.mark.parametrize(("old", "new"), [(2, 1), (-1, 1)])
def test_no_consistency_backwards(old, new):
    with pytest.raises(ValueError, match="not in order"):
        merkle.consistency_proof(lambda level, number: b"", old, new)


def test_a_frontier_has_as_many_peaks_as_its_size_has_bits():
    with pytest.raises(ValueError, match="one peak"):
        merkle.Frontier(3, [b"x" * 32])
