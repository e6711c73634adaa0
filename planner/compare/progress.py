"""How far a piece of work of several plans has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.core.texts import Message


@dataclass(frozen=True)
class PlanningStage:
    """How many of a known number of plans have been made, and what is being made, in words."""

    done: int
    total: int
    told: Message


Tell = Callable[[PlanningStage], None]


def no_progress(stage: PlanningStage) -> None:
    """Tell nobody."""
    del stage
