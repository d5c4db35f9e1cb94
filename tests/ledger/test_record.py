"""The pseudonym of a person: the same however a handle is written, and its own."""

from __future__ import annotations

from prodops.ledger.record import person_id


def test_a_handle_has_one_pseudonym_and_a_pseudonym_is_its_own() -> None:
    found = person_id("Ann@Example.com")
    assert found == person_id(" mailto:ann@example.com ")
    assert found == person_id(found)
    assert found != person_id(f"{found}0")
