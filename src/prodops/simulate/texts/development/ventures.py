"""Launches, tools and AI outputs, development family."""

from __future__ import annotations

from prodops.simulate.texts.library import AgentTexts, LaunchTexts, ToolTexts, VentureTexts

TEXTS = VentureTexts(
    launches=LaunchTexts(
        names=(
            "{area} 2.0",
            "{area} for guests",
            "New {area} home",
            "{area} on mobile",
            "{area} templates",
            "Public {area} interface",
            "{area} in two currencies",
            "Approval step in {area}",
            "{area} audit log",
            "Bulk edit for {area}",
        ),
        tiers=("Tier 1", "Tier 2", "Tier 3"),
        gates=("Legal review", "Security review", "Docs ready", "Support enabled", "Pricing signed off"),
        statuses=("Planned", "At risk", "Launched", "Cancelled"),
        waiting="Waiting",
        passed="Passed",
        moved=(
            "{gate} is not finished",
            "{other} is late",
            "Error budget spent in the week before",
            "The team lost a week to an incident",
        ),
        found=("Only now clear that it needs {other}", "Depends on {other}, found while testing"),
        chased=("Asked {gate} again", "Reminder sent for {gate}", "Second reminder for {gate}"),
        meetings=("Launch call {launch}", "Sign-off round {launch}", "{launch}: who is missing?"),
    ),
    tools=ToolTexts(
        tools=(
            ("Plankton Boards", "Work tracking"),
            ("Sedge Sheets", "Roadmap and plans"),
            ("Umbel Docs", "Documents"),
            ("Larkspur Desk", "Customer support"),
            ("Quern Analytics", "Product analytics"),
            ("Tarn Metrics", "Product analytics"),
            ("Fescue Research", "User research"),
            ("Hawkbit Votes", "Feature voting"),
            ("Ossicle Notes", "Meeting notes"),
            ("Cirrus Whiteboard", "Whiteboard"),
            ("Madder Forms", "Surveys"),
            ("Teasel Roadmaps", "Roadmap and plans"),
        ),
        stages=("Idea", "Being explored", "Next", "In build", "Shipped"),
        notes=("copied from the tracker", "same as in the tracker", "kept here for the steering update"),
    ),
    agents=AgentTexts(
        agents=("feedback-summariser", "release-note-writer", "minutes-drafter", "metric-explainer"),
        tasks=(
            "Summarise this week's feedback on {area}",
            "Draft the release note for {area}",
            "Write up the last meeting on {area}",
            "Explain the change in {area} sign-ups",
        ),
        outputs=(
            "Customers of {area} mostly ask for faster loading; eleven of them mention exports.",
            "{area} now keeps its filters and no longer loses rows on import.",
            "The group agreed to open the {area} beta; two questions stayed open.",
            "Sign-ups in {area} fell because the trial was shortened.",
        ),
        defects=(
            "The count is wrong",
            "It quotes a customer who never wrote that",
            "It states a decision nobody took",
            "It leaves out the main complaint",
        ),
        verdicts=("accepted", "corrected", "rejected"),
        tool_names=("search_tickets", "read_document", "query_warehouse"),
    ),
)
