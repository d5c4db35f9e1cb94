"""The items of a JSON export, one at a time, up to the damage and past it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from prodops.text.json_items import Item, read_items

INTO = frozenset({"issues", "nodes", "data", "team"})


def items(text: str) -> list[Item]:
    return list(read_items(text, into=INTO, is_item=lambda value: "key" in value))


def keys(text: str) -> list[tuple[str, object]]:
    return [
        (item.path, item.value["key"])
        for item in items(text)
        if isinstance(item.value, dict) and "key" in item.value
    ]


def test_the_elements_of_an_array_are_items() -> None:
    assert keys('[{"key": 1}, {"key": 2}]') == [("[0]", 1), ("[1]", 2)]
    assert items("[]") == []


def test_an_array_deep_in_objects_is_found_and_what_stands_beside_it_is_told() -> None:
    text = json.dumps(
        {"data": {"team": {"name": "x", "issues": {"nodes": [{"key": 1}], "pageInfo": {"more": True}}}}}
    )
    assert items(text) == [
        Item("data.team.issues.nodes[0]", {"key": 1}),
        Item("data.team.issues", {"pageInfo": {"more": True}}, beside=True),
        Item("data.team", {"name": "x"}, beside=True),
    ]


def test_pages_in_an_array_and_arrays_of_pages_are_opened() -> None:
    assert keys('[{"issues": [{"key": 1}], "total": 2}, {"issues": [{"key": 2}]}]') == [
        ("[0].issues[0]", 1),
        ("[1].issues[0]", 2),
    ]
    assert keys('[[{"key": 1}], [{"key": 2}]]') == [("[0][0]", 1), ("[1][0]", 2)]


def test_an_item_is_not_opened_even_when_it_holds_such_keys() -> None:
    assert items('[{"key": 1, "team": {"name": "x"}}]') == [Item("[0]", {"key": 1, "team": {"name": "x"}})]


def test_a_lone_item_is_not_opened_either() -> None:
    assert items('{"key": 1, "team": {"name": "x"}}') == [Item("", {"key": 1, "team": {"name": "x"}})]


def test_arrays_glued_together_are_read_one_after_the_other() -> None:
    assert keys('[{"key": 1}][{"key": 2}]') == [("[0]", 1), ("[0]", 2)]


def test_json_lines_are_told_from_one_document() -> None:
    assert keys('{"key": 1}\n\n{"issues": [{"key": 2}]}\n') == [("line 1", 1), ("line 3, issues[0]", 2)]
    assert keys('[\n{"key": 1},\n{"key": 2}\n]') == [("[0]", 1), ("[1]", 2)]


def test_a_damaged_line_costs_that_line_alone() -> None:
    read = items('{"key": 1}\n{"key": \n{"key": 3}\n')
    assert [item.path for item in read] == ["line 1", "line 2", "line 3"]
    assert [bool(item.error) for item in read] == [False, True, False]


def test_a_truncated_document_gives_what_came_before_the_cut() -> None:
    read = items('{"issues": [{"key": 1}, {"key": 2}, {"ke')
    assert [item.path for item in read if not item.error] == ["issues[0]", "issues[1]"]
    assert read[-1].error


def test_a_lone_object_and_a_lone_scalar_are_items() -> None:
    assert items('{"key": 1, "x": 2}') == [Item("", {"key": 1, "x": 2})]
    assert items("{}") == [Item("", {})]
    assert items("3") == [Item("", 3)]
    assert items("") == []


def test_deep_nesting_is_an_error_and_not_a_crash() -> None:
    assert items('[{"key": 1}, ' + "[" * 200_000)[-1].error == "it nests too deep"
    assert items('{"data":' * 100_000)[-1].error
    assert items('{"key": 1}\n' + "[" * 200_000 + "\n")[-1].error == "it nests too deep"
    deep = '{"data":' * 30 + "[]" + "}" * 30
    assert not any(item.error for item in items(deep))


def test_text_that_is_no_json_is_an_error() -> None:
    for text in ("hello", '{"a" 1}', '{"a": 1 "b": 2}', "{1: 2}", "[1 2]", "[1, nope]"):
        assert items(text)[-1].error, text


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["issues", "key", "data", "x"]), inner)
        ),
    )
)
def test_reading_in_parts_finds_what_reading_at_once_finds(value: object) -> None:
    wanted: list[object] = []

    def walk(held: object) -> None:
        if isinstance(held, dict) and "key" in held:
            wanted.append(held)
        elif isinstance(held, dict | list):
            for inner in held.values() if isinstance(held, dict) else held:
                walk(inner)

    if isinstance(value, list):
        given_items = items(json.dumps(value))
        assert not any(item.error for item in given_items)
        found = [item.value for item in given_items if isinstance(item.value, dict) and "key" in item.value]
        walk([element for element in value if isinstance(element, dict | list)])
        assert all(any(one == held for held in wanted) or "key" in one for one in found)


@given(st.text(alphabet='{}[]",:abissue1 \n', max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    items(text)
