"""Which column of a time booking holds what, by the names that time trackers give them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from prodops.text.words import fold

_NOT_LETTERS = re.compile(r"[^a-z]+")
# Column names rid of everything but letters. Of two columns for one field the name that stands first counts.
_NAMES = """
person: email useremail person user username developer developerid employee member teammember resource worker
person: staff name
first: firstname
last: lastname
date: date day spenton spentdate workdate workedon bookedon startdate fromdate startedon started
category: category activitytype worktype typeofwork project projectname client customer
subcategory: subcategory task taskname activity activityname tags
hours: developerhoursactual durationdecimal hoursdecimal hoursbooked bookedhours hours hour hoursspent
hours: hoursworked hoursactual actualhours timespenth timeh timehours timespenthours durationhours loggedhours
minutes: minutes mins durationminutes durationmin timeminutes timespentminutes
seconds: seconds durationseconds durationsec timespentseconds
duration: duration durationh timespent loggedtime
start_day: startdate
start_time: starttime from start begin begintime startedat
end_day: enddate
end_time: endtime to end finish stop endedat
key: entryid timeentryid recordid
"""


def _ranked() -> dict[str, list[str]]:
    ranked: dict[str, list[str]] = {}
    for line in _NAMES.strip().splitlines():
        field, _, names = line.partition(":")
        ranked.setdefault(field, []).extend(names.split())
    return ranked


_RANKED = _ranked()
# A table with one of these is about issues, meetings, people or interviews, whatever hours it also holds.
_FOREIGN_NAMES = """
issuekey issuetype storypoints cyclename jointime leavetime firstjoin lastleave stated ideal measure method
value subject requester ticketid hiredate manager reportsto businesshours
"""
_FOREIGN = frozenset(_FOREIGN_NAMES.split())
_AMOUNTS = frozenset({"hours", "minutes", "seconds", "duration"})

Columns = dict[str, int]
"""Where each field stands."""


def columns_of(header: tuple[str, ...], hints: Mapping[str, str]) -> Columns:
    """Where each field of a booking stands; what the user told comes first."""
    names = [_bare(name) for name in header]
    found: Columns = {}
    for field, ranked in _RANKED.items():
        told = _bare(hints.get(field, ""))
        places = [names.index(name) for name in ([told] if told else []) + ranked if name in names]
        if places:
            found[field] = places[0]
    if found.get("subcategory") == found.get("category"):
        found.pop("subcategory", None)
    return found


def likeness(header: tuple[str, ...], hints: Mapping[str, str]) -> float:
    """How sure it is that a header is a time booking's: an amount of time, on what, by whom or when."""
    names = {_bare(name) for name in header}
    fields = columns_of(header, hints).keys()
    timed = {"start_time", "end_time"} <= fields
    if names & _FOREIGN or not (fields & _AMOUNTS or timed):
        return 0.0
    dated = bool(fields & {"date", "start_time"})
    if "category" not in fields or not (dated or "person" in fields):
        return 0.6 if {"subcategory", "date"} <= fields and fields & {"hours", "duration"} else 0.0
    return 0.95 if fields & {"person", "first"} or timed or dated else 0.8


def unit_of(header: tuple[str, ...], columns: Columns) -> str:
    """The field that holds the amount, the surest first: a number of hours before a clock's reading."""
    ranked = [field for field in ("hours", "minutes", "seconds", "duration") if field in columns]
    return ranked[0] if ranked and columns[ranked[0]] < len(header) else ""


def are_seconds(durations: list[str]) -> bool:
    """Whether bare whole numbers in a duration column are seconds: no day has so many hours or minutes."""
    whole = [int(one) for one in durations if one.isascii() and one.isdigit() and len(one) <= len("86400")]
    return bool(whole) and len(whole) == len(durations) and max(whole) > 24 * 60


def _bare(name: str) -> str:
    return _NOT_LETTERS.sub("", fold(name[:120]))
