"""The help desk: conversations of Intercom with their parts, as its interface lists them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.feedback import SEGMENTS, SUPPORT
from prodops.simulate.letters import Letters
from prodops.simulate.names import plain
from prodops.simulate.stack import stack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prodops.simulate.feedback import Request
    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

FIRST_CONVERSATION, FIRST_ADMIN = 2_150_000, 61_000
CONTACTS_A_COMPANY = 3
BOT: dict[str, object] = {"type": "bot", "id": "1", "name": "Inbox rule"}
Json = dict[str, object]


def write(world: World, folder: Folder) -> None:
    """Write every conversation, one a line, where Intercom is the help desk."""
    if stack_of(world).desk == "intercom":
        folder.write("support/intercom.json", export(world))


def export(world: World) -> Iterator[str]:
    """The list of conversations; the pages of the interface joined into one."""
    asked = [request for request in world.feedback.requests if request.channel == SUPPORT]
    desk = _Desk(world)
    pages = '"pages":{"type":"pages","page":1,"total_pages":1,"next":null}'
    yield f'{{"type":"conversation.list",{pages},"total_count":{len(asked)},"conversations":[\n'
    yield ",\n".join(
        json.dumps(desk.conversation(request), ensure_ascii=False, separators=(",", ":")) for request in asked
    )
    yield "\n]}\n"


class _Desk:
    """One help desk as its export shows it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.until = world.period.exported_at
        self.letters = Letters(world, Dice(world.seed, "conversations"))
        self.agents = world.roster.groups["Support"]

    def conversation(self, request: Request) -> Json:
        """One conversation in its last state."""
        subject, text = self.letters.message(request)
        parts = list(self._parts(request))
        closed = self._known(request.closed)
        last = parts[-1]["created_at"] if parts else request.created * 60
        return {
            "type": "conversation",
            "id": str(FIRST_CONVERSATION + request.index),
            "created_at": request.created * 60,
            "updated_at": last,
            "waiting_since": None if parts else request.created * 60,
            "snoozed_until": None,
            "title": subject,
            "source": {
                "type": "email" if request.index % 3 else "conversation",
                "id": f"s{request.index}",
                "delivered_as": "customer_initiated",
                "subject": f"<p>{subject}</p>",
                "body": f"<p>{text}</p>",
                "author": self._contact(request),
            },
            "open": closed is None,
            "state": "open" if closed is None else "closed",
            "admin_assignee_id": FIRST_ADMIN + self._agent(request),
            "tags": {"type": "tag.list", "tags": self._tags(request)},
            "statistics": self._statistics(request),
            "conversation_parts": {
                "type": "conversation_part.list",
                "conversation_parts": parts,
                "total_count": len(parts),
            },
        }

    def _parts(self, request: Request) -> Iterator[Json]:
        """What happened after the message, in order of time."""
        answered, decided = self._known(request.answered), self._known(request.decided)
        if answered is not None and answered != decided:
            yield self._part(request, answered, "comment", self.letters.answer())
        if decided is not None:
            yield self._part(request, decided, "comment", self.letters.verdict(request.decision))
        closed = self._known(request.closed)
        if closed is None:
            return
        if request.closed_how == "auto_closed":
            texts = self.letters.texts
            yield self._part(request, closed, "close", texts.auto_close, author=BOT)
        elif request.closed_how == "merged":
            target = FIRST_CONVERSATION + request.repeats
            yield self._part(
                request, closed, "merged_secondary", self.letters.texts.merged.format(target=target)
            )
        else:
            words = "" if request.need >= 0 else self.letters.solution()
            yield self._part(request, closed, "close", words)

    def _part(
        self,
        request: Request,
        moment: int,
        kind: str,
        words: str,
        *,
        author: Json | None = None,
    ) -> Json:
        """One part of a conversation."""
        return {
            "type": "conversation_part",
            "id": f"{FIRST_CONVERSATION + request.index}{moment % 100_000}{len(kind)}",
            "part_type": kind,
            "body": f"<p>{words}</p>" if words else None,
            "created_at": moment * 60,
            "author": author or self._admin(request),
        }

    def _statistics(self, request: Request) -> Json:
        """When somebody first answered, and when it was closed."""
        answered, closed = self._known(request.answered), self._known(request.closed)
        return {
            "type": "conversation_statistics",
            "first_admin_reply_at": None if answered is None else answered * 60,
            "last_close_at": None if closed is None else closed * 60,
        }

    def _tags(self, request: Request) -> list[Json]:
        """Segment and kind of message."""
        names = (SEGMENTS[request.segment], "product feedback" if request.need >= 0 else "how to")
        return [{"type": "tag", "id": plain(name), "name": name} for name in names]

    def _contact(self, request: Request) -> Json:
        """Who wrote: one of a few of each customer."""
        number = request.index % CONTACTS_A_COMPANY + 1
        company = plain(self.world.companies[request.company])
        address = f"user{number}@{company}.example"
        return {"type": "user", "id": f"{company}-{number}", "name": f"user{number}", "email": address}

    def _admin(self, request: Request) -> Json:
        """Who of support looks after it."""
        agent = self._agent(request)
        person = self.world.roster.people[agent]
        return {"type": "admin", "id": str(FIRST_ADMIN + agent), "name": person.name, "email": person.email}

    def _agent(self, request: Request) -> int:
        """The index of that person in the roster."""
        return self.agents[request.index % len(self.agents)]

    def _known(self, moment: int | None) -> int | None:
        """A moment, if it had come by the day of the export."""
        return moment if moment is not None and moment <= self.until else None
