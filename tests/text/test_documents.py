"""YAML and TOML read safely: as written, with lines, and with bombs refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.documents import DocumentError, Mapping, read_toml, read_yaml


def one(text: str) -> object:
    return next(read_yaml(text))


def test_yaml_scalars_stay_as_they_were_written() -> None:
    assert one("{t: 11:00, z: 0100, d: 2019-09-38, n: no, f: 1_0, q: '~'}") == {
        "t": "11:00", "z": "0100", "d": "2019-09-38", "n": "no", "f": "1_0", "q": "~",
    }  # fmt: skip


def test_yaml_nothing_is_none() -> None:
    assert one("a:\nb: ~\nc: null\nd: ''\n") == {"a": None, "b": None, "c": None, "d": ""}


def test_a_yaml_mapping_knows_its_line() -> None:
    read = one("a:\n- x: 1\n- x: 2\n")
    assert isinstance(read, Mapping)
    assert [mapping.line for mapping in read["a"]] == [2, 3]  # type: ignore[attr-defined]  # object by design


def test_every_yaml_document_is_read() -> None:
    assert list(read_yaml("a: 1\n---\n- b\n---\n")) == [{"a": "1"}, ["b"], None]
    assert list(read_yaml("")) == []


def test_yaml_anchors_and_merges_are_written_out() -> None:
    read = one("base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo:\n  z: 0\n  <<: [*b]\nkeys: {[a]: 1}\n")
    assert read == {
        "base": {"x": "1", "y": "2"},
        "one": {"x": "1", "y": "3"},
        "two": {"z": "0", "x": "1", "y": "2"},
        "keys": {"['a']": "1"},
    }


def test_tags_build_nothing() -> None:
    assert one("x: !!python/object/apply:os.system [echo]") == {"x": ["echo"]}


BOMB = "a: &a [1,2,3,4,5,6,7,8,9,0]\n" + "\n".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 10)}]" for i in range(20)
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "more than"),
        ("a: &a [*a]", "stands for itself"),
        ("- *nowhere", "stands for itself or for nothing"),
        ("[" * 100_000, "nest deeper"),
        ("{a: " * 5_000, "nest deeper"),
        ("a: 1\n\tb: 2", "tab"),
        ("a: [1, 2", "expected"),
        ("a: \x00", "control characters"),
    ],
)
def test_bombs_and_damage_are_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        list(read_yaml(text))


def test_an_error_in_yaml_names_its_line() -> None:
    with pytest.raises(DocumentError) as caught:
        list(read_yaml("a: 1\nb: 2\nc: : :\n"))
    assert caught.value.line == 3


def test_toml_of_the_newer_kind_is_read() -> None:
    table = 'x = {\n  a = 1, # } in a comment\n  b = "}",\n  c = [\n 1,\n 2,\n ],\n}\n'
    text = table + 'y = """\n{\n"""\nz = [\n{ q = 1 },\n]\n'
    assert read_toml(text) == {"x": {"a": 1, "b": "}", "c": [1, 2]}, "y": "{\n", "z": [{"q": 1}]}


@pytest.mark.parametrize(
    "text", ["a = 1\na = 2", "a = " + "[" * 50_000, "x = 2019-09-38", "x = {" * 3_000, "a == 1"]
)
def test_damaged_toml_is_refused(text: str) -> None:
    with pytest.raises(DocumentError):
        read_toml(text)


def test_an_error_in_toml_names_its_line() -> None:
    with pytest.raises(DocumentError) as caught:
        read_toml("a = 1\nb = = 2\n")
    assert caught.value.line == 2


@given(st.text(alphabet="ab:-[]{}&*!#'\"\n ,?|>%\t<=.", max_size=80))
def test_no_text_breaks_the_readers(text: str) -> None:
    for reader in (lambda: list(read_yaml(text)), lambda: read_toml(text)):
        try:
            reader()
        except DocumentError as error:
            assert str(error)  # noqa: PT017 - any outcome but another kind of error will do
