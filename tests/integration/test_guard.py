"""The Python API on the real parts: the three invariants, and what fails closed."""

import asyncio
import json
import threading
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

import guard as package
from guard import Denied, Guard, InputError, RecordError, Undecided
from guard.cli.main import run
from guard.config import Config
from guard.detect import Detector
from guard.errors import ConfigError, DetectionError, PolicyError
from guard.log import Log, LogWriter
from tests.integration.opa_server import opa_server

MAIL = "anna.schmidt@beispiel.de"
NUMBER = "11010519491231002X"
CONTRACT = {
    "id": "us",
    "extends": "openai-us",
    "safeguards": ["dpa_art28", "scc_2021_914", "tia"],
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/api"]) == 0
    return directory


@pytest.fixture(scope="module")
def shared(home):
    """One guard for the tests that change nothing in it: its detector is loaded once."""
    with make(home) as g:
        yield g


def make(home, log="decisions", **changes):
    """A guard on the configuration with changes, and a log of its own when named."""
    loaded = Config.load(home / "guard.toml")
    own_log = loaded.log.model_copy(update={"directory": Path(log)})
    sections = {"destination": (CONTRACT,), "log": own_log}
    return Guard(loaded.model_copy(update={**sections, **changes}), clock=clock)


def clock():
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


def entries(home, log="decisions"):
    return list(Log(home / log, (home / "guard.pub").read_text()).entries())


def test_public_api_as_documented(shared):
    verdict = shared.check(
        "Bitte an anna@beispiel.de antworten", to="openai-us", purpose="inference"
    )
    assert verdict.decision.effect == "permit"
    assert verdict.text == "Bitte an [EMAIL_1] antworten"
    for reason in verdict.reasons:
        assert reason.cites
        assert reason.message


def test_text_that_is_not_permitted_cannot_be_had(shared):
    verdict = shared.check(f"mail {MAIL}", to="openai-us", purpose="inference")
    refused = shared.check({"id": NUMBER}, to=["openai-us"], purpose="inference")
    assert verdict.permitted
    with make_strict(shared) as strict:
        denied = strict.check(f"mail {MAIL}", to="openai-us")
        assert not denied.permitted
        with pytest.raises(Denied) as caught:
            _ = denied.text
    assert caught.value.decision == denied.decision
    assert caught.value.reference == denied.decision.id
    assert "redact" in caught.value.remedies
    assert MAIL not in str(caught.value) + repr(denied) + repr(caught.value)
    assert NUMBER not in repr(refused)


def make_strict(guard):
    config = guard.config
    planner = config.planner.model_copy(update={"treatments": ()})
    log = config.log.model_copy(update={"directory": Path("strict")})
    return Guard(config.model_copy(update={"planner": planner, "log": log}), clock=clock)


def test_unscanned_script_is_personal_and_beyond_treatment(shared):
    """Nobody looked for Chinese names, so redaction does not free Chinese text."""
    text = "客户李军住在北京市朝阳区"
    verdict = shared.check(text, to="openai-us")
    assert verdict.decision.effect == "deny"
    assert "eu_gdpr.no_transfer_ground" in {r.rule for r in verdict.reasons}
    assert shared.check(text, to="self-hosted-eu").decision.effect == "permit"
    assert shared.check("rain tomorrow", to="openai-us").decision.treatment == "none"


def test_evidence_tags_the_law_of_its_country(shared):
    verdict = shared.check(f"身份证号{NUMBER}，已核实", to="us", purpose="inference")
    assert "cn_pipl" in verdict.decision.instruments
    assert verdict.decision.effect in {"deny", "conflict"}
    weak = shared.check("call +86 138 0013 8000", to="self-hosted-eu")
    assert "cn_pipl" not in weak.decision.instruments


def test_the_record_is_durable_before_the_verdict_returns(home, shared):
    before = len(entries(home))
    verdict = shared.check(f"mail {MAIL}", to="openai-us", principal="svc-1")
    found = entries(home)
    assert len(found) == before + 1
    assert verdict.index == before
    assert found[-1].id == verdict.decision.id
    again = shared.check(f"mail {MAIL}", to="openai-us", principal="svc-1")
    last = entries(home)[-1]
    assert last.actor == found[-1].actor
    assert last.input.c != found[-1].input.c, "equal contents must not look equal"
    assert again.index == verdict.index + 1


def test_no_record_no_release(home, monkeypatch):
    """Without the log nothing comes out, not even a verdict."""

    def full(self, entry):
        raise RecordError("the disk is full")

    with make(home, log="full") as g:
        g.check("warm up", to="self-hosted-eu")
        monkeypatch.setattr(LogWriter, "append", full)
        with pytest.raises(RecordError):
            g.check("nothing personal", to="self-hosted-eu")
        monkeypatch.undo()


@pytest.mark.parametrize(("error", "stage"), [(DetectionError, "detect"), (PolicyError, "policy")])
def test_no_answer_is_a_no_and_is_written_down(home, monkeypatch, error, stage):
    def fail(self, *_, **__):
        raise error("no answer")

    log = f"failed-{stage}"
    with make(home, log=log) as g:
        if stage == "detect":
            monkeypatch.setattr(Detector, "detect", fail)
        else:
            g.check("warm up", to="self-hosted-eu")
            monkeypatch.setattr(type(g.policy), "decide", fail)
        with pytest.raises(Undecided):
            g.check("x", to="self-hosted-eu")
    errors = [e for e in entries(home, log) if e.kind == "error"]
    assert [e.stage for e in errors] == [stage]


def test_an_incomplete_scan_is_refused(home, monkeypatch):
    real = Detector.detect

    def partly(self, found, **how):
        detected = real(self, found, **how)
        statement = detected.detection.model_copy(
            update={"complete": False, "skipped": ("timeout",)}
        )
        return type(detected)(detected.findings, statement)

    monkeypatch.setattr(Detector, "detect", partly)
    with make(home, log="partly") as g:
        verdict = g.check("nothing personal", to="self-hosted-eu")
    assert verdict.decision.effect == "deny"
    assert "guard.detection_incomplete" in {r.rule for r in verdict.reasons}


def test_a_vault_that_is_gone_refuses_pseudonyms(home, tmp_path):
    vault = Config.load(home / "guard.toml").vault
    lost = vault.model_copy(update={"key_file": tmp_path / "lost.key"})
    with make(home, log="lost", vault=lost) as g, pytest.raises(Undecided):
        g.check(f"mail {MAIL}", to="us")


def test_pseudonyms_come_back_only_within_their_conversation(shared):
    verdict = shared.check(f"mail {MAIL}", to="us", conversation="c-1")
    assert verdict.decision.treatment == "pseudonymise"
    assert verdict.conversation == "c-1"
    assert MAIL not in verdict.text
    assert shared.restore(f"answer: {verdict.text}", "c-1") == f"answer: mail {MAIL}"
    shared.check(f"mail {MAIL}", to="us", conversation="c-2")
    assert shared.restore(verdict.text, "c-2") == verdict.text
    single = shared.check(f"mail {MAIL}", to="us")
    assert single.conversation
    assert single.conversation != shared.check(f"mail {MAIL}", to="us").conversation


def test_documents_are_walked_whole(shared):
    payload = {
        "messages": [{"role": "user", "content": [{"type": "text", "text": f"I am at {MAIL}"}]}],
        "arguments": json.dumps({"to": MAIL}),
        MAIL: "as a key",
        "card": 4111111111111111,
        "n": 3,
        "flag": True,
        "none": None,
    }
    verdict = shared.check(payload, to="openai-us")
    shown = json.dumps(verdict.payload)
    assert MAIL not in shown
    assert "4111111111111111" not in shown
    assert verdict.payload["n"] == 3
    assert verdict.payload["flag"] is True
    pointers = [f.pointer for f in verdict.findings]
    assert "/messages/0/content/0/text" in pointers
    assert not any(MAIL in p for p in pointers)


@pytest.mark.parametrize("payload", [b"bytes", {"a": object()}, {1: "x"}, {"a": {"b": {1, 2}}}])
def test_what_cannot_be_walked_is_refused(shared, payload):
    with pytest.raises(InputError):
        shared.check(payload, to="self-hosted-eu")


def test_depth_is_bounded(shared):
    payload: object = "x"
    for _ in range(5000):
        payload = [payload]
    with pytest.raises(InputError):
        shared.check(payload, to="self-hosted-eu")


def test_empty_text_and_odd_characters(shared):
    for text in ("", " ", "\x00", "\ud800", "\u202e", "a" * 10_000, "👩‍👩‍👧" * 50):
        assert shared.check(text, to="self-hosted-eu").permitted


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({"establishment": ("UK",)}, "unknown location 'UK'"),
        ({"use_case": "genral"}, "unknown use case"),
        ({"declarations": ("eu_gdpr.identifier_needed",)}, "unknown declaration"),
        ({"categories": ("contact.mail",)}, "unknown category"),
    ],
)
def test_a_misspelt_context_fails_at_load(home, context, said):
    loaded = Config.load(home / "guard.toml")
    with pytest.raises(ConfigError, match=said):
        Guard(loaded.model_copy(update={"context": loaded.context.model_copy(update=context)}))


def test_prohibited_practices_are_refused_whatever_the_data(home):
    loaded = Config.load(home / "guard.toml")
    context = loaded.context.model_copy(update={"use_case": "social_scoring"})
    with make(home, log="scoring", context=context) as g:
        verdict = g.check("the weather is fine", to="self-hosted-eu")
    assert verdict.decision.effect == "deny"
    assert "eu_ai_act.prohibited_practice" in {r.rule for r in verdict.reasons}


def test_declared_categories_stand_whatever_detection_says(home):
    loaded = Config.load(home / "guard.toml")
    context = loaded.context.model_copy(update={"categories": ("health.condition",)})
    with make(home, log="declared", context=context) as g:
        verdict = g.check("the weather is fine", to="openai-us")
    assert verdict.decision.effect == "deny"
    assert "eu_gdpr.special_categories" in {r.rule for r in verdict.reasons}


def test_conflict_between_localisation_and_transfer_rules(home):
    loaded = Config.load(home / "guard.toml")
    context = loaded.context.model_copy(
        update={
            "establishment": ("DE", "CN"),
            "origin": "CN",
            "declarations": ("cn.ciio", "cn_dsl.core_data"),
        }
    )
    planner = loaded.planner.model_copy(update={"treatments": ()})
    with make(home, log="conflict", context=context, planner=planner) as g:
        verdict = g.check(f"mail {MAIL}", to="openai-us")
    assert verdict.decision.effect == "conflict"
    instruments = {r.rule.split(".")[0] for r in verdict.reasons}
    assert {"eu_gdpr", "cn_pipl"} <= instruments


def test_threads_share_one_guard(home, shared):
    results = []

    def work(i):
        results.append(shared.check(f"{i} writes to {MAIL}", to="openai-us").text)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(results) == sorted(f"{i} writes to [EMAIL_1]" for i in range(8))
    Log(home / "decisions", (home / "guard.pub").read_text()).verify()


def test_async(shared):
    verdict = asyncio.run(shared.acheck(f"mail {MAIL}", to="openai-us"))
    assert verdict.text == "mail [EMAIL_1]"


@pytest.mark.opa
def test_opa_server_is_the_other_engine(home, shared, tmp_path):
    bundle = shared.policies.write_bundle(tmp_path / "bundle.tar.gz")
    with opa_server(bundle, tmp_path / "opa.log") as url:
        section = shared.config.policy.model_copy(update={"engine": "opa", "url": url})
        with make(home, log="opa", policy=section) as g:
            for text in ("rain", f"mail {MAIL}", f"身份证号{NUMBER}"):
                for to in ("openai-us", "us", "self-hosted-eu"):
                    here, there = shared.check(text, to=to), g.check(text, to=to)
                    assert here.plan == there.plan
                    assert here.decision.effect == there.decision.effect


def test_version_is_the_distributions():
    assert package.__version__ == version("sovereign-guard")


def test_what_the_caller_states_stands_whatever_detection_says(shared):
    verdict = shared.check("feels better today", to="us", categories=["health.condition"])
    assert verdict.decision.effect == "deny"
    assert "eu_gdpr.special_categories" in {r.rule for r in verdict.reasons}
    assert "consent" in verdict.decision.remedies
    with pytest.raises(ConfigError, match="unknown category"):
        shared.check("x", to="us", categories=["health.conditon"])


def test_a_verdict_says_which_fact_triggered_which_instrument(shared):
    document = shared.check(f"身份证号{NUMBER}，已核实", to="self-hosted-cn").to_json()
    triggers = {(t["instrument"], t["trigger"], t["jurisdiction"]) for t in document["tags"]}
    assert ("eu_gdpr", "establishment", "DE") in triggers
    assert ("cn_pipl", "finding", "CN") in triggers
    assert document["detection"]["skipped"] == ("script:han",)


def test_a_request_cannot_relax_what_the_operator_requires(home):
    loaded = Config.load(home / "guard.toml")
    context = loaded.context.model_copy(update={"facts": {"require_no_training": True}})
    with make(home, log="required", context=context) as g:
        with pytest.raises(ConfigError, match="holds for every request"):
            g.check("the weather is fine", to="openai-us", facts={"require_no_training": False})
        same = {"require_no_training": True, "require_location_in": ("EEA",)}
        verdict = g.check("the weather is fine", to="openai-us", facts=same)
    assert verdict.decision.effect == "deny"
    assert "operator.location" in {r.rule for r in verdict.reasons}
