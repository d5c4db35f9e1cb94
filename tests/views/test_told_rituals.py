"""Beside the hours of all rituals, those of a ritual are told only where nobody's follow by difference."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Record
from prodops.measures.rituals import ritual_hours_each
from prodops.pages.rituals import rituals
from prodops.pages.rituals.rituals import Rituals
from stats.solving import shown, solvable
from views.given import MONDAY, TODAY, invited, roster, weekly

NAMES = ("Pricing council", "Roadmap review", "Launch desk", "Metrics hour")
PEOPLE = tuple(f"pm{n}@example.com" for n in range(8))
SAT = st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from(PEOPLE), min_size=1), min_size=1)


def ledger_of(sat: dict[str, set[str]]) -> Ledger:
    """Weekly rituals at different hours, each with some of eight PMs."""
    records: list[Record] = roster(PEOPLE)
    for place, (name, people) in enumerate(sorted(sat.items())):
        at = MONDAY + timedelta(hours=2 * place)
        records += weekly(name, 10, starts_at=at, invited_count=max(6, len(people)))
        records += invited(name.lower().replace(" ", "-"), sorted(people))
    return Ledger.of(records, today=TODAY)


def told_of(ledger: Ledger) -> set[str]:
    """The rituals whose PM hours are told, by title."""
    titles = {name.casefold(): name for name in NAMES}
    return {titles[key.replace("-", " ").casefold()] for key in ritual_hours_each.each(ledger)}


@given(SAT)
@settings(max_examples=25)
def test_from_the_page_of_rituals_no_sum_over_fewer_than_five_pms_can_be_solved(
    sat: dict[str, set[str]],
) -> None:
    ledger = ledger_of(sat)
    told = told_of(ledger)
    assert set() == solvable(shown(sat, told))
    page = rituals.page(ledger)
    assert isinstance(page, Rituals)
    everybody = set[str]().union(*sat.values())
    assert page.hours.known == (len(everybody) >= 5)


def test_the_ritual_of_a_few_is_not_what_all_have_above_the_others() -> None:
    both = {"Pricing council": set(PEOPLE[:6]), "Launch desk": set(PEOPLE[:3])}
    assert set() == told_of(ledger_of(both))
    assert {"Pricing council"} == told_of(ledger_of({"Pricing council": set(PEOPLE[:6])}))
    more = {**both, "Metrics hour": set(PEOPLE[3:6])}
    assert {"Pricing council"} == told_of(ledger_of(more)), "two small ones of six people together hide"
