"""Files that prodops itself writes beside exports: known, counted and not used."""

from __future__ import annotations

from collections.abc import Iterator

from prodops.ledger.reading import Entry, SourceFile
from prodops.serve.intake.recognise import Connector
from prodops.simulate.folder import README

_MARK = "digest of the other files: "


class _Notice:
    """Reads such a file as a connector would: one entry, recognised and not used."""

    COVERS = "snapshot"

    def recognises(self, file: SourceFile) -> float:
        """1 for the simulator's note on a folder that it made."""
        return float(file.name.rpartition("/")[2] == README and _MARK in file.head)

    def parse(self, _file: SourceFile) -> Iterator[Entry]:
        """The one entry of a note."""
        yield Entry(locator="file", unused="the note that everything beside it is invented")


NOTICE = Connector("simulated", "The note that prodops simulate leaves in the folders it makes", _Notice())
"""The reader of the simulator's note."""


def notice_reader(file: SourceFile) -> Connector | None:
    """What reads a file that prodops itself wrote; None for every other."""
    return NOTICE if NOTICE.parser.recognises(file) else None
