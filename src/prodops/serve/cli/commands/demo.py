"""`prodops demo`: an invented organisation, loaded, diagnosed and reported, in one go."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.add import take
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.commands.report import write_report
from prodops.serve.cli.options import AsJson
from prodops.serve.cli.output import Refusal, called, say_json
from prodops.serve.cli.progress import counted


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", rich_help_panel=sections.SHARE)(demo)


def demo(
    *,
    folder: Annotated[
        Path, typer.Option("--folder", help="Where the demo lives; made anew each time.")
    ] = Path("prodops-demo"),
    scenario: Annotated[
        str, typer.Option("--scenario", help="What is planted: planted, healthy, ...")
    ] = "planted",
    people: Annotated[int, typer.Option("--people", min=20, help="People in the organisation.")] = 400,
    weeks: Annotated[int, typer.Option("--weeks", min=4, help="Weeks of records.")] = 52,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The same seed gives the same organisation.")
    ] = 1,
    as_json: AsJson = False,
) -> None:
    """Diagnose an invented organisation of 400 people.

    From its exported files to the brief and the report, in one go.
    """
    from prodops.pages import brief  # lazy: measures
    from prodops.serve.shown.text import as_text  # lazy: pages
    from prodops.serve.shown.verdict import as_verdict  # lazy: pages

    exports, workspace = _fresh(folder)
    ends_on = _write(exports, folder / "truth", people=people, weeks=weeks, seed=seed, scenario=scenario)
    reports = take([exports], workspace)
    ledger = ledger_of(workspace, None, not_before=datetime.combine(ends_on, time.max, tzinfo=UTC))
    page = brief.page(ledger)
    write_report(ledger, folder / "report.html")
    if as_json:
        say_json(as_verdict(page))
        return
    typer.echo(f"{people} invented people, {weeks} weeks, {scenario}, seed {seed}: {len(reports):,} files.\n")
    typer.echo(as_text(page))
    _say_where(folder, workspace, ends_on)


def _say_where(folder: Path, workspace: Path, ends_on: date) -> None:
    """What to look at next; with a clock that is behind the invented records, the day is set with it."""
    day = f"PRODOPS_TODAY={ends_on} " if datetime.now(UTC).date() < ends_on else ""
    typer.echo(f"Report:    {folder / 'report.html'}   (open it in a browser)")
    typer.echo(f"Planted:   {folder / 'truth' / 'truth.json'}   (what the diagnosis could not see)")
    typer.echo(f"Evidence:  {day}{called()} show rituals -w {workspace}")
    typer.echo(f"Browser:   {day}{called()} serve -w {workspace}")
    typer.echo(f"Your own:  {called()} add FOLDER && {called()} diagnose")


def _fresh(folder: Path) -> tuple[Path, Path]:
    """An empty demo folder; one that is not ours is refused."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / "exports" / "SIMULATED.md").exists():
            raise Refusal(f"{folder} holds something else.", remedy="Choose another place with --folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "exports", folder / ".prodops"


def _write(exports: Path, truth: Path, *, people: int, weeks: int, seed: int, scenario: str) -> date:
    """Write the organisation; the day of its export."""
    from prodops.simulate.errors import SimulationError  # lazy: numpy
    from prodops.simulate.organisation import simulate  # lazy: numpy

    try:
        with counted("Simulating") as progress:
            return simulate(
                exports,
                truth,
                people=people,
                weeks=weeks,
                seed=seed,
                scenario=scenario,
                progress=progress.told,
            ).ends_on
    except SimulationError as error:
        raise Refusal(str(error), remedy="Choose other values; see prodops demo --help.") from error
