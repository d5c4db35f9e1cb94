"""`prodops show`, `diagnose`: pages and the diagnosis in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, AsOf, Workspace
from prodops.serve.cli.output import Refusal, say_json

if TYPE_CHECKING:
    from datetime import datetime

    from prodops.ledger.ledger import Ledger
    from prodops.pages.blocks import Page


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("diagnose", rich_help_panel=sections.FIND)(diagnose)
    app.command("show", rich_help_panel=sections.FIND)(show)


def show(
    page: Annotated[
        str,
        typer.Argument(
            help="brief, diagnosis, operating-model, time, rituals, feedback, metrics, evidence, ..."
        ),
    ],
    *,
    of: Annotated[
        str,
        typer.Option(
            "--of", help="Evidence alone: of what. A sink (ritual_rot), a part of it, a finding (RIT01/KEY)."
        ),
    ] = "",
    offset: Annotated[int, typer.Option("--offset", min=0, help="Evidence: leave out the first rows.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="Evidence: so many rows.")] = 50,
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show one page."""
    from prodops.pages import units  # lazy: measures

    known = units()
    if page not in known:
        raise Refusal(f"There is no page called {page}.", remedy=f"Pages: {', '.join(known)}.")
    if of:
        _say(_rows(ledger_of(workspace, as_of), of, offset=offset, limit=limit), as_json=as_json)
        return
    from prodops.pages.waiting import waiting  # lazy: next to them

    ledger = ledger_of(workspace, as_of)
    _say(waiting(known[page].page(ledger), ledger), as_json=as_json)


def _rows(ledger: Ledger, of: str, *, offset: int, limit: int) -> Page:
    from prodops.pages.evidence import NoEvidenceError, behind  # lazy: measures

    try:
        return behind(ledger, of, offset=offset, limit=limit)
    except NoEvidenceError as error:
        raise Refusal(str(error), remedy="See what there are rows of: prodops show evidence") from error


def diagnose(workspace: Workspace = None, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Name the largest reclaimable time sink, or say why not.

    With its rivals, its evidence, one quick win and an operating model.
    """
    from prodops.pages import brief  # lazy: measures
    from prodops.pages.waiting import waiting  # lazy: the same
    from prodops.serve.shown.verdict import as_verdict  # lazy: measures

    ledger = ledger_of(workspace, as_of)
    page = waiting(brief.page(ledger), ledger)
    if as_json:
        say_json(as_verdict(page))
    else:
        _say(page, as_json=False)


def ledger_of(workspace: Path | None, as_of: str | None, *, not_before: datetime | None = None) -> Ledger:
    """The ledger of a workspace that holds something.

    Args:
        workspace: Its folder; the environment's when None.
        as_of: The day to answer as on, as the user wrote it.
        not_before: The least moment that counts as now.
    """
    from prodops.serve.bootstrap import EmptyWorkspaceError, open_ledger  # lazy: the store
    from prodops.text.moments import MomentError  # lazy: next to the store

    try:
        return open_ledger(workspace, as_of=as_of, not_before=not_before)
    except EmptyWorkspaceError as error:
        raise Refusal(
            "Nothing has been loaded yet.",
            remedy="Load your exports: prodops add FOLDER. Or see one: prodops demo",
        ) from error
    except MomentError as error:
        raise Refusal(f"{as_of} is not a day.", remedy="Write it as 2026-09-30.") from error


def _say(page: Page, *, as_json: bool) -> None:
    from prodops.serve.shown.text import as_text  # lazy: pages

    if as_json:
        say_json(_public(page))
    else:
        typer.echo(as_text(page), nl=False)


def _public(page: Page) -> dict[str, Any]:
    """The page without posterior draws, which are thousands of numbers nobody reads."""
    from prodops.serve.shown.as_json import as_json  # lazy: pages

    return as_json(page)
