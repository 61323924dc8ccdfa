"""`guard policy build`: the rules and tables as one file, signed."""

from __future__ import annotations

from pathlib import Path

import click

from guard.cli import render
from guard.cli.policy import command as policy
from guard.cli.policy_options import load
from guard.errors import ConfigError


@click.command(name="build")
@click.argument("directories", nargs=-1, type=click.Path(), metavar="[DIR]...")
@click.option("-o", "--output", required=True, type=click.Path(), help="The file, ….tar.gz.")
@click.option("--sign", "key", help="Private key (P-256, PEM, mode 0600) that signs the bundle.")
@click.option("--key-id", "keyid", default="guard", show_default=True, help="The key's name.")
@click.option(
    "--scope", default="", help="What the signature is valid for; verifiers must name it too."
)
@click.option("--regions", "tables", multiple=True, type=click.Path(), help="Tables of your own.")
@render.json_option
@render.config_option
def build(
    *,
    directories: tuple[str, ...],
    output: str,
    key: str | None,
    keyid: str,
    scope: str,
    tables: tuple[str, ...],
    config_file: str | None,
    as_json: bool,
) -> None:
    """Write the policy as an OPA bundle that OPA and guard load.

    DIR is a whole policy (it holds guard/main.rego) or instruments of your own beside the shipped
    ones; without DIR the policy in force is built. The same inputs give the same file.

        guard policy build --sign policy.key --key-id acme-2026 -o bundle.tar.gz
    """
    from guard.policy.signing import BundleKey  # noqa: PLC0415
    from guard.policy.signing_bundle import write  # noqa: PLC0415

    if scope and not key:
        raise ConfigError("--scope is of a signature", remedy="give --sign KEY too")
    signer = BundleKey.load(Path(key), keyid) if key else None
    chosen = load(directories, tables, config_file=config_file).policy_set
    path = write(chosen, Path(output), signer, scope=scope)
    if as_json:
        render.document(
            {
                "schema": "guard/bundle/1",
                "file": str(path),
                "bytes": path.stat().st_size,
                "revision": chosen.revision,
                "rules": len(chosen.catalogue.rules),
                "signed": {"algorithm": "ES256", "keyid": keyid, "scope": scope} if key else None,
            }
        )
        return
    render.line(f"wrote {path}: {len(chosen.catalogue.rules)} rules", style="green")
    render.field("revision", chosen.revision)
    render.field("signed", f"ES256, key {keyid}" if key else "no; --sign KEY signs it")
    if key:
        render.line("  OPA loads it with the public key:")
        more = f" --scope {scope}" if scope else ""
        render.line(f"    opa run --server -b {path} --signing-alg ES256 \\")
        render.line(f"      --verification-key KEY.pub --verification-key-id {keyid}{more}")


policy.add_command(build)
