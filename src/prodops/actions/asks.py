"""Fields that several actions ask for, in the same words everywhere."""

from __future__ import annotations

from prodops.actions.deed import Ask

RITUAL = Ask(label="Which ritual?", hint="Its name or its key.", of="ritual", example="Roadmap review")
OWNER = Ask(label="Who holds it?", hint="As you write the name; as declared before when empty.", rare=True)
DECIDES = Ask(
    label="Who decides there?", hint="CPO, after hearing the leads; as declared before when empty.",
    flag="decides", rare=True,
)  # fmt: skip
EXPIRES = Ask(
    label="Look at it again on", hint="Half a year ahead when empty; a year at most.", flag="expires"
)
BECAUSE = Ask(
    label="Because of which finding?", hint="The code of a finding that stands now: RIT01.", of="finding",
    example=["RIT01"], needed=False,
)  # fmt: skip

DECISION = Ask(
    label="Which decision?", hint="Its number, or words of its question.", of="decision",
    example="Which plan do we retire?",
)  # fmt: skip
WHY = Ask(label="Why?", hint="What happened, in words.", example="Renewals fell by half", long=True)
PLANNED = Ask(label="Was it planned?", hint="Its own kill criterion or review led to this.")
NEW_EVIDENCE = Ask(label="Is something known that was not then?", hint="Not only that people changed.")

TRIAL = Ask(
    label="Which change?", hint="Its key, as the list of changes shows it.", of="trial",
    example="pause-roadmap-review",
)  # fmt: skip

CHOSEN = Ask(
    label="What was chosen?", hint="As it is written among the options.", example="Starter", needed=True
)
OPTIONS = Ask(
    label="What was possible?", hint="One option each; to do nothing is always one.", flag="option",
    example=["Starter", "do nothing"],
)  # fmt: skip
EVIDENCE = Ask(
    label="What does it rest on?",
    hint="Each begins with data:, customer:, intuition: or ai: and may end with @ WHERE; what AI wrote ends "
    "with (reviewed by NAME).",
    example=["data: 4% of revenue, 31% of tickets"],
)
DRAFT = {
    "options": OPTIONS,
    "chosen": CHOSEN,
    "evidence": EVIDENCE,
    "owner": Ask(label="Who answers for it?", hint="An address or a name; you, when empty."),
    "asked_on": Ask(label="Asked on", hint="The day it was asked.", flag="asked"),
    "needed_on": Ask(label="Needed by", hint="The day by which it was needed.", flag="needed"),
    "decided_on": Ask(label="Decided on", hint="Today when empty.", flag="decided", rare=True),
    "review_on": Ask(label="Look again on", hint="In ninety days when empty.", flag="review"),
    "data_says": Ask(
        label="Data speaks", hint="For what was chosen, against it, or neither.",
        choices=("for", "against", "none"),
    ),
    "data_toward": Ask(label="Data points to", hint="The option, where it is another one.", rare=True),
    "intuition_says": Ask(
        label="Intuition spoke", hint="What people felt before they talked.",
        choices=("for", "against", "none"),
    ),
    "intuition_toward": Ask(
        label="Intuition pointed to", hint="The option, where it is another one.", rare=True
    ),
    "predicts": Ask(label="What number will come?", hint="Its name: tickets a week.", flag="predict"),
    "low": Ask(label="Low", hint="The lower end of the interval."),
    "high": Ask(label="High", hint="The upper end of the interval."),
    "level": Ask(
        label="How sure of the interval?", hint="0.5 to 1; 0.8 is usual.", rare=True
    ),
    "probability": Ask(label="Or how likely is it?", hint="0 to 1, where it is a yes or no.", rare=True),
    "resolves_on": Ask(label="Checked on", hint="The day the prediction can be checked.", flag="resolves"),
    "kill_if": Ask(label="What would end it before its review?", hint="A number or an event.", flag="kill"),
    "dissent": Ask(
        label="What would those say who would have chosen otherwise?", hint="In their words.", long=True
    ),
    "reversible": Ask(label="Can it be taken back at little cost?", hint="Leave it open if nobody knows."),
    "stakes": Ask(label="Stakes", hint="As those see it who decide.", choices=("low", "medium", "high")),
    "minuted": Ask(label="Recorded in the minutes as", hint="The id of the minuted decision.", rare=True),
}  # fmt: skip
"""The fields of a decision, without the question and the question it answers."""

TRIAL_PLAN = {
    "name": Ask(label="What is done?", hint="A name that says what changes.", example="Pause Roadmap review"),
    "acts_on": Ask(
        label="What is changed?",
        hint="ritual:NAME, channel:NAME, metric:NAME or flow:NAME.",
        of="target",
        example="ritual:Roadmap review",
        flag="on",
    ),
    "outcomes": Ask(
        needed=True,
        label="Which measure should move?",
        hint="Exactly one: the primary outcome.",
        of="measure",
        example=["overhead_share"],
        flag="outcome",
    ),
    "expects": Ask(
        needed=True,
        label="What effect do you expect?",
        hint="With its interval, in the outcome's unit: -6 (-10 to -2).",
        example="-6 (-10 to -2)",
        flag="expect",
    ),
    "because": BECAUSE,
    "design": Ask(
        label="Who starts when?",
        hint="Left empty, a ritual is paused, a channel or metric changes for all on one day, and a way of "
        "working begins team by team. A switchback is on and off by the fortnight.",
        choices=("staggered", "switchback", "pause", "one date"),
        rare=True,
    ),
    "units": Ask(
        label="What starts one by one?",
        hint="What fits when empty.",
        choices=("team", "pm", "ritual"),
        rare=True,
    ),
    "only": Ask(label="Which teams take part?", hint="All when empty.", of="team", rare=True),
    "starts_on": Ask(label="First day", hint="The next Monday when empty.", flag="starts"),
    "reads_out_on": Ask(label="Read on", hint="A quarter later when empty.", flag="reads-out"),
    "waves": Ask(
        label="How many waves?",
        hint="As its design shows most when empty; the last one waits.",
        rare=True,
    ),
    "every_weeks": Ask(
        label="Weeks between two waves",
        hint="As its design shows most when empty.",
        flag="every",
        rare=True,
    ),
    "seed": Ask(label="Seed of the order", hint="Drawn by lot when empty.", rare=True, drawn=True),
    "guardrails": Ask(
        label="What must not get worse?",
        hint="One measure or sentence each.",
        flag="guardrail",
        rare=True,
    ),
    "own_hours": Ask(
        label="Hours a week that product operations spends on it", hint="Its own cost.", rare=True
    ),
    "beside": Ask(
        label="Runs on the same people as",
        hint="Changes under way, said on purpose.",
        of="trial",
        rare=True,
    ),
    "already_begun": Ask(label="Has it begun?", hint="It then reaches a lower grade.", rare=True),
    "order": Ask(
        label="An order that was drawn before",
        hint="As JSON; the tool draws one when empty.",
        rare=True,
        long=True,
    ),
    "trial": TRIAL,
}
"""The fields of a change that is registered, and the one by which it is asked for later."""
