"""A linear classifier of short texts by words, word pairs and letter groups; its weights are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy import float64
from numpy.typing import NDArray

_WORD = re.compile(r"\w+|<>|[/&+:?]")
_DIGITS = re.compile(r"\d+")
_PARTICLE = re.compile(
    r"\b(stand|kick|check|hand|follow|catch|read|sign|roll|wrap|clean|set|break|walk|ramp|start|back|log)"
    r"[- ](up|in|off|out|through|over|down)\b"
)

LETTERS = (3, 4, 5)
"""Lengths of the letter groups inside a word, its ends marked."""


def words_of(text: str) -> list[str]:
    """The words of a folded text.

    Digits become one zero, marks that join names stand for themselves, and `stand-up`, `stand up` and
    `standup` are one word.
    """
    return _WORD.findall(_PARTICLE.sub(r"\1\2", _DIGITS.sub("0", text)))


def word_features(word: str) -> Iterator[str]:
    """What a word says: itself, and its groups of letters, so that a misspelling says something too."""
    yield f"w {word}"
    marked = f"^{word}$"
    for length in LETTERS:
        for start in range(len(marked) - length + 1):
            yield f"c {marked[start : start + length]}"


def pair_features(words: Sequence[str]) -> Iterator[str]:
    """What neighbours say."""
    for first, second in pairwise(words):
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
        if not texts:
            return np.zeros((0, len(self.classes)))
        known = _Known(self)
        places: list[int] = []
        starts = []
        for i, text in enumerate(texts):
            starts.append(len(places))
            places.append(0)
            words = words_of(text)
            places += [known.word(word) for word in words]
            places += [known.feature(feature) for feature in pair_features(words)]
            places += [known.feature(cue) for cue in cues[i]] if cues else []
        scores = np.add.reduceat(np.array(known.rows)[places], starts, axis=0)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: NDArray[float64] = odds / odds.sum(axis=1, keepdims=True)
        return shares


class _Known:
    """Rows of weights by place: the bias, nothing, then words with their letters, and features."""

    def __init__(self, classifier: LinearClassifier) -> None:
        self.weights = classifier.weights
        self.rows = [classifier.bias, np.zeros(len(classifier.classes))]
        self._words: dict[str, int] = {}
        self._features: dict[str, int] = {}

    def word(self, word: str) -> int:
        place = self._words.get(word)
        if place is None:
            found = [self.weights[feature] for feature in word_features(word) if feature in self.weights]
            place = self._words[word] = self._new(np.sum(found, axis=0)) if found else 1
        return place

    def feature(self, feature: str) -> int:
        place = self._features.get(feature)
        if place is None:
            found = self.weights.get(feature)
            if found is None:
                return 1
            place = self._features[feature] = self._new(found)
        return place

    def _new(self, row: NDArray[float64]) -> int:
        self.rows.append(row)
        return len(self.rows) - 1
