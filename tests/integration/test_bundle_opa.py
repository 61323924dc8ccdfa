"""A signed bundle and a real OPA: it loads ours, refuses harmed ones; we verify what it signs."""

from __future__ import annotations

import json
import subprocess

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from guard.errors import VerificationError
from guard.policy import PolicySet, signing_bundle
from guard.policy.signing import FILE, BundleKey, BundleVerifier
from tests.integration.opa_server import opa_binary
from tests.unit.policy.test_signing import MAIN, RULE, TABLES, save
from tests.unit.policy.world import small_policies

pytestmark = pytest.mark.opa


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    root = tmp_path_factory.mktemp("opa")
    key = ec.generate_private_key(ec.SECP256R1())
    private, public = save(root / "k.pem", key), save(root / "k.pub", key, private=False)
    tree = small_policies(
        root / "policies", {"guard/main.rego": MAIN, "guard/instruments/one/free.rego": RULE}
    )
    return root, private, public, PolicySet.load([tree], TABLES)


def evaluate(bundle, public, *, keyid="me", scope=""):
    """What the real OPA, told to verify, says of ``data.guard.known``."""
    asked = bundle.parent / "input.json"
    asked.write_text("{}")
    more = ["--set", f"bundles.b.signing.scope={scope}"] if scope else []
    return subprocess.run(
        [
            *(opa_binary(), "exec", "--decision", "guard/known", "--timeout", "10s"),
            *("--set", f"bundles.b.resource=file://{bundle}"),
            *("--set", f"bundles.b.signing.keyid={keyid}"),
            *("--set", f"keys.{keyid}.algorithm=ES256"),
            *("--set-file", f"keys.{keyid}.key={public}"),
            *more,
            str(asked),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def answer(done):
    try:
        return json.loads(done.stdout)["result"][0].get("result")
    except (ValueError, LookupError):
        return None


def run(bundle, public, *more):
    """`opa run -b`, asked one question on its standard input."""
    flags = ["--signing-alg", "ES256", "--verification-key-id", "me"]
    done = subprocess.run(
        [
            *(opa_binary(), "run", "--skip-version-check", "--format", "json"),
            *("-b", str(bundle), "--verification-key", str(public), *flags, *more),
        ],
        input="data.guard.known\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_opa_run_loads_it_as_the_manual_says(world):
    root, private, public, policies = world
    bundle = signing_bundle.write(policies, root / "run.tar.gz", BundleKey.load(private, "me"))
    code, said = run(bundle, public)
    assert code == 0
    assert '"one"' in said
    files = signing_bundle.unpack(bundle)
    files["guard/main.rego"] += b"\nx := 1\n"
    bundle.write_bytes(signing_bundle.pack(files))
    code, said = run(bundle, public)
    assert code != 0
    assert "guard/main.rego" in said


@pytest.mark.parametrize("scope", ["", "write"])
def test_opa_loads_and_answers(world, scope):
    root, private, public, policies = world
    key = BundleKey.load(private, "me")
    bundle = signing_bundle.write(policies, root / "good.tar.gz", key, scope=scope)
    done = evaluate(bundle, public, scope=scope)
    assert answer(done) == ["one"], done.stderr


def test_opa_refuses_what_we_refuse(world):
    root, private, public, policies = world
    key = BundleKey.load(private, "me")
    files = signing_bundle.unpack(signing_bundle.write(policies, root / "b.tar.gz", key))
    verifier = BundleVerifier.load(public, "me")
    other = ec.generate_private_key(ec.SECP256R1())
    foreign = BundleKey.load(save(root / "other.pem", other), "me")
    plain = {k: v for k, v in files.items() if k != FILE}
    harmed = {
        "changed": {**files, "guard/main.rego": files["guard/main.rego"] + b"\nx := 1\n"},
        "extra": {**files, "guard/x.rego": b"package guard\n"},
        "missing": {k: v for k, v in files.items() if k != "guard/main.rego"},
        "foreign": {**plain, FILE: foreign.sign(plain)},
        "unsigned": plain,
    }
    for name, content in harmed.items():
        path = root / f"{name}.tar.gz"
        path.write_bytes(signing_bundle.pack(content))
        assert answer(evaluate(path, public)) is None, name
        with pytest.raises(VerificationError):
            signing_bundle.load(path, verifier)


def test_we_verify_what_opa_signs(world, tmp_path):
    """The same digests: OPA hashes what structured files say, over its own walk."""
    _, private, public, policies = world
    root = tmp_path / "bundle"
    files = signing_bundle.contents(policies)
    for name, body in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    claims = tmp_path / "claims.json"
    claims.write_text('{"keyid": "me", "scope": "write"}')
    subprocess.run(
        [
            *(opa_binary(), "sign", "--signing-alg", "ES256", "--signing-key", str(private)),
            *("--claims-file", str(claims), "--bundle", ".", "--output-file-path", str(tmp_path)),
        ],
        check=True,
        cwd=root,
        timeout=60,
    )
    signatures = (tmp_path / FILE).read_bytes()
    BundleVerifier.load(public, "me").verify(files, signatures, scope="write")
    files["data.json"] = files["data.json"].replace(b"break", b"brake")
    with pytest.raises(VerificationError, match=r"data\.json: is not what was signed"):
        BundleVerifier.load(public, "me").verify(files, signatures, scope="write")
