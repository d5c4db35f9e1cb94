"""The words of customers' messages and of the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.dice import Dice
    from prodops.simulate.feedback import Request
    from prodops.simulate.world import World

REASONED = 0.7
"""Share of messages that say why it matters."""


class Letters:
    """Writes messages and answers of one organisation."""

    def __init__(self, world: World, dice: Dice) -> None:
        self.world = world
        self.texts = world.texts.requests
        self.dice = dice

    def message(self, request: Request) -> tuple[str, str]:
        """Subject and body of a message."""
        dice, texts = self.dice, self.texts
        if request.need < 0:
            subject, body = dice.pick(texts.questions)
            return subject, body
        area = self.world.roster.teams[request.team].name
        company = self.world.companies[request.company]
        subject, ways = texts.needs[request.need]
        asking = dice.pick(ways).format(area=area)
        parts = [
            dice.pick(texts.openings).format(company=company),
            dice.pick(texts.again) if request.repeats >= 0 else "",
            f"{asking[:1].upper()}{asking[1:]}.",
            dice.pick(texts.reasons) if dice.chance(REASONED) else "",
            dice.pick(texts.closings),
        ]
        return f"{subject} in {area}", " ".join(part for part in parts if part)

    def answer(self) -> str:
        """A first answer."""
        return self.dice.pick(self.texts.answers)

    def verdict(self, decision: str) -> str:
        """An answer that decides: yes, no or later."""
        return self.dice.pick(
            {"yes": self.texts.yes, "no": self.texts.no, "later": self.texts.later}[decision]
        )

    def solution(self) -> str:
        """An answer that solves a plain question."""
        return self.dice.pick(self.texts.solved)
