"""What an action answers when it cannot be done as asked."""

from __future__ import annotations


class ActionRefusedError(ValueError):
    """What was asked cannot be declared; the message says why and what would be accepted."""
