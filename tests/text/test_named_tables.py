"""Tables are found by the names of their columns, wherever the header stands."""

from __future__ import annotations

from prodops.text.named_tables import bare, find_table, names_of

NAMES = names_of("""
tool: tool | software name
paid: seats paid
paid: licences
""")


def like(fields: frozenset[str]) -> float:
    return len(fields) / 2


def test_names_of_columns_are_folded_and_a_field_may_have_several_lines() -> None:
    assert bare("firstPlanned_On ") == "first planned on"
    assert NAMES == {
        "tool": frozenset({"tool", "software name"}),
        "paid": frozenset({"seats paid", "licences"}),
    }


def test_a_header_is_found_below_a_title_and_rows_begin_after_it() -> None:
    found = find_table(b"Our tools\n\nTool;Licences;x\nQuern;3\n;;\n", NAMES, like, {})
    assert found is not None
    assert (found.sure, found.place) == (1.0, "line")
    rows = list(found.rows)
    assert [row.line for row in rows] == [4, 5]
    assert [found.cells(row) for row in rows] == [{"tool": "Quern", "paid": "3"}, {}]


def test_the_first_of_several_columns_with_a_field_counts_and_the_users_word_comes_first() -> None:
    found = find_table(
        b"software name,tool,what we pay\nQuern,Tarn,4\n", NAMES, like, {"paid": "what we pay"}
    )
    assert found is not None
    assert dict(found.places) == {"tool": 0, "paid": 2}


def test_a_table_of_something_else_is_none() -> None:
    assert find_table(b"a,b\n1,2\n", NAMES, like, {}) is None


def test_what_is_no_table_is_none() -> None:
    for content in (b"", b'{"tool": 1}', b"<tool>", b"\x00\x01" * 50, b"PK\x03\x04" + bytes(60)):
        assert find_table(content, NAMES, like, {}) is None
