"""Load an invented organisation, to see what prodops says before one's own exports are at hand."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import Any

from prodops.serve.intake.files import find_files, known_name
from prodops.serve.intake.incoming import INCOMING
from prodops.serve.work.running import Around
from prodops.serve.work.taking import take_in

TITLE = "Load the example"

EXAMPLE = "example"
"""The folder that names of the example's files begin with."""

PEOPLE, WEEKS, SEED, SCENARIO = 400, 52, 1, "planted"


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Invent the organisation, and load its exports.

    Args:
        asked: `people` and `weeks`, where it shall be smaller than usual.
        around: Takes word of progress.
    """
    from prodops.simulate.organisation import simulate  # lazy: numpy and the writers of every export

    folder = around.settings.workspace / INCOMING / around.key
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    exports = folder / "exports"
    summary = simulate(
        exports,
        None,
        people=int(asked.get("people", PEOPLE)),
        weeks=int(asked.get("weeks", WEEKS)),
        seed=SEED,
        scenario=SCENARIO,
        progress=lambda done, whole, what: around.tell("inventing an organisation", done, whole, what),
    )
    files = [(one, f"{EXAMPLE}/{known_name(one, beside=exports)}") for one in find_files(exports)]
    told = take_in(files, around)
    return {**told, "ends_on": str(summary.ends_on), "people": summary.people, "pms": summary.pms}
