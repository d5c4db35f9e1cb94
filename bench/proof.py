"""Does an interval hold, and is nothing claimed where nothing happened? Invented panels, assessed one by one.

Run as `python bench/proof.py [RUNS]`. Each run draws a panel of weekly shares, asks for the effect as
`prodops effect` does, and holds interval and claim to the truth. Rows are appended to a results file; a run
that was stopped goes on where it was, and rows of other code are left aside (new wording is no other code).
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

# The parts are found however this file is started.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.proof_parts.bars import verdicts
from bench.proof_parts.cells import Cell, Row, cells, row_of
from bench.proof_parts.figures import told

import prodops

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "build" / "bench" / "proof.jsonl"
RUNS_AT_ONCE = 50
DECIDING = (
    "stats/panel.py", "stats/panel_intervals.py", "impact/effect.py", "impact/assignment.py",
    "impact/labelled.py", "impact/gates.py", "impact/grade.py", "impact/assessment.py",
)  # fmt: skip


def code_digest() -> str:
    """A digest of the code that decides what a row says, its words and comments left out."""
    package = Path(prodops.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    parts = ROOT / "bench" / "proof_parts"
    for path in [*(package / name for name in DECIDING), parts / "panels.py", parts / "cells.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = ""
        digest.update(path.name.encode() + ast.dump(tree).encode())
    return digest.hexdigest()


def read_rows(file: Path, code: str | None) -> list[Row]:
    """The rows that this code made, or any with None; a line cut by a kill is left out."""
    rows: dict[tuple[str, int], Row] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            row: Row = json.loads(line)
        except json.JSONDecodeError:
            continue
        if code in (None, row["code"]):
            rows[row["cell"], row["seed"]] = row
    return list(rows.values())


def missing(runs: int, known: set[tuple[str, int]], only: str) -> Iterator[tuple[Cell, list[int]]]:
    """What is yet to be made, a piece of every cell at a time, those of the bars first."""
    for of_a_bar in (True, False):
        chosen = [cell for cell in cells() if only in cell.key and cell.of_a_bar == of_a_bar]
        for first in range(1, runs + 1, RUNS_AT_ONCE):
            for cell in chosen:
                seeds = range(first, min(first + RUNS_AT_ONCE, runs + 1))
                if left := [seed for seed in seeds if (cell.key, seed) not in known]:
                    yield cell, left


def piece(job: tuple[Cell, list[int]]) -> list[Row]:
    """The rows of a piece of a cell."""
    cell, seeds = job
    return [row_of(cell, seed) for seed in seeds]


def main() -> None:
    """Make what is missing, then tell the figures."""
    asked = _asked()
    code = code_digest()
    rows = read_rows(asked.results, None if asked.any_code else code)
    if not asked.figures_only:
        known = {(row["cell"], row["seed"]) for row in rows}
        _make(list(missing(asked.runs, known, asked.only)), asked, code)
        rows = read_rows(asked.results, None if asked.any_code else code)
    print("\n".join([*told(cells(), rows), "", *verdicts(cells(), rows)]))


def _make(jobs: list[tuple[Cell, list[int]]], asked: argparse.Namespace, code: str) -> None:
    asked.results.parent.mkdir(parents=True, exist_ok=True)
    began, total = time.monotonic(), len(jobs)
    with asked.results.open("a", encoding="utf-8") as out:
        out.write("\n")  # after a line that a kill has cut
        for done, made in enumerate(_made(jobs, asked.workers), start=1):
            out.writelines(json.dumps({"code": code, **row}) + "\n" for row in made)
            out.flush()
            told_every = 20
            if done % told_every == 0:
                print(f"{done} of {total} pieces, {time.monotonic() - began:.0f} s", file=sys.stderr)


def _made(jobs: list[tuple[Cell, list[int]]], workers: int) -> Iterator[list[Row]]:
    if workers == 1:
        yield from map(piece, jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(piece, jobs)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("runs", nargs="?", type=int, default=100, help="panels in each cell")
    parser.add_argument("--only", default="", help='cells whose key holds this: "no effect/9/A"')
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the rows are kept")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--figures-only", action="store_true", help="make no rows; tell those that are there")
    parser.add_argument("--any-code", action="store_true", help="tell rows of other code as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
