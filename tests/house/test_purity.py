"""Rule 7 and determinism: the environment, the clock, chance and the network each have one door."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from house.tree import House, Plant, dotted, holds, imported, parse

ENVIRONMENT = ("os.environ", "os.environb", "os.getenv")
SETTINGS = "serve/settings.py"

NETWORK = re.compile(
    r"^(socket|ssl|http\.client|urllib\.request|urllib3|ftplib|smtplib|imaplib|poplib|telnetlib|xmlrpc"
    r"|httpx2?|requests|aiohttp|websockets?|grpc|paramiko)(\.|$)"
)
MAY_REACH_OUT = re.compile(r"^(connectors/[^/]+/(fetch|send)\.py|serve/.+)$")

CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime|ctime))$"
)
MAY_READ_THE_CLOCK = re.compile(r"^(serve/.+|ledger/(store|state|evidence)[^/]*\.py)$")

CHANCE = re.compile(
    r"^(random\.(random|randint|choice|choices|sample|shuffle|uniform|gauss|seed|randrange)"
    r"|(np|numpy)\.random\.(?!default_rng|Generator|SeedSequence|PCG64|Philox|BitGenerator)\w+"
    r"|uuid\.uuid[14]|uuid[14]|secrets\.\w+|os\.urandom)$"
)
MAY_DRAW = re.compile(r"^(serve/.+|ledger/.+)$")


def environment_reads(house: House) -> Iterator[str]:
    for path in house.python("src"):
        if path == house.package / SETTINGS:
            continue
        tree = parse(path)
        for node, name in imported(tree):
            if name in ENVIRONMENT:
                yield f"{house.name(path)}:{node.lineno} {name}"
        for found in ast.walk(tree):
            if isinstance(found, ast.Attribute) and dotted(found) in ENVIRONMENT:
                yield f"{house.name(path)}:{found.lineno} {dotted(found)}"


def network_imports(house: House) -> Iterator[str]:
    for path in house.python("src"):
        if MAY_REACH_OUT.match(_inside(house, path)):
            continue
        for node, name in imported(parse(path)):
            if NETWORK.match(name):
                yield f"{house.name(path)}:{node.lineno} {name}"


def clock_reads(house: House) -> Iterator[str]:
    yield from _calls(house, CLOCKS, MAY_READ_THE_CLOCK)


def unseeded_chance(house: House) -> Iterator[str]:
    yield from _calls(house, CHANCE, MAY_DRAW)
    for path in house.python("src"):
        for node in ast.walk(parse(path)):
            if not isinstance(node, ast.Call) or node.args or node.keywords:
                continue
            if dotted(node.func).endswith(("default_rng", "random.Random")):
                yield f"{house.name(path)}:{node.lineno} {dotted(node.func)}() without a seed"


def _calls(house: House, forbidden: re.Pattern[str], allowed: re.Pattern[str]) -> Iterator[str]:
    for path in house.python("src"):
        if allowed.match(_inside(house, path)):
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and forbidden.search(dotted(node.func)):
                yield f"{house.name(path)}:{node.lineno} {dotted(node.func)}()"


def _inside(house: House, path: object) -> str:
    return str(path).removeprefix(f"{house.package}/")


def test_the_environment_is_read_in_one_place(house: House) -> None:
    holds(
        f"The environment is read in {SETTINGS} alone.",
        environment_reads(house),
        mend="add a field to Settings and pass the value down as an argument.",
    )


def test_only_fetch_send_and_serve_reach_the_network(house: House) -> None:
    holds(
        "The network is reached from connectors/*/fetch.py, connectors/*/send.py and serve alone.",
        network_imports(house),
        mend="let parse.py take bytes; put what brings them into fetch.py beside it.",
    )


def test_only_serve_and_the_store_read_the_clock(house: House) -> None:
    holds(
        "The clock is read in serve and in the ledger's store alone: the same bytes give the same answer.",
        clock_reads(house),
        mend="take the moment as an argument; a measure has `ledger.today`.",
    )


def test_chance_has_a_seed(house: House) -> None:
    holds(
        "Whatever draws at random takes a seed: the same seed gives the same answer.",
        unseeded_chance(house),
        mend="pass `numpy.random.default_rng(seed)` or `random.Random(seed)` to what draws.",
    )


def test_these_rules_see_what_breaks_them(plant: Plant) -> None:
    house = plant(
        {
            "src/prodops/views/a.py": "import os\nfrom os import environ\nhome = os.environ['HOME']\n",
            "src/prodops/connectors/jira/parse.py": "import urllib.parse\nfrom urllib import request\n",
            "src/prodops/connectors/jira/fetch.py": "import httpx2\n",
            "src/prodops/measures/time/b.py": "t = dt.datetime.now(UTC)\nm = time.monotonic()\n",
            "src/prodops/serve/clock.py": "t = datetime.now(UTC)\n",
            "src/prodops/stats/c.py": "r = default_rng()\ns = np.random.default_rng(7)\nnp.random.normal()\n",
            "src/prodops/serve/settings.py": "import os\nhome = os.environ['HOME']\n",
        }
    )
    seen = [line.partition(" ")[0].removeprefix("src/prodops/") for line in environment_reads(house)]
    assert ["views/a.py:2", "views/a.py:3"] == seen
    assert ["src/prodops/connectors/jira/parse.py:2 urllib.request"] == list(network_imports(house))
    assert ["src/prodops/measures/time/b.py:1 dt.datetime.now()"] == list(clock_reads(house))
    assert {3, 1} == {int(line.split(":")[1].split()[0]) for line in unseeded_chance(house)}
