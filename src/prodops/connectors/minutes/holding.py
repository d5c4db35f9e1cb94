"""Whether short minutes say that the meeting was not held, and not that something else was called off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from prodops.connectors.minutes.lines import Line
from prodops.connectors.minutes.outline import Item
from prodops.connectors.minutes.wording import TOPIC
from prodops.text.words import fold

MOST_WORDS: Final = 45
"""Words of minutes up to which they can be a notice; whoever writes more has met."""

_MOST_ITEMS: Final = 2
_SENTENCES: Final = re.compile(r"(?<=[.!;])\s+|\s+[-–—]+\s+|:\s+|\n")
_NAMES: Final = (
    r"(?:meetings?|calls?|sessions?|syncs?|stand-?ups?|reviews?|retros?(?:pectives?)?|council|committee|board|check-?in|catch-?up|huddle"
    r"|gathering|occurrence|instance|edition|date|slot|round|weekly|monthly|one-on-one|1:1|planning|forum|workshop|assembly|demo)"
)
_KINDS: Final = (
    r"(?:the|this|that|today's|our|a|an|weekly|monthly|biweekly|fortnightly|quarterly|daily|regular|scheduled|planned|usual|team|staff|group"
    r"|whole|entire|(?:mon|tues|wednes|thurs|fri)day(?:'s)?|morning|afternoon|week's|month's)"
)
_OFF: Final = (
    r"(?:called off|cancel(?:l)?ed|scrapped|skipped|postponed|abandoned|rescheduled|dropped|punted|put off|stood down|not held|not quorate|inquorate"
    r"|adjourned (?:for|due to|owing to|because of|without|as|at once|immediately)|moved (?:to|by a))"
)
_NEVER: Final = (
    r"(?:(?:did|does|could|would|has|have|had|was|were|is)(?: not|n't)|never|failed to) (?:be |been )?(?:(?:take|taken|took) place|happen(?:ed)?|occur(?:red)?"
    r"|go(?:ne)? ahead|convene[d]?|held|start(?:ed)?|meet(?! (?:the|our|its|their|any|all|with|expect|target|demand))|met(?! (?:the|our|its))|run(?! (?:the|a|out)))"
)
_NOT_HELD: Final = rf"(?:(?:is|was|were|are|has been|had been|had to be|got|gets|been|needs to be|will be)? ?{_OFF}|{_NEVER}|fell through)\b"
_ENDS: Final = (
    r"(?=\W*$|[,.;:)(]| (?:due|because|as|for|by|owing|this|today|on|in|no|since|at|again|and|so|until|to (?:next|the next|a later|lack"
    r"|\w+day|\d)|with|without|at short|once more|,))"
)
_EXPLICIT: Final = re.compile(
    rf"(?:^|, |\bso |\band |\btherefore |\bhence )(?:{_KINDS} )*(?P<kind>(?:[\w'&-]+ ){{0,4}}){_NAMES} (?:{_NOT_HELD}){_ENDS}"
    r"|\b(?:no|without(?: a)?|lack(?:ed|ing)? (?:of )?(?:a )?|short of (?:a )?|not enough (?:people )?for (?:a )?) ?quorum\b(?! (?:rule|requirement|call))"
    r"|\bquorum (?:was |is )?(?:not|never|n't) (?:met|reached|there|present|attained)\b|\binquorate\b|\bnot quorate\b"
    rf"|\bno {_NAMES}(?: was)?(?: held| took place)?(?=\W*$|[,.;:(]| (?:today|this (?:week|month|time|morning)|due|because|as|held|since)\b)"
    rf"|\bwe (?:did not|didn't|never|could not|couldn't) (?:meet|convene)\b(?! (?:the|our|its|with|any|expect|target|demand|dead))"
    rf"|\b(?:we|i) (?:had to )?(?:cancel(?:l)?ed|called off|skipped|postponed|call off|cancel|skip|postpone) (?:{_KINDS} )*(?:{_NAMES}|this one|today)\b"
)
_ABSENT: Final = re.compile(
    r"\b(?:nobody|no one|no-one|none(?: of (?:us|them|the \w+))?|not a soul|hardly anybody|hardly anyone|too few(?: people| of us| attendees| members)?"
    r"|only (?:\w+ ){1,3}|just (?:me|the \w+))(?: (?:but|except|besides|other than|apart from) [\w ]{1,25}?| else)? ?"
    r"(?:(?:has |had |have )?(?:ever )?(?:showed|shown|turned|dialled|dialed|logged|dropped) (?:up|in|on)\b|showed(?=\W*$|[,.;])"
    r"|(?:came|appeared|attended|joined|was there|were there|was present|were present|was here|could (?:make it|come|attend|join))"
    rf"(?=\W*$|[,.;]| (?:today|this|so|and|by|for|after|due|because)\b| (?:the |to the |this |in the )+{_NAMES}\b))"
    r"|\btoo few (?:people|attendees|of us|members|came|present|participants)\b|\b(?:lack|absence) of (?:attendance|attendees|participants|people)\b"
    r"|\b(?:everyone|everybody|all(?: of us)?|the (?:whole )?team|most(?: of us| people)?) (?:is|was|were|are) (?:away|out|off|on (?:leave|holiday|vacation)|ill|sick"
    r"|absent|travelling|traveling|a no[- ]show)\b|\b(?:empty|nobody in the) (?:room|call)\b|\bno attendees\b"
)
_ELLIPTIC: Final = re.compile(
    rf"^(?:(?:it|this|this one|this week's|today's|today|we)(?: |$))?(?:{_NOT_HELD}){_ENDS}|^(?:no[- ]shows?|did not take place|not held)\b(?! of)"
)
_HEADED: Final = re.compile(
    r"(?:^|[-–—:(\[,|]\s*|\d\s+)(?:was )?(?:cancel(?:l)?ed|called off|not held|skipped|postponed|no meeting|did not take place)\b[^\w]*$"
)
_MET_ALL_THE_SAME: Final = re.compile(
    r"\b(?:if|unless|should|next (?:week|month|meeting|call)(?:'s)? (?:\w+ )?(?:is|will|was))\b|\?\s*$"
    r"|\b(?:but|still|anyway|nevertheless|nonetheless|instead|so) (?:we |those present |the rest |\w+ )?(?:still |just )?(?:went (?:through|ahead|over)|talked|discussed"
    r"|met|looked|had a|held|used)\b"
)


def not_held(lines: Sequence[Line], items: Iterable[Item], *, words: int, heading: str) -> bool:
    """Whether minutes are no more than a notice that nobody met.

    `The launch was called off` says nothing of the meeting; `Called off, too few people` does, unless it stands
    below the heading of a topic, of which it is then said.

    Args:
        lines: The lines of the meeting.
        items: Its agenda items.
        words: The length of those items in words.
        heading: The title or the dated heading of the meeting.
    """
    held = [item for item in items if item.lines]
    if words > MOST_WORDS or len(held) > _MOST_ITEMS:
        return False
    if _HEADED.search(fold(heading)):
        return True
    below = {
        line.number
        for item in held
        if item.role == TOPIC and item.number != item.lines[0].number
        for line in item.lines
    }
    said = fold(heading)
    return any(
        _says_so(sentence, title=said, of_topic=line.number in below)
        for line in lines
        if line.kind != "heading"
        for sentence in _SENTENCES.split(fold(line.plain))
    )


def _says_so(sentence: str, *, title: str, of_topic: bool) -> bool:
    if _MET_ALL_THE_SAME.search(sentence):
        return False
    named = _EXPLICIT.search(sentence)
    if named and all(word in title for word in (named["kind"] or "").split()):
        return True
    return bool(_ABSENT.search(sentence) or (not of_topic and _ELLIPTIC.search(sentence)))
