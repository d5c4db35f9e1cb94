"""Does the diagnosis find what was planted? Simulated organisations, exported, read back and diagnosed.

Run as `python bench/diagnosis.py [SEEDS] [PEOPLE] [WEEKS]`. Each seed gives one organisation of every
scenario and family of settings. Rows are appended to a results file; a run that was stopped goes on where it
was, and rows of other code are left aside. The figures are those of all rows of this code in the file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

# The parts are found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.diagnosis_parts.organisation import Key
from bench.diagnosis_parts.results import code_digest, read_rows, run
from bench.diagnosis_parts.tables import summary, told

from prodops.simulate.scenarios import scenarios

FAMILIES = ("development", "test")
RESULTS = Path(__file__).resolve().parents[1] / "build" / "bench" / "diagnosis.jsonl"


def wanted(asked: argparse.Namespace) -> Iterator[Key]:
    """Every organisation asked for, seed by seed, so that a part of a run holds all scenarios alike."""
    for seed in range(asked.first_seed, asked.first_seed + asked.seeds):
        for family in asked.families.split(","):
            for scenario in asked.scenarios.split(",") if asked.scenarios else sorted(scenarios()):
                yield Key(scenario, family, asked.people, asked.weeks, seed)


def main() -> None:
    """Make what is missing, then tell the figures."""
    asked = _asked()
    code = asked.code or code_digest()
    if not asked.figures_only:
        run(wanted(asked), asked.results, code=code, workers=asked.workers, ledgers=asked.ledgers)
    rows = read_rows(asked.results, None if asked.any_code else code)
    print("\n".join(told(rows, "of several states" if asked.any_code else code)))
    if asked.summary:
        asked.summary.write_text(json.dumps(summary(rows, code), indent=1) + "\n", encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("seeds", nargs="?", type=int, default=1, help="organisations of each scenario")
    parser.add_argument("people", nargs="?", type=int, default=120, help="people in each")
    parser.add_argument("weeks", nargs="?", type=int, default=26, help="weeks of records")
    parser.add_argument("--first-seed", type=int, default=1, help="the first seed")
    parser.add_argument("--scenarios", default="", help="names with commas; all without it")
    parser.add_argument("--families", default=",".join(FAMILIES), help="families of settings, with commas")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the rows are kept")
    parser.add_argument("--summary", type=Path, help="also write the figures to this file, as JSON")
    parser.add_argument("--ledgers", type=Path, help="keep what was read here, for the next diagnosis of it")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--code", default="", help="a name for the state of the code, instead of its digest")
    parser.add_argument("--figures-only", action="store_true", help="make no rows; tell those that are there")
    parser.add_argument("--any-code", action="store_true", help="tell rows of other code as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
