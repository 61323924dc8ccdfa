"""One decision is about all ways that a model may be reached; its record names those refused."""

from __future__ import annotations

import json

import pytest

from guard.config import Config
from tests.integration.gateway_server import PAPERS, configured, home, key, place, reached, running
from tests.integration.gateway_server import entries as logged
from tests.integration.recording_upstream import recording_upstream

MAIL = "anna.schmidt@beispiel.de"
PLACES = {"cn": ("CN", ()), "bare": ("US", ()), "us": ("US", PAPERS), "fr": ("FR", PAPERS)}
UNLAWFUL = {"cn", "bare"}


@pytest.fixture
def made(tmp_path):
    """A gateway, a key, the upstreams, and the gateway's configuration."""
    directory = home(tmp_path / "guard")
    planner = Config.load(directory / "guard.toml").planner
    with (
        recording_upstream() as cn,
        recording_upstream() as bare,
        recording_upstream() as us,
        recording_upstream() as fr,
    ):
        ups = dict(zip(PLACES, (cn, bare, us, fr), strict=True))
        places = [place(name, ups[name].url, *how) for name, how in PLACES.items()]
        routes = [
            reached(
                name, up.url, path="/v1", dialects=["openai"],
                models={"everywhere": "m-1"} | ({"unlawful": "m-1"} if name in UNLAWFUL else {}),
            )
            for name, up in ups.items()
        ]  # fmt: skip
        config = configured(
            directory, places, routes,
            # By prices, of which there are none, so that no measurement changes the order.
            gateway={"prefer": ["cost"], "retries": 1},
            planner=planner.model_copy(update={"treatments": ("pseudonymise",)}),
        )  # fmt: skip
        caller = key(config)
        with running(config) as gateway:
            yield gateway, caller, ups, config


def asked(made, model):
    gateway, caller, _, _ = made
    body = {"model": model, "messages": [{"role": "user", "content": f"Write to {MAIL}"}]}
    status, headers, data = gateway.ask(body=body, key=caller)
    return status, headers, json.loads(data)


def decisions(made):
    return [entry for entry in logged(made[3]) if entry.kind == "decision"]


def refused(entry):
    """The ways that a record names as refused, with each treatment that was tried and why."""
    assert all(one.barriers for one in entry.candidates if one.effect != "permit")
    return {(one.destination, one.treatment) for one in entry.candidates if one.effect != "permit"}


def places(entry):
    return [one.id for one in entry.asked.places]


def received(made):
    return {name: len(up.requests) for name, up in made[2].items()}


def test_one_decision_sees_all_ways_to_a_model(made):
    status, headers, _ = asked(made, "everywhere")
    (entry,) = decisions(made)
    assert (status, headers["x-guard-destination"]) == (200, "us")
    assert headers["x-guard-decision"] == entry.id
    assert entry.asked.destinations == len(PLACES)
    assert set(places(entry)) == set(PLACES)
    assert refused(entry) == {
        *((name, "none") for name in PLACES),
        *((name, "pseudonymise") for name in UNLAWFUL),
    }
    permitted = [one for one in entry.candidates if one.effect == "permit"]
    assert [(one.destination, one.treatment) for one in permitted] == [("us", "pseudonymise")]
    assert received(made) == {"cn": 0, "bare": 0, "us": 1, "fr": 0}


def test_each_hop_sees_the_ways_that_are_left(made):
    made[2]["us"].fail = [500, 500]
    status, headers, _ = asked(made, "everywhere")
    first, again, other = decisions(made)
    assert (status, headers["x-guard-destination"]) == (200, "fr")
    assert [set(places(one)) for one in (first, again, other)] == [
        set(PLACES), {"us"}, set(PLACES) - {"us"},
    ]  # fmt: skip
    assert {name for name, _ in refused(other)} == {*UNLAWFUL, "fr"}
    assert (again.follows, other.follows) == (first.id, again.id)
    assert received(made) == {"cn": 0, "bare": 0, "us": 2, "fr": 1}


def test_a_refusal_names_every_way_that_was_looked_at(made):
    status, _, problem = asked(made, "unlawful")
    (entry,) = decisions(made)
    assert (status, problem["decision"]) == (403, entry.id)
    assert set(places(entry)) == UNLAWFUL
    for treatment in ("none", "pseudonymise"):
        assert {(name, treatment) for name in UNLAWFUL} <= refused(entry)
    assert entry.output is None
    assert not any(received(made).values())
