"""A linear classifier adds up weights of words, pairs and letters, and nothing else."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from prodops.text.classifier import LinearClassifier, pair_features, word_features, words_of

TWO = {
    "classes": ["cat", "dog"],
    "scale": 0.5,
    "bias": [0, 1],
    "features": {
        "w purr": [4, 0], "c ^pur": [2, 0], "p good boy": [0, 3], "cue outside": [0, 2], "w bark": [0, 4],
    },
}  # fmt: skip


@pytest.fixture
def classifier() -> LinearClassifier:
    return LinearClassifier.read(json.dumps(TWO))


def odds(cat: float, dog: float) -> list[float]:
    whole = math.exp(cat) + math.exp(dog)
    return [math.exp(cat) / whole, math.exp(dog) / whole]


def test_it_adds_the_bias_the_words_their_letters_and_the_pairs(classifier: LinearClassifier) -> None:
    found = classifier.probabilities(["purr", "good boy bark bark", "", "purred"])
    expected = [odds(2 + 1, 0.5), odds(0, 0.5 + 1.5 + 4), odds(0, 0.5), odds(1, 0.5)]
    assert np.allclose(found, expected)


def test_cues_count_beside_the_words(classifier: LinearClassifier) -> None:
    found = classifier.probabilities(["purr", "purr"], [["cue outside", "cue unheard"], []])
    assert np.allclose(found, [odds(3, 1.5), odds(3, 0.5)])


def test_no_texts_give_no_rows(classifier: LinearClassifier) -> None:
    assert (0, 2) == classifier.probabilities([]).shape


def test_a_text_reads_the_same_alone_and_among_others(classifier: LinearClassifier) -> None:
    texts = ["bark", "purr purr", "good boy", "boy good"]
    together = classifier.probabilities(texts)
    alone = [classifier.probabilities([text])[0] for text in texts]
    assert np.array_equal(together, alone)


def test_marks_that_join_names_are_words_and_digits_are_one() -> None:
    assert ["anna", "<>", "tom", "0"] == words_of("anna <> tom, 2026")
    assert ["q0", "a", "/", "b"] == words_of("q3 a/b")


def test_a_verb_and_its_particle_are_one_word_however_they_are_written() -> None:
    assert words_of("stand-up") == words_of("stand up") == words_of("standup") == ["standup"]
    assert ["check", "the", "up"] == words_of("check the up")


def test_the_features_of_a_word_are_itself_and_its_letter_groups() -> None:
    assert ["w ab", "c ^ab", "c ab$", "c ^ab$"] == list(word_features("ab"))
    assert ["p a b", "p b c"] == list(pair_features(["a", "b", "c"]))
