"""How likely a statement settles something or sets something to be done: learned weights on named constructions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from prodops.connectors.minutes.features import features_of
from prodops.connectors.minutes.marks import ACTION, DECISION
from prodops.connectors.minutes.statements import Statement
from prodops.connectors.minutes.weights import ACTION_WEIGHTS, DECISION_WEIGHTS, FORMAL_WEIGHTS, Weights

_TABLES = {(DECISION, False): DECISION_WEIGHTS, (DECISION, True): FORMAL_WEIGHTS}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement was read as.

    Attributes:
        probability: How likely it is one, calibrated on meetings the weights were not learned from.
        enough: Whether that is enough to report it.
    """

    probability: float
    enough: bool


def read_statement(statement: Statement, kind: str, *, names: frozenset[str], formal: bool) -> Reading:
    """Read one statement as a decision or not, or as an action or not.

    Args:
        statement: The sentence and its surroundings.
        kind: decision or action.
        names: What the people of the meeting are called, in lower case.
        formal: Whether proposals are put and voted on, as in a scribe's log.
    """
    table = ACTION_WEIGHTS if kind == ACTION else _TABLES[kind, formal]
    score = score_of(features_of(statement, kind, names=names, formal=formal), table)
    probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, table.slope * score + table.shift))))
    return Reading(round(probability, 4), enough=score >= table.threshold)


def score_of(features: frozenset[str], table: Weights) -> float:
    """The logistic score of a set of features before calibration, on the log-odds scale."""
    return table.intercept + math.fsum(table.weights.get(name, 0.0) for name in features)
