"""Words made comparable: one case, one kind of space, quote and dash; titles without their dates."""

from __future__ import annotations

import re
import unicodedata

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ´`′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"),
        "…": "...",
    },
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATED = re.compile(
    r"\b(?:"
    r"\d{4}[-/._]\d{1,2}(?:[-/._]\d{1,2})?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?[\s\-]+(?:of\s+)?){_MONTH}(?:,?[\s\-]+\d{{2,4}})?\b"
    rf"|{_MONTH}[\s\-]+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{4}}"
    r"|(?:q[1-4]|h[12]|fy\s?\d{2,4}|cw\s?\d{1,2}|kw\s?\d{1,2}|w\d{1,2}|week\s+\d{1,2})\b(?:[\s\-/]*\d{2,4}\b)?"
    r"|\d{1,2}:\d{2}\s*(?:[ap]m)?"
    r")",
)
# "1:1" and "2-on-2" look like a time or a date and name the kind of meeting.
_PAIRED = re.compile(r"\b(?:1\s?[:\-]\s?1|1-?on-?1|2\s?:\s?1)s?\b")
_MONTH_ALONE = re.compile(
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b",
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"[#№]?\b\d+(?:st|nd|rd|th)?\b")
_EMPTY_BRACKETS = re.compile(r"[(\[{][\s,\-/.:#]*[)\]}]")
_LOOSE_MARKS = re.compile(r"(?:(?<=\s)|^)[\-/|,.:;#@_~*+=]+(?=\s|$)|[\-/|,:;#@_~*+=]+$|^[\-/|,:;#@_~*+=]+")
_ASIDE = "\ue000"


def fold(text: str) -> str:
    """Text for comparing: no case, plain quotes and dashes, single spaces, no invisible characters."""
    if text.isascii():
        return " ".join(text.casefold().replace("`", "'").split())
    folded = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).translate(_TYPOGRAPHY).split())


def normal_title(text: str) -> str:
    """What names a series of meetings or documents: its title without date, number and decoration.

    `Weekly Sync 2024-05-01` and `📅 Weekly sync #12` are both "weekly sync"; `1:1` stays, for it names the
    meeting. A title that is nothing but a date is returned folded.
    """
    folded = kept = fold(text)
    if not kept.isascii():
        kept = "".join(" " if _decorates(character) else character for character in kept)
    if _DIGIT.search(kept):  # most titles have none, and every date and number has one
        kept = _NUMBER.sub(" ", _DATED.sub(" ", _PAIRED.sub(_ASIDE, kept)))
    kept = " ".join(_MONTH_ALONE.sub(" ", kept).split())
    if not kept.replace(" ", "").isalnum():
        kept = " ".join(_EMPTY_BRACKETS.sub(" ", kept).split())
        kept = " ".join(_LOOSE_MARKS.sub(" ", kept).split()).replace(_ASIDE, "1:1")
    return kept.strip(" -–|,.:;#/") or folded


def _decorates(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in {"So", "Sk", "Cs", "Co", "Cn"}
