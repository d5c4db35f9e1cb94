"""HTML to the text a reader would see; nothing is run and nothing is fetched."""

from __future__ import annotations

import html
import re

_BLOCK_NAMES = """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol
    optgroup option p pre section summary table tbody tfoot thead title tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_INLINE_NAMES = """
    a abbr acronym applet area audio b base basefont bdi bdo big button canvas cite code col
    colgroup data datalist del dfn dir em embed font frame frameset i iframe img input ins kbd label
    link map mark marquee meta meter noframes noscript object output param picture progress q rp rt
    ruby s samp select slot small source span strike strong sub sup svg template textarea time track
    tt u var video wbr math path g circle rect line polygon use defs symbol script style
"""
_KNOWN = _BLOCKS | _CELLS | frozenset(_INLINE_NAMES.split())
_CDATA = ("cdata", "<![CDATA[", "]]>")
_DECLARATIONS = (("comment", "<!--", "-->"), _CDATA, ("declaration", "<!", ">"), ("instruction", "<?", ">"))
_UNSEEN = {name: re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE) for name in ("script", "style", "template")}
_OPENING = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:]*)(?=[\s/>])")
# A tag ends at the first ">" outside of quotes, as in browsers.
_REST_OF_TAG = re.compile(r"""(?:[^>"']|"[^"]*"|'[^']*')*+>""")
_TAG_IN_DAMAGE = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:[\s/][^<>]*)?>")
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\r\f\v\xa0]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """The text of an HTML document or fragment, entities decoded, one line per block.

    Script, style and template contents are left out. Words in angle brackets that are no HTML element
    stay, since people write `<your name>` and `<ann@example.com>`. Text without block elements keeps its
    own lines. Time grows with the length alone, whatever the nesting.
    """
    if "<" not in text and "&" not in text:
        return _tidy(text)
    pieces: list[str] = []
    blocks = _strip(text, pieces)
    if blocks:
        pieces = [piece if piece == "\n" else piece.replace("\n", " ") for piece in pieces]
    return _tidy("".join(pieces))


def _strip(text: str, pieces: list[str]) -> bool:
    """Fill `pieces` with the text between tags; say whether a block element was among the tags."""
    start = position = 0
    blocks = False
    while (opened := text.find("<", position)) >= 0:
        name, end = _tag(text, opened)
        if end < 0:
            break
        position = end
        if name is None:
            continue
        pieces.append(_decoded(text[start:opened]))
        start = end
        if name == _CDATA[0]:
            pieces.append(text[opened + len(_CDATA[1]) : end - len(_CDATA[2])])
        elif name in _BLOCKS:
            blocks = True
            pieces.append("\n")
        elif name in _CELLS:
            pieces.append(" ")
    # Left over are the last words and, in damaged markup, tags after a comment or quote that never ends.
    pieces.append(_decoded(_TAG_IN_DAMAGE.sub(_unless_element, text[start:])))
    return blocks


def _unless_element(tag: re.Match[str]) -> str:
    return " " if tag[1].lower() in _KNOWN else tag[0]


def _tag(text: str, opened: int) -> tuple[str | None, int]:
    """The name and the end of the tag at `opened`; no name when it is text, -1 when the rest has no tag."""
    for name, start, stop in _DECLARATIONS:
        if text.startswith(start, opened):
            end = text.find(stop, opened + len(start))
            return (name, end + len(stop)) if end >= 0 else (None, -1)
    match = _OPENING.match(text, opened)
    name = match[1].lower() if match else ""
    if match is None or (name not in _KNOWN and ":" not in name):
        return None, opened + 1
    rest = _REST_OF_TAG.match(text, match.end())
    if rest is None:
        return None, -1
    return name, rest.end() if text[opened + 1] == "/" else _past_unseen(text, name, rest.end())


def _past_unseen(text: str, name: str, end: int) -> int:
    """Where the reader's text goes on: after the end tag of a script, or at the end when there is none."""
    closing = _UNSEEN.get(name)
    if closing is None or text[end - 2] == "/":
        return end
    match = closing.search(text, end)
    return match.end() if match else len(text)


def _decoded(text: str) -> str:
    if "&" not in text:
        return text
    # A reference beyond Unicode is U+FFFD, and Python refuses to read a number of thousands of digits.
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text))


def _tidy(text: str) -> str:
    text = _UNPRINTED.sub("", text.replace("\r\n", "\n"))
    text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", text).strip()
