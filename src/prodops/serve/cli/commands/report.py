"""`prodops report`: every page as one file that works offline and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.options import AsJson, AsOf, Workspace
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.cli.progress import counted

if TYPE_CHECKING:
    from prodops.ledger.ledger import Ledger


OTHER_FILE = "Choose another file with --out."


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report", rich_help_panel=sections.SHARE)(report)


def report(
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="The HTML file to write.")] = Path(
        "prodops-report.html"
    ),
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Write every page into one HTML file.

    It works offline and prints.
    """
    size = write_report(ledger_of(workspace, as_of), out)
    if as_json:
        say_json({"file": out, "bytes": size})
    else:
        typer.echo(f"Wrote {out} ({size / 1e6:.1f} MB). It works offline; print it or send it.")


def write_report(ledger: Ledger, out: Path) -> int:
    """Write the report, whole or not at all; gives its size in bytes."""
    from prodops.pages import units  # lazy: measures
    from prodops.pages.waiting import waiting  # lazy: the same
    from prodops.serve.shown.html import report_html  # lazy: jinja2
    from prodops.serve.whole_file import write_whole  # lazy: next to jinja2

    if not out.absolute().parent.is_dir():  # said before the pages are made, which takes a while
        raise Refusal(f"{out} cannot be written: its folder is not there.", remedy=OTHER_FILE)
    known = units()
    pages = []
    with counted("Writing") as progress:
        for number, (name, unit) in enumerate(known.items()):
            progress.told(number, len(known), name)
            pages.append(waiting(unit.page(ledger), ledger))
    content = report_html(pages).encode()
    try:
        write_whole(out, content)
    except OSError as error:
        raise Refusal(f"{out} cannot be written: {error.strerror}.", remedy=OTHER_FILE) from error
    return len(content)
