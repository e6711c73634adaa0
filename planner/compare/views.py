"""What a comparison gives to be shown: plain values that pass from one process to another.

They are made in `comparison_shown.py`, where the plans are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.compare.beside_values import Beside
from planner.core.outcome import Progress
from planner.core.texts import Message, Text
from planner.input.location import Location
from planner.result.plan import Plan

DIFFERS = "differs"  # the column that says whether any plan differs from the base in a row


@dataclass(frozen=True)
class CostSteps:
    """How the base's cost becomes another plan's, in euros; parts that are equal are left out."""

    start: float
    steps: tuple[tuple[Text, float], ...]
    end: float


@dataclass(frozen=True)
class ShownComparison:
    """Plans side by side: `names` has the base first.

    `beside` has the main figures and levels. `words` are sentences, each with the name of the plan
    that it is about. `frames` are the themes by key, with every row and the column `differs`.
    `costs` has a waterfall for each plan but the base. `unexplained` has, for each plan, why its
    difference cannot be led to edits; nothing where it can. `previous` says which plans have an
    earlier one in their input. `totals_apart` are the themes that add up months which are not the
    same in all plans.
    """

    number: int
    names: tuple[str, ...]
    beside: Beside
    words: tuple[tuple[str, Message], ...]
    frames: Mapping[str, pd.DataFrame]
    costs: tuple[CostSteps, ...]
    unexplained: tuple[Message | None, ...]
    previous: tuple[bool, ...]
    totals_apart: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ShownPart:
    """What one edit does to a figure: by itself, and what is lost without it."""

    edit: Message
    alone: float | None
    switched_off: float | None


@dataclass(frozen=True)
class ShownFigure:
    """A figure that differs, the edits' parts in it, and what they do only together."""

    title: Text
    unit: Text
    whole: float
    parts: tuple[ShownPart, ...]
    together: float


@dataclass(frozen=True)
class ShownContributions:
    """What explains the difference between the base and the plan of this number, from 1."""

    at: int
    figures: tuple[ShownFigure, ...]
    solves: int


@dataclass(frozen=True)
class ShownRegret:
    """The decisions of each plan tried in the input of every other.

    `frame` has a row for each pair: decisions_of, scenario, first_level, first_regret and, for
    unplaced, protected, emergency and cost, the figure and its regret.
    """

    names: tuple[str, ...]
    frame: pd.DataFrame
    notes: tuple[Message, ...]


@dataclass(frozen=True)
class ShownLocations:
    """The locations of every compared plan, by code."""

    locations: Mapping[str, Location]


@dataclass(frozen=True)
class StageProgress(Progress):
    """How many of a known number of plans have been made, and which is being made, in words."""

    done: int
    total: int
    told: Message


@dataclass(frozen=True)
class PlanSource:
    """A plan to compare: one made of a version of the open book, or one in a workbook.

    `name` is what it is to be called; a plan in a workbook is called after its scenario.
    """

    name: str
    plan: Plan | None = None
    version: int = 0
    path: Path | None = None
