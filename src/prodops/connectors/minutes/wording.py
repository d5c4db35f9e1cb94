"""The words minutes are built with: what a heading or a label says its lines are."""

from __future__ import annotations

import re
from typing import Final

ATTENDANCE: Final = "attendance"
ABSENCE: Final = "absence"
AGENDA: Final = "agenda"
BODY: Final = "body"
ACTIONS: Final = "actions"
DECISIONS: Final = "decisions"
ABOUT: Final = "about"
LATER: Final = "later"
TOPIC: Final = "topic"

_ROLES: Final = (
    (
        ATTENDANCE,
        (
            r"(?:(?:in )?attend(?:ees?|ance|ing|ed)|present(?: members?)?|participants?|who(?:'s| is| was)? (?:here|present|there)"
            r"|people(?: present)?|guests?|observers?|visitors?|roll ?call|members? present|attended by|council members?"
            r"|(?:steering|community|committee|voting|other)?(?: committee)? ?(?:attendees|members(?: of the community)?)"
            r"|\w+ (?:attendees|members present)|record attendance(?: in minutes)?|community (?:folks|members)|taking part|on the call)"
        ),
    ),
    (
        ABSENCE,
        r"(?:regrets?|apologies|absent(?:ees)?|excused|not present|missing|unable to attend|sent regrets)",
    ),
    (
        ACTIONS,
        (
            r"(?:(?:new |open |summary of |list of |final )?(?:action|actions|todo|to-do|to do|follow[- ]?up)s?"
            r"(?: ?(?:items?|points?|list|register|log|summary))?(?: ?(?:/|and) ?follow[- ]?ups?)?"
            r"|decisions? ?/ ?actions?(?: ?/ ?follow[- ]?ups?)?|next steps?|tasks?|assignments|homework|ais?"
            r"|(?:action items?|actions) (?:from|of|for) .{0,40})"
        ),
    ),
    (
        DECISIONS,
        (
            r"(?:(?:summary of |list of |final |key |consented |recorded )?(?:decisions?|resolutions?|agreements?)"
            r"(?: ?(?:made|taken|reached|log|summary|list))?|(?:decisions?|resolutions?) (?:from|of|for) .{0,40}|decided|resolved|agreed)"
        ),
    ),
    (
        AGENDA,
        (
            r"(?:(?:proposed |draft |meeting |today's |tentative )?agenda(?: (?:items?|topics?|for today))?|schedule|outline"
            r"|(?:discussion |meeting )?(?:topics?|items?)(?: discussed)?|discussion (?:items|topics|points))"
        ),
    ),
    (
        LATER,
        (
            r"(?:(?:topics?|agenda|items?|agenda items?) for (?:the )?(?:next|future|later|upcoming) .{0,30}|future(?: .{0,25})?"
            r"|(?:next|upcoming) (?:meetings?|week|time|call|agenda)(?: .{0,25})?|parking lot|backlog|deferred(?: items?| topics?)?)"
        ),
    ),
    (
        BODY,
        (
            r"(?:(?:meeting |raw |detailed |discussion |agenda |general )?(?:minutes|notes?|discussions?|proceedings|log)"
            r"(?: (?:of the meeting|and discussions?))?|agenda (?:and|&|/) (?:notes|minutes)|summary|content"
            r"|nominated issues|main|meeting)"
        ),
    ),
    (
        ABOUT,
        (
            r"(?:meeting (?:roles?|info(?:rmation)?|details|link|logistics)|roles?|assign roles|logistics|recordings?|video|links?"
            r"|bosun|note[- ]?takers?|notes? taken by|scribes?(?:\(s\))?|chairs?(?:person)?|facilitat(?:or|ing)s?|moderators?|host"
            r"|minutes? (?:taker|by)|minutes taken by|date(?: (?:and|&) time)?|time|when|where|location|place|venue|zoom|dial[- ]?in"
            r"|artifacts?|quorum|check[- ]?(?:in|out)s?|turn (?:on|off) recording|see also|references?|resources|table of contents|toc"
            r"|transcript|irc log|leader|secretary|organi[sz]er|duration|called to order|call to order|adjourn(?:ed|ment)?|labels?"
            r"|\(?turn on recording\)?|regular procedure reminder|minutes check-out|watch the recording|not minuted)"
        ),
    ),
)
_PATTERNS: Final = tuple((role, re.compile(words)) for role, words in _ROLES)
_NUMBERED: Final = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[ivx]{1,4}[.)]|#)\s+")
_NOISE: Final = re.compile(r"[^\w\s/&'()-]+")
_COUNT: Final = re.compile(r"\s*(?:\(?\d+(?:/\d+)?\)?|\([^)]{0,30}\))\s*$")


def role_of(title: str) -> str:
    """What a heading or label announces: one of this module's roles, `topic` when it names a subject."""
    words = _NUMBERED.sub("", title.casefold().replace("’", "'").strip())
    words = " ".join(_NOISE.sub(" ", words).split())
    bare = _COUNT.sub("", words).strip()
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(words) or (bare and pattern.fullmatch(bare)):
            return role
    return TOPIC
