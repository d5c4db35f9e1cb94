"""Launches, tools and AI outputs, test family."""

from __future__ import annotations

from prodops.simulate.texts.library import AgentTexts, LaunchTexts, ToolTexts, VentureTexts

TEXTS = VentureTexts(
    launches=LaunchTexts(
        names=(
            "{area} relaunch",
            "Self-service {area}",
            "{area} Pro plan",
            "Tablet {area}",
            "{area} partner programme",
            "Open {area} API",
            "{area}: second region",
            "Four-eyes {area}",
            "{area} change history",
            "Mass update {area}",
        ),
        tiers=("Major", "Standard", "Minor"),
        gates=("Counsel ok", "Pen test", "Help pages", "Care desk briefed", "Commercial terms"),
        statuses=("Scheduled", "Yellow", "Live", "Withdrawn"),
        waiting="Pending",
        passed="Cleared",
        moved=(
            "{gate} still pending",
            "Blocked behind {other}",
            "Defects in the last build",
            "Two engineers out sick",
        ),
        found=("Turns out {other} has to go first", "New prerequisite: {other}"),
        chased=("Nudged the people doing {gate}", "Pinged {gate}, no reply so far", "Escalated {gate}"),
        meetings=("{launch} war room", "Approvals huddle: {launch}", "Who still blocks {launch}"),
    ),
    tools=ToolTexts(
        tools=(
            ("Brambling Work", "Issue tracker"),
            ("Gridlark", "Planning sheets"),
            ("Papyr", "Wiki"),
            ("Kestrel Care", "Help desk"),
            ("Funnelweb", "Usage analytics"),
            ("Siskin Insights", "Usage analytics"),
            ("Dipper Interviews", "Research repository"),
            ("Plover Ideas", "Idea portal"),
            ("Turnstone Minutes", "Note taking"),
            ("Godwit Canvas", "Visual collaboration"),
            ("Knot Polls", "Questionnaires"),
            ("Avocet Plans", "Planning sheets"),
        ),
        stages=("Wish", "Scoping", "Committed", "Building", "Out"),
        notes=("mirror of the ticket", "for the leadership sheet", "synced by hand"),
    ),
    agents=AgentTexts(
        agents=("voice-digest", "changelog-bot", "scribe", "kpi-narrator"),
        tasks=(
            "Digest all tickets that mention {area}",
            "Prepare changelog lines, {area}",
            "Turn the {area} transcript into notes",
            "Comment on the {area} dashboard",
        ),
        outputs=(
            "Nine tenants complain about {area}, chiefly slow screens.",
            "Improved: {area} remembers the last tab. Fixed: doubled lines.",
            "{area} stays as it is until May; one task was handed out.",
            "The dip in {area} follows the price change.",
        ),
        defects=(
            "Figure does not match the source",
            "Invented quotation",
            "Reports an agreement that was never reached",
            "Misses what most people wrote",
        ),
        verdicts=("ok", "edited", "discarded"),
        tool_names=("find_cases", "open_page", "run_sql"),
    ),
)
