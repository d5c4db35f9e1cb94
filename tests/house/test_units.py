"""Rules 3 and 9: one file, one unit, found by scanning, and beside it the case that proves it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from house.tree import House, constants, holds, parse

SECTIONS = ("What it looks for:", "Why it costs:", "When it is wrong:", "What to do:")
CODE = re.compile(r"^[A-Z]{3}\d{2}$")
CONNECTOR_PARTS = ("COVERS", "recognises", "parse")


def defined(tree: ast.Module) -> set[str]:
    """The names that a module binds at its top level, by definition, assignment or import."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def units_without(house: House, room: str, name: str) -> Iterator[str]:
    for path in house.units(room):
        if name not in defined(parse(path)):
            yield f"{house.name(path)} has no `{name}`"


def orphaned_sql(house: House) -> Iterator[str]:
    for path in house.files(".sql", "src"):
        if not path.with_suffix(".py").exists():
            yield f"{house.name(path)} has no {path.stem}.py beside it"


def badly_coded(house: House) -> Iterator[str]:
    codes = {path: str(constants(parse(path)).get("CODE", "")) for path in house.units("checks")}
    uses = Counter(codes.values())
    for path, code in codes.items():
        if not CODE.match(code):
            yield f"{house.name(path)} has CODE = {code!r}"
        elif uses[code] > 1:
            yield f"{house.name(path)} shares {code} with another check"


def untold_checks(house: House) -> Iterator[str]:
    for path in house.units("checks"):
        told = ast.get_docstring(parse(path)) or ""
        places = [told.find(section) for section in SECTIONS]
        if -1 in places or places != sorted(places):
            lacking = [section for section in SECTIONS if section not in told]
            yield f"{house.name(path)} lacks {', '.join(lacking) or 'their order'}"


def unproved_checks(house: House) -> Iterator[str]:
    for path in house.units("checks"):
        found = sorted((house.root / "tests/checks/cases").rglob(f"{path.stem}.toml"))
        if not found:
            yield f"{house.name(path)} has no tests/checks/cases/{path.stem}.toml"
            continue
        cases = tomllib.loads(found[0].read_text(encoding="utf-8")).get("case", [])
        finding = [case for case in cases if case.get("finds")]
        if not finding or len(finding) == len(cases):
            yield f"{house.name(found[0])}: {len(finding)} of {len(cases)} cases find something"


def unproved_measures(house: House) -> Iterator[str]:
    """A measure's reference stands in a TOML file of its name, or in a test that says `reference` of it."""
    tests = house.python("tests/measures") if (house.root / "tests/measures").is_dir() else []
    texts = [text for path in tests if "reference" in (text := path.read_text(encoding="utf-8")).lower()]
    for path in house.units("measures"):
        beside = sorted((house.root / "tests/measures/reference").rglob(f"{path.stem}.toml"))
        if not beside and not any(re.search(rf"\b{path.stem}\b", text) for text in texts):
            yield f"{house.name(path)} has neither tests/measures/reference/{path.stem}.toml nor a test"


def unlike_connectors(house: House) -> Iterator[str]:
    for folder in sorted((house.package / "connectors").glob("*/")):
        if folder.name == "__pycache__":
            continue
        parts = {path.name: path for path in folder.glob("*.py")}
        for part in ("__init__.py", "parse.py"):
            if part not in parts:
                yield f"{house.name(folder)} has no {part}"
        if "__init__.py" in parts:
            told = ast.get_docstring(parse(parts["__init__.py"])) or ""
            if not told or "\n" in told:
                yield f"{house.name(parts['__init__.py'])} does not say in one line what it reads"
        if "parse.py" in parts:
            names = _offered(parts["parse.py"])
            missing = [name for name in CONNECTOR_PARTS if name not in names]
            if missing:
                yield f"{house.name(parts['parse.py'])} lacks {', '.join(missing)}"
        cases = house.root / "tests/connectors/cases" / folder.name
        if not cases.is_dir() or not any(path.is_file() for path in cases.rglob("*")):
            yield f"{house.name(folder)} has no case in {house.name(cases)}/"


def _offered(path: Path) -> set[str]:
    """What a module defines or takes over from a neighbour."""
    tree = parse(path)
    taken = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return defined(tree) | taken


def unlike_views(house: House) -> Iterator[str]:
    for path in sorted((house.package / "views").glob("*.py")):
        if path.name == "__init__.py":
            continue
        names = [
            keyword.value.value
            for node in ast.walk(parse(path))
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "View"
            for keyword in node.keywords
            if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
        ]
        if path.stem not in names:
            yield f"{house.name(path)} makes no View(name={path.stem!r})"


def test_a_file_of_measures_is_one_measure(house: House) -> None:
    holds(
        "Every file in measures/<pillar>/ has a function `measure`.",
        units_without(house, "measures", "measure"),
        mend="give the unit its function, or move what is no measure to views, stats or text.",
    )


def test_a_file_of_checks_is_one_check(house: House) -> None:
    holds(
        "Every file in checks/<pillar>/ has a function `check`.",
        units_without(house, "checks", "check"),
        mend="give the unit its function, or move what is no check to measures or views.",
    )


def test_a_file_of_pages_is_one_page(house: House) -> None:
    holds(
        "Every file in pages/<pillar>/ has a NAME and a function `page`.",
        [*units_without(house, "pages", "page"), *units_without(house, "pages", "NAME")],
        mend="give the page its function, or move what several pages share up to pages/.",
    )


def test_sql_lies_beside_the_unit_that_reads_it(house: House) -> None:
    holds(
        "A SQL file has the name of the Python file beside it.",
        orphaned_sql(house),
        mend="rename it after its unit, or make it a view.",
    )


def test_a_view_has_the_name_of_its_file(house: House) -> None:
    holds(
        "A file in views/ makes the view of its own name.",
        unlike_views(house),
        mend='write `View(name="<the file\'s name>", ...)`.',
    )


def test_a_check_has_a_code_of_its_own(house: House) -> None:
    holds(
        "Every check has a CODE of three letters and two digits that no other check has.",
        badly_coded(house),
        mend='take the next free number of the pillar: CODE = "RIT05".',
    )


def test_the_docstring_of_a_check_is_the_page_of_its_user(house: House) -> None:
    holds(
        f"The docstring of a check has the sections {' '.join(SECTIONS)}",
        untold_checks(house),
        mend="write each, in this order, for a product-operations reader; look at a neighbour.",
    )


def test_a_check_is_proved_by_a_case_that_finds_and_one_that_does_not(house: House) -> None:
    holds(
        "Every check has tests/checks/cases/<name>.toml with a case that finds and one that does not.",
        unproved_checks(house),
        mend="add a [[case]] with `finds = [...]` and one with `finds = []`.",
    )


def test_a_measure_is_held_to_a_reference_value(house: House) -> None:
    holds(
        "Every measure is held to a reference value from another program or from hand.",
        unproved_measures(house),
        mend="write tests/measures/reference/<name>.toml with the input, the value and where it comes from.",
    )


def test_connectors_are_all_alike(house: House) -> None:
    holds(
        "A connector is a folder with a one-line __init__, a parse.py and its cases.",
        unlike_connectors(house),
        mend="copy a neighbour: COVERS, recognises and parse in parse.py, a file in tests/connectors/cases/.",
    )
