"""What a policy directory may not be: each defect is one clear error with its place."""

from __future__ import annotations

import json
import shutil
import tarfile

import pytest

from guard.errors import ConfigError, PolicyError
from guard.policy import Policy, PolicySet
from guard.policy.regorus import RegorusEngine
from tests.unit.policy.world import (
    POLICIES,
    ROOT,
    destination,
    policies,
    small_policies,
    tables,
    transfer,
)

RULE = "guard/instruments/eu_gdpr/recipient.rego"


@pytest.fixture
def copied(tmp_path):
    target = tmp_path / "policies"
    shutil.copytree(POLICIES, target)
    return target


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lib.recipient\n", "lib.recipient {\n", r"recipient\.rego:\d+:\d+: "),
        (
            "input.destination.training_use",
            "input.destination.trains",
            r"recipient\.rego:\d+:\d+: there is no input\.destination\.trains",
        ),
        ("input.destination.role in", "input.destination.id in", r"no input\.destination\.id"),
        ("lib.personal", "lib.people", r"package guard\.lib has no rule people"),
        ("data.tables.territories", "data.tables.territory", r"no table territory"),
        ("count(lib.personal) > 0", "time.now_ns() > 0", r"time\.now_ns is outside the portable"),
        ("count(lib.personal) > 0", "http.send({})", r"http\.send is outside the portable"),
        (
            'in_force("eu_gdpr.training_use")',
            'in_force("eu_gdpr.training")',
            r"not in the table of rul",
        ),
        ('on_file("dpa_art28")', 'on_file("dpa_art_28")', r"not in the table of safeguards"),
        ('on_file("dpa_art28")', 'declared("dpa_art_28")', r"not in the table of declarations"),
        ("# METADATA\n# title: No processor", "# title: No processor", r"has no METADATA"),
        ('#   cites: ["GDPR Art. 28(3)", "Decision', '#   clauses: ["Decision', r"METADATA c"),
        ('#   since: "2018-05-25"\n', "", r"METADATA since"),
        ("# title: No processor terms on file\n", "", r"METADATA title"),
        ('"rule": "eu_gdpr.processor_terms"', '"rule": "eu_gdpr.other"', r"emits eu_gdpr\.other"),
        ("#   kind: barrier", "#   kind: permit", r"is a barrier, its METADATA says otherwise"),
        ("# title: No processor terms on file", "# title: [", r"METADATA is not YAML"),
        ('"rule": "eu_gdpr.processor_terms"', '"rule": input.transfer.purpose', r"literal id"),
        ("#   id: eu_gdpr.processor_terms", "#   id: cn_dsl.processor_terms", r"METADATA is for"),
    ],
)
def test_defect_is_refused_with_its_place(copied, old, new, said):
    edit(copied, RULE, old, new)
    with pytest.raises(ConfigError, match=said) as caught:
        PolicySet.load([copied], tables())
    assert RULE in str(caught.value) or "dispatch" in str(caught.value)
    assert "backtrace" not in str(caught.value)


def test_metadata_without_a_rule(copied):
    with (copied / RULE).open("a", encoding="utf-8") as file:
        file.write("\n# METADATA\n# title: Nothing follows\n")
    with pytest.raises(ConfigError, match="no rule follows"):
        PolicySet.load([copied], tables())


def test_one_id_twice(copied):
    text = (copied / RULE).read_text(encoding="utf-8")
    (copied / "guard/instruments/eu_gdpr/again.rego").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="is also in"):
        PolicySet.load([copied], tables())


def test_rule_of_another_instrument(copied):
    edit(copied, RULE, '"rule": "eu_gdpr.processor_terms"', '"rule": "cn_dsl.processor_terms"')
    edit(copied, RULE, "id: eu_gdpr.processor_terms", "id: cn_dsl.processor_terms")
    with pytest.raises(ConfigError, match="stands in the package of eu_gdpr"):
        PolicySet.load([copied], tables())


def test_unsafe_variable_is_found_when_the_engine_compiles(copied):
    edit(copied, RULE, "\tlib.recipient\n", "\tlib.recipient\n\tnowhere > 0\n")
    with pytest.raises(ConfigError, match=r"recipient\.rego:\d+:\d+: .*nowhere"):
        RegorusEngine(PolicySet.load([copied], tables()))


def test_new_instrument_makes_the_dispatcher_stale(copied):
    folder = copied / "guard/instruments/us_example"
    folder.mkdir()
    text = (copied / "guard/instruments/eu_ai_act/use_cases.rego").read_text(encoding="utf-8")
    (folder / "rules.rego").write_text(text.replace("eu_ai_act", "us_example"), encoding="utf-8")
    with pytest.raises(ConfigError, match="stale"):
        PolicySet.load([copied], tables())


def test_overlay_adds_an_instrument(tmp_path):
    folder = tmp_path / "guard/instruments/us_example"
    folder.mkdir(parents=True)
    text = (POLICIES / "guard/instruments/eu_ai_act/use_cases.rego").read_text(encoding="utf-8")
    body = text.replace("eu_ai_act.", "us_example.").replace('"eu_ai_act"', '"us_example"')
    body = body.replace(
        "package guard.instruments.eu_ai_act", "package guard.instruments.us_example"
    )
    body = body.replace("input.transfer.use_case].us_example", "input.transfer.use_case].eu_ai_act")
    (folder / "rules.rego").write_text(
        body.replace("].us_example", "].eu_ai_act"), encoding="utf-8"
    )
    loaded = PolicySet.load([POLICIES, tmp_path], tables())
    assert "us_example.ordinary_use" in loaded.catalogue.rules
    assert loaded.revision != policies().revision


def test_overlay_may_not_replace_a_file(tmp_path):
    target = tmp_path / RULE
    target.parent.mkdir(parents=True)
    shutil.copy(POLICIES / RULE, target)
    with pytest.raises(ConfigError, match="is in an earlier policy directory already"):
        PolicySet.load([POLICIES, tmp_path], tables())


def overlay(tmp_path, head, path=RULE):
    target = tmp_path / path
    target.parent.mkdir(parents=True)
    target.write_text(head + (POLICIES / RULE).read_text(encoding="utf-8"), encoding="utf-8")
    return PolicySet.load([POLICIES, tmp_path], tables())


def test_overlay_replaces_a_file_that_it_names(tmp_path):
    loaded = overlay(tmp_path, f"# replaces: {RULE}\n")
    assert loaded.sources[RULE].startswith("# replaces:")
    assert loaded.catalogue.rules.keys() == policies().catalogue.rules.keys()
    assert not loaded.shipped


@pytest.mark.parametrize(
    ("named", "path"),
    [(RULE + "x", RULE), (RULE, "guard/instruments/eu_gdpr/other.rego"), ("guard/no.rego", RULE)],
)
def test_overlay_that_replaces_something_else_is_refused(tmp_path, named, path):
    with pytest.raises(ConfigError, match="which is no file of an earlier"):
        overlay(tmp_path, f"# replaces: {named}\n", path)


def test_instrument_without_permits_is_refused(copied):
    folder = copied / "guard/instruments/zz_law"
    folder.mkdir()
    (folder / "x.rego").write_text("package guard.instruments.zz_law\n\ny := 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="zz_law has no permits"):
        PolicySet.load([copied], tables())


def test_empty_directory_is_an_error(tmp_path):
    with pytest.raises(ConfigError, match="no policies in"):
        PolicySet.load([tmp_path], tables())


def test_tables_may_not_bring_their_own_dates():
    with pytest.raises(ConfigError, match="must not hold `rules`"):
        PolicySet.load([POLICIES], {**tables(), "rules": {}})


def test_floats_in_tables_are_refused():
    with pytest.raises(ConfigError, match="canonical profile"):
        PolicySet.load([POLICIES], {**tables(), "extra": 0.5})


def test_revision_covers_rego_and_tables(copied):
    first = policies().revision
    changed = tables()
    changed["adequacy"]["eu_gdpr"]["BR"][0]["revoked"] = True
    assert PolicySet.load([POLICIES], changed).revision != first
    edit(copied, RULE, "# What the GDPR asks", "# What the GDPR wants")
    assert PolicySet.load([copied], tables()).revision != first
    assert PolicySet.load([POLICIES], tables()).revision == first


def test_tests_are_not_part_of_the_revision(copied):
    (copied / "guard/main_test.rego").unlink()
    assert PolicySet.load([copied], tables()).revision == policies().revision


def test_every_rule_has_words_and_a_clause():
    for rule in policies().catalogue.rules.values():
        assert rule.cites, rule.id
        assert rule.citation
        assert rule.since < rule.until
        assert rule.source
        assert "compliant" not in rule.description.lower()


def test_rule_dates_reach_the_rules():
    dates = policies().data()["tables"]["rules"]
    assert dates["eu_ai_act.data_governance"] == {"since": "2027-12-02", "until": "9999-12-31"}
    assert set(dates) == set(policies().catalogue.rules)


def test_bundle_is_standard_and_reproducible(tmp_path):
    one = policies().write_bundle(tmp_path / "one.tar.gz")
    two = policies().write_bundle(tmp_path / "two.tar.gz")
    assert one.read_bytes() == two.read_bytes()
    with tarfile.open(one) as archive:
        names = archive.getnames()
        manifest = json.loads(archive.extractfile(".manifest").read())
        data = json.loads(archive.extractfile("data.json").read())
    assert manifest == {
        "revision": policies().revision,
        "rego_version": 1,
        "roots": ["guard", "tables"],
    }
    assert data == policies().data()
    assert "guard/dispatch.rego" in names
    assert not [name for name in names if name.endswith("_test.rego")]


def test_bundle_directory(tmp_path):
    policies().write_bundle(tmp_path / "bundle")
    assert (tmp_path / "bundle/guard/main.rego").is_file()
    assert not list((tmp_path / "bundle").rglob("*_test.rego"))


def test_bundle_is_not_mixed_with_another(tmp_path):
    (tmp_path / "left.rego").write_text("package guard\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not empty"):
        policies().write_bundle(tmp_path)


def test_bundle_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot write the bundle"):
        policies().write_bundle(tmp_path / "file" / "bundle.tar.gz")


def test_shipped_dispatcher_is_fresh():
    text = (ROOT / "policies/guard/dispatch.rego").read_text(encoding="utf-8")
    assert policies().sources["guard/dispatch.rego"] == text


ZZ = """package guard.instruments.zz

# METADATA
# title: A law of nowhere
# description: A rule that only exists to make a small policy set.
# custom:
#   id: zz.any
#   kind: permit
#   cites: ["Nowhere Art. 1"]
#   since: "2020-01-01"
#   confidence: low
#   source: test
permits contains {"rule": "zz.any", "instrument": "zz"}
"""


def small(tmp_path, decision):
    main = f"package guard\n\napplicable := set()\n\n{decision}\n"
    files = {"guard/main.rego": main, "guard/instruments/zz/zz.rego": ZZ}
    return PolicySet.load([small_policies(tmp_path, files)], tables())


def test_policy_without_the_entry_point_does_not_compile(tmp_path):
    with pytest.raises(ConfigError, match=r"data\.guard\.decision"):
        RegorusEngine(small(tmp_path, "other := 1"))


def test_undefined_decision_is_no_answer(tmp_path):
    loaded = small(tmp_path, 'decision := 1 if input.transfer.purpose == "storage"')
    policy = Policy(loaded, RegorusEngine(loaded))
    with pytest.raises(PolicyError, match="undefined"):
        policy.decide(transfer(), destination())
    with pytest.raises(PolicyError, match="malformed"):
        policy.decide(transfer(purpose="storage"), destination())
