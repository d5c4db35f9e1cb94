"""Which Graph events belong together: a series, its occurrences, and older copies of either."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prodops.connectors.graph.events import MASTER, OCCURRENCE, SINGLE, Event, Invited

BEYOND = timedelta(weeks=13)
"""How far past the newest thing in the file a series without end is read: a quarter."""

_FAR_AHEAD = timedelta(days=2 * 365)


@dataclass(frozen=True, slots=True)
class Found:
    """An event that was read, and its place in the file."""

    event: Event
    locator: str


@dataclass(slots=True)
class Family:
    """All events of one invitation.

    Attributes:
        uid: What they share.
        master: The event itself or its series, if the file has it.
        instances: Occurrences and exceptions by stamp.
        older: Copies that others replace.
    """

    uid: str
    master: Found | None = None
    instances: dict[str, Found] = field(default_factory=dict)
    older: list[Found] = field(default_factory=list)

    @property
    def lists_occurrences(self) -> bool:
        """Whether the file lists the occurrences, so that none are to be made."""
        return any(found.event.kind == OCCURRENCE for found in self.instances.values())

    @property
    def people_from(self) -> Found:
        """The event whose list of people is that of the invitation."""
        return self.master or next(iter(self.instances.values()))

    @property
    def is_endless(self) -> bool:
        """Whether occurrences must be made of a series without end."""
        pattern = self.master.event.pattern if self.master else None
        return pattern is not None and not pattern.ends and not self.lists_occurrences

    def add(self, found: Found) -> None:
        """Take an event in; of two copies the one changed last is kept, else the first."""
        stands_alone = found.event.kind in {MASTER, SINGLE}
        known = self.master if stands_alone else self.instances.get(found.event.stamp)
        kept = found
        if known is not None:
            kept = found if _is_newer(found, known) else known
            self.older.append(known if kept is found else found)
        if stands_alone:
            self.master = kept
        else:
            self.instances[found.event.stamp] = kept


def gather(events: Iterable[Found]) -> dict[str, Family]:
    """Families by UID.

    An occurrence goes to the series whose id it names, if that is in the file; otherwise occurrences that
    name the same series keep together under the UID of the first.
    """
    events = list(events)
    uids = {
        found.event.key: found.event.uid for found in events if found.event.kind == MASTER and found.event.key
    }
    families: dict[str, Family] = {}
    for found in events:
        event = found.event
        uid = uids.setdefault(event.master_key, event.uid) if event.master_key else event.uid
        families.setdefault(uid, Family(uid)).add(found)
    return families


def find_horizon(events: Iterable[Event]) -> datetime | None:
    """How far the file speaks: 13 weeks after its newest change or the latest start of a single event.

    A start more than two years after the newest change is a placeholder and does not count.
    """
    events = list(events)
    changes = [event.revised_at for event in events if event.revised_at]
    starts = [event.starts_at for event in events if event.kind != MASTER]
    newest, latest = max(changes, default=None), max(starts, default=None)
    if newest and latest and latest > newest + _FAR_AHEAD:
        latest = None
    known = [moment for moment in (newest, latest) if moment]
    return max(known) + BEYOND if known else None


def same_people(one: tuple[Invited, ...], other: tuple[Invited, ...]) -> bool:
    """Whether two lists name the same people with the same answers."""
    return one is other or set(one) == set(other)


def _is_newer(found: Found, known: Found) -> bool:
    now, before = found.event.revised_at, known.event.revised_at
    return now is not None and (before is None or now > before)
