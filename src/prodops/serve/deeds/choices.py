"""What the ledger offers to choose from in the fields of an action: rituals, findings, decisions, changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prodops.actions.refusal import ActionRefusedError
from prodops.actions.stances import NO_REASON_TO_EXIT, SINK, against, ritual_of
from prodops.actions.time.draw_sample import open_sample
from prodops.checks import units as checks
from prodops.checks.finding import Finding
from prodops.impact.trials import changes, key_of, outcome_words, state_of
from prodops.ledger.ledger import Ledger
from prodops.measures import units as measures
from prodops.views.decisions import DECISIONS
from prodops.views.pms import PMS
from prodops.views.ritual_loads import RITUAL_LOADS

FIRST_MEASURES = ("overhead_share", "core_share", "ritual_hours")
"""What most changes are meant to move."""

MOST = 200
"""Choices that a list shows; others are typed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen.

    Attributes:
        value: What is sent.
        says: What people read; the same as the value where that says enough.
    """

    value: str
    says: str


class Choices:
    """What can be chosen, looked up once per version of the ledger."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = threading.Lock()
        self._version = ""
        self._known: dict[tuple[str, str], tuple[Choice, ...]] = {}

    def of(self, ledger: Ledger, source: str, values: Mapping[str, object]) -> tuple[Choice, ...]:
        """What a field offers.

        Args:
            ledger: Where it is looked up.
            source: What is offered: `ritual`, `finding`, `decision`, ...
            values: What is written into the other fields: findings are those on the ritual that is named.
        """
        ritual = _ritual(ledger, values) if source == "finding" else ""
        key = (source, ritual)
        with self._lock:
            if self._version != ledger.version:
                self._version, self._known = ledger.version, {}
            found = self._known.get(key)
        if found is None:
            offers = _findings_on(ledger, ritual) if ritual else _SOURCES[source](ledger)
            found = tuple(choice for _, choice in zip(range(MOST), offers, strict=False))
            with self._lock:
                if self._version == ledger.version:
                    self._known[key] = found
        return found


def _ritual(ledger: Ledger, values: Mapping[str, object]) -> str:
    written = str(values.get("ritual") or "")
    try:
        return ritual_of(ledger, written).key if written else ""
    except ActionRefusedError:
        return ""


def _rituals(ledger: Ledger) -> Iterator[Choice]:
    rows = ledger.sql(_RITUALS, views=[RITUAL_LOADS])
    return (Choice(str(key), str(title)) for key, title in rows)


_RITUALS = "select ritual, title from ritual_loads where big_enough order by pm_hours_week desc, ritual"


def _findings_on(ledger: Ledger, ritual: str) -> Iterator[Choice]:
    return (Choice(one.code, one.title) for one in against(ledger, ritual))


def _findings(ledger: Ledger) -> Iterator[Choice]:
    found = [finding for unit in checks() for finding in unit.check(ledger)]
    usable = (one for one in found if not (one.sink == SINK and one.code in NO_REASON_TO_EXIT))
    for one in sorted(usable, key=lambda one: (-_hours(one), one.code, one.subject)):
        yield Choice(f"{one.code} {one.subject}", one.title)


def _hours(one: Finding) -> float:
    return one.hours.value if one.hours is not None and one.hours.value is not None else 0.0


def _decisions(ledger: Ledger) -> Iterator[Choice]:
    return _named(ledger, "state <> 'proposed'")


def _questions(ledger: Ledger) -> Iterator[Choice]:
    return _named(ledger, "state = 'proposed'")


def _named(ledger: Ledger, where: str) -> Iterator[Choice]:
    rows = ledger.sql(_NAMED.format(where=where), views=[DECISIONS])  # our own words
    return (Choice(str(name), f"{name} {question}") for name, question in rows)


_NAMED = """
select name, question
from decisions
where source = 'declared' and {where}
order by coalesce(decided_on, asked_on) desc nulls last, id desc
"""


def _trials(ledger: Ledger) -> Iterator[Choice]:
    today = ledger.today.date()
    for one in changes(ledger):
        if not one.withdrawn:
            yield Choice(key_of(one), f"{one.name}, {state_of(one, today, None)}")


def _targets(ledger: Ledger) -> Iterator[Choice]:
    return (Choice(f"ritual:{one.value}", one.says) for one in _rituals(ledger))


def _measures(_ledger: Ledger) -> Iterator[Choice]:
    known = {unit.__name__.rpartition(".")[2] for unit in measures()}
    names = [*(one for one in FIRST_MEASURES if one in known), *sorted(known - set(FIRST_MEASURES))]
    return (Choice(name, outcome_words(name).removeprefix("the ")) for name in names)


def _teams(ledger: Ledger) -> Iterator[Choice]:
    rows = ledger.sql("select distinct team from pms where team <> '' order by team", views=[PMS])
    return (Choice(str(team), str(team)) for (team,) in rows)


def _samples(ledger: Ledger) -> Iterator[Choice]:
    found = open_sample(ledger)
    return iter(
        [Choice(str(found), f"the open sample, {found.removeprefix('label_sample:')}")] if found else []
    )


def _blocks(_ledger: Ledger) -> Iterator[Choice]:
    """No blocks: they are shown one by one where a PM labels their own, and to nobody else."""
    return iter(())


_SOURCES: dict[str, Callable[[Ledger], Iterator[Choice]]] = {
    "ritual": _rituals, "finding": _findings, "decision": _decisions, "question": _questions,
    "trial": _trials, "target": _targets, "measure": _measures, "team": _teams, "sample": _samples,
    "block": _blocks,
}  # fmt: skip
