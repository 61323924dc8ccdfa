"""Reading, proving and auditing: what is true passes, everything else does not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guard.errors import ConfigError, VerificationError
from guard.log import Log, SigningKey, VerifierKey, verify_proof
from guard.log.merkle import verify_consistency
from guard.log.note import Note, parse

VECTORS = Path(__file__).parents[2] / "vectors" / "log"


def test_a_log_written_by_tessera_verifies():
    vkey = (VECTORS / "tessera" / "vkey").read_text()
    log = Log(VECTORS / "tessera", vkey)
    found = log.verify(records=False)
    assert (found.origin, found.entries) == ("example.com/log/testdata", 15)
    assert list(log.raw(0, 3)) == [b"one", b"two", b"three"]


@pytest.mark.parametrize("size", [1, 8])
def test_its_earlier_heads_verify_and_are_consistent(tmp_path, size):
    shutil.copytree(VECTORS / "tessera", tmp_path / "log")
    vkey = (VECTORS / "tessera" / "vkey").read_text()
    now = Log(tmp_path / "log", vkey)
    shutil.copy(tmp_path / f"log/checkpoint.{size}", tmp_path / "log/checkpoint")
    then = Log(tmp_path / "log", vkey)
    assert then.verify(records=False).entries == size
    proof = now.consistency(size)
    assert verify_consistency(size, 15, then.head.root, now.head.root, proof)


def test_what_was_appended_is_read_before_and_after_close(world):
    with world.open() as log:
        sent = [world.entry(kind) for kind in ("decision", "batch", "policy", "error")]
        receipts = log.append_many(sent)
        assert [r.index for r in receipts] == [1, 2, 3, 4]
        running = Log(world.directory, world.key.verifier)
        assert running.verify().entries == 5
        assert not (world.directory / "checkpoint").exists()
    closed = Log(world.directory, str(world.key.verifier))
    for view in (running, closed):
        assert [r.id for r in view.entries(1, 5)] == [e["id"] for e in sent]
        assert [r.kind for r in view.entries(1, 5)] == ["decision", "batch", "policy", "error"]
    assert closed.verify().entries == 6
    assert not list((world.directory / "journal").iterdir())


@pytest.mark.parametrize(
    ("start", "stop", "count"),
    [(0, None, 302), (-5, 3, 3), (300, 999, 2), (9, 9, 0), (255, 258, 3)],
)
def test_a_range_of_entries(world, start, stop, count):
    with world.open() as log:
        log.append_many([world.entry() for _ in range(300)])
    assert len(list(Log(world.directory, world.key.verifier).entries(start, stop))) == count


def test_a_copy_of_the_directory_is_enough(world, tmp_path):
    with world.open() as log:
        log.append(world.entry())
        shutil.copytree(world.directory, tmp_path / "copy")
        log.append(world.entry())
    found = Log(tmp_path / "copy", world.key.verifier).verify()
    assert (found.entries, found.boots, found.torn) == (2, 1, False)


@pytest.mark.parametrize("count", [1, 255, 256, 257, 700])
def test_every_proof_verifies_with_the_public_key_alone(world, count):
    with world.open() as log:
        log.append_many([world.entry() for _ in range(count)])
        views = [Log(world.directory, world.key.verifier)]
    views.append(Log(world.directory, world.key.verifier))
    for view in views:
        for index in {0, 1, count // 2, count, len(view) - 1}:
            found = verify_proof(view.prove(index), world.key.verifier)
            assert found == next(view.entries(index, index + 1))
            assert view.find(found.id) == (index, found)


def test_proofs_hold_for_the_tail_in_the_journal_beyond_published_tiles(world):
    with world.open() as log:
        log.append_many([world.entry() for _ in range(300)])
    with world.open() as log:
        log.append_many([world.entry() for _ in range(300)])
        view = Log(world.directory, world.key.verifier)
        assert view.verify().published == 302
        for index in (0, 301, 302, 511, 512, 602):
            verify_proof(view.prove(index), world.key.verifier)
        old = view.consistency(302)
        assert verify_consistency(
            302, 603, bytes.fromhex(next(view.entries(302, 303)).previous.root), view.head.root, old
        )


def test_every_changed_character_of_a_proof_is_refused(world):
    with world.open() as log:
        log.append_many([world.entry() for _ in range(5)])
    text = Log(world.directory, world.key.verifier).prove(3)
    verify_proof(text, world.key.verifier)
    for place, character in enumerate(text):
        for other in "AB0 \n":
            if other == character:
                continue
            with pytest.raises(VerificationError):
                verify_proof(text[:place] + other + text[place + 1 :], world.key.verifier)
        with pytest.raises(VerificationError):
            verify_proof(text[:place], world.key.verifier)


def test_a_proof_of_another_log_is_refused(world):
    with world.open() as log:
        log.append(world.entry())
    text = Log(world.directory, world.key.verifier).prove(0)
    with pytest.raises(VerificationError, match="not signed by"):
        verify_proof(text, SigningKey("other.example/guard", bytes(32)).verifier)


@pytest.mark.parametrize("entry", [-1, 2, 10**9, "0193d6a0-0000-7000-8000-000000000000"])
def test_what_is_not_there_is_not_proved(world, entry):
    world.open().close()
    with pytest.raises(VerificationError):
        Log(world.directory, world.key.verifier).prove(entry)


def test_no_consistency_with_a_log_that_was_never_so_long(world):
    world.open().close()
    with pytest.raises(VerificationError, match="fewer than 3"):
        Log(world.directory, world.key.verifier).consistency(3)


def test_a_directory_without_a_log(world, tmp_path):
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(VerificationError, match="no log here"):
            Log(path, world.key.verifier)
    with pytest.raises(ConfigError):
        Log(tmp_path, "not a key")


def test_another_key_of_the_same_name_is_refused(world):
    world.open().close()
    other = SigningKey(world.key.name, bytes(32)).verifier
    with pytest.raises(VerificationError, match="not signed by"):
        Log(world.directory, other)


# ------------------------------------------------------------------ tampering


def files(directory):
    return [p for p in sorted(directory.rglob("*")) if p.is_file() and p.name != "lock"]


def test_every_changed_byte_of_entries_tiles_and_checkpoint_is_noticed(world):
    world.open().close()
    world.open().close()
    verifier = world.key.verifier
    Log(world.directory, verifier).verify()
    assert (world.directory / "tile/0/000.p/2").exists()
    tried = 0
    for path in files(world.directory):
        data = path.read_bytes()
        for place in range(len(data)):
            changed = bytearray(data)
            changed[place] ^= 1 << place % 8
            path.write_bytes(changed)
            with pytest.raises(VerificationError):
                Log(world.directory, verifier).verify()
            with pytest.raises(VerificationError):
                Log(world.directory, verifier).verify(records=False)
            tried += 1
        path.write_bytes(data)
    assert tried > 1500
    Log(world.directory, verifier).verify()


def test_a_changed_byte_in_a_large_log_is_noticed_and_the_entry_named(world):
    with world.open() as log:
        log.append_many([world.entry() for _ in range(600)])
    verifier = world.key.verifier
    path = world.directory / "tile/entries/001"
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"rules":31', b'"rules":30', 1))
    with pytest.raises(VerificationError, match="entry 256 is not what was signed"):
        Log(world.directory, verifier).verify()
    path.write_bytes(data)
    for tile in ("tile/0/000", "tile/0/001", "tile/1/000.p/2", "tile/0/002.p/90"):
        content = (world.directory / tile).read_bytes()
        for place in (0, len(content) // 2, len(content) - 1):
            changed = bytearray(content)
            changed[place] ^= 1
            (world.directory / tile).write_bytes(changed)
            with pytest.raises(VerificationError):
                Log(world.directory, verifier).verify()
        (world.directory / tile).write_bytes(content)
    Log(world.directory, verifier).verify()


def test_every_missing_file_is_noticed(world):
    with world.open() as log:
        log.append_many([world.entry() for _ in range(300)])
    for path in files(world.directory):
        data = path.read_bytes()
        path.unlink()
        with pytest.raises(VerificationError):
            Log(world.directory, world.key.verifier).verify()
        path.write_bytes(data)


def test_swapped_removed_and_repeated_entries_are_noticed(world):
    from guard.log.tiles import decode_bundle, encode_bundle

    with world.open() as log:
        log.append_many([world.entry() for _ in range(4)])
    path = world.directory / "tile/entries/000.p/6"
    entries = decode_bundle(path.read_bytes())
    for place in range(5):
        swapped = list(entries)
        swapped[place : place + 2] = reversed(swapped[place : place + 2])
        for changed in (swapped, entries[:place] + entries[place + 1 :], [*entries, entries[0]]):
            path.write_bytes(encode_bundle(changed))
            with pytest.raises(VerificationError):
                Log(world.directory, world.key.verifier).verify()


def test_an_older_checkpoint_than_the_tiles_is_a_shorter_log_and_says_so(world, tmp_path):
    # Rolling back to an earlier signed state cannot be seen from the directory alone; this is
    # documented, and whoever kept a later head or receipt sees it by `consistency`.
    with world.open() as log:
        log.append(world.entry())
    shutil.copy(world.directory / "checkpoint", tmp_path / "old")
    with world.open() as log:
        log.append(world.entry())
    later = Log(world.directory, world.key.verifier)
    shutil.copy(tmp_path / "old", world.directory / "checkpoint")
    earlier = Log(world.directory, world.key.verifier)
    assert earlier.verify().entries == 3
    with pytest.raises(VerificationError, match="fewer than"):
        earlier.consistency(len(later))


def test_a_cosigned_checkpoint_verifies_and_one_without_our_signature_does_not(world):
    world.open().close()
    path = world.directory / "checkpoint"
    own = parse(path.read_bytes())
    witness = SigningKey("witness.example/w", bytes(32))
    other = parse(witness.sign_note(own.text)).signatures
    path.write_bytes(Note(own.text, (*own.signatures, *other)).render())
    Log(world.directory, world.key.verifier).verify()
    path.write_bytes(Note(own.text, other).render())
    with pytest.raises(VerificationError, match="not signed by"):
        Log(world.directory, world.key.verifier)


# ------------------------------------------------------------------ a signer that breaks the rules


def forge(world, entries):
    """A directory whose heads are signed by the right key over entries of our choice."""
    from guard.log.checkpoint import Checkpoint
    from guard.log.disk import PosixDisk, make_directories
    from guard.log.merkle import Frontier, leaf_hash
    from guard.log.publisher import Job, Publisher
    from guard.log.tiles import Edge

    frontier = Frontier()
    for entry in entries:
        frontier.append(leaf_hash(entry))
    head = Checkpoint(world.key.name, frontier.size, frontier.root())
    make_directories(PosixDisk(), world.directory)
    publisher = Publisher(PosixDisk(), world.directory, Edge(), [])
    publisher.publish(Job(entries, world.key.sign_note(head.render())))
    return Log(world.directory, world.key.verifier)


def honest(world):
    with world.open() as log:
        log.append(world.entry())
    entries = list(Log(world.directory, world.key.verifier).raw())
    shutil.rmtree(world.directory)
    return entries


def test_a_rewrite_by_the_owner_of_the_key_verifies_as_documented(world):
    first, middle, last = honest(world)
    assert forge(world, [first, middle.replace(b'"rules":31', b'"rules":30'), last]).verify()


def later(entry):
    return entry.replace(b"2026-", b"2027-", 1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda a, b, c: [a, b.replace(b"2026-", b"2025-", 1), c], "entry 1: time goes back"),
        (lambda a, b, c: [b], "entry 0: no writer of its boot"),
        (lambda a, b, c: [a, c, later(b)], "entry 2: no writer of its boot"),
        (lambda a, b, c: [a, b, later(a)], "entry 2: its boot has opened"),
        (lambda a, b, c: [a, b"free text"], "entry 1: the entry is not canonical"),
        (lambda a, b, c: [a, b'{"kind":"policy"}'], "entry 1: the entry is not of the schema"),
        (lambda a, b, c: [a.replace(b'"size":0', b'"size":1')], "entry 0: it opens another log"),
        (lambda a, b, c: [a.replace(b"e3b0", b"e3b1")], "entry 0: it opens another log"),
    ],
)
def test_what_entries_owe_their_neighbours(world, change, message):
    log = forge(world, change(*honest(world)))
    log.verify(records=False)
    with pytest.raises(VerificationError, match=message):
        log.verify()


def test_a_verifier_key_and_its_text_are_the_same(world):
    world.open().close()
    text = str(world.key.verifier)
    assert (
        Log(world.directory, text).verify()
        == Log(world.directory, VerifierKey.parse(text)).verify()
    )
