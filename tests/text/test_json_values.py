"""Values taken out of foreign JSON by path."""

from __future__ import annotations

from prodops.text.json_values import at, line, line_at, mappings_at

VALUE = {
    "a": {"b": [1, {"c": "x  y\n z"}, None], "n": 3, "t": True, "nodes": [{"d": 1}, 2]},
    "e": {"nodes": [{"f": 2}]},
}


def test_a_path_leads_to_a_value_or_to_none() -> None:
    assert at(VALUE, "a", "n") == 3
    assert at(VALUE) is VALUE
    for path in (("x",), ("a", "n", "deeper"), ("a", "b", "c")):
        assert at(VALUE, *path) is None


def test_texts_and_numbers_become_one_line_and_nothing_else_does() -> None:
    assert (line("x  y\n z"), line(3), line(2.5)) == ("x y z", "3", "2.5")
    others: tuple[object, ...] = (None, True, [], {}, b"x")
    assert [line(one) for one in others] == [""] * 5
    assert len(line("x" * 5_000)) == 1_000
    assert (line_at(VALUE, "a", "n"), line_at(VALUE, "a", "t"), line_at(VALUE, "a")) == ("3", "", "")


def test_lists_of_objects_are_found_with_and_without_nodes() -> None:
    assert mappings_at(VALUE, "a", "b") == [{"c": "x  y\n z"}]
    assert mappings_at(VALUE, "e") == [{"f": 2}]
    assert mappings_at(VALUE, "a", "n") == []
    assert mappings_at(None, "a") == []
