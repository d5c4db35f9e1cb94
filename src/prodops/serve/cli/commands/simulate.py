"""`prodops simulate`: an invented organisation as the files it would export, and its truth elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.cli.progress import counted

SCENARIOS = (
    "planted (one of six sinks, by seed), planted-rot, planted-feedback, planted-data, planted-launch, "
    "planted-tools, planted-ai, misspecified, healthy, busy-but-healthy, seasonal-peak, simpson, "
    "missing-minutes, auto-close-bot, renamed-meetings, loud-survey, two-equal-sinks, displacement, "
    "regression-to-the-mean, fading-effect, silent-pm, rotten-for-pms-only, reorganisation, out-of-model"
)
"""Named here because finding them takes modules that the first screen must not wait for; a test compares."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("simulate", rich_help_panel=sections.SHARE)(simulate)


def simulate(
    *,
    out: Annotated[Path, typer.Option("--out", help="A new folder for the exported files.")],
    truth: Annotated[
        Path | None, typer.Option("--truth", help="Another folder, for what was planted.")
    ] = None,
    people: Annotated[int, typer.Option("--people", min=20, help="People in the organisation.")] = 400,
    weeks: Annotated[int, typer.Option("--weeks", min=4, help="Weeks of records.")] = 52,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same bytes.")] = 1,
    scenario: Annotated[str, typer.Option("--scenario", help=f"What is planted: {SCENARIOS}.")] = "planted",
    family: Annotated[
        str, typer.Option("--family", help="Half of every range, and texts: development or test.")
    ] = "development",
    as_json: AsJson = False,
) -> None:
    """Write the exports of an invented organisation. What is planted goes to another folder."""
    from prodops.simulate.errors import SimulationError  # lazy: numpy
    from prodops.simulate.organisation import simulate as run  # lazy: numpy

    try:
        with counted("Simulating") as progress:
            summary = run(
                out,
                truth,
                people=people,
                weeks=weeks,
                seed=seed,
                scenario=scenario,
                family=family,
                progress=progress.told,
            )
    except SimulationError as error:
        raise Refusal(str(error), remedy="Choose other values; see prodops simulate --help.") from error
    if as_json:
        say_json(summary)
        return
    typer.echo(f"Wrote {out} (seed {seed}, scenario {scenario}). Every person and company in it is invented.")
    typer.echo(f"Next: prodops add {out}")
