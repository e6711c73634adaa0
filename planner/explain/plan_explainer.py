"""The verbs for questions: why a plan is as it is, what would help, and which cells it rests on.

A `PlanExplainer` is about one plan and keeps what it was solved as. Some questions solve again,
with one thing changed; those tell how far they are, and stop when nobody waits for the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from planner.core.task_control import TaskControl
from planner.core.texts import Message, message
from planner.explain.explained import explanation_table
from planner.explain.line_explainer import Explainer
from planner.explain.origins.dependents import dependents
from planner.explain.origins.origin import origin
from planner.explain.origins.trace import Tracer
from planner.explain.origins.trace_rows import CellBook
from planner.explain.shortfalls import Shortfall, shortfall_at
from planner.explain.solved import Solved
from planner.explain.solved_plan import SolvedPlan
from planner.explain.trials import Trials
from planner.explain.wording.lines import ExplanationLine
from planner.model.algebra import Key
from planner.result.queries import (
    Answer,
    AskCauses,
    AskCells,
    AskChoice,
    AskDependents,
    AskLimit,
    AskRepairs,
    Figure,
    Question,
    Reasons,
    plan_name,
)
from planner.solver.outcome import Solution

# From so many columns on a trial takes seconds, and only so many are done for one question.
LARGE = 40_000
TRIALS_OF_LARGE: Mapping[type[Any], int] = {
    AskCauses: 8,
    AskRepairs: 16,
    AskLimit: 4,
    AskChoice: 6,
}


@dataclass
class PlanExplainer:
    """Answers questions about one plan from the problem it was solved as."""

    solved_plan: SolvedPlan
    solution: Solution

    @staticmethod
    def about(solved_plan: SolvedPlan) -> PlanExplainer | None:
        """Return what answers questions about a plan, `None` where no plan was found."""
        if solved_plan.solution is None or not solved_plan.plan.found:
            return None
        return PlanExplainer(solved_plan, solved_plan.solution)

    @property
    def plan(self) -> str:
        """The name of the plan that the questions are about."""
        return plan_name(self.solved_plan.plan)

    def answer(self, question: Question, control: TaskControl) -> Answer:
        """Answer a question; `CancelledError` where nobody waits for it any more.

        `KeyError` where the plan has no such limit, decision or cell.
        """
        control.begin("ask")
        self._tracer.control = control
        match question:
            case AskCells(figure):
                return origin(self._tracer, self.solved_plan.plan, figure)
            case AskDependents(table, row, column):
                return dependents(self._tracer, table, row, column)
            case _:
                return self._solved_again(question, control)

    def _solved_again(self, question: Question, control: TaskControl) -> Reasons:
        """Answer a question by solving with one thing changed."""
        large = len(self.solved_plan.problem.columns) > LARGE
        left = TRIALS_OF_LARGE[type(question)] if large else None
        explainer = Explainer(self._solved, Trials(self._solved, left, control))
        match question:
            case AskCauses(figure):
                return self._of_shortfall(figure, lambda short: [explainer.causes(short)])
            case AskRepairs(figure):
                return self._of_shortfall(figure, explainer.repairs)
            case AskLimit(sort, subject):
                found = explainer.limit(sort, subject)
                return self._reasons([] if found is None else [found], message("why.no_limit"))
            case AskChoice(decision, location):
                return self._reasons([explainer.choice(decision, location)])
        raise TypeError(f"no question of this kind: {question!r}")

    def _of_shortfall(
        self, figure: Figure, ask: Callable[[Shortfall], list[ExplanationLine]]
    ) -> Reasons:
        """Ask something about the shortfall that a figure names."""
        about = Key(
            group=figure.group,
            location=figure.location,
            province=figure.province,
            region=figure.region,
        )
        rule = rule_named(self._solved, figure.rule)
        short = shortfall_at(self._solved, rule, about)
        if short is None:
            return self._reasons([], message("why.no_shortfall"))
        return self._reasons(ask(short), message("why.no_repair"))

    def _reasons(self, lines: list[ExplanationLine], otherwise: Message | None = None) -> Reasons:
        table: pd.DataFrame = explanation_table(lines, self._places.places)
        return Reasons(table, None if lines else otherwise)

    @cached_property
    def _solved(self) -> Solved:
        return Solved.of(self.solved_plan.problem, self.solution)

    @cached_property
    def _tracer(self) -> Tracer:
        return Tracer(self.solved_plan.book, self._solved)

    @cached_property
    def _places(self) -> CellBook:
        return CellBook(self.solved_plan.book, self._solved.case)


def rule_named(solved: Solved, name: str) -> str:
    """Return the name of a rule by its name or Dutch title; the name given where none has it."""
    for each, rows in solved.by_rule.items():
        if name in {each, rows[0].rule.title.nl, rows[0].rule.title.en}:
            return each
    return name
