"""The analysis never reads the truth: it says the same with the truth beside it, locked, watched and gone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from prodops.simulate.organisation import simulate

WATCHED = textwrap.dedent("""
    import os, sys
    from prodops.serve.cli import main

    secret = sys.argv.pop(1)

    def watch(event, words):
        if event in {"open", "os.listdir", "os.scandir", "os.chmod", "shutil.copyfile", "os.rename"}:
            if any(isinstance(word, str | bytes) and secret in os.fsdecode(word) for word in words):
                os.write(2, b"the truth was touched\\n")
                os._exit(77)

    sys.addaudithook(watch)
    main()
""")


def told(place: Path, *words: str, secret: str) -> str:
    """What a command prints where any touch of the truth ends it."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, secret, *words],
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def analysed(place: Path, secret: str) -> dict[str, Any]:
    """The diagnosis of the exports in a place, and of nothing else there."""
    told(place, "add", "exports", "--workspace", "work", secret=secret)
    answer = json.loads(told(place, "diagnose", "--workspace", "work", "--json", secret=secret))
    # The version of a workspace depends on when it was loaded.
    return {name: value for name, value in answer.items() if "version" not in name}


def test_the_diagnosis_is_the_same_whether_the_truth_is_locked_away_or_gone(tmp_path: Path) -> None:
    beside, alone = tmp_path / "beside", tmp_path / "alone"
    simulate(beside / "exports", beside / "hidden-truth", people=50, weeks=4, seed=4)
    shutil.copytree(beside / "exports", alone / "exports")
    (beside / "hidden-truth").chmod(0)
    try:
        with_truth = analysed(beside, "hidden-truth")
    finally:
        (beside / "hidden-truth").chmod(0o700)
    assert with_truth == analysed(alone, "hidden-truth")
    assert "named" in with_truth


def test_the_watch_sees_a_touch_of_the_truth(tmp_path: Path) -> None:
    (tmp_path / "hidden-truth").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "hidden-truth", "add", "hidden-truth"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 77
