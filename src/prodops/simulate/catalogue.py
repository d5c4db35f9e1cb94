"""The rituals organisations have: what each is for, who is asked to come, and how often."""

from __future__ import annotations

from dataclasses import dataclass, field

from prodops.simulate.purposes import A1, A2, A3, B1, B2, B3, B4, C1, C3, C4, C5

SMALL, MEDIUM, LARGE = 20, 150, 300
"""Organisations of so many people have the ritual."""

DECIDE, ALIGN, LEARN, RELATE = "decide", "align", "learn", "relate"

OUTPUTS = {DECIDE: (1.4, 1.3), ALIGN: (0.4, 1.4), LEARN: (0.1, 0.5), RELATE: (0.03, 0.25)}
"""Decisions and actions an occurrence gives while healthy, by what the ritual is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of ritual.

    Attributes:
        key: Short name, also the folder of its minutes; team rituals get the team's name before it.
        title: Title in the calendar, before area or team is added.
        purpose: decide, align, learn or relate.
        leaf: True purpose of the time spent in it while healthy, as an index of `LEAVES`.
        minutes: Length.
        every: Weeks between two occurrences.
        daily: Whether it takes place on every working day.
        pm_share: Share of the area's PMs who are asked to come.
        others: How many people of which kind are asked as well.
        from_people: The smallest organisation that has it.
    """

    key: str
    title: str
    purpose: str
    leaf: int
    minutes: int
    every: int = 1
    daily: bool = False
    pm_share: float = 1.0
    others: dict[str, int] = field(default_factory=dict)
    from_people: int = SMALL


SHARED: tuple[Kind, ...] = (
    Kind(
        key="roadmap-review",
        title="Roadmap review",
        purpose=DECIDE,
        leaf=A3,
        minutes=60,
        others={"Lead": 3, "Designer": 1, "Head": 1},
    ),
    Kind(
        key="cross-team-sync",
        title="Cross-team sync",
        purpose=ALIGN,
        leaf=B2,
        minutes=45,
        pm_share=0.9,
        others={"Lead": 4},
    ),
    Kind(
        key="metrics-review",
        title="Metrics review",
        purpose=DECIDE,
        leaf=A3,
        minutes=45,
        pm_share=0.7,
        others={"Data": 2, "Head": 1},
    ),
    Kind(
        key="demo-day",
        title="Demo day",
        purpose=RELATE,
        leaf=B4,
        minutes=45,
        every=2,
        pm_share=0.8,
        others={"Lead": 8, "Designer": 2},
    ),
    Kind(
        key="bets-review",
        title="Bets review",
        purpose=DECIDE,
        leaf=A1,
        minutes=90,
        every=4,
        others={"Head": 1, "Lead": 2, "Marketing": 1},
    ),
    Kind(
        key="portfolio-status",
        title="Portfolio status",
        purpose=ALIGN,
        leaf=C1,
        minutes=60,
        others={"Head": 1, "Operations": 2},
        from_people=MEDIUM,
    ),
    Kind(
        key="launch-readiness",
        title="Launch readiness",
        purpose=DECIDE,
        leaf=A3,
        minutes=60,
        pm_share=0.6,
        others={"Marketing": 3, "Support": 2},
        from_people=MEDIUM,
    ),
    Kind(
        key="customer-feedback-triage",
        title="Customer feedback triage",
        purpose=DECIDE,
        leaf=C4,
        minutes=45,
        pm_share=0.5,
        others={"Support": 3},
        from_people=MEDIUM,
    ),
    Kind(
        key="design-critique",
        title="Design critique",
        purpose=LEARN,
        leaf=B1,
        minutes=60,
        pm_share=0.4,
        others={"Designer": 5},
        from_people=MEDIUM,
    ),
    Kind(
        key="product-guild",
        title="Product guild",
        purpose=LEARN,
        leaf=B4,
        minutes=60,
        every=2,
        from_people=MEDIUM,
    ),
    Kind(
        key="product-leadership",
        title="Product leadership",
        purpose=DECIDE,
        leaf=A1,
        minutes=60,
        pm_share=0.3,
        others={"Head": 1, "Lead": 2},
        from_people=MEDIUM,
    ),
    Kind(
        key="discovery-share-out",
        title="Discovery share-out",
        purpose=LEARN,
        leaf=A2,
        minutes=45,
        every=2,
        pm_share=0.9,
        others={"Designer": 4},
        from_people=MEDIUM,
    ),
    Kind(
        key="architecture-review",
        title="Architecture review",
        purpose=DECIDE,
        leaf=B2,
        minutes=60,
        pm_share=0.0,
        others={"Lead": 8},
        from_people=MEDIUM,
    ),
    Kind(
        key="pricing-committee",
        title="Pricing committee",
        purpose=DECIDE,
        leaf=A3,
        minutes=60,
        every=4,
        pm_share=0.25,
        others={"Operations": 2, "Sales": 2},
        from_people=LARGE,
    ),
    Kind(
        key="go-to-market-sync",
        title="Go-to-market sync",
        purpose=ALIGN,
        leaf=C5,
        minutes=45,
        pm_share=0.5,
        others={"Marketing": 4, "Sales": 2},
        from_people=LARGE,
    ),
    Kind(
        key="support-sync",
        title="Support and product sync",
        purpose=ALIGN,
        leaf=B3,
        minutes=30,
        pm_share=0.4,
        others={"Support": 4},
        from_people=LARGE,
    ),
    Kind(
        key="dependency-review",
        title="Dependency review",
        purpose=DECIDE,
        leaf=B2,
        minutes=45,
        pm_share=0.6,
        others={"Lead": 5},
        from_people=LARGE,
    ),
    Kind(
        key="incident-review",
        title="Incident review",
        purpose=ALIGN,
        leaf=B2,
        minutes=45,
        every=2,
        pm_share=0.3,
        others={"Lead": 5},
        from_people=LARGE,
    ),
    Kind(
        key="analytics-office-hours",
        title="Analytics office hours",
        purpose=LEARN,
        leaf=C3,
        minutes=30,
        pm_share=0.3,
        others={"Data": 2},
        from_people=LARGE,
    ),
)
"""Rituals of a whole product area, the most common first."""

OF_TEAMS: tuple[Kind, ...] = (
    Kind(key="stand-up", title="stand-up", purpose=RELATE, leaf=B2, minutes=15, daily=True),
    Kind(key="refinement", title="refinement", purpose=DECIDE, leaf=B1, minutes=60, others={"Designer": 1}),
    Kind(key="planning", title="planning", purpose=DECIDE, leaf=B2, minutes=60, every=2),
    Kind(key="retro", title="retro", purpose=LEARN, leaf=B4, minutes=45, every=2),
)
"""Rituals of one team, the most common first; the title follows the team's name."""

ONE_TO_ONE = Kind(
    key="one-to-one", title="1:1 {name} / {other}", purpose=RELATE, leaf=B4, minutes=30, every=2
)
"""A PM with the head of product, and with the engineering lead; nobody keeps minutes."""
