"""What a scribe writes down of one meeting, before it is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prodops.simulate.period import spoken_day

if TYPE_CHECKING:
    from prodops.simulate.blocks import Item
    from prodops.simulate.dice import Dice
    from prodops.simulate.texts.library import MinuteTexts

TALKED = 0.75
"""Share of items without an output that were at least talked about."""

PROMISED_DAYS = (3, 21)


@dataclass(frozen=True, slots=True)
class Written:
    """One agenda item as sentences.

    Attributes:
        matter: Its heading.
        talk: Sentences that settle nothing.
        decisions: Decisions that reached the minutes.
        actions: Actions that reached the minutes.
    """

    matter: str
    talk: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One meeting as its scribe has it.

    Attributes:
        ritual: Title of the ritual.
        day: The day it was held.
        present: Names of those who were there.
        regrets: Names of those who were not.
        items: Its agenda.
        not_held: What the file says when nobody came; empty otherwise.
    """

    ritual: str
    day: date
    present: tuple[str, ...]
    regrets: tuple[str, ...]
    items: tuple[Written, ...]
    not_held: str = ""


class Scribe:
    """Turns items into sentences."""

    def __init__(self, texts: MinuteTexts, dice: Dice) -> None:
        self.texts = texts
        self.dice = dice

    def item(self, item: Item, *, people: tuple[str, ...], day: date, told: bool) -> Written:
        """One item; `told` chooses prose over lines for a list or after a mark."""
        texts, dice = self.texts, self.dice
        talk = [dice.pick(texts.carried)] if item.carried else []
        if dice.chance(TALKED):
            talk.append(self._about(dice.pick(texts.talk), item))
        elif not (item.written_decisions or item.written_actions):
            talk.append(self._about(dice.pick(texts.empty), item))
        deciding = texts.decisions_told if told else texts.decisions
        acting = texts.actions_told if told else texts.actions
        owners = tuple(name.partition(" ")[0] for name in people) if told else people
        choices = dice.picks(texts.choices, item.written_decisions + 1)
        tasks = dice.picks(texts.tasks, item.written_actions)
        return Written(
            matter=item.matter,
            talk=tuple(talk),
            decisions=tuple(
                self._fill(dice.pick(deciding), item.area, owners, choice=choice, other=choices[-1])
                for choice in choices[: item.written_decisions]
            ),
            actions=tuple(
                self._fill(dice.pick(acting), item.area, owners, task=task, by=self._by(day))
                for task in tasks
            ),
        )

    def not_held(self) -> str:
        """What is written when nobody came."""
        return self.dice.pick(self.texts.not_held)

    def _about(self, pattern: str, item: Item) -> str:
        """A sentence about a matter; `Matter` stands at its beginning, `matter` within it."""
        within = item.matter
        if not within.startswith(item.area):
            within = within[:1].lower() + within[1:]
        return pattern.format(matter=within, Matter=item.matter)

    def _fill(self, pattern: str, area: str, owners: tuple[str, ...], **fields: str) -> str:
        """A sentence; `Choice` is `choice` at the beginning of one."""
        words = {name: value.format(area=area) for name, value in fields.items()}
        choice = words.get("choice", "")
        return pattern.format(**words, Choice=choice[:1].upper() + choice[1:], owner=self.dice.pick(owners))

    def _by(self, day: date) -> str:
        """A day by which something is promised."""
        return spoken_day(date.fromordinal(day.toordinal() + self.dice.whole(*PROMISED_DAYS)))
