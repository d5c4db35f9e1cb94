"""Reads the project's files for the rules of the house: which there are, and what stands in them."""

from __future__ import annotations

import ast
import io
import subprocess
import tokenize
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path("src", "prodops")
PILLARS = ("rituals", "tooling", "data", "feedback", "launches", "governance", "time", "decisions", "impact")
"""The names a column may have: the six pillars, and the three that some rows need besides."""

_NOT_OURS = {".venv", ".git", "__pycache__", ".prodops", "node_modules", "dist", "build", "htmlcov"}


class House:
    """The project, or a copy of it in which a violation was planted."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.package = root / PACKAGE

    def name(self, path: Path) -> str:
        """A path as a reader of the message finds it."""
        return path.relative_to(self.root).as_posix()

    def python(self, *folders: str) -> list[Path]:
        """The Python files of the project, or of some of its folders."""
        return self.files(".py", *folders)

    def files(self, ending: str, *folders: str) -> list[Path]:
        """The files with an ending, in order, without those that tools made."""
        starts = [self.root / folder for folder in folders or ("src", "tests", "bench")]
        found = {path for start in starts for path in start.rglob(f"*{ending}") if path.is_file()}
        return sorted(path for path in found if not _NOT_OURS & set(path.relative_to(self.root).parts))

    def units(self, room: str) -> list[Path]:
        """The unit files of a room that has pillars: `<room>/<pillar>/<unit>.py`."""
        return [path for path in sorted((self.package / room).glob("*/*.py")) if path.name != "__init__.py"]

    def tracked(self) -> list[Path]:
        """What a clone would hold: tracked files, or every file that is not ignored where there is no git."""
        asked = ["git", "-C", str(self.root), "ls-files", "-z"]
        listed = subprocess.run(asked, capture_output=True, check=False, timeout=60)
        if listed.returncode == 0 and listed.stdout:
            paths = [self.root / name for name in listed.stdout.decode().split("\0") if name]
            return [path for path in paths if path.is_file()]
        hidden = {".venv", ".git", ".ruff_cache", ".mypy_cache", ".pytest_cache", ".hypothesis"} | _NOT_OURS
        every = (path for path in self.root.rglob("*") if path.is_file())
        return sorted(path for path in every if not hidden & set(path.relative_to(self.root).parts))


Plant = Callable[[dict[str, str]], House]
"""Makes a small project of the given files, path to text, to plant violations in."""


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def constants(tree: ast.Module) -> dict[str, object]:
    """The module's names that are bound to a literal, and the literal."""
    found: dict[str, object] = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Constant):
            found |= {target.id: value.value for target in targets if isinstance(target, ast.Name)}
    return found


def dotted(node: ast.expr) -> str:
    """`datetime.now` for the expression; empty when it is not a chain of names."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def imported(tree: ast.Module) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Every import at any depth with the module it names, `from a import b` as `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield node, f"{node.module}.{alias.name}"


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Line number and text of every comment."""
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def holds(rule: str, broken: Iterable[str], *, mend: str) -> None:
    """Fail with the rule, every place that breaks it, and how to mend it."""
    places = list(broken)
    listed = "\n".join(f"  {place}" for place in places)
    if places:
        pytest.fail(f"{rule}\n{listed}\nTo mend it: {mend}", pytrace=False)
