"""The rituals whose PM hours may be told beside those of all rituals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.small_groups import tellable
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS

_NEEDS = (AUDIT_WINDOW, RITUAL_NAMES, SITTINGS)


FAMILY = "rituals"


def _rows(ledger: Ledger) -> Iterable[tuple[str]]:
    if ledger.told is not None:
        yield from ((ritual,) for ritual in sorted(ledger.told.groups.get(FAMILY, ())))
        return
    people: dict[str, set[str]] = defaultdict(set)
    for ritual, person in ledger.sql(_SAT, views=_NEEDS):
        people[str(ritual)].add(str(person))
    for ritual in sorted(tellable(people)):
        yield (ritual,)


TOLD_RITUALS = View(name="told_rituals", needs=_NEEDS, columns=(("ritual", "VARCHAR"),), rows=_rows)
"""Columns: ritual. Rituals in which five or more PMs sat in the audit window, but for those without which
the hours of a few would be what all rituals have above the ones that are told. Where several read, those
that may be told to whoever knows what was told before (`Ledger.told`)."""

_SAT = """
select distinct r.ritual, s.person
from sittings s
join audit_window w on s.starts_at >= w.starts_at and s.starts_at <= w.ends_at
join ritual_names r
    on (r.trace = 'series' and r.name = s.series) or (
        r.trace = 'single' and s.series is null and r.name = s.title || '|' || s.organiser
    )
where s.counted
"""
