"""What the simulator refuses, each refusal with its own name."""

from __future__ import annotations


class SimulationError(Exception):
    """The simulator was asked for something it does not do; the message says what to change."""


class UnknownScenarioError(SimulationError):
    """There is no scenario of that name."""


class SizeError(SimulationError):
    """So few or so many people or weeks are outside what the simulator was made for."""


class FolderInUseError(SimulationError):
    """The folder holds files which the simulator did not write, or which were changed since."""


class TruthExposedError(SimulationError):
    """The truth would lie where the analysis reads, or the other way round."""
