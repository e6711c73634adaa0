"""A case solved to the end: its numbers by name, so that a test can be followed on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.core.outcome import Ending
from planner.input.case import Case
from planner.model.build import Problem, build
from planner.result.tables import result_tables
from planner.solver.lexicographic import solve_levels
from planner.solver.linear_model_of import linear_model
from planner.solver.outcome import Solution
from planner.verify import Breach, ClaimedPlan, verify

# A solver's vertex is exact up to the last digits of its arithmetic.
DIGITS = 6


@dataclass(frozen=True)
class Planned:
    """A solved case: the problem, its solution, and the result tables made of them."""

    problem: Problem
    solution: Solution
    tables: Mapping[str, pd.DataFrame]
    whole: bool = False

    @property
    def levels(self) -> dict[str, float]:
        """The value of every level."""
        return {each.name: round(each.value, DIGITS) for each in self.solution.levels}

    def people(self, **where: object) -> float:
        """Return how many person-months there are where, by location, group, kind and month."""
        return self.added("placement", "people", **where)

    def shortfall(self, rule: str, **where: object) -> float:
        """Return by how much a rule falls short where."""
        return self.added("shortfalls", "amount", rule=rule, **where)

    def moved(self, **where: object) -> float:
        """Return how many people move out, where."""
        return self.added("moves", "people", **where)

    def decided(self, location: str, decision: str) -> float:
        """Return how far a decision is taken about a location."""
        return self.added("decisions", "value", location=location, decision=decision)

    def added(self, table: str, column: str, **where: object) -> float:
        """Return the sum of a column over the rows of a table that match."""
        frame = self.tables[table]
        for name, part in where.items():
            frame = frame[frame[name] == part]
        return round(float(frame[column].sum()), DIGITS)

    def breaches(self) -> tuple[Breach, ...]:
        """Return what the verifier finds wrong, from the tables and levels alone."""
        levels = {each.name: each.value for each in self.solution.levels}
        return verify(
            self.problem.case,
            ClaimedPlan(self.problem.case.scenario, levels, dict(self.tables), whole=self.whole),
        )


def planned(case: Case, *, whole: bool = False, model_dir: Path | None = None) -> Planned:
    """Solve a case; it must end in an optimum."""
    problem = build(case, whole=whole)
    outcome = solve_levels(linear_model(problem), model_dir=model_dir)
    assert Ending.OPTIMAL is outcome.ending
    assert outcome.solution is not None
    return Planned(
        problem, outcome.solution, result_tables(problem, outcome.solution.values), whole
    )
