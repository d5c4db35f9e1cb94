"""What the actions on campaigns share: which campaigns there are, who is asked, and who has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import Campaign
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.standing_stances import STANDING_STANCES

ALIVE_DAYS = 92
"""A ritual without an occurrence for a quarter is over, and nobody is asked what it is for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One ritual of a campaign.

    Attributes:
        ritual: Its key.
        title: As a reader knows it.
        owner: Who holds it, as declared; empty where nobody was named.
        purpose: The answer; empty while it is open.
        guess: What its name suggests it is for; unknown where it suggests nothing.
    """

    ritual: str
    title: str
    owner: str
    purpose: str
    guess: str


def campaigns(ledger: Ledger) -> tuple[Campaign, ...]:
    """Every campaign that counts, the newest first."""
    found = [one for one in ledger.records(Campaign) if not one.taken_back]
    return tuple(
        sorted(found, key=lambda one: (one.closed_on is not None, one.opened_on, one.id), reverse=True)
    )


def undeclared(ledger: Ledger) -> tuple[str, ...]:
    """Living rituals of five or more people, PMs among them, whose purpose nobody declared; by their load."""
    since = ledger.today.date() - timedelta(days=ALIVE_DAYS)
    rows = ledger.sql(_UNDECLARED, {"since": since}, views=[RITUAL_LOADS, RITUAL_PURPOSES])
    return tuple(str(row[0]) for row in rows)


_UNDECLARED = """
select l.ritual
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
where l.people >= 2 and l.big_enough and not p.declared and l.last_day >= $since
order by l.pm_hours_week desc, l.ritual
"""


def asked(ledger: Ledger, campaign: Campaign) -> tuple[Asked, ...]:
    """The rituals of a campaign, those that are open first.

    Args:
        ledger: Where the answers are.
        campaign: The campaign.
    """
    views = [RITUAL_LOADS, RITUAL_PURPOSES, STANDING_STANCES]
    rows = ledger.sql(_ASKED, {"rituals": list(campaign.rituals)}, views=views)
    found = [
        Asked(str(key), str(title), str(owner), str(purpose) if said else "", str(purpose))
        for key, title, owner, purpose, said in rows
    ]
    order = {ritual: place for place, ritual in enumerate(campaign.rituals)}
    return tuple(sorted(found, key=lambda one: (bool(one.purpose), order[one.ritual])))


_ASKED = """
select l.ritual, l.title, coalesce(s.owner, ''), p.purpose, p.declared
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
left join standing_stances s on s.ritual = l.ritual
where l.big_enough and l.ritual in (select unnest($rituals))
"""
