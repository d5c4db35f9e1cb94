"""A linear classifier of short texts by words, word pairs and letter groups; weights are learned elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy import float64
from numpy.typing import NDArray

_WORD = re.compile(r"\w+|<>|[/&+:?]")
_DIGITS = re.compile(r"\d+")

LETTERS = (3, 4, 5)
"""Lengths of the letter groups inside a word, its ends marked."""


def words_of(text: str) -> list[str]:
    """The words of a folded text; digits become one zero, and marks that join names stand for themselves."""
    return _WORD.findall(_DIGITS.sub("0", text))


def word_features(word: str) -> Iterator[str]:
    """What a single word says: itself, and its groups of letters, so that misspellings still say something."""
    yield f"w {word}"
    marked = f"^{word}$"
    for length in LETTERS:
        for start in range(len(marked) - length + 1):
            yield f"c {marked[start : start + length]}"


def pair_features(words: Sequence[str]) -> Iterator[str]:
    """What neighbours say."""
    for first, second in zip(words, words[1:], strict=False):
        yield f"p {first} {second}"


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Multinomial logistic regression over counted features.

    Attributes:
        classes: Names of the classes.
        bias: One number a class.
        weights: For each feature one number a class; what is not listed has no weight.
    """

    classes: tuple[str, ...]
    bias: NDArray[float64]
    weights: dict[str, NDArray[float64]]
    _by_word: dict[str, NDArray[float64]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def read(cls, text: str) -> LinearClassifier:
        """From JSON: `classes`, `scale`, and `bias` and `features` as whole numbers of that scale."""
        told = json.loads(text)
        scale = float(told["scale"])
        return cls(
            classes=tuple(told["classes"]),
            bias=np.array(told["bias"], dtype=float) * scale,
            weights={name: np.array(row, dtype=float) * scale for name, row in told["features"].items()},
        )

    def probabilities(
        self, texts: Sequence[str], cues: Sequence[Sequence[str]] | None = None
    ) -> NDArray[float64]:
        """Probability of each class for each text, shape (texts, classes).

        Args:
            texts: Folded texts.
            cues: More features of each text, by the names that the weights know.
        """
        scores = np.empty((len(texts), len(self.classes)))
        for place, text in enumerate(texts):
            scores[place] = self._score(words_of(text), cues[place] if cues else ())
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: NDArray[float64] = odds / odds.sum(axis=1, keepdims=True)
        return shares

    def _score(self, words: list[str], cues: Sequence[str]) -> NDArray[float64]:
        score = self.bias.copy()
        for word in words:
            known = self._by_word.get(word)
            if known is None:
                known = self._by_word[word] = self._sum(word_features(word))
            score += known
        for feature in (*pair_features(words), *cues):
            weight = self.weights.get(feature)
            if weight is not None:
                score += weight
        return score

    def _sum(self, features: Iterator[str]) -> NDArray[float64]:
        found = [self.weights[feature] for feature in features if feature in self.weights]
        return np.sum(found, axis=0) if found else np.zeros(len(self.classes))
