"""HTML becomes what a reader would see, whatever its state."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.markup import plain

VISIBLE = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Co", "Cn"]), min_size=1
)


@given(st.lists(VISIBLE, min_size=1, max_size=8))
def test_escaped_words_in_paragraphs_come_back(words: list[str]) -> None:
    document = "".join(f"<p class='x'>{html.escape(word)}</p>\n" for word in words)
    assert re.sub(r"\n+", "\n", plain(document)) == "\n".join(words)


@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(plain(text), str)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<script>", "<!--", "-->", "<a '", '"', ">", "x<y", "&lt;", "&#x", "]]>"]
        )
    )
)
def test_no_heap_of_broken_markup_makes_it_fail(pieces: list[str]) -> None:
    assert "<p>" not in plain("".join(pieces)).replace("<p>", "", "".join(pieces).count("&lt;"))


def test_scripts_and_styles_are_left_out() -> None:
    shown = plain("<style>p{}</style ><SCRIPT>alert('<p>no</p>')</SCRIPT><template>t</template><b>seen</b>")
    assert shown == "seen"


def test_a_script_that_never_ends_shows_nothing_of_itself() -> None:
    assert plain("seen<script>hidden <p>hidden") == "seen"


def test_entities_are_decoded_once() -> None:
    assert plain("&amp;lt; &eacute; &#8364; &nbsp;x") == "&lt; é € x"


def test_what_was_escaped_stays_text() -> None:
    assert plain("&lt;script&gt;alert(1)&lt;/script&gt;") == "<script>alert(1)</script>"


def test_a_reference_of_thousands_of_digits_is_one_unknown_character() -> None:
    assert plain("a&#" + "9" * 6000 + ";b&#x" + "f" * 6000 + ";c") == "a\ufffdb\ufffdc"


def test_blocks_are_lines_and_cells_are_spaced() -> None:
    shown = plain("<h1>T</h1><ul><li>a<li>b</ul><table><tr><td>1<td>2</table>x<br>y")
    assert [line for line in shown.split("\n") if line] == ["T", "a", "b", "1 2", "x", "y"]


def test_lines_inside_a_paragraph_flow_together() -> None:
    assert plain("<p>one\ntwo\r\nthree</p>") == "one two three"


def test_text_without_blocks_keeps_its_lines() -> None:
    assert plain("one &amp;\ntwo <b>three</b>\n\n\n\nfour") == "one &\ntwo three\n\nfour"


def test_angle_brackets_of_people_stay() -> None:
    written = "a < b, c > d, <your name>, <ann@example.com>, 3<4"
    assert plain(written) == written


def test_a_quoted_bracket_does_not_end_a_tag() -> None:
    assert plain('<a title="x > y" href=z>link</a>') == "link"


def test_comments_declarations_and_cdata_are_read_past() -> None:
    assert plain("<!DOCTYPE html><?xml version='1'?><!-- <p>no</p> -->yes<![CDATA[ <raw> ]]>") == "yes <raw>"


def test_office_tags_with_a_prefix_are_tags() -> None:
    assert plain("<o:p>words</o:p><ac:image ac:width='3'/>") == "words"


def test_a_comment_that_never_ends_loses_no_words() -> None:
    assert (
        plain("before <!-- after <p>last <ann@example.com></p>") == "before <!-- after last <ann@example.com>"
    )


def test_a_self_closed_script_hides_nothing() -> None:
    assert plain("<script src='x'/>seen") == "seen"


def test_control_characters_are_left_out() -> None:
    assert plain("a\0b\x07c<b>\x1b</b>") == "abc"


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<a ", "<!--", "<a \"'", "<script>", "<", "&", "&#", "<![CDATA[", "</p", "<b><i>", "<p/ "],
)
def test_a_hundred_thousand_of_anything_are_read_in_one_go(piece: str) -> None:
    assert plain(piece * 100_000 + "<p>").count("\n") == 0
