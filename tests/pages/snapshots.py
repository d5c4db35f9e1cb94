"""Pages as they are kept in files: their words, blocks, columns and order, without the numbers in them.

The numbers are held by the tests of measures and of the diagnosis, and change when those get better; what a
reader is told about them does not.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"
WRITE = "PRODOPS_TEST_WRITE_SNAPSHOTS"
"""Set to 1 it writes the files anew; look at the difference before it is committed."""

_NUMBER = re.compile(r"[-+]?\d+(?:[.,:]\d+)*")


def kept(name: str, value: object) -> object:
    """What the file of that name holds; written first where the environment says so."""
    path = FOLDER / f"{name}.json"
    if os.environ.get(WRITE) == "1":
        path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def worded(value: object) -> object:
    """The value with `#` for every number, and one row for all the rows that a chart draws."""
    if isinstance(value, dict):
        return {
            key: worded(inner[:1]) if key == "values" and isinstance(inner, list) else worded(inner)
            for key, inner in value.items()
            if key != "version"
        }
    if isinstance(value, list | tuple):
        return [worded(inner) for inner in value]
    if isinstance(value, str):
        return _NUMBER.sub("#", value)
    return "#" if isinstance(value, float) else value
