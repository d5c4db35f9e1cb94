"""How many decisions and actions of simulated minutes are read, and how many falsely, by layout.

    .venv/bin/python bench/minutes_simulated.py [SEED] [PEOPLE] [WEEKS] [--family test]

The truth is what the simulator wrote. Its sentences were not learned from, but the constructions behind them
were looked at when misreadings were mended, so this is no blind test of prose. The diagnosis takes its
detection and false rates by layout from here. With `--family test` the texts are
those nobody tuned for; only counts are printed, so that they stay unread. Intervals of recall are Wilson's,
as though items were independent; those of one layout share their sentences and are not.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from prodops.connectors.minutes.extract import rows_of
from prodops.ledger.reading import SourceFile
from prodops.simulate.organisation import simulate
from prodops.stats.proportions import wilson

SEED, PEOPLE, WEEKS = 3, 400, 26


def counted(seed: int, people: int, weeks: int, family: str | None) -> Counter[tuple[str, str, str]]:
    """How often each layout and kind was found, missed, read falsely or rightly passed over, by item."""
    counts: Counter[tuple[str, str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        out, apart = Path(folder, "exports"), Path(folder, "truth")
        simulate(out, apart, people=people, weeks=weeks, seed=seed, scenario="planted", family=family)
        truth = json.loads((apart / "truth.json").read_text(encoding="utf-8"))
        for meeting in truth["minutes"]:
            file = SourceFile(name=meeting["file"], content=(out / meeting["file"]).read_bytes())
            rows = rows_of(file, ignore_marks=False)
            layout = meeting["layout"]
            counts["all", "held" if meeting["held"] else "not held", "read" if rows else "no item"] += 1
            if not meeting["held"]:
                continue
            if len(rows) != len(meeting["items"]):
                counts[layout, "items", "other number"] += 1
                continue
            for row, item in zip(rows, meeting["items"], strict=True):
                for kind, read in (("decision", row.decided), ("action", row.action)):
                    true = item[f"{kind}s"] > 0
                    how = ("found" if read else "missed") if true else ("false" if read else "right")
                    counts[layout, kind, how] += 1
    return counts


def main() -> int:
    """Print one line a layout and kind."""
    asked = argparse.ArgumentParser()
    asked.add_argument("given", nargs="*", type=int)
    asked.add_argument("--family", choices=("development", "test"))
    options = asked.parse_args()
    given: list[int] = options.given
    seed, people, weeks = (*given, *(SEED, PEOPLE, WEEKS)[len(given) :])
    counts = counted(seed, people, weeks, options.family)
    print(f"seed {seed}, {people} people, {weeks} weeks, texts: {options.family or 'of the scenario'}")
    for how in ("held", "not held"):
        read, none = counts["all", how, "read"], counts["all", how, "no item"]
        print(f"{how}: {read} meetings read as held, {none} as not held or without an item")
    for layout in sorted({layout for layout, _, _ in counts} - {"all"}):
        for kind in ("decision", "action"):
            found, missed, false, right = (
                counts[layout, kind, how] for how in ("found", "missed", "false", "right")
            )
            if not found + missed or not false + right:
                print(f"{layout:9} {kind:9} nothing to find")
                continue
            hits, wrong = wilson(found, found + missed), wilson(false, false + right)
            print(
                f"{layout:9} {kind:9} read {found} of {found + missed}: {hits.value:.3f} ({hits.low:.3f} to"
                f" {hits.high:.3f}), false {false} of {false + right}: {wrong.value:.4f}"
                f" (to {wrong.high:.4f})"
            )
        other = counts[layout, "items", "other number"]
        if other:
            print(f"{layout:9} {other} files with another number of items than were written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
