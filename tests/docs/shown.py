"""What the documents show: blocks of commands with their output, and of Python with its answers.

A block fenced as `console` holds commands behind `$ `; those that start prodops are run, and what stands
below one is held against what it prints. `...` stands for anything, on a line of its own for any lines.
Below a command may stand nothing: then it has to succeed, and no more. A block fenced as `python` that
starts with `>>>` is run as a doctest. `console shared` needs the real data beside the project.
"""

from __future__ import annotations

import doctest
import io
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\S*)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"^(PRODOPS_\w+=\S+ )*prodops\b(?! serve\b)")
"""Commands that are run: ours, with their settings before them, but for the one that never ends."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a document.

    Attributes:
        language: The word behind the fence.
        marks: The words behind that.
        text: What stands in it.
        line: The line of the document on which its text starts.
    """

    language: str
    marks: tuple[str, ...]
    text: str
    line: int


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a document, in order."""
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start(3)) + 1
        yield Block(found.group(1), tuple(found.group(2).split()), found.group(3), line)


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    joined = block.text.replace("\\\n", " ")
    for part in re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield " ".join(command.split()), output


def alike(shown: str, printed: str) -> bool:
    """Whether what is printed is what is shown, with `...` for anything."""
    pattern = ""
    for line in shown.rstrip().splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in line.rstrip().split("...")) + r"[ \t]*\n"
    return re.fullmatch(pattern + r"\s*", printed.rstrip() + "\n") is not None


def run_console(block: Block, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Run the commands of a block in a folder; what went otherwise than shown, in words."""
    for command, shown in commands(block):
        if not RUN.match(command):
            continue
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            yield f"line {block.line}: `{command}` ended with {done.returncode}\n{done.stdout}{done.stderr}"
        elif shown.strip() and not alike(shown, done.stdout):
            yield f"line {block.line}: `{command}` shows\n{shown}but prints\n{done.stdout}"


def run_python(block: Block, names: dict[str, object]) -> Iterator[str]:
    """Run a block as a doctest with the names of the blocks before it; what went otherwise, in words."""
    if not block.text.lstrip().startswith(">>>"):
        return
    test = doctest.DocTestParser().get_doctest(block.text, names, f"line {block.line}", None, block.line)
    said = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=said.write, clear_globs=False)
    names.update(test.globs)
    if said.getvalue():
        yield said.getvalue()
