"""Rule 8: small. Files under 400 lines, functions under 40, five parameters before keyword-only."""

from __future__ import annotations

from collections.abc import Iterator

from house.tree import House, Plant, functions, holds, parse

FILE_LINES = 400
FUNCTION_LINES = 40
POSITIONAL = 5


def long_files(house: House) -> Iterator[str]:
    paths = house.python() + house.files(".sql", "src") + [house.root / "bootstrap.py"]
    for path in (path for path in paths if path.exists()):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines >= FILE_LINES:
            yield f"{house.name(path)} has {lines} lines"


def long_functions(house: House) -> Iterator[str]:
    for path in house.python("src", "bench"):
        for function in functions(parse(path)):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines >= FUNCTION_LINES:
                yield f"{house.name(path)}:{function.lineno} {function.name} has {lines} lines"


def wide_functions(house: House) -> Iterator[str]:
    for path in house.python("src"):
        for function in functions(parse(path)):
            named = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
            count = len([name for name in named if name not in ("self", "cls")])
            if count > POSITIONAL:
                yield f"{house.name(path)}:{function.lineno} {function.name} takes {count} by position"


def test_a_file_has_fewer_than_400_lines(house: House) -> None:
    holds(
        "A file has fewer than 400 lines.",
        long_files(house),
        mend="look for a second subject in it and give that a file of its own, named after it.",
    )


def test_a_function_has_fewer_than_40_lines(house: House) -> None:
    holds(
        "A function has fewer than 40 lines, its docstring included.",
        long_functions(house),
        mend="name the steps in it and make a function of each.",
    )


def test_a_function_takes_at_most_five_parameters_by_position(house: House) -> None:
    holds(
        "A function takes at most five parameters by position.",
        wide_functions(house),
        mend="put a * before the ones that a caller should name, or group those that belong together.",
    )


def test_these_rules_see_what_breaks_them(plant: Plant) -> None:
    long = "def walk():\n" + "    step()\n" * 39
    wide = "def weigh(self, a, b, c, d, e, f, *, g): ...\n"
    house = plant({"src/prodops/a.py": long + wide, "src/prodops/b.sql": "select 1\n" * 400})
    assert ["src/prodops/b.sql has 400 lines"] == list(long_files(house))
    assert ["src/prodops/a.py:1 walk has 40 lines"] == list(long_functions(house))
    assert ["src/prodops/a.py:41 weigh takes 6 by position"] == list(wide_functions(house))
