"""`Explainer`: one line of the explanation at a time, solved again, for whoever asks.

A plan of national size is explained by its prices alone; these questions take one or more solves
each and are asked one by one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from planner.core.texts import message
from planner.explain.causes.likeliest import Causes
from planner.explain.choices import choice_of
from planner.explain.confirming import FARTHEST, Confirmed, confirm
from planner.explain.dol_here import Held, dol_here
from planner.explain.figures import limits
from planner.explain.limits import Binding, binding
from planner.explain.remedies.repairs import REMOVED, Repair, repairs
from planner.explain.shortfalls import Shortfall, shortfalls
from planner.explain.solved import Solved
from planner.explain.trials import Trials
from planner.explain.warm_worths import Resumed
from planner.explain.wording.choices import choice_line, choice_words, repair_line
from planner.explain.wording.dol import here_words
from planner.explain.wording.lines import ExplanationLine, limit_line, shortfall_line
from planner.model.build import Problem
from planner.model.rules.rule import Level
from planner.solver.outcome import Solution

# How often one limit may be solved from where the plan was left.
RESUMED = 4


@dataclass
class Explainer:
    """Answers questions about one solved plan by solving again; what was solved is kept."""

    solved: Solved
    trials: Trials

    @staticmethod
    def of(problem: Problem, solution: Solution) -> Explainer:
        """Return an explainer of a solution."""
        solved = Solved.of(problem, solution)
        return Explainer(solved, Trials(solved))

    def shortfalls(self) -> list[Shortfall]:
        """Return what can be asked about: the shortfalls, the most important first."""
        return shortfalls(self.solved)

    def causes(self, shortfall: Shortfall) -> ExplanationLine:
        """Return a shortfall with its causes measured."""
        found = Causes(self.solved, self.trials).of(shortfall)
        return shortfall_line(self.solved, shortfall, found)

    def repairs(self, shortfall: Shortfall) -> list[ExplanationLine]:
        """Return the smallest single changes that remove a shortfall, or take off most of it.

        Each has what the whole plan then costs; those that are enough stand by what they cost.
        """
        found = repairs(self.solved, shortfall, self.trials)
        priced = [(each, self._cost_of(each)) for each in found]
        if all(each.removes >= 1 - REMOVED for each in found):
            priced.sort(key=lambda pair: math.inf if pair[1] is None else pair[1])
        return [repair_line(self.solved, shortfall, each, cost) for each, cost in priced]

    def _cost_of(self, each: Repair) -> float | None:
        """Return what the whole plan costs more with a change; `None` where it was not solved."""
        if not self.trials.affordable():
            return None
        solved = self.solved
        case = each.changed(solved.case, round(each.by))
        after = self.trials.solve(case, len(solved.problem.levels) - 1)
        at = solved.level_place(Level.COST.value)
        return None if after is None else after.levels[at] - solved.solution.levels[at].value

    def limit(
        self, sort: str, subject: str = "", farthest: float = FARTHEST
    ) -> ExplanationLine | None:
        """Return what a unit more of a limit is worth, solved; `None` where it does not matter.

        `sort` and `subject` are those of a line: `beds` and a location, `dol_growth` and nothing.
        """
        for each in limits(self.solved):
            if (each.sort, each.subject) == (sort, subject):
                found = binding(self.solved, each)
                if found is None:
                    return None
                return limit_line(self.solved, found, self._confirmed(found, farthest))
        raise KeyError((sort, subject))

    def _confirmed(self, found: Binding, farthest: float) -> Confirmed | None:
        """Return what a unit more is worth: from where the plan was left, else from the start.

        Solving from the start follows the range farther, but takes long on a large plan.
        """
        if self.trials.left is not None:
            resumed = Resumed(self.solved, RESUMED, large=True).confirm(found)
            if resumed is not None:
                return resumed
        return confirm(self.trials, found.limit, found.worth.level, farthest)

    def choice(self, decision: str, location: str) -> ExplanationLine:
        """Return a decision (`open`, `extend`, `dol`) with what the opposite costs, solved."""
        found = choice_of(self.solved, self.trials, decision, location)
        line = choice_line(self.solved, found)
        if decision != "dol":
            return line
        here = dol_here(self.solved, self.trials, location)
        wider = None
        if here.held is Held.PART:
            wider = self.limit("dol_part", location)
        words = here_words(self.solved, here, None if wider is None else wider.sentence)
        told = line.sentence if found.solved else choice_words(self.solved, found)
        return replace(line, sentence=message("explain.here", choice=told, here=words))
