"""What the actions on rituals share: which ritual is meant, what stands about it, what its gate asks."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from prodops.actions.refusal import ActionRefusedError
from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.diagnosis.operating_model import OUTCOME
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.ledger.rituals import RitualStance
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_names import ritual_key
from prodops.views.standing_stances import STANDING_STANCES

STANCES = ("own", "facilitate", "exit")
PURPOSES = ("decide", "align", "learn", "relate")

EXPIRES_AFTER_DAYS = 182
"""A stance is looked at again after half a year, unless its declaration says earlier or later."""

LONGEST_DAYS = 366
"""A stance that holds for longer is not looked at again by those who declared it."""

NO_REASON_TO_EXIT = {
    "RIT05": "no minutes are known, which does not mean that nothing is decided",
}
"""Findings on a ritual that do not speak for ending it, and why."""

SINK = "ritual_rot"


@dataclass(frozen=True, slots=True)
class Ritual:
    """A ritual of five or more people.

    Attributes:
        key: Its key, as views name it.
        title: As a reader knows it.
    """

    key: str
    title: str


def ritual_of(ledger: Ledger, written: str) -> Ritual:
    """The ritual that is meant by its key or its name.

    Raises:
        ActionRefusedError: There is none of five or more people; the message lists the nearest names.
    """
    rows = ledger.sql("select ritual, title from ritual_loads where big_enough", views=[RITUAL_LOADS])
    known = {str(key): Ritual(str(key), str(title)) for key, title in rows}
    found = known.get(written) or known.get(ritual_key(written))
    if found is not None:
        return found
    if not known:
        raise ActionRefusedError(
            "No ritual of five or more people is known yet. Load calendars or minutes: prodops add FOLDER."
        )
    near = difflib.get_close_matches(ritual_key(written), known, n=3, cutoff=0.3)
    meant = f" Did you mean: {', '.join(near)}?" if near else ""
    raise ActionRefusedError(
        f"No ritual of five or more people is called {written!r}.{meant} All of them: prodops show rituals"
    )


def one_of(word: str, words: Sequence[str], noun: str) -> str:
    """The word, if it is one of those that are known.

    Raises:
        ActionRefusedError: It is not; the message lists them.
    """
    if word not in words:
        raise ActionRefusedError(f"{word!r} is no {noun}. It is one of {', '.join(words)}.")
    return word


def standing(ledger: Ledger, ritual: str) -> RitualStance | None:
    """What was declared last about a ritual."""
    query = "select id from standing_stances where ritual = $ritual"
    ids = [str(row[0]) for row in ledger.sql(query, {"ritual": ritual}, views=[STANDING_STANCES])]
    return next(ledger.records(RitualStance, ids), None)


def anew(ledger: Ledger, ritual: str, *, at: datetime, by: str) -> RitualStance:
    """What stands about a ritual, to be changed and declared in its place; an empty stance if nothing does.

    Args:
        ledger: Where it is looked up.
        ritual: The ritual's key.
        at: When it is declared.
        by: Who declares it.
    """
    before = standing(ledger, ritual)
    who = person_id(by)
    return RitualStance(
        id=stance_id(ritual, at),
        cite=Citation("declared", f"by {who}"),
        ritual=ritual,
        stance=before.stance if before else "",
        purpose=before.purpose if before else "",
        expires_on=before.expires_on if before else half_a_year(ledger),
        outcome=Prose((before.outcome if before else "") or OUTCOME),
        because=before.because if before else (),
        supersedes=before.id if before else None,
        declared_at=at,
        declared_by=who,
        owner=before.owner if before else Prose(""),
        decision_right=before.decision_right if before else Prose(""),
    )


def with_owner(draft: RitualStance, owner: str, decision_right: str) -> RitualStance:
    """The stance with its owner and with who decides; what is empty stays as declared before."""
    return replace(
        draft,
        owner=Prose(owner) if owner else draft.owner,
        decision_right=Prose(decision_right) if decision_right else draft.decision_right,
    )


def half_a_year(ledger: Ledger) -> date:
    """The day on which a stance that is declared now is looked at again, unless somebody says another."""
    return ledger.today.date() + timedelta(days=EXPIRES_AFTER_DAYS)


def against(ledger: Ledger, ritual: str, codes: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What the checks find on a ritual that speaks for ending it, the costliest first.

    Args:
        ledger: Where they look.
        ritual: The ritual's key.
        codes: Only these checks; all when empty.
    """
    found = [
        finding
        for unit in units()
        if (not codes or unit.CODE in codes) and unit.SINK == SINK and unit.CODE not in NO_REASON_TO_EXIT
        for finding in unit.check(ledger)
        if finding.subject == ritual
    ]
    return tuple(sorted(found, key=lambda one: (-_hours(one), one.code)))


def reasons(ritual: str, because: Sequence[str]) -> tuple[str, ...]:
    """Codes with their subject, as a record keeps them: `RIT01` becomes `RIT01 pricing-council`."""
    written = [" ".join(one.split()) for one in because if one.strip()]
    named = [(one.partition(" ")[0].upper(), one.partition(" ")[2] or ritual) for one in written]
    return tuple(dict.fromkeys(f"{code} {subject}" for code, subject in named))


def stance_id(ritual: str, at: datetime) -> RecordId:
    """The id of what is declared about a ritual at a moment."""
    return RecordId(f"ritual_stance:{ritual}:{at:%Y%m%dT%H%M%S%f}")


def change_id(ritual: str, at: datetime) -> RecordId:
    """The id of the change that is declared together with an exit."""
    return RecordId(f"intervention:exit_ritual:{ritual}:{at:%Y%m%dT%H%M%S%f}")


def ended_changes(ledger: Ledger, ritual: str, at: datetime) -> tuple[Intervention, ...]:
    """The changes under way that end with the exit of a ritual, each with its last day."""
    own, today = f"intervention:exit_ritual:{ritual}:", ledger.today.date()
    rows = ledger.sql("select id from intervention where ended_on is null order by id")
    ids = [str(row[0]) for row in rows if str(row[0]).startswith(own)]
    return tuple(replace(one, ended_on=today, declared_at=at) for one in ledger.records(Intervention, ids))


def objections(ledger: Ledger, stance: RitualStance) -> list[str]:
    """What speaks against a stance in the ledger as it would be with it; none lets it in.

    The ritual exists, the day lies ahead, every reason is found now, an exit has one, and what it
    supersedes is what stood.
    """
    said = _of_ritual(ledger, stance) + _of_order(ledger, stance)
    return said + _of_day(ledger, stance) + _of_reasons(ledger, stance) if stance.stance else said


def _of_ritual(ledger: Ledger, stance: RitualStance) -> list[str]:
    try:
        ritual_of(ledger, stance.ritual)
    except ActionRefusedError as refused:
        return [str(refused)]
    return []


def _of_order(ledger: Ledger, stance: RitualStance) -> list[str]:
    """Whether nobody else declared anything about the ritual in between."""
    query = "select id from ritual_stance where ritual = $ritual and id <> $id"
    rows = ledger.sql(query, {"ritual": stance.ritual, "id": stance.id})
    replaced = ledger.sql(
        "select supersedes from ritual_stance where supersedes is not null and id <> $id", {"id": stance.id}
    )
    stood = {str(row[0]) for row in rows} - {str(row[0]) for row in replaced}
    if stance.supersedes in stood or not (stood or stance.supersedes):
        return []
    return [f"Somebody declared something else about {stance.ritual} in the meantime. Look, then try again."]


def _of_day(ledger: Ledger, stance: RitualStance) -> list[str]:
    today = ledger.today.date()
    if stance.expires_on <= today:
        return [f"A stance expires on a day after today, not on {stance.expires_on}. {_for_example(today)}"]
    if stance.expires_on > today + timedelta(days=LONGEST_DAYS):
        return [f"A stance holds for a year at most, not until {stance.expires_on}. {_for_example(today)}"]
    return []


def _for_example(today: date) -> str:
    return f"For half a year: --expires {today + timedelta(days=EXPIRES_AFTER_DAYS)}"


def _of_reasons(ledger: Ledger, stance: RitualStance) -> list[str]:
    codes = [reason.partition(" ")[0] for reason in stance.because]
    if stance.stance == "exit" and not codes:
        return [f"No exit without a finding. {_shortest_way(ledger, stance.ritual)}"]
    found = {f"{one.code} {one.subject}" for one in against(ledger, stance.ritual, codes)} if codes else set()
    absent = [reason for reason in stance.because if reason not in found]
    return [_why_not(reason) + " " + _shortest_way(ledger, stance.ritual) for reason in absent[:1]]


def _why_not(reason: str) -> str:
    code = reason.partition(" ")[0]
    if code in NO_REASON_TO_EXIT:
        return f"{code} is no reason here: {NO_REASON_TO_EXIT[code]}."
    return f"{reason} is not found in the ledger."


def _shortest_way(ledger: Ledger, ritual: str) -> str:
    found = against(ledger, ritual)
    if not found:
        return (
            f"No check finds anything that speaks for ending {ritual}, so an exit would be a guess. "
            f"What can be declared now: prodops stance {ritual} facilitate"
        )
    told = "; ".join(f"{one.code} ({one.title})" for one in found)
    return f"Found on it: {told}. Shortest way: prodops exit-ritual {ritual} --because {found[0].code}"


def _hours(finding: Finding) -> float:
    return finding.hours.value if finding.hours is not None and finding.hours.value is not None else 0.0
