"""How well invented sentences in the manner of twelve kinds of writers are read; prints counts alone.

    .venv/bin/python bench/minutes_wordings.py

The sentences of `labels/wordings_check.csv` were written and split off by turns before any figure was
computed and are never learned from nor looked at one by one; those of `labels/wordings.csv`, by the same
hand, are learned from. A sentence is read as the only line of an item, in a meeting of Ana, Bo and Cleo.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from prodops.connectors.minutes.extract import rows_of
from prodops.ledger.reading import SourceFile
from prodops.stats.proportions import wilson

LABELS = Path(__file__).with_name("labels")
PARTS = (("never learned from", "wordings_check.csv"), ("learned from", "wordings.csv"))
MINUTES = "# Council 2026-03-04\n\n**Present:** Ana Sample, Bo Sample, Cleo Sample\n\n## Seats\n\n- {}\n"


def judged(name: str) -> Iterator[tuple[Mapping[str, str], bool]]:
    """Each row of a label file and whether a decision, or an action, was read in its sentence."""
    with (LABELS / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            content = MINUTES.format(row["sentence"]).encode()
            items = rows_of(SourceFile(name="council/2026-03-04.md", content=content), ignore_marks=False)
            found = any(item.decided if row["kind"] == "decision" else item.action for item in items)
            yield row, found


def main() -> int:
    """Print recall and false reads by kind for both parts."""
    for part, name in PARTS:
        counts = Counter((row["kind"], row["label"] == "1", found) for row, found in judged(name))
        for kind in ("decision", "action"):
            hits, missed = counts[kind, True, True], counts[kind, True, False]
            false, right = counts[kind, False, True], counts[kind, False, False]
            read, wrong = wilson(hits, hits + missed), wilson(false, false + right)
            print(
                f"{part:19} {kind:9} read {hits} of {hits + missed}: {read.value:.2f} ({read.low:.2f} to"
                f" {read.high:.2f}), false {false} of {false + right}: {wrong.value:.3f}"
                f" (to {wrong.high:.3f})"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
