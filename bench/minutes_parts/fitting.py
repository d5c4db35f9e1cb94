"""Fitting the weights of one table: logistic regression over named features, in one stage or in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from prodops.connectors.minutes import phrases
from prodops.connectors.minutes.classify import score_of
from prodops.connectors.minutes.features import ALONE
from prodops.connectors.minutes.weights import Weights

ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """One statement to learn from or to judge.

    Attributes:
        features: Its constructions.
        line: Where it stands; in a positive line the likeliest statement is the positive one.
        item: The agenda item it stands in.
        meeting: Its meeting, which is never split between learning and judging.
        positive: Whether its line is a decision (or an action).
        weight: How much it counts.
        marked: Whether its line carries a mark of the kind, so that no reading of prose is needed.
        wider: Whether it was invented for the wider language.
    """

    features: frozenset[str]
    line: str
    item: str
    meeting: str
    positive: bool
    weight: float = 1.0
    marked: bool = False
    wider: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one table is learned.

    Attributes:
        strength: The inverse of the L2 penalty.
        positives: How much more a positive statement counts.
        invented: How much an invented sentence counts.
        staged: Whether the wider language is learned after the rest, which stays as it is.
    """

    strength: float
    positives: float
    invented: float
    staged: bool


def learn(examples: Sequence[Example], recipe: Recipe) -> Weights:
    """Logistic regression; in a positive line only the likeliest statement counts, chosen anew each round.

    Staged, the wider language is left out first, and then learned with all else held as it was: so sentences
    invented for it cannot move what real meetings say of the rest.
    """
    if recipe.staged:
        first = [replace(one, features=one.features - _wider(one)) for one in examples if not one.wider]
        usual = learn(first, replace(recipe, staged=False))
        return _added(_likeliest(examples, usual), usual, recipe)
    table = Weights(intercept=0.0, slope=1.0, shift=0.0, threshold=0.0, weights={})
    for round_ in range(ROUNDS):
        table = _fit(examples if round_ == 0 else _likeliest(examples, table), recipe)
    return table


def _wider(example: Example) -> frozenset[str]:
    """What a statement has of the wider language."""
    return frozenset(name for name in example.features if name in phrases.SETTLING or name.startswith(ALONE))


def _added(examples: Sequence[Example], usual: Weights, recipe: Recipe) -> Weights:
    """The usual weights and those of the wider language, fitted with the usual score as a fixed offset."""
    matrix, names = _matrix([replace(example, features=_wider(example)) for example in examples])
    offset = np.array([score_of(example.features, usual) for example in examples])
    positive, weight = _outcomes(examples, recipe)

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ values + offset
        off = weight * (expit(score) - positive)
        height = weight @ np.logaddexp(0.0, np.where(positive, -score, score))
        return height + values @ values / (2 * recipe.strength), matrix.T @ off + values / recipe.strength

    values = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return replace(usual, weights={**usual.weights, **_telling(names, values)})


def _likeliest(examples: Sequence[Example], table: Weights) -> list[Example]:
    best: dict[str, Example] = {}
    for example in examples:
        if example.positive:
            held = best.get(example.line)
            if held is None or score_of(example.features, table) > score_of(held.features, table):
                best[example.line] = example
    return [*(example for example in examples if not example.positive), *best.values()]


def _fit(examples: Sequence[Example], recipe: Recipe) -> Weights:
    matrix, names = _matrix(examples)
    positive, weight = _outcomes(examples, recipe)
    model = LogisticRegression(C=recipe.strength, max_iter=5_000).fit(matrix, positive, sample_weight=weight)
    weights = _telling(names, model.coef_[0])
    return Weights(intercept=float(model.intercept_[0]), slope=1.0, shift=0.0, threshold=0.0, weights=weights)


def _matrix(examples: Sequence[Example]) -> tuple[np.ndarray, list[str]]:
    """Which statement (row) has which feature (column), and the names of the columns."""
    names = sorted(frozenset[str]().union(*(example.features for example in examples)))
    column = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names)))
    for row, example in enumerate(examples):
        matrix[row, [column[name] for name in example.features]] = 1.0
    return matrix, names


def _outcomes(examples: Sequence[Example], recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Which statements are positive, and how much each counts."""
    positive = np.array([example.positive for example in examples])
    weight = [example.weight * (recipe.positives if example.positive else 1.0) for example in examples]
    return positive, np.array(weight)


def _telling(names: Sequence[str], values: np.ndarray) -> dict[str, float]:
    """The weights worth keeping."""
    return {name: float(value) for name, value in zip(names, values, strict=True) if abs(value) >= 0.005}
