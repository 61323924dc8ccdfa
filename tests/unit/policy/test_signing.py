"""Signed bundles: what is not exactly what was signed, by whom it should be, is refused."""

from __future__ import annotations

import base64
import gzip
import hashlib
import hmac
import io
import json
import os
import tarfile

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from guard.errors import ConfigError, VerificationError
from guard.policy import PolicySet, signing_bundle
from guard.policy.signing import FILE, BundleKey, BundleVerifier
from tests.unit.policy.world import small_policies

RULE = """\
package guard.instruments.one

# METADATA
# title: Everything may go
# description: A rule of a test, which allows every transfer there is.
# custom:
#   id: one.free
#   kind: permit
#   cites: ["One Act s. 1"]
#   since: "2020-01-01"
#   confidence: high
#   source: made for a test
permits contains {"rule": "one.free"} if data.tables.rules["one.free"].since <= input.transfer.time
"""
MAIN = """\
package guard

decision := {}

applicable := {tag.instrument | some tag in input.transfer.tags}
"""
TABLES = {"names": {"break": "a\u2028é<>&", "n": 1, "list": [True, None, "\u007f\b\u2029"]}}


def save(path, key, *, private=True, password=None):
    if private:
        how = BestAvailableEncryption(password) if password else NoEncryption()
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
        path.chmod(0o600)
    else:
        public = key.public_key()
        path.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp("signing")
    key = ec.generate_private_key(ec.SECP256R1())
    private = save(root / "key.pem", key)
    public = save(root / "key.pub", key, private=False)
    tree = small_policies(
        root / "policies", {"guard/main.rego": MAIN, "guard/instruments/one/free.rego": RULE}
    )
    policies = PolicySet.load([tree], TABLES)
    signer, verifier = BundleKey.load(private, "me"), BundleVerifier.load(public, "me")
    bundle = signing_bundle.write(policies, root / "bundle.tar.gz", signer)
    return {
        "root": root,
        "key": key,
        "private": private,
        "public": public,
        "policies": policies,
        "signer": signer,
        "verifier": verifier,
        "files": signing_bundle.unpack(bundle),
        "bundle": bundle,
    }


@pytest.fixture
def refused(world, tmp_path):
    """Packs files, and returns with what words the bundle is refused."""

    def pack(files, **how):
        path = tmp_path / "harmed.tar.gz"
        path.write_bytes(signing_bundle.pack(files))
        return said(path, **how)

    def said(path, **how):
        with pytest.raises(VerificationError) as caught:
            signing_bundle.load(path, how.pop("verifier", world["verifier"]), **how)
        assert caught.value.message.startswith(str(path))
        assert caught.value.remedy
        return caught.value.message

    pack.path = said
    return pack


def test_a_signed_bundle_is_the_policy_set_it_was_made_of(world):
    read = signing_bundle.load(world["bundle"], world["verifier"])
    assert read == PolicySet(
        **{
            **{name: getattr(world["policies"], name) for name in PolicySet.__slots__},
            "tests": {},
        }
    )


def test_the_same_inputs_give_the_same_bytes(world, tmp_path):
    for name, key in (("signed", world["signer"]), ("plain", None)):
        one, two = (
            signing_bundle.write(world["policies"], tmp_path / f"{name}{n}.tar.gz", key)
            for n in (1, 2)
        )
        assert one.read_bytes() == two.read_bytes()


def test_unsigned(world, tmp_path, refused):
    path = signing_bundle.write(world["policies"], tmp_path / "plain.tar.gz")
    assert "not signed" in refused.path(path)


@pytest.mark.parametrize("name", [".manifest", "data.json", "guard/instruments/one/free.rego"])
def test_a_changed_file(world, refused, name):
    body = world["files"][name]
    harmed = body.replace(b"guard", b"gUard") if b"guard" in body else body.replace(b"1", b"2")
    assert harmed != body
    assert f"{name}: is not what was signed" in refused({**world["files"], name: harmed})


def test_an_extra_file_and_a_missing_one(world, refused):
    extra = {**world["files"], "guard/more.rego": b"package guard\n"}
    assert "guard/more.rego: is in the bundle and was not signed" in refused(extra)
    fewer = {k: v for k, v in world["files"].items() if k != "guard/main.rego"}
    assert "guard/main.rego: was signed and is not in the bundle" in refused(fewer)


def test_a_foreign_key_and_a_foreign_name(world, refused, tmp_path):
    other = ec.generate_private_key(ec.SECP256R1())
    foreign = BundleVerifier.load(save(tmp_path / "other.pub", other, private=False), "me")
    assert "not of the key me" in refused(world["files"], verifier=foreign)
    renamed = BundleVerifier.load(world["public"], "you")
    assert "does not name the key you" in refused(world["files"], verifier=renamed)


def test_scope(world, refused):
    assert "another scope" in refused(world["files"], scope="write")
    plain = {k: v for k, v in world["files"].items() if k != FILE}
    scoped = {**plain, FILE: world["signer"].sign(plain, scope="write")}
    assert "another scope" in refused(scoped)
    world["verifier"].verify(plain, scoped[FILE], scope="write")


def b64(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims_of(files):
    token = json.loads(files[FILE])["signatures"][0]
    part = token.split(".")[1]
    return token, json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def resigned(world, claims, header=None):
    """A signature by the right key over whatever one likes."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    header = header or {"alg": "ES256", "kid": "me", "typ": "JWT"}
    message = f"{b64(header)}.{b64(claims)}"
    r, s = decode_dss_signature(world["key"].sign(message.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{message}.{b64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return json.dumps({"signatures": [token]}).encode()


def test_confused_algorithms(world, refused):
    _, claims = claims_of(world["files"])
    pem = world["public"].read_bytes()
    for header in ({"alg": "none"}, {"alg": "HS256", "kid": "me"}, {"alg": "RS256", "kid": "me"}):
        message = f"{b64(header)}.{b64(claims)}"
        mac = hmac.new(pem, message.encode(), hashlib.sha256).digest()
        for signature in ("", b64(mac), b64(b"\0" * 64)):
            forged = json.dumps({"signatures": [f"{message}.{signature}"]}).encode()
            assert "not plain ES256" in refused({**world["files"], FILE: forged})
    odd = resigned(world, claims, {"alg": "ES256", "kid": "me", "jwk": {}})
    assert "not plain ES256" in refused({**world["files"], FILE: odd})


def test_what_a_signature_must_say(world, refused):
    _, claims = claims_of(world["files"])
    files = claims["files"]

    def said(**change):
        return refused({**world["files"], FILE: resigned(world, {**claims, **change})})

    assert "no file was signed" in said(files=[])
    assert "was signed twice" in said(files=[*files, files[0]])
    assert "malformed" in said(files=[{**files[0], "algorithm": "MD5"}])
    assert "malformed" in said(files=[{**files[0], "more": 1}])
    assert "does not name the key" in said(keyid="you")
    assert "does not name the key" in said(keyid=["me"])


@pytest.mark.parametrize("nothing", [0, 31, 63, 65])
def test_a_signature_cut_or_lengthened(world, refused, nothing):
    token, _ = claims_of(world["files"])
    message = token.rpartition(".")[0]
    forged = json.dumps({"signatures": [f"{message}.{b64(bytes(nothing))}"]}).encode()
    assert "malformed" in refused({**world["files"], FILE: forged})


def test_a_signature_of_zeros(world, refused):
    token, _ = claims_of(world["files"])
    forged = json.dumps({"signatures": [f"{token.rpartition('.')[0]}.{b64(bytes(64))}"]}).encode()
    assert "not of the key" in refused({**world["files"], FILE: forged})


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"no", b'{"signatures":[]}', b'{"signatures":[1]}', b"\xff",
     b'{"signatures":["a.b"]}', b'{"signatures":["a","b"]}', b'{"signatures":["\xc3\xa9"]}'],
)  # fmt: skip
def test_no_signature_at_all(refused, world, content):
    assert FILE in refused({**world["files"], FILE: content})


def test_any_flipped_bit_of_the_token(world, refused):
    token, _ = claims_of(world["files"])
    for place in range(0, len(token), 17):
        other = "A" if token[place] != "A" else "B"
        changed = token[:place] + other + token[place + 1 :]
        refused({**world["files"], FILE: json.dumps({"signatures": [changed]}).encode()})


def archive(path, members):
    with tarfile.open(path, "w:gz") as file:
        for info, body in members:
            info.size = len(body)
            file.addfile(info, io.BytesIO(body))
    return path


def entry(name, kind=tarfile.REGTYPE, to=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


@pytest.mark.parametrize(
    "name",
    ["../data.json", "/data.json", "a/../../x.rego", "./data.json", "a//b.rego", "a\\b.rego"],
)
def test_a_path_that_leaves_the_bundle(tmp_path, refused, name):
    path = archive(tmp_path / "b.tar.gz", [(entry(name), b"{}")])
    assert "leaves the bundle" in refused.path(path)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
def test_anything_but_a_plain_file(tmp_path, refused, kind):
    path = archive(tmp_path / "b.tar.gz", [(entry("data.json", kind, "/etc/passwd"), b"")])
    assert "data.json is not a plain file" in refused.path(path)


def test_an_entry_twice(world, tmp_path, refused):
    members = [(entry(name), body) for name, body in world["files"].items()]
    path = archive(tmp_path / "b.tar.gz", [*members, (entry("guard/main.rego"), b"package x\n")])
    assert "guard/main.rego is in the bundle twice" in refused.path(path)


def test_a_bomb(tmp_path, refused):
    path = tmp_path / "b.tar.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(signing_bundle.MAX_BYTES // (1 << 20) + 1):
            file.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    assert "unpacks to more" in refused.path(path)
    with path.open("wb") as file:
        os.truncate(file.fileno(), signing_bundle.MAX_PACKED + 1)
    assert "longer than" in refused.path(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"no archive", gzip.compress(b"no tar either" * 99)],
    ids=["empty", "plain", "compressed"],  # a gzip file holds the time
)
def test_no_archive(world, tmp_path, content):
    path = tmp_path / "b.tar.gz"
    path.write_bytes(content)
    with pytest.raises((ConfigError, VerificationError)) as caught:
        signing_bundle.load(path, world["verifier"])
    assert str(path) in str(caught.value)
    assert caught.value.remedy


def test_a_signed_bundle_is_still_checked(world, tmp_path):
    """A signature says who, not that the policy holds together."""
    plain = {k: v for k, v in world["files"].items() if k != FILE}
    dispatch = "guard/dispatch.rego"
    for harmed, words in (
        ({**plain, ".manifest": b'{"revision":"0","rego_version":1,"roots":["guard","tables"]}'},
         "another revision"),
        ({**plain, dispatch: plain[dispatch] + b"# more\n"}, "stale"),
        ({**plain, "guard/x_test.rego": b"package guard\n"}, "no place in a bundle"),
        ({**plain, "data.json": b'{"tables":{"rules":{}}}'}, "METADATA"),
        ({k: v for k, v in plain.items() if k != "data.json"}, "missing"),
    ):  # fmt: skip
        path = tmp_path / "b.tar.gz"
        path.write_bytes(signing_bundle.pack({**harmed, FILE: world["signer"].sign(harmed)}))
        with pytest.raises(ConfigError, match=words):
            signing_bundle.load(path, world["verifier"])


def test_keys(world, tmp_path):
    small = save(tmp_path / "rsa.pem", rsa.generate_private_key(65537, 2048))
    curve = save(tmp_path / "p384.pem", ec.generate_private_key(ec.SECP384R1()))
    locked = save(tmp_path / "locked.pem", world["key"], password=b"secret")
    shared = save(tmp_path / "shared.pem", world["key"])
    shared.chmod(0o644)
    junk = tmp_path / "junk.pem"
    junk.write_bytes(b"junk")
    junk.chmod(0o600)
    for path, words in (
        (small, "P-256"),
        (curve, "P-256"),
        (locked, "encrypted"),
        (shared, "read by others"),
        (junk, "not a private key"),
        (tmp_path / "none.pem", "cannot be read"),
    ):
        with pytest.raises(ConfigError, match=words):
            BundleKey.load(path, "me")
    for path, words in ((world["private"], "private key"), (junk, "not a public key")):
        with pytest.raises(ConfigError, match=words):
            BundleVerifier.load(path, "me")
    with pytest.raises(ConfigError, match="id"):
        BundleKey.load(world["private"], "a b")
    assert "PRIVATE" not in repr(world["signer"])
    assert "_key" not in repr(world["signer"])
