"""What a page offers only to those who may do it: marked when the page is made, taken out when it is shown.

A page is made once for all readers. What leads to something that needs more than a viewer's role stands
between marks that no text from outside can hold, since its `<` is escaped.
"""

from __future__ import annotations

import re
from functools import lru_cache

from prodops.actions import units
from prodops.pages.blocks import Behind, Doing, Elsewhere
from prodops.serve.people.roles import ADMITTED, Role, role_of

PLACES: dict[str, Role] = {
    "decide": "contributor", "label": "contributor", "begin": "contributor", "people": "owner",
    "access": "auditor", "keeping": "owner", "act": "contributor", "health/detail": "owner",
}  # fmt: skip
"""Who can do something at a place, where that is not everybody: others are not sent there in vain."""

OTHERWISE, END = "<!--otherwise-->", "<!--/for-->"

KEPT_PAGES = 64
"""Pages as they are shown to a role that are remembered: each stored page for each kind of reader."""

_FOR = re.compile(r"<!--for:(\w+)-->(.*?)(?:<!--otherwise-->(.*?))?<!--/for-->", re.DOTALL)

_BARE = re.compile(
    r'<p class="(?:buttons|answers)">\s*</p>|<ul class="onward[^"]*">\s*</ul>'
    r"|<section[^>]*>\s*<h[2-4][^>]*>[^<]*</h[2-4]>\s*</section>"
)
"""What holds nothing once what it offered is gone: a row of buttons, a list, then a section."""


def least_role(way: Behind | Elsewhere | Doing | str) -> Role:
    """The least role that gets through to where something leads.

    Args:
        way: What leads there, or a place's name.
    """
    if isinstance(way, Doing):
        role: Role = units()[way.action].DEED.role
        return role
    name = way.page if isinstance(way, Elsewhere) else way if isinstance(way, str) else ""
    return PLACES.get(name, PLACES.get(name.partition("/")[0], "viewer"))


def begins(way: Behind | Elsewhere | Doing | str) -> str:
    """What stands before a way that not everybody may go; empty before one that everybody may."""
    role = least_role(way)
    return "" if role == "viewer" else f"<!--for:{role}-->"


@lru_cache(maxsize=KEPT_PAGES)
def shown_to(html: str, role: Role) -> str:
    """A page as somebody of a role reads it; worked out once for pages that many read.

    Args:
        html: The page, with marks around what not everybody may do.
        role: Their role.
    """
    if "<!--for:" not in html:
        return html

    def kept(found: re.Match[str]) -> str:
        return found[2] if role in ADMITTED[role_of(found[1])] else found[3] or ""

    text = _FOR.sub(kept, html)
    bare = 1
    while bare:
        text, bare = _BARE.subn("", text)
    return text
