"""What each ritual is for: as declared, or else as its name suggests."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import normal_title
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.standing_stances import STANDING_STANCES

_SUGGESTS = {
    "relate": "coffee|social|lunch|happy hour|birthday|offsite|team[- ]?building"
    "|1:1|one[- ]on[- ]one|skip[- ]level",
    "learn": "demos?|brown ?bag|learning|training|workshop|showcase|show and tell|guild|reading|book"
    "|office hours|onboarding|interviews?|research|usability",
    "align": "stand[- ]?up|daily|scrum|all[- ]?hands|town[- ]?hall|kick[- ]?off|huddle|check[- ]?in"
    "|status|sync",
    "decide": "council|board|steering|committee|prioriti[sz]ation|planning|approval|go[/ -]no[- ]?go"
    "|decisions?|triage|review|forum|gate|grooming|refinement|working group",
}
_PATTERNS = {purpose: re.compile(rf"\b(?:{words})\b") for purpose, words in _SUGGESTS.items()}


def _rows(ledger: Ledger) -> Iterable[tuple[str, str, bool]]:
    declared: dict[str, str] = dict(
        ledger.sql(
            "select ritual, purpose from standing_stances where purpose <> ''", views=[STANDING_STANCES]
        )
    )
    named = ledger.sql("select ritual, min(title) from ritual_names group by ritual", views=[RITUAL_NAMES])
    for ritual, title in named:
        if ritual in declared:
            yield ritual, declared[ritual], True
        else:
            yield ritual, suggested_purpose(title), False


RITUAL_PURPOSES = View(
    name="ritual_purposes",
    needs=(RITUAL_NAMES, STANDING_STANCES),
    columns=(("ritual", "VARCHAR"), ("purpose", "VARCHAR"), ("declared", "BOOLEAN")),
    rows=_rows,
)
"""Columns: ritual, purpose (decide, align, learn, relate or unknown), declared (by a person; otherwise
the name suggests it). One row a ritual."""


def suggested_purpose(title: str) -> str:
    """What a ritual's name suggests it is for; unknown when it suggests nothing."""
    folded = normal_title(title)  # "1 on 1" becomes 1:1, and numbers and dates go
    return next((purpose for purpose, pattern in _PATTERNS.items() if pattern.search(folded)), "unknown")
