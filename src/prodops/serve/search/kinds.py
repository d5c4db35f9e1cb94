"""The kinds of things that can be found, and what is said of the search on its own page."""

from __future__ import annotations

KINDS = {
    "page": "Pages",
    "finding": "Findings",
    "ritual": "Rituals",
    "metric": "Metrics",
    "channel": "Channels and themes",
    "decision": "Decisions",
    "question": "Open questions",
    "trial": "Trials",
    "action": "Actions",
    "source": "Sources",
    "problem": "Problems",
    "term": "Terms",
}
"""Each kind and its heading."""

INDEXED = (
    "Found are pages and their findings, rituals of five or more people, metrics, feedback channels and "
    "themes with five or more messages, decisions and open questions, trials, actions, files that were "
    "loaded, kinds of problems, checks, measures and terms."
)

NOT_INDEXED = (
    "Not found are the texts of messages, minutes and interviews, titles of meetings of fewer than five, and "
    "people: names and addresses of the roster are taken out of everything else."
)
