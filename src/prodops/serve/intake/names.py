"""The name of an uploaded file: what a browser says it is called, as a name that can never be a path out."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from prodops.serve.intake.files import LEFT_ALONE
from prodops.serve.shown.lines import harmless

UPLOADS = "uploads"
"""The folder that names of uploads begin with, beside the names of files that lie on this machine."""

MOST_FOLDERS = 12
LONGEST_PART = 120
UNNAMED = "unnamed"

_BETWEEN = re.compile(r"[/\\]+")
_DRIVE = re.compile(r"^[A-Za-z]:$")


def uploaded_name(told: str) -> str:
    """The name that records of an uploaded file cite, such as `uploads/exports/jira.csv`.

    Folders are kept, steps upwards, drives and control characters are not; what is endless is cut.

    Args:
        told: What the browser says: a file's name, or its path inside a folder that was chosen.
    """
    parts = [_part(one) for one in _BETWEEN.split(told[:8_000])]
    kept = [one for one in parts if one not in ("", ".", "..") and not _DRIVE.match(one)]
    folders, last = kept[:-1][:MOST_FOLDERS], kept[-1] if kept else UNNAMED
    return "/".join((UPLOADS, *folders, last))


def is_left_alone(name: str) -> bool:
    """Whether a folder holds such a file beside what it is about: it is passed over without a word."""
    return not LEFT_ALONE.isdisjoint(PurePosixPath(name).parts)


def apart(name: str, taken: set[str]) -> str:
    """The name, or with a number where it is taken: `jira (2).csv`."""
    stem, _, ending = name.rpartition(".")
    whole = not stem or "/" in ending
    stem, ending = (name, "") if whole else (stem, f".{ending}")
    number, free = 2, name
    while free in taken:
        free, number = f"{stem} ({number}){ending}", number + 1
    return free


def _part(told: str) -> str:
    """One folder's or file's name; `!/` stands for the inside of an archive elsewhere."""
    calm = harmless(told, longest=2_000).replace("\ufffd", "_").strip().rstrip("!").strip()
    if len(calm) <= LONGEST_PART:
        return calm
    stem, _, ending = calm.rpartition(".")
    return calm[:LONGEST_PART] if not stem or len(ending) > 12 else f"{stem[: LONGEST_PART - 13]}.{ending}"
