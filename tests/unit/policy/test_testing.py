"""`guard policy test`: what passes, what fails, and what is missing, is said."""

from __future__ import annotations

import gc
import re
import threading
from dataclasses import replace

import pytest
import regorus

from guard.errors import ConfigError, PolicyError
from guard.policy.engine import DECISION
from guard.policy.policy import question
from guard.policy.regorus import RegorusEngine
from guard.policy.testing import run
from tests.unit.policy.world import destination, policies, transfer

NOWHERE = "/nonexistent/opa"


@pytest.fixture(autouse=True)
def without_opa(monkeypatch):
    monkeypatch.setenv("PATH", "")


def test_shipped_tests_pass_on_the_embedded_engine():
    (result,) = run(policies())
    assert result.engine == "regorus"
    assert result.failed == ()
    assert result.passed == sum(row.passed for row in result.files) > 150
    assert {row.file for row in result.files} >= {
        "guard/main_test.rego",
        "guard/instruments/cn_pipl/export_test.rego",
    }


def test_failing_test_is_named():
    text = "package guard_test\n\ntest_false if 1 == 2\n\ntest_true if 1 == 1\n"
    (result,) = run(replace(policies(), tests={"guard/x_test.rego": text}))
    assert result.passed == 1
    assert result.failed == ("guard/x_test.rego: test_false: undefined",)


def test_no_tests_is_an_error_with_a_remedy():
    with pytest.raises(ConfigError, match="leaves them out"):
        run(replace(policies(), tests={}))


def test_files_without_test_rules_are_an_error():
    with pytest.raises(ConfigError, match="found no rule test_"):
        run(replace(policies(), tests={"guard/x_test.rego": "package guard_test\n\nx := 1\n"}))


def test_opa_that_cannot_run_is_an_error():
    with pytest.raises(ConfigError, match="cannot be run"):
        run(policies(), opa=NOWHERE)


RULE = r'"([a-z0-9_]+\.[a-z0-9_]+)"'


def test_every_rule_is_tested_both_ways():
    """Each rule id stands in a test beside its instrument, each barrier as what refuses."""
    for name in {rule.instrument for rule in policies().catalogue.rules.values()}:
        folder = "guard/" if name == "guard" else f"guard/instruments/{name}/"
        texts = "\n".join(text for file, text in policies().tests.items() if folder in file)
        # The last argument of a check, the only member of a set, or a member of what was answered.
        refusing = {
            *re.findall(rf"\(.*?{RULE},?\s*\)", texts, re.DOTALL),
            *re.findall(rf"\{{{RULE}\}}", texts),
            *re.findall(rf"{RULE} in fixture", texts),
        }
        for rule in policies().catalogue.rules.values():
            if rule.instrument != name:
                continue
            assert f'"{rule.id}"' in texts, f"{rule.id} is in no test"
            if rule.kind == "barrier" and rule.id != "guard.unknown_instrument":
                assert rule.id in refusing, f"{rule.id} refuses in no test"


def test_panic_of_the_engine_is_no_answer(monkeypatch):
    """An engine of another thread panics with a BaseException; it must not end the process."""
    engine = RegorusEngine(policies())
    made: list[regorus.Engine] = []
    ready, done = threading.Event(), threading.Event()

    def own():
        made.append(regorus.Engine())
        ready.set()
        done.wait(30)
        made.clear()  # an engine may only be dropped by the thread that made it

    worker = threading.Thread(target=own)
    worker.start()
    ready.wait(30)
    engine._bound.forget()
    monkeypatch.setattr(engine, "_compile", lambda: made[0])
    with pytest.raises(PolicyError, match="panicked"):
        engine.evaluate(DECISION, question(transfer(), destination()))
    monkeypatch.undo()
    gc.collect()
    done.set()
    worker.join()
    # The broken engine is thrown away; the next question compiles a new one.
    answer = engine.evaluate(DECISION, question(transfer(), destination()))
    assert answer["effect"] == "permit"
