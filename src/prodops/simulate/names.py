"""Invented names: built from syllables, so that they read like names and belong to nobody."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.dice import Dice

DOMAIN = "example.com"
"""Reserved for documentation; no mail ever reaches it."""

STARTS = (
    *("Zor", "Vek", "Tavo", "Quil", "Brem", "Yath", "Oru", "Xel", "Fenn", "Jaru", "Keth", "Wim", "Uvo"),
    *("Dral", "Hesk", "Izu", "Pell", "Gor", "Nüv", "Sarv"),
)
MIDDLES = ("li", "mo", "ra", "vi", "ste", "nu", "ko", "de", "pha", "ju", "lé", "wo")
ENDS = ("éx", "van", "rik", "dua", "mel", "thos", "zin", "qua", "bet", "lor", "vash", "nim")
FAMILY_ENDS = ("brandt", "wick", "oskar", "umber", "stell", "quist", "arro", "helm", "ovax", "infell", "ruk")

AREAS = (
    *("Billing", "Onboarding", "Search", "Reports", "Mobile", "Integrations", "Permissions", "Editor"),
    *("Notifications", "Workflows", "Dashboards", "Import", "Payments", "Identity", "Catalogue", "Messaging"),
    *("Forms", "Archive", "Scheduling", "Inventory"),
)
"""What product teams work on."""

AREA_KINDS = ("", " Core", " Growth", " Platform", " Insights", " Admin")
COMPANY_KINDS = ("Foods", "Works", "Freight", "Clinics", "Tools", "Textiles", "Farms", "Energy", "Press")


def person_names(dice: Dice, count: int) -> list[str]:
    """So many different written names."""
    seen: dict[str, str] = {}
    while len(seen) < count:
        given = dice.pick(STARTS) + dice.pick(ENDS)
        family = dice.pick(STARTS) + dice.pick(FAMILY_ENDS)
        name = f"{given} {family}"
        seen.setdefault(address(name), name)
    return list(seen.values())


def team_names(dice: Dice, count: int) -> list[str]:
    """So many different names of product teams."""
    names = [area + kind for kind in AREA_KINDS for area in dice.picks(AREAS, len(AREAS))]
    rounds = [f" {number}" if number else "" for number in range(count // len(names) + 1)]
    return [name + more for more in rounds for name in names][:count]


def company_names(dice: Dice, count: int) -> list[str]:
    """So many different names of customers."""
    seen: dict[str, None] = {}
    while len(seen) < count:
        seen[f"{dice.pick(STARTS)}{dice.pick(MIDDLES)}{dice.pick(ENDS)} {dice.pick(COMPANY_KINDS)}"] = None
    return list(seen)


def plain(text: str) -> str:
    """Lower-case ASCII letters and digits with dashes: for addresses, folders and keys."""
    stripped = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in stripped).split())


def address(name: str) -> str:
    """The e-mail address of a written name."""
    return f"{plain(name).replace('-', '.')}@{DOMAIN}"
