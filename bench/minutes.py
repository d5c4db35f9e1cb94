"""How well decisions and actions are read from real minutes: F1 on labelled agenda items, by group.

    .venv/bin/python bench/minutes.py

Reads the hand labels beside it, the scribes' own marks of the W3C group, and the public minutes laid beside
the project; without those it says so and stops. Intervals resample whole meetings.

Held out are the meetings of `labels/final.csv` and `labels/fresh.csv`, from which nothing was ever learned,
and the W3C meetings whose digest is odd. `minutes_learn.py` learns from `development.csv`,
`sentences.csv`, `constructions.csv` and the other W3C meetings; the rows that say `learned from` stand only
beside them to show how far the two fall apart.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from prodops.connectors.minutes.marks import ACTION, DECISION
from prodops.connectors.minutes.reader import MeetingRead, read_minutes

LABELS = Path(__file__).with_name("labels")
RITUALS = Path(__file__).resolve().parents[2] / "shared" / "data" / "rituals"
W3C = "w3c-json-ld-wg"
HELD_OUT = ("final.csv", "fresh.csv")
SECOND_PASSES = (("final.csv", "second_pass.csv"), ("fresh.csv", "fresh_second_pass.csv"))
DRAWS = 2_000
KINDS = (DECISION, ACTION)


@dataclass(frozen=True, slots=True)
class Judged:
    """One agenda item with what is true of it and what was read.

    Attributes:
        group: The public set it comes from.
        meeting: Its file and the line at which its meeting begins.
        kind: decision or action.
        truth: Whether it holds one.
        read: Whether one was found.
    """

    group: str
    meeting: str
    kind: str
    truth: bool
    read: bool


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a label file."""
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(file: str, *, ignore_marks: bool) -> list[MeetingRead]:
    """The meetings of a public file."""
    text = (RITUALS / file).read_text(encoding="utf-8")
    return list(read_minutes(text, file, ignore_marks=ignore_marks))


def found_in(meetings: Sequence[MeetingRead]) -> dict[int, set[str]]:
    """What was found in the item that begins at each line."""
    return {item.number: {one.kind for one in item.found} for meeting in meetings for item in meeting.items}


def labelled(names: Sequence[str], *, ignore_marks: bool) -> Iterator[Judged]:
    """The items of label files, read; with `ignore_marks` only lines that no scribe marked count as truth."""
    rows = [row for name in names for row in rows_of(name)]
    for file in dict.fromkeys(row["file"] for row in rows):
        marked = read(file, ignore_marks=False)
        begins = {item.number: each.meeting.number for each in marked for item in each.items}
        unmarked = {
            (kind, line)
            for each in marked
            for item in each.items
            for one in item.found
            if one.marked
            for kind, line in ((one.kind, one.number),)
        }
        found = found_in(read(file, ignore_marks=True) if ignore_marks else marked)
        for row in (row for row in rows if row["file"] == file):
            place = int(row["line"])
            for kind in KINDS:
                lines = {int(line) for line in row[f"{kind}_lines"].split(";") if line}
                left = {line for line in lines if not ignore_marks or (kind, line) not in unmarked}
                yield Judged(
                    file.partition("/")[0],
                    f"{file}:{begins.get(place, 0)}",
                    kind,
                    bool(left),
                    kind in found.get(place, set()),
                )


def scribed(*, ignore_marks: bool, parity: int | None = None) -> Iterator[Judged]:
    """The items of the W3C group against the scribes' marks; `parity` 1 keeps the half not learned from."""
    with (RITUALS / W3C / "truth" / "items.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in dict.fromkeys(row["file"] for row in rows):
        if parity is not None and int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 != parity:
            continue
        meetings = read(f"{W3C}/{name}", ignore_marks=ignore_marks)
        found = {item.section: {one.kind for one in item.found} for each in meetings for item in each.items}
        for row in (row for row in rows if row["file"] == name):
            kinds = found.get(row["section"], set())
            yield Judged(W3C, name, DECISION, int(row["n_resolutions"]) > 0, DECISION in kinds)
            yield Judged(W3C, name, ACTION, int(row["n_actions"]) > 0, ACTION in kinds)


def told(label: str, judged: Sequence[Judged], kind: str) -> str:
    """One line of the table: n, precision, recall and F1 with the interval from resampled meetings."""
    rows = [one for one in judged if one.kind == kind]
    meetings = sorted({one.meeting for one in rows})
    counts = np.zeros((len(meetings), 3))
    place = {meeting: at for at, meeting in enumerate(meetings)}
    for one in rows:
        column = 0 if one.truth and one.read else 1 if one.read else 2
        counts[place[one.meeting], column] += one.truth or one.read
    hits, false, missed = counts.sum(axis=0)
    truths = int(hits + missed)
    if not truths:
        return f"{label:52} {kind:9} {len(meetings):4} {len(rows):5} {0:5}   none is true; {int(false)} read"
    random = np.random.default_rng(7)
    drawn = random.multinomial(len(meetings), np.full(len(meetings), 1 / len(meetings)), size=DRAWS) @ counts
    scores = 2 * drawn[:, 0] / np.maximum(2 * drawn[:, 0] + drawn[:, 1] + drawn[:, 2], 1)
    low, high = np.quantile(scores, (0.025, 0.975))
    precision, recall = hits / max(hits + false, 1), hits / truths
    score = 2 * hits / (2 * hits + false + missed)
    return (
        f"{label:52} {kind:9} {len(meetings):4} {len(rows):5} {truths:5}"
        f"   {precision:.2f}  {recall:.2f}  {score:.3f} ({low:.2f} to {high:.2f})"
    )


def agreement() -> Iterator[str]:
    """How far two passes of labelling agree: the share of equal labels and Cohen's kappa."""
    for first, second in SECOND_PASSES:
        if not (LABELS / second).is_file():
            continue
        known = {(row["file"], row["line"]): row for row in rows_of(first)}
        pairs = [(known[row["file"], row["line"]], row) for row in rows_of(second)]
        for kind in KINDS:
            same = np.array([[one[kind] == "1", other[kind] == "1"] for one, other in pairs])
            equal = float((same[:, 0] == same[:, 1]).mean())
            shares = same.mean(axis=0)
            chance = float(shares.prod() + (1 - shares).prod())
            kappa = (equal - chance) / (1 - chance)
            yield f"{second}: {kind}, {len(pairs)} items, {equal:.3f} equal, kappa {kappa:.2f}"


def sections() -> Iterator[tuple[str, list[Judged]]]:
    """The parts of the table, each with its items."""
    yield "w3c, marked, all", list(scribed(ignore_marks=False))
    yield "w3c, marks removed, all", list(scribed(ignore_marks=True))
    yield "w3c, marks removed, odd half, never learned from", list(scribed(ignore_marks=True, parity=1))
    for ignore_marks, how in ((False, "as written"), (True, "marks removed")):
        held = list(labelled(HELD_OUT, ignore_marks=ignore_marks))
        for group in dict.fromkeys(one.group for one in held):
            yield f"{group}, {how}, held out", [one for one in held if one.group == group]
        yield f"all prose groups, {how}, held out", held
    yield "all prose groups, as written, final.csv alone", list(labelled(HELD_OUT[:1], ignore_marks=False))
    yield "all prose groups, as written, fresh.csv alone", list(labelled(HELD_OUT[1:], ignore_marks=False))
    yield (
        "all prose groups, as written, learned from",
        list(labelled(["development.csv"], ignore_marks=False)),
    )


def main() -> int:
    """Print the table and the agreement."""
    if not RITUALS.is_dir():
        print("skipped: the public minutes are not laid beside the project")
        return 0
    print(f"{'group, reading, part':52} {'kind':9} mtgs items true   prec. rec.  F1 (95% over meetings)")
    for label, judged in sections():
        for kind in KINDS:
            print(told(label, judged, kind))
    for line in agreement():
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
