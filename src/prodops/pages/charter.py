"""A ritual's charter: what it is for, who decides, what it asks and leaves, and how its stance changed."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.actions.stances import Ritual, ritual_of
from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import RitualStance
from prodops.measures.rituals import (
    attendance_lapse,
    empty_share,
    held_share,
    outputs_per_occurrence,
    ritual_hours_each,
)
from prodops.pages.blocks import (
    Behind,
    Block,
    Cell,
    Doing,
    Elsewhere,
    Figure,
    Onward,
    Page,
    Section,
    Table,
    Words,
)
from prodops.pages.claims import grouped
from prodops.pages.register import given_back
from prodops.pages.tables import filled
from prodops.pages.wording import many
from prodops.stats.estimate import Estimate
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES

NOBODY = "nobody has said"
SINK = "ritual_rot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter(Page):
    """A ritual's charter.

    Attributes:
        ritual: Its key.
        purpose: What it is for.
        declared: Whether somebody said so; otherwise its name suggests it.
        stance: What stands about it; None where nothing was declared.
        findings: What the checks find on it.
    """

    ritual: str
    purpose: str
    declared: bool
    stance: RitualStance | None
    findings: tuple[Finding, ...]


def charter(ledger: Ledger, written: str) -> Charter:
    """The charter of a ritual of five or more people.

    Args:
        ledger: Where everything is looked up.
        written: The ritual's key or name.

    Raises:
        ActionRefusedError: There is none of five or more people; the message lists the nearest names.
    """
    found = ritual_of(ledger, written)
    history = _history(ledger, found)
    standing = history[0] if history else None
    asked: dict[str, object] = {"ritual": found.key}
    ((purpose, said),) = ledger.sql(
        "select purpose, declared from ritual_purposes where ritual = $ritual", asked, views=[RITUAL_PURPOSES]
    )
    findings = tuple(
        one for unit in units() if unit.SINK == SINK for one in unit.check(ledger) if one.subject == found.key
    )
    return Charter(
        name="charter", title=f"Charter: {found.title}",
        lead=_lead(found, str(purpose), standing, declared=bool(said)),
        sections=(
            Section("What it is for", (_declared(str(purpose), standing, declared=bool(said)),)),
            Section("What it asks and leaves", _measured(ledger, found)),
            *_found(findings, standing),
            *given_back(ledger, found.key),
            *((Section("How its stance changed", (_told(history),)),) if history else ()),
            Section("Change it", (_ways(found, standing, findings),)),
        ),
        version=ledger.version, today=ledger.today.date(),
        ritual=found.key, purpose=str(purpose), declared=bool(said), stance=standing, findings=findings,
    )  # fmt: skip


def _history(ledger: Ledger, ritual: Ritual) -> list[RitualStance]:
    """Everything declared about it, the newest first."""
    rows = ledger.sql("select id from ritual_stance where ritual = $ritual", {"ritual": ritual.key})
    found = ledger.records(RitualStance, [str(row[0]) for row in rows])
    return sorted(found, key=lambda one: (one.declared_at, one.id), reverse=True)


def _lead(ritual: Ritual, purpose: str, standing: RitualStance | None, *, declared: bool) -> str:
    if declared:
        meant = f"{ritual.title} is meant to {purpose}"
    elif purpose == "unknown":
        meant = f"Nobody declared what {ritual.title} is for, and its name does not say"
    else:
        meant = f"Nobody declared what {ritual.title} is for; its name suggests to {purpose}"
    if standing is None or not standing.stance:
        return f"{meant}. No stance is declared."
    return f"{meant}. Stance: {standing.stance}, to be looked at again on {standing.expires_on}."


def _found(findings: tuple[Finding, ...], standing: RitualStance | None) -> tuple[Section, ...]:
    """What the checks find on it; an exit that stands is not offered again."""
    done = ("exit_ritual",) if standing is not None and standing.stance == "exit" else ()
    heading = f"{many(len(findings), 'finding')} on it"
    return (Section(heading, grouped(findings, done=done)),) if findings else ()


def _declared(purpose: str, standing: RitualStance | None, *, declared: bool) -> Table:
    says = purpose if declared else f"{NOBODY}; by its name: {purpose}"
    decides = (standing.decision_right if standing else "") or NOBODY
    if purpose not in ("decide", "unknown") and decides == NOBODY:
        decides = f"not asked: it is meant to {purpose}"
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Purpose", says),
        ("Who decides", decides),
        ("Owner", (standing.owner if standing else "") or NOBODY),
        ("Stance", (standing.stance if standing else "") or "none declared"),
        ("Look again on", standing.expires_on.isoformat() if standing and standing.stance else ""),
        ("Outcome it serves", str(standing.outcome) if standing else ""),
    )
    kept = tuple(row for row in rows if row[1])
    return Table("What people declared about it", ("Of it", "Declared"), kept)


def _measured(ledger: Ledger, ritual: Ritual) -> tuple[Block, ...]:
    ((first, last, occurrences, noted, cancelled, people, minutes),) = ledger.sql(
        _MEASURED, {"ritual": ritual.key}, views=[RITUAL_LOADS]
    )
    days = (last - first).days
    cadence = (
        f"every {days / max(1, occurrences - 1):.0f} days on average" if occurrences > 1 else "once so far"
    )
    length = f", {float(minutes):.0f} minutes each" if minutes is not None else ""
    facts = Words(
        f"{occurrences:,} occurrences from {first} to {last}, {cadence}{length}; {cancelled:,} cancelled, "
        f"{noted:,} with minutes."
    )
    judged = empty_share.each(ledger).get(ritual.key)
    known = (
        Figure("PM hours in it", _hours(ledger, ritual, int(people))),
        Figure("Outputs of an occurrence", _outputs(ledger, ritual), _OUTPUTS),
        *((Figure("Occurrences with minutes that produced nothing", judged),) if judged else ()),
        *_kept(held_share.each(ledger), ritual, "Scheduled occurrences that were held"),
        *_kept(attendance_lapse.each(ledger), ritual, "Attendance, first to last third"),
    )
    return (facts, *known)


_OUTPUTS = "Decisions and actions; occurrences without minutes are left out, never counted as empty"


_MEASURED = """
select first_day, last_day, occurrences, noted, cancelled, people, hours_each * 60
from ritual_loads
where ritual = $ritual
"""


def _hours(ledger: Ledger, ritual: Ritual, people: int) -> Estimate:
    known = ritual_hours_each.each(ledger).get(ritual.key)
    if known is not None:
        return known
    because = "no calendar of a PM shows it" if not people else "fewer than five PMs sit in it"
    return Estimate.unknown(ritual_hours_each.UNIT, because=because)


def _outputs(ledger: Ledger, ritual: Ritual) -> Estimate:
    known = outputs_per_occurrence.each(ledger).get(ritual.key)
    return known or Estimate.unknown(outputs_per_occurrence.UNIT, because="no minutes of it are known")


def _kept(known: dict[str, Estimate], ritual: Ritual, label: str) -> tuple[Figure, ...]:
    one = known.get(ritual.key)
    return (Figure(label, one),) if one is not None and one.known else ()


def _told(history: list[RitualStance]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            f"{one.declared_at:%Y-%m-%d}", one.stance or "none", one.purpose, str(one.owner),
            str(one.decision_right), one.expires_on.isoformat() if one.stance else "",
            Behind(one.because[0], one.because[0].replace(" ", "/", 1)) if one.because else None,
        )
        for one in history
    ]  # fmt: skip
    columns = ("Declared", "Stance", "Meant to", "Owner", "Who decides", "Until", "Because of")
    return filled("Every declaration, the newest first", columns, rows)


def _ways(ritual: Ritual, standing: RitualStance | None, findings: tuple[Finding, ...]) -> Onward:
    on = {"ritual": ritual.key}
    ways: list[Doing | Elsewhere] = []
    ends = standing is not None and standing.stance == "exit"
    if ends:
        ways.append(Doing("Take the exit back", "exit_ritual", {**on, "undo": "yes"}))
        ways.append(Elsewhere("The proof of its exit", f"proof/exit-{ritual.key}"))
    if standing is None or not standing.purpose:
        ways.append(Doing("Say what it is for", "declare_purpose", on))
    if standing is None or not standing.decision_right or not standing.owner:
        ways.append(Doing("Say who holds it and who decides there", "name_owner", on))
    cited = next((one for one in findings if one.hours is not None), None)
    if cited is not None and not ends:
        ways.append(Doing("End it", "exit_ritual", {**on, "because": cited.code}))
    ways.append(Doing("Declare another stance", "set_stance", on))
    ways.append(Elsewhere("All rituals: the operating model", "operating-model"))
    return Onward(tuple(ways))
