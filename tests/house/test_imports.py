"""Rule 2: down, never sideways, never up. The contracts stand in pyproject.toml; these tests hold them."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from house.tree import ROOT, House, Plant, functions, holds, parse

LINT = str(Path(sys.executable).with_name("lint-imports"))
UNIT = '"""A planted unit."""\n'
IMPORT = UNIT + "\nimport prodops.{}  # noqa: F401 (planted)\n"

# What is planted: the files, and the contract that must catch them ("" for what is allowed).
PLANTED = {
    "a check that imports a check": (
        {"checks/rituals/one.py": IMPORT.format("checks.data.two"), "checks/data/two.py": UNIT},
        "Checks never import each other",
    ),
    "a measure that imports a measure": (
        {"measures/rituals/one.py": IMPORT.format("measures.rituals.two"), "measures/rituals/two.py": UNIT},
        "Measures never import each other",
    ),
    "a connector that imports a connector": (
        {"connectors/one/parse.py": IMPORT.format("connectors.two.parse"), "connectors/two/parse.py": UNIT},
        "Connectors never import each other",
    ),
    "a connector that imports the simulator": (
        {"connectors/one/parse.py": IMPORT.format("simulate.one"), "simulate/one.py": UNIT},
        "Down, never sideways, never up",
    ),
    "a page that imports a connector": (
        {"pages/rituals/one.py": IMPORT.format("connectors.one.parse"), "connectors/one/parse.py": UNIT},
        "Connectors are imported by serve alone",
    ),
    "a ledger that imports a measure": (
        {"ledger/one.py": IMPORT.format("measures.rituals.one"), "measures/rituals/one.py": UNIT},
        "Down, never sideways, never up",
    ),
    "a statistic that imports the ledger": (
        {"stats/one.py": IMPORT.format("ledger.one"), "ledger/one.py": UNIT},
        "Down, never sideways, never up",
    ),
    "a new room": ({"utils/__init__.py": UNIT}, "Down, never sideways, never up"),
    "two modules of a room in a circle": (
        {"views/one.py": IMPORT.format("views.two"), "views/two.py": IMPORT.format("views.one")},
        "No cycle at any depth",
    ),
    "a check that imports a measure, and serve a connector": (
        {
            "checks/rituals/one.py": IMPORT.format("measures.rituals.one"),
            "measures/rituals/one.py": UNIT,
            "serve/one.py": IMPORT.format("connectors.one.parse"),
            "connectors/one/parse.py": UNIT,
        },
        "",
    ),
}


def contracts(root: Path) -> subprocess.CompletedProcess[str]:
    """What import-linter says about the package under a root."""
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "NO_COLOR": "1"}
    command = [LINT, "--config", str(root / "pyproject.toml"), "--no-cache"]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def bare_rooms(root: Path) -> Path:
    """A copy of the house's rooms without what stands in them, so that only what is planted is judged."""
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    package = root / "src" / "prodops"
    for room in [ROOT / "src" / "prodops", *(ROOT / "src" / "prodops").glob("*/")]:
        if (room / "__init__.py").exists():
            copied = package / room.relative_to(ROOT / "src" / "prodops") / "__init__.py"
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_text(UNIT, encoding="utf-8")
    return package


def unmarked_imports(house: House) -> Iterator[str]:
    for path in house.python("src", "bench"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for function in functions(parse(path)):
            for node in ast.walk(function):
                if not isinstance(node, ast.Import | ast.ImportFrom):
                    continue
                if "# lazy: " not in "\n".join(lines[node.lineno - 1 : node.end_lineno]):
                    yield f"{house.name(path)}:{node.lineno} in {function.name}: {ast.unparse(node)}"


def test_imports_go_down_and_never_sideways() -> None:
    said = contracts(ROOT)
    broken = [said.stdout.rpartition("Broken contracts\n")[2] + said.stderr] if said.returncode else []
    holds(
        "Imports go down the rows of the house, never sideways and never up.",
        broken,
        mend="move what both sides need down a row: a join to views, a formula to stats, wording to text.",
    )


@pytest.mark.parametrize(("files", "contract"), PLANTED.values(), ids=PLANTED)
def test_the_contracts_catch(files: dict[str, str], contract: str, tmp_path: Path) -> None:
    package = bare_rooms(tmp_path)
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if not (path.parent / "__init__.py").exists():
            (path.parent / "__init__.py").write_text(UNIT, encoding="utf-8")
    said = contracts(tmp_path)
    broken = [line.removesuffix(" BROKEN") for line in said.stdout.splitlines() if line.endswith(" BROKEN")]
    assert bool(contract) == bool(said.returncode), said.stdout + said.stderr
    assert (contract in broken) if contract else not broken


def test_an_import_inside_a_function_says_why_it_is_lazy(house: House) -> None:
    holds(
        "An import inside a function is for a heavy library alone, and says so.",
        unmarked_imports(house),
        mend="move it to the top of the file; one too heavy for `--help` gets `# lazy: <reason>`.",
    )


def test_an_unmarked_lazy_import_is_seen(plant: Plant) -> None:
    heavy = "def f():\n    import duckdb\n    import scipy  # lazy: 300 ms\n"
    house = plant({"src/prodops/a.py": "import json\n" + heavy})
    assert ["src/prodops/a.py:3 in f: import duckdb"] == list(unmarked_imports(house))
