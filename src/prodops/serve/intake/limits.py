"""What is taken from a browser: how large, how many, and how much of the disk stays free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MIB = 1 << 20

LONGEST_NUMBER = 9
"""Digits of a limit."""


class LimitError(ValueError):
    """A limit that cannot be read; the message says which and what it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadLimits:
    """What is taken from a browser.

    Attributes:
        file_bytes: The largest file (`PRODOPS_UPLOAD_FILE_MIB`).
        upload_bytes: All files of one upload together (`PRODOPS_UPLOAD_MIB`).
        files: Files of one upload (`PRODOPS_UPLOAD_FILES`).
        keep_free_bytes: What stays free on the disk (`PRODOPS_UPLOAD_KEEP_FREE_MIB`).
    """

    file_bytes: int = 1_024 * MIB
    upload_bytes: int = 1_800 * MIB
    files: int = 10_000
    keep_free_bytes: int = 1_024 * MIB


def limits_of(env: Mapping[str, str]) -> UploadLimits:
    """The limits as the environment sets them.

    Raises:
        LimitError: One is no whole number.
    """
    usual = UploadLimits()
    return UploadLimits(
        file_bytes=_number(env, "PRODOPS_UPLOAD_FILE_MIB", usual.file_bytes // MIB) * MIB,
        upload_bytes=_number(env, "PRODOPS_UPLOAD_MIB", usual.upload_bytes // MIB) * MIB,
        files=_number(env, "PRODOPS_UPLOAD_FILES", usual.files),
        keep_free_bytes=_number(env, "PRODOPS_UPLOAD_KEEP_FREE_MIB", usual.keep_free_bytes // MIB) * MIB,
    )


def _number(env: Mapping[str, str], name: str, usual: int) -> int:
    text = env.get(name) or str(usual)
    if not text.isdecimal() or len(text) > LONGEST_NUMBER:
        raise LimitError(f"{name} takes a whole number such as {usual}, not {text[:40]!r}")
    return int(text)
