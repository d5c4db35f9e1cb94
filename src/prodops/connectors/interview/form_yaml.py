"""Interviews in our YAML form: one document a person, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prodops.connectors.interview.answers import Line
from prodops.connectors.interview.named_blocks import shares_of_blocks
from prodops.connectors.interview.shares import leaf_of
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.documents import DocumentError, Mapping, read_yaml

_STATED = ("stated", "actual", "current", "is")
_IDEAL = ("ideal", "wanted", "desired", "should")


def read_form(file: SourceFile, text: str) -> Iterator[Line | Entry]:
    """Give each line of each form; what is no form is an entry that says so."""
    try:
        for document in read_yaml(text):
            held = document.get("interviews") if isinstance(document, dict) else document
            for form in held if isinstance(held, list) else [document]:
                yield from _form(file, form)
    except DocumentError as error:
        place = f"line {error.line}" if error.line else "file"
        yield _lost(file, place, "bad_yaml", str(error)[:200])


def _form(file: SourceFile, form: object) -> Iterator[Line | Entry]:
    place = f"line {getattr(form, 'line', 1)}"
    if not isinstance(form, dict):
        yield _lost(
            file, place, "wrong_type", "an interview is a mapping with person, asked_on, time and answers"
        )
        return
    person, asked_on = _text(form.get("person")), _text(form.get("asked_on"))
    time, answers = form.get("time"), form.get("answers")
    of_blocks, lost = shares_of_blocks(file, form, place)
    yield from lost
    for category, shares in time.items() if isinstance(time, dict) else ():
        own = f"line {shares.line}" if isinstance(shares, Mapping) else place
        line = Line(f"{own}, time.{category[:40]}", person, asked_on, category)
        for one in _shares(file, line, shares):
            yield _or_of_blocks(one, of_blocks)
    for leaf, stated in sorted(of_blocks.items()):
        yield Line(f"{place}, blocks.{leaf}", person, asked_on, leaf, stated, leaf_expected=True)
    for at, answer in enumerate(answers if isinstance(answers, list) else ()):
        locator = (
            f"line {getattr(answer, 'line', 0)}" if hasattr(answer, "line") else f"{place}, answers[{at}]"
        )
        if isinstance(answer, dict):
            topic = _text(answer.get("topic")) or _text(answer.get("question"))
            says = _text(answer.get("says")) or _text(answer.get("answer"))
            yield Line(locator, person, asked_on, topic[:120], says=says)
        else:
            yield _lost(file, locator, "wrong_type", "an answer is a mapping with topic and says")
    if not isinstance(time, dict) and not isinstance(answers, list) and not of_blocks and not lost:
        yield Entry(locator=place, unused="form without time and without answers")


def _or_of_blocks(line: Line | Entry, of_blocks: dict[str, str]) -> Line | Entry:
    """The line with the share that its blocks say, where the form was not told another; taken out of them."""
    if isinstance(line, Entry):
        return line
    told = of_blocks.pop(leaf_of(line.category) or "", "")
    return line if line.stated or not told else replace(line, stated=told)


def _shares(file: SourceFile, line: Line, shares: object) -> Iterator[Line | Entry]:
    if isinstance(shares, list) or (
        isinstance(shares, dict) and any(isinstance(one, dict | list) for one in shares.values())
    ):
        yield _lost(file, line.locator, "wrong_type", "a leaf holds two numbers, stated and ideal")
        return
    if isinstance(shares, dict):
        stated, ideal = (_first(shares, names) for names in (_STATED, _IDEAL))
        says = _text(shares.get("says"))
    else:
        # One number alone is the share as it is.
        stated, ideal, says = _text(shares), "", ""
    yield Line(
        line.locator, line.person, line.asked_on, line.category, stated, ideal, says, leaf_expected=True
    )


def _first(shares: dict[str, object], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := _text(shares.get(name)))), "")


def _text(value: object) -> str:
    return " ".join(value[:20_000].split()) if isinstance(value, str) else ""


def _lost(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    remedy = "fill in a fresh copy of the form; its comments say what goes where"
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
