"""A simulated organisation is the same bytes every time, whole or not there, and keeps its truth apart."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from prodops.simulate.errors import (
    FolderInUseError,
    SimulationError,
    SizeError,
    TruthExposedError,
    UnknownScenarioError,
)
from prodops.simulate.folder import README
from prodops.simulate.organisation import simulate
from prodops.simulate.scenarios import named, scenarios
from simulate.conftest import Exports

small = partial(simulate, people=50, weeks=3)


def tree(root: Path) -> dict[str, str]:
    """Digest of every file by its name."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        simulate(tmp_path / name, tmp_path / f"{name}-truth", people=50, weeks=6, seed=3)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert tree(tmp_path / "one-truth") == tree(tmp_path / "two-truth")


def test_another_seed_gives_another_organisation(tmp_path: Path) -> None:
    small(tmp_path / "one", None, seed=1)
    small(tmp_path / "two", None, seed=2)
    one, two = tree(tmp_path / "one"), tree(tmp_path / "two")
    assert one["roster.csv"] != two["roster.csv"]


def test_neither_locale_nor_time_zone_nor_hash_seed_changes_a_byte(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import locale, sys
        from pathlib import Path
        try:
            locale.setlocale(locale.LC_ALL, "")
        except locale.Error:
            pass
        from prodops.simulate.organisation import simulate
        simulate(Path(sys.argv[1]), Path(sys.argv[2]), people=50, weeks=3, seed=5)
    """)
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Kolkata", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "0"},
    ]
    found = []
    for number, setting in enumerate(settings):
        out, truth = tmp_path / f"out{number}", tmp_path / f"truth{number}"
        subprocess.run(
            [sys.executable, "-c", script, str(out), str(truth)],
            check=True,
            timeout=120,
            env={**os.environ, **setting},
        )
        found.append((tree(out), tree(truth)))
    assert found[0] == found[1]


def test_nothing_of_the_truth_stands_in_the_exports(exports: Exports) -> None:
    words = [
        b"ritual_rot",
        b"feedback_black_hole",
        b"data_debt",
        b"top_sink",
        b"avoidable",
        b"rotten",
        b"planted",
    ]
    for path in exports.out.rglob("*"):
        if path.is_file() and path.name != README:
            content = path.read_bytes()
            assert not [word for word in words if word in content], path


def test_without_a_truth_folder_no_truth_is_written(tmp_path: Path) -> None:
    small(tmp_path / "out", None)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_readme_says_that_nothing_is_real_and_how_to_make_it_again(exports: Exports) -> None:
    words = (exports.out / README).read_text(encoding="utf-8")
    assert "Nothing here is real" in words
    assert "prodops simulate --people 400 --weeks 16 --seed 1 --scenario planted" in words


def test_the_summary_counts_what_was_written(exports: Exports) -> None:
    files = [path for path in exports.out.rglob("*") if path.is_file()]
    assert exports.summary.files == len(files)
    assert exports.summary.size_bytes == sum(path.stat().st_size for path in files)
    assert exports.summary.pms == 15
    assert exports.summary.size_bytes < 40e6


def test_progress_is_told_up_to_the_last_step(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    small(tmp_path / "out", None, progress=lambda done, total, word: told.append((done, total, word)))
    done = [step[0] for step in told]
    assert done == list(range(1, len(told) + 1))
    assert {step[1] for step in told} == {len(told)}
    assert "week 3" in {step[2] for step in told}


def test_a_former_simulation_is_replaced(tmp_path: Path) -> None:
    small(tmp_path / "out", tmp_path / "truth", seed=1)
    former = tree(tmp_path / "out")
    small(tmp_path / "out", tmp_path / "truth", seed=2)
    assert tree(tmp_path / "out") != former
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "truth"]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert small(tmp_path / "out", None).files > 10


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.md").write_text("mine")
    with pytest.raises(FolderInUseError, match="did not write"):
        small(tmp_path / "out", None)
    assert tree(tmp_path / "out").keys() == {"thesis.md"}


@pytest.mark.parametrize("change", ["added", "edited", "removed", "linked"])
def test_a_simulation_that_was_changed_since_is_left_alone(tmp_path: Path, change: str) -> None:
    small(tmp_path / "out", None)
    roster = tmp_path / "out" / "roster.csv"
    if change == "added":
        (tmp_path / "out" / "notes.md").write_text("mine")
    elif change == "edited":
        roster.write_text("mine")
    elif change == "removed":
        roster.unlink()
    else:
        (tmp_path / "out" / "elsewhere").symlink_to(tmp_path)
    before = tree(tmp_path / "out")
    with pytest.raises(FolderInUseError, match="changed since"):
        small(tmp_path / "out", None)
    assert tree(tmp_path / "out") == before


def test_a_file_or_a_link_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for name in ("file", "link"):
        with pytest.raises(FolderInUseError, match="not a folder"):
            small(tmp_path / name, None)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize(("out", "truth"), [("a", "a"), ("a", "a/truth"), ("a/b", "a"), ("a", "b/../a/c")])
def test_a_truth_that_the_analysis_would_meet_is_refused(tmp_path: Path, out: str, truth: str) -> None:
    with pytest.raises(TruthExposedError, match="apart"):
        small(tmp_path / out, tmp_path / truth)
    assert not list(tmp_path.iterdir())


def test_a_truth_behind_a_link_is_refused_as_well(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "door").symlink_to(tmp_path / "out")
    with pytest.raises(TruthExposedError):
        small(tmp_path / "out", tmp_path / "door" / "truth")


def test_unknown_scenarios_and_sizes_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UnknownScenarioError, match=r"healthy, .*planted"):
        simulate(tmp_path / "out", None, scenario="cheerful")
    with pytest.raises(SizeError):
        simulate(tmp_path / "out", None, people=5)
    with pytest.raises(UnknownScenarioError, match="family"):
        small(tmp_path / "out", None, scenario=replace(named("healthy"), texts="poetry"))
    assert not list(tmp_path.iterdir())
    assert issubclass(SizeError, SimulationError)


def test_a_scenario_made_by_hand_moves_the_last_day(tmp_path: Path) -> None:
    earlier = replace(named("healthy"), name="earlier", ends_on=date(2025, 3, 28))
    summary = small(tmp_path / "out", None, scenario=earlier)
    assert summary.scenario == "earlier"
    weeks = sorted(path.name for path in (tmp_path / "out/metrics/dbt").iterdir() if path.is_dir())
    assert weeks == ["2025-03-14", "2025-03-21", "2025-03-28"]


def test_scenarios_are_found_by_scanning_and_named_by_themselves() -> None:
    assert set(scenarios()) >= {"planted", "planted-feedback", "planted-data", "healthy"}
    assert all(scenario.says for scenario in scenarios().values())


def test_an_error_on_the_way_leaves_nothing_and_the_former_folder_as_it_was(tmp_path: Path) -> None:
    small(tmp_path / "out", None)
    before = tree(tmp_path / "out")

    def interrupt(done: int, _total: int, _word: str) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small(tmp_path / "out", None, seed=9, progress=interrupt)
    assert tree(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_killed_run_leaves_no_half_written_folder_and_the_next_run_clears_up(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from prodops.simulate.organisation import simulate
        def slow(done, total, word):
            if done == total - 3:
                print("writing", flush=True)
                time.sleep(60)
        simulate(Path(sys.argv[1]), None, people=50, weeks=3, progress=slow)
    """)
    out = tmp_path / "out"
    run = subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "writing\n"
    run.send_signal(signal.SIGKILL)
    run.wait(timeout=30)
    run.stdout.close()
    assert not out.exists()
    small(out, None)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
