"""The regret matrix: each scenario's decisions tried in every other scenario.

What is decided now is kept, and everybody is placed anew as well as that allows. What comes out,
less what the scenario would have come to with decisions of its own, is what one regrets if that is
how things turn out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.compare.kept_decisions import KeptDecisions, best_plan, decided_in, plan_keeping
from planner.compare.progress import PlanningStage, Tell, no_progress
from planner.core.display_names import called
from planner.core.outcome import CancelToken
from planner.core.texts import Message, message
from planner.input.case import Case
from planner.model.fixed_decisions import FixedDecisions
from planner.result.plan import Plan

# Figures are compared within this part of their size, as everywhere.
WITHIN = 1e-6

# What a decision is judged by: the levels and measures shown, in reading order.
SHOWN_LEVELS = ("unplaced", "protected", "cost")
EMERGENCY = "emergency"

COLUMNS = (
    "decisions_of",
    "scenario",
    "first_level",
    "first_regret",
    *(
        f"{part}{name}"
        for name in ("unplaced", "protected", EMERGENCY, "cost")
        for part in ("", "regret_")
    ),
    "departed",
    "without_use",
)


@dataclass(frozen=True)
class Future:
    """What may happen: a case by its name, and decisions taken for it where there are any."""

    name: str
    case: Case
    decided: FixedDecisions | None = None


@dataclass(frozen=True)
class RegretEntry:
    """What the decisions of one future come to in another.

    `own` is the other's best plan. `regret` is by level, in the other's own order: what it comes to
    less what it could have come to. At the first level that is not zero it is never below zero.
    """

    decisions_of: str
    scenario: str
    kept: KeptDecisions
    own: Plan
    regret: Mapping[str, float]

    @property
    def first(self) -> tuple[str, float] | None:
        """The first level that differs, and by how much; nothing where none does."""
        return next(((name, each) for name, each in self.regret.items() if each), None)


@dataclass(frozen=True)
class RegretMatrix:
    """Every future's decisions in every future, in the order the futures were given.

    `whole` names the futures whose decisions were taken as whole locations: here they may be
    departed from in parts, and what they are held against may be shares of locations. `in_parts`
    says that the plans compared are of whole locations, and this is reckoned with shares of them.
    """

    names: tuple[str, ...]
    entries: tuple[RegretEntry, ...]
    whole: tuple[str, ...] = ()
    in_parts: bool = False

    def entry(self, decisions_of: str, scenario: str) -> RegretEntry:
        """Return what one future's decisions come to in another; `KeyError` for unknown names."""
        for each in self.entries:
            if (each.decisions_of, each.scenario) == (decisions_of, scenario):
                return each
        raise KeyError((decisions_of, scenario))

    def frame(self) -> pd.DataFrame:
        """Return the matrix as rows: the figures of each entry, each with its regret.

        `unplaced` and `protected` as their levels, `emergency` in person-months, `cost` in euros,
        `departed` in places; `without_use` counts decisions that the scenario does not know.
        """
        return pd.DataFrame([_row(each) for each in self.entries], columns=list(COLUMNS))

    def notes(self) -> tuple[Message, ...]:
        """Return what is to be known before the matrix is read."""
        notes = [message("compare.note.regret")]
        if self.whole:
            notes.append(message("compare.note.regret_whole", names=tuple(map(called, self.whole))))
        if self.in_parts:
            notes.append(message("compare.note.in_parts"))
        if any(difference(each.kept.departed, 0.0) for each in self.entries) or any(
            each.kept.without_use for each in self.entries
        ):
            notes.append(message("compare.note.departed"))
        return tuple(notes)


def _row(each: RegretEntry) -> tuple[object, ...]:
    first_level, first_regret = each.first or (None, 0.0)
    plan = each.kept.plan
    levels, emergency = plan.level_values, plan.measures[EMERGENCY].value
    pairs = {
        **{name: (levels[name], each.regret[name]) for name in SHOWN_LEVELS},
        EMERGENCY: (emergency, difference(emergency, each.own.measures[EMERGENCY].value)),
    }
    figures = [
        part for name in ("unplaced", "protected", EMERGENCY, "cost") for part in pairs[name]
    ]
    departed = difference(each.kept.departed, 0.0)
    count = len(each.kept.without_use)
    return each.decisions_of, each.scenario, first_level, first_regret, *figures, departed, count


def difference(value: float, before: float) -> float:
    """Return how much a value is more, zero where that is within the rounding of their size."""
    size = max(1.0, abs(value), abs(before))
    return value - before if abs(value - before) > WITHIN * size else 0.0


def solves(count: int) -> int:
    """Return how many plans a matrix of so many futures takes."""
    return count + count * count


def regret(
    futures: Sequence[Future], tell: Tell = no_progress, cancel: CancelToken | None = None
) -> RegretMatrix:
    """Try every future's decisions in every future.

    A future without decisions takes those of its own best plan. `CancelledError` when cancelled or
    where a future has no plan.
    """
    total = solves(len(futures))
    own: dict[str, Plan] = {}
    for done, each in enumerate(futures):
        tell(PlanningStage(done, total, message("compare.stage.own", scenario=each.name)))
        own[each.name] = best_plan(each.case, cancel)
    entries: list[RegretEntry] = []
    for chosen in futures:
        decided = chosen.decided or decided_in(own[chosen.name])
        for happens in futures:
            told = message("compare.stage.tried", decisions=chosen.name, scenario=happens.name)
            tell(PlanningStage(len(futures) + len(entries), total, told))
            kept = plan_keeping(happens.case, decided, cancel)
            entries.append(_entry(chosen.name, happens.name, kept, own[happens.name]))
    return RegretMatrix(tuple(each.name for each in futures), tuple(entries))


def _entry(decisions_of: str, scenario: str, kept: KeptDecisions, own: Plan) -> RegretEntry:
    best = own.level_values
    levels = kept.plan.level_values
    lost = {name: difference(value, best[name]) for name, value in levels.items()}
    return RegretEntry(decisions_of, scenario, kept, own, lost)
