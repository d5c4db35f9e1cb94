"""Tracked work, metric names and interview answers, development family."""

from __future__ import annotations

from prodops.simulate.texts.library import WorkTexts

TEXTS = WorkTexts(
    work=(
        "Let admins restrict {area} by group",
        "Bulk edit in {area}",
        "{area}: export of filtered rows",
        "Audit trail for {area}",
        "Default view per workspace in {area}",
        "Undo in {area}",
        "Guest access to {area}",
        "{area}: webhook for changes",
        "Faster first load of {area}",
        "Saved filters in {area}",
        "{area}: limits shown before they are hit",
        "Import wizard for {area}",
        "Digest mail for {area}",
        "Approval step in {area}",
        "{area}: shortcuts and keyboard access",
    ),
    bugs=(
        "{area} shows yesterday's data after midnight",
        "{area} loses the filter on reload",
        "Duplicate rows in {area} export",
        "{area} hangs with more than 5,000 rows",
        "Wrong total in {area}",
        "{area}: dates shift by one day",
        "Broken link in {area} mail",
    ),
    statuses=(
        *("New", "Discovery", "Ready for decision", "Specification", "In release", "Measuring", "Done"),
        "Declined",
    ),
    measures=("active", "new", "churned", "paying", "returning", "failed", "completed", "median", "stalled"),
    subjects=(
        "workspaces",
        "accounts",
        "seats",
        "imports",
        "exports",
        "invitations",
        "reports",
        "sessions",
        "searches",
        "automations",
        "approvals",
        "mobile_sessions",
        "trial_accounts",
        "api_calls",
        "dashboards_opened",
        "messages_sent",
        "invoices",
        "upgrades",
        "support_contacts",
        "first_week_actions",
    ),
    windows=("", "_daily", "_weekly", "_monthly", "_28d", "_per_seat"),
    loud=(
        "Honestly it is the tooling, nothing talks to anything.",
        "There are too many meetings, everybody says so.",
        "We would be fine with two more people.",
        "The office seating makes it worse.",
    ),
    said=(
        (
            "We sit in reviews where nothing gets decided.",
            "I prepare slides for meetings that end with 'let's take it offline'.",
        ),
        (
            "Customers ask me for the third time and I have nothing to tell them.",
            "I spend mornings looking up what happened to a request.",
        ),
        (
            "Before I show a number I pull it again by hand.",
            "Two dashboards, two numbers, and I am the referee.",
        ),
        ("Before a launch I chase sign-offs for days.",),
        ("I copy the same roadmap into two tools.",),
        ("I rewrite what the assistant drafted, every time.",),
    ),
    stop=(
        "{ritual}. I could not tell you what it last decided.",
        "{ritual}, everybody would be glad and nobody would say so.",
    ),
    keep=(
        "{ritual}, that is where things get settled.",
        "Leave {ritual} alone, it works.",
    ),
    doubts=(
        "{metric}. The dashboard and the export never agree.",
        "I checked {metric} by hand before I showed it.",
    ),
    trusts=("None lately.", "I take the numbers as they are."),
    signals=(
        ("It went on a list, and that was the last I saw of it.", "They asked again, I still had no answer."),
        ("It changed the order of two bets.", "We said no and told them why."),
    ),
    waits=(
        "A yes or no on the next bet, since last month.",
        "An estimate from the platform side.",
        "Nothing in particular.",
    ),
    wishes=(
        "More time with customers.",
        "An uninterrupted morning for the strategy paper.",
        "Discovery before we commit, not after.",
        "Write down what we decided and why.",
    ),
)
