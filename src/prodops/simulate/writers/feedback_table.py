"""Messages of the form, of e-mail and of sales, and of support where it has no desk of its own: a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.feedback import CHANNELS, SEGMENTS, SUPPORT
from prodops.simulate.letters import Letters
from prodops.simulate.period import iso
from prodops.simulate.stack import stack_of

if TYPE_CHECKING:
    from prodops.simulate.feedback import Request
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

HEADER = (
    *("id", "created", "first answer", "decided", "decision", "closed", "closed how", "duplicate of"),
    *("observed until", "channel", "segment", "product", "company", "subject", "text"),
)


def write(world: World, folder: Folder) -> None:
    """Write what was known on the day of the export."""
    folder.write("feedback/requests.csv", export(world, with_support=stack_of(world).desk == "table"))


def export(world: World, *, with_support: bool) -> str:
    """The table, with the tickets of support or without them."""
    letters = Letters(world, Dice(world.seed, "letters"))
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADER)
    for request in world.feedback.requests:
        if with_support or request.channel != SUPPORT:
            table.writerow(_row(world, request, letters))
    return out.getvalue()


def _row(world: World, request: Request, letters: Letters) -> tuple[str, ...]:
    """One message, its future left out."""
    until = world.period.exported_at
    subject, text = letters.message(request)
    closed = request.closed is not None and request.closed <= until
    decided = request.decided is not None and request.decided <= until
    return (
        name_of(request),
        iso(request.created),
        _known(request.answered, until),
        _known(request.decided, until),
        request.decision if decided else "",
        _known(request.closed, until),
        request.closed_how if closed else "",
        name_of(world.feedback.requests[request.repeats])
        if closed and request.closed_how == "merged"
        else "",
        iso(until),
        CHANNELS[request.channel].name,
        SEGMENTS[request.segment],
        world.roster.teams[request.team].name,
        world.companies[request.company],
        subject,
        text,
    )


def name_of(request: Request) -> str:
    """The board's own number of a message."""
    return f"REQ-{request.index + 1:06d}"


def _known(moment: int | None, until: int) -> str:
    """A moment, if it had come by the day of the export."""
    return iso(moment) if moment is not None and moment <= until else ""
