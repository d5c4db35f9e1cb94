"""`prodops proof`: what a registered change did, as one page: terminal, HTML, JSON and PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.options import AsJson, AsOf, Workspace
from prodops.serve.cli.output import Refusal, say_json

if TYPE_CHECKING:
    from datetime import date

    from prodops.ledger.ledger import Ledger
    from prodops.pages.blocks import Page

    Window = tuple[date, date]

PRINTS = "The HTML prints from any browser, to one or two sheets: prodops proof --html proof.html"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("proof", rich_help_panel=sections.ACT)(proof)


def proof(
    trial: Annotated[
        str, typer.Argument(help="The change's key [default: the newest that can be read].")
    ] = "",
    *,
    before: Annotated[
        str, typer.Option("--before", help="Two audits alone: the earlier days, FIRST..LAST.")
    ] = "",
    after: Annotated[str, typer.Option("--after", help="The later days, FIRST..LAST.")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="Write it as one HTML file.")] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Print it to PDF by an installed Chromium, Chrome or Edge.")
    ] = None,
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Say what a registered change did, in the sentence that its grade allows.

    With the number, its interval, the PMs and weeks behind it, and what could be wrong.
    """
    ledger = ledger_of(workspace, as_of)
    page = _two(ledger, before, after) if before or after else _one(ledger, trial)
    if html or pdf:
        _written(page, html, pdf, as_json=as_json)
        return
    from prodops.serve.shown.text import as_text  # lazy: pages

    if as_json:
        say_json(_flat(page))
    else:
        typer.echo(as_text(page), nl=False)


def _flat(page: Page) -> dict[str, object]:
    """The figures most asked for at the top, in points of PM time; then the page."""
    from prodops.pages.decisions.proof import ProofPage  # lazy: measures
    from prodops.serve.shown.as_json import as_json  # lazy: pages

    if not isinstance(page, ProofPage):
        return {"grade": "D", "claims_effect": False, "claim": page.lead, **as_json(page)}
    effect = page.effect
    return {
        "change": page.change, "state": page.state, "estimate": effect.value if effect else None,
        "low": effect.low if effect else None, "high": effect.high if effect else None, "grade": page.grade,
        "gates": page.gates, "claim": page.claim, "claims_effect": page.claims_effect,
        "latest": page.latest, "capacity": page.worth, "pms": page.pms, "weeks": page.weeks,
        "refused": page.refused, **as_json(page),
    }  # fmt: skip


def _one(ledger: Ledger, trial: str) -> Page:
    from prodops.actions.refusal import ActionRefusedError  # lazy: measures
    from prodops.actions.trials import trial_of  # lazy: measures
    from prodops.pages.decisions import proof as unit  # lazy: measures

    if not trial:
        return unit.page(ledger)
    try:
        return unit.of(ledger, trial_of(ledger, trial))
    except ActionRefusedError as error:
        says, stop, remedy = str(error).partition(". ")
        raise Refusal(says + stop.strip(), remedy=remedy or "See: prodops try list") from error


def _two(ledger: Ledger, before: str, after: str) -> Page:
    from prodops.impact.pm_weeks import TooFewPMsError  # lazy: numpy
    from prodops.impact.two_audits import two_audits  # lazy: numpy
    from prodops.pages.compared_audits import compared  # lazy: pages

    windows = _window(before, "--before"), _window(after, "--after")
    if windows[0][1] >= windows[1][0]:
        raise Refusal(
            "The days before end after those after begin.", remedy="Give the earlier days to --before."
        )
    try:
        return compared(ledger, two_audits(ledger, *windows))
    except TooFewPMsError as error:
        raise Refusal(
            str(error), remedy="Load calendars of both, of five PMs and more: prodops add FOLDER"
        ) from error


def _window(text: str, option: str) -> Window:
    from prodops.text.moments import MomentError, parse_day  # lazy: next to the store

    first, dots, last = text.partition("..")
    try:
        days = (parse_day(first), parse_day(last)) if dots else None
    except MomentError:
        days = None
    if days is None or days[0] >= days[1]:
        raise Refusal(
            f"{option} takes a first and a last day, not {text[:40]!r}.",
            remedy=f"Write it as {option} 2026-01-05..2026-03-27",
        )
    return days


def _written(page: Page, html: Path | None, pdf: Path | None, *, as_json: bool) -> None:
    from prodops.serve.printing import NoBrowserError, print_pdf  # lazy: jinja2 comes with it
    from prodops.serve.shown.html import report_html  # lazy: jinja2
    from prodops.serve.whole_file import write_whole  # lazy: next to jinja2

    content, sizes = report_html([page]), {}
    try:
        if html is not None:
            write_whole(html, content.encode())
            sizes[str(html)] = len(content.encode())
        if pdf is not None:
            sizes[str(pdf)] = print_pdf(content, pdf)
    except OSError as error:
        raise Refusal(f"It cannot be written: {error.strerror}.", remedy="Choose another file.") from error
    except NoBrowserError as error:
        raise Refusal(str(error), remedy=PRINTS) from error
    if as_json:
        say_json({"files": [{"file": file, "bytes": size} for file, size in sizes.items()]})
    else:
        typer.echo("\n".join(f"Wrote {file} ({size / 1e3:.0f} kB)." for file, size in sizes.items()))
