"""Signed notes, checkpoints and keys: what is accepted, and that nothing else is."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from guard.errors import ConfigError, VerificationError
from guard.log import DigestKey, SigningKey, VerifierKey, checkpoint, note
from guard.log.ed25519_keys import acceptable
from guard.log.merkle import EMPTY_ROOT

VECTORS = Path(__file__).parents[2] / "vectors" / "log"
NOTES = json.loads((VECTORS / "note.json").read_text())
KEYS = json.loads((VECTORS / "ed25519-keys.json").read_text())
GO = NOTES["go_note"]
SPEC = NOTES["c2sp_signed_note"]
SEED = bytes(range(32))


def test_the_note_of_the_specification():
    verifier = VerifierKey.parse(SPEC["vkey"])
    assert note.open_note(SPEC["note"].encode(), verifier) == "This is an example message.\n"
    assert str(verifier) == SPEC["vkey"]


def test_every_changed_byte_of_the_note_is_refused():
    verifier, whole = VerifierKey.parse(SPEC["vkey"]), SPEC["note"].encode()
    for place in range(len(whole)):
        for bit in (0, 7):
            changed = bytearray(whole)
            changed[place] ^= 1 << bit
            with pytest.raises(VerificationError):
                note.open_note(bytes(changed), verifier)


def test_keys_of_type_ed25519_are_read():
    for key in (GO["vkey"], GO["more_keys"][0], NOTES["cosig_vkeys"]["ok"][0]):
        assert str(VerifierKey.parse(key)) == key


@pytest.mark.parametrize("key", GO["bad_vkeys"] + NOTES["cosig_vkeys"]["ok"][1:])
def test_keys_of_other_types_and_mangled_keys_are_refused(key):
    with pytest.raises(ConfigError):
        VerifierKey.parse(key)


def test_every_changed_character_of_a_key_is_refused():
    key = GO["vkey"]
    VerifierKey.parse(key)
    for place in range(len(key)):
        for other in "A+ 0\u00e4":
            changed = key[:place] + other + key[place + 1 :]
            if changed != key:
                with pytest.raises(ConfigError):
                    VerifierKey.parse(changed)


@pytest.mark.parametrize("key", KEYS)
def test_low_order_and_non_canonical_points_are_refused(key):
    bad = {"low_order_A", "non_canonical_A"} & set(KEYS[key])
    assert acceptable(bytes.fromhex(key)) is not bool(bad)


def test_such_a_point_is_refused_with_its_key_id_in_order():
    point = bytes.fromhex("0100000000000000000000000000000000000000000000000000000000000000")
    typed = b"\x01" + point
    text = note.render_key("acme.example/log", note.key_id("acme.example/log", typed), typed)
    with pytest.raises(ConfigError, match="low order"):
        VerifierKey.parse(text)


def test_a_point_off_the_curve_is_refused():
    refused = [n for n in range(2, 40) if not acceptable(n.to_bytes(32, "little"))]
    assert 10 < len(refused) < 30
    assert not acceptable(b"short")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\n\n",
        "text\n\n\u2014 a.example AAAA\n".encode(),
        "text\n\n\u2014 a.example AAAAAAA=".encode(),
        b"text\n\n- a.example AAAAAAA=\n",
        "text\n\n\u2014 a+b AAAAAAA=\n".encode(),
        "text\n\n\u2014 a.example AAAAAAB=\n".encode(),
        "text\n\n\u2014 a.example AAAAAAA= \n".encode(),
        "text\x07\n\n\u2014 a.example AAAAAAA=\n".encode(),
        b"\xff\n\n\xe2\x80\x94 a.example AAAAAAA=\n",
        b"x" * 1_000_001,
        b"text\n\n" + "\u2014 a.example AAAAAAA=\n".encode() * 101,
    ],
)
def test_malformed_notes(data):
    with pytest.raises(VerificationError, match="malformed note"):
        note.parse(data)


def test_signatures_of_strangers_are_ignored_but_not_enough():
    key = SigningKey("a.example/log", SEED)
    ours = note.parse(key.sign_note("text\n"))
    stranger = SigningKey("b.example/log", bytes(32))
    both = note.Note(
        ours.text, (*note.parse(stranger.sign_note("text\n")).signatures, *ours.signatures)
    )
    assert note.open_note(both.render(), key.verifier) == "text\n"
    with pytest.raises(VerificationError, match="not signed by"):
        note.open_note(stranger.sign_note("text\n"), key.verifier)


def test_a_right_name_with_a_wrong_signature_beside_a_right_one_is_refused():
    key = SigningKey("a.example/log", SEED)
    good, other = note.parse(key.sign_note("text\n")), note.parse(key.sign_note("other\n"))
    both = note.Note(good.text, (*good.signatures, *other.signatures))
    with pytest.raises(VerificationError, match="does not verify"):
        note.open_note(both.render(), key.verifier)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        f"o\n1\n{ROOT}",
        f"o\n01\n{ROOT}\n",
        f"o\n+1\n{ROOT}\n",
        f"o\n 1\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n1_0\n{ROOT}\n",
        f"o\n\u0661\n{ROOT}\n",
        f"o\n{2**63}\n{ROOT}\n",
        f"o\n{'9' * 5000}\n{ROOT}\n",
        f"o\n1\n{ROOT[:-4]}\n",
        f"o\n1\n{ROOT}\nextension\n",
        f"o\n0\n{ROOT}\n",
        f"\n1\n{ROOT}\n",
        "",
    ],
)
def test_malformed_checkpoints(text):
    with pytest.raises(VerificationError, match="malformed checkpoint"):
        checkpoint.parse(text)


def test_a_checkpoint_is_read_as_it_is_written():
    head = checkpoint.Checkpoint("acme.example/log", 2**63 - 1, b"r" * 32)
    assert checkpoint.parse(head.render()) == head
    empty = checkpoint.Checkpoint("acme.example/log", 0, EMPTY_ROOT)
    assert checkpoint.parse(empty.render()) == empty


def test_a_checkpoint_of_another_origin_is_refused():
    key = SigningKey("a.example/log", SEED)
    text = checkpoint.Checkpoint("b.example/log", 1, b"r" * 32).render()
    with pytest.raises(VerificationError, match="another log"):
        checkpoint.open_checkpoint(key.sign_note(text), key.verifier)


# ------------------------------------------------------------------ key files


def test_a_signing_key_survives_its_file(tmp_path):
    key = SigningKey.generate("acme.example/guard")
    key.save(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert SigningKey.load(tmp_path / "key") == key
    assert VerifierKey.parse(str(key.verifier)) == key.verifier
    (tmp_path / "key.pub").write_text(f"{key.verifier}\n")
    assert VerifierKey.load(tmp_path / "key.pub") == key.verifier


def test_a_digest_key_survives_its_file(tmp_path):
    key = DigestKey.generate()
    key.save(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert DigestKey.load(tmp_path / "key") == key


@pytest.mark.parametrize("kind", [SigningKey, DigestKey])
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(tmp_path, kind, mode):
    key = SigningKey.generate("a.example/log") if kind is SigningKey else DigestKey.generate()
    key.save(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(ConfigError, match="chmod 600"):
        kind.load(tmp_path / "key")


def test_a_key_is_never_replaced(tmp_path):
    SigningKey.generate("a.example/log").save(tmp_path / "key")
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(ConfigError, match="already"):
        SigningKey.generate("a.example/log").save(tmp_path / "key")
    assert (tmp_path / "key").read_bytes() == before


WRONG = {
    "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n": "a PEM key",
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n": "an OpenSSH key",
    "ssh-ed25519 AAAA me": "an SSH public key",
    GO["vkey"]: "a public key",
    "": "an unknown kind of file",
    "PRIVATE+KEY+a.example+00000000+AQ==": "a signing key",
    "PRIVATE+KEY+a.example": "a signing key",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_key_of_the_wrong_kind_is_named(tmp_path, text):
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    for kind in (SigningKey, DigestKey):
        with pytest.raises(ConfigError) as caught:
            kind.load(path)
        assert WRONG[text] in str(caught.value)
        assert str(path) in str(caught.value)


def test_a_digest_key_does_not_sign_and_a_signing_key_does_not_digest(tmp_path):
    DigestKey.generate().save(tmp_path / "digest")
    SigningKey.generate("a.example/log").save(tmp_path / "sign")
    with pytest.raises(ConfigError, match="a digest key, not a log's signing key"):
        SigningKey.load(tmp_path / "digest")
    with pytest.raises(ConfigError, match="a signing key, not a digest key"):
        DigestKey.load(tmp_path / "sign")
    with pytest.raises(ConfigError, match="private key where a public one"):
        VerifierKey.load(tmp_path / "sign")


def test_a_changed_seed_is_noticed_by_its_id(tmp_path):
    SigningKey("a.example/log", SEED).save(tmp_path / "key")
    text = (tmp_path / "key").read_text()
    (tmp_path / "key").write_text(text.replace("+AQAB", "+AQAC"))
    with pytest.raises(ConfigError, match="id is not that of its bytes"):
        SigningKey.load(tmp_path / "key")


def test_a_changed_digest_key_is_noticed_by_its_id(tmp_path):
    DigestKey(SEED).save(tmp_path / "key")
    text = (tmp_path / "key").read_text()
    (tmp_path / "key").write_text(text.replace("AAEC", "AAED"))
    with pytest.raises(ConfigError, match="id is not that of its bytes"):
        DigestKey.load(tmp_path / "key")


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_unreadable_key_files(tmp_path, content):
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    with pytest.raises(ConfigError, match=str(path)):
        SigningKey.load(path)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "A.example", "/a", "a\n"])
def test_names_that_no_log_may_have(name):
    with pytest.raises(ConfigError, match="lower case"):
        SigningKey.generate(name)


def test_secrets_do_not_show():
    key, digest = SigningKey("a.example/log", SEED), DigestKey(SEED)
    for text in (repr(key), str(key), repr(digest), str(digest)):
        assert repr(SEED)[2:10] not in text
        assert base64.b64encode(SEED).decode() not in text


def test_digests_are_keyed_and_separate_domains():
    one, two = DigestKey(SEED), DigestKey(bytes(32))
    assert one.name("actor", "anna") == one.name("actor", "anna")
    assert one.name("actor", "anna") != one.name("source", "anna")
    assert one.name("actor", "anna")["h"] != two.name("actor", "anna")["h"]
    assert one.kid != two.kid


def test_a_commitment_hides_and_opens():
    key = DigestKey(SEED)
    first = key.commit("id-1", "input", b"content")
    assert first["c"] != key.commit("id-2", "input", b"content")["c"]
    assert first["c"] != key.commit("id-1", "output", b"content")["c"]
    import hmac

    opened = hmac.new(key.opening("id-1", "input"), b"content", "sha256").hexdigest()
    assert (first["c"], first["bytes"]) == (opened, 7)


def test_a_digest_key_has_32_bytes():
    with pytest.raises(ConfigError, match="32 bytes"):
        DigestKey(b"short")


def test_generate_uses_the_randomness_it_is_given():
    assert SigningKey.generate("a.example/log", randomness=lambda n: SEED[:n]).seed == SEED
    assert DigestKey.generate(randomness=os.urandom) != DigestKey.generate(randomness=os.urandom)
