"""What a search index takes and gives, whichever database keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from prodops.text.words import fold

LONGEST_QUERY = 400
"""Characters of a question that are read; the rest says nothing new."""

MOST_TERMS = 12
"""Words of a question that are looked for."""

LONGEST_TERM = 40
MOST_WORDS = 400
"""Words of one entry that can be found."""

_TERM = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found.

    Attributes:
        kind: What it is: ritual, metric, decision.
        title: Its name, as a reader knows it.
        words: What else is said of it.
        address: Where it is shown; empty where its own words are all there is.
    """

    kind: str
    title: str
    words: str = ""
    address: str


class Index(Protocol):
    """What can be found by words, as it was made from one version of the ledger."""

    def version(self) -> str:
        """What it was made from; empty when it was never made."""
        ...

    def replace(self, version: str, entries: Sequence[Entry]) -> None:
        """Put all entries in the place of those before: whoever asks meanwhile sees one or the other."""
        ...

    def find(self, terms: Sequence[str], limit: int) -> list[Entry]:
        """The entries that have every term as the beginning of a word, the best first."""
        ...


def terms_of(text: str, *, most: int = MOST_WORDS) -> list[str]:
    """The words of a text as they are compared: letters and digits, without case and accents."""
    plain = unicodedata.normalize("NFKD", fold(text))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return [found.group()[:LONGEST_TERM] for found, _ in zip(_TERM.finditer(bare), range(most), strict=False)]


def asked_terms(query: str) -> list[str]:
    """What a question looks for. Quotes, operators and signs are no language here: words are all it has."""
    return list(dict.fromkeys(terms_of(query[:LONGEST_QUERY], most=MOST_TERMS)))
