"""The one renderer: JSON documents, tables, and words, on a terminal and in a pipe.

On a terminal tables are drawn within its width; in a pipe they are plain lines with tabs between
the fields. ``NO_COLOR`` is honoured (rich does).
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

PURPOSE_HELP = (
    "What the data are for: inference, training, evaluation, embedding, storage, analytics, "
    "telemetry or support."
)
EFFECT_STYLE = {"permit": "green", "deny": "red", "review": "yellow", "conflict": "magenta"}


def document(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))


def line(text: str = "", *, style: str = "") -> None:
    """One line of result, styled on a terminal."""
    if style and sys.stdout.isatty():
        _console().print(text, style=style, markup=False, highlight=False)
    else:
        click.echo(text)


def field(name: str, value: str) -> None:
    """One named value, wrapped to the width of a page."""
    indent = " " * 4
    wrapped = textwrap.fill(
        f"{name}: {value}",
        78,
        initial_indent="  ",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    line(wrapped)


def warn(text: str) -> None:
    """One line of warning on stderr."""
    click.echo(text, err=True)


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str = "",
    right: Iterable[str] = (),
) -> None:
    """A table of results.

    Args:
        columns: The headings.
        rows: The cells; turned into strings.
        title: A line above it on a terminal.
        right: Headings of the columns that hold numbers.
    """
    cells = [[str(cell) for cell in row] for row in rows]
    if title:
        heading(title)
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for row in cells:
            click.echo("\t".join(row))
        return
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for place, name in enumerate(columns):
        drawn.add_column(
            name,
            justify="right" if name in set(right) else "left",
            overflow="fold",
            no_wrap=place == 0,
        )
    for row in cells:
        drawn.add_row(*(_cell(cell) for cell in row))
    _console().print(drawn)


def heading(text: str) -> None:
    """A heading above a table or paragraph."""
    line()
    line(text, style="bold")


def _cell(cell: str) -> Any:
    from rich.text import Text  # noqa: PLC0415

    return Text(cell, style=EFFECT_STYLE.get(cell, ""))


def _console() -> Any:
    from rich.console import Console  # noqa: PLC0415

    return Console(highlight=False, soft_wrap=False)


def json_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds ``--json``."""
    option = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
    return option(function)


def config_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds ``--config``."""
    option = click.option(
        "--config",
        "config_file",
        type=click.Path(dir_okay=False),
        help="Configuration. Default: $GUARD_CONFIG, else the nearest guard.toml upwards.",
    )
    return option(function)
