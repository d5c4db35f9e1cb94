"""Pages as HTML: one page for the browser, or all of them as one file that works offline."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from prodops import __version__
from prodops.pages.blocks import Behind, Block, Chart, Doing, Elsewhere, Figure, Page
from prodops.pages.evidence import ROW, RowsBehind
from prodops.serve.shown.allowed import END, OTHERWISE, begins
from prodops.serve.shown.doings import doings_of
from prodops.serve.shown.frame import BARE, Frame
from prodops.serve.shown.html_tables import drawn, rows_of
from prodops.serve.shown.lines import harmless
from prodops.serve.shown.worded import (
    bounds_of,
    counted,
    estimated,
    one_source,
    place,
    reasons,
    short_source,
    value_of,
)
from prodops.serve.shown.words import WORDS, WORDS_END

STATIC = Path(__file__).parent.parent / "static"
STYLE = "prodops.css"
CHART_SCRIPTS = (
    "vendor/vega.min.js",
    "vendor/vega-lite.min.js",
    "vendor/vega-interpreter.js",
    "charts.js",
)

PRINTED = 6
"""Rows of a table that the report shows on paper; `prodops.css` counts as many."""

IN_FILE = ("evidence", "method", "problems", "interviews", "plan")
"""Pages of the report that are not whole on paper: `prodops.css` leaves the same ones out."""

CITED = 3
"""Records shown with a claim at once; the others open on demand."""


def page_html(page: Page, frame: Frame = BARE) -> str:
    """One page.

    Args:
        page: The page.
        frame: What stands around it.
    """
    scripts = CHART_SCRIPTS if has_charts(page) else ()
    return _template("page.html").render(
        page=page, frame=frame, style=STYLE, scripts=scripts, opens=_served, itself=itself(page), within=""
    )


def article_html(page: Page, within: str = "") -> str:
    """What a page says, without the frame around it: the same for every reader.

    Args:
        page: The page.
        within: What its marks begin with where it stands inside another page, so that no mark is there twice.
    """
    return _template("article.html").render(page=page, within=within, opens=_served)


def message_html(title: str, says: str, frame: Frame = BARE) -> str:
    """A page that says one thing: that there is no such page.

    Args:
        title: What is the matter.
        says: What the reader can do.
        frame: What stands around it.
    """
    return _template("message.html").render(title=title, says=says, frame=frame, style=STYLE)


def part_html(title: str, says: str, again_seconds: int = 0) -> str:
    """The same where only a part of a page was asked for, as for the drawer.

    Args:
        title: What is the matter.
        says: What the reader can do.
        again_seconds: After how long it is asked for again by itself; 0 for never.
    """
    return _template("part.html").render(title=title, says=says, again_seconds=again_seconds)


def report_html(pages: Sequence[Page]) -> str:
    """All pages as one self-contained file: styles, scripts and data inside, nothing fetched.

    Only the scripts and the style that stand in it may run: the file names them by their digests.

    Args:
        pages: The pages in reading order, at least one.
    """
    scripts = [_text(name) for name in CHART_SCRIPTS] if any(map(has_charts, pages)) else []
    style = _text(STYLE)
    runs = " ".join(map(_digest, scripts)) or "'none'"
    policy = (
        f"default-src 'none'; script-src {runs}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return _template("report.html").render(
        pages=pages,
        style=Markup(style),  # noqa: S704 (our own file)
        scripts=[Markup(script) for script in scripts],  # noqa: S704 (our own files)
        policy=policy,
        program=f"prodops {__version__}",
        opens=_inside(pages),
    )


def _served(way: Behind | Elsewhere | Doing) -> str:
    """The address of the rows behind something, of a page or of an action, where pages are served."""
    if isinstance(way, Doing):
        filled = f"?{urlencode(way.fields, doseq=True)}" if way.fields else ""
        return f"/act/{way.action.replace('_', '-')}{filled}"
    if isinstance(way, Elsewhere):
        return f"/{way.page}"
    return "/evidence?" + urlencode({"of": way.of, **({"offset": way.offset} if way.offset else {})})


def itself(page: Page) -> str:
    """The address of a page without its first slash; rows are a page of their own each."""
    if isinstance(page, RowsBehind):
        return urlencode({"of": page.of, **({"offset": page.offset} if page.offset else {})})
    return ""


def _inside(pages: Sequence[Page]) -> Callable[[Behind | Elsewhere | Doing], str]:
    """Gives the place of rows or a page inside the file; empty for what it does not hold or cannot do."""
    held = {section.of for page in pages for section in page.sections if section.of}
    names = {page.name for page in pages}

    def opens(way: Behind | Elsewhere | Doing) -> str:
        if isinstance(way, Doing):
            return ""
        if isinstance(way, Elsewhere):
            return f"#{way.page}" if way.page in names else ""
        return f"#{_anchor(way.of)}" if way.of in held and not way.offset else ""

    return opens


def _anchor(of: str) -> str:
    """The mark of the section that shows the rows of something."""
    return f"rows-{hashlib.blake2b(of.encode(), digest_size=6).hexdigest()}"


def _reason(text: str) -> Behind:
    """A finding's code and subject as words that open its rows."""
    return Behind(text, text.replace(" ", "/", 1))


_CODE = re.compile(r"([A-Z]{3}\d\d) (?=\S)")


def _coded(text: str) -> tuple[str, str]:
    """A check's code and what follows it; no code where the words begin with none."""
    found = _CODE.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        address=_address,
        anchor=_anchor,
        begins=lambda way: Markup(begins(way)),  # noqa: S704 (a mark of ours)
        bounds=bounds_of,
        coded=_coded,
        counted=counted,
        drawn=drawn,
        estimated=estimated,
        grouped=_grouped,
        kind=lambda value: type(value).__name__,
        leads=lambda name: Elsewhere("", name),
        number=lambda value: f"{value:,}",
        one_source=one_source,
        place=place,
        doings=doings_of,
        reason=_reason,
        reasons=reasons,
        rows=lambda of: Behind("", of),
        rows_of=rows_of,
        short_source=short_source,
        spec=_spec,
        value=lambda estimate: value_of(estimate, with_unit=False),
    )
    marks = {"OTHERWISE": Markup(OTHERWISE), "END": Markup(END)}  # noqa: S704 (our own)
    environment.globals.update(CITED=CITED, PRINTED=PRINTED, IN_FILE=IN_FILE, ROW=ROW, **marks)
    environment.globals.update(WORDS=Markup(WORDS), WORDS_END=Markup(WORDS_END))  # noqa: S704 (our own)
    return environment


def _harmless(value: object) -> object:
    """Whatever is not markup of ours, without control characters and overrides of the writing direction."""
    return value if isinstance(value, Markup) else harmless(str(value))


def has_charts(page: Page) -> bool:
    """Whether a page needs the scripts that draw."""
    return any(isinstance(block, Chart) for section in page.sections for block in section.blocks)


def _grouped(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Neighbouring figures together, every other block alone."""
    for _, group in groupby(enumerate(blocks), key=lambda one: -1 if isinstance(one[1], Figure) else one[0]):
        yield [block for _, block in group]


def _address(chart: Chart) -> str:
    return hashlib.blake2b(chart.title.encode(), digest_size=4).hexdigest()


def _spec(spec: Mapping[str, object]) -> Markup:
    """The specification as JSON that no text inside can end: `<`, `>` and `&` are written as escapes."""
    text = json.dumps(_calm(spec), ensure_ascii=True, separators=(",", ":"))
    escaped = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(escaped)  # noqa: S704 (escaped above)


def _calm(value: object) -> object:
    """A specification whose words are harmless."""
    if isinstance(value, Mapping):
        return {key: _calm(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_calm(inner) for inner in value]
    return harmless(value) if isinstance(value, str) else value


def _text(name: str) -> str:
    """A file of ours as it may stand between tags: no end of a script inside."""
    return (STATIC / name).read_text(encoding="utf-8").replace("</script", "<\\/script")


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
