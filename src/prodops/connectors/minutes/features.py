"""What a statement looks like: the constructions by which people record what is settled and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from prodops.connectors.minutes import phrases
from prodops.connectors.minutes.constructions import BINDING, HEDGES, PATTERNS, SETTLING, STARTING
from prodops.connectors.minutes.mentions import KNOWN, mentioned
from prodops.connectors.minutes.statements import Statement, is_assent, is_proposal
from prodops.connectors.minutes.subjects import ends_with_owner, later_subject, subject_of
from prodops.text.words import fold

_SHORT_WORDS, _LONG_WORDS = 5, 30
_CARRIED_VOTES = 3
_APPROVING = re.compile(
    r"\bapprov\w+\b.{0,40}\bminutes\b|\bminutes\b.{0,30}\bapprov|\b(?:minutes|agenda) (?:approval|acceptance)"
)
_ACTING = re.compile(r"\b(?:action|next steps?|follow[- ]?ups?|to-?dos?|assign|owner)")
_REPORTING = re.compile(
    r"\b(?:update|report|announcement|news|status|demo|intro|background|summary|overview|recap)"
)
_SETTLED = re.compile(
    r"\bno (?:\w+ )?(?:objections?|concerns?)|\bhearing none|^agreed\b|\bconsensus\b|^(?:ok|okay|yes|sounds good|done)\b"
)
_PUT = re.compile(
    r"\bpropos|\bobjection|\b(?:ok|okay|fine) with\b.*\?|\bagree\b.*\?|\bconsensus\b.*\?|\bconcerns?\b.*\?|\bany one against"
)
_ASKED = re.compile(
    r"\b(?:can|could|would|will) (?:you|someone|anyone|somebody|\w+) (?!be\b)\w+.*\?|\bwho (?:can|will|wants|is going)\b|\bvolunteers?\b"
    r"|\bare you\b.*\?|\bassign\b|\bneeds? (?:an )?owner"
)
_DOABLE = re.compile(
    r"\b(?:merg|clos|mov|keep|leav|drop|remov|approv|accept|adopt|renam|postpon|defer|cancel|publish|ready|ok to|okay to|go ahead|objection"
    r"|concern|agree|allow|support|continue|do we|should we|can we|shall we)\w*\b.*\?"
)
_ANSWERED = re.compile(r"^\W*(?:yes|yep|no|nope|none|done|agreed|ok|okay|merged|closed|silence)\b")
_TAKEN_ON = re.compile(r"(?:will do|yes|sure|on it|ok\b|can do|happy to|i can|i will|i'll|me\b|done)")
_GROUPS = {
    **{who: who for who in ("name", "capital", "i", "we")},
    **dict.fromkeys(("he", "she", "they"), "he"),
}
_FULL_NAME = re.compile(
    r"\W*[A-Z][^\W\d_A-Z]+ (?:[A-Z]\. )?[A-Z][^\W\d_]+(?: (?:and|&) [A-Z][^\W\d_A-Z]+(?: [A-Z][^\W\d_]+)?)? (?:will|to)\b"
)
_LATER_CLAUSE = re.compile(r"(?:\s+-+>?\s+|[;:)\]]\s+)")
_SO = re.compile(r"[,;.] (?:and )?(?:so|hence|therefore|thus|as of now,?) (?!that\b|far\b)")
_OF_THE_REASON = frozenset({"negated", "past", "if", "conditional", "perfect"})
"""Hedges that say nothing about what follows from them: `Bo is not here, so we will postpone it`."""
_AGREEING = re.compile(r"(?:\w+ly )?(?:agreed?|yes|yeah)\b(?! to\b)")
_SURE = frozenset({"outcome_label", "ends_settled", "under_outcome"})
_TAKEN_BACK_BY_LABEL = frozenset({"opinion", "might", "should", "negated", "if"})
_LABELS = {
    "goal": "goal_label", "goals": "goal_label", "agenda": "goal_label", "proposal": "proposal_label", "motion": "proposal_label",
    "proposed": "proposal_label", "option": "proposal_label", "idea": "proposal_label", "alternative": "proposal_label",
    "suggestion": "proposal_label", "question": "note_label", "q": "note_label", "a": "note_label", "note": "note_label",
    "background": "note_label", "context": "note_label", "issue": "note_label", "concern": "note_label", "recap": "note_label",
    "example": "note_label", "reminder": "note_label", "fyi": "note_label", "volunteers": "owner_label",
    "volunteer": "owner_label", "owner": "owner_label", "owners": "owner_label", "lead": "owner_label",
}  # fmt: skip


ALONE: Final = "alone_"
"""Begins what is said of the wider language of decisions where it stands alone."""


def features_of(statement: Statement, kind: str, *, names: frozenset[str], formal: bool) -> frozenset[str]:
    """The names of the features that a statement has, for `decision` or `action`.

    Args:
        statement: The sentence and its surroundings.
        kind: decision or action.
        names: What the people of the meeting are called, in lower case.
        formal: Whether the minutes are a scribe's log in which proposals are put and voted on.

    Returns:
        The names. Of a decision, the wider language counts only where no usual construction settles anything.
    """
    found = frozenset(_constructions(statement, kind, names=names, formal=formal))
    if kind == "action":
        return found.union(_backing(found, BINDING | phrases.BINDING, HEDGES | phrases.HEDGES))
    known = found - frozenset(phrases.PHRASES["decision"])
    if known & SETTLING:
        kept = _kept(found & phrases.SETTLING)
        return (known - kept).union(_backing(found - kept, SETTLING, HEDGES | phrases.HEDGES))
    alone = found & phrases.SETTLING
    if not alone:
        return known
    kept = _kept(alone)
    said = {*_backing(found, alone, HEDGES | phrases.HEDGES), *(found & phrases.HEDGES - kept)}
    return (known - kept) | alone | {ALONE + name for name in said}


def _kept(strong: frozenset[str]) -> frozenset[str]:
    """The hedges that belong to the constructions and take nothing back."""
    return frozenset[str]().union(*(phrases.NOT_TAKEN_BACK.get(name, ()) for name in strong))


def _backing(found: frozenset[str], standing: frozenset[str], hedges: frozenset[str]) -> Iterator[str]:
    """How much the constructions that stand on their own are taken back, and how many there are."""
    strong = found & standing
    if not strong:
        return
    sure = _TAKEN_BACK_BY_LABEL if found & _SURE else frozenset()
    count = len(found & hedges - _kept(strong) - sure)
    yield "plainly" if not count else "hedged" if count == 1 else "hedged_twice"
    if len(strong) > 1:
        yield "twice"
    if strong & phrases.FIRM and not count:
        yield "firmly"


def _constructions(statement: Statement, kind: str, *, names: frozenset[str], formal: bool) -> Iterator[str]:
    text = statement.folded
    label = _LABELS.get(statement.speaker.casefold())
    if label == "goal_label":
        yield label  # what a meeting sets out to do is never what came of it
        return
    tail = _SO.split(text)[-1]
    for name, pattern in PATTERNS[kind].items():
        if pattern.search(tail if name in _OF_THE_REASON else text):
            yield name
    yield from _phrases(statement, kind, names)
    for clause in _LATER_CLAUSE.split(text)[1:]:
        yield from (name for name, of in STARTING if of == kind and PATTERNS[kind][name].search(clause))
    length = len(text.split())
    if length < _SHORT_WORDS or length > _LONG_WORDS:
        yield "short" if length < _SHORT_WORDS else "long"
    if statement.proposed:
        yield "proposed_before"
    if label or statement.speaker:
        yield label or "spoken"
    who, how = subject_of(statement.words, names)
    if kind == "decision":
        yield from _decision_context(statement, formal=formal, person=statement.speaker.casefold() in names)
        yield (
            "we_subject"
            if who == "we"
            else "person_subject"
            if who in ("name", "i", "he", "she")
            else "thing_subject"
        )
    else:
        yield from _action_context(statement, who, how, names)


def _phrases(statement: Statement, kind: str, names: frozenset[str]) -> Iterator[str]:
    """The wider language, read with people as signs; some of it with the label before the colon."""
    capital = subject_of(statement.words, names)[0] == "capital"
    signs = mentioned(statement.words, names, first=capital)
    speaker = statement.speaker if statement.first else ""
    label = KNOWN if speaker.casefold() in names else fold(speaker)
    labelled = f"{label}: {signs}" if label else signs
    for name, pattern in phrases.PHRASES[kind].items():
        if pattern.search(labelled if name in phrases.LABELLED else signs):
            yield name


def _decision_context(statement: Statement, *, formal: bool, person: bool) -> Iterator[str]:
    votes = statement.assents - 2 * statement.dissents
    if formal:
        yield "formal"
    if is_proposal(statement.folded):
        yield "proposal"
        yield "proposal_voted" if votes > 1 else "proposal_answered" if votes > 0 else "proposal_open"
    elif votes > 0:
        yield "voted" if votes >= _CARRIED_VOTES else "answered_yes"
    if is_assent(statement.folded):
        yield "assent"
    if person and _AGREEING.match(statement.folded):
        yield "agree_spoken"
    if _APPROVING.search(statement.title):
        yield "approving"
    yield from _decision_around(statement)


def _decision_around(statement: Statement) -> Iterator[str]:
    """What the label above, the line before and the line after say about a decision."""
    if statement.under and PATTERNS["decision"]["outcome_label"].search(statement.under):
        yield "under_outcome"
    if _SETTLED.search(statement.after):
        yield "settled_after"
    if _PUT.search(statement.before):
        yield "put_before"
    if _DOABLE.search(statement.before) and _ANSWERED.match(statement.folded):
        yield "yes_to_question"


def _bound(statement: Statement, who: str, how: str) -> Iterator[str]:
    """Who the sentence begins with, in the groups that bind alike, and how they are bound."""
    if how:
        group = _GROUPS.get(who, "thing")
        yield f"{group}_{how}"
        if group == "capital" and how == "will":
            yield from _stranger(statement)
    elif who in ("name", "capital"):
        yield f"{who}_starts"


def _stranger(statement: Statement) -> Iterator[str]:
    """What makes a word with a capital, whom nobody lists as present, a person who will do something."""
    if _FULL_NAME.match(statement.words):
        yield "stranger_named"
    if PATTERNS["action"]["will_do"].search(statement.folded):
        yield "stranger_works"


def _action_context(statement: Statement, who: str, how: str, names: frozenset[str]) -> Iterator[str]:
    text = statement.folded
    later = later_subject(statement.words, names)
    if later:
        yield f"later_{later}"
    if ends_with_owner(statement.words, names):
        yield "owner_ends"
    if statement.speaker.casefold() in names and PATTERNS["action"]["imperative"].search(text):
        yield "person_orders"
    yield from _bound(statement, who, how)
    if _ASKED.search(statement.before) and (is_assent(text) or _TAKEN_ON.match(text)):
        yield "took_on"
    if _ASKED.search(text) and _TAKEN_ON.match(statement.after):
        yield "asked_and_taken"
    if _ACTING.search(statement.title):
        yield "title_acts"
    if _REPORTING.search(statement.title):
        yield "title_reports"
