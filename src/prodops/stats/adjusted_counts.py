"""True classes behind the readings of an imperfect classifier: adjusted instead of classified and counted."""

from __future__ import annotations

import numpy as np
from numpy import float64, int64
from numpy.random import Generator
from numpy.typing import NDArray

STEPS = 500
"""Steps of the fixed point; each costs microseconds, and near a corner it converges slowly."""

SWEEPS = 40
"""Sweeps of the sampler before the one that is kept."""

PRIOR = 1.0
"""What a row of a confusion matrix is given besides its counts, divided evenly over the readings."""

SHARE_PRIOR = 1.0
"""Prior of every class's share, in units: all shares are equally likely. With less, few units would pile up
in one class."""


def truth_behind(observed: NDArray[float64], confusion: NDArray[float64]) -> NDArray[float64]:
    """How each reading divides among the true classes, at the shares that best explain all readings.

    Args:
        observed: Weight of every reading, shape (readings,).
        confusion: Share of every reading given the true class, shape (classes, readings); rows sum to 1.

    Returns:
        Probability of each true class given the reading, shape (readings, classes); `observed @` it are
        the adjusted counts, which are never negative.

    Source: Saerens, Latinne and Decaestecker (2002), Neural Computation 14:21; the fixed point is the
    maximum of the multinomial likelihood, that is the adjusted count, clipped to what is possible.
    """
    classes = confusion.shape[0]
    shares = np.full(classes, 1 / classes)
    total = observed.sum()
    posterior = _posterior(shares, confusion)
    for _ in range(STEPS if total > 0 else 0):
        shares = observed @ posterior / total
        posterior = _posterior(shares, confusion)
    return posterior


def confusion_draws(
    counts: NDArray[float64], draws: int, random: Generator, *, design_effect: float = 1.0
) -> NDArray[float64]:
    """Confusion matrices that the counts of a test corpus allow, shape (draws, classes, readings).

    Args:
        counts: How often each reading was given to each true class, shape (classes, readings).
        draws: How many.
        random: Where chance comes from.
        design_effect: By how much the counts overstate what is known of another organisation: 1 when
            its words are like the corpus, more when corpora differ from each other.

    """
    shape = (draws, *counts.shape)
    gammas = random.standard_gamma(np.broadcast_to(counts / design_effect + PRIOR / counts.shape[1], shape))
    matrices: NDArray[float64] = gammas / gammas.sum(axis=2, keepdims=True)
    return matrices


def split_draws(
    observed: NDArray[float64],
    units: NDArray[int64],
    confusions: NDArray[float64],
    random: Generator,
) -> NDArray[float64]:
    """Draws of how each reading divides among the true classes, shape (draws, readings, classes).

    Each draw keeps its own confusion matrix (what the organisation says does not change what the test
    corpus said), and alternates between the true classes and their shares, as if all the weight came in
    equal units. The truth of a reading is then drawn unit by unit, so a reading that is one title is
    wholly right or wholly wrong.

    Args:
        observed: Weight of every reading, shape (readings,).
        units: How many equal units (titles) stand behind each reading, at least 1 where there is weight.
        confusions: One matrix a draw, shape (draws, classes, readings).
        random: Where chance comes from.
    """
    draws, classes, _ = confusions.shape
    whole = observed.sum()
    squares = (observed**2 / np.maximum(units, 1)).sum()
    counts = np.rint(observed * whole / squares if squares > 0 else observed).astype(np.int64)
    shares = random.dirichlet(np.ones(classes), size=draws)
    posterior = _posterior(shares, confusions)
    for _ in range(SWEEPS):
        drawn = random.multinomial(np.broadcast_to(counts, posterior.shape[:2]), posterior)
        gammas = random.standard_gamma(drawn.sum(axis=1) + SHARE_PRIOR)
        shares = gammas / gammas.sum(axis=1, keepdims=True)
        posterior = _posterior(shares, confusions)
    drawn = random.multinomial(np.broadcast_to(units, posterior.shape[:2]), posterior)
    split: NDArray[float64] = np.where(units[:, None] > 0, drawn / np.maximum(units, 1)[:, None], posterior)
    return split


def _posterior(shares: NDArray[float64], confusion: NDArray[float64]) -> NDArray[float64]:
    """Bayes' rule: (..., classes) and (..., classes, readings) give (..., readings, classes)."""
    joint = np.swapaxes(shares[..., :, None] * confusion, -1, -2)
    whole = joint.sum(axis=-1, keepdims=True)
    # A reading that no class with a share can give says nothing about the class.
    even = np.broadcast_to(shares[..., None, :], joint.shape)
    posterior: NDArray[float64] = np.where(whole > 0, joint / np.where(whole > 0, whole, 1), even)
    return posterior
