"""Pages as they are kept in files: numbers rounded, so that another machine's last digits do not matter."""

from __future__ import annotations

import json
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"
WRITE = "PRODOPS_TEST_WRITE_SNAPSHOTS"
"""Set to 1 it writes the files anew; look at the difference before it is committed."""


def kept(name: str, value: object) -> object:
    """What the file of that name holds; written first where the environment says so."""
    path = FOLDER / f"{name}.json"
    if os.environ.get(WRITE) == "1":
        path.write_text(json.dumps(rounded(value), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def rounded(value: object) -> object:
    """The value with its fractions at four figures."""
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value
