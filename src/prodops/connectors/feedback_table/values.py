"""What the words of a cell come down to: how it was closed, what was decided, which tags."""

from __future__ import annotations

import re
from collections.abc import Sequence

_AUTO = re.compile(
    r"\bauto(?:matic(?:ally)?)?(?:[\s_-]*(?:clos|solv|resolv|expir|archiv)\w*)?\b|\binactiv|\bstale\b|"
    r"\btimed?[\s_-]?out\b|\bexpired\b|\bno[\s_-](?:response|reply|answer)\b|\babandon"
)
_MERGED = re.compile(r"\bmerg|\bduplicat|^dupe?$")
_SPAM = re.compile(r"\bspam|\bjunk\b")
_UNSOLVED = re.compile(
    r"\b(?:un|not[\s_-])(?:re)?solved|\bnot[\s_-](?:fixed|done)|\bwo(?:n'?t|nt)\b|\bcannot\b"
)
_SOLVED = re.compile(
    r"\b(?:re)?solved\b|\bfixed\b|\bdone\b|\bcompleted?\b|\banswered\b|\bshipped\b|\breleased\b|\bimplemented\b"
)
_NO = re.compile(
    r"^(?:no\b|reject|declin|den(?:y|ied)|withdr|wo(?:n'?t|nt)\b|will not|not (?:planned|doing)|"
    r"replaced|supersed|cancel|abandon|obsolete)"
)
_LATER = re.compile(r"^(?:later|defer|postpon|backlog|park|icebox|on[\s_-]hold|some ?day|next\b|not now)")
_YES = re.compile(
    r"^(?:yes\b|acc?ept|approv|final|finish|complet|plan|commit|ship|releas|implement|done\b|provisional)"
)
_TAG_BREAK = re.compile(r"[;,|\n]")
_QUOTED = 60
_ACTIVE_AFTER = frozenset({"draft", "proposed", "incomplete", "under review", "submitted"})


def closing(words: str) -> str:
    """How something was closed: solved, auto_closed, merged, spam, or the source's own words, folded."""
    folded = " ".join(words.casefold().replace("_", " ").split())
    if _AUTO.search(folded):
        return "auto_closed"
    if _MERGED.search(folded):
        return "merged"
    if _SPAM.search(folded):
        return "spam"
    if _SOLVED.search(folded) and not _UNSOLVED.search(folded):
        return "solved"
    return folded


def decision(words: str) -> str:
    """What was decided: yes, no or later; empty when the words say none of them."""
    folded = " ".join(words.casefold().replace("_", " ").split())
    if _LATER.search(folded):
        return "later"
    if _NO.search(folded):
        return "no"
    return "yes" if _YES.search(folded) else ""


def step_decision(words: str, before: Sequence[str]) -> str:
    """What a step of a status history decided; a proposal that is active after a draft was accepted."""
    folded = words.casefold().strip()
    if folded == "active" and _ACTIVE_AFTER & {step.casefold().strip() for step in before}:
        return "yes"
    return decision(words)


def tags(cell: str) -> tuple[str, ...]:
    """The tags in a cell: separated by semicolons, commas, bars or lines; a JSON list loses its brackets."""
    inner = cell.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1].replace('"', "").replace("'", "")
    return tuple(dict.fromkeys(tag for part in _TAG_BREAK.split(inner) if (tag := part.strip())))


def shown(text: str) -> str:
    """The start of a cell in quotes, for a problem to show."""
    flat = " ".join(text[:400].split())
    return repr(flat if len(flat) <= _QUOTED else flat[: _QUOTED - 1] + "…")
