"""Days as a user types them after an option."""

from __future__ import annotations

from datetime import date

from prodops.serve.cli.output import Refusal


def day_of(text: str | None, option: str) -> date | None:
    """The day that was typed; None for nothing.

    Raises:
        Refusal: It is no day.
    """
    from prodops.text.moments import MomentError, parse_day  # lazy: next to the store

    if not text:
        return None
    try:
        return parse_day(text)
    except MomentError as error:
        raise Refusal(f"{text} is not a day.", remedy=f"Write it as {option} 2027-03-31.") from error
