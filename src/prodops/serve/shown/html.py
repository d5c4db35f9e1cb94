"""Pages as HTML: one page for the browser, or all of them as one file that works offline."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from prodops import __version__
from prodops.pages.blocks import Block, Chart, Figure, Page
from prodops.stats.estimate import Estimate
from prodops.stats.telling import interval, quantity, told

STATIC = Path(__file__).parent.parent / "static"
CHART_SCRIPTS = ("vendor/vega.min.js", "vendor/vega-lite.min.js", "vendor/vega-embed.min.js", "charts.js")


def page_html(page: Page, titles: Sequence[tuple[str, str]]) -> str:
    """One page.

    Args:
        page: The page.
        titles: Name and title of every page, for the bar above.
    """
    return (
        _environment().get_template("page.html").render(page=page, pages=titles, has_charts=_has_charts(page))
    )


def report_html(pages: Sequence[Page], *, today: str) -> str:
    """All pages as one self-contained file: styles, scripts and data inside, nothing fetched.

    Args:
        pages: The pages in reading order.
        today: The day of the report.
    """
    scripts = [_inline(STATIC / name) for name in CHART_SCRIPTS] if any(map(_has_charts, pages)) else []
    css = Markup((STATIC / "prodops.css").read_text(encoding="utf-8"))  # noqa: S704 (our own file)
    return (
        _environment()
        .get_template("report.html")
        .render(pages=pages, css=css, scripts=scripts, version=__version__, today=today)
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        told=told,
        interval=interval,
        quantity=_quantity,
        number=_number,
        kind=lambda value: type(value).__name__,
        spec=_spec,
        grouped=_grouped,
        address=_address,
    )
    return environment


def _has_charts(page: Page) -> bool:
    return any(isinstance(block, Chart) for section in page.sections for block in section.blocks)


def _quantity(estimate: Estimate) -> str:
    return quantity(estimate.value or 0.0, estimate.unit)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def _grouped(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Neighbouring figures together, every other block alone."""
    for _, group in groupby(enumerate(blocks), key=lambda one: -1 if isinstance(one[1], Figure) else one[0]):
        yield [block for _, block in group]


def _address(chart: Chart) -> str:
    return hashlib.blake2b(chart.title.encode(), digest_size=4).hexdigest()


def _spec(spec: Mapping[str, object]) -> Markup:
    """The specification as JSON that no text inside can end: `<` and `&` are written as escapes."""
    text = json.dumps(spec, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 (escaped)


def _inline(script: Path) -> Markup:
    """A script of ours as it may stand between script tags."""
    return Markup(script.read_text(encoding="utf-8").replace("</script", "<\\/script"))  # noqa: S704 (our own file)
