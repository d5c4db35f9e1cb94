"""Minutes whose scribe marks decisions and actions in the line where they fall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.sheet import Sheet
    from prodops.simulate.texts.library import SheetTexts

TOLD = False


def render(sheet: Sheet, words: SheetTexts) -> str:
    """The file of one meeting, with these labels and marks."""
    parts = [f"# {sheet.ritual} {sheet.day.isoformat()}\n"]
    if sheet.not_held:
        return "\n".join([*parts, f"{sheet.not_held}\n"])
    parts.append(f"{words.attendees}: {', '.join(sheet.present)}\n")
    for item in sheet.items:
        parts.append(f"## {item.matter}\n")
        parts.extend(f"- {line}" for line in item.talk)
        parts.extend(f"- {words.decision_mark}: {line}" for line in item.decisions)
        parts.extend(f"- {words.action_mark}: {line}" for line in item.actions)
        parts.append("")
    return "\n".join(parts)
