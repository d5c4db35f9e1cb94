"""Walk C: what an agent wrote reaches a decision only once somebody reviewed it, and a later no is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal

Prodops = Callable[..., str]
HEADER = "output,agent,written at,reviewed at,reviewer,verdict,text"
OUTPUT = "ai_reviews:output:o-1"
DECIDE = (
    "decide", "Do we build the export?", "--chosen", "yes", "--option", "yes", "--option", "do nothing",
    "--ai", f"Eleven of twelve ask for it @ {OUTPUT}",
)  # fmt: skip


@pytest.fixture
def prodops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prodops:
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / ".prodops"))
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> str:
        done = CliRunner().invoke(app, words)
        if done.exception is not None:
            raise done.exception
        return done.stdout

    return run


def load(prodops: Prodops, review: str) -> None:
    """The table of reviews as it stands now."""
    row = f"o-1,summariser,2026-06-01T08:00:00Z,{review},Eleven of twelve ask for it."
    Path("reviews.csv").write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    prodops("add", "reviews.csv")


def test_an_output_reaches_a_decision_through_its_review_and_a_revocation_puts_it_at_risk(
    prodops: Prodops,
) -> None:
    load(prodops, ",,")
    with pytest.raises(Refusal) as refusal:
        prodops(*DECIDE)
    assert "GOV03: AI evidence needs reviewed-by" in f"{refusal.value.says} {refusal.value.remedy}"
    load(prodops, "2026-06-02T09:00:00Z,bo@example.com,accepted")
    assert "Recorded as decision 1" in prodops(*DECIDE)
    assert "unreviewed AI" not in prodops("show", "decisions")
    load(prodops, "2026-06-02T09:00:00Z,bo@example.com,rejected")
    at_risk = " ".join(prodops("show", "decisions").split())
    assert "rests on AI evidence that is rejected by its review" in at_risk
    assert prodops("verify").startswith("The log of declarations is whole")
