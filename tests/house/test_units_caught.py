"""The rules about units see what breaks them."""

from __future__ import annotations

from house.test_units import (
    SECTIONS,
    badly_coded,
    orphaned_sql,
    units_without,
    unlike_connectors,
    unlike_views,
    unproved_checks,
    unproved_measures,
    untold_checks,
)
from house.tree import Plant

TOLD = '"""A symptom.\n\n' + " Words.\n".join(SECTIONS) + '\n"""\n'


def test_a_file_without_its_function_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/measures/time/a.py": "def measure(): ...\n",
            "src/prodops/measures/time/b.py": "def rows(): ...\n",
            "src/prodops/measures/time/c.sql": "select 1\n",
        }
    )
    assert ["src/prodops/measures/time/b.py has no `measure`"] == list(
        units_without(house, "measures", "measure")
    )
    assert ["src/prodops/measures/time/c.sql has no c.py beside it"] == list(orphaned_sql(house))


def test_a_shared_or_strange_code_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/checks/data/a.py": 'CODE = "DAT01"\n',
            "src/prodops/checks/data/b.py": 'CODE = "DAT01"\n',
            "src/prodops/checks/data/c.py": 'CODE = "stale"\n',
            "src/prodops/checks/data/d.py": 'CODE: str = "DAT02"\n',
        }
    )
    assert ["a.py", "b.py", "c.py"] == [line.split("/")[-1].split()[0] for line in badly_coded(house)]


def test_a_docstring_without_a_section_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/checks/data/whole.py": TOLD,
            "src/prodops/checks/data/part.py": TOLD.replace("Why it costs:", ""),
        }
    )
    assert ["src/prodops/checks/data/part.py lacks Why it costs:"] == list(untold_checks(house))


def test_a_check_without_both_kinds_of_case_is_seen(plant: Plant) -> None:
    both = '[[case]]\nfinds = ["standup"]\n[[case]]\nfinds = []\n'
    house = plant(
        {
            "src/prodops/checks/rituals/proved.py": "",
            "src/prodops/checks/rituals/half.py": "",
            "src/prodops/checks/rituals/bare.py": "",
            "tests/checks/cases/proved.toml": both,
            "tests/checks/cases/half.toml": '[[case]]\nfinds = ["standup"]\n',
        }
    )
    assert [
        "src/prodops/checks/rituals/bare.py has no tests/checks/cases/bare.toml",
        "tests/checks/cases/half.toml: 1 of 1 cases find something",
    ] == list(unproved_checks(house))


def test_a_measure_without_a_reference_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/measures/time/hours.py": "",
            "src/prodops/measures/time/told.py": "",
            "src/prodops/measures/time/bare.py": "",
            "tests/measures/reference/hours.toml": "",
            "tests/measures/test_told.py": "# told: the reference value is from R's survival\n",
        }
    )
    assert [line.split()[0] for line in unproved_measures(house)] == ["src/prodops/measures/time/bare.py"]


def test_a_connector_without_its_parts_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/connectors/jira/__init__.py": '"""Jira exports, JSON and CSV."""\n',
            "src/prodops/connectors/jira/parse.py": "from a import parse, COVERS\ndef recognises(): ...\n",
            "tests/connectors/cases/jira/one.json": "{}",
            "src/prodops/connectors/linear/__init__.py": '"""Linear.\n\nMore."""\n',
            "src/prodops/connectors/linear/parse.py": "def parse(): ...\n",
        }
    )
    assert [
        "src/prodops/connectors/linear/__init__.py does not say in one line what it reads",
        "src/prodops/connectors/linear/parse.py lacks COVERS, recognises",
        "src/prodops/connectors/linear has no case in tests/connectors/cases/linear/",
    ] == list(unlike_connectors(house))


def test_a_view_of_another_name_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/views/pms.py": 'PMS = View(name="pms", sql="")\n',
            "src/prodops/views/sittings.py": 'SITTINGS = View(name="meetings", sql="")\n',
        }
    )
    assert ["src/prodops/views/sittings.py makes no View(name='sittings')"] == list(unlike_views(house))
