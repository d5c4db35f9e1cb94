"""The committed example is what its README says: made by one command, small, and without a truth."""

from __future__ import annotations

import re
from pathlib import Path

from prodops.simulate.organisation import simulate

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MOST_BYTES = 1_500_000


def documented() -> dict[str, str]:
    """The options of the command in the README."""
    words = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^    prodops simulate (.*)$", words, re.MULTILINE)
    assert command is not None
    return dict(re.findall(r"--(\w+) (\S+)", command[1]))


def test_the_documented_command_makes_the_committed_bytes(tmp_path: Path) -> None:
    options = documented()
    assert options["out"] == "examples/organisation"
    simulate(
        tmp_path / "organisation",
        None,
        people=int(options["people"]),
        weeks=int(options["weeks"]),
        seed=int(options["seed"]),
        scenario=options["scenario"],
    )
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(EXAMPLES): path.read_bytes()
        for path in (EXAMPLES / "organisation").rglob("*")
        if path.is_file()
    }
    assert made.keys() == kept.keys()
    changed = [str(name) for name, content in made.items() if kept[name] != content]
    assert not changed, "run the command of examples/README.md again and commit what it writes"


def test_the_examples_are_small_and_hold_no_truth() -> None:
    files = [path for path in EXAMPLES.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    assert not [path for path in files if path.name in {"truth.json", "blocks.csv"}]


def test_the_readme_tells_every_folder_of_the_example() -> None:
    words = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    for path in (EXAMPLES / "organisation").iterdir():
        if path.name != "SIMULATED.md":
            assert f"`{path.name}{'/' if path.is_dir() else ''}`" in words
