"""What the tests of actions have in common."""

from __future__ import annotations

import pytest

from prodops.serve.web.remaking import Remaking


@pytest.fixture(autouse=True)
def _none_remade(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no page beside the readers: each action here would have all of them made anew."""
    monkeypatch.setattr(Remaking, "ask", lambda *_: None)
