"""What the cells of a log of decisions say: days, numbers, yes and no, states and kinds of evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from prodops.ledger.reading import Problem, SourceFile, problem
from prodops.ledger.record import Citation
from prodops.text.moments import MomentError, parse_day
from prodops.text.named_tables import bare
from prodops.text.numbers import NumberError, parse_number

_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "tbd", "tba", "?", "null", "unknown"})
_STATES: Final = (
    ("superseded", r"supersed|superced|replaced|reversed|reverted|reopened|overturned"),
    ("withdrawn", r"withdrawn|abandon|cancel|not needed|dropped"),
    ("rejected", r"reject|declined|denied"),
    ("retired", r"deprecated|obsolete|retired|expired"),
    (
        "decided",
        r"decided|accepted|approved|agreed|made|done|closed|complete|implemented|final|active|standing",
    ),
    ("proposed", r"propos|draft|pending|open|review|needed|waiting|in progress|to do|new"),
)
_CLASSES: Final = (
    ("data", r"data|metric|analytic|experiment|a/b|ab test|quantitative|dashboard|number|benchmark"),
    ("customer", r"customer|user|interview|feedback|survey|research|support"),
    ("intuition", r"intuition|gut|opinion|judge?ment|experience|hippo|belief|hunch"),
    ("ai", r"\bai\b|llm|gpt|agent|copilot|generated|machine summary"),
)
_YES = frozenset({"yes", "y", "true", "1", "x", "happened", "planned"})
_NO = frozenset({"no", "n", "false", "0", "unplanned", "did not"})
_FOR = frozenset({"for", "pro", "supports", "support", "yes", "in favour", "in favor", "positive", "+"})
_AGAINST = frozenset({"against", "con", "contra", "opposes", "no", "negative", "opposed"})
_RIGHT = re.compile(r"\b(?:right|correct|good|success\w*|worked|yes)\b")
_WRONG = re.compile(r"\b(?:wrong|incorrect|bad|fail\w*|mistake|did not work|no)\b")
_BETWEEN = re.compile(r"\s*[;|\n]\s*")
_GUARDED = re.compile(r"'(?=[=+\-@])")


@dataclass(slots=True)
class Cells:
    """A row while it is read.

    Attributes:
        file: The file.
        locator: The row's place.
        said: What its fields say.
        notes: What was wrong with it.
    """

    file: SourceFile
    locator: str
    said: Mapping[str, str]
    notes: list[Problem] = field(default_factory=list)

    @property
    def cite(self) -> Citation:
        """Where it can be read again."""
        return Citation(self.file.name, self.locator)

    def text(self, name: str) -> str:
        """What a field says; nothing where it says that there is nothing.

        A leading apostrophe that keeps a spreadsheet from running a cell is none of the text.
        """
        text = self.said.get(name, "").strip()
        return "" if text.casefold() in _NOTHING else text[1:] if _GUARDED.match(text) else text

    def day(self, name: str) -> date | None:
        """A field's day; one that cannot be read is told and left out."""
        written = self.text(name)
        try:
            return parse_day(written) if written else None
        except MomentError as error:
            self.note("bad_date", f"{name}: {error}; read without it", "mend the date")
            return None

    def number(self, name: str) -> float | None:
        """A field's number; one that cannot be read is told and left out."""
        written = self.text(name)
        try:
            return parse_number(written.rstrip("% ")) if written else None
        except NumberError as error:
            self.note("bad_number", f"{name}: {error}; read without it", "write it as a plain number")
            return None

    def chance(self, name: str) -> float | None:
        """A field's probability, 0 to 1, written as a share or in percent."""
        number = self.number(name)
        if number is None:
            return None
        share = number / 100 if number > 1 or "%" in self.text(name) else number
        if 0 <= share <= 1:
            return share
        self.note("bad_number", f"{name}: {number:g} is no probability; read without it", "write 0 to 1")
        return None

    def yes(self, name: str) -> bool | None:
        """A field's yes or no; None where it says neither."""
        word = self.text(name).casefold()
        return True if word in _YES else False if word in _NO else None

    def direction(self, name: str) -> str:
        """Whether a field speaks for or against: for, against, none or empty."""
        word = self.said.get(name, "").strip().casefold().partition(":")[0].strip()
        known = {"for": _FOR, "against": _AGAINST, "none": {"none", "neutral", "neither", "silent", "mixed"}}
        return next((says for says, words in known.items() if word in words), "")

    def several(self, name: str) -> tuple[str, ...]:
        """The parts of a field that lists several things, between semicolons, bars or lines."""
        return tuple(dict.fromkeys(one for one in _BETWEEN.split(self.text(name)) if one))

    def note(self, code: str, says: str, remedy: str) -> None:
        """Tell that something was read otherwise than written."""
        self.notes.append(
            problem(self.file.name, self.locator, code, says=says[:160], remedy=remedy, lost=False)
        )


def state_of(status: str, *, decided: bool) -> str:
    """Our mapping of a status; where it says nothing, whether there is a decision decides."""
    word = bare(status)
    for state, words in _STATES:
        if word and re.search(words, word):
            return state
    return "decided" if decided else "proposed"


def evidence_of(text: str) -> tuple[str, ...]:
    """The kinds of evidence that a cell names."""
    folded = text.casefold()
    return tuple(kind for kind, words in _CLASSES if re.search(words, folded))


def turned_of(text: str) -> str:
    """How it turned out: right, wrong, unclear; empty where nothing is said."""
    folded = text.casefold()
    if not folded:
        return ""
    if _WRONG.search(folded):
        return "wrong"
    return "right" if _RIGHT.search(folded) else "unclear"
