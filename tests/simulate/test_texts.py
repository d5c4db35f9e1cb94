"""Texts are invented: no real person, company or product stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from string import Formatter

import pytest

from prodops.simulate.catalogue import OF_TEAMS, ONE_TO_ONE, SHARED
from prodops.simulate.dice import Dice
from prodops.simulate.errors import UnknownScenarioError
from prodops.simulate.names import AREAS, COMPANY_KINDS, address, plain, team_names
from prodops.simulate.occurrences import REMEMBERED
from prodops.simulate.purposes import LEAVES, SINKS
from prodops.simulate.texts.library import library
from simulate.conftest import Built, Exports

GIVEN_NAMES = frozenset((Path(__file__).parent / "given_names.txt").read_text(encoding="utf-8").split())
PRODUCTS = re.compile(
    r"\b(google|microsoft|apple|amazon|facebook|meta|slack|salesforce|atlassian|notion|figma|github|gitlab|zoom|"
    r"teams|outlook|hubspot|intercom|airtable|tableau|snowflake|openai|copilot|chatgpt|gemini|claude)\b",
    re.IGNORECASE,
)
FIELDS = frozenset(
    {
        "area",
        "matter",
        "Matter",
        "choice",
        "Choice",
        "other",
        "task",
        "owner",
        "by",
        "company",
        "name",
        "metric",
    }
    | {"ritual", "target", "day", "gate", "launch"}
)
FAMILIES = ("development", "test")
FUNCTION_WORDS = frozenset(
    "a an the and or of to in on for from with by at as is are was were be been it its that this we i you "
    "they our your their there not no will would can could has have had do does did what who which when "
    "where how us me my so if than then up out about into over before after all any one two".split()
)
TOKEN = re.compile(r"\{\w+\}|[a-z0-9']+")


def sentences(value: object) -> Iterator[str]:
    """Every string in a family of texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from sentences(part)
    elif isinstance(value, dict):
        yield from sentences(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            yield from sentences(getattr(value, field.name))


def tokens(sentence: str) -> tuple[str, ...]:
    """The words of a template; every field counts as the same word."""
    return tuple("{}" if word.startswith("{") else word for word in TOKEN.findall(sentence.lower()))


def runs_of_four(family: str) -> dict[tuple[str, ...], str]:
    """Every four words in a row that say something, with the template they stand in."""
    found: dict[tuple[str, ...], str] = {}
    for sentence in sentences(library(family)):
        words = tokens(sentence)
        for start in range(len(words) - 3):
            run = words[start : start + 4]
            if not FUNCTION_WORDS.issuperset(word for word in run if word != "{}"):
                found.setdefault(run, sentence)
    return found


def test_no_template_stands_in_two_families() -> None:
    development, test = (
        {" ".join(TOKEN.findall(sentence.lower())) for sentence in sentences(library(family)) if sentence}
        for family in FAMILIES
    )
    assert len(development) > 400
    assert len(test) > 400
    assert not development & test


def test_no_four_words_in_a_row_stand_in_two_families() -> None:
    development, test = (runs_of_four(family) for family in FAMILIES)
    assert len(development) > 400
    assert len(test) > 400
    assert not {run: (development[run], test[run]) for run in development.keys() & test.keys()}


def test_families_are_of_one_size_so_that_a_seed_gives_the_same_organisation_in_other_words() -> None:
    one, other = (library(family) for family in FAMILIES)
    assert len(one.requests.needs) == len(other.requests.needs)
    works = (one.work, other.work)
    sizes = [(len(work.measures), len(work.subjects), len(work.windows)) for work in works]
    assert sizes[0] == sizes[1]
    assert one.rituals.titles.keys() == other.rituals.titles.keys()
    assert one.rituals.titles.keys() == {kind.key for kind in (*SHARED, *OF_TEAMS, ONE_TO_ONE)}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_template_names_a_real_person_or_product(family: str) -> None:
    for sentence in sentences(library(family)):
        assert not GIVEN_NAMES & set(re.findall(r"[a-z]+", sentence.lower())), sentence
        assert not PRODUCTS.search(sentence), sentence


def test_no_drawn_name_is_a_common_given_name(world_of: Built) -> None:
    for person in world_of(people=2000, weeks=2).roster.people:
        assert not GIVEN_NAMES & set(plain(person.name).split("-")), person.name


@pytest.mark.parametrize("family", FAMILIES)
def test_templates_have_only_fields_that_are_filled(family: str) -> None:
    for sentence in sentences(library(family)):
        assert {name for _, name, _, _ in Formatter().parse(sentence) if name} <= FIELDS, sentence


@pytest.mark.parametrize("family", FAMILIES)
def test_there_are_titles_for_every_leaf_and_words_for_every_sink(family: str) -> None:
    texts = library(family)
    assert len(texts.calendar.by_leaf) == len(LEAVES)
    assert len(texts.work.said) == len(SINKS)


@pytest.mark.parametrize("family", FAMILIES)
def test_decisions_are_many_enough_to_differ(family: str) -> None:
    texts = library(family).minutes
    assert len(set(texts.choices)) == len(texts.choices) > 10
    assert len(texts.decisions) * len(texts.choices) > 60


def test_an_unknown_family_is_refused() -> None:
    with pytest.raises(UnknownScenarioError, match="poetry"):
        library("poetry")


def test_names_become_addresses_in_plain_letters() -> None:
    assert address("Nüvéx Zorhelm") == "nuvex.zorhelm@example.com"
    assert plain("Billing Core 2") == "billing-core-2"


def test_teams_have_names_of_their_own_however_many_there_are() -> None:
    names = team_names(Dice(1, "teams"), 300)
    assert len(set(names)) == 300


def test_every_address_in_the_exports_ends_in_a_reserved_domain(exports: Exports) -> None:
    domains = set()
    for path in exports.out.rglob("*.*"):
        if path.suffix in {".csv", ".json", ".yaml", ".md", ".toml"}:
            domains |= set(re.findall(r"@([\w.-]+\.\w+)", path.read_text(encoding="utf-8")))
    reserved = {domain for domain in domains if domain == "example.com" or domain.endswith(".example")}
    assert domains == reserved
    assert len(domains) > 10


def test_areas_and_companies_are_made_of_common_words() -> None:
    assert not PRODUCTS.search(" ".join((*AREAS, *COMPANY_KINDS)))


@pytest.mark.parametrize("family", FAMILIES)
def test_one_team_has_more_to_talk_about_than_its_rituals_remember(family: str) -> None:
    texts = library(family).minutes
    assert len({matter + detail for matter in texts.matters for detail in texts.details}) > 4 * REMEMBERED
