"""A page as a file to hand on: Markdown or HTML, by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prodops.serve.cli.output import Refusal

if TYPE_CHECKING:
    from prodops.pages.blocks import Page

ENDINGS = (".md", ".html")


def write_page(page: Page, out: Path) -> None:
    """Write one page, whole or not at all.

    Args:
        page: The page.
        out: The file; .md or .html.

    Raises:
        Refusal: It has another ending, or cannot be written.
    """
    from prodops.serve.shown.html import report_html  # lazy: jinja2
    from prodops.serve.shown.markdown import as_markdown  # lazy: next to it
    from prodops.serve.whole_file import write_whole  # lazy: only to write a file

    if out.suffix.lower() not in ENDINGS:
        raise Refusal(f"{out} is neither Markdown nor HTML.", remedy="Name a file that ends in .md or .html.")
    text = as_markdown(page) if out.suffix.lower() == ".md" else report_html([page])
    try:
        write_whole(out, text.encode())
    except OSError as error:
        raise Refusal(f"{out} cannot be written: {error.strerror}.", remedy="Name another file.") from error
