"""The help desk: an incremental export of Zendesk with tickets, their audits, users and organisations."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.feedback import SEGMENTS, SUPPORT
from prodops.simulate.letters import Letters
from prodops.simulate.names import plain
from prodops.simulate.period import iso
from prodops.simulate.stack import stack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.feedback import Request
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

FIRST_TICKET, FIRST_AGENT, FIRST_REQUESTER, FIRST_COMPANY = 10_000, 7_000, 100_000, 500_000
REQUESTERS_A_COMPANY = 3
SOLVED_BEFORE_CLOSED_MINUTES = 4 * 1440
"""A solved ticket is closed for good some days later; the export shows which it is by then."""

Json = dict[str, object]
RULE: Json = {
    "channel": "rule",
    "source": {
        "from": {"title": "Close tickets after 60 days without activity", "deleted": False},
        "rel": "automation",
    },
}
MERGE: Json = {"channel": "web", "source": {"from": {}, "rel": "merge"}}
WEB: Json = {"channel": "web", "source": {"from": {}, "rel": None}}


def write(world: World, folder: Folder) -> None:
    """Write the export as one file, an entry a line, where Zendesk is the help desk."""
    if stack_of(world).desk == "zendesk":
        folder.write("support/zendesk.json", export(world))


def export(world: World) -> Iterator[str]:
    """The file in pieces."""
    tickets = [request for request in world.feedback.requests if request.channel == SUPPORT]
    desk = _Desk(world)
    cursor = base64.b64encode(f"{world.period.exported_at * 60}.0||{FIRST_TICKET}".encode()).decode()
    yield f'{{"after_cursor":"{cursor}","after_url":null,"end_of_stream":true,"tickets":[\n'
    yield ",\n".join(desk.ticket(request) for request in tickets)
    yield '\n],"audits":[\n'
    yield ",\n".join(audit for request in tickets for audit in desk.audits(request))
    yield '\n],"users":[\n'
    yield ",\n".join(desk.users(tickets))
    yield '\n],"organizations":[\n'
    yield ",\n".join(desk.organizations(tickets))
    yield "\n]}\n"


class _Desk:
    """One help desk as its export shows it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.until = world.period.exported_at
        self.dice = Dice(world.seed, "help desk")
        self.letters = Letters(world, self.dice)
        self.agents = world.roster.groups["Support"]
        self.next_audit = 900_000

    def ticket(self, request: Request) -> str:
        """One ticket in its last state."""
        subject, text = self.letters.message(request)
        asks = request.need >= 0
        tags = [SEGMENTS[request.segment], "product_feedback" if asks else "how_to"]
        if self._known(request.decided):
            tags.append(f"decision_{request.decision}")
        closed = self._known(request.closed)
        if closed and request.closed_how == "merged":
            tags.append("closed_by_merge")
        if closed and request.closed_how == "auto_closed":
            tags.append("auto_closed")
        last = [
            moment for moment in (request.answered, request.decided, request.closed) if self._known(moment)
        ]
        ticket: Json = {
            "id": FIRST_TICKET + request.index,
            "created_at": iso(request.created),
            "updated_at": iso(max((moment for moment in last if moment), default=request.created)),
            "subject": subject,
            "description": text,
            "status": self._status(request),
            "type": "task" if asks else "question",
            "priority": self.dice.pick(("low", "normal", "normal", "high")),
            "requester_id": _requester(request),
            "submitter_id": _requester(request),
            "assignee_id": FIRST_AGENT + self._agent(request),
            "organization_id": FIRST_COMPANY + request.company,
            "tags": tags,
            "via": {"channel": "web" if request.index % 3 else "chat"},
        }
        return _line(ticket)

    def audits(self, request: Request) -> Iterator[str]:
        """What happened to a ticket, as far as the export knows."""
        answered, decided, closed = request.answered, request.decided, request.closed
        if answered is not None and answered <= self.until and answered != decided:
            yield self._audit(request, answered, [_comment(self.letters.answer())])
        if decided is not None and decided <= self.until:
            verdict = _comment(self.letters.verdict(request.decision))
            yield self._audit(request, decided, [verdict])
        if closed is not None and closed <= self.until:
            yield self._ending(request, closed)

    def users(self, tickets: list[Request]) -> Iterator[str]:
        """Agents first, then everybody who wrote."""
        for agent in self.agents:
            person = self.world.roster.people[agent]
            yield _line(
                {"id": FIRST_AGENT + agent, "name": person.name, "email": person.email, "role": "agent"}
            )
        for user, company in sorted({(_requester(request), request.company) for request in tickets}):
            email = f"user{user % REQUESTERS_A_COMPANY + 1}@{plain(self.world.companies[company])}.example"
            yield _line({"id": user, "name": email.partition("@")[0], "email": email, "role": "end-user"})

    def organizations(self, tickets: list[Request]) -> Iterator[str]:
        """The customers who wrote."""
        for company in sorted({request.company for request in tickets}):
            yield _line({"id": FIRST_COMPANY + company, "name": self.world.companies[company]})

    def _ending(self, request: Request, moment: int) -> str:
        """How a ticket ended: solved by an agent, merged into another, or closed by the rule."""
        if request.closed_how == "merged":
            target = self.letters.texts.merged.format(target=FIRST_TICKET + request.repeats)
            changes = [_comment(target, public=False), _change("closed")]
            return self._audit(request, moment, changes, via=MERGE)
        if request.closed_how == "auto_closed":
            comment = _comment(self.letters.texts.auto_close)
            return self._audit(request, moment, [comment, _change("closed")], via=RULE, author=-1)
        words = [] if request.need >= 0 else [_comment(self.letters.solution())]
        return self._audit(request, moment, [*words, _change("solved")])

    def _audit(
        self, request: Request, moment: int, events: list[Json], *, via: Json | None = None, author: int = 0
    ) -> str:
        """One update of a ticket."""
        self.next_audit += 10
        who = author or FIRST_AGENT + self._agent(request)
        for number, event in enumerate(events):
            event["id"] = self.next_audit + number + 1
            if event["type"] == "Comment":
                event["author_id"] = who
        return _line(
            {
                "id": self.next_audit,
                "ticket_id": FIRST_TICKET + request.index,
                "created_at": iso(moment),
                "author_id": who,
                "via": via or WEB,
                "events": events,
            }
        )

    def _status(self, request: Request) -> str:
        """The status on the day of the export."""
        if request.closed is None or request.closed > self.until:
            return "open" if self._known(request.answered) else "new"
        if request.closed_how == "solved" and request.closed + SOLVED_BEFORE_CLOSED_MINUTES > self.until:
            return "solved"
        return "closed"

    def _agent(self, request: Request) -> int:
        """Who looks after a ticket."""
        return self.agents[request.index % len(self.agents)]

    def _known(self, moment: int | None) -> bool:
        """Whether a moment had come by the day of the export."""
        return moment is not None and moment <= self.until


def _requester(request: Request) -> int:
    """The user who wrote: one of a few of each customer."""
    return FIRST_REQUESTER + request.company * REQUESTERS_A_COMPANY + request.index % REQUESTERS_A_COMPANY


def _comment(words: str, *, public: bool = True) -> Json:
    """A comment."""
    return {"type": "Comment", "body": words, "public": public}


def _change(status: str) -> Json:
    """A change of status."""
    return {"type": "Change", "field_name": "status", "value": status, "previous_value": "open"}


def _line(value: Json) -> str:
    """One object on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
