"""How well purposes are read from titles; `train` learns the weights that ship (it needs scikit-learn).

Run as `python bench/purposes.py` for the figures, with `train` to learn and write the weights, with `count`
to count the misreadings of the held-out titles anew after a change of the words.
The titles and labels lie in `bench/labels`; the test titles are never trained on.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy import float64
from numpy.typing import NDArray

from prodops.stats.proportions import wilson
from prodops.text.classifier import pair_features, word_features, words_of
from prodops.text.words import normal_title
from prodops.views.block_purposes import (
    GROUPS,
    LEAVES,
    READINGS,
    UNKNOWN,
    WEIGHTS,
    Titled,
    cues_of,
    read_purposes,
)

LABELS = Path(__file__).with_name("labels")
TRAINING = "titles_train.csv"
HELD_OUT = ("titles_test.csv", "titles_published.csv")
"""Written by other hands than the training titles, and what product managers published of their weeks."""

CLASSES = (*LEAVES, UNKNOWN)
PEOPLE = {"solo": 1.0, "two": 2.0, "few": 6.0, "many": 30.0}
FEATURES = 5000
STRENGTHS = (0.2, 0.5)


AREAS = (
    "billing", "search", "dashboards", "reports", "notifications", "onboarding", "permissions",
    "import", "export", "mobile", "api", "integrations", "checkout", "profile", "messaging", "calendar",
    "inventory", "settings", "analytics", "sso", "webhooks", "workflows", "forms", "scheduling",
    "payments", "catalog", "ios", "android", "web", "editor", "templates", "admin console",
    "marketplace", "recommendations", "feed", "maps", "documents", "comments", "video", "invoices",
    "subscriptions", "shipping", "orders", "returns", "loyalty", "chat", "identity", "data platform",
    "growth", "activation", "core", "platform", "security", "compliance", "pricing", "localisation",
    "tickets", "email", "metrics", "assistant",
)  # fmt: skip
"""What products are about. A title's purpose is in its other words: every training title is also read with
one of these before or behind it, and each alone says nothing."""


NAMES = (
    "Aisha", "Akira", "Alejandro", "Amara", "Anders", "Anjali", "Arturo", "Astrid", "Bao", "Beatriz",
    "Bjorn", "Camille", "Chidi", "Chloe", "Dariusz", "Deepa", "Diego", "Ebony", "Elif", "Emeka", "Emil",
    "Farah", "Fatima", "Femke", "Gabriela", "Giulia", "Goran", "Hana", "Hiro", "Ingrid", "Ivana",
    "Jamal", "Jing", "Joris", "Kaito", "Katarzyna", "Kwame", "Lars", "Leila", "Liam", "Lucia", "Magnus",
    "Malik", "Marta", "Mei", "Mehmet", "Nadia", "Nikhil", "Noor", "Olga", "Omar", "Oscar", "Pablo",
    "Paola", "Petra", "Quentin", "Rania", "Ravi", "Rosa", "Ruben", "Sanjay", "Sara", "Sean", "Sofie",
    "Stefan", "Tariq", "Thandi", "Tove", "Uma", "Valentina", "Viktor", "Wei", "Xavier", "Yara", "Yusuf",
    "Zoe",
)  # fmt: skip
MARKS = (" / ", "/", " <> ", " & ", " x ", " - ", " + ", " and ", " | ")


class Labelled(NamedTuple):
    """A title with its true leaf, and whose hand wrote it."""

    titled: Titled
    leaf: str
    hand: str


def labelled(name: str) -> list[Labelled]:
    """The titles of one file of labels."""
    with (LABELS / name).open(encoding="utf-8", newline="") as lines:
        return [
            Labelled(
                Titled(
                    row["title"],
                    float(row["people"] == "solo"),
                    PEOPLE[row["people"]],
                    row["recurs"] == "yes",
                ),
                row["leaf"],
                row.get("hand", ""),
            )
            for row in csv.DictReader(lines)
        ]


def held_out(name: str) -> list[Labelled]:
    """The labels of a file without titles that were trained on; common ones are in every calendar."""
    trained = {normal_title(one.titled.title) for one in labelled(TRAINING)}
    return [one for one in labelled(name) if normal_title(one.titled.title) not in trained]


def features(titled: Titled, *, with_cues: bool) -> Counter[str]:
    """The features of one title, as the classifier counts them."""
    words = words_of(normal_title(titled.title))
    found = Counter(feature for word in words for feature in word_features(word))
    found.update(pair_features(words))
    if with_cues:
        found.update(cues_of(titled))
    return found


class Learned(NamedTuple):
    """Weights over named features."""

    names: list[str]
    weights: NDArray[float64]
    bias: NDArray[float64]


def conversations() -> list[Labelled]:
    """Recurring meetings of two called by two names: the pattern, not the names, must tell."""
    dice = np.random.default_rng(8)
    found = []
    for name in NAMES:
        other, mark = NAMES[dice.integers(len(NAMES))], MARKS[dice.integers(len(MARKS))]
        found.append(Labelled(Titled(f"{name}{mark}{other}", 0.0, 2.0, recurs=True), "B4", ""))
    return found


def about_areas(examples: Sequence[Labelled]) -> list[Labelled]:
    """The titles again, each about an area of the product, and the areas alone as unknown."""
    dice = np.random.default_rng(7)
    found = []
    for one in examples:
        if one.leaf != UNKNOWN:
            area, title = AREAS[dice.integers(len(AREAS))], one.titled.title
            orders = (f"{area} {title}", f"{title} {area}", f"{title}: {area}", f"{area}: {title}")
            about = orders[dice.integers(len(orders))]
            found.append(one._replace(titled=one.titled._replace(title=about)))
    return found + [Labelled(Titled(area, 0.0, 6.0, recurs=False), UNKNOWN, "") for area in AREAS]


def learn(examples: Sequence[Labelled], strength: float, keep: int = FEATURES) -> Learned:
    """Multinomial logistic regression; each title stands twice, once without cues, so that words lead."""
    from sklearn.feature_extraction import DictVectorizer  # lazy: for training alone
    from sklearn.linear_model import LogisticRegression  # lazy: for training alone

    examples = [*examples, *about_areas(examples), *conversations()]
    rows = [features(one.titled, with_cues=cues) for one in examples for cues in (True, False)]
    leaves = [one.leaf for one in examples for _ in (True, False)]
    spread = Counter(name for row in rows for name in row)
    # A title counts twice, so a letter group is kept from two titles on.
    seen = [{name: n for name, n in row.items() if spread[name] >= 4 or name[0] != "c"} for row in rows]
    vectors = DictVectorizer()
    matrix = vectors.fit_transform(seen)
    names = np.array(vectors.get_feature_names_out())
    model = LogisticRegression(C=strength, max_iter=600)
    model.fit(matrix, leaves)
    if len(names) > keep:
        kept = np.sort(np.argsort(-np.abs(model.coef_).max(axis=0))[:keep])
        names, matrix = names[kept], matrix[:, kept]
        model.fit(matrix, leaves)
    order = [list(model.classes_).index(leaf) for leaf in CLASSES]
    return Learned(list(names), model.coef_[order], model.intercept_[order])


def told(learned: Learned) -> dict[str, Any]:
    """The weights as they are written: whole numbers of one scale."""
    scale = float(max(np.abs(learned.weights).max(), np.abs(learned.bias).max())) / 99
    rows = np.rint(learned.weights.T / scale).astype(int)
    return {
        "classes": list(CLASSES),
        "scale": round(scale, 6),
        "bias": np.rint(learned.bias / scale).astype(int).tolist(),
        "features": {name: row.tolist() for name, row in zip(learned.names, rows, strict=True) if row.any()},
    }


def write(weights: dict[str, Any]) -> None:
    """The weights file, one feature a line, so that a change can be read."""
    lines = [
        f"  {json.dumps(name, ensure_ascii=False)}: {json.dumps(row, separators=(',', ':'))}"
        for name, row in weights["features"].items()
    ]
    rest = {key: value for key, value in weights.items() if key != "features"}
    body = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in rest.items())
    WEIGHTS.write_text("{" + body + ',\n"features": {\n' + ",\n".join(lines) + "\n}}\n", encoding="utf-8")


def chosen_strength(examples: Sequence[Labelled]) -> float:
    """The regularisation with the best log score in five folds of the training titles."""
    best = max(STRENGTHS, key=lambda strength: folds_score(examples, strength))
    print(f"regularisation chosen: {best}")
    return best


def folds_score(examples: Sequence[Labelled], strength: float) -> float:
    """Mean log probability of the true leaf over five folds."""
    scores: list[float] = []
    right = 0
    for fold_number in range(5):
        inside = [one for i, one in enumerate(examples) if i % 5 != fold_number]
        outside = [one for i, one in enumerate(examples) if i % 5 == fold_number]
        learned = learn(inside, strength)
        place = {name: i for i, name in enumerate(learned.names)}
        for one in outside:
            score = learned.bias.copy()
            for name, times in features(one.titled, with_cues=True).items():
                if name in place:
                    score += times * learned.weights[:, place[name]]
            score -= np.log(np.exp(score - score.max()).sum()) + score.max()
            scores.append(float(score[CLASSES.index(one.leaf)]))
            right += CLASSES[int(score.argmax())] == one.leaf
    print(
        f"  strength {strength}: log score {np.mean(scores):.3f}, leaf accuracy {right / len(examples):.3f}"
    )
    return float(np.mean(scores))


def confusion(examples: Sequence[Labelled]) -> dict[str, dict[str, list[int]]]:
    """Counts of readings by true class, for groups and inside each group for leaves."""
    groups = {group: [0] * len(READINGS) for group in (*GROUPS, UNKNOWN)}
    inside = {group: [leaf for leaf in LEAVES if leaf[0] == group] for group in GROUPS}
    counts: dict[str, dict[str, list[int]]] = {"groups": groups}
    counts |= {group: {leaf: [0] * len(leaves) for leaf in leaves} for group, leaves in inside.items()}
    for one, row in zip(examples, read_purposes([one.titled for one in examples]), strict=True):
        group = one.leaf[0]
        if row[2] != UNKNOWN:
            groups[group][READINGS.index(str(row[2]))] += 1
            if group in GROUPS:
                best = str(row[3 + GROUPS.index(group)])
                counts[group][one.leaf][inside[group].index(best)] += 1
    return counts


def train() -> None:
    """Learn from the training titles, count the confusions of the held-out titles, write both."""
    examples = labelled(TRAINING)
    weights = told(learn(examples, chosen_strength(examples)))
    write({**weights, "confusion": {}})
    count()
    print(f"{WEIGHTS.name}: {len(weights['features'])} features, {WEIGHTS.stat().st_size / 1024:.0f} KB")


def count() -> None:
    """Count the confusions of the held-out titles anew, with the weights as they are."""
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    write({**weights, "confusion": confusion([one for name in HELD_OUT for one in held_out(name)])})


def report(name: str) -> None:
    """Print accuracy, calibration and confusion on one file of labels."""
    examples = held_out(name)
    rows = list(read_purposes([one.titled for one in examples]))
    chances = np.array([[float(str(value)) for value in row[6:]] for row in rows])
    best = [CLASSES[i] for i in chances.argmax(axis=1)]
    leaf = wilson(sum(one.leaf == b for one, b in zip(examples, best, strict=True)), len(examples))
    readings = [str(row[2]) for row in rows]
    group = wilson(sum(one.leaf[0] == r[0] for one, r in zip(examples, readings, strict=True)), len(examples))
    print(f"{name}: n {len(examples)}")
    for what, share in (("leaf of 15", leaf), ("group of A, B, C, X", group)):
        print(f"  {what}: {share.value:.3f} ({share.low:.3f} to {share.high:.3f})")
    print("  true \\ reading  " + "  ".join(f"{r:>4}" for r in (*READINGS, UNKNOWN)))
    for true in (*GROUPS, UNKNOWN):
        line = Counter(r for one, r in zip(examples, readings, strict=True) if one.leaf[0] == true)
        print(f"  {true:>14}  " + "  ".join(f"{line[r]:>4}" for r in (*READINGS, UNKNOWN)))
    for group_name in (*GROUPS, UNKNOWN):
        places = [i for i, leaf_name in enumerate(CLASSES) if leaf_name[0] == group_name]
        expected = float(chances[:, places].sum(axis=1).mean())
        true_share = sum(one.leaf[0] == group_name for one in examples) / len(examples)
        print(f"  share of {group_name}: true {true_share:.3f}, sum of probabilities {expected:.3f}")


def spread_of_hands() -> float:
    """How much more the hands differ in being misread than by chance: chi-square by its degrees of freedom.

    A hand is one of the invented companies of the test titles, or all that was published.
    """
    seen: dict[str, dict[str, NDArray[float64]]] = {group: {} for group in (*GROUPS, UNKNOWN)}
    for name in HELD_OUT:
        examples = held_out(name)
        for one, row in zip(examples, read_purposes([one.titled for one in examples]), strict=True):
            if row[2] != UNKNOWN:
                hand = name if one.hand.startswith("http") else one.hand
                counts = seen[one.leaf[0]].setdefault(hand, np.zeros(len(READINGS)))
                counts[READINGS.index(str(row[2]))] += 1
    squares = freedom = 0.0
    for hands in seen.values():
        table = np.array(list(hands.values()))
        table = table[:, table.sum(axis=0) > 0]
        expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
        squares += float(((table - expected) ** 2 / expected).sum())
        freedom += (table.shape[0] - 1) * (table.shape[1] - 1)
    return squares / freedom


def main() -> None:
    """Train when asked, then print the figures."""
    if sys.argv[1:] == ["train"]:
        train()
    if sys.argv[1:] == ["count"]:
        count()
    for name in HELD_OUT:
        report(name)
    print(f"spread between hands: {spread_of_hands():.2f} of what chance makes")


if __name__ == "__main__":
    main()
