"""Agenda items with their folded titles, so that an item that comes back can be followed."""

from __future__ import annotations

from collections.abc import Iterable

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import normal_title
from prodops.views.ritual_names import RITUAL_NAMES

_STANDING = frozenset(
    {
        "action items",
        "actions",
        "agenda",
        "announcements",
        "any other business",
        "aob",
        "approve minutes",
        "approve minutes of the previous call",
        "approve previous minutes",
        "attendance",
        "attendees",
        "check in",
        "check-in",
        "closing",
        "decisions",
        "introductions",
        "metrics",
        "next steps",
        "notes",
        "open discussion",
        "previous actions",
        "recap",
        "roll call",
        "round table",
        "scribe",
        "status",
        "updates",
        "welcome",
    }
)


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    for item, note, ritual, day, title, decided, acted in ledger.sql(_SQL, views=[RITUAL_NAMES]):
        folded = normal_title(title)
        topical = folded not in _STANDING and len(folded) > 3
        yield item, note, ritual, day, folded, topical, decided, acted


AGENDA_ITEMS = View(
    name="agenda_items",
    needs=(RITUAL_NAMES,),
    columns=(
        ("item", "VARCHAR"), ("note", "VARCHAR"), ("ritual", "VARCHAR"), ("day", "DATE"),
        ("title", "VARCHAR"), ("topical", "BOOLEAN"), ("decided", "BOOLEAN"), ("acted", "BOOLEAN"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: item, note, ritual, day, title (folded), topical (not a standing item such as "announcements",
which is meant to come back), decided, acted. One row an agenda item of dated minutes."""

_SQL = """
select i.id, i.note, r.ritual, n.held_on, i.title, i.decided, i.acted
from note_item i
join note n on n.id = i.note
join ritual_names r on r.trace = 'note' and r.name = n.ritual
where n.held_on is not null and n.held_on <= cast($today as date)
order by i.id
"""
