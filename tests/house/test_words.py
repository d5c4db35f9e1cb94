"""Rules 8 and 9: everything public says what it means; what is silenced says why; nothing is left undone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from house.tree import House, Plant, comments, holds, parse

FILLERS = re.compile(r"\b(simply|just(?! (?:before|after|above|below))|easily|obviously)\b", re.IGNORECASE)
UNDONE = re.compile(r"\b(TODO|FIXME|HACK|WIP)\b")
SILENCED = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:, ?[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?|pragma:\s*no \w+)(.*)"
)
"""What silences a tool, and behind it the reason."""
DOCUMENTS = (".md",)


def undocumented(house: House) -> Iterator[str]:
    for path in house.python("src"):
        tree = parse(path)
        if not ast.get_docstring(tree):
            yield f"{house.name(path)} has no docstring"
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_"]
        for body in (tree.body, *(node.body for node in classes)):
            for node in body:
                if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    continue
                if not node.name.startswith("_") and not _told(node):
                    yield f"{house.name(path)}:{node.lineno} {node.name} has no docstring"


def _told(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether it has a docstring, or overloads or overrides something that has one."""
    marks = {ast.unparse(mark).rpartition(".")[2] for mark in node.decorator_list}
    return bool(ast.get_docstring(node)) or bool(marks & {"overload", "override", "setter"})


def fillers(house: House) -> Iterator[str]:
    for path in house.python("src"):
        for line, text in [*comments(path), *_docstrings(path)]:
            if found := FILLERS.search(text):
                yield f"{house.name(path)}:{line} {found.group()!r}"
    for path in house.tracked():
        if path.suffix in DOCUMENTS and "tests" not in path.relative_to(house.root).parts:
            for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if found := FILLERS.search(re.sub(r"`[^`]*`|\"[^\"]*\"", "", text)):
                    yield f"{house.name(path)}:{number} {found.group()!r}"


def undone(house: House) -> Iterator[str]:
    for path in house.python("src", "tests", "bench"):
        if path == Path(__file__):
            continue
        for line, text in [*comments(path), *_docstrings(path)]:
            if found := UNDONE.search(text):
                yield f"{house.name(path)}:{line} {found.group()}"


def silenced_without_reason(house: House) -> Iterator[str]:
    for path in house.python("src", "tests", "bench"):
        for line, text in comments(path):
            found = SILENCED.search(text)
            if found and not re.search(r"\w{3}", found.group(1)):
                yield f"{house.name(path)}:{line} {text}"


def _docstrings(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            words = ast.get_docstring(node, clean=False)
            if words:
                yield node.body[0].lineno, words


def test_everything_public_has_a_docstring(house: House) -> None:
    holds(
        "Every module and every public class, function and method has a docstring.",
        undocumented(house),
        mend="say in one sentence what it means to a reader, with units, errors and the source of a formula.",
    )


def test_nobody_writes_simply_or_just(house: House) -> None:
    holds(
        "Documents, docstrings and comments do without simply, just, easily and obviously.",
        fillers(house),
        mend="leave the word out; if the sentence then says nothing, leave that out too.",
    )


def test_nothing_is_left_undone(house: House) -> None:
    holds(
        "No comment defers work.",
        undone(house),
        mend="do it, or open an issue and say there what is missing.",
    )


def test_what_is_silenced_says_why(house: House) -> None:
    holds(
        "A noqa, a type: ignore and a pragma have their reason beside them.",
        silenced_without_reason(house),
        mend="write it behind: `# noqa: S608 (the table's name comes from our own schema)`.",
    )


def test_these_rules_see_what_breaks_them(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/a.py": "def told(): ...\n",
            "src/prodops/b.py": '"""It just works."""\nx = 1  # noqa: E501\ny = 2  # noqa: E501 (names)\n',
            "src/prodops/c.py": '"""Fine."""\n# TO' + "DO: later\nz = f()  # type: ignore[misc]\n",
            "README.md": "You can simply run it.\nThe word `just` is forbidden.\n",
        }
    )
    assert ["src/prodops/a.py has no docstring", "src/prodops/a.py:1 told has no docstring"] == list(
        undocumented(house)
    )
    assert ["src/prodops/b.py:1 'just'", "README.md:1 'simply'"] == list(fillers(house))
    assert ["src/prodops/c.py:2 TO" + "DO"] == list(undone(house))
    assert ["src/prodops/b.py:2 # noqa: E501", "src/prodops/c.py:3 # type: ignore[misc]"] == list(
        silenced_without_reason(house)
    )
