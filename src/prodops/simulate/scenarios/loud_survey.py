"""Everybody complains about tools, of which little is lost, while ritual rot quietly takes most.

Required: name ritual rot or none; never what the interviews are loud about.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import InterviewSettings, Range

SCENARIO = Scenario(
    name="loud-survey",
    says="Interviews are loud about a small sink while another one leads by far.",
    plant=Plant(top="ritual_rot", hours=Range(1.6, 3.6), gap=Range(2.5, 4.0)),
    interviews=InterviewSettings(loud=Range(0.85, 0.95), loud_sink="tool_overlap", candid=Range(0.2, 0.4)),
    required=Required(
        named=("ritual_rot", None),
        because="a complaint is no measurement",
        not_named=("tool_overlap",),
    ),
)
