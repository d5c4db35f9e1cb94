"""Bytes of every origin become text, and what could not be read is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.decoding import decode, looks_binary

PROSE = "Grüße, “quoted” – 12 €\nсловo\n"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_text_in_utf8_comes_back_as_it_was(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text.removeprefix("\ufeff"), "utf-8", 0)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_byte_order_mark_decides(encoding: str, text: str) -> None:
    # In UTF-16 a text that starts with NUL has the mark of UTF-32.
    text = text.lstrip("\0") or "x"
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, encoding, 0)


def test_big_endian_utf16_is_read_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + PROSE.encode("utf-16-be")).text == PROSE


def test_a_utf8_mark_is_no_part_of_the_text() -> None:
    assert decode(PROSE.encode("utf-8-sig")).text == PROSE


@given(st.binary(max_size=300))
def test_no_bytes_at_all_make_it_fail(content: bytes) -> None:
    decoded = decode(content)
    assert 0 <= decoded.replaced <= len(content)
    assert looks_binary(content) in {True, False}


def test_what_is_not_utf8_is_windows_1252() -> None:
    decoded = decode("Müller’s €5 – offer".encode("windows-1252"))
    assert decoded.text == "Müller’s €5 – offer"
    assert (decoded.encoding, decoded.replaced) == ("windows-1252", 0)


def test_two_encodings_in_one_file_are_told_apart_by_line() -> None:
    decoded = decode("größer\n".encode() + "größer\n".encode("windows-1252") + b"plain\n")
    assert decoded.text == "größer\ngrößer\nplain\n"
    assert (decoded.encoding, decoded.replaced) == ("mixed", 0)


def test_bytes_that_mean_nothing_are_counted() -> None:
    decoded = decode(b"caf\xe9 \x81\x8d\n")
    assert decoded.text == "café \ufffd\ufffd\n"
    assert decoded.replaced == 2


def test_a_file_cut_in_its_last_character_stays_utf8() -> None:
    decoded = decode("Grüße €".encode()[:-1])
    assert decoded.text.startswith("Grüße ")
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 2)


def test_utf16_cut_in_half_is_counted() -> None:
    decoded = decode("words".encode("utf-16")[:-1])
    assert decoded.text == "word\ufffd"
    assert decoded.replaced == 1


def test_a_gigantic_line_is_read() -> None:
    assert len(decode(b"\xfc" * 5_000_000).text) == 5_000_000


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"\xd0\xcf\x11\xe0",
        bytes(range(256)) * 4,
        b"ab\0\0" * 50,
    ],
)
def test_archives_images_and_raw_bytes_look_binary(content: bytes) -> None:
    assert looks_binary(content)


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n", b"one stray \0 in text", PROSE.encode("utf-16"), b"\x1b[1mbold"]
)
def test_text_does_not_look_binary(content: bytes) -> None:
    assert not looks_binary(content)
