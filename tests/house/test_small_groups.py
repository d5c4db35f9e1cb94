"""Rule 10: which figures over people may be told is said in one place, and nobody counts beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from house.tree import House, Plant, holds
from prodops.stats.small_groups import FEWEST

RULE = "No figure about fewer than five people, and one place says so"

PLACE = "src/prodops/stats/small_groups.py"

WHO = r"(?:\w*people|pms|persons|members|touches|respondents)"

COUNTS_PEOPLE = re.compile(
    rf"\b{WHO}\)*\s*(?:<|>=)\s*5\b|\b5\s*(?:<=|>)\s*{WHO}\b|\b0 < [\w.()]+ < (?:5|FEWEST)\b"
)
"""A number of people that is compared with five, or with a threshold, by itself."""

OWN_THRESHOLD = re.compile(r"^(FEWEST\w*)(?:: Final)? = 5$", re.MULTILINE)
"""A threshold of one's own, which is well where other things than people are held to it."""

WORDS_OF_SQL = {"src/prodops/views/ritual_loads.sql": "coalesce(greatest(d.invited, d.present), 5) >= 5"}
"""SQL that runs word for word on every engine and so cannot ask; it is held to the number below."""


def counted_beside(house: House) -> Iterator[str]:
    for path in [*house.python("src"), *house.files(".sql", "src")]:
        name, text = house.name(path), path.read_text(encoding="utf-8")
        if name == PLACE or "/simulate/" in name:
            continue
        text = text.replace(WORDS_OF_SQL.get(name, "\0"), "")
        own = OWN_THRESHOLD.findall(text)
        held = [one for one in own if re.search(rf"\b{WHO}\)*\s*(?:<|>=)\s*{one}\b", text)]
        if held or COUNTS_PEOPLE.search(text):
            yield f"{name} counts people by itself"


def test_nobody_counts_people_to_five_beside_the_one_place() -> None:
    holds(RULE, counted_beside(House()), mend="ask prodops.stats.small_groups")


def test_sql_that_cannot_ask_has_the_same_number() -> None:
    house = House()
    for name, words in WORDS_OF_SQL.items():
        assert words in (house.root / name).read_text(encoding="utf-8")
        assert {str(FEWEST)} == set(re.findall(r"\d+", words))


def test_who_counts_people_to_five_is_seen(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/views/a.sql": "select case when s.people >= 5 then 1 end\n",
            "src/prodops/pages/b.py": "def told(pms: int) -> bool:\n    return 0 < pms < FEWEST\n",
            "src/prodops/pages/c.py": "FEWEST = 5\nTOLD = len(people) >= FEWEST\n",
            "src/prodops/pages/d.py": "FEWEST = 5\nTOLD = len(labels) >= FEWEST\n",
            PLACE: "TOLD = people >= 5\n",
        }
    )
    found = [one.partition(" ")[0] for one in counted_beside(house)]
    assert ["src/prodops/pages/b.py", "src/prodops/pages/c.py", "src/prodops/views/a.sql"] == found
