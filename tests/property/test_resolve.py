"""No spelling of an address leads to a destination that the plain address would not lead to."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st

from guard.regions import Regions
from guard.regions.refusals import Unresolved
from guard.regions.resolve import Resolution, Resolver

SHIPPED = Path(__file__).resolve().parents[2] / "regions"


@cache
def regions() -> Regions:
    return Regions.load([SHIPPED])


@cache
def resolver() -> Resolver:
    return Resolver.of(regions())


@cache
def known() -> tuple[str, ...]:
    """Host names of rows that hold whatever else the request says."""
    rows = regions().destination_rows.values()
    plain = {
        r.url.partition("://")[2].partition("/")[0]
        for r in rows
        if r.url.startswith("https://") and not r.selectors and not r.cloud and r.is_open
    }
    return tuple(sorted(host for host in plain if "{" not in host))


@cache
def listed() -> frozenset[str]:
    rows = regions().destination_rows.values()
    hosts = {host for row in rows for host in row.hosts}
    return frozenset(hosts | {r.url.partition("://")[2].partition("/")[0] for r in rows})


def resolved(url: str, **said: object) -> Resolution | None:
    try:
        return resolver().resolve(url, **said)  # type: ignore[arg-type]  # junk on purpose
    except Unresolved:
        return None


hosts = st.sampled_from(known())
labels = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)


@given(host=hosts, extra=labels, place=st.integers(0, 6))
@example(host="api.groq.com", extra="eu", place=1)
def test_a_label_more_anywhere_is_another_host(host, extra, place):
    """A region inserted in a known name proves nothing: tutorials publish hosts of no one."""
    parts = host.split(".")
    parts.insert(min(place, len(parts)), extra)
    other = ".".join(parts)
    assume(other not in listed())
    answer = resolved(f"https://{other}/v1")
    if answer is not None:  # the host of a template: one label of a customer's, at the front
        assert place == 0
        assert any("{" in one for one in answer.row.hosts)


@given(host=hosts, extra=labels)
def test_a_known_host_as_a_prefix_is_another_host(host, extra):
    assert resolved(f"https://{host}.{extra}.example/") is None
    assert resolved(f"https://{host}-{extra}.example/") is None
    assert resolved(f"https://{extra}.example/{host}") is None
    assert resolved(f"https://{extra}.example/?to=https://{host}") is None
    assert resolved(f"https://{extra}.example#{host}") is None


@given(host=hosts, user=labels)
def test_user_names_are_refused(host, user):
    for url in (f"https://{user}@{host}", f"https://{host}@{user}.example",
                f"https://{user}:{user}@{host}", f"https://{host}:443@{user}.example",
                f"https://{user}.example\\@{host}"):  # fmt: skip
        assert resolved(url) is None


@given(host=hosts, place=st.integers(0, 60), letter=st.characters(min_codepoint=128))
def test_letters_beyond_ascii_are_refused(host, place, letter):
    place = min(place, len(host) - 1)
    assert resolved(f"https://{host[:place]}{letter}{host[place + 1 :]}/") is None
    assert resolved(f"https://{host[:place]}{letter}{host[place:]}/") is None


@given(host=hosts, place=st.integers(0, 60))
def test_encoded_letters_are_refused(host, place):
    place = min(place, len(host) - 1)
    coded = f"%{ord(host[place]):02x}"
    assert resolved(f"https://{host[:place]}{coded}{host[place + 1 :]}/") is None


@given(host=hosts, port=st.integers(0, 99999))
def test_a_port_is_part_of_the_address(host, port):
    answer = resolved(f"https://{host}:{port}/")
    assert (answer is not None) == (port == 443)


@given(host=hosts, data=st.data(), path=st.text(string.ascii_letters + "/._-", max_size=40))
def test_case_and_path_change_nothing(host, data, path):
    assume("/model/" not in path)
    mixed = "".join(data.draw(st.sampled_from([c.lower(), c.upper()])) for c in host)
    plain, other = resolved(f"https://{host}/"), resolved(f"https://{mixed}/{path}")
    assert plain is not None
    assert other is not None
    assert plain.row == other.row


@given(
    address=st.one_of(st.ip_addresses(v=4).map(str), st.ip_addresses(v=6).map(lambda a: f"[{a}]"),
                      st.integers(0, 2**32).map(str), st.integers(0, 2**32).map(hex)),
    scheme=st.sampled_from(["http", "https"]),
)  # fmt: skip
def test_an_ip_address_is_nobody_but_this_machine(address, scheme):
    answer = resolved(f"{scheme}://{address}:8000/v1")
    assert answer is None or answer.row.provider == "self-hosted"


@given(st.text(max_size=80))
def test_any_text_is_answered_or_refused(text):
    answer = resolved(text)
    assert answer is None or answer.row.id in regions().destination_rows
    assert resolved(f"https://{text}") is None or text.isascii()


@given(
    label=st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True),
    sku=st.sampled_from(["Standard", "DataZoneStandard", "GlobalStandard", "", "Other"]),
    place=st.sampled_from(["westeurope", "uksouth", "eastus", "norwayeast", "nowhere", ""]),
    model=st.sampled_from(["", "gpt-4o", "grok-4", "DeepSeek-R1"]),
)
def test_saying_less_never_widens_what_is_permitted(label, sku, place, model):
    """What is resolved with fewer facts is at least as wide as what is resolved with more."""
    url = f"https://{label}.openai.azure.com/openai"
    fields = {k: v for k, v in (("deployment.sku.name", sku), ("resource.location", place)) if v}
    answer = resolved(url, fields=fields, model=model)
    bare = resolved(url)
    assert bare is None
    if answer is not None:
        assert sku not in {"", "Other"}
        if sku == "GlobalStandard":
            assert answer.destination.processing == ("GLOBAL",)
        elif sku == "DataZoneStandard":
            assert (
                answer.destination.processing == {"westeurope": ("EU",), "eastus": ("US",)}[place]
            )
        else:
            assert len(answer.destination.processing[0]) == 2


@given(st.sampled_from(sorted(regions().destination_rows)))
def test_a_default_assumes_the_widest_of_its_rows(name):
    """A row that holds when nothing is said is no narrower than those it stands beside."""
    row = regions().destination_rows[name]
    if not any(s.default for s in row.selectors):
        return
    fields = {s.name for s in row.selectors if s.default}
    beside = [
        other
        for other in regions().destination_rows.values()
        if (other.hosts or other.url) == (row.hosts or row.url)
        and fields & {s.name for s in other.selectors}
    ]
    for other in beside:
        assert {"GLOBAL", "GLOBAL_EXCEPT_CN_MAINLAND"} & set(row.processing) or beside == [row]
        assert other is row or other.processing != ("GLOBAL",)
