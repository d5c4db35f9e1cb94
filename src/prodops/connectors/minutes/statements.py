"""Lines to statements: one sentence each, with what was said before it and how it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prodops.connectors.minutes.lines import Line
from prodops.text.words import fold

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z(\"'@*+])")
_ASSENT = re.compile(
    r"(?:\+\s?(?:1|\d\d?)\b|yes\b|yep|yeah|yup|aye\b|agreed?\b|i agree|ok\b|okay\b|sure\b|sounds good|sgtm|lgtm|fine (?:with|by) me"
    r"|works for me|no objections?|makes sense|i'?m (?:ok|okay|fine|good|happy) with|\U0001f44d|:\+1:|:thumbsup:|seconded|second\b)"
)
_DISSENT = re.compile(r"(?:-\s?1\b|no\b(?! objection)|nay\b|i object|object\b|disagree|i disagree|veto)")
_PROPOSAL = re.compile(
    r"(?:(?:draft |straw ?)?propos(?:ed?|al|ing)(?: resolution)?\s*[:–—-]|straw ?poll|i(?:'d| would)? (?:like to )?(?:propose|move)\b|motion\b)"
)
_LONGEST_REACTION_WORDS = 12
_VOTES_WITHIN_LINES = 40
_QUIET_LINES = 4
_LONGEST_SENTENCE = 1_200


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the minutes and what surrounds it.

    Attributes:
        line: The line it stands in.
        words: The sentence as written, without markup and speaker.
        folded: The same in one case with plain quotes and dashes.
        speaker: Who says it, carried on over a scribe's continuation lines.
        first: Whether it begins its line.
        before: The folded words of the statement before it, in the same item.
        after: The folded words of the line after it.
        proposed: Whether a proposal stands within the few lines before it, and no later one.
        assents: How many of the lines that follow say yes to it.
        dissents: How many say no.
        title: The folded title of the item.
        under: The folded label, such as `outcome:`, that it is nested below; empty without one.
    """

    line: Line
    words: str
    folded: str
    speaker: str
    first: bool
    before: str
    after: str
    proposed: bool
    assents: int
    dissents: int
    title: str
    under: str


def statements_of(lines: Sequence[Line], title: str) -> Iterator[Statement]:
    """The sentences of an item in their order."""
    said = [fold(line.said[:_LONGEST_SENTENCE]) for line in lines]
    heading, speaker, before, proposed_at = fold(title), "", "", -_QUIET_LINES - 1
    labels: list[tuple[int, str]] = []
    for index, line in enumerate(lines):
        speaker = line.speaker if line.speaker or line.kind != "more" else speaker
        while labels and labels[-1][0] >= line.level:
            labels.pop()
        assents, dissents = _answers(said, index)
        after = said[index + 1] if index + 1 < len(said) else ""
        for count, words in enumerate(_sentences(line.said)):
            folded = fold(words)
            yield Statement(
                line=line,
                words=words,
                folded=folded,
                speaker=speaker,
                first=count == 0,
                before=before,
                after=after,
                proposed=0 < index - proposed_at <= _QUIET_LINES,
                assents=assents,
                dissents=dissents,
                title=heading,
                under=labels[-1][1] if labels else "",
            )
            before = folded
        if line.plain.endswith(":") and line.kind in ("bullet", "text"):
            labels.append((line.level if line.kind == "bullet" else -1, fold(line.plain)))
        elif line.kind == "text" and line.after_blank and labels and labels[0][0] < 0:
            labels.clear()
        if _PROPOSAL.match(said[index]):
            proposed_at = index
        elif proposed_at >= 0 and (is_assent(said[index]) or _DISSENT.match(said[index])):
            proposed_at = max(proposed_at, index - 1)


def is_assent(folded: str) -> bool:
    """Whether a line is a short yes."""
    return len(folded.split()) <= _LONGEST_REACTION_WORDS and bool(_ASSENT.match(folded))


def is_proposal(folded: str) -> bool:
    """Whether a statement puts something to the meeting."""
    return bool(_PROPOSAL.match(folded))


def _sentences(said: str) -> list[str]:
    parts = [part.strip()[:_LONGEST_SENTENCE] for part in _SENTENCE_END.split(said)]
    return [part for part in parts if part]


def _answers(said: Sequence[str], index: int) -> tuple[int, int]:
    """Yes and no lines after a line, until a few lines that are neither, or another proposal."""
    assents = dissents = quiet = 0
    for folded in said[index + 1 : index + 1 + _VOTES_WITHIN_LINES]:
        short = len(folded.split()) <= _LONGEST_REACTION_WORDS
        if _PROPOSAL.match(folded):
            break
        if short and _ASSENT.match(folded):
            assents, quiet = assents + 1, 0
        elif short and _DISSENT.match(folded):
            dissents, quiet = dissents + 1, 0
        else:
            quiet += 1
        if quiet > _QUIET_LINES:
            break
    return assents, dissents
