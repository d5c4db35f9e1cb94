"""What speaks against a decision in the ledger as it would be with it, each with the shortest way through."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

from prodops.actions.deciding import (
    DIRECTIONS,
    KINDS,
    LONGEST_REVIEW_DAYS,
    REVIEW_AFTER_DAYS,
    STAKES,
    is_nothing,
)
from prodops.checks.governance import unreviewed_input
from prodops.ledger.decisions import Decision, DecisionInput, DecisionQuestion
from prodops.ledger.ledger import Ledger
from prodops.ledger.rituals import Outcome
from prodops.text.words import fold
from prodops.views.decisions import DECISIONS


def objections(ledger: Ledger, decision: Decision) -> list[str]:
    """What speaks against a decision; none lets it in."""
    if decision.taken_back:
        return []
    return [
        *_of_options(decision),
        *_of_days(ledger, decision),
        *_of_prediction(ledger, decision),
        *_of_words(decision),
        *_of_evidence(ledger, decision),
        *_of_others(ledger, decision),
    ]


def _of_options(decision: Decision) -> Iterator[str]:
    options = list(dict.fromkeys(fold(one) for one in decision.options if one.strip()))
    if not decision.question.strip():
        yield 'A decision answers a question. Say which: prodops decide "Which plan do we retire?"'
    if not decision.chosen.strip():
        yield 'Nothing was chosen. Say what was: --chosen "OPTION"'
    elif fold(decision.chosen) not in options:
        yield f'{decision.chosen!r} is not among the options. Add it: --option "{decision.chosen}"'
    if len(options) < 2:
        yield 'One option is no decision. Add what else was possible: --option "do nothing"'
    elif not any(is_nothing(one) for one in options):
        yield 'To do nothing is always an option. Add it: --option "do nothing"'


def _of_days(ledger: Ledger, decision: Decision) -> Iterator[str]:
    today, decided = ledger.today.date(), decision.decided_on
    if decided > today:
        yield f"It cannot have been decided on {decided}, after today. Leave --decided out for today."
    if decision.asked_on is not None and decision.asked_on > decided:
        yield f"It was decided before it was asked ({decision.asked_on}). Mend --asked or --decided."
    quarter = decided + timedelta(days=REVIEW_AFTER_DAYS)
    if decision.review_on is None:
        yield f"No decision without a day to look at it again. For a quarter: --review {quarter}"
    elif decision.review_on <= decided:
        yield f"A review comes after the decision, not on {decision.review_on}. Say: --review {quarter}"
    elif decision.review_on > decided + timedelta(days=LONGEST_REVIEW_DAYS):
        yield f"Nobody looks again after {decision.review_on}. Within two years: --review {quarter}"


def _of_prediction(ledger: Ledger, decision: Decision) -> Iterator[str]:
    low, high = decision.predicted_low_number, decision.predicted_high_number
    numbers = [one for one in (low, high, decision.probability) if one is not None]
    says = bool(numbers)
    if not all(math.isfinite(one) for one in numbers):
        yield "A prediction is a number one can write down. Give --low and --high as numbers."
    if (low is None) != (high is None):
        yield "An interval has two ends. Give both: --low NUMBER --high NUMBER"
    elif low is not None and high is not None and low > high:
        yield f"The interval {low:g} to {high:g} is upside down. Give --low first."
    if low is not None and decision.probability is not None:
        yield "One prediction is a number with an interval or a yes with a probability. Leave one out."
    if decision.probability is not None and not 0 <= decision.probability <= 1:
        yield f"A probability is 0 to 1, not {decision.probability:g}. For 70%: --probability 0.7"
    if not 0.5 <= decision.interval_probability < 1:
        yield "How sure an interval is meant to be lies between 0.5 and 1. The usual: --level 0.8"
    if says and not decision.predicts.strip():
        yield 'A number without its name cannot be checked. Say which: --predict "renewals in Q3, percent"'
    if says and decision.resolves_on is None:
        yield f"Nobody knows when to check the prediction. Say when: --resolves {decision.review_on or 'DAY'}"
    elif decision.resolves_on is not None and decision.resolves_on <= ledger.today.date():
        yield f"What resolves on {decision.resolves_on} is known already and no prediction. Leave it out."


def _of_words(decision: Decision) -> Iterator[str]:
    for says, noun in ((decision.data_says, "--data-says"), (decision.intuition_says, "--intuition-says")):
        if says not in ("", *DIRECTIONS):
            yield f"{says!r} is no direction. It is one of {', '.join(DIRECTIONS)}: {noun} for"
    if decision.stakes not in ("", *STAKES):
        yield f"{decision.stakes!r} are no stakes. They are one of {', '.join(STAKES)}."


def _of_evidence(ledger: Ledger, decision: Decision) -> Iterator[str]:
    rows = ledger.sql("select id from decision_input where decision = $id order by id", {"id": decision.id})
    pieces = list(ledger.records(DecisionInput, [str(row[0]) for row in rows]))
    for piece in pieces:
        if piece.kind not in KINDS:
            yield f"{piece.kind!r} is no kind of evidence. It is one of {', '.join(KINDS)}."
    if not pieces:
        yield 'No decision rests on nothing. If it was a feeling, say so: --intuition "what it felt like"'
    unreviewed = [one for one in unreviewed_input.check(ledger) if one.subject == decision.id]
    for finding in unreviewed:
        said = next((one.words for one in pieces if one.id == finding.evidence[0].record), "")
        why = finding.title.rpartition(" that is ")[2]
        yield (
            f"{unreviewed_input.CODE}: AI evidence needs reviewed-by; {said[:60]!r} is {why}. "
            "Let somebody who does not own the decision check it against its source: --reviewed-by NAME"
        )


def _of_others(ledger: Ledger, decision: Decision) -> Iterator[str]:
    if decision.minuted is not None:
        found = next(ledger.records(Outcome, [decision.minuted]), None)
        if found is None or found.kind != "decision":
            yield f"The minutes hold no decision {decision.minuted!r}. Leave --minuted out, or look it up."
    if decision.asks is not None:
        asked = next(ledger.records(DecisionQuestion, [decision.asks]), None)
        if asked is None or asked.withdrawn_on is not None:
            yield "The question it answers does not wait any more. Leave --answers out."
        query = "select count(*) from decision where asks = $asks and id <> $id and not taken_back"
        if ledger.sql(query, {"asks": decision.asks, "id": decision.id})[0][0] and not decision.supersedes:
            yield "Somebody answered that question in the meantime. Look: prodops decisions list"
    if decision.supersedes is None:
        rows = ledger.sql(_STANDING, {"id": decision.id}, views=[DECISIONS])
        for name, question, chosen, on in rows:
            if fold(str(question)) == fold(decision.question):
                yield (
                    f"That question was decided on {on}: {chosen}. To decide it anew: "
                    f"prodops decisions supersede {name} --chosen OPTION --why WORDS"
                )


_STANDING = """
select name, question, chosen, decided_on
from decisions
where source = 'declared' and id <> $id and decided_on is not null and state in ('standing', 'reopened')
order by id
"""
