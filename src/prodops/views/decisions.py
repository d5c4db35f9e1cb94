"""Every decision, declared here or read from a log, with what was predicted and what became of it."""

from __future__ import annotations

from prodops.ledger.view import View, beside

DECISIONS = View(name="decisions", sql=beside(__file__))
"""Columns: id, source (declared, read), name (what a reader calls it: the number of a declared decision in
the order of recording, Q and a number for a question that waits, else the key in its log), log, question,
chosen, state (standing, proposed, withdrawn, rejected, reopened, reversed, superseded, retired), asked_on,
needed_on, decided_on, owner, data_says, intuition_says, predicts, predicted_low_number,
predicted_high_number, interval_probability, probability, resolves_on, came_number, happened, turned_out,
resolved_on, kill_if, review_on (the next day to look at it; none once it has ended), ended_on, ended_how
(reversed, reopened, renewed or empty), ended_planned, observed_until (what came later is not known: today for
what is declared here, the last day of its log for what is read; none where it ended on a day that nobody
wrote down), declared_at, cite_source, cite_locator. What was taken back as a mistake is left out, and so is
what this workspace exported itself."""
