"""Which columns make a list of tools, of seats, or of payments."""

from __future__ import annotations

from typing import Final

from prodops.text.named_tables import names_of

_TOOL = (
    "tool: tool | tool name | software | software name | application | app | application name | standard name"
)

TOOLS: Final = names_of(f"""
{_TOOL}
owner: owner | tool owner | business owner | technical owner | owned by | responsible
purpose: purpose | description | used for | category | function
seats_paid: seats | seats paid | licences | licenses | seats bought | seats purchased | licences bought
seats_used: seats used | active seats | active users | active last 30 days | used seats | licences used
renews: renews on | renewal | renewal date | renews | expiry | expires on | contract end
renews: approval expiration date
status: status | state | approval status
price: cost a year | annual cost | yearly cost | annual spend | cost per year
currency: currency
""")
"""The names of columns in lists of tools."""

SEATS: Final = names_of(f"""
{_TOOL}
person: user | email | user email | assigned to | person | member | seat holder
given: assigned on | assigned | given on | since | granted on
used: last used | last used on | last active | last activity | last login | last seen
until: observed until | exported on | as of
""")
"""The names of columns in lists of seats."""

SPEND: Final = names_of(f"""
{_TOOL}
month: month | period | invoice month | billing month
amount: amount | cost | spend | paid | total
currency: currency
""")
"""The names of columns in lists of payments."""


def like_tools(fields: frozenset[str]) -> float:
    """A list of tools knows seats, a price or a renewal of each."""
    if "tool" not in fields:
        return 0.0
    telling = len(fields & {"seats_paid", "seats_used", "renews", "price"})
    beside = len(fields & {"owner", "purpose", "status"})
    if telling >= 2 and beside:
        return 0.92
    return 0.85 if telling and beside >= 2 else 0.0


def like_seats(fields: frozenset[str]) -> float:
    """A list of seats knows who has one, and when it was last used."""
    return 0.93 if {"tool", "person", "used"} <= fields else 0.0


def like_spend(fields: frozenset[str]) -> float:
    """A list of payments knows tool, month and amount."""
    return 0.93 if {"tool", "month", "amount"} <= fields else 0.0
