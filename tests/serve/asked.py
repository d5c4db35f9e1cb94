"""A panel as somebody else would write it, and `prodops effect` asked of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from impact.panels import drawn_starts, rows
from prodops.impact.panel import PanelRow
from prodops.serve.cli import app

COLUMNS = ("--unit", "pm", "--cluster", "team", "--week", "week", "--outcome", "share")
STARTS = (16, 21, 26, 31, None)


@dataclass
class Bench:
    """A folder with a panel of twelve managers whose share falls by 17 points, and its order."""

    folder: Path

    def panel(
        self,
        change: Callable[[PanelRow], PanelRow | None] = lambda row: row,
        *,
        starts: tuple[int | None, ...] = STARTS,
        units: int = 12,
        effect: float = -0.17,
    ) -> Path:
        """The panel with every row changed; None drops a row."""
        at, text = drawn_starts(units, starts=starts)
        (self.folder / "order.json").write_text(text, encoding="utf-8")
        return self.write([row for one in rows(at, effect=effect) if (row := change(one))])

    def write(self, found: Sequence[PanelRow]) -> Path:
        file = self.folder / "panel.csv"
        with file.open("w", newline="", encoding="utf-8") as out:
            table = csv.writer(out)
            table.writerow(("pm", "team", "week", "share", "date"))
            for row in found:
                table.writerow((row.unit, row.cluster, row.week, row.outcome, row.treated_from))
        return file

    def order(self, document: object) -> str:
        file = self.folder / "given.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return str(file)

    @property
    def drawn(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "order.json").read_text(encoding="utf-8"))
        return found


def run(file: Path | str, *words: str, treated_from: str = "date") -> str:
    done = CliRunner().invoke(app, ["effect", str(file), *COLUMNS, "--treated-from", treated_from, *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(file: Path, *words: str, treated_from: str = "date") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        run(file, *words, "--json", treated_from=treated_from), parse_constant=refuse_constant
    )
    assert {"estimate", "low", "high", "grade", "gates", "claim"} <= set(found)
    return found


def refuse_constant(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


def gate(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["gates"] if one["name"] == name)
