"""Checkpoint files: the end of the log of declarations, kept outside the database that they watch."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from prodops.ledger.declared_log import Checkpoint

KIND: Final = "prodops checkpoint"
NAME = "checkpoint.json"
"""The file in the workspace that each declaration renews."""


class CheckpointError(ValueError):
    """A file that is no checkpoint, or was changed; the message says what to do."""


def write_checkpoint(file: Path, end: Checkpoint, *, workspace: str, at: datetime) -> None:
    """Write the end of a log, whole or not at all.

    The hash is over the other fields. It finds a slip, not a forger: against one it helps that the file lies
    where the one who can change the database cannot.

    Args:
        file: Where to.
        end: The end of the log.
        workspace: The id of the workspace.
        at: When it is written.
    """
    document: dict[str, object] = {
        "kind": KIND, "version": 1, "workspace": workspace, "entries": end.seq, "chain": end.chain,
        "written_at": at.astimezone(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip
    text = json.dumps({**document, "hash": _hash(document)}, indent=2) + "\n"
    beside = file.with_name(f".{file.name}.{uuid4()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)


def read_checkpoint(file: Path, *, workspace: str) -> Checkpoint:
    """The end of the log that a file keeps.

    Raises:
        CheckpointError: It is no checkpoint, it was changed, or it is one of another workspace.
    """
    try:
        document = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise CheckpointError(f"{file} cannot be read as a checkpoint.") from error
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise CheckpointError(f"{file} is no checkpoint that prodops wrote.")
    bare = {key: value for key, value in document.items() if key != "hash"}
    entries, chain = document.get("entries"), document.get("chain")
    if document.get("hash") != _hash(bare) or not isinstance(entries, int) or not isinstance(chain, str):
        raise CheckpointError(f"{file} was changed after it was written: its hash is not that of its words.")
    if document.get("workspace") != workspace:
        raise CheckpointError(f"{file} is the checkpoint of another workspace.")
    return Checkpoint(entries, chain)


def _hash(document: dict[str, object]) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
