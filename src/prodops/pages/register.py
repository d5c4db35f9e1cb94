"""The operating model as a register: who owns and decides, who was asked, what exits gave back."""

from __future__ import annotations

from prodops.actions.campaigns import asked, campaigns
from prodops.impact.returned_hours import UNIT, Returned, returned
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import Campaign
from prodops.pages.blocks import Cell, Figure, Section, Table, Words
from prodops.pages.wording import listed, many
from prodops.stats.telling import told
from prodops.views.ritual_loads import RITUAL_LOADS

OPEN_SHOWN = 12
UNSEEN = "Hours that moved into other meetings are not seen here: prodops proof looks for them."

SAME = "As the operating model shows it: hours that moved into other meetings are not seen in this number."


def campaign_sections(ledger: Ledger) -> tuple[Section, ...]:
    """The newest campaign: how many owners answered, and which rituals are open."""
    known = campaigns(ledger)
    return (_campaign(ledger, known[0]),) if known else ()


def _campaign(ledger: Ledger, one: Campaign) -> Section:
    rows = asked(ledger, one)
    open_ = [row for row in rows if not row.purpose]
    days = (one.due_on - ledger.today.date()).days
    when = f"closed on {one.closed_on}"
    if one.closed_on is None:
        when = f"due in {many(days, 'day')}" if days >= 0 else f"due {many(-days, 'day')} ago"
    heading = (
        f"Asked what it is for: {len(rows) - len(open_):,} of {many(len(rows), 'ritual')} answered, {when}"
    )
    table = Table(
        "Open, the rituals that ask most of PMs first",
        ("Ritual", "Owner", "By its name"),
        tuple(
            (row.title, row.owner or "nobody named", "" if row.guess == "unknown" else row.guess)
            for row in open_[:OPEN_SHOWN]
        ),
        empty="Every owner answered.",
        left_out=max(0, len(open_) - OPEN_SHOWN),
    )
    ways = Words(
        "Answer: prodops purpose RITUAL decide|align|learn|relate. All of them: prodops stance campaign",
        "quiet",
    )
    return Section(heading, (table, ways))


def exit_sections(ledger: Ledger) -> tuple[Section, ...]:
    """What each exit gave back, by calendars; said to be not yet known before four weeks have passed."""
    found = returned(ledger)
    if not found:
        return ()
    titles = {
        str(key): str(title)
        for key, title in ledger.sql(
            "select ritual, title from ritual_loads where big_enough", views=[RITUAL_LOADS]
        )
    }
    shown = [one for one in found if one.ritual in titles]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (titles[one.ritual], one.change.starts_on.isoformat(), one.weeks, one.hours, _state(one))
        for one in shown
    )
    columns = ("Ritual", "Exit from", "Weeks seen since", f"{UNIT} given back", "State")
    table = Table(
        "Hours in calendars before less hours after, by week; ended exits count until their end",
        columns,
        rows,
    )
    return (Section(_heading(shown, titles), (table, Words(UNSEEN, "quiet"))),) if shown else ()


def given_back(ledger: Ledger, of: Intervention | str) -> tuple[Section, ...]:
    """What one exit gave back, or every exit of a ritual: the same hours as in the operating model.

    Args:
        ledger: Where exits and calendars are.
        of: The change that was declared with the exit, or the ritual's key.
    """
    own = [one for one in returned(ledger) if of in (one.change, one.ritual)] if of else []
    if not own:
        return ()
    figures = [Figure(f"Given back since {one.change.starts_on}", one.hours) for one in own]
    note = UNSEEN if isinstance(of, str) else SAME
    return (Section("What its exit gave back", (*figures, Words(note, "quiet"))),)


def _heading(found: list[Returned], titles: dict[str, str]) -> str:
    known = [one for one in found if one.hours.known]
    if not known:
        return f"{many(len(found), 'ritual')} exited; what that gave back is not yet known"
    first = max(known, key=lambda one: one.hours.value or 0.0)
    others = f" and {many(len(known) - 1, 'other')}" if len(known) > 1 else ""
    hours = told(first.hours, with_n=False)
    return f"{many(len(found), 'ritual')} exited; {titles[first.ritual]}{others}: {hours}"


def _state(one: Returned) -> str:
    return f"ended on {one.change.ended_on}" if one.change.ended_on else "stands"


def without_decider(rows: list[tuple[str, str, str]]) -> str:
    """Which rituals that are meant to decide have nobody named who decides; empty when all have.

    Args:
        rows: Title, declared purpose and decision right of each.
    """
    titles = [title for title, purpose, right in rows if purpose == "decide" and not right]
    if not titles:
        return ""
    some = [*titles[:3], many(len(titles) - 3, "other")] if len(titles) > 3 else titles
    return f"Meant to decide, and nobody has said who decides: {listed(some)}."
