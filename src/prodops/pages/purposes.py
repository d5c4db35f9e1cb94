"""The purposes of a PM's time in words: names, definitions, what does not count, and the keys for them."""

from __future__ import annotations

from typing import NamedTuple


class Purpose(NamedTuple):
    """One answer to what a block of time was for.

    Attributes:
        code: A leaf of the taxonomy, X for unknown, N for no time at all.
        key: The key of a keyboard that says it; each group has a row of its own.
        name: What it is called.
        means: What belongs to it.
        but: What does not, with the leaf that does.
    """

    code: str
    key: str
    name: str
    means: str
    but: str = ""


GROUPS = {
    "A": "Strategy, discovery, decisions",
    "B": "Shaping, delivery, customers, people",
    "C": "Overhead: reporting, upkeep, admin",
    "X": "Cannot be read",
}

PURPOSES = (
    Purpose(
        "A1", "q", "Strategy",
        "where to play, objectives, bets, roadmap trade-offs", "drawing the roadmap deck again is C1",
    ),
    Purpose(
        "A2", "w", "Discovery",
        "learning about users or market, analysing an open question", "pulling the same number again is C3",
    ),
    Purpose(
        "A3", "e", "Decisions",
        "preparing or making a choice among named options",
        "a review without options is what its ritual is for",
    ),
    Purpose(
        "B1", "a", "Shaping and specs",
        "working out a solution with design and engineering", "ticket hygiene is C2",
    ),
    Purpose(
        "B2", "s", "Delivery coordination",
        "stand-up, planning, dependencies, unblocking", "status for others is C1",
    ),
    Purpose(
        "B3", "d", "Customers and field",
        "customer calls, sales support, escalations", "tagging their requests is C4",
    ),
    Purpose("B4", "f", "People", "one-to-ones, hiring, learning", "filling in their forms is C6"),
    Purpose("C1", "z", "Reporting and status", "information that its audience could have read"),
    Purpose("C2", "x", "Tool upkeep", "double entry, ticket hygiene, moving items between tools"),
    Purpose(
        "C3", "c", "Data wrangling",
        "finding, extracting, reconciling, checking numbers again", "a new question is A2",
    ),
    Purpose(
        "C4", "v", "Feedback triage",
        "reading, tagging, routing requests", "synthesis with a new question is A2",
    ),
    Purpose(
        "C5", "b", "Launch logistics",
        "checklists, chasing sign-off, enablement material", "go or no-go is A3",
    ),
    Purpose("C6", "n", "Scheduling and admin", "calendars, expenses, forms, vendor paperwork"),
    Purpose("C7", "m", "Rework of AI output", "checking or redoing what an AI tool produced"),
    Purpose("X", "i", "I cannot say", "I do not remember what it was for"),
    Purpose("N", "o", "No time", "it did not take place, or I was not there"),
)  # fmt: skip
"""Purpose first, never the tool: the same review can be A3 or C1."""

LEAVES = {one.code: one.name for one in PURPOSES if len(one.code) == 2}

BACK, PAUSE = "u", "p"
"""The keys that go back by one block, and that stop for now."""


def told(one: Purpose) -> str:
    """Name and definition in one line."""
    but = f" ({one.but})" if one.but else ""
    return f"{one.name}: {one.means}{but}"
