"""guard.toml: checked whole, with one line that names file, key and remedy."""

from pathlib import Path

import pytest

from guard.cli.init import template
from guard.config import Config, find
from guard.errors import ConfigError

GOOD = '[context]\nestablishment = ["DE"]\n'


def load(tmp_path, text):
    file = tmp_path / "guard.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Config.load(file)


def test_the_template_is_the_defaults(tmp_path):
    made = load(tmp_path, template(("DE",)))
    plain = load(tmp_path, GOOD + 'origin = "DE"\n')
    for section in ("detection", "tagging", "policy", "regions", "log", "vault", "mode"):
        assert getattr(made, section) == getattr(plain, section)
    assert made.context == plain.context
    assert made.planner.treatments == plain.planner.treatments


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "context: Field required"),
        ("[context]\nestablishment = []\n", "context.establishment"),
        ('[context]\nestablishment = ["Germany"]\n', "context.establishment.0"),
        (GOOD + "fail_open = true\n", "context.fail_open: unknown key"),
        ("fail_open = true\n" + GOOD, "fail_open: unknown key"),
        ('root = "/"\n' + GOOD, "root: unknown key"),
        ('mode = "off"\n' + GOOD, "mode"),
        (GOOD + "[tagging]\nthreshold = 0\n", "tagging.threshold"),
        (GOOD + '[planner]\ntreatments = ["none"]\n', "planner.treatments.0"),
        (GOOD + "[log]\nretention_days = 0\n", "log.retention_days"),
        (GOOD + '[ledger]\npath = "a"\nurl_file = "b"\n', "ledger: Value error, path and url_file"),
        (GOOD + "[ledger]\nwait_s = -1\n", "ledger.wait_s"),
        (GOOD + '[ledger]\npath = "postgresql://u:s3cret@h/d"\n', "ledger: Value error, a URL may"),
        (GOOD + '[ledger]\nurl = "postgresql://u:p@h/d"\n', "ledger.url: unknown key"),
        ("[context\n", "not TOML"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, text, said):
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    assert said in str(caught.value)
    assert "guard.toml" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_names_the_remedy(tmp_path):
    with pytest.raises(ConfigError, match="guard init"):
        Config.load(tmp_path / "none.toml")


def test_the_configuration_in_force(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    with pytest.raises(ConfigError, match="guard init"):
        find(inner, {})
    (tmp_path / "guard.toml").write_text(GOOD)
    assert find(inner, {}) == tmp_path / "guard.toml"
    assert find(inner, {"GUARD_CONFIG": "/else"}) == Path("/else")


def test_paths_are_relative_to_the_file(tmp_path):
    made = load(tmp_path, GOOD)
    assert made.path(made.log.directory) == tmp_path / "decisions"
    assert made.path(Path("/abs")) == Path("/abs")


def test_without_the_section_there_is_no_ledger(tmp_path):
    assert load(tmp_path, GOOD).ledger is None
    made = load(tmp_path, GOOD + "[ledger]\n")
    assert made.ledger is not None
    assert made.ledger_place() == tmp_path / "ledger.sqlite"
    assert load(tmp_path, template(("DE",))).ledger == made.ledger


def test_the_url_of_a_ledger_stands_in_a_file_of_its_own(tmp_path):
    made = load(tmp_path, GOOD + '[ledger]\nurl_file = "ledger.url"\n')
    with pytest.raises(ConfigError, match=r"ledger\.url: cannot be read"):
        made.ledger_place()
    (tmp_path / "ledger.url").write_text("postgresql://guard:s3cret@host/db\n")
    assert made.ledger_place() == "postgresql://guard:s3cret@host/db"
    (tmp_path / "ledger.url").write_text("mysql://guard:s3cret@host/db\n")
    with pytest.raises(ConfigError) as caught:
        made.ledger_place()
    assert "s3cret" not in str(caught.value)
