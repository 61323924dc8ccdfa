"""Reading tables: nothing loads by halves, and what is wrong is named with its file."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest

from guard.errors import ConfigError
from guard.regions import Regions
from guard.regions.tables import ROWS, Tables, parse, read

SHIPPED = Path(__file__).resolve().parents[3] / "regions"


@cache
def shipped() -> Tables:
    """The shipped tables, read once for the tests that change nothing."""
    return read([SHIPPED])


PROVENANCE = ("source", "checked", "confidence", "valid_from", "valid_until")
ROW = """table: declarations
rows:
  - id: {id}
    title: A declaration
    states: Something.
    cites: GDPR Art. 6
    source: a test
    checked: 2026-11-22
    confidence: high
    valid_from: 2018-05-25
    valid_until: 9999-12-31
"""


def overlay(tmp_path: Path, text: str, name: str = "own.yaml") -> list[Path]:
    directory = tmp_path / "overlay"
    directory.mkdir(exist_ok=True)
    (directory / name).write_text(text, encoding="utf-8")
    return [SHIPPED, directory]


def test_every_table_is_shipped_and_not_empty():
    tables = shipped()
    assert set(tables) == set(ROWS)
    assert all(tables.values())


@pytest.mark.parametrize("table", sorted(ROWS))
@pytest.mark.parametrize("field", PROVENANCE)
def test_no_shipped_row_loads_without_its_provenance(table, field):
    for row in shipped()[table].values():
        fields = row.model_dump(mode="json", by_alias=True)
        assert parse(table, fields, "whole") == row
        del fields[field]
        with pytest.raises(ConfigError, match=field):
            parse(table, fields, "mutated")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("checked", "2026-02-30"),
        ("checked", "20261122"),
        ("checked", "2026-W47-7"),
        ("checked", 20261122),
        ("checked", ""),
        ("valid_until", "2018-05-24"),
        ("valid_until", "2018-05-25"),
        ("confidence", "certain"),
        ("source", ""),
        ("source", "?"),
        ("weight", 1.5),
        ("title", True),
    ],
)
def test_a_row_with_a_wrong_value_is_refused(field, value):
    fields = next(iter(shipped()["declarations"].values())).model_dump(mode="json")
    fields |= {"valid_from": "2018-05-25", field: value}
    with pytest.raises(ConfigError, match="mutated"):
        parse("declarations", fields, "mutated")


def test_an_overlay_adds_rows(tmp_path):
    regions = Regions.load(overlay(tmp_path, ROW.format(id="acme.board_approval")))
    assert "acme.board_approval" in regions.declarations
    assert regions.tables()["declarations"]["acme.board_approval"] is True


def test_an_id_of_an_earlier_directory_is_replaced_only_by_name(tmp_path):
    again = ROW.format(id="cn.ciio")
    with pytest.raises(ConfigError, match=r"row cn\.ciio stands there already"):
        read(overlay(tmp_path, again))
    replaced = read(overlay(tmp_path, again + "    replaces: cn.ciio\n"))
    assert replaced["declarations"]["cn.ciio"].source == "a test"


def test_an_overlay_revokes_an_authority(tmp_path):
    """The kill switch: one row, and every route that rests on the decision closes."""
    text = (SHIPPED / "adequacy.yaml").read_text(encoding="utf-8")
    defaults, rows = text.split("rows:\n")
    row = rows[rows.index("  - id: eu_gdpr.us") : rows.index("  - id: eu_gdpr.uy")]
    switch = f"{defaults}rows:\n{row}    revoked: true\n    replaces: eu_gdpr.us\n"
    before = Regions.load([SHIPPED]).tables()["adequacy"]["eu_gdpr"]
    after = Regions.load(overlay(tmp_path, switch)).tables()["adequacy"]["eu_gdpr"]
    assert [before["US"][0]["revoked"], after["US"][0]["revoked"]] == [False, True]
    assert {k: v for k, v in before.items() if k != "US"} == {
        k: v for k, v in after.items() if k != "US"
    }


@pytest.mark.parametrize("id_", ["cn.ciio", "acme.new"])
def test_replacing_what_is_not_there_is_an_error(tmp_path, id_):
    other = "acme.other" if id_ == "cn.ciio" else id_
    with pytest.raises(ConfigError, match="replaces nothing"):
        read(overlay(tmp_path, ROW.format(id=id_) + f"    replaces: {other}\n"))


def test_the_same_id_twice_in_one_directory_is_an_error_even_with_replaces(tmp_path):
    overlay(tmp_path, ROW.format(id="cn.ciio") + "    replaces: cn.ciio\n", "a.yaml")
    directories = overlay(tmp_path, ROW.format(id="cn.ciio") + "    replaces: cn.ciio\n", "b.yaml")
    with pytest.raises(ConfigError, match=r"b\.yaml: row cn\.ciio replaces nothing"):
        read(directories)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no region table here"),
        ("a: [", "own.yaml:2: not YAML"),
        ("table: nonsense\nrows: []", "not a region table"),
        ("- 1\n", "not a region table"),
        ("table: declarations\n", "a table has `rows`"),
        ("table: declarations\nrows: []\n", "a table has `rows`"),
        ("table: declarations\nrows: [x]\n", "row 1 is not a mapping"),
        ("table: declarations\ndefaults: 1\nrows: [{}]\n", "`defaults` is a mapping"),
        ("table: declarations\nrow: []\nrows: [{}]\n", "unknown key `row`"),
        ("table: declarations\nrows: [{id: a, id: b}]\n", "own.yaml:2: .*the same key twice"),
        ("table: declarations\nrows: [{[a]: b}]\n", "own.yaml:2: .*no word"),
        ("table: declarations\nrows: [{id: !!python/name:os.system x}]\n", "not YAML"),
        ("table: declarations\nrows: [{id: !!timestamp 2026-01-01}]\n", "no place in a table"),
        ("table: declarations\nrows: [&a {id: x, title: *a}]\n", "own.yaml"),
        ("table: declarations\nrows: " + "[" * 5000 + "]" * 5000, "own.yaml"),
    ],
)
def test_a_file_that_is_no_table_is_one_clear_error(tmp_path, text, message):
    with pytest.raises(ConfigError, match=message):
        read(overlay(tmp_path, text))


def test_a_file_in_another_encoding_is_one_clear_error(tmp_path):
    directories = overlay(tmp_path, "table: declarations\n")
    (directories[1] / "own.yaml").write_bytes("title: Zürich".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"own\.yaml: not YAML in UTF-8"):
        read(directories)


def test_no_directory_and_a_missing_one_are_errors(tmp_path):
    with pytest.raises(ConfigError, match="no directory"):
        read([])
    with pytest.raises(ConfigError, match="no such directory"):
        read([SHIPPED, tmp_path / "absent"])


@pytest.mark.parametrize("missing", ["categories.yaml", "assurances.yaml", "sensitive.yaml"])
def test_a_tree_without_one_of_its_tables_does_not_load(tmp_path, missing):
    tree = tmp_path / "regions"
    shutil.copytree(SHIPPED, tree)
    (tree / missing).unlink()
    with pytest.raises(ConfigError, match="is empty"):
        read([tree])


def test_norway_and_dates_are_strings(tmp_path):
    tables = shipped()
    assert "NO" in tables["countries"]
    assert "NO" in tables["jurisdictions"]
    assert tables["declarations"]["cn.ciio"].checked == "2026-11-22"


REFERENCES = [
    ("categories.yaml", "classes: [health]", "classes: [healthy]", "`healthy`.*not in classes"),
    ("sensitive.yaml", "instrument: eu_gdpr", "instrument: eu_gpdr", "`eu_gpdr`.*in instruments"),
    ("sensitive.yaml", "[criminal_convictions]", "[health]", "repeats the class `health`"),
    ("adequacy.yaml", "to: BR", "to: XQ", "`XQ`.*not in locations"),
    ("adequacy.yaml", "requires: dpf_listed", "requires: dpf_list", "not in safeguards"),
    ("adequacy.yaml", "requires: dpf_listed", "requires: none", "a partial decision names"),
    ("territories.yaml", "locations: [CN]", "locations: [ZZ]", "not in locations"),
    ("territories.yaml", "id: cn_dsl", "id: cn_dls", "not in instruments"),
    ("jurisdictions/cn.yaml", "id: HK", "id: CN-HK", "`CN-HK`.*not in locations"),
    ("jurisdictions/cn.yaml", "cn_pipl, triggers: [finding]", "cn_pip, triggers: [finding]", "in "),
    ("jurisdictions/eu.yaml", "output_used_in_union", "output_used", "not in statements"),
    ("jurisdictions/eu.yaml", "[declared]", "[establishment]", "go together"),
    ("jurisdictions/us.yaml", "data.model_weights", "data.weights", "not in categories"),
    ("jurisdictions/cn.yaml", "title: Macao", "title: Macao\n    member_of: [EU]", "`sets`"),
    (
        "categories.yaml",
        "placeholder: DATE, personal: false, direct: false",
        "placeholder: DATE, personal: false",
        "identifies a person directly",
    ),
    ("clouds/aws.yaml", "storage: [CH]", "storage: [ZZ]", "not in locations"),
    ("clouds/aws.yaml", "storage: [CH]", "storage: []", "storage"),
    ("use_cases.yaml", "eu_ai_act: {", "eu_ai: {", "not in instruments"),
    ("use_cases.yaml", "status: high_risk", "status: highrisk", "status"),
    ("territories.yaml", "kind: open, members: []", "kind: open, members: [DE]", "a closed set"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), REFERENCES)
def test_a_name_that_leads_nowhere_does_not_load(tmp_path, file, old, new, message):
    tree = tmp_path / "regions"
    shutil.copytree(SHIPPED, tree)
    text = (tree / file).read_text(encoding="utf-8")
    assert old in text
    (tree / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        Regions.load([tree])
