"""What an AI is used for decides: prohibited practices, high-risk uses, marks on answers."""

from __future__ import annotations

from datetime import UTC, datetime

import anthropic
import openai
import pytest

from guard import Guard
from guard.cli.main import run
from guard.config import Config
from guard.doors.client import wrap
from guard.doors.marking import MARK, marked, owed
from guard.errors import ConfigError, Denied
from guard.log import Log
from guard.payload import Content
from tests.integration.recording_upstream import recording_upstream
from tests.integration.test_doors_clients import place

PROHIBITED = [
    "manipulative_techniques",
    "exploiting_vulnerabilities",
    "social_scoring",
    "crime_prediction_solely_profiling",
    "untargeted_face_scraping",
    "emotion_inference_work_education",
    "biometric_categorisation_sensitive",
    "realtime_rbi_law_enforcement",
]
NOW, LATER = datetime(2026, 11, 22, 12, tzinfo=UTC), datetime(2028, 1, 10, 12, tzinfo=UTC)
OVERSIGHT, INFORMED = "eu_ai_act.human_oversight", "eu_ai_act.persons_informed"
CONFORMING = "eu_ai_act.conformity_assessed"
MARKED = "eu_ai_act.output_marked"


@pytest.fixture(scope="module")
def upstream():
    with recording_upstream() as up:
        yield up


@pytest.fixture(autouse=True)
def _anew(upstream):
    upstream.requests.clear()
    upstream.fail = []


@pytest.fixture
def home(tmp_path):
    directory = tmp_path / "guard"
    assert run(["init", str(directory), "--name", "test.example/uses"]) == 0
    return directory


def make(home, url, *, at=NOW, log=None, **context):
    loaded = Config.load(home / "guard.toml")
    kept = loaded.log if log is None else loaded.log.model_copy(update=log)
    return Guard(
        loaded.model_copy(
            update={
                "destination": (place(url, name="near", country="DE"),),
                "detection": loaded.detection.model_copy(update={"names": False}),
                "context": loaded.context.model_copy(update=context),
                "log": kept,
            }
        ),
        clock=lambda: at,
    )


def decide(g, use_case, **how):
    return g.decide(Content.of("Hello"), to="near", use_case=use_case, **how)


def rules(verdict):
    return {reason.rule for reason in verdict.reasons}


def wrapped(g, upstream):
    plain = openai.OpenAI(api_key="k", base_url=f"{upstream.url}/v1", max_retries=0)
    return wrap(plain, g)


def asked(kit, use_case="", **more):
    headers = {"X-Guard-Use-Case": use_case} if use_case else {}
    turns = [{"role": "user", "content": "Hello"}]
    return kit.chat.completions.create(model="m", messages=turns, extra_headers=headers, **more)


def test_prohibited_practices_are_refused(home, upstream):
    with make(home, upstream.url) as g:
        for use_case in PROHIBITED:
            refused = decide(g, use_case)
            assert not refused.permitted, use_case
            assert "eu_ai_act.prohibited_practice" in rules(refused), use_case
        assert decide(g, "general").permitted


def test_a_prohibited_practice_sends_nothing(home, upstream):
    with make(home, upstream.url) as g, wrapped(g, upstream) as kit:
        with pytest.raises(Denied) as refused:
            asked(kit, "social_scoring")
        assert isinstance(refused.value, openai.PermissionDeniedError)
        assert "Art. 5" in refused.value.decision.reasons[0].cites
        assert not upstream.requests
        asked(kit, "general")
        assert len(upstream.requests) == 1
        log = Log(home / "decisions", (home / "guard.pub").read_text())
        kinds = [(item.kind, getattr(item, "effect", "")) for item in log.entries()]
        assert kinds[-3:] == [("decision", "deny"), ("decision", "permit"), ("answer", "")]
        assert [i.transfer.use_case for i in log.entries() if i.kind == "decision"] == [
            "social_scoring", "general"
        ]  # fmt: skip


def test_what_is_prohibited_later_is_refused_from_its_day_on(home, upstream):
    with make(home, upstream.url) as g:
        assert decide(g, "ncii_generation").permitted
        when = datetime(2026, 12, 2, tzinfo=UTC)
        assert not decide(g, "ncii_generation", at=when).permitted


def test_nobody_talks_his_way_out_of_the_configured_use(home, upstream):
    with make(home, upstream.url, use_case="social_scoring") as g:
        assert not decide(g, "").permitted
        with pytest.raises(ConfigError):
            decide(g, "general")
    with make(home, upstream.url) as g, wrapped(g, upstream) as kit:
        with pytest.raises(openai.BadRequestError):
            asked(kit, "harmless")
        assert not upstream.requests


def test_a_high_risk_use_is_denied_until_its_duties_are_declared(home, upstream):
    """AI Act Annex III(4), from 2 December 2027: conformity, oversight, information, logs."""
    with make(home, upstream.url) as g:
        assert decide(g, "employment_workers").permitted
    with make(home, upstream.url, at=LATER) as g:
        unknown = decide(g, "employment_workers")
        assert (unknown.permitted, unknown.decision.effect) == (False, "review")
        assert rules(unknown) == {"eu_ai_act.conformity_unknown"}
    declared = (CONFORMING,)
    for missing in (OVERSIGHT, INFORMED):
        with make(home, upstream.url, at=LATER, declarations=declared) as g:
            refused = decide(g, "employment_workers")
            assert not refused.permitted
            assert missing in rules(refused)
            assert "declare" in refused.decision.remedies
        declared = (*declared, missing)
    with make(home, upstream.url, at=LATER, declarations=declared) as g:
        allowed = decide(g, "employment_workers")
        assert allowed.permitted
        duties = {one.do for one in allowed.decision.obligations}
        assert {"human_oversight", "notice", "retain_log"} <= duties
    short = {"retention_days": 30}
    with make(home, upstream.url, at=LATER, declarations=declared, log=short) as g:
        refused = decide(g, "employment_workers")
        assert "eu_ai_act.log_retention" in rules(refused)


def test_a_high_risk_use_through_a_client(home, upstream):
    with make(home, upstream.url, at=LATER) as g, wrapped(g, upstream) as kit:
        with pytest.raises(Denied):
            asked(kit, "annex_iii_4a")
        assert not upstream.requests
    declared = (CONFORMING, OVERSIGHT, INFORMED)
    with (
        make(home, upstream.url, at=LATER, declarations=declared) as g,
        wrapped(g, upstream) as kit,
    ):
        asked(kit, "annex_iii_4a")
        assert len(upstream.requests) == 1


# ------------------------------------------------------------------ marks


def provider(home, upstream, **more):
    facts = {"generates_content": True}
    return make(home, upstream.url, role="provider", facts=facts, **more)


def test_a_mark_in_a_header_is_not_the_mark_that_the_law_asks_for(home, upstream):
    """The door marks what it hands over; that the content is marked, the operator declares."""
    with provider(home, upstream) as g, wrapped(g, upstream) as kit:
        refused = decide(g, "general")
        assert not refused.permitted
        assert "eu_ai_act.mark_output" in rules(refused)
        with pytest.raises(Denied):
            asked(kit)
        assert not upstream.requests


@pytest.mark.parametrize("streamed", [False, True])
def test_what_is_to_be_marked_is_marked(home, upstream, streamed):
    with (
        provider(home, upstream, declarations=(MARKED,)) as g,
        wrapped(g, upstream) as kit,
    ):
        turns = [{"role": "user", "content": "Hello"}]
        raw = kit.chat.completions.with_raw_response.create(
            model="m", messages=turns, stream=streamed
        )
        assert raw.headers["ai-disclosure"] == "mode=machine-generated"
        if streamed:
            list(raw.parse())
        else:
            assert raw.parse().choices[0].message.content == "Hello"
        plain = anthropic.Anthropic(api_key="k", base_url=upstream.url, max_retries=0)
        with wrap(plain, g) as claude:
            raw = claude.messages.with_raw_response.create(model="m", max_tokens=9, messages=turns)
            assert raw.headers["ai-disclosure"] == "mode=machine-generated"
    log = Log(home / "decisions", (home / "guard.pub").read_text())
    assert [item.marked for item in log.entries() if item.kind == "answer"] == [True, True]


def test_what_need_not_be_marked_is_not(home, upstream):
    turns = [{"role": "user", "content": "Hello"}]
    with make(home, upstream.url) as g, wrapped(g, upstream) as kit:
        raw = kit.chat.completions.with_raw_response.create(model="m", messages=turns)
        assert "ai-disclosure" not in raw.headers
    with provider(home, upstream, declarations=(MARKED,)) as g, wrapped(g, upstream) as kit:
        upstream.fail = [500]
        with pytest.raises(openai.InternalServerError) as failed:
            asked(kit)
        assert "ai-disclosure" not in failed.value.response.headers
    log = Log(home / "decisions", (home / "guard.pub").read_text())
    assert [item.marked for item in log.entries() if item.kind == "answer"] == [False, False]


def test_another_mark_is_replaced(home, upstream):
    headers = (("Content-Type", "text/plain"), ("AI-Disclosure", "mode=none"))
    assert marked(headers) == (("Content-Type", "text/plain"), MARK)
    with provider(home, upstream, declarations=(MARKED,)) as g:
        decision = decide(g, "general").decision
    assert [owed(decision, status) for status in (200, 204, 302, 404, 500)] == [
        True, True, False, False, False
    ]  # fmt: skip
