"""A decision as people write it, in YAML, flags or a form; what cannot be read says how it is written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.actions.deciding import Piece
from prodops.actions.refusal import ActionRefusedError
from prodops.serve.decision_form import NAMES, TEMPLATE, draft_of, piece_of, read_form


def test_the_template_is_a_decision() -> None:
    draft = draft_of(read_form(TEMPLATE))
    assert draft.question == "Which plan do we retire?"
    assert draft.options == ("Starter", "Team", "do nothing")
    assert (draft.asked_on, draft.review_on) == (date(2026, 11, 2), date(2027, 2, 20))
    assert draft.evidence[0] == Piece(
        kind="data", words="4% of revenue, 31% of tickets", of="dbt:metric:tickets"
    )
    assert draft.evidence[2] == Piece(
        kind="ai", words="summary of 120 tickets", reviewed_by="bob@example.com"
    )
    assert (draft.low, draft.high, draft.level, draft.reversible) == (20.0, 60.0, 0.8, True)


def test_other_names_of_a_field_are_known_and_strange_ones_are_told() -> None:
    draft = draft_of({"options": "A\ndo nothing", "kill_if": "x", "prediction": "tickets: 1 to 2"})
    assert (draft.options, draft.kill_if) == (("A", "do nothing"), "x")
    assert (draft.predicts, draft.low, draft.high) == ("tickets", 1.0, 2.0)
    with pytest.raises(ActionRefusedError, match="'colour' is no field"):
        draft_of({"colour": "red"})


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"review": "soon"}, "review: 'soon' is no day"),
        ({"low": "many"}, "low: 'many' is no number"),
        ({"question": ["a", "b"]}, "question is one text"),
        ({"reversible": "perhaps"}, "yes or no, not 'perhaps'"),
        ({"evidence": "it was obvious"}, "does not say what kind"),
        ({"question": "x" * 20_001}, "Cite a document"),
    ],
)
def test_what_cannot_be_read_says_how_it_is_written(fields: dict[str, object], says: str) -> None:
    with pytest.raises(ActionRefusedError, match=says):
        draft_of(fields)


@pytest.mark.parametrize("text", ["a: [", "- 1\n- 2\n", "", "a: 1\n---\nb: 2\n"])
def test_a_file_that_is_no_form_is_told(text: str) -> None:
    with pytest.raises(ActionRefusedError, match="prodops decide --template"):
        read_form(text)


def test_percent_is_a_share_and_a_direction_may_name_its_option() -> None:
    draft = draft_of({"level": "90%", "probability": "70%", "data_says": "Against: Team", "low": "20%"})
    assert (draft.level, draft.probability, draft.low) == (0.9, 0.7, 20.0)
    assert (draft.data_says, draft.data_toward) == ("against", "Team")
    assert draft_of({"predict": "x: a to b"}).predicts == "x: a to b"
    assert draft_of({"asked": date(2026, 1, 2), "low": 1.5, "high": 2.5}).low == 1.5


def test_flags_give_kinds_and_one_reviewer_for_what_ai_wrote() -> None:
    draft = draft_of({"data": ["a @ x:1"], "ai": ["b", "c (reviewed by ann)"], "reviewed_by": "bob"})
    assert draft.evidence == (
        Piece(kind="data", words="a", of="x:1"),
        Piece(kind="ai", words="b", reviewed_by="bob"),
        Piece(kind="ai", words="c", reviewed_by="ann"),
    )


def test_evidence_in_a_file_may_be_fields_and_its_kind_a_letter() -> None:
    told = {"kind": "ai", "says": "x", "of": "otlp:output:1", "reviewed_by": "bob"}
    assert piece_of(told) == Piece(kind="ai", words="x", of="otlp:output:1", reviewed_by="bob")
    assert piece_of("c: eleven of twelve") == Piece(kind="customer", words="eleven of twelve")
    assert piece_of("note: x", kind="data").words == "note: x"


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), st.text() | st.lists(st.text()) | st.none()))
def test_whatever_is_written_it_is_a_draft_or_a_refusal(fields: dict[str, object]) -> None:
    try:
        draft_of(fields)
    except ActionRefusedError as refused:
        assert str(refused)  # noqa: PT017 (either is right; nothing else may come)
