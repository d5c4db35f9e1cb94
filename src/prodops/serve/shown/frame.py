"""What stands around every page: where one can go, who reads, in which light, and what was done last."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can go.

    Attributes:
        path: Its address.
        title: Its name in the rail.
        key: The letter that opens it after g; empty where none does.
        here: Whether it is the page that is read.
        waits: How many things wait for somebody there.
        waiting: What they are, in words.
    """

    path: str
    title: str
    key: str = ""
    here: bool = False
    waits: int = 0
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places that are gone to for the same reason.

    Attributes:
        heading: The reason in a word or two.
        places: The places.
        folded: Whether they are shown on demand: they are gone to now and then, and the page is none of them.
    """

    heading: str
    places: tuple[Place, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What was done a moment ago.

    Attributes:
        text: In a sentence.
        undo: The address that takes it back; empty where nothing does.
        entry: The entry of the log that it wrote; 0 where it wrote none.
    """

    text: str
    undo: str = ""
    entry: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame of one page for one reader.

    Attributes:
        groups: Where they can go.
        theme: light or dark, as they chose; empty where their system says.
        here: The address that is read, with its query.
        searches: Whether there is a search.
        name: Who they are; empty where nobody signed in.
        leaves: Whether they can sign out.
        said: What they did a moment ago.
        behind: The address of the rows that this address opens beside the page; empty without any.
    """

    groups: tuple[Group, ...] = ()
    theme: str = ""
    here: str = "/"
    searches: bool = False
    name: str = ""
    leaves: bool = False
    said: Said | None = None
    behind: str = ""


BARE = Frame()
"""The frame where nobody is known: no page is named in it."""
