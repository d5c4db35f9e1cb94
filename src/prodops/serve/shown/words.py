"""What somebody wrote in words, in a row behind a number: marked when made, taken out for some readers."""

from __future__ import annotations

import json
import re
from typing import Final

from prodops.serve.people.roles import ADMITTED, READS_WORDS, Role

WORDS: Final = "<!--words-->"
WORDS_END: Final = "<!--/words-->"
"""What stands around a section of words; no text from outside can hold them, since its `<` is escaped."""

INSTEAD: Final = (
    "What was written stands in the file, at the place above. Here contributors and owners read it: it may "
    "speak of customers and colleagues."
)

_WORDS = re.compile(f"{WORDS}.*?{WORDS_END}", re.DOTALL)


def reads_words(role: Role) -> bool:
    """Whether somebody of a role reads what was written in words."""
    return role in ADMITTED[READS_WORDS]


def html_to(html: str, role: Role) -> str:
    """Rows as somebody of a role reads them.

    Args:
        html: The rows, with marks around words.
        role: Their role.
    """
    if reads_words(role):
        return html
    return _WORDS.sub(f'<section><p class="quiet">{INSTEAD}</p></section>', html)


def json_to(content: bytes, role: Role) -> bytes:
    """The same for programs.

    Args:
        content: The rows as JSON.
        role: The program's role.
    """
    if reads_words(role) or b'"words":true' not in content:
        return content
    page = json.loads(content)
    for section in page["sections"]:
        if section.get("words"):
            section["blocks"] = [{"kind": "words", "text": INSTEAD, "tone": "quiet"}]
    return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()
