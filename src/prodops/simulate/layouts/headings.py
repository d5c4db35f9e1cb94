"""Minutes with front matter, and decisions and actions under headings of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.sheet import Sheet
    from prodops.simulate.texts.library import SheetTexts

TOLD = False


def render(sheet: Sheet, words: SheetTexts) -> str:
    """The file of one meeting, with these labels and marks."""
    day = sheet.day.isoformat()
    parts = [f"---\nseries: {sheet.ritual}\ndate: {day}\n---\n\n# {sheet.ritual}, {day}\n"]
    if sheet.not_held:
        return "\n".join([*parts, f"{sheet.not_held}\n"])
    parts.append(f"**{words.present}:** {', '.join(sheet.present)}\n")
    if sheet.regrets:
        parts.append(f"**{words.regrets}:** {', '.join(sheet.regrets)}\n")
    for number, item in enumerate(sheet.items, start=1):
        parts.append(f"## {number}. {item.matter}\n")
        if item.talk:
            parts.append(" ".join(item.talk) + "\n")
        if item.decisions:
            parts.append(f"### {words.decisions}\n\n" + "".join(f"- {line}\n" for line in item.decisions))
        if item.actions:
            parts.append(f"### {words.actions}\n\n" + "".join(f"- {line}\n" for line in item.actions))
    return "\n".join(parts)
