"""Tracked work, metric names and interview answers, test family."""

from __future__ import annotations

from prodops.simulate.texts.library import WorkTexts

TEXTS = WorkTexts(
    work=(
        "As an admin I can limit who sees {area}",
        "Multi-select for {area} lists",
        "Download {area} as CSV",
        "{area}: who-changed-what log",
        "Remember last used tab in {area}",
        "Recycle bin ({area})",
        "External viewer role, {area}",
        "Push events from {area} to partners",
        "Cut {area} start-up time by half",
        "Pin favourite searches, {area}",
        "Warn before quota is reached - {area}",
        "{area} upload assistant",
        "Weekly summary e-mail: {area}",
        "Four-eyes check before publishing {area}",
        "{area} usable by keyboard alone",
    ),
    bugs=(
        "[{area}] stale cache after deploy",
        "Sorting resets when going back to {area}",
        "{area} prints each line twice",
        "Timeout opening large {area}",
        "Sums off by a cent - {area}",
        "Off-by-one in {area} calendar",
        "404 from {area} notification",
    ),
    statuses=(
        *("Intake", "Exploration", "For approval", "Shaping", "Delivery", "Monitoring", "Closed"),
        "Turned down",
    ),
    measures=(
        "gross",
        "net",
        "avg",
        "lost",
        "activated",
        "retained",
        "share_of",
        "refused",
        "pending",
    ),
    subjects=(
        "logins",
        "tenants",
        "licences",
        "uploads",
        "downloads",
        "guest_links",
        "saved_views",
        "page_visits",
        "lookups",
        "recipes",
        "sign_offs",
        "tablet_users",
        "pilots",
        "webhook_posts",
        "charts_viewed",
        "comments",
        "bills",
        "plan_changes",
        "cases_opened",
        "setup_steps",
    ),
    windows=("", "_1d", "_7d", "_30d", "_quarter", "_by_tenant"),
    loud=(
        "If engineering were faster we would not be talking.",
        "Communication, in general, could improve.",
        "It is the open-plan floor, I cannot think.",
        "Leadership changes its mind twice a month.",
    ),
    said=(
        (
            "An hour on Tuesday, twelve faces, and no outcome whatsoever.",
            "We present to each other and go home.",
        ),
        (
            "A client wrote again about the same wish and I had to dig for the story.",
            "I am the archive for what customers asked last year.",
        ),
        (
            "Nobody trusts the chart, so I run the query myself first.",
            "Finance has one figure, we have another, and I spend the afternoon in between.",
        ),
        ("Running after approvals for days on end when a rollout is near.",),
        ("Typing the plan into the tracker and then into the sheet.",),
        ("Correcting what the bot wrote took longer than writing it.",),
    ),
    stop=(
        "I would drop {ritual}, nothing has come out of it for months.",
        "Cancel {ritual} and see whether anyone notices.",
    ),
    keep=(
        "Please keep {ritual}, people leave it knowing what to do.",
        "{ritual} earns its place in the week.",
    ),
    doubts=(
        "Take {metric}: depends on whom you ask.",
        "{metric} looked odd, so I recounted the rows.",
    ),
    trusts=("No complaints there.", "The figures have been fine."),
    signals=(
        ("I passed it along and never learnt how it ended.", "Nothing yet, and the client knows it."),
        (
            "We reshuffled the next iteration because of it.",
            "It was turned down, with an explanation.",
        ),
    ),
    waits=(
        "Somebody senior to choose between two options.",
        "Sizing by another squad.",
        "I am not blocked today.",
    ),
    wishes=(
        "Sit with users, more often than once a quarter.",
        "Think about next year without a laptop open.",
        "Test ideas before they are promised.",
        "Keep a log of our choices.",
    ),
)
