"""A page as JSON: everything it shows, without the posterior draws behind it."""

from __future__ import annotations

import dataclasses
from typing import Any

from prodops.pages.blocks import Block, Claim, Page, Table
from prodops.pages.evidence import RowsBehind
from prodops.serve.shown.plain import plain


def as_json(page: Page) -> dict[str, Any]:
    """The page's name, title, lead, sections and version; each block says its kind.

    Rows behind a number also say what they were asked by and how many there are in all.
    """
    asked = (
        {"of": page.of, "offset": page.offset, "limit": page.limit, "total": page.total}
        if isinstance(page, RowsBehind)
        else {}
    )
    return {
        "name": page.name,
        "title": page.title,
        "lead": page.lead,
        **({"waits": page.waits} if page.waits else {}),
        "version": page.version,
        **asked,
        "sections": [
            {
                "heading": section.heading,
                **({"of": section.of} if section.of else {}),
                **({"words": True} if section.words else {}),
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in page.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    fields = {
        field.name: _value(getattr(block, field.name))
        for field in dataclasses.fields(block)
        if field.name not in _ONLY_WHERE_SET or getattr(block, field.name)
    }
    return {"kind": type(block).__name__.lower(), **fields}


_ONLY_WHERE_SET = ("of", "places", "folded")
"""What only some blocks have: the rows they open, whether the places of records are the point, and whether
rows open on demand."""


def _value(value: object) -> object:
    """A field of a block; a block inside it is said like one."""
    if isinstance(value, (Table, Claim)):
        return {name: inner for name, inner in _block(value).items() if name != "kind"}
    if isinstance(value, tuple) and value and isinstance(value[0], Claim):
        return [_value(one) for one in value]
    return plain(value)
