"""What the store refuses, as a sentence that says what to do; any other error is a fault of ours."""

from __future__ import annotations

from prodops.serve.cli.output import Refusal


def refusal_of(error: Exception) -> Refusal | None:
    """The refusal that an error comes to; None when the user cannot mend it."""
    from prodops.ledger.committing import ForgottenMeanwhileError  # lazy: the store
    from prodops.ledger.manifest import OvertakenError  # lazy: the store
    from prodops.ledger.state import WorkspaceError  # lazy: the store
    from prodops.serve.settings import SettingsError  # lazy: it reads days, which no first screen does

    if isinstance(error, SettingsError):
        return Refusal(str(error), remedy="Set it anew in the environment, or unset it.")
    if isinstance(error, WorkspaceError):
        return Refusal(str(error), remedy="Choose another workspace with --workspace.")
    if isinstance(error, OvertakenError):
        return Refusal(
            "Other processes kept changing this workspace, and the last files were not taken in.",
            remedy="Wait until they have finished, then give the same command again; nothing counts twice.",
        )
    if isinstance(error, ForgottenMeanwhileError):
        return Refusal(
            "Somebody was forgotten in this workspace meanwhile, and the last files were not taken in.",
            remedy="Give the same command again: it goes on without that person, and nothing counts twice.",
        )
    return None
