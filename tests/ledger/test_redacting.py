"""Names in words: what is taken out, and what only looks alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.storing import decision, meeting, outcome, person
from prodops.ledger.decisions import Decision
from prodops.ledger.declared_log import payload_of, record_from
from prodops.ledger.people import Person
from prodops.ledger.record import Prose, person_id
from prodops.ledger.redacting import FORGOTTEN, NOBODY, Redactor, redacted_payload, styles, traces_of
from prodops.ledger.rituals import Meeting, Outcome
from prodops.ledger.schema import record_of, sql_columns

SALT = "salt"


def redactor(*handles: str) -> Redactor:
    """A redactor for one person."""
    return Redactor(SALT, traces_of(SALT, handles, "7a7a"))


@pytest.mark.parametrize(
    ("handle", "text", "without"),
    [
        ("Ann Smith", "1:1 Ann Smith / Bob", "1:1 [forgotten] / Bob"),
        ("Ann Smith", "ANN  SMITH, ann smith and Ann\tSmith", "[forgotten], [forgotten] and [forgotten]"),
        ("Ann Smith", "Smith, Ann will do it", "[forgotten] will do it"),
        ("Ann Smith", "ann.smith and ann_smith", "[forgotten] and [forgotten]"),
        ("Ann Smith", "Ann met Mr Smith; Joann Smith did not", None),
        ("Ann Smith", "thanks Ann\nSmith was there", None),
        ("Ann Smith", "Ann ---- Smith", None),
        ("Mary Ann Smith", "Mary Ann Smith's plan, Smith, Mary Ann", "[forgotten]'s plan, [forgotten]"),
        ("ann@corp.example", "ask ann@corp.example!", "ask [forgotten]!"),
        ("mailto:Ann@Corp.example", "ask ANN@corp.example", "ask [forgotten]"),
        ("ann@corp.example", "ask joann@corp.example", None),
        ("ann@corp.example", "corp.example is down", None),
        ("Zoë Ångström", "Zoe\u0308 A\u030angstro\u0308m decided", "[forgotten] decided"),
        ("Мария Ивановна", "спросить: МАРИЯ Ивановна", "спросить: [forgotten]"),
        ("Straße Weiß", "STRASSE WEISS", "[forgotten]"),
        ("will", "we will ask @will", "we will ask @[forgotten]"),
        ("will", " Will ", " [forgotten] "),
        ("will", '["will", "bob will"]', '["[forgotten]", "bob will"]'),
        ("O'Brien Kim", '["Kim O\'Brien"]', '["[forgotten]"]'),
    ],
)
def test_a_name_is_taken_out_of_words(handle: str, text: str, without: str | None) -> None:
    assert redactor(handle).prose(text) == (text if without is None else without)


def test_in_keys_a_tag_keeps_people_apart() -> None:
    one = redactor("Ann Smith", "ann@corp.example")
    assert one.key("calendars/ann.smith.ics") == "calendars/forgotten-7a7a.ics"
    assert one.key(f"ics:invitee:1:{person_id('Ann Smith')}") == "ics:invitee:1:forgotten-7a7a"
    assert one.key(f"ics:invitee:1:{person_id('bob')}") == f"ics:invitee:1:{person_id('bob')}"


def test_a_pseudonym_becomes_nobodys() -> None:
    one = redactor("ann@corp.example")
    assert one.person(person_id("ANN@corp.example")) == NOBODY
    assert one.person(person_id("bob")) == person_id("bob")


def test_without_traces_rows_pass_as_they_are() -> None:
    one = Redactor("", [])
    row = one.maker(Meeting)(meeting("1", "a.ics"))
    assert row is not None
    assert record_of(Meeting)(row) == meeting("1", "a.ics")


def test_a_row_loses_the_person_in_every_column() -> None:
    one = redactor("Ann Smith", "ann.smith@corp.example")
    row = one.maker(Meeting)(meeting("1", "ann.smith.ics", "Ann Smith and Bob"))
    assert row is not None
    found = record_of(Meeting)(row)
    assert isinstance(found, Meeting)
    assert (found.organiser, found.title) == (NOBODY, "[forgotten] and Bob")
    assert found.cite.source == "forgotten-7a7a.ics"
    line = one.maker(Outcome)(outcome("1", "a.md", "Ann Smith to ask", ("Ann Smith", "Bob")))
    assert line is not None
    told = record_of(Outcome)(line)
    assert isinstance(told, Outcome)
    assert (told.words, told.owners) == (f"{FORGOTTEN} to ask", (FORGOTTEN, "Bob"))


def test_a_persons_own_record_does_not_pass_and_that_of_others_loses_the_manager() -> None:
    maker = redactor("Ann Smith", "ann.smith@corp.example").maker(Person)
    assert maker(person("Ann Smith", "ann.smith@corp.example")) is None
    row = maker(person("Bob Jones", "bob@corp.example"))
    assert row is not None
    other = record_of(Person)(row)
    assert isinstance(other, Person)
    assert (other.name, other.manager) == ("Bob Jones", NOBODY)


def test_a_payload_loses_the_person_and_stays_a_record() -> None:
    one = redactor("Ann Smith", "ann.smith@corp.example")
    payload = redacted_payload(one, Decision, payload_of(decision("1", "Ask Ann Smith")))
    found = record_from("decision", payload)
    assert isinstance(found, Decision)
    assert (found.owner, found.chosen) == (NOBODY, f"Ask {FORGOTTEN}")
    assert found.options == ("do nothing", f"Ask {FORGOTTEN}")
    kept = payload_of(decision("1", owner="bob"))
    assert redacted_payload(one, Decision, kept) == kept


def test_every_cell_has_its_style() -> None:
    found = dict(zip([name for name, _ in sql_columns(Person)], styles(Person), strict=True))
    assert (found["id"], found["person"], found["name"], found["role"]) == ("key", "person", "prose", "key")
    assert (found["started_on"], found["cite_source"]) == (None, "key")
    assert (
        dict(zip([name for name, _ in sql_columns(Outcome)], styles(Outcome), strict=True))["owners"]
        == "prose"
    )


@given(st.text(alphabet="aAnN sS.\n,é@", max_size=40))
def test_text_without_the_name_is_never_touched(text: str) -> None:
    assert redactor("Zoltan Quux").prose(text) == text


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_name_never_survives_between_other_words(before: str, after: str) -> None:
    text = redactor("Ann Smith").prose(Prose(f"{before} Ann Smith {after}"))
    assert "Ann Smith" not in text
