"""Options of `prodops try`, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(help="What is done, or with --undo the change's key.")]
Trial = Annotated[str, typer.Argument(help="The change's key, as prodops try list shows it.")]
Because = Annotated[
    list[str] | None,
    typer.Option("--because", help='A finding it rests on: RIT01, or "RIT01 KEY"; may be repeated.'),
]
On = Annotated[
    str, typer.Option("--on", help="What is changed: ritual:NAME, channel:, metric: or flow:NAME.")
]
Outcome = Annotated[
    list[str] | None, typer.Option("--outcome", help="The one primary outcome: overhead_share, ...")
]
Expect = Annotated[
    str, typer.Option("--expect", help='The effect expected, with its interval: "-6 (-10 to -2)".')
]
Design = Annotated[
    str,
    typer.Option("--design", help="staggered, switchback, pause or one-date [default: what fits]."),
]
Units = Annotated[
    str, typer.Option("--units", help="What starts one by one: team, pm or ritual [default: what fits].")
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="A team that takes part, or a ritual with --units ritual; may be repeated."),
]
Starts = Annotated[str | None, typer.Option("--starts", help="The first day [default: next Monday].")]
ReadsOut = Annotated[
    str | None, typer.Option("--reads-out", help="The day it is read [default: 13 weeks later].")
]
Waves = Annotated[
    int | None, typer.Option("--waves", min=2, max=12, help="Waves, of which the last one waits.")
]
Every = Annotated[int | None, typer.Option("--every", min=1, max=26, help="Weeks between two waves.")]
Seed = Annotated[
    int | None, typer.Option("--seed", min=0, help="What the order follows from [default: random].")
]
Guardrail = Annotated[
    list[str] | None, typer.Option("--guardrail", help="What must not get worse; may be repeated.")
]
OwnHours = Annotated[
    float | None, typer.Option("--own-hours", min=0, help="Hours a week that product ops spends on it.")
]
Beside = Annotated[
    list[str] | None, typer.Option("--beside", help="A change that runs on the same PMs, said on purpose.")
]
AlreadyBegun = Annotated[bool, typer.Option("--already-begun", help="It began before today: a lower grade.")]
OrderIn = Annotated[
    Path | None, typer.Option("--order", help="The rollout order as JSON, drawn or lived before.")
]
OrderOut = Annotated[
    Path | None, typer.Option("--order-out", help="Write the order that was drawn, as JSON.")
]
Ics = Annotated[Path | None, typer.Option("--ics", help="Write its days as a calendar file.")]
Who = Annotated[
    Path | None, typer.Option("--who", help="Write who starts when, by address, for whoever rolls it out.")
]
Undo = Annotated[bool, typer.Option("--undo", help="Take it back; the log keeps both.")]
