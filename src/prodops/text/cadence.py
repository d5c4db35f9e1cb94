"""How often something recurs, from the words that people use for it, in days."""

from __future__ import annotations

import re

from prodops.text.words import fold

WEEK_DAYS = 7.0
MONTH_DAYS = 365.25 / 12
YEAR_DAYS = 365.25

_LONGEST_TEXT = 300
_UNIT_DAYS = {
    "day": 1.0,
    "weekday": 7 / 5,
    "workday": 7 / 5,
    "week": WEEK_DAYS,
    "wk": WEEK_DAYS,
    "fortnight": 2 * WEEK_DAYS,
    "month": MONTH_DAYS,
    "quarter": 3 * MONTH_DAYS,
    "year": YEAR_DAYS,
}
_COUNTS = {
    **dict.fromkeys(("other", "second", "2nd", "two", "alternate"), 2),
    **dict.fromkeys(("third", "3rd", "three"), 3),
    **dict.fromkeys(("fourth", "4th", "four"), 4),
    **dict.fromkeys(("fifth", "5th", "five"), 5),
    **dict.fromkeys(("sixth", "6th", "six"), 6),
    **dict.fromkeys(("eighth", "8th", "eight"), 8),
    "twelve": 12,
}
_TIMES = {"once": 1, "one": 1, "twice": 2, "two": 2, "thrice": 3, "three": 3, "four": 4, "five": 5}
# The first of these words that occurs decides: "biweekly/triweekly" is read as biweekly.
_WORDS = (
    (r"semi ?weekly", WEEK_DAYS / 2),
    (r"bi ?weekly|fortnight(?:ly)?", 2 * WEEK_DAYS),
    (r"tri ?weekly", 3 * WEEK_DAYS),
    (r"quad(?:ri)? ?weekly", 4 * WEEK_DAYS),
    (r"(?:alternat\w+|odd|even|weekly (?:odd|even)) weeks?|weekly (?:odd|even)\b", 2 * WEEK_DAYS),
    (r"alternat\w+ (?:{weekday})s?", 2 * WEEK_DAYS),
    (r"weekly", WEEK_DAYS),
    (r"semi ?monthly", MONTH_DAYS / 2),
    (r"bi ?monthly", 2 * MONTH_DAYS),
    (r"monthly", MONTH_DAYS),
    (r"quarterly", 3 * MONTH_DAYS),
    (r"(?:semi ?annual|half ?year|bi ?annual)(?:ly)?", YEAR_DAYS / 2),
    (r"biennial(?:ly)?", 2 * YEAR_DAYS),
    (r"annual(?:ly)?|yearly", YEAR_DAYS),
    (r"(?:every |each |on )?(?:weekdays|workdays|working ?days|(?:weekday|workday|working ?day)\b)", 7 / 5),
    (r"daily|(?:every|each) day", 1.0),
    (r"hourly", 1 / 24),
)
_WEEKDAY = r"mon|tue|wed|thu|fri|sat|sun"
_WEEKDAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
_WORD = re.compile(
    "|".join(
        f"(?P<w{at}>\\b(?:{words.format(weekday=_WEEKDAY_NAME)})\\b)" for at, (words, _) in enumerate(_WORDS)
    )
)
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)|https?://\S+")
# What follows one of these says when, where or until when, not how often.
_ASIDE = re.compile(
    r"\b(?:except|excluding|starting|beginning|effective|since|until|from|skipping|you must|alternating with|"
    r"(?:(?:19|20)\d\d )?start(?:s| date)?|next)\b.*"
)
_RULE = re.compile(r"freq=(?P<unit>daily|weekly|monthly|yearly)\b(?:.*?\binterval=(?P<count>\d{1,3}))?")
_RULE_DAYS = {"daily": 1.0, "weekly": WEEK_DAYS, "monthly": MONTH_DAYS, "yearly": YEAR_DAYS}
_UNITS = r"(?P<unit>days?|weekdays?|workdays?|weeks?|wks?|fortnights?|months?|quarters?|years?)"
_EVERY = re.compile(rf"\b(?:every|each|once (?:every|in)|1 ?x every)(?: (?P<count>\w+))? {_UNITS}\b")
_EVERY_OTHER = re.compile(rf"\b(?:every|each) (?:other|second|2nd) {_WEEKDAY_NAME}s?\b")
_MULTIPLE = re.compile(r"\b(?P<count>\d{1,2}|two|three|four|five|six|eight) weekly\b")
_PER = re.compile(rf"\b(?P<times>\w+?)(?: ?x| times)? ?(?:a|an|per|each|every|/) ?{_UNITS}\b")
_PER_LY = re.compile(
    r"\b(?P<times>twice|thrice|(?:two|three|four|\d) ?(?:x|times)) (?P<unit>dai|week|month|quarter|year)ly\b"
)
_ORDINALS = re.compile(
    rf"\b{_ORDINAL}\b(?=(?:,? ?(?:and|&|or|/|,)? ?{_ORDINAL})*,? (?:and |& )?(?:{_WEEKDAY_NAME}s?|weeks?)\b)"
)
_ANY_ORDINAL = re.compile(rf"\b{_ORDINAL}\b")
_ON_DAYS = re.compile(rf"\b(?:every|each)\b.*\b{_WEEKDAY_NAME}s?\b|\b{_WEEKDAY_NAME}s\b")
_DAY = re.compile(rf"\b({_WEEKDAY})")
_ON_DEMAND = re.compile(
    r"\b(?:on[ \-]?demand|ad[ \-]?hoc|as needed|as required|when needed|if needed|by (?:request|appointment)|"
    r"(?:up)?on request|irregular(?:ly)?|sporadic(?:ally)?)\b"
)


def every_days(text: str) -> float | None:
    """The days between two occurrences, as a text states them.

    Reads words ("weekly", "bi-weekly", "fortnightly", "semimonthly", "quarterly"), counts ("every three
    weeks", "every other Tuesday", "twice a month"), places in the month ("first and third Tuesday"), weekdays
    ("Mondays and Thursdays", half a week) and recurrence rules ("FREQ=WEEKLY;INTERVAL=2"). What is said
    about start, exceptions, links or conditions is read past: "weekly - except fourth Tuesday" is weekly.
    A month is a twelfth of 365.25 days. Where two are named the first counts; "bimonthly" is every two
    months; an ordinal weekday ("every third Monday") is a place in the month, except "every second Monday",
    which is every other.

    Args:
        text: The words, in English.

    Returns:
        None when the text states no period, also when it says "on demand" alone.
    """
    folded = _ready(text)
    rule = _RULE.search(folded)
    if rule:
        return _RULE_DAYS[rule["unit"]] * max(1, int(rule["count"] or 1))
    said = " ".join(re.sub(r"[\-_;:]+", " ", _ASIDE.sub(" ", _LINK.sub(" ", folded))).split())
    for reading in (_by_times, _by_every, _by_place_in_month, _by_word, _by_weekdays):
        days = reading(said)
        if days is not None:
            return days
    return None


def on_demand(text: str) -> bool:
    """Whether a text says that it happens only when somebody asks for it."""
    return _ON_DEMAND.search(_ready(text)) is not None


def _ready(text: str) -> str:
    return fold(text[:_LONGEST_TEXT])


def _number(word: str) -> int | None:
    if word.isascii() and word.isdigit() and len(word) <= len("52"):
        return int(word) or None
    return _COUNTS.get(word)


def _by_times(said: str) -> float | None:
    match = _PER_LY.search(said) or _PER.search(said)
    if match is None:
        return None
    word = match["times"].split()[0].rstrip("x") if match["times"] != "x" else "x"
    times = _TIMES.get(word) or (int(word) if word.isascii() and word.isdigit() and len(word) == 1 else 0)
    unit = {"dai": "day"}.get(match["unit"], match["unit"].rstrip("s"))
    return _UNIT_DAYS[unit] / times if times else None


def _by_every(said: str) -> float | None:
    if _EVERY_OTHER.search(said) and "month" not in said:
        return 2 * WEEK_DAYS
    match = _MULTIPLE.search(said)
    if match:
        return WEEK_DAYS * (_number(match["count"]) or 1)
    match = _EVERY.search(said)
    if match is None:
        return None
    word = match["count"]
    unit_days = _UNIT_DAYS[match["unit"].rstrip("s")]
    if word in {"single", None}:
        # "... every month" closes a description of the day, which says more.
        return None if _ANY_ORDINAL.search(said) or _WORD.search(said) else unit_days
    count = _number(word)
    return count * unit_days if count else None


def _by_place_in_month(said: str) -> float | None:
    places = _ORDINALS.findall(said) or (_ANY_ORDINAL.findall(said) if "month" in said else [])
    if not places or re.match(r"(?:bi|semi|tri|quad)? ?weekly", said):
        return None
    if re.search(r"\bquarter", said):
        return 3 * MONTH_DAYS
    return MONTH_DAYS / len(places)


def _by_word(said: str) -> float | None:
    match = _WORD.search(said)
    if match is None or match.lastgroup is None:
        return None
    return _WORDS[int(match.lastgroup[1:])][1]


def _by_weekdays(said: str) -> float | None:
    if not _ON_DAYS.search(said):
        return None
    return WEEK_DAYS / max(1, len(set(_DAY.findall(said))))
