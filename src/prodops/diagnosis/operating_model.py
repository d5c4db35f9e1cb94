"""A first operating model: which rituals product operations owns, facilitates or exits, and until when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from prodops.checks.finding import Finding
from prodops.diagnosis.constraint import Diagnosis
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.ritual_yields import RITUAL_YIELDS
from prodops.views.standing_stances import STANDING_STANCES

EXPIRES_AFTER_DAYS = 182

SAY_NO_ROT = ("RIT05",)
"""Findings on a ritual that are no doubt about it: missing minutes are not missing decisions."""

OUTCOME = "share of PM time on strategy and discovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedStance:
    """A stance on one ritual, to be accepted or not by a person.

    Attributes:
        ritual: Its key.
        title: As a reader knows it.
        stance: own, facilitate or exit: as declared, or else as proposed.
        proposed: What the records alone suggest.
        purpose: What it is for, as declared or as its name suggests.
        reason: Why that is proposed, with its numbers.
        because: Codes and subjects of the findings behind a proposed exit; empty for other stances.
        pm_hours_week: What it asks of PMs; None where fewer than five sit in it.
        expires_on: The day it must be looked at again.
        declared: Whether a person has declared it and its day has not come; otherwise it is a proposal.
        lapsed_on: The day on which what was declared ran out; None where nothing did.
    """

    ritual: str
    title: str
    stance: str
    proposed: str
    purpose: str
    reason: str
    because: tuple[str, ...] = ()
    pm_hours_week: float | None
    expires_on: date
    declared: bool = False
    lapsed_on: date | None = None


def operating_model(ledger: Ledger, diagnosis: Diagnosis) -> tuple[ProposedStance, ...]:
    """Stances on rituals, those that ask most of PMs first; rituals without PMs are left to others.

    A declared stance holds until its day; then the proposal stands again, and says that it ran out.
    """
    exits, doubts = _against(diagnosis)
    expires_on = ledger.today.date() + timedelta(days=EXPIRES_AFTER_DAYS)
    declared = {
        ritual: (stance, day, lapsed)
        for ritual, stance, day, lapsed in ledger.sql(_DECLARED, views=[STANDING_STANCES])
    }
    model = []
    for ritual, title, hours, purpose, noted, empty in ledger.sql(
        _SQL, views=[RITUAL_LOADS, RITUAL_PURPOSES, RITUAL_YIELDS]
    ):
        found = exits[ritual]
        says = found[0].title.removeprefix(f"{title}: ") if found else ""
        proposed, reason = _stance(says, purpose, int(noted), float(empty))
        if not found and (doubt := doubts.get(ritual, "").removeprefix(f"{title}: ")):
            reason = f"{reason}. But {doubt}: try a pause before it is judged"
        stance, day, lapsed = declared.get(ritual, (proposed, expires_on, False))
        model.append(
            ProposedStance(
                ritual=ritual,
                title=title,
                stance=proposed if lapsed else stance,
                proposed=proposed,
                purpose=purpose,
                reason=reason,
                because=tuple(f"{one.code} {one.subject}" for one in found),
                pm_hours_week=None if hours is None else float(hours),
                expires_on=expires_on if lapsed else day,
                declared=ritual in declared and not lapsed,
                lapsed_on=day if lapsed else None,
            )
        )
    return tuple(model)


def _against(diagnosis: Diagnosis) -> tuple[dict[str, list[Finding]], dict[str, str]]:
    """Findings that surely cost hours by ritual, and the first other doubt about each."""
    exits: dict[str, list[Finding]] = defaultdict(list)
    doubts: dict[str, str] = {}
    for finding in diagnosis.findings:
        if finding.sink != "ritual_rot" or finding.code in SAY_NO_ROT:
            continue
        if finding.hours is not None and (finding.hours.low or 0.0) > 0:
            exits[finding.subject].append(finding)
        else:
            doubts.setdefault(finding.subject, finding.title)
    return exits, doubts


_DECLARED = "select ritual, stance, expires_on, lapsed from standing_stances where stance <> ''"

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
        return "facilitate", "its purpose is not declared: ask its holder first"
    return "facilitate", f"meant to {purpose}: helped to run well, not judged by decisions"


def outcome_sentence(strategic: Estimate) -> str:
    """The one outcome that the model serves, with where it stands now."""
    if strategic.known:
        return f"Outcome: {OUTCOME}, now {told(strategic)}."
    return f"Outcome: {OUTCOME}; not measured yet."
