"""One PM's part of a sample: draw where none is open, show the blocks, take the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from prodops.actions.refusal import ActionRefusedError
from prodops.actions.time import close_sample, draw_sample, label_block
from prodops.ledger.declared_log import GateRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, PersonId, person_id
from prodops.ledger.store import Store
from prodops.ledger.time import LabelSample
from prodops.serve.settings import Settings
from prodops.serve.stated_day import marked
from prodops.views.label_answers import LABEL_ANSWERS
from prodops.views.label_rounds import LABEL_ROUNDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One block as its PM is asked about it.

    Attributes:
        block: The sampled block's id.
        title: As the calendar has it; empty when the entry is gone.
        starts_at: When it began.
        minutes: How long it was.
        people: How many were invited; 0 for a block of one's own.
        answered: Whether it was answered; with what is shown to nobody, who may not be that PM.
    """

    block: str
    title: str
    starts_at: datetime
    minutes: int
    people: int
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a sample is, for everybody together.

    Attributes:
        sample: Its id.
        starts_on: First day, in ISO 8601.
        ends_on: Last day.
        blocks: Blocks drawn.
        answered: Blocks answered.
        people: PMs asked.
        people_answered: PMs who answered one at least.
        finished: Whether its totals may be told.
    """

    sample: str
    starts_on: str
    ends_on: str
    blocks: int
    answered: int
    people: int
    people_answered: int
    finished: bool


class Labelling:
    """Samples and labels of a workspace."""

    def __init__(
        self, store: Store, settings: Settings, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        """Take the workspace's store."""
        self._store = store
        self._settings = settings
        self._clock = clock or settings.moment

    def draw(self, *, seed: str, weeks: int, each: int) -> LabelSample:
        """Draw a sample for all PMs.

        Raises:
            ActionRefusedError: It cannot be drawn.
        """
        records = draw_sample.propose(
            self._ledger(), seed=seed, at=self._clock(), by=self._settings.actor, weeks=weeks, each=each
        )
        self._append(records, draw_sample.gate)
        return next(one for one in records if isinstance(one, LabelSample))

    def open(self) -> str | None:
        """The sample that takes labels, if there is one."""
        return draw_sample.open_sample(self._ledger())

    def close(self) -> None:
        """Close the open sample, so that its totals are told.

        Raises:
            ActionRefusedError: None is open, or too few PMs have answered.
        """
        ledger = self._ledger()
        sample = draw_sample.open_sample(ledger)
        self._append(
            close_sample.propose(ledger, sample, at=self._clock(), by=self._settings.actor), close_sample.gate
        )

    def asked(self, me: str) -> tuple[PersonId, tuple[Asked, ...]]:
        """The pseudonym of a PM and the blocks that the open sample asks this PM about, the newest first.

        Args:
            me: The PM's address, or the name that the roster has.
        """
        ledger = self._ledger()
        sample = draw_sample.open_sample(ledger)
        person = _person(ledger, me)
        rows = ledger.sql(_ASKED, {"sample": sample or "", "person": person}, views=[LABEL_ANSWERS])
        found = tuple(
            Asked(block=block, title=title, starts_at=starts_at.replace(tzinfo=UTC), minutes=minutes,
                  people=people, answered=answered)
            for block, title, starts_at, minutes, people, answered in rows
        )  # fmt: skip
        return person, found

    def answer(self, person: PersonId, answers: Sequence[tuple[str, str]]) -> None:
        """Declare what a PM says about blocks of the sample, all of it or nothing.

        An answer corrects the one before; of two about one block the last counts.

        Args:
            person: The pseudonym of the PM.
            answers: Pairs of a sampled block and a leaf.

        Raises:
            ActionRefusedError: An answer is none, or the block is not this PM's.
        """
        ledger, at = self._ledger(), self._clock()
        labels = [
            label
            for block, leaf in dict(answers).items()
            for label in label_block.propose(ledger, block, leaf, at=at, by=person)
        ]
        self._append(labels, label_block.gate)

    def standings(self) -> tuple[Standing, ...]:
        """All samples, the newest first; what single people answered is nobody's to see."""
        rows = self._ledger().sql(_STANDINGS, views=[LABEL_ROUNDS])
        return tuple(
            Standing(sample=s, starts_on=str(first), ends_on=str(last), blocks=blocks, answered=answered,
                     people=people, people_answered=answered_by, finished=finished)
            for s, first, last, blocks, answered, people, answered_by, finished in rows
        )  # fmt: skip

    def _ledger(self) -> Ledger:
        return self._store.ledger(today=self._settings.today)

    def _append(self, records: Sequence[Declared], gate: Callable[[Ledger], list[str]]) -> None:
        try:
            self._store.append(marked(records, self._settings), gate=gate, today=self._settings.today)
        except GateRefusedError as refused:
            raise ActionRefusedError(" ".join(map(str, refused.objections))) from refused


def _person(ledger: Ledger, me: str) -> PersonId:
    """The PM of an address; of a written name where the roster knows one."""
    given = person_id(me)
    rows = ledger.sql("select person from person where named = $given order by id limit 1", {"given": given})
    return PersonId(rows[0][0]) if rows else given


_ASKED = """
select
    a.block,
    coalesce(m.title, '') as title,
    coalesce(m.starts_at, timestamp '1970-01-01 00:00:00') as starts_at,
    cast(coalesce((extract(epoch from m.ends_at) - extract(epoch from m.starts_at)) / 60, 0) as integer)
        as minutes,
    coalesce(m.invited_count, 0) as people,
    a.leaf is not null as answered
from label_answers a
left join meeting m on m.id = a.meeting
where a.sample = $sample and a.person = $person
order by m.starts_at desc, a.block
"""

_STANDINGS = """
select sample, starts_on, ends_on, asked, answered, asked_people, people, finished
from label_rounds
order by ends_on desc, sample
"""
