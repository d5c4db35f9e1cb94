"""Which program this is: its version and a digest of its files, so that no other shows what it made."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import prodops
from prodops import __version__

READ = frozenset({".py", ".sql", ".html"})
"""Endings of the files that decide what a page shows."""


@cache
def program() -> str:
    """The program's version and the digest of its files: the same files say the same on any machine."""
    folder = Path(prodops.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    for path in sorted(path for path in folder.rglob("*") if path.suffix in READ):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return f"{__version__}-{digest.hexdigest()}"
