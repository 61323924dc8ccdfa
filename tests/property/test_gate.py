"""The gate as a whole, with the real detectors, tables, policies, vault and log."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guard import ConfigError, Guard, InputError, ObligationError, RecordError, Undecided
from guard.cli.main import run
from guard.config import Config
from guard.detect import Detector
from guard.gate import facts
from guard.log import Log, LogWriter
from guard.obligations import Redactor, treat
from guard.payload import segments
from guard.types import Destination, Evidence, Segment, Transfer

fair = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
PLANTED = {
    "anna.schmidt@beispiel.de": "contact.email",
    "li.wei@example.cn": "contact.email",
    "DE89 3704 0044 0532 0130 00": "financial.iban",
    "GB82WEST12345698765432": "financial.iban",
    "4111 1111 1111 1111": "financial.payment_card",
    "5555555555554444": "financial.payment_card",
    "11010519491231002X": "identity.national_number",
    "192.168.17.23": "network.ip_address",
}
AROUND = [
    *("", " ", "\n", ", ", "客户", "您好。", "Kunde: ", "écrit à ", "клиент ", "👩‍👩‍👧", "𝒳 "),
    *("(", ")", "x "),
]
WORDS = st.sampled_from(
    [
        *("the weather is fine", "Maria Garcia", "Berlin", "2026-11-22", "[EMAIL_1]", "身份证号"),
        *("EMAIL_0123456789AB", "ID_1", "123", "\u202e", "\x00", "\ufeff", "ß", "＠", "①"),
    ]
)
TEXTS = st.lists(
    st.one_of(
        st.tuples(*map(st.sampled_from, (AROUND, sorted(PLANTED), AROUND))).map("".join),
        WORDS,
        st.text(max_size=12),
    ),
    max_size=7,
).map(" ".join)  # fmt: skip
DESTINATIONS = ["us", "openai-us", "self-hosted-eu", "s3-us-east-1", "qwen-cn"]


def clock():
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/gate"]) == 0
    with (directory / "guard.toml").open("a") as file:
        file.write(
            '\n[[destination]]\nid = "us"\nextends = "openai-us"\n'
            'safeguards = ["dpa_art28", "scc_2021_914", "tia"]\n'
        )
    return directory


@pytest.fixture(scope="module")
def gate(home):
    with Guard(Config.load(home / "guard.toml"), clock=clock) as g:
        yield g


def changed(home, log, **context):
    """A guard with another context and a log of its own."""
    loaded = Config.load(home / "guard.toml")
    updates = {
        "log": loaded.log.model_copy(update={"directory": Path(log)}),
        "context": loaded.context.model_copy(update=context),
    }
    return Guard(loaded.model_copy(update=updates), clock=clock)


def records(home, log="decisions", first=0):
    return list(Log(home / log, (home / "guard.pub").read_text()).entries(first))


# ------------------------------------------------------------------ detect again: nothing remains


def outside(detected, tokens, labels, segments_):
    """Treatable findings that are not within what was put in a value's place."""
    texts = {s.pointer: s.text for s in segments_}
    left = []
    for f in detected.findings:
        if f.category not in labels:
            continue
        rest = set(range(f.start, f.end))
        for a, b in tokens[f.pointer]:
            rest -= set(range(a, b))
        if any(texts[f.pointer][at].isalnum() for at in rest):
            left.append(f)
    return left


@fair
@given(st.lists(TEXTS, min_size=1, max_size=3))
@example(["客户11010519491231002X客户"])
@example(["x 4111 1111 1111 1111 4111 1111 1111 1111", "𝒳anna.schmidt@beispiel.de𝒳"])
def test_after_treatment_a_fresh_detection_finds_nothing(gate, texts):
    before = tuple(Segment(f"/{n}", text) for n, text in enumerate(texts))
    found = gate.detector.detect(before)
    with gate.vault.conversation("fresh") as tokenise:
        done = {
            name: treat(
                before,
                found.findings,
                labels=gate.labels,
                tokenise=how,
                detect=gate.detector.detect,
            )
            for name, how in (("redact", Redactor()), ("pseudonymise", tokenise))
        }
    for name, treated in done.items():
        fresh = gate.detector.detect(treated.segments)
        assert outside(fresh, treated.tokens, gate.labels, treated.segments) == [], name
        for f in found.findings:
            if f.category in gate.labels:
                at = int(f.pointer[1:])
                value = texts[at][f.start : f.end]
                assert treated.segments[at].text.count(value) < texts[at].count(value)
    back = [gate.restore(s.text, "fresh") for s in done["pseudonymise"].segments]
    if "EMAIL_0123456789AB" not in "".join(texts):
        assert back == texts


@fair
@given(TEXTS)
def test_pseudonyms_are_those_of_the_conversation(gate, text):
    first, second = (gate.check(text, to="us", conversation="c-1") for _ in range(2))
    assert first.decision.effect == second.decision.effect
    if first.permitted:
        assert first.text == second.text
        if first.conversation:
            assert gate.restore(first.text, "c-1") == text


@settings(fair, max_examples=25)
@given(first=TEXTS, second=TEXTS, number=st.integers(0, 10**6))
@example(
    first="Laura Chen, anna.schmidt@beispiel.de, card 4111 1111 1111 1111", second="", number=8
)
def test_a_second_turn_that_quotes_the_first_comes_back_whole(gate, first, second, number):
    """A pseudonym that NER takes for a name is not given a pseudonym of its own."""
    named = f"turns-{number}"
    asked = f"Please write to Laura Chen, {first}"
    one = gate.check(asked, to="us", conversation=named)
    if not one.conversation:
        return
    two = gate.check(f"Earlier: {one.text} Now: {second}", to="us", conversation=named)
    if two.conversation:
        assert gate.restore(two.text, named) == f"Earlier: {asked} Now: {second}"


# ------------------------------------------------------------------ the record says what happened

DOCUMENTS = st.one_of(
    TEXTS,
    st.dictionaries(st.sampled_from(["a", "note", "li.wei@example.cn", "n"]), TEXTS, max_size=3),
    st.lists(st.one_of(TEXTS, st.integers(0, 10**18), st.none()), max_size=3),
)


def replayed(gate, record):
    """The policy's answer to the facts of a record, read back from its JSON."""
    told = json.loads(record.model_dump_json(by_alias=True))
    transfer = Transfer.model_validate_json(json.dumps(told["transfer"]))
    unseen = {"id": "replay", "url": "unknown", "source": "log", "checked": "2026-11-22"}
    destination = Destination.model_validate_json(
        json.dumps({**told["destination"]["facts"], **unseen})
    )
    return gate.policy.decide(transfer, destination)


@fair
@given(
    document=DOCUMENTS,
    to=st.lists(st.sampled_from(DESTINATIONS), min_size=1, max_size=2, unique=True),
    purpose=st.sampled_from(["inference", "training", "storage"]),
)
@example(document="anna.schmidt@beispiel.de", to=["us"], purpose="inference")
@example(document="anna.schmidt@beispiel.de", to=["qwen-cn"], purpose="training")
def test_a_record_replays_to_the_decision_it_states(gate, home, document, to, purpose):
    verdict = gate.check(document, to=to, purpose=purpose)
    (record,) = records(home, first=verdict.index)
    assert record.id == verdict.decision.id
    said = replayed(gate, record)
    assert said.effect == record.effect == verdict.decision.effect
    permits, barriers = [[e.rule for e in kind] for kind in (said.permits, said.barriers)]
    if record.effect == "permit":
        cured = {b for c in record.candidates if c.treatment == "none" for b in c.barriers}
        assert set(permits) <= set(record.rules) <= set(permits) | cured
        assert record.transfer.treatment == record.treatment
    else:
        assert list(record.rules) == list(dict.fromkeys(barriers))
    assert list(dict.fromkeys(a.rule for a in said.advice)) == list(record.advice)
    pair = (record.destination.id, record.treatment)
    chosen = [c for c in record.candidates if (c.destination, c.treatment) == pair]
    assert [(c.effect, list(c.permits), list(c.barriers)) for c in chosen] == [
        (record.effect, permits, barriers)
    ]
    assert (record.output is not None) == verdict.permitted


def test_a_duty_that_is_not_discharged_is_what_the_record_names(home):
    """AI Act Art. 26(6): logs kept for 30 days only. The policy permits with a duty; we cannot."""
    loaded = Config.load(home / "guard.toml")
    log = loaded.log.model_copy(update={"directory": Path("short"), "retention_days": 30})
    made = ("conformity_assessed", "data_governance_record", "human_oversight", "persons_informed")
    declared = tuple(f"eu_ai_act.{name}" for name in made)
    context = loaded.context.model_copy(
        update={"use_case": "employment_workers", "declarations": declared}
    )
    changes = {"log": log, "context": context}
    with Guard(
        loaded.model_copy(update=changes), clock=lambda: datetime(2028, 1, 1, tzinfo=UTC)
    ) as g:
        verdict = g.check("rain", to="local")
        (record,) = records(home, "short", verdict.index)
        said = replayed(g, record)
    assert (verdict.decision.effect, record.effect) == ("deny", "deny")
    assert "eu_ai_act.log_retention" in record.rules
    assert said.effect == "permit"
    assert set(record.rules) <= {o.rule for o in said.obligations}


@fair
@given(document=DOCUMENTS, to=st.sampled_from(DESTINATIONS))
def test_what_is_recorded_as_output_is_what_is_released(gate, home, document, to):
    """The commitment opens with the released segments and with no others."""
    verdict = gate.check(document, to=to)
    (record,) = records(home, first=verdict.index)
    if not verdict.permitted:
        assert record.output is None
        return
    if isinstance(document, str):
        expected = len(verdict.text.encode("utf-8", "surrogatepass"))
        walked = segments(verdict.text)
        assert record.output.bytes == (16 + expected if walked else 0)
    if verdict.decision.treatment == "none":
        assert verdict.payload == document


# ------------------------------------------------------------------ more data never helps

SUMMARIES = st.builds(
    lambda counts, skipped: (dict(counts), skipped),
    st.dictionaries(
        st.sampled_from(["contact.email", "health.condition", "financial.iban", "data.important",
                         "identity.national_number", "organisation.registration_number"]),
        st.sampled_from([1, 10, 100]), max_size=3),
    st.sampled_from([(), (), ("script:han",)]),
)  # fmt: skip
HINTS = st.lists(
    st.tuples(
        st.sampled_from(["identity.national_number", "organisation.registration_number"]),
        st.builds(Evidence, st.sampled_from(["CN", "DE", "US", "AE"]), st.sampled_from([40, 90])),
    ),
    max_size=2,
)  # fmt: skip


def summary(gate, counts, hints, skipped):
    detection = gate.detector.detect([Segment("", "x")]).detection
    return facts.Summary(
        tuple(sorted({**dict.fromkeys((c for c, _ in hints), 1), **counts}.items())),
        tuple(sorted(set(hints), key=lambda e: (e[0], e[1].jurisdiction, e[1].weight))),
        detection.model_copy(update={"skipped": skipped}),
    )


def chosen(gate, said, to):
    per = gate.facts(said, "inference", clock(), ())
    return gate.conclude(per, (to,)).plan.chosen


ORDER = {"none": 0, "pseudonymise": 1, "redact": 2}


MORE = st.tuples(
    st.sampled_from(["contact.email", "health.condition", "data.core", "identity.name"]),
    HINTS,
    st.sampled_from([(), ("script:han",)]),
)


@settings(fair, max_examples=150)
@given(base=SUMMARIES, hints=HINTS, more=MORE, to=st.sampled_from(DESTINATIONS))
def test_more_data_never_turns_a_refusal_into_a_release(gate, base, hints, more, to):
    """Nor a release with treatment into one with less: the plan as a whole is monotone."""
    counts, skipped = base
    less = chosen(gate, summary(gate, counts, hints, skipped), to)
    name, hinted, gap = more
    wider = summary(gate, {name: 1, **counts}, [*hints, *hinted], skipped or gap)
    after = chosen(gate, wider, to)
    if less is None:
        assert after is None
    elif after is not None:
        assert ORDER[after.treatment] >= ORDER[less.treatment]


@fair
@given(base=SUMMARIES, hints=HINTS, to=st.sampled_from(DESTINATIONS), gone=st.integers(0, 3))
def test_a_safeguard_less_never_turns_a_refusal_into_a_release(gate, base, hints, to, gone):
    row = gate.regions.destination(to)
    per = gate.facts(summary(gate, base[0], hints, base[1]), "inference", clock(), ())
    fewer = tuple(s for n, s in enumerate(row.safeguards) if n != gone)
    poorer = row.model_copy(update={"safeguards": fewer})
    for transfer in per.values():
        if gate.policy.decide(transfer, row).effect != "permit":
            assert gate.policy.decide(transfer, poorer).effect != "permit"


# ------------------------------------------------------------------ what fails closed


def test_a_container_of_another_type_hides_nothing(gate):
    class Sly(dict):
        pass

    verdict = gate.check(Sly(a=[("x", "anna.schmidt@beispiel.de")]), to="openai-us")
    assert verdict.payload == {"a": [["x", "[EMAIL_1]"]]}


def test_a_persons_name_as_a_members_name_is_treated(gate):
    verdict = gate.check({"Laura Chen": {"note": "ill"}}, to="openai-us")
    assert "Laura" not in str(verdict.payload if verdict.permitted else verdict.findings)
    assert "identity.name" in {f.category for f in verdict.findings}


def test_what_changes_while_it_is_checked_is_not_released(gate, monkeypatch):
    document = {"messages": ["rain"]}
    real = Detector.detect

    def meanwhile(self, found, **how):
        document["messages"].append("anna.schmidt@beispiel.de")
        return real(self, found, **how)

    monkeypatch.setattr(Detector, "detect", meanwhile)
    assert gate.check(document, to="openai-us").payload == {"messages": ["rain"]}


def test_members_that_would_get_one_name_are_no_permit_in_the_log(gate, home):
    before = len(records(home))
    document = {"[EMAIL_1]": "x", "anna.schmidt@beispiel.de": "y"}
    with pytest.raises(ObligationError, match="one name"):
        gate.check(document, to="openai-us")
    assert [(e.kind, e.stage) for e in records(home, first=before)] == [("error", "oblige")]


@pytest.mark.parametrize(
    ("payload", "error"), [({"a": object()}, InputError), ([float("nan")], InputError)]
)
def test_what_cannot_be_walked_is_written_down(gate, home, payload, error):
    before = len(records(home))
    with pytest.raises(error):
        gate.check(payload, to="openai-us")
    assert [(e.kind, e.stage, e.error) for e in records(home, first=before)] == [
        ("error", "input", "input_error")
    ]


BUGS = [
    ("guard.detect.Detector.detect", "detect", ValueError),
    ("guard.gate.planner.plan", "policy", KeyError),
    ("guard.gate.gate.treat", "oblige", StopIteration),
]


@pytest.mark.parametrize("bug", BUGS, ids=[stage for _, stage, _ in BUGS])
def test_a_bug_is_no_answer_and_shows_no_data(gate, home, monkeypatch, bug):
    target, stage, kind = bug

    def explode(*_, **__):
        raise kind("anna.schmidt@beispiel.de")

    gate.check("warm up", to="openai-us")
    before = len(records(home))
    monkeypatch.setattr(target, explode)
    with pytest.raises(Undecided) as caught:
        gate.check("mail anna.schmidt@beispiel.de", to="openai-us")
    assert "anna" not in str(caught.value)
    assert [(e.stage, e.error) for e in records(home, first=before)] == [(stage, "internal_error")]


def test_without_a_record_there_is_nothing_whatever_is_caught(gate, monkeypatch):
    def full(self, entry):
        raise RecordError("the disk is full")

    monkeypatch.setattr(LogWriter, "append", full)
    for text in ("rain", "mail anna.schmidt@beispiel.de"):
        with pytest.raises(RecordError):
            gate.check(text, to="openai-us")


def test_observing_releases_the_whole_and_says_that_nothing_was_enforced(home):
    loaded = Config.load(home / "guard.toml")
    log = loaded.log.model_copy(update={"directory": Path("observed")})
    with Guard(loaded.model_copy(update={"mode": "observe", "log": log}), clock=clock) as g:
        text = "mail anna.schmidt@beispiel.de"
        for to in ("openai-us", "qwen-cn", "us"):
            verdict = g.check(text, to=to)
            assert verdict.text == text
            assert not verdict.decision.enforced
            assert verdict.conversation == ""
    said = [e for e in records(home, "observed") if e.kind == "decision"]
    assert [(e.mode, e.enforced) for e in said] == [("observe", False)] * 3
    assert said[0].output.bytes == said[0].input.bytes


@pytest.mark.parametrize(
    "how", [{"to": []}, {"to": ""}, {"language": "English"}, {"language": ""}, {"purpose": "fun"}]
)
def test_a_wrong_question_is_a_configuration_error(gate, how):
    with pytest.raises(ConfigError):
        gate.check("x", **{"to": "us", **how})


def test_a_principal_of_any_characters_is_only_ever_a_digest(gate, home):
    verdict = gate.check("x", to="self-hosted-eu", principal="\udcff anna.schmidt@beispiel.de")
    (record,) = records(home, first=verdict.index)
    assert "anna" not in record.model_dump_json()


def test_threads_that_are_first_share_one_log(home):
    results = []
    with changed(home, "first") as g:

        def work():
            results.append(g.check("rain", to="self-hosted-eu").index)

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(results) == list(range(1, 7))
