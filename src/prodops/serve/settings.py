"""The settings, read from the environment in this one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

from prodops.serve.intake.limits import LimitError, UploadLimits, limits_of
from prodops.serve.keeping.days import Retention, RetentionError, retention_of
from prodops.serve.people.door import Door, DoorError, door_of
from prodops.text.moments import MomentError, parse_day


class SettingsError(ValueError):
    """A setting that cannot be read; the message says which and what it takes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set from outside.

    Attributes:
        workspace: The folder that holds the evidence and the state (`PRODOPS_WORKSPACE`).
        database_url: A PostgreSQL address for the state; None keeps it in the workspace
            (`PRODOPS_DATABASE_URL`, or `PRODOPS_DATABASE_URL_FILE` for a file that holds it).
        today: The moment that counts as now; the clock's unless `PRODOPS_TODAY` sets a day.
        stated: Whether a day was set, for a demonstration or a test; what is declared then says so.
        actor: Who declares things on this machine (`PRODOPS_ACTOR`).
        upload: What is taken from a browser.
        door: How people come in to the pages (`PRODOPS_HOSTS`, `PRODOPS_OIDC_ISSUER` and others: see `Door`).
        keep: For how many days what is not evidence is kept (`PRODOPS_KEEP_ACCESS_DAYS` and others).
    """

    workspace: Path
    database_url: str | None = None
    today: datetime = field(default_factory=lambda: datetime.now(UTC))
    stated: bool = False
    actor: str = "local"
    upload: UploadLimits = field(default_factory=UploadLimits)
    door: Door = field(default_factory=Door)
    keep: Retention = field(default_factory=Retention)

    def moment(self) -> datetime:
        """The moment that what is declared now carries: the clock's, on the stated day where one is stated.

        The log keeps the clock's own moment of every entry in any case, and chains it.
        """
        now = datetime.now(UTC)
        return datetime.combine(self.today.date(), now.time(), tzinfo=UTC) if self.stated else now


def read_settings(workspace: Path | None = None) -> Settings:
    """The settings of this process.

    Args:
        workspace: Wins over the environment when given.

    Raises:
        SettingsError: `PRODOPS_TODAY` is not a day, or a limit or a setting of the door cannot be read.
    """
    env = os.environ
    return Settings(
        workspace=workspace or Path(env.get("PRODOPS_WORKSPACE") or ".prodops"),
        database_url=_database_url(env),
        today=_today(env.get("PRODOPS_TODAY")),
        stated=bool(env.get("PRODOPS_TODAY")),
        actor=env.get("PRODOPS_ACTOR") or "local",
        upload=_upload(env),
        door=_door(env),
        keep=_keep(env),
    )


def _database_url(env: Mapping[str, str]) -> str | None:
    file = env.get("PRODOPS_DATABASE_URL_FILE")
    if not file:
        return env.get("PRODOPS_DATABASE_URL") or None
    try:
        return Path(file).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"PRODOPS_DATABASE_URL_FILE names {file}, which cannot be read") from error


def _door(env: Mapping[str, str]) -> Door:
    try:
        return door_of(env)
    except DoorError as error:
        raise SettingsError(str(error)) from error


def _keep(env: Mapping[str, str]) -> Retention:
    try:
        return retention_of(env)
    except RetentionError as error:
        raise SettingsError(str(error)) from error


def _upload(env: Mapping[str, str]) -> UploadLimits:
    try:
        return limits_of(env)
    except LimitError as error:
        raise SettingsError(str(error)) from error


def _today(text: str | None) -> datetime:
    if not text:
        return datetime.now(UTC)
    try:
        return datetime.combine(parse_day(text), time.max, tzinfo=UTC)
    except MomentError as error:
        raise SettingsError(f"PRODOPS_TODAY takes a day such as 2026-10-30, not {text!r}") from error
