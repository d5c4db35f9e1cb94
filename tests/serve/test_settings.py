"""Settings come from the environment, in one place, and one that cannot be read says what it takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prodops.serve.bootstrap import EmptyWorkspaceError, open_ledger, open_workspace
from prodops.serve.intake.load import Intake
from prodops.serve.settings import SettingsError, read_settings


def test_without_an_environment_everything_has_a_plain_value() -> None:
    settings = read_settings()
    assert (Path(".prodops"), None, "local") == (settings.workspace, settings.database_url, settings.actor)
    assert abs(settings.today - datetime.now(UTC)) < timedelta(minutes=5)


def test_the_environment_sets_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("WORKSPACE", "there"), ("DATABASE_URL", "postgresql://h/d"), ("TODAY", "2026-10-30"),
        ("ACTOR", "ana"),
    ):  # fmt: skip
        monkeypatch.setenv(f"PRODOPS_{name}", value)
    settings = read_settings()
    assert (Path("there"), "postgresql://h/d", "ana") == (
        settings.workspace, settings.database_url, settings.actor
    )  # fmt: skip
    assert "2026-10-30T23:59:59" == settings.today.isoformat()[:19]


def test_the_address_of_the_database_may_lie_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PRODOPS_DATABASE_URL_FILE", str(tmp_path / "url"))
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings()
    (tmp_path / "url").write_text("postgresql://h/secret\n")
    assert "postgresql://h/secret" == read_settings().database_url


def test_for_how_long_things_are_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_KEEP_ACCESS_DAYS", "7")
    assert 7 == read_settings().keep.access_days
    monkeypatch.setenv("PRODOPS_KEEP_ACCESS_DAYS", "never")
    with pytest.raises(SettingsError, match="PRODOPS_KEEP_ACCESS_DAYS"):
        read_settings()


def test_what_is_typed_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_WORKSPACE", "there")
    assert Path("here") == read_settings(Path("here")).workspace


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORKSPACE", "DATABASE_URL", "TODAY", "ACTOR"):
        monkeypatch.setenv(f"PRODOPS_{name}", "")
    settings = read_settings()
    assert (Path(".prodops"), None, "local") == (settings.workspace, settings.database_url, settings.actor)


@pytest.mark.parametrize("day", ["2026-09-38", "soon", "30"])
def test_a_day_that_is_none_is_refused_with_an_example(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", day)
    with pytest.raises(SettingsError, match="2026-10-30") as refused:
        read_settings()
    assert day in str(refused.value)


def test_an_empty_workspace_has_no_ledger_to_ask(tmp_path: Path) -> None:
    with pytest.raises(EmptyWorkspaceError):
        open_ledger(tmp_path / ".prodops")


def test_a_day_of_the_past_is_answered_from_what_was_loaded_by_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", "2030-01-01")
    roster = tmp_path / "roster.csv"
    roster.write_text("name,email,title,team\nAna,ana@example.com,Product Manager,Core\n")
    _, store = open_workspace(tmp_path / ".prodops")
    with store:
        list(Intake(store=store, hints=lambda _file: {}, progress=lambda *_: None).take([roster]))
    now, before = open_ledger(tmp_path / ".prodops"), open_ledger(tmp_path / ".prodops", as_of="2001-01-01")
    assert [(1,)] == now.sql("select count(*) from person")
    assert [(0,)] == before.sql("select count(*) from person")
    assert ("2030-01-01", "2001-01-01") == (now.today.date().isoformat(), before.today.date().isoformat())
    ahead = open_ledger(tmp_path / ".prodops", as_of="2035-01-01")
    assert now.today == ahead.today
