"""Who a sentence says will do something: the people it begins with and how it binds them to the deed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_LEAD_IN: Final = frozenset(
    "and so then also ok okay ai action - – — * > : now next today yes great thanks".split()
)
_JOINS: Final = frozenset("and & / + or , with".split())
_WILL: Final = frozenset("to will 'll shall gonna".split())
_SHOULD: Final = frozenset("should would could needs must may might".split())
_TAKES: Final = frozenset(
    "volunteers volunteered volunteering offers offered agrees agreed takes took taking plans owns commits committed"
    " promised intends undertakes owning handling drafting leading".split()
)
_NOT_A_DEED: Final = frozenset(
    "be have not also the a an it this that which likely probably never still always err need want like know think"
    " become remain contain require cause confuse hear".split()
)
_PRONOUNS: Final = frozenset(
    "i we he she they you it this that there these those who what which someone anyone nobody".split()
)
_COMMON_STARTS: Final = frozenset(
    "the a an in on for if when as there proposal plan goal idea need needs want wants way ways how why what example"
    " document documents discussion issue issues question concern note still more some any all most other another each"
    " everyone everybody people users folks tools tool model release version spec meeting project team group should could"
    " agreement agreed consensus action update updates work next time first second last new old motion request support"
    " feedback possible able willing happy looking trying going easier better good great hard hope hoping due prior subject"
    " worth awaiting aiming my our can don't let's get thanks nice interested sounds looks seems maybe agree agrees"
    " change changes review reviews add make use move open close start stop keep back up process policy community".split()
)
IMPERATIVES: Final = (
    "ask arrange assign book bring check circulate clarify collect compile confirm contact convene coordinate create distribute"
    " document draft email encourage ensure explore file finalize finalise find fix gather get identify implement inform introduce"
    " investigate invite join merge notify organize organise ping prepare provide publish push put raise remind reschedule respond"
    " revisit run schedule send share solicit submit summarize summarise sync synch talk tidy track try update upload verify write"
).split()
"""Verbs that begin an order and seldom anything else."""

WEAK_IMPERATIVES: Final = (
    "add change close define discuss give include look make meet move open plan post present propose remove report request research"
    " review start suggest take test use wait work consider continue do have keep highlight rework rename announce delete"
    " replace adjust migrate archive line install reword"
).split()
"""Verbs that begin an order, and as often a remark."""

_NO_NAMES: Final = _COMMON_STARTS | frozenset(IMPERATIVES) | frozenset(WEAK_IMPERATIVES)
_CLAUSE: Final = re.compile(r"\s+[-–—]+>?\s+|[;:,(\[]\s*|\.\s+|\s+(?:but|and|so|then|that|=>)\s+")
_OWNER_AT_END: Final = re.compile(
    r"[\[(]@?([\w][\w .,/&@'’-]{0,40})[\])]\W*$|\s[-–—]\s+@?([\w][\w.'’]{0,20}(?: [\w.'’]{1,20})?)\W*$"
)
_TOKEN: Final = re.compile(r"@?[\w.'’-]+|[,&/+:*>–—-]")
_LONGEST_SUBJECT: Final = 12


def subject_of(words: str, names: frozenset[str]) -> tuple[str, str]:
    """Who a sentence begins with, and how they are bound: `Kate to send it` gives `("name", "will")`.

    Args:
        words: The sentence as written; capitals tell a name from a thing.
        names: What the people of the meeting are called, in lower case.

    Returns:
        `name` (known in this meeting), `capital` (a word that could be a name), a pronoun, or `thing`;
        then `will`, `can`, `should`, `takes`, `stays` (will be, will have), or nothing when no such word follows.
    """
    tokens = _TOKEN.findall(words[:200].replace("’", "'"))
    rest = tokens[_past_lead_in(tokens) :]
    if rest and rest[0].casefold().partition("'")[0] in _PRONOUNS:
        return rest[0].casefold().partition("'")[0], _bound(rest, 1, contracted="'ll" in rest[0].casefold())
    taken = list(_people(rest, names))
    if not taken:
        return "thing", _bound(rest, 1) if rest else ""
    end = _past_affiliation(rest, len(taken))
    known = any(token.strip("@.").casefold().removesuffix("'ll") in names for token in taken) or taken[
        0
    ].startswith("@")
    return "name" if known else "capital", _bound(rest, end, contracted=taken[-1].casefold().endswith("'ll"))


def later_subject(words: str, names: frozenset[str]) -> str:
    """How a person named in a later clause is bound: `licences - Ann and Bo to sync` gives `will`; nobody gives nothing."""
    for clause in _CLAUSE.split(words[:1_000])[1:]:
        who, how = subject_of(clause, names)
        if who == "name" and how in ("will", "takes", "can"):
            return how
    return ""


def ends_with_owner(words: str, names: frozenset[str]) -> bool:
    """Whether a sentence ends with a name as its owner: `renew the contract [Ann]`, `send it - Bo`."""
    match = _OWNER_AT_END.search(words)
    if match is None:
        return False
    parts = [
        part.strip(" @.?") for part in re.split(r"[,/&]| and ", match[1] or match[2]) if part.strip(" @.?")
    ]
    known = all(part.casefold() in names or part.casefold().split(" ", 1)[0] in names for part in parts)
    named = bool(match[1]) and all(re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][\w.]*)?", part) for part in parts)
    return known or (named and len(words) > len(match[0]))


def subject_names(words: str, names: frozenset[str]) -> tuple[str, ...]:
    """The people a sentence begins with, each as written: `Ann Lee and Bo to ask` gives `("Ann Lee", "Bo")`."""
    tokens = _TOKEN.findall(words[:200].replace("’", "'"))
    start = _past_lead_in(tokens)
    found: list[str] = []
    for token in _people(tokens[start:], names):
        if token in _JOINS:
            found.append("")
        elif found and found[-1]:
            found[-1] += f" {token}"
        else:
            found[-1:] = [token]
    bare = (name.strip(" @.").removesuffix("'ll") for name in found)
    return tuple(name for name in bare if name)


def _past_lead_in(tokens: Sequence[str]) -> int:
    start = 0
    while start < len(tokens) and (
        tokens[start].casefold() in _LEAD_IN or re.fullmatch(r"#?\d+[.)]?", tokens[start])
    ):
        start += 1
    return start


def _people(rest: Sequence[str], names: frozenset[str]) -> Iterator[str]:
    """The tokens of the subject: capitals or known names, and what joins them."""
    for index, token in enumerate(rest[:_LONGEST_SUBJECT]):
        bare = token.strip("@.").casefold().removesuffix("'ll")
        if (
            token.startswith("@")
            or bare in names
            or (token[:1].isupper() and bare not in _NO_NAMES and bare not in _WILL)
        ):
            yield token
        elif index and token in _JOINS and index + 1 < len(rest):
            following = rest[index + 1]
            if not (
                following[:1].isupper() or following.strip("@.").casefold() in names or following in _JOINS
            ):
                return
            yield token
        else:
            return


def _past_affiliation(rest: Sequence[str], end: int) -> int:
    """Skip `from Acme`, `of SIG Node` after a name."""
    if end < len(rest) and rest[end] in ("from", "of", "at"):
        end += 1
        while end < len(rest) and rest[end][:1].isupper():
            end += 1
    return end


def _bound(rest: Sequence[str], at: int, *, contracted: bool = False) -> str:
    if contracted:
        return "will"
    how = rest[at].casefold() if at < len(rest) else ""
    verb = rest[at + 1].casefold() if at + 1 < len(rest) else ""
    if how in ("is", "are", "am", "'m") and verb in ("going", "planning", "happy", "willing"):
        return "will"
    if how in _TAKES:
        return "takes"
    if how in _WILL:
        return "will" if verb.isalpha() and verb not in _NOT_A_DEED else "stays"
    if how == "can":
        return "can"
    return "should" if how in _SHOULD else ""
