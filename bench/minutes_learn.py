"""Learn the weights by which unmarked decisions and actions are found in minutes, and write them as a table.

    .venv/bin/python bench/minutes_learn.py [write]

Reads the hand labels beside it and the public minutes laid beside the project; prints how well meetings are
read by weights learned without them and, with `write`, writes `src/prodops/connectors/minutes/weights.py`.
Needs scikit-learn, which the program itself does not.

What is learned from: the lines of the development meetings (`labels/development.csv`), single sentences
of other meetings of the same half (`labels/sentences.csv`), sentences invented for this purpose
(`labels/constructions.csv`, `labels/wordings.csv`), and for scribes' logs the W3C meetings whose digest is
even. Nothing of `labels/final.csv`, `labels/fresh.csv` and `labels/wordings_check.csv`, nothing of the other
W3C meetings.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

# The parts are found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from bench.minutes_parts.fitting import Example, Recipe, learn
from sklearn.linear_model import LogisticRegression

from prodops.connectors.minutes.classify import score_of
from prodops.connectors.minutes.features import features_of
from prodops.connectors.minutes.lines import lines_of
from prodops.connectors.minutes.marks import DECISION, mark_of
from prodops.connectors.minutes.meetings import Meeting, meetings_of
from prodops.connectors.minutes.outline import Item
from prodops.connectors.minutes.statements import statements_of
from prodops.connectors.minutes.weights import Weights
from prodops.connectors.minutes.wording import TOPIC

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "bench" / "labels"
RITUALS = ROOT.parent / "shared" / "data" / "rituals"
TABLE = ROOT / "src" / "prodops" / "connectors" / "minutes" / "weights.py"
W3C = "w3c-json-ld-wg"
INVENTED_NAMES = frozenset({"ana", "bo", "cleo"})
FOLDS = 5


RECIPES = {
    "decision": Recipe(strength=0.5, positives=1.0, invented=1.0, staged=True),
    "action": Recipe(strength=0.5, positives=2.0, invented=1.0, staged=False),
    "formal": Recipe(strength=1.0, positives=1.0, invented=0.3, staged=True),
}


def part_of(meeting: str, parts: int) -> int:
    """The part a meeting belongs to, by digest: the same in every run and for every bench."""
    return int(hashlib.sha256(meeting.encode()).hexdigest(), 16) % parts


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a label file."""
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def meetings_in(file: str, *, ignore_marks: bool = False) -> list[Meeting]:
    """The meetings of a public file."""
    text = (RITUALS / file).read_text(encoding="utf-8")
    return list(meetings_of(text, file, ignore_marks=ignore_marks))


def examples_of(
    item: Item, kind: str, meeting: Meeting, key: str, positive: frozenset[int]
) -> Iterator[Example]:
    """The statements of an item; `positive` holds the numbers of the lines that are outcomes."""
    for statement in statements_of(item.lines, item.title):
        features = features_of(statement, kind, names=meeting.names, formal=meeting.formal)
        number = statement.line.number
        mark = mark_of(statement.line)
        yield Example(
            features,
            f"{key}:{number}",
            f"{key}:{item.number}",
            key,
            number in positive,
            marked=mark is not None and mark.kind == kind,
        )


def development(kind: str) -> Iterator[Example]:
    """The statements of the development meetings; lists of outcomes that stand apart are left out."""
    rows = {(row["file"], int(row["line"])): row for row in rows_of("development.csv")}
    for file in dict.fromkeys(file for file, _ in rows):
        for meeting in meetings_in(file):
            for _, item in meeting.items:
                row = rows.get((file, item.number))
                if row is not None and item.role == TOPIC:
                    numbers = frozenset(int(number) for number in row[f"{kind}_lines"].split(";") if number)
                    yield from examples_of(item, kind, meeting, f"{file}:{meeting.number}", numbers)


def sentences(kind: str) -> Iterator[Example]:
    """Single labelled sentences of meetings that are not read as a whole."""
    read = {example.meeting for example in development(kind)}
    wanted = {
        (row["file"], int(row["line"]), int(row["sentence"])): row["label"] == "1"
        for row in rows_of("sentences.csv")
        if row["kind"] == kind
    }
    for file in dict.fromkeys(file for file, _, _ in wanted):
        for meeting in meetings_in(file):
            key = f"{file}:{meeting.number}"
            if key in read:
                continue
            for _, item in meeting.items:
                counts: dict[int, int] = {}
                for statement in statements_of(item.lines, item.title):
                    number = statement.line.number
                    at = counts[number] = counts.get(number, -1) + 1
                    if (file, number, at) in wanted:
                        features = features_of(statement, kind, names=meeting.names, formal=meeting.formal)
                        place = f"{key}:{number}:{at}"
                        yield Example(features, place, place, key, wanted[file, number, at])


def invented(kind: str, weight: float) -> Iterator[Example]:
    """Sentences written for this purpose, so that constructions do not depend on the groups at hand."""
    usual = rows_of("constructions.csv")
    for at, row in enumerate([*usual, *rows_of("wordings.csv")]):
        if row["kind"] != kind:
            continue
        for line in lines_of(f"- {row['sentence']}"):
            found = [
                features_of(statement, kind, names=INVENTED_NAMES, formal=False)
                for statement in statements_of([line], "")
            ]
            place = f"invented:{at}"
            yield Example(
                frozenset().union(*found),
                place,
                place,
                place,
                row["label"] == "1",
                weight,
                wider=at >= len(usual),
            )


def scribed(part: int | None = None) -> Iterator[Example]:
    """The statements of the W3C meetings without their marks; positive: a voted proposal in a resolved item.

    Args:
        part: 0 for the half to learn from, 1 for the half to judge on, None for both.
    """
    truth: dict[tuple[str, str], bool] = {}
    with (RITUALS / W3C / "truth" / "items.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            truth[row["file"], row["section"]] = "decision" in row["label"]
    for name in dict.fromkeys(name for name, _ in truth):
        if part is not None and part_of(name, 2) != part:
            continue
        for meeting in meetings_in(f"{W3C}/{name}", ignore_marks=True):
            for section, item in meeting.items:
                yield from _resolved(item, meeting, f"{name}:{section}", name, resolved=truth[name, section])


def _resolved(item: Item, meeting: Meeting, place: str, name: str, *, resolved: bool) -> Iterator[Example]:
    """In a resolved item the voted proposals are positive, or else one statement of the whole item is."""
    made = list(examples_of(item, DECISION, meeting, name, frozenset()))
    voted = [example for example in made if example.features & {"proposal_voted", "proposal_answered"}]
    chosen = (voted or made) if resolved else made
    for example in chosen:
        line = example.line if voted and resolved else place
        yield Example(example.features, line, place, name, resolved)


def out_of_fold(
    judged: Sequence[Example], besides: Sequence[Example], recipe: Recipe
) -> list[tuple[Example, float]]:
    """The score of every example by weights learned without its meeting."""
    scored: list[tuple[Example, float]] = []
    for fold in range(FOLDS):
        kept = [example for example in judged if part_of(example.meeting, FOLDS) != fold]
        table = learn([*kept, *besides], recipe)
        scored += [
            (example, score_of(example.features, table))
            for example in judged
            if part_of(example.meeting, FOLDS) == fold
        ]
    return scored


def calibrated(table: Weights, scored: Sequence[tuple[Example, float]]) -> Weights:
    """Platt scaling on whole lines, and the threshold at which items without marks are judged best (F1)."""
    known = {example.item for example, _ in scored if example.marked}
    lines: dict[str, tuple[float, bool]] = {}
    items: dict[str, tuple[float, bool]] = {}
    for example, score in scored:
        for places, place in ((lines, example.line), (items, example.item)):
            held = places.get(place, (-99.0, False))
            places[place] = (max(held[0], score), held[1] or example.positive)
    scores = np.array([[score] for score, _ in lines.values()])
    truth = np.array([positive for _, positive in lines.values()])
    platt = LogisticRegression(C=1_000.0).fit(scores, truth)
    candidates = [step / 20 for step in range(-80, 81)]
    unmarked = [pair for item, pair in items.items() if item not in known]
    threshold = max(candidates, key=lambda at: _smoothed(unmarked, at))
    print(f"  {len(lines)} lines, {len(unmarked)} items; out of fold F1 {_f1(unmarked, threshold):.3f}")
    return Weights(
        intercept=table.intercept,
        slope=float(platt.coef_[0][0]),
        shift=float(platt.intercept_[0]),
        threshold=threshold,
        weights=table.weights,
    )


def _smoothed(items: Sequence[tuple[float, bool]], at: float) -> float:
    """F1 averaged over nearby thresholds, so that no lucky gap between two items is picked."""
    return sum(_f1(items, at + offset / 10) for offset in range(-4, 5)) / 9


def _f1(items: Sequence[tuple[float, bool]], threshold: float) -> float:
    hits = sum(1 for score, positive in items if positive and score >= threshold)
    wrong = sum(1 for score, positive in items if positive != (score >= threshold))
    return 2 * hits / max(2 * hits + wrong, 1)


def table_for(name: str) -> Weights:
    """Learn one table: `decision`, `action` or `formal`."""
    recipe = RECIPES[name]
    kind = "decision" if name == "formal" else name
    judged = list(scribed(0)) if name == "formal" else list(development(kind))
    besides = list(invented(kind, recipe.invented)) + ([] if name == "formal" else list(sentences(kind)))
    print(f"{name}: {len(judged)} statements of meetings, {len(besides)} besides")
    return calibrated(learn([*judged, *besides], recipe), out_of_fold(judged, besides, recipe))


def written(tables: dict[str, Weights]) -> str:
    """The module that holds the tables."""
    parts = [HEAD]
    for name, table in tables.items():
        entries = sorted(table.weights.items(), key=lambda pair: -abs(pair[1]))
        pairs = [f'"{feature}": {value:.3f},' for feature, value in entries]
        rows = "\n".join("        " + " ".join(pairs[at : at + 3]) for at in range(0, len(pairs), 3))
        parts.append(
            f"{name.upper()}_WEIGHTS: Final = Weights(\n"
            f"    intercept={table.intercept:.4f},\n    slope={table.slope:.4f},\n"
            f"    shift={table.shift:.4f},\n"
            f"    threshold={table.threshold:.2f},\n    weights={{\n{rows}\n    }},\n)  # fmt: skip\n"
        )
    return "\n".join(parts)


HEAD = '''"""Learned weights of the constructions; written by bench/minutes_learn.py, not by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model over named features.

    Attributes:
        intercept: The score of a statement without any of the features.
        slope: With `shift`, turns a score into a calibrated log-odds.
        shift: See `slope`.
        threshold: The score from which a statement is reported.
        weights: What each feature adds to the score.
    """

    intercept: float
    slope: float
    shift: float
    threshold: float
    weights: Mapping[str, float]

'''


def main() -> int:
    """Learn the three tables; write the module when told to."""
    if not RITUALS.is_dir():
        print("skipped: the public minutes are not laid beside the project")
        return 0
    tables = {name: table_for(name) for name in RECIPES}
    if sys.argv[1:] == ["write"]:
        TABLE.write_text(written(tables), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
