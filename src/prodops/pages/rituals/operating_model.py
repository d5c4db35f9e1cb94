"""The operating model: what the records suggest beside what is declared, what runs out next, one outcome."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date

from prodops.diagnosis.operating_model import OUTCOME, ProposedStance, operating_model
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger, Row
from prodops.measures.rituals import ritual_hours_each
from prodops.measures.time import strategic_share
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
from prodops.pages.judged import judged
from prodops.pages.loaded import exports
from prodops.pages.register import campaign_sections, exit_sections, without_decider
from prodops.pages.tables import filled
from prodops.pages.wording import capital, listed, many
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.standing_stances import STANDING_STANCES

NAME = "operating-model"
SHOWN = 60

STANCES = ("own", "facilitate", "exit")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingModel(Page):
    """The operating model.

    Attributes:
        model: Every ritual's stance as declared or proposed.
        next_on: The day on which the next declared stance must be looked at again; None without any.
        changes: Changes that are declared.
    """

    model: tuple[ProposedStance, ...]
    next_on: date | None
    changes: tuple[Intervention, ...]


def page(ledger: Ledger) -> OperatingModel:
    """The operating model of a ledger."""
    model = operating_model(ledger, judged(ledger))
    changes = tuple(ledger.records(Intervention))
    next_on = min((one.expires_on for one in model if one.declared), default=None)
    sections = _sections(ledger, model, changes)
    return OperatingModel(
        name=NAME,
        title="Operating model",
        lead=_lead(model, next_on),
        sections=sections or (Section("How to start", (exports("rituals"),)),),
        version=ledger.version,
        today=ledger.today.date(),
        model=model,
        next_on=next_on,
        changes=changes,
    )


def _lead(model: tuple[ProposedStance, ...], next_on: date | None) -> str:
    if not model:
        return "No ritual of PMs is known yet, so there is no operating model to propose."
    declared = [one for one in model if one.declared]
    if not declared:
        return f"{many(len(model), 'stance')} proposed, none declared: it is a model once people say so."
    counts = Counter(one.stance for one in declared)
    said = ", ".join(f"{word} {counts[word]}" for word in STANCES if counts[word])
    until = f" The next is looked at again on {next_on}." if next_on else ""
    return f"{len(declared):,} of {many(len(model), 'ritual')} have a declared stance: {said}.{until}"


def _sections(
    ledger: Ledger, model: tuple[ProposedStance, ...], changes: tuple[Intervention, ...]
) -> tuple[Section, ...]:
    if not model and not changes:
        return ()
    return (
        Section("One outcome", _outcome(ledger)),
        *((Section(_heading(model), (_side_by_side(ledger, model),)),) if model else ()),
        *_expiring(ledger, model),
        *campaign_sections(ledger),
        *exit_sections(ledger),
        *_under_way(ledger, changes),
        *((Section("Declare it", _ways(model)),) if model else ()),
    )


def _outcome(ledger: Ledger) -> tuple[Block, ...]:
    share = strategic_share.measure(ledger)
    rows = ledger.sql(
        "select distinct outcome from standing_stances where stance <> ''", views=[STANDING_STANCES]
    )
    others = sorted({str(row[0]) for row in rows} - {OUTCOME})
    if share.known:
        now: Block = Figure(capital(OUTCOME), share, "Every stance serves this one number.")
    else:
        now = Words(f"Outcome: {OUTCOME}; not measured yet, because {share.because}.")
    if not others:
        return (now,)
    return (
        now,
        Words(
            f"Declared beside it: {listed(others)}. One outcome is followed better than several.", "warning"
        ),
    )


def _heading(model: tuple[ProposedStance, ...]) -> str:
    declared = [one for one in model if one.declared]
    against = sum(one.stance != one.proposed for one in declared)
    if not declared:
        return f"Proposed: {_counted([one.proposed for one in model])}"
    differ = f"{against:,} against what the records suggest" if against else "all as the records suggest"
    return f"{len(declared):,} of {len(model):,} declared, {differ}"


def _counted(words: list[str]) -> str:
    counts = Counter(words)
    return ", ".join(f"{word} {counts[word]}" for word in STANCES if counts[word])


def _side_by_side(ledger: Ledger, model: tuple[ProposedStance, ...]) -> Table:
    hours = ritual_hours_each.each(ledger)
    rows: list[tuple[Cell, ...]] = [
        (
            Elsewhere(one.title, f"charter/{one.ritual}"),
            Behind(one.proposed, one.because[0].replace(" ", "/", 1)) if one.because else one.proposed,
            _declared(one),
            one.expires_on.isoformat() if one.declared else "",
            hours.get(one.ritual),
            one.reason,
        )
        for one in model[:SHOWN]
    ]
    return filled(
        "The rituals that ask most of PMs first; an exit opens the finding that it rests on",
        (
            "Ritual",
            "Records suggest",
            "Declared",
            "Until",
            ritual_hours_each.UNIT,
            "Why it is suggested",
        ),
        rows,
        left_out=max(0, len(model) - SHOWN),
    )


def _declared(one: ProposedStance) -> Doing:
    """What is declared, leading to where it is declared as the records suggest."""
    ends = one.declared and one.stance == "exit"
    if one.proposed == "exit" and one.because and not ends:
        reason = one.because[0].partition(" ")[0]
        return Doing(_standing_now(one), "exit_ritual", {"ritual": one.ritual, "because": reason})
    return Doing(_standing_now(one), "set_stance", {"ritual": one.ritual, "stance": one.proposed})


def _standing_now(one: ProposedStance) -> str:
    if one.lapsed_on is not None:
        return f"ran out on {one.lapsed_on}"
    if not one.declared:
        return "not declared"
    return one.stance if one.stance == one.proposed else f"{one.stance} (differs)"


def _expiring(ledger: Ledger, model: tuple[ProposedStance, ...]) -> tuple[Section, ...]:
    """Declared stances by the day on which they must be looked at again, what ran out first."""
    titles: dict[str, str] = {one.ritual: one.title for one in model}
    titles |= dict(
        ledger.sql("select ritual, title from ritual_loads where big_enough", views=[RITUAL_LOADS])
    )
    rows = ledger.sql(_STANDING, views=[STANDING_STANCES])
    told = [row for row in rows if str(row[0]) in titles]
    if not told:
        return ()
    today = ledger.today.date()
    lapsed = sum(bool(row[4]) for row in told)
    cells = [_standing(row, titles[str(row[0])], today) for row in told[:SHOWN]]
    first = told[0]
    heading = (
        f"{many(lapsed, 'stance')} ran out and must be looked at again"
        if lapsed
        else f"Next to be looked at again: {titles[str(first[0])]} on {first[2]}"
    )
    columns = (
        "Ritual", "Stance", "Look again on", "Days", "Meant to", "Owner", "Who decides", "Because of"
    )  # fmt: skip
    table = filled("Declared stances by their day", columns, cells, left_out=max(0, len(told) - SHOWN))
    missing = without_decider([(titles[str(row[0])], str(row[3] or ""), str(row[7])) for row in told])
    calendar = Words("The days as a calendar: prodops stance due --ics FILE", "quiet")
    return (Section(heading, (table, *((Words(missing, "warning"),) if missing else ()), calendar)),)


def _standing(row: Row, title: str, today: date) -> tuple[Cell, ...]:
    _, stance, expires_on, purpose, gone, because, owner, right = row
    days = abs((expires_on - today).days)
    when = f"{many(days, 'day')} {'ago' if gone else 'left'}"
    return (
        title, str(stance), expires_on.isoformat(), when, str(purpose or ""), str(owner), str(right),
        _first_reason(str(because)),
    )  # fmt: skip


_STANDING = """
select ritual, stance, expires_on, purpose, lapsed, because, owner, decision_right
from standing_stances
where stance <> ''
order by expires_on, ritual
"""


def _first_reason(because: str) -> Cell:
    """The first finding that a stance rests on, opening its rows."""
    reasons = json.loads(because)
    return Behind(reasons[0], reasons[0].replace(" ", "/", 1)) if reasons else None


def _under_way(ledger: Ledger, changes: tuple[Intervention, ...]) -> tuple[Section, ...]:
    if not changes:
        return ()
    today = ledger.today.date()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.name,
            Behind(one.because[0], one.because[0].replace(" ", "/", 1)),
            one.starts_on.isoformat(),
            one.expected,
            one.reads_out_on.isoformat(),
            _state(one, today),
        )
        for one in sorted(changes, key=lambda one: (one.ended_on is not None, one.reads_out_on, one.id))
    )
    going = sum(one.ended_on is None for one in changes)
    table = Table(
        "Changes that were declared before they began",
        ("Change", "Because of", "From", "Expected", "Effect is read on", "State"),
        rows,
    )
    heading = (
        f"{many(going, 'change')} under way" if going else "No change is under way; what ended stays here"
    )
    return (Section(heading, (table,)),)


def _state(one: Intervention, today: date) -> str:
    if one.ended_on is not None:
        return f"ended on {one.ended_on}"
    if today < one.starts_on:
        return "planned"
    return "to be read now" if today >= one.reads_out_on else "under way"


def _ways(model: tuple[ProposedStance, ...]) -> tuple[Block, ...]:
    """What can be done, with rituals of this model filled in."""
    open_ = [one for one in model if not one.declared] or list(model)
    first = open_[0]
    leaving = next((one for one in open_ if one.proposed == "exit" and one.because), None)
    unclear = next((one for one in open_ if one.purpose == "unknown"), first)
    word = first.proposed if first.proposed != "exit" else "own"
    ways: list[Doing | Elsewhere] = [
        Doing("Accept or change a stance", "set_stance", {"ritual": first.ritual, "stance": word}),
        Doing("Say what a ritual is for", "declare_purpose", {"ritual": unclear.ritual}),
        Doing("Ask all owners at once", "start_campaign", {}),
        Elsewhere("All about one ritual", f"charter/{first.ritual}"),
    ]
    if leaving is not None:
        on = {"ritual": leaving.ritual, "because": leaving.because[0].partition(" ")[0]}
        ways.append(Doing("End one because of its finding", "exit_ritual", on))
    return (
        Onward(tuple(ways)),
        Words(
            "A stance runs out after half a year unless another day is said. An exit without a finding on "
            "the ritual is refused. The last declaration is taken back with: prodops stance RITUAL --undo",
            "quiet",
        ),
    )
