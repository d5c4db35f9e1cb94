"""A page as JSON: everything it shows, without the posterior draws behind it."""

from __future__ import annotations

import dataclasses
from typing import Any

from prodops.pages.blocks import Block, Page
from prodops.serve.shown.plain import plain


def as_json(page: Page) -> dict[str, Any]:
    """The page's name, title, lead, sections and version; each block says its kind."""
    return {
        "name": page.name,
        "title": page.title,
        "lead": page.lead,
        "version": page.version,
        "sections": [
            {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}
            for section in page.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    fields = {field.name: plain(getattr(block, field.name)) for field in dataclasses.fields(block)}
    return {"kind": type(block).__name__.lower(), **fields}
