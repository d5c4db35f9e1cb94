"""Minutes told in paragraphs, without any mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.period import spoken_day

if TYPE_CHECKING:
    from prodops.simulate.sheet import Sheet
    from prodops.simulate.texts.library import SheetTexts

TOLD = True


def render(sheet: Sheet, words: SheetTexts) -> str:
    """The file of one meeting, with these labels and marks."""
    day = f"{spoken_day(sheet.day)} {sheet.day.year}"
    parts = [f"# {words.told_title.format(ritual=sheet.ritual, day=day)}\n"]
    if sheet.not_held:
        return "\n".join([*parts, f"{sheet.not_held}\n"])
    parts.append(f"{words.there}: {', '.join(sheet.present)}\n")
    for item in sheet.items:
        parts.append(f"## {item.matter}\n")
        parts.append(" ".join((*item.talk, *item.decisions, *item.actions)) + "\n")
    return "\n".join(parts)
