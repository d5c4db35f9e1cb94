"""What a store should show, in plain dictionaries: the oracle of the stateful test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FORGOTTEN = "[forgotten]"


@dataclass
class Copy:
    """One source's copy of a meeting."""

    title: str
    revised: int | None
    seq: int


@dataclass
class Model:
    """Copies of meetings by key and source, which of them is shown, and what was shown when."""

    copies: dict[str, dict[str, Copy]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    history: list[dict[str, tuple[str, str]]] = field(default_factory=lambda: [{}])
    forgotten: set[str] = field(default_factory=set)
    seq: int = 0

    def view(self) -> dict[str, tuple[str, str]]:
        """Title and source of every meeting shown."""
        return {key: (self.copies[key][source].title, source) for key, source in self.shown.items()}

    def load(self, files: Mapping[str, Sequence[tuple[str, str, int | None]]], *, snapshot: bool) -> None:
        """Load files together: key, title and revision of each meeting."""
        self.seq += 1
        stated: dict[str, dict[str, Copy]] = {}
        for source, meetings in files.items():
            for key, title, revised in meetings:
                stated.setdefault(key, {}).setdefault(source, Copy(self.without(title), revised, self.seq))
        for key in sorted({*stated, *self.copies}):
            self._settle(key, stated.get(key, {}), list(files), snapshot=snapshot)
        self.history.append(self.view())

    def forget(self, name: str) -> None:
        """Forget a name everywhere."""
        self.forgotten.add(name)
        for copies in self.copies.values():
            for copy in copies.values():
                copy.title = self.without(copy.title)
        self.history = [
            {key: (self.without(title), source) for key, (title, source) in view.items()}
            for view in self.history
        ]

    def without(self, title: str) -> str:
        """A title without the forgotten."""
        for name in self.forgotten:
            title = title.replace(name, FORGOTTEN)
        return title

    def _settle(self, key: str, stated: dict[str, Copy], files: list[str], *, snapshot: bool) -> None:
        copies, before = self.copies.setdefault(key, {}), self.shown.get(key)
        if snapshot:
            for source in files:
                if source not in stated:
                    copies.pop(source, None)
        kept = {source: copy for source, copy in copies.items() if source not in stated}
        ranked = [(source, copy, int(source != before)) for source, copy in kept.items()]
        ranked += [(source, copy, 2) for source, copy in stated.items()]
        places = {source: place for place, source in enumerate(files)}
        ranked.sort(
            key=lambda claim: (
                -1 if claim[1].revised is None else -10 - claim[1].revised,
                claim[0] != before,
                claim[2],
                claim[1].seq if claim[2] < 2 else 0,
                places.get(claim[0], 0) if claim[2] == 2 else 0,
                claim[0],
            )
        )
        for source, copy in stated.items():
            old = copies.get(source)
            if old is None or (old.title, old.revised) != (copy.title, copy.revised):
                copies[source] = copy
        winner = ranked[0][0] if ranked else None
        if before in copies and before != winner:
            copies[before].seq = self.seq
        if winner is None:
            self.shown.pop(key, None)
        else:
            self.shown[key] = winner
