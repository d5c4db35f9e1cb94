"""Which columns make a launch plan, and which a launch's history."""

from __future__ import annotations

from typing import Final

from prodops.text.named_tables import names_of

PLAN: Final = names_of("""
key: launch id | launch key | id | key
name: launch | launch name | milestone | initiative | feature | go live | launch title
version: release | version
tier: tier | launch tier | launch size | ceremony
owner: owner | launch owner | launch lead | lead | dri | responsible | driver
product: product | team | area | product area | squad
first: first committed | first planned | first date | first commitment | original date
first: baseline | baseline date
planned: current date | target date | current target | planned date | planned | due | launch date
planned: last recorded | last recorded date
launched: launched | launched on | actual date | actual | shipped on | released on | went live | go live date
depends: depends on | dependencies | blocked by | prerequisites | needs
status: status | state | health | rag
description: description | notes | comment | comments | summary
""")
"""The names of columns in plans."""

HISTORY: Final = names_of("""
key: launch id | launch key
name: launch | launch name | milestone
day: date | day | on | at | when | changed on | changed at
kind: change | what | event | kind | type of change | what changed
subject: item | gate | subject | about | check
before: from | before | old | old value
after: to | after | new | new value
words: comment | note | notes | reason | why | words
""")
"""The names of columns in histories."""

_KINDS = {
    "moved": "moved | date moved | date | slip | slipped | re planned | replanned | rescheduled",
    "gate": "gate | gate status | check | sign off | review | approval",
    "chased": "chased | chase | reminder | reminded | nudge | follow up | asked again | escalation",
    "dependency": "dependency | dependency found | new dependency | prerequisite",
    "status": "status | status change | state",
}
KINDS: Final = {name.strip(): kind for kind, names in _KINDS.items() for name in names.split("|")}
"""The words of sources for what happened, each with ours."""


def like_plan(fields: frozenset[str]) -> float:
    """A plan names launches and says when they were to be; a first commitment is what makes it one."""
    named = bool(fields & {"name", "key"})
    dates = fields & {"first", "planned", "launched"}
    if named and "first" in fields and len(dates) > 1:
        return 0.93
    if "name" in fields and dates and fields & {"tier", "depends"} and len(fields) >= 5:
        return 0.9
    return 0.0


def like_history(fields: frozenset[str]) -> float:
    """A history says of a launch what happened on which day."""
    if {"name", "day", "kind"} <= fields and fields & {"subject", "after"}:
        return 0.94
    return 0.0
