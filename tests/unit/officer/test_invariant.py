"""The search finds what brute force finds, and says "holds" only when there is nothing to find."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import pytest

from guard.errors import ConfigError, PolicyError
from guard.officer.candidate import Candidate
from guard.officer.conditions import Asked
from guard.officer.influence import Influence
from guard.officer.invariant import search
from guard.officer.statement import ABSENT, Condition, Statement, read
from guard.officer.walk import Walk
from guard.policy.engine import DECISION
from guard.policy.policy import Policy
from guard.policy.regorus import RegorusEngine
from guard.types import Destination, Transfer
from tests.unit.officer.decisions import LAW, OPEN, PLACES, TABLES, law
from tests.unit.policy.world import category


class Row:
    def __init__(self, kind, values=()):
        self.kinds, self.values = (kind,), values


class Kinds:
    """Category rows as the tables have them."""

    def __init__(self, one):
        self.personal, self.direct, self.classes = one.personal, one.direct, one.classes
        self.placeholder = "X"


KINDS = (
    category("contact.email", direct=True),
    category("contact.phone", direct=True),
    category("health.condition", classes=("health",)),
    category("organisation.name", personal=False),
)
ROWS = SimpleNamespace(
    destinations=PLACES,
    categories={one.id: Kinds(one) for one in KINDS},
    countries=dict.fromkeys(("DE", "FR", "JP", "US")),
    sets={},
    facts={
        "prior_treatment": Row("word", ("anonymised", "pseudonymised")),
        "anonymity_demonstrated": Row("bool"),
    },
    safeguards=TABLES["safeguards"],
    declarations=TABLES["declarations"],
    counts={},
    use_cases={},
)
"""A small world: four destinations, four categories."""


def never(effect="permit", **conditions):
    found = tuple(
        Condition(key.replace("__", "."), value if isinstance(value, tuple) else (value,), 1)
        for key, value in conditions.items()
    )
    return Statement("never", "", found, effect, 1)


@pytest.fixture(scope="module")
def lawful(tmp_path_factory):
    return Candidate(law(tmp_path_factory.mktemp("law")), ROWS)


@pytest.fixture(scope="module")
def open_(tmp_path_factory):
    return Candidate(law(tmp_path_factory.mktemp("open"), OPEN), ROWS)


HOLDS = [
    {"tag": "one_law", "destination__country": "US", "safeguards": "none"},
    {
        "tag": "one_law",
        "sensitive": True,
        "declared": "not consent",
        "time": "2026-11-22",
        "facts__prior_treatment": ABSENT,
    },
    {"tag": "one_law", "direct": True, "treatment": "none", "facts__prior_treatment": ABSENT},
    {"tag": "one_law", "destination__id": "tokyo", "time": "2028-01-01", "safeguards": "none"},
]
FAILS = [
    {"tag": "one_law", "destination__country": "US"},
    {"tag": "one_law", "sensitive": True, "declared": "not consent"},
    {"tag": "one_law", "direct": True},
    {"tag": "one_law", "destination__id": "tokyo", "safeguards": "none"},
    {"tag": "one_law", "class": "health", "treatment": "none"},
    {"destination__country": "US", "personal": False},
]


@pytest.mark.parametrize("conditions", HOLDS, ids=str)
def test_what_holds(lawful, conditions):
    found = search(never(**conditions), lawful)
    assert found.found is None
    assert found.capped == ()
    assert found.holds
    assert found.cases == found.space > 0
    assert 0 < found.asked < found.space


@pytest.mark.parametrize("conditions", FAILS, ids=str)
def test_a_counterexample_is_one(lawful, conditions):
    """What is printed is decided by the policy as said, and is what the statement speaks of."""
    found = search(never(**conditions), lawful)
    assert not found.holds
    document = found.found.document
    subject = Transfer.model_validate(document["transfer"])
    place = Destination(
        **document["destination"],
        id=found.found.destination,
        url="unknown",
        source="test",
        checked="2026-01-01",
    )
    policy = Policy(lawful.policy_set, RegorusEngine(lawful.policy_set))
    evaluation = policy.decide(subject, place)
    assert evaluation.effect == "permit"
    assert tuple(p.rule for p in evaluation.permits) == found.found.permits
    if conditions.get("direct"):
        assert any(c.direct and c.treatment != "redact" for c in subject.categories)
    if conditions.get("destination__country"):
        assert "US" in {*place.storage, *place.processing, *place.access}


@pytest.mark.parametrize("conditions", [*HOLDS, *FAILS], ids=str)
@pytest.mark.parametrize("which", ["lawful", "open_"])
def test_against_brute_force(conditions, which, request):
    """The walk says that there is a counter-example exactly when asking every case finds one."""
    candidate = request.getfixturevalue(which)
    statement = never(**conditions)
    found = search(statement, candidate)
    asked, engine = Asked(candidate), RegorusEngine(candidate.policy_set)
    tags = [("one_law",)] if "tag" in conditions else [(), ("one_law",)]
    exists = any(_brute(statement, one, asked, engine) for one in tags)
    assert (found.found is not None) == exists


def _brute(statement, tags, asked, engine):
    walk = Walk(statement, tags, asked, limit=10**9)
    space = walk.space
    varied = [d for d in walk.order if len(d.values) > 1 and d.name not in {"purpose", "origin"}]
    fixed = {d.name: d.values[0] for d in walk.order}
    for values in itertools.product(*(d.values for d in varied)):
        case = fixed | dict(zip((d.name for d in varied), values, strict=True))
        if space.speaks_of(case["categories"], case["treatment"]):
            answer = engine.evaluate(DECISION, space.document(case))
            if answer["effect"] == "permit":
                return True
    return False


def test_a_limit_is_never_a_proof(lawful):
    statement = never(**HOLDS[0])
    whole = search(statement, lawful)
    for limit in (1, whole.asked // 2, whole.asked - 1):
        some = search(statement, lawful, limit=limit)
        assert not some.holds
        assert some.found is None
        assert any("limit" in text for text in some.capped)
    assert search(statement, lawful, limit=whole.asked).holds


def test_other_effects_are_not_proved(lawful):
    found = search(never("conflict", **HOLDS[3]), lawful, limit=10**6)
    assert found.found is None
    assert not found.holds
    assert any("laws" in text for text in found.capped)
    denied = search(never("deny", **HOLDS[0]), lawful)
    assert denied.found.effect == "deny"
    assert denied.found.barriers


def test_kinds_and_dates(lawful):
    """Two categories that no rule tells apart are one; every row and rule begins an interval."""
    found = search(never(tag="one_law", safeguards="none", destination__id="boston"), lawful)
    values = {one.name: one.values for one in found.dimensions[0][1]}
    kinds = 3 * 2  # found or declared
    assert values["categories"] == 1 + kinds
    two = never(tag="one_law", direct=True, sensitive=True)
    values = {one.name: one.values for one in search(two, lawful).dimensions[0][1]}
    assert values["categories"] == 1 + kinds + 3
    statement = never(tag="one_law", destination__id="tokyo", safeguards="none")
    example = search(statement, lawful).found
    assert "2024-01-01" <= example.document["transfer"]["time"] < "2027-01-01"


def test_an_analysis_that_misses_something_is_noticed(lawful, monkeypatch):
    """If a rule depends on more than was read from its text, nothing is said to hold."""
    real = Influence.reach

    def blind(self, *where):
        reach = real(self, *where)
        reach.inputs -= {"transfer.categories"}
        return reach

    monkeypatch.setattr(Influence, "reach", blind)
    with pytest.raises(PolicyError, match="depends on more"):
        search(never(tag="one_law"), lawful)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: x\nnever: {tga: one_law}\n", ":2: unknown word `tga`"),
        ("name: x\nnever:\n  tag: two_law\n", ":3: tag: unknown word 'two_law'"),
        ("name: x\nnever:\n  sensitive: maybe\n", ":3: sensitive: unknown word"),
        ("name: x\nnever:\n  declared: [not a word]\n", ":3: declared: unknown word"),
        ("name: x\nnever:\n  destination.colour: red\n", ":3: unknown word"),
        ("name: x\nnever:\n  destination.country: XX\n", ":3: destination.country: unknown"),
        ("name: x\nnever:\n  time: tomorrow\n", ":3: time is a day"),
        ("name: x\nnever:\n  facts.ciao: true\n", ":3: unknown word"),
        ("name: x\nnever:\n  facts.prior_treatment: boiled\n", ":3: facts.prior_treatment cannot"),
        ("name: x\nnever: {}\n", ":2: `never` says nothing"),
        ("name: x\nnever: {tag: one_law}\neffect: maybe\n", ":3: effect is one of"),
        ("name: x\nnever: {tag: one_law, tag: one_law}\n", ":2: `tag` is said twice"),
        ("name: x\nmore: y\nnever: {tag: one_law}\n", ":2: unknown key `more`"),
        ("never: {tag: one_law}\n", ":1: a statement has"),
        ("", "no statement here"),
        ("- 1\n", ":1: a statement is a mapping"),
        ("name: [\n", "not YAML"),
    ],
)
def test_a_file_that_says_what_nobody_knows(tmp_path, text, words):
    file = tmp_path / "never.yaml"
    file.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read(file, WORDS, lambda name, value: value == "anonymised")
    assert words in str(caught.value)
    assert str(file) in str(caught.value)


WORDS = {
    "tag": frozenset({"one_law"}),
    "category": frozenset(ROWS.categories),
    "class": frozenset({"health"}),
    "use_case": frozenset({"general"}),
    "declared": frozenset(TABLES["declarations"]),
    "safeguards": frozenset(TABLES["safeguards"]),
    "facts": frozenset(ROWS.facts),
    "counts": frozenset(),
    "location": frozenset({"DE", "NO", "US"}),
    "destination": frozenset(PLACES),
}


def test_a_file_of_statements(tmp_path):
    """Norway stays Norway; a list names alternatives."""
    file = tmp_path / "never.yaml"
    file.write_text(
        "- {name: one, because: why, never: {tag: one_law, destination.country: [NO, US]}}\n"
        "- name: two\n  effect: review\n  never: {declared: [consent, not emergency]}\n"
        "- {name: three, never: {facts.prior_treatment: not stated}}\n"
    )
    one, two, three = read(file, WORDS, lambda *_: False)
    assert three.never[0].values == (ABSENT,)
    assert one.of("destination.country").values == ("NO", "US")
    assert (one.effect, two.effect, two.row) == ("permit", "review", 2)
    assert two.of("declared").values == ("consent", "not emergency")


def test_a_destination_that_nobody_has(lawful):
    with pytest.raises(ConfigError, match="no destination"):
        search(never(tag="one_law", destination__provider="nobody"), lawful)


def test_influence_reaches_through_other_rules(lawful):
    influence = Influence(lawful.policy_set)
    health = influence.of("one_law.health")
    assert {"transfer.categories", "transfer.declared", "transfer.time"} <= health.inputs
    assert "destination.storage" not in health.inputs
    assert "consent" in health.words
    abroad = influence.of("one_law.abroad")
    assert {"destination.storage", "destination.access", "destination.safeguards"} <= abroad.inputs
    assert "adequacy" in abroad.tables
    assert len(LAW) == len(influence.exports("guard.instruments.one_law", "permits")) + 5


@pytest.mark.parametrize("key", ["facts", "counts", "declared", "safeguards", "establishment"])
def test_nothing_stated_is_something_to_say(tmp_path, key):
    """`facts: {}` excludes what people may state; an empty condition on anything else is none."""
    file = tmp_path / "never.yaml"
    empty = "{}" if key in {"facts", "counts"} else "[]"
    file.write_text(f"name: x\nnever: {{tag: one_law, {key}: {empty}}}\n")
    (one,) = read(file, WORDS, lambda *_: False)
    assert one.of(key).values == (("none",) if key in {"declared", "safeguards"} else (ABSENT,))
    file.write_text("name: x\nnever: {tag: []}\n")
    with pytest.raises(ConfigError, match="names nothing"):
        read(file, WORDS, lambda *_: False)


def test_without_facts_no_fact_makes_it_lawful(lawful):
    """Data that are said to be anonymous may go; nobody has said so, and they may not."""
    strong = {"tag": "one_law", "direct": True, "treatment": "none"}
    assert search(never(**strong), lawful).found is not None
    found = search(never(**strong, facts=ABSENT), lawful)
    assert found.holds
    assert all(one.values == 1 for one in found.dimensions[0][1] if one.name.startswith("facts."))


def test_kinds_are_what_conditions_tell_apart(lawful):
    """Boston is like any place without a contract; a purpose is like any other."""
    found = search(never(tag="one_law", destination__country="US", safeguards="none"), lawful)
    walked = {one.name: one for one in found.dimensions[0][1]}
    assert walked["categories"].kinds < walked["categories"].values
    assert found.cases == found.space
    assert found.checked > 0


def test_rules_that_are_not_shipped_are_interpreted(lawful):
    assert Asked(lawful).engine == "interpreted"
