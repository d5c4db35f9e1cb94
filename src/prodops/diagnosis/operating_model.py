"""A first operating model: which rituals product operations owns, facilitates or exits, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from prodops.diagnosis.constraint import Diagnosis
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.ritual_yields import RITUAL_YIELDS

EXPIRES_AFTER_DAYS = 182

OUTCOME = "share of PM time on strategy and discovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedStance:
    """A stance on one ritual, to be accepted or not by a person.

    Attributes:
        ritual: Its key.
        title: As a reader knows it.
        stance: own, facilitate or exit.
        purpose: What it is for, as declared or as its name suggests.
        reason: Why, with its numbers.
        pm_hours_week: What it asks of PMs; None where fewer than five sit in it.
        expires_on: The day it must be looked at again.
        declared: Whether a person has declared it; otherwise it is a proposal.
    """

    ritual: str
    title: str
    stance: str
    purpose: str
    reason: str
    pm_hours_week: float | None
    expires_on: date
    declared: bool = False


def operating_model(ledger: Ledger, diagnosis: Diagnosis) -> tuple[ProposedStance, ...]:
    """Proposed stances, the rituals that ask most of PMs first; rituals without PMs are left to others."""
    exits = {
        finding.subject: finding.title
        for finding in diagnosis.findings
        if finding.sink == "ritual_rot" and finding.hours is not None and (finding.hours.low or 0.0) > 0
    }
    expires_on = ledger.today.date() + timedelta(days=EXPIRES_AFTER_DAYS)
    declared = {
        ritual: (stance, day)
        for ritual, stance, day in ledger.sql(
            "select ritual, stance, expires_on from ritual_stance order by declared_at, id"
        )
    }
    proposed = []
    for ritual, title, hours, purpose, noted, empty in ledger.sql(
        _SQL, views=[RITUAL_LOADS, RITUAL_PURPOSES, RITUAL_YIELDS]
    ):
        stance, reason = _stance(exits.get(ritual, ""), purpose, int(noted), float(empty))
        stance, day = declared.get(ritual, (stance, expires_on))
        proposed.append(
            ProposedStance(
                ritual=ritual,
                title=title,
                stance=stance,
                purpose=purpose,
                reason=reason,
                pm_hours_week=None if hours is None else float(hours),
                expires_on=day,
                declared=ritual in declared,
            )
        )
    return tuple(proposed)


_SQL = """
select l.ritual, l.title, l.pm_hours_told, p.purpose, coalesce(y.noted, 0), coalesce(y.empty, 0e0)
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
left join ritual_yields y on y.ritual = l.ritual
where l.people >= 2 and l.big_enough
order by l.pm_hours_week desc, l.ritual
"""


def _stance(finding: str, purpose: str, noted: int, empty: float) -> tuple[str, str]:
    if finding:
        return "exit", finding
    if purpose == "decide":
        if noted == 0:
            return "own", "PMs decide here and no minutes are known: own it until it leaves a record"
        return "own", f"PMs decide here: {noted - empty:.0f} of {noted} noted occurrences produced something"
    if purpose == "unknown":
        return "facilitate", "its purpose is not declared: ask its holder before anything else"
    return (
        "facilitate",
        f"it is meant to {purpose}; product operations helps it run and does not judge it by decisions",
    )


def outcome_sentence(strategic: Estimate) -> str:
    """The one outcome that the model serves, with where it stands now."""
    if strategic.known:
        return f"Outcome: {OUTCOME}, now {told(strategic)}."
    return f"Outcome: {OUTCOME}; not measured yet."
