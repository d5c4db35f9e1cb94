"""A decision asked for in a terminal: a dozen questions, most of them answered by Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from prodops.actions.deciding import REVIEW_AFTER_DAYS
from prodops.actions.refusal import ActionRefusedError
from prodops.serve.decision_form import draft_of, piece_of

NOTHING = "do nothing"
YOU = "you"


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in a terminal.

    Attributes:
        ask: Shows a question with its default and gives what was typed; the default for nothing.
        say: Tells something.
    """

    ask: Callable[[str, str], str]
    say: Callable[[str], None]


def asked_for(talk: Talk, *, today: date, question: str = "") -> dict[str, object]:
    """The fields of a decision, asked one by one; what cannot be read is asked again.

    Args:
        talk: The conversation.
        today: The day of the decision.
        question: What was asked, when it is known already.
    """
    talk.say("A decision in twelve questions; Enter takes what stands in brackets or goes on.")
    fields: dict[str, object] = {"question": question or _until(talk, "1 What was the question?")}
    options = _several(talk, "2 What was possible, the choice among it? One option a line; Enter ends.")
    options += [] if any(one.casefold() == NOTHING for one in options) else [NOTHING]
    fields["option"] = options
    for number, one in enumerate(options, start=1):
        talk.say(f"   {number} {one}")
    fields["chosen"] = _chosen(talk, options)
    owner = talk.ask("4 Who answers for it?", YOU)
    fields["owner"] = None if owner == YOU else owner
    _checked(talk, fields, "asked", "5 On which day was it asked?", str(today))
    talk.say(
        "6 What does it rest on? d: data, c: customers, i: intuition, a: AI (reviewed by NAME); Enter ends."
    )
    fields["evidence"] = _evidence(talk)
    _checked(talk, fields, "data_says", "7 Does data speak for it, against it, or neither?", "none")
    _checked(talk, fields, "intuition_says", "8 And your intuition, before you talked?", "none")
    _predicted(talk, fields, today)
    fields["kill"] = talk.ask("10 What would end it before its review?", "")
    review = today + timedelta(days=REVIEW_AFTER_DAYS)
    _checked(talk, fields, "review", "11 When do you look at it again?", str(review))
    fields["dissent"] = talk.ask("12 What would those say who would have chosen otherwise?", "")
    return fields


def _predicted(talk: Talk, fields: dict[str, object], today: date) -> None:
    _checked(talk, fields, "predict", '9 What number will come? "tickets a week: 20 to 60"', "")
    if not fields["predict"]:
        return
    if draft_of(fields).low is None:
        _checked(talk, fields, "probability", "  How likely is that, in percent?", "70%")
    later = today + timedelta(days=REVIEW_AFTER_DAYS)
    _checked(talk, fields, "resolves", "  On which day can that be checked?", str(later))


def _checked(talk: Talk, fields: dict[str, object], name: str, text: str, default: str) -> None:
    while True:
        fields[name] = talk.ask(text, default)
        try:
            draft_of({**fields, "evidence": ()})
        except ActionRefusedError as refused:
            talk.say(f"   {refused}")
        else:
            return


def _until(talk: Talk, text: str) -> str:
    while not (said := talk.ask(text, "")):
        pass
    return said


def _several(talk: Talk, text: str) -> list[str]:
    talk.say(text)
    found: list[str] = []
    while (said := talk.ask("  ", "")) or not found:
        found += [said] if said else []
    return found


def _chosen(talk: Talk, options: list[str]) -> str:
    while True:
        said = talk.ask("3 Which was chosen? Its number", "1")
        if said.isdecimal() and 0 < int(said) <= len(options):
            return options[int(said) - 1]
        if said in options:
            return said


def _evidence(talk: Talk) -> list[str]:
    found: list[str] = []
    while (said := talk.ask("  ", "")) or not found:
        if not said:
            talk.say("   One line at least; if it was a feeling: i: what it felt like")
            continue
        try:
            piece = piece_of(said)
        except ActionRefusedError as refused:
            talk.say(f"   {refused}")
            continue
        if piece.kind == "ai" and not piece.reviewed_by:
            talk.say("   AI evidence needs reviewed-by: end the line with (reviewed by NAME)")
            continue
        found.append(said)
    return found
