"""`prodops charter`: one page about one ritual: what it is for, who decides, what it asks and leaves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.options import AsJson, AsOf, Workspace
from prodops.serve.cli.output import Refusal, say_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("charter", rich_help_panel=sections.FIND)(charter)


def charter(
    ritual: Annotated[str, typer.Argument(help='The ritual\'s name or key: "Pricing council".')],
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write it into this file: .md or .html.", dir_okay=False),
    ] = None,
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show the charter of one ritual of five or more people."""
    from prodops.actions.refusal import ActionRefusedError  # lazy: measures
    from prodops.pages.charter import charter as page_of  # lazy: the same
    from prodops.serve.cli.page_files import write_page  # lazy: the same
    from prodops.serve.shown.as_json import as_json as public  # lazy: the same
    from prodops.serve.shown.text import as_text  # lazy: the same

    try:
        page = page_of(ledger_of(workspace, as_of), ritual)
    except ActionRefusedError as error:
        says, _, remedy = str(error).partition(". ")
        raise Refusal(says.rstrip(".") + ".", remedy=remedy or "All of them: prodops show rituals") from error
    if out is not None:
        write_page(page, out)
    if as_json:
        facts = {"ritual": page.ritual, "purpose": page.purpose, "declared": page.declared}
        say_json({**public(page), **facts, "stance": page.stance})
    else:
        typer.echo(as_text(page), nl=False)
        if out is not None:
            typer.echo(f"\nWrote {out}.")
