"""`guard detector`: what is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from guard.cli import render
from guard.errors import ConfigError

if TYPE_CHECKING:
    from guard.config import Detection
    from guard.detect import DetectorCatalogue


def _catalogue(config_file: str | None) -> tuple[DetectorCatalogue, Detection]:
    from guard import config, data  # noqa: PLC0415
    from guard.detect import DetectorCatalogue  # noqa: PLC0415

    directories = [data.verified("detectors")]
    section = config.Detection()
    try:
        loaded = config.Config.load(config_file or config.find())
        directories += [loaded.path(d) for d in loaded.detection.directories]
        section = loaded.detection
    except ConfigError:
        if config_file is not None:
            raise
    return DetectorCatalogue.load(directories), section


@click.group(name="detector", short_help="what is looked for; its examples; test them")
def command() -> None:
    """What is looked for, by which standard, with examples; and whether the examples hold."""


@command.command(name="list")
@render.json_option
@render.config_option
def list_(*, as_json: bool, config_file: str | None) -> None:
    """List the detectors."""
    catalogue, _ = _catalogue(config_file)
    specs = catalogue.detectors.values()
    if as_json:
        rows = [spec.model_dump(mode="json") for spec in specs]
        render.document(
            {"schema": "guard/detectors/1", "revision": catalogue.revision, "detectors": rows}
        )
        return
    render.table(
        ["detector", "category", "jurisdiction", "check"],
        [
            [
                s.id,
                s.category,
                s.evidence.jurisdiction if s.evidence else "",
                s.check or s.engine,
            ]
            for s in specs
        ],
    )


@command.command(name="show")
@click.argument("name")
@render.json_option
@render.config_option
def show(name: str, *, as_json: bool, config_file: str | None) -> None:
    """Show a detector with its standard, patterns, context words and examples."""
    catalogue, _ = _catalogue(config_file)
    spec = catalogue.detectors.get(name)
    if spec is None:
        raise ConfigError(f"no detector {name!r}", remedy="see `guard detector list`")
    plain = spec.model_dump(mode="json")
    if as_json:
        render.document({"schema": "guard/detector/1", **plain})
        return
    import yaml  # noqa: PLC0415

    render.line(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False).rstrip())


@command.command(name="test")
@click.argument("names", nargs=-1)
@render.json_option
@render.config_option
def test(names: tuple[str, ...], *, as_json: bool, config_file: str | None) -> int:
    """Run every example through the real engine (or those of the detectors NAMES)."""
    from guard.detect import Detector  # noqa: PLC0415

    catalogue, section = _catalogue(config_file)
    if unknown := set(names) - set(catalogue.detectors):
        raise ConfigError(f"no detector {min(unknown)!r}", remedy="see `guard detector list`")
    detector = Detector(
        catalogue,
        models=section.models,
        threshold=section.threshold,
        timeout_s=section.timeout_s,
    )
    failures = [f for f in detector.selftest() if not names or f.detector in names]
    tested = [s for s in catalogue.detectors.values() if not names or s.id in names]
    examples = sum(len(s.match) + len(s.no_match) for s in tested)
    if as_json:
        render.document(
            {
                "schema": "guard/detector-test/1",
                "detectors": len(tested),
                "examples": examples,
                "failures": [
                    {"detector": f.detector, "example": f.example, "message": f.message}
                    for f in failures
                ],
            }
        )
    else:
        render.line(f"{len(tested)} detectors, {examples} examples, {len(failures)} failures")
        for failure in failures:
            render.line(f"  {failure.detector}: example {failure.example}: {failure.message}")
    return 1 if failures else 0
