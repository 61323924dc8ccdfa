"""The command `guard`: verbs, exit codes, and the one place where failures become words.

Exit codes: 0 permitted, clean, verified · 1 denied, findings, verification failed · 2 usage or
configuration · 3 undecided. Results go to stdout; progress, warnings and errors to stderr.
"""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module

import click

from guard import __version__
from guard.errors import (
    ConfigError,
    Denied,
    GuardError,
    InputError,
    Refused,
    VerificationError,
)

VERBS = {
    "init": "write a commented guard.toml and the keys",
    "doctor": "can it detect, decide, write and verify, offline?",
    "check": "decide about one text",
    "scan": "find and decide in data sets",
    "serve": "the gateway: models behind decisions",
    "mcp-proxy": "stand between an MCP client and a server of somebody else",
    "policy": "rules as an officer reads them; test them",
    "detector": "what is looked for; its examples; test them",
    "region": "destinations, jurisdictions and tables, with their sources",
    "ledger": "whose data left, against the thresholds of law",
    "log": "read, prove and verify the decision log",
}


MORE = {"policy": ("policy_bundle", "policy_replay", "policy_invariant")}
"""Modules that add commands to a verb."""


class Verbs(click.Group):
    """Imports a verb's module when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs in the order in which one meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb's command."""
        if cmd_name not in VERBS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = import_module(f"guard.cli.{name}").command
        for module in MORE.get(cmd_name, ()):
            import_module(f"guard.cli.{module}")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="guard")
def command() -> None:
    """Decide, under the laws that apply, whether and how data may leave, and sign what was decided.

    Exit codes: 0 permitted, clean or verified; 1 denied, findings, or verification failed;
    2 usage or configuration; 3 undecided, and no answer is a no.
    """


def exit_code(error: GuardError) -> int:
    """The exit code that stands for an error."""
    if isinstance(error, Denied | VerificationError):
        return 1
    if isinstance(error, ConfigError | InputError):
        return 2
    return 3 if isinstance(error, Refused) else 2


def main() -> None:
    """Run the command and exit."""
    sys.exit(run())


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code; nothing is raised."""
    # Small matrices are slower on several BLAS threads; scans use processes instead.
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    try:
        result = command.main(arguments, prog_name="guard", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("guard: interrupted")
        return 130
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "guard"
        _say(f"guard: {error.format_message().rstrip('.')} (see `{path} --help`)")
        return 2
    except GuardError as error:
        _say(f"guard: {error}")
        return exit_code(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  (a door: no traceback, whose last line may hold data)
        return _unexpected(error)
    return result if isinstance(result, int) else 0


def _unexpected(error: Exception) -> int:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119
    _say(
        f"guard: internal error ({type(error).__name__} at {where}); nothing was released "
        "(please report it; GUARD_DEBUG=1 shows the stack)"
    )
    if os.environ.get("GUARD_DEBUG") == "1":
        _say("".join(traceback.format_tb(error.__traceback__)))
    return 3


def _say(message: str) -> None:
    click.echo(message, err=True)
