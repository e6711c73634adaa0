"""`Plan`: what came out, as tables and figures, with how it ended and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from planner.core.outcome import Ending, Stop
from planner.core.texts import Message
from planner.input.kinds import Ground


@dataclass(frozen=True)
class Quantity:
    """A figure with its unit."""

    value: float
    unit: str


# What came of recomputing a plan without the solver, among how it was made.
VERDICT, HOLDS, NOT_RECOMPUTED = "verdict", "ok", "not_recomputed"


@dataclass(frozen=True)
class LevelValue:
    """What a level of priority came to, in the order solved."""

    name: str
    unit: str
    value: float


@dataclass(frozen=True)
class Plan:
    """A plan and everything told about it.

    `tables` holds the result tables by name (placement, places, dol, shortfalls, moves,
    decisions, runoff, demand, checks, reporting), with plain numbers and months as dates; they are
    empty where no plan was found. `notes` are the things to know before reading any figure.
    A plan that was just made has been recomputed without the solver before anybody sees it, unless
    it was stopped by somebody who does not wait for that; one that was read from a workbook is
    recomputed with `planner.result.breaches_of`. `record` is what its workbook keeps of its making,
    `grounds` on what legal ground each group has its place.
    """

    scenario: str
    fingerprint: str
    ending: Ending
    stop: Stop
    levels: tuple[LevelValue, ...]
    measures: Mapping[str, Quantity]
    tables: Mapping[str, pd.DataFrame]
    notes: tuple[Message, ...]
    provenance: Mapping[str, str]
    timings: Mapping[str, float]
    record: Mapping[str, Any] | None = None
    grounds: Mapping[str, Ground] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether openings, extensions and DOL parts are all or nothing in it."""
        return self.provenance.get("whole") == "true"

    @property
    def recomputed(self) -> bool:
        """Whether it says that it was recomputed without the solver, and holds."""
        return self.provenance.get(VERDICT) != NOT_RECOMPUTED

    def ground(self, group: str) -> Ground:
        """Return on what legal ground a group has its place; applicants' where it is not known."""
        return self.grounds.get(group, Ground.APPLICANT)

    @property
    def level_values(self) -> dict[str, float]:
        """What each level came to, by its name and in the order solved."""
        return {each.name: each.value for each in self.levels}

    @property
    def found(self) -> bool:
        """Whether there is a plan to show."""
        return self.ending in (Ending.OPTIMAL, Ending.BEST_FOUND)
