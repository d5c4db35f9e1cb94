"""Share of decided questions that are decided once more within 180 days.

From minutes by the titles of decided agenda items of one ritual, and from the log by the words of its
questions or a reopening without new evidence; titles that share three fifths of their words are taken for one
question, standing items are left out. One minus Kaplan-Meier, since the last questions had less time to come
back. In parts one may decide a question twice on good grounds, so this is an upper bound. Needs 20 questions.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.competing import aalen_johansen
from prodops.stats.estimate import Estimate
from prodops.views.redecisions import REDECISIONS

UNIT = "share"
DAYS = 180.0
FEWEST = 20


def measure(ledger: Ledger) -> Estimate:
    """The share over all questions, of minutes and of the log."""
    rows = ledger.columns(beside(__file__), views=[REDECISIONS])
    n = len(rows["days"])
    if n < FEWEST:
        return Estimate.unknown(UNIT, because=f"{n} of the {FEWEST} decided questions needed are known", n=n)
    return aalen_johansen(rows["days"], rows["again"], causes=1).at(1, DAYS)
