"""The templates of forms: what people wrote is text in them, whatever it looks like."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

import prodops.serve.shown
from prodops.serve.shown.lines import harmless


@cache
def template(name: str) -> Template:
    """The template of a form.

    Args:
        name: Its file.
    """
    folder = Path(prodops.serve.shown.__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=lambda one: one if isinstance(one, Markup) else harmless(str(one)),
    )  # fmt: skip
    return environment.get_template(name)
