"""Loaded files, those of one folder that were read alike together, for lists that people read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from prodops.ledger.sources import LoadedFile

MOST_LINES = 40
"""Files that are listed one by one; of more, those of a folder that were read alike share a line."""


@dataclass(frozen=True, slots=True)
class SourceGroup:
    """Files that share a line.

    Attributes:
        name: The file's name, or the folder with a slash and how many files.
        folder: The folder that all lie in; empty for one file.
        files: The files, at least one.
    """

    name: str
    folder: str
    files: tuple[LoadedFile, ...]

    @property
    def connector(self) -> str:
        """What read them."""
        return self.files[0].reading.connector

    @property
    def first_on(self) -> date | None:
        """The earliest day that their records speak of."""
        return min((one.first_on for one in self.files if one.first_on), default=None)

    @property
    def last_on(self) -> date | None:
        """The latest."""
        return max((one.last_on for one in self.files if one.last_on), default=None)

    @property
    def loaded_at(self) -> datetime:
        """When the newest of them was committed."""
        return max(one.loaded_at for one in self.files)

    def sum(self, what: str) -> int:
        """A count over all of them.

        Args:
            what: entries, used, unused, lost, records or problems.
        """
        return sum(int(getattr(one, what)) for one in self.files)


def each(files: Sequence[LoadedFile]) -> list[SourceGroup]:
    """Every file on a line of its own."""
    return [SourceGroup(one.name, "", (one,)) for one in files]


def grouped(files: Sequence[LoadedFile]) -> list[SourceGroup]:
    """The files of one folder that were read alike, together, each group with its name.

    Folders inside folders are told apart as deeply as the list stays short.
    """
    if len(files) <= MOST_LINES:
        return each(files)
    for depth in range(max(one.name.count("/") for one in files), -1, -1):
        together: dict[tuple[str, str], list[LoadedFile]] = defaultdict(list)
        for one in files:
            folder = "/".join(one.name.split("/")[:-1][:depth])
            together[folder, one.reading.connector].append(one)
        if len(together) <= MOST_LINES:
            break
    return [_group(folder, group) for (folder, _), group in together.items()]


def _group(folder: str, files: Sequence[LoadedFile]) -> SourceGroup:
    if len(files) == 1:
        return SourceGroup(files[0].name, "", tuple(files))
    return SourceGroup(f"{folder or '.'}/ ({len(files):,} files)", folder or ".", tuple(files))
