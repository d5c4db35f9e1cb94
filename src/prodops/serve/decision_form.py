"""A decision as people write it (in a file, a form, flags, a terminal) made into what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from prodops.actions.deciding import DIRECTIONS, KINDS, Draft, Piece
from prodops.actions.refusal import ActionRefusedError
from prodops.text.documents import DocumentError, read_yaml
from prodops.text.moments import MomentError, parse_day
from prodops.text.numbers import NumberError, parse_number

Fields = Mapping[str, object]
"""What was written under each name: text, lists of text, or for evidence mappings too."""

TEXTS = ("question", "chosen", "owner", "predict", "kill", "dissent", "stakes", "minuted", "answers")
DAYS = ("asked", "needed", "decided", "review", "resolves")
NUMBERS = ("low", "high", "level", "probability")
LISTS = ("option", *KINDS, "evidence")
OTHERS = ("data_says", "intuition_says", "reviewed_by", "reversible")
NAMES = frozenset((*TEXTS, *DAYS, *NUMBERS, *LISTS, *OTHERS))

SAME_AS = {
    "options": "option", "kill_if": "kill", "predicts": "predict", "prediction": "predict",
    "asked_on": "asked", "needed_on": "needed", "needed_by": "needed", "decided_on": "decided",
    "review_on": "review", "resolves_on": "resolves", "dri": "owner", "answers_question": "answers",
    "kill_criterion": "kill", "data_direction": "data_says", "intuition_direction": "intuition_says",
}  # fmt: skip
"""Other names for the same field, as people write them in files."""

SHORT = {"d": "data", "c": "customer", "i": "intuition", "a": "ai"}

LONGEST = 20_000
"""Characters of one field; a decision that needs more belongs into a document that it cites."""

_KIND = re.compile(r"\s*(\w+)\s*:\s*(.*)", re.DOTALL)
_REVIEWED = re.compile(r"[(\[]?\s*reviewed[ -]by:?\s+([^)\]]{1,200}?)\s*[)\]]?\s*$", re.IGNORECASE)
_OF = re.compile(r"(?:^|\s)@\s+(\S{1,400})\s*$")
_RANGE = re.compile(r"\s*([^:]{2,300}?)\s*:\s*(\S{1,40}?)\s*(?:\.\.|\bto\b|–)\s*(\S{1,40})\s*$")

TEMPLATE = """\
question: Which plan do we retire?
options: [Starter, Team, do nothing]
chosen: Starter
owner: dri@example.com            # who answers for it; you, when left out
asked: 2026-11-02                 # days as 2026-11-23
needed: 2026-12-01
review: 2027-02-20                # look again; a quarter ahead when left out
evidence:                         # each is data, customer, intuition or ai
  - "data: 4% of revenue, 31% of tickets @ dbt:metric:tickets"
  - "customer: eleven of twelve use the export alone"
  - "ai: summary of 120 tickets (reviewed by bob@example.com)"
data_says: for                    # for, against or none; or "against: Team"
intuition_says: against           # what you felt before the discussion
predict: tickets a week           # what number, and the interval it will lie in
low: 20
high: 60
level: 0.8                        # how sure of that
resolves: 2027-01-31
kill: more than 30 customers leave before the review
dissent: Sales would keep it for its renewals
reversible: yes
stakes: medium                    # low, medium or high
"""


def draft_of(fields: Fields) -> Draft:
    """The decision that is asked for.

    Raises:
        ActionRefusedError: A field is not known or cannot be read; the message says which.
    """
    given = _renamed(fields)
    texts = {name: _text(given, name) for name in TEXTS}
    days = {name: _day(given, name) for name in DAYS}
    numbers = {name: _number(given, name) for name in NUMBERS}
    data_says, data_toward = _direction(given, "data_says")
    intuition_says, intuition_toward = _direction(given, "intuition_says")
    predicts, low, high = _ranged(texts["predict"], numbers["low"], numbers["high"])
    return Draft(
        question=texts["question"], chosen=texts["chosen"], options=tuple(_list(given, "option")),
        owner=texts["owner"], asked_on=days["asked"], needed_on=days["needed"], decided_on=days["decided"],
        review_on=days["review"], evidence=tuple(_pieces(given)), data_says=data_says,
        data_toward=data_toward, intuition_says=intuition_says, intuition_toward=intuition_toward,
        predicts=predicts, low=low, high=high, level=0.8 if numbers["level"] is None else numbers["level"],
        probability=numbers["probability"], resolves_on=days["resolves"], kill_if=texts["kill"],
        dissent=texts["dissent"], reversible=_yes(given, "reversible"), stakes=texts["stakes"],
        minuted=texts["minuted"], asks=texts["answers"],
    )  # fmt: skip


def read_form(text: str) -> dict[str, object]:
    """The fields of a YAML file, as `TEMPLATE` writes them.

    Raises:
        ActionRefusedError: It is not YAML, or no list of fields.
    """
    try:
        documents = [one for one in read_yaml(text) if one is not None]
    except DocumentError as error:
        raise ActionRefusedError(f"The file is not YAML (line {error.line}: {error}). {_SEE}") from error
    if len(documents) != 1 or not isinstance(documents[0], dict):
        raise ActionRefusedError(f"The file holds no fields of one decision. {_SEE}")
    return {str(name): value for name, value in documents[0].items()}


def piece_of(written: object, *, kind: str = "", reviewed_by: str = "") -> Piece:
    """One piece of evidence: `data: what it says @ where it stands`, `ai: ... (reviewed by NAME)`.

    Args:
        written: The text, or a mapping of kind, says, of and reviewed_by.
        kind: Its kind, where the text does not begin with one.
        reviewed_by: Who reviewed it, where the text names nobody.

    Raises:
        ActionRefusedError: It has no kind.
    """
    if isinstance(written, dict):
        told = {str(name): str(value or "").strip() for name, value in written.items()}
        words = told.get("says", "") or told.get("words", "")
        reviewer = told.get("reviewed_by", "") or reviewed_by
        return Piece(
            kind=_kind(told.get("kind", kind)), words=words, of=told.get("of", ""), reviewed_by=reviewer
        )
    text = str(written).strip()
    begun = _KIND.match(text) if not kind else None
    if begun and SHORT.get(begun[1].casefold(), begun[1].casefold()) in KINDS:
        kind, text = begun[1], begun[2].strip()
    elif not kind:
        raise ActionRefusedError(
            f"{text[:60]!r} does not say what kind of evidence it is. "
            "Begin with data:, customer:, intuition: or ai:"
        )
    reviewed = _REVIEWED.search(text)
    text = text[: reviewed.start()].strip() if reviewed else text
    of = _OF.search(text)
    words = text[: of.start()].strip() if of else text
    reviewer = reviewed[1] if reviewed else reviewed_by if _kind(kind) == "ai" else ""
    return Piece(kind=_kind(kind), words=words, of=of[1] if of else "", reviewed_by=reviewer)


_SEE = "See how one is written: prodops decide --template"


def _renamed(fields: Fields) -> dict[str, object]:
    named = {SAME_AS.get(name, name): value for name, value in fields.items()}
    strange = sorted(set(named) - NAMES)
    if strange:
        raise ActionRefusedError(f"{strange[0]!r} is no field of a decision. {_SEE}")
    return named


def _text(fields: Fields, name: str) -> str:
    value = fields.get(name)
    if isinstance(value, (list, tuple, dict)):
        raise ActionRefusedError(f"{name} is one text, not several. {_SEE}")
    text = "" if value is None else str(value).strip()
    if len(text) > LONGEST:
        raise ActionRefusedError(
            f"{name} is longer than {LONGEST:,} characters. Cite a document instead: @ ADDRESS"
        )
    return text


def _list(fields: Fields, name: str) -> Iterable[str]:
    value = fields.get(name)
    several = value if isinstance(value, (list, tuple)) else str(value or "").splitlines()
    return [text for one in several if (text := str(one or "").strip()[:LONGEST])]


def _day(fields: Fields, name: str) -> date | None:
    value = fields.get(name)
    if isinstance(value, date):
        return value
    text = _text(fields, name)
    try:
        return parse_day(text) if text else None
    except MomentError as error:
        raise ActionRefusedError(f"{name}: {text!r} is no day. Write it as 2026-11-23.") from error


def _number(fields: Fields, name: str) -> float | None:
    value = fields.get(name)
    if isinstance(value, float):
        return value
    text = _text(fields, name)
    try:
        number = parse_number(text.removesuffix("%")) if text else None
    except NumberError as error:
        raise ActionRefusedError(f"{name}: {text!r} is no number.") from error
    return number / 100 if number is not None and text.endswith("%") and name in _SHARES else number


_SHARES = ("level", "probability")
_YES = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False, "": None}


def _yes(fields: Fields, name: str) -> bool | None:
    value = fields.get(name)
    text = str(value).casefold() if isinstance(value, bool) else _text(fields, name).casefold()
    if text not in _YES:
        raise ActionRefusedError(f"{name} is yes or no, not {text!r}.")
    return _YES[text]


def _direction(fields: Fields, name: str) -> tuple[str, str]:
    """`against: Team` as the direction and the option it points to."""
    says, _, toward = _text(fields, name).partition(":")
    folded = says.strip().casefold()
    if folded not in ("", *DIRECTIONS):
        raise ActionRefusedError(f"{says!r} is no direction. It is one of {', '.join(DIRECTIONS)}.")
    return folded, toward.strip()


def _ranged(text: str, low: float | None, high: float | None) -> tuple[str, float | None, float | None]:
    """`tickets a week: 20 to 60` as what is predicted and its interval, where that was not given apart."""
    found = _RANGE.match(text)
    if found is None or (low, high) != (None, None):
        return text, low, high
    try:
        return found[1], parse_number(found[2].removesuffix("%")), parse_number(found[3].removesuffix("%"))
    except NumberError:
        return text, low, high


def _pieces(fields: Fields) -> Iterable[Piece]:
    reviewed_by = _text(fields, "reviewed_by")
    for kind in KINDS:
        for one in _list(fields, kind):
            yield piece_of(one, kind=kind, reviewed_by=reviewed_by)
    evidence = fields.get("evidence")
    several = evidence if isinstance(evidence, (list, tuple)) else str(evidence or "").splitlines()
    for one in several:
        if isinstance(one, dict) or str(one or "").strip():
            yield piece_of(one, reviewed_by=reviewed_by)


def _kind(word: str) -> str:
    folded = word.strip().casefold()
    return SHORT.get(folded, folded)
