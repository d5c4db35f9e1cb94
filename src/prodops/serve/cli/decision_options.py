"""The options of `prodops decide` and `prodops decisions`, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Question = Annotated[str, typer.Argument(help='What was asked: "Which plan do we retire?"')]
Chosen = Annotated[str | None, typer.Option("--chosen", help="The option chosen.")]
Option = Annotated[
    list[str] | None,
    typer.Option("--option", help='An option considered; may be repeated. One is "do nothing".'),
]
Owner = Annotated[str | None, typer.Option("--owner", help="Who answers for it (DRI) [default: you].")]
Asked = Annotated[str | None, typer.Option("--asked", help="The day it was asked (2026-11-02).")]
Needed = Annotated[str | None, typer.Option("--needed", help="The day by which it was needed.")]
Decided = Annotated[str | None, typer.Option("--decided", help="The day it was decided [default: today].")]
Review = Annotated[str | None, typer.Option("--review", help="The day to look again [default: in 90 days].")]
Data = Annotated[list[str] | None, typer.Option("--data", help='What data says: "4% of revenue @ WHERE".')]
Customer = Annotated[list[str] | None, typer.Option("--customer", help="What customers said.")]
Intuition = Annotated[list[str] | None, typer.Option("--intuition", help="What it felt like, and to whom.")]
Ai = Annotated[list[str] | None, typer.Option("--ai", help="What AI wrote; needs --reviewed-by.")]
ReviewedBy = Annotated[str | None, typer.Option("--reviewed-by", help="Who checked the AI evidence.")]
DataSays = Annotated[
    str | None, typer.Option("--data-says", help='Data speaks for, against or none: "against: Team".')
]
IntuitionSays = Annotated[
    str | None, typer.Option("--intuition-says", help="The same of intuition, before the discussion.")
]
Predict = Annotated[
    str | None, typer.Option("--predict", help='What number will come: "tickets a week: 20 to 60".')
]
Low = Annotated[str | None, typer.Option("--low", help="Lower end of the interval.")]
High = Annotated[str | None, typer.Option("--high", help="Upper end.")]
Level = Annotated[str | None, typer.Option("--level", help="How sure the interval is meant [default: 0.8].")]
Probability = Annotated[
    str | None, typer.Option("--probability", help="How likely what is predicted comes true: 0.7.")
]
Resolves = Annotated[str | None, typer.Option("--resolves", help="The day the prediction can be checked.")]
Kill = Annotated[str | None, typer.Option("--kill", help="What would end it before its review.")]
Dissent = Annotated[str | None, typer.Option("--dissent", help="What those said who chose otherwise.")]
Reversible = Annotated[
    bool | None, typer.Option("--reversible/--one-way", help="Whether it can be taken back at little cost.")
]
Stakes = Annotated[str | None, typer.Option("--stakes", help="low, medium or high.")]
Minuted = Annotated[
    str | None, typer.Option("--minuted", help="The decision of the minutes that it records.")
]
Answers = Annotated[str | None, typer.Option("--answers", help="The waiting question it answers: Q1.")]
FromFile = Annotated[
    Path | None, typer.Option("--from", help="Read it from a YAML file; flags win.", dir_okay=False)
]
Template = Annotated[bool, typer.Option("--template", help="Print such a file, to be filled in.")]
Undo = Annotated[str | None, typer.Option("--undo", help="Take a record of the last week back: its number.")]

Which = Annotated[str, typer.Argument(help="The decision's number, or words of its question.")]
Why = Annotated[str, typer.Option("--why", help="What happened.")]
Planned = Annotated[bool, typer.Option("--planned", help="Its kill criterion or review led to this.")]
NewEvidence = Annotated[bool, typer.Option("--new-evidence", help="Something is known that was not then.")]
TakeBack = Annotated[bool, typer.Option("--undo", help="Take the last one of this kind back.")]

NewChosen = Annotated[str, typer.Option("--chosen", help="The option chosen now.")]
NewPieces = Annotated[
    list[str] | None,
    typer.Option("--evidence", help='"data: ...", "customer: ...", "ai: ... (reviewed by X)".'),
]
NewFile = Annotated[
    Path | None, typer.Option("--from", help="The new decision as a YAML file.", dir_okay=False)
]
Came = Annotated[float | None, typer.Option("--came", help="The number that came true.")]
Happened = Annotated[bool | None, typer.Option("--happened/--not-happened", help="Whether it came true.")]
TurnedOut = Annotated[str, typer.Option("--turned-out", help="right, wrong or unclear.")]
Note = Annotated[str, typer.Option("--note", help="What happened.")]
NextReview = Annotated[str | None, typer.Option("--next-review", help="The day to look again.")]
Rater = Annotated[str, typer.Option("--by", help="Who judges [default: you]; never its owner.")]
SixPoints = Annotated[
    str,
    typer.Option(
        "--points", help="frame, alternatives, information, values, reasoning, commitment: 3,2,4,3,3,4"
    ),
]
