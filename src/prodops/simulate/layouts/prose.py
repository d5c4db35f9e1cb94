"""Minutes told in paragraphs, without any mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.period import spoken_day

if TYPE_CHECKING:
    from prodops.simulate.sheet import Sheet

TOLD = True


def render(sheet: Sheet) -> str:
    """The file of one meeting."""
    day = f"{spoken_day(sheet.day)} {sheet.day.year}"
    parts = [f"# Notes from {sheet.ritual}, {day}\n"]
    if sheet.not_held:
        return "\n".join([*parts, f"{sheet.not_held}\n"])
    parts.append(f"Present: {', '.join(sheet.present)}\n")
    for item in sheet.items:
        parts.append(f"## {item.matter}\n")
        parts.append(" ".join((*item.talk, *item.decisions, *item.actions)) + "\n")
    return "\n".join(parts)
