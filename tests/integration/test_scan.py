"""Scanning with the real parts: everything is counted once, recorded once, and never lost."""

import collections
import functools
import gzip
import json
import multiprocessing
import os
import pickle
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guard import ConfigError, Guard, PolicyError, RecordError
from guard.cli.main import run
from guard.config import Config
from guard.datasets import kernel as kernels
from guard.datasets import scan as scans
from guard.datasets.kernel import Kernel, column, count_column
from guard.datasets.options import ReadOptions
from guard.datasets.report import covered
from guard.datasets.source import describe
from guard.datasets.units import plan
from guard.detect import Detector
from guard.errors import DetectionError
from guard.log import Log, LogWriter
from guard.types import Detection
from tests.absent import absent

MAIL = "anna.schmidt@beispiel.de"


def clock():
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    directory = tmp_path_factory.mktemp("home") / "guard"
    assert run(["init", str(directory), "--name", "test.example/scan"]) == 0
    return directory


@pytest.fixture(scope="module")
def guard(home):
    with Guard(Config.load(home / "guard.toml"), clock=clock) as g:
        yield g


def recorded(home, first=0, kind="batch"):
    entries = Log(home / "decisions", (home / "guard.pub").read_text()).entries(first)
    return [entry for entry in entries if entry.kind == kind]


def so_far(home):
    return len(list(Log(home / "decisions", (home / "guard.pub").read_text()).entries()))


@pytest.fixture
def first(home, guard):
    """The index of the log's next entry."""
    _ = guard.journal
    return so_far(home)


def mixed(directory):
    """Files good, bad and cut, with the number of their lines by name."""
    directory.mkdir()
    rng = random.Random(7)
    kinds = [
        *(json.dumps({"note": f"by {MAIL}"}), json.dumps({"note": "rain"}), "", "{broken"),
        *(json.dumps({"卡": 4111111111111111}), '{"a": 1, "a": 2}', "  ", "\x00"),
    ]
    lines = [rng.choice(kinds) for _ in range(60)]
    (directory / "a.jsonl").write_text("\n".join(lines) + "\n")
    (directory / "b.csv").write_text(f"name,mail\nx,{MAIL}\nragged\ny,none\n")
    (directory / "c.txt").write_text(f"one\n\ntwo {MAIL}\n")
    (directory / "d.json").write_text(json.dumps([{"m": MAIL}, {"m": "x"}])[:-4])
    (directory / "e.jsonl").write_bytes(b"")
    (directory / "f.jsonl.gz").write_bytes(
        gzip.compress((f'{{"m": "{MAIL}"}}\n' * 50).encode())[:-9]
    )
    (directory / "g.txt").write_text("\n\n")
    return {"a.jsonl": 60, "b.csv": 3, "c.txt": 3, "g.txt": 2}


def test_everything_is_counted_once(guard, home, tmp_path, first):
    lines = mixed(tmp_path / "in")
    found, bad = tmp_path / "f.jsonl", tmp_path / "q.jsonl"
    report = guard.scan(tmp_path / "in", findings=found, quarantine=bad)
    said = report.to_json()
    per_file = recorded(home, first)
    assert said["files"] == 7 == len(per_file), "one record a file, also for one without rows"
    assert said["rows"] == sum(said["decisions"].values()) == sum(r.rows for r in per_file)
    assert said["bad_rows"] == sum(r.bad_rows for r in per_file) > 0
    assert said["bytes"] == sum(r.bytes for r in per_file)
    assert said["decisions"]["permit"] == sum(said["treatments"].values())
    for name, outcomes in said["destinations"].items():
        assert sum(outcomes.values()) == said["rows"], name
    for record in per_file:
        assert sum(record.effects.values()) == record.rows
        for one in record.destinations:
            assert sum(one.effects.values()) == record.rows
    for key, total in (("effects", report.effects), ("categories", report.by_category),
                       ("rules", report.rules)):  # fmt: skip
        added = collections.Counter()
        for record in per_file:
            added.update(getattr(record, key))
        assert added == +total
    by_column = [n for of in said["findings"]["by_column"].values() for n in of.values()]
    assert sum(by_column) == said["findings"]["total"] == len(found.read_text().splitlines())
    problems = [json.loads(line) for line in bad.read_text().splitlines()]
    assert problems == said["problems"]
    assert len(problems) == said["bad_rows"] + said["bad_files"]
    assert [r.complete for r in per_file] == [True, True, True, False, False, False, False]
    whole = {str(tmp_path / "in" / name) for name in lines}
    others = sum(r.rows for r, name in zip(per_file, "abcdefg", strict=True) if name in "df")
    bad_in_whole = sum(1 for p in problems if p["file"] in whole and p["reason"] != "unreadable")
    assert said["rows"] - others + bad_in_whole + said["blank_lines"] == sum(lines.values())
    assert report.exit_code == 3
    assert report.undecided
    assert MAIL not in found.read_text() + bad.read_text() + json.dumps(said)


def test_units_and_workers_change_nothing(guard, home, tmp_path, monkeypatch):
    mixed(tmp_path / "in")
    results = []
    for unit_bytes, workers in ((2**23, 1), (200, 1), (700, 2)):
        cut = functools.partial(plan, unit_bytes=unit_bytes)
        monkeypatch.setattr(scans, "plan", cut)
        before = so_far(home)
        names = [tmp_path / f"{kind}{unit_bytes}" for kind in "fq"]
        report = guard.scan(
            tmp_path / "in", workers=workers, findings=names[0], quarantine=names[1]
        )
        said = {**report.to_json(), "log": None}
        records = [r.model_dump(exclude={"id", "ts", "dur_us"}) for r in recorded(home, before)]
        results.append((said, records, [name.read_bytes() for name in names]))
    assert results[0] == results[1] == results[2]
    roots = [record["root"] for record in results[0][1]]
    assert len(set(roots[:4])) == 4


def test_a_destination_that_would_need_a_review_is_not_recorded_as_denied(home, tmp_path):
    """What the policy says of each destination is what the record says of it."""
    loaded = Config.load(home / "guard.toml")
    context = loaded.context.model_copy(
        update={
            "establishment": ("DE", "CN"),
            "origin": "CN",
            "declarations": ("cn.ciio", "cn_dsl.core_data"),
        }
    )
    planner = loaded.planner.model_copy(update={"treatments": ()})
    log = loaded.log.model_copy(update={"directory": Path("effects")})
    (tmp_path / "a.txt").write_text(f"{MAIL}\nrain\n")
    changes = {"context": context, "planner": planner, "log": log}
    with Guard(loaded.model_copy(update=changes), clock=clock) as g:
        report = g.scan(tmp_path / "a.txt", to="openai-us", purpose="inference")
        alone = g.check(MAIL, to="openai-us", purpose="inference").decision.effect
    entries = Log(home / "effects", (home / "guard.pub").read_text()).entries()
    (record,) = [entry for entry in entries if entry.kind == "batch"]
    (openai,) = [d for d in record.destinations if d.destination == "openai-us"]
    assert alone == "conflict"
    assert openai.effects["conflict"] >= 1
    assert openai.effects == record.effects
    assert report.matrix["openai-us"]["refused"] >= 1
    assert record.dur_us > 0


def test_a_worker_that_is_killed_loses_and_doubles_nothing(guard, home, tmp_path, first):
    (tmp_path / "a.jsonl").write_text(
        "".join(f'{{"m": "{n} wrote to {MAIL}"}}\n{{broken\n' for n in range(3000))
    )
    killed = []

    def kill(done, total):
        if done and not killed:
            killed.append(multiprocessing.active_children()[0])
            killed[0].kill()

    places, bad = tmp_path / "f", tmp_path / "q"
    report = guard.scan(
        tmp_path / "a.jsonl", workers=2, progress=kill, findings=places, quarantine=bad
    )
    assert killed
    assert (report.rows, report.bad_rows, report.bad_files) == (3000, 3000, 0)
    rows = [json.loads(line)["row"] for line in places.read_text().splitlines()]
    mails = [row for row in rows if row % 2]
    assert sorted(set(mails)) == list(range(1, 6000, 2))
    assert len(rows) == report.findings
    assert [json.loads(line)["row"] for line in bad.read_text().splitlines()] == list(
        range(2, 6001, 2)
    )
    assert [(r.rows, r.bad_rows, r.complete) for r in recorded(home, first)] == [(3000, 3000, True)]


def test_one_more_row_is_another_root(guard, home, tmp_path, first):
    for name, text in (("a", "x\ny\n"), ("b", "x\ny\n"), ("c", "y\nx\n"), ("d", "xy\n")):
        (tmp_path / f"{name}.txt").write_text(text)
    guard.scan(tmp_path)
    a, b, c, d = (record.root for record in recorded(home, first))
    assert a == b
    assert len({a, c, d}) == 3


def test_stop_stops_and_says_so(guard, home, tmp_path, first):
    rows = [json.dumps({"n": f"row {i}"}) for i in range(2000)]
    rows[700] = "{broken"
    (tmp_path / "a.jsonl").write_text("one\n")
    (tmp_path / "b.jsonl").write_text("\n".join(rows) + "\n")
    (tmp_path / "c.jsonl").write_text(rows[0] + "\n")
    report = guard.scan(tmp_path / "b.jsonl", on_error="stop")
    (record,) = recorded(home, first)
    assert not record.complete
    assert 700 <= report.rows == record.rows < 1999
    assert (report.bad_rows, report.exit_code) == (1, 3)
    before = so_far(home)
    both = guard.scan(tmp_path, on_error="stop")
    assert (both.files, both.rows, both.bad_rows) == (1, 0, 1)
    assert [r.complete for r in recorded(home, before)] == [False]


def test_stop_at_an_unreadable_file_reads_nothing(guard, home, tmp_path, first):
    (tmp_path / "a.jsonl").write_text('{"m": "x"}\n')
    (tmp_path / "b.unknown").write_text("x")
    report = guard.scan(tmp_path, on_error="stop")
    assert (report.files, report.rows, report.bad_files, report.exit_code) == (0, 0, 1, 3)
    assert recorded(home, first) == []


def test_every_bad_row_reaches_the_quarantine_and_few_the_memory(guard, tmp_path, monkeypatch):
    path, places = tmp_path / "a.jsonl", tmp_path / "q.jsonl"
    path.write_text("{broken\n" * 3000 + '{"m": "x"}\n')
    report = guard.scan(path, quarantine=places)
    assert (report.bad_rows, report.rows, len(report.problems)) == (3000, 1, 1000)
    rows = [json.loads(line)["row"] for line in places.read_text().splitlines()]
    assert rows == list(range(1, 3001))


def test_what_a_worker_hands_back_does_not_grow_with_the_file(guard, tmp_path):
    spool = tmp_path / "spool"
    spool.mkdir()
    make = Kernel(
        guard.config, ReadOptions(), b"k" * 32, spool=spool, located=True, quarantined=True
    )
    work, sizes = make(), []
    for times in (1500, 6000):
        path = tmp_path / f"{times}.csv"
        path.write_text("mail,n\n" + f"{MAIL},1\nragged\n" * times)
        (unit,) = plan([describe(str(path))])
        out = work(unit, lambda _: None)
        assert out.bad_rows == times == out.categories["contact.email"]
        sizes.append(len(pickle.dumps(out)))
        assert len(Path(out.findings).read_text().splitlines()) == times
        assert len(Path(out.quarantine).read_text().splitlines()) == times
    assert sizes[1] < sizes[0] * 1.05


def test_names_of_columns_are_bounded():
    counts = collections.Counter()
    for n in range(5000):
        count_column(counts, (f"/{n}x", "contact.email"), 2)
    count_column(counts, ("/7x", "contact.email"), 1)
    assert len(counts) <= kernels._COLUMNS + 1
    assert counts.total() == 10_001
    assert counts["/7x", "contact.email"] == 3
    assert column("/messages/12/~v3/3x/4") == "/messages/*/~v*/3x/*"


def failing(monkeypatch, word):
    """A detector that fails on every text with a word."""
    real = Detector.detect_batch

    def detect(self, payloads, **how):
        if any(word in s.text for payload in payloads for s in payload):
            raise DetectionError("detector x took longer than it may")
        return real(self, payloads, **how)

    monkeypatch.setattr(Detector, "detect_batch", detect)


def test_a_row_that_cannot_be_scanned_is_bad_and_the_others_are_not(
    guard, home, tmp_path, first, monkeypatch
):
    failing(monkeypatch, "poison")
    (tmp_path / "a.txt").write_text(f"rain\n{MAIL}\npoison\nsun\n")
    report = guard.scan(tmp_path / "a.txt")
    assert (report.rows, report.bad_rows, report.bad_files) == (3, 1, 0)
    assert [(p.row, p.reason) for p in report.problems] == [(3, "unscanned")]
    assert [(r.rows, r.bad_rows, r.complete) for r in recorded(home, first)] == [(3, 1, True)]
    assert report.exit_code == 3


def test_detectors_that_fail_on_every_row_end_the_file(guard, home, tmp_path, first, monkeypatch):
    failing(monkeypatch, "poison")
    (tmp_path / "a.txt").write_text("rain\n" + "poison\n" * 100)
    report = guard.scan(tmp_path / "a.txt")
    assert (report.rows, report.bad_rows, report.bad_files) == (1, 16, 1)
    assert [r.complete for r in recorded(home, first)] == [False]


def test_a_record_that_cannot_be_written_ends_the_scan_and_keeps_the_others(
    guard, home, tmp_path, first, monkeypatch
):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{MAIL}\n")
    real = LogWriter.append

    def full(self, entry):
        if so_far(home) > first:
            raise RecordError("the disk is full")
        return real(self, entry)

    found = tmp_path / "found.jsonl"
    monkeypatch.setattr(LogWriter, "append", full)
    with pytest.raises(RecordError, match="disk is full"):
        guard.scan(tmp_path / "[abc].txt", findings=found)
    monkeypatch.undo()
    assert [r.rows for r in recorded(home, first)] == [1]
    assert len(found.read_text().splitlines()) == 2
    assert guard.scan(tmp_path / "a.txt").rows == 1, "the log is still sound"


def test_a_policy_without_an_answer_ends_the_scan_and_is_written_down(
    guard, home, tmp_path, first, monkeypatch
):
    def silent(self, *_):
        raise PolicyError("no answer")

    (tmp_path / "a.txt").write_text(f"{MAIL}\n")
    monkeypatch.setattr(type(guard.policy), "decide", silent)
    with pytest.raises(PolicyError):
        guard.scan(tmp_path / "a.txt")
    assert [(e.stage, e.point) for e in recorded(home, first, "error")] == [("policy", "batch")]
    assert recorded(home, first) == []


@pytest.mark.parametrize("which", ["findings", "quarantine"])
def test_an_input_is_never_written_over(guard, tmp_path, which):
    path, link = tmp_path / "a.txt", tmp_path / "link"
    path.write_text(f"{MAIL}\n")
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(ConfigError, match="in use"):
            guard.scan(path, **{which: name})
    assert path.read_text() == f"{MAIL}\n"
    with pytest.raises(ConfigError, match="in use"):
        guard.scan(path, findings=tmp_path / "out", quarantine=tmp_path / "out")


@pytest.mark.parametrize("which", ["findings", "quarantine"])
def test_a_full_disk_is_one_clear_line(guard, tmp_path, which):
    if not Path("/dev/full").exists():
        absent("no /dev/full: a full disk was not tried")
    (tmp_path / "a.jsonl").write_text(f'{{"m": "{MAIL}"}}\n{{broken\n')
    with pytest.raises(ConfigError, match="/dev/full: cannot be written"):
        guard.scan(tmp_path / "a.jsonl", **{which: "/dev/full"})


def test_a_files_name_may_be_any_bytes(guard, home, tmp_path, first):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt")
    try:
        Path(path).write_text(f"{MAIL}\n")
    except OSError:
        absent("this file system allows UTF-8 names only: other names were not tried")
    found = tmp_path / "f.jsonl"
    assert guard.scan(path, findings=found).rows == 1
    assert json.loads(found.read_text())["file"] == path
    assert len(recorded(home, first)) == 1


def test_coverage_is_that_of_all_rows():
    english = Detection(complete=True, ner=True, languages=("en",), skipped=(), revision="0" * 64)
    han = english.model_copy(update={"skipped": ("script:han",)})
    late = english.model_copy(update={"complete": False, "skipped": ("timeout",)})
    whole = covered(covered(covered(None, late), english), han)
    assert not whole.complete
    assert whole.skipped == ("script:han", "timeout")
    assert covered(None, english) == english


def test_an_own_detector_of_an_unknown_category_is_refused(home, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "x.yaml").write_text(
        "id: own/x\ntitle: {en: X}\ncategory: contact.mail\nsources: [own]\n"
        "patterns:\n- {regex: 'QX[0-9]{4}', confidence: 0.9}\n"
        "match:\n- {text: 'a QX1234', value: QX1234}\n- {text: '号QX4321', value: QX4321}\n"
        "no_match: ['QX', 'none']\n"
    )
    loaded = Config.load(home / "guard.toml")
    detection = loaded.detection.model_copy(update={"directories": (own,)})
    with (
        Guard(loaded.model_copy(update={"detection": detection})) as g,
        pytest.raises(ConfigError, match=r"own/x: unknown category 'contact\.mail'"),
    ):
        _ = g.catalogue
