"""`guard ledger` as an officer meets it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from guard.cli.ledger import lines_of
from guard.cli.main import run
from guard.ledger import Standing

TODAY = datetime.now(UTC).date()


@pytest.fixture
def guard(tmp_path, monkeypatch, capsys):
    """Runs the command; returns exit code, stdout and stderr."""
    (tmp_path / "guard.toml").write_text('[context]\nestablishment = ["CN"]\n')
    monkeypatch.setenv("GUARD_CONFIG", str(tmp_path / "guard.toml"))

    def call(*arguments):
        capsys.readouterr()
        code = run(["ledger", *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_a_ledger_is_begun_with_its_key_and_only_once(guard, tmp_path):
    code, out, _ = guard("init")
    assert code == 0
    assert "ledger.key" in out
    assert (tmp_path / "ledger.key").stat().st_mode & 0o777 == 0o600
    key = (tmp_path / "ledger.key").read_bytes()
    code, _, err = guard("init")
    assert code == 2
    assert "there is a ledger already" in err
    assert (tmp_path / "ledger.key").read_bytes() == key


def test_without_a_ledger_there_is_one_line_with_its_remedy(guard):
    code, out, err = guard("show")
    assert (code, out) == (2, "")
    assert "guard ledger init" in err
    assert err.count("\n") == 1


def test_what_left_before_is_carried_in_and_shown(guard):
    guard("init")
    yesterday = max(TODAY - timedelta(days=1), TODAY.replace(month=1, day=1))
    code, out, _ = guard("carry", "cn_cbdf.ordinary", 250000, "--day", yesterday)
    assert (code, out) == (0, "carried 250,000 into cn_cbdf.ordinary\n")
    code, out, _ = guard("show")
    assert code == 0
    assert "cn_cbdf" in out
    assert "<= 250,000 of 1,000,000 persons" in out
    assert "reached 100,000: standard contract filing or certification (Art. 8)" in out
    assert "from 1,000,000: security assessment by the CAC (Art. 7(2))" in out
    assert "from 1: standard contract filing" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert guard("verify")[:2] == (0, "the ledger adds up\n")
    assert guard("prune")[:2] == (0, "erased 0 pseudonyms\n")


def test_the_counts_as_one_document(guard):
    guard("init")
    guard("carry", "us_doj_bulk.health", 5000, "--day", TODAY, "--counterparty", "deepseek")
    code, out, _ = guard("show", "--json")
    document = json.loads(out)
    assert (code, document["schema"], document["as_of"]) == (0, "guard/ledger/1", TODAY.isoformat())
    (health,) = [c for c in document["counts"] if c["threshold"] == "us_doj_bulk.health"]
    assert (health["counterparty"], health["number"], health["exact"]) == ("deepseek", 5000, False)
    assert (health["reached"], health["following"], health["share"]) == (0, 10001, 0.5)
    assert health["count"] == "doj_health_12m"
    assert {c["threshold"] for c in document["counts"]} >= {"cn_cbdf.sensitive", "vn_pdpl.dossier"}


def test_the_past_can_be_asked_and_the_future_cannot(guard):
    guard("init")
    guard("carry", "us_doj_bulk.health", 9, "--day", TODAY, "--counterparty", "deepseek")
    day = TODAY - timedelta(days=40)
    _, out, _ = guard("show", "--as-of", day, "--json")
    assert all(c["number"] == 0 for c in json.loads(out)["counts"])
    code, _, err = guard("show", "--as-of", TODAY + timedelta(days=2))
    assert code == 2
    assert "future" in err
    code, _, err = guard("show", "--as-of", "yesterday")
    assert code == 2
    assert "YYYY-MM-DD" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("carry", "no_such", 1, "--day", TODAY), "no such threshold"),
        (("carry", "us_doj_bulk.health", 1, "--day", TODAY), "per counterparty"),
        (("carry", "cn_cbdf.ordinary", 0, "--day", TODAY), "0 is not in the range"),
        (("show", "--ledger", "postgresql://guard:sesame@127.0.0.1:9/x"), "see that it runs"),
    ],
)
def test_what_is_wrong_is_one_line(guard, arguments, said):
    guard("init")
    code, _, err = guard(*arguments)
    assert code in {2, 3}
    assert said in err
    assert "sesame" not in err
    assert err.count("\n") == 1


def standing(**fields):
    said = {
        "threshold": "us_doj_bulk.identifiers", "instrument": "us_doj_bulk", "count": "c",
        "counted": "persons", "counterparty": "a-recipient-with-a-long-name-" * 3,
        "number": 999_999_999_999, "exact": False, "since": "2025-11-22", "until": "2026-11-22",
        "reached": 100_001, "means": "word " * 50, "following": 1_000_000_000_000,
        "following_means": "word " * 50, "cites": "28 CFR 202.205",
    }  # fmt: skip
    return Standing(**{**said, **fields})


def test_no_count_is_wider_than_a_page():
    assert all(len(line) <= 80 for line in lines_of(standing()))


@pytest.mark.parametrize(
    ("number", "following", "filled"), [(0, 10, 0), (5, 10, 10), (9, 10, 18), (99, 0, 20)]
)
def test_the_bar_is_full_only_at_the_boundary(number, following, filled):
    text = "\n".join(lines_of(standing(number=number, following=following)))
    assert text.count("█") == filled
