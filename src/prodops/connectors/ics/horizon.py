"""How far into the future a calendar file can speak for a rule without end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from prodops.connectors.ics.layout import EVENT, Block

BEYOND = timedelta(weeks=13)
"""How far past the newest thing in the file a rule without end is read: a quarter."""

_STAMP = re.compile(rb"(?mi)^(?:DTSTAMP|LAST-MODIFIED|CREATED)[^:\r\n]*:(\d{8}T\d{6})")
_START = re.compile(rb"(?mi)^DTSTART[^:\r\n]*:(\d{8}(?:T\d{6})?)")
_REPEATS = re.compile(rb"(?mi)^R(?:RULE|DATE)[;:]")
_NOBODY_PLANS = datetime(3000, 1, 1, tzinfo=UTC)
_FAR_AHEAD = timedelta(days=2 * 365)


def find_horizon(content: bytes, blocks: Iterable[Block]) -> datetime | None:
    """The end of what the file knows, in UTC; None when it has neither a stamp nor a single event.

    It is 13 weeks after the newest of its stamps (DTSTAMP, LAST-MODIFIED, CREATED) and the latest start of
    an event that does not repeat. A start more than two years after the newest stamp is a placeholder and
    does not count.
    """
    stamped = started = b""
    for block in blocks:
        if block.kind != EVENT:
            continue
        raw = content[block.start : block.end]
        for stamp in _STAMP.findall(raw):
            if stamp > stamped and _moment(stamp):
                stamped = stamp
        start = None if _REPEATS.search(raw) else _START.search(raw)
        if start and start[1] > started and _moment(start[1]):
            started = start[1]
    newest, latest = _moment(stamped), _moment(started)
    if newest and latest and latest > newest + _FAR_AHEAD:
        latest = None
    known = [moment for moment in (newest, latest) if moment]
    return max(known) + BEYOND if known else None


def _moment(stamp: bytes) -> datetime | None:
    text = stamp.decode("ascii")
    try:
        moment = datetime.strptime(text[:8] + (text[9:] or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if moment < _NOBODY_PLANS else None
