"""What one unit more is worth, solved from where the plan was left instead of from the start.

Exact for limits of which one unit moves nothing but limits and bounds; of the others only solving
the changed case from the start can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from planner.explain.confirming import Confirmed, Together
from planner.explain.figures import Limit, limits
from planner.explain.limits import Binding
from planner.explain.prices import Worth
from planner.explain.solved import NOTHING, Solved
from planner.explain.trials import SAME, ties_of
from planner.model.algebra import Variable
from planner.model.rules.limit import LimitKind
from planner.model.rules.rule import Level
from planner.solver.highs import Terms
from planner.solver.linear_model_of import linear_model
from planner.solver.rounding import kept_whole
from planner.solver.warm_resolve import Again, Moved

# Units that are tried, the farthest first after one: on a line there, the worth holds up to there.
FURTHER = (4.0, 2.0)
# Where so many decisions in a row take too many steps, those after them nearly always do too.
IN_VAIN = 4
# So many limits that are as tight as one are looked for.
MOST_TOGETHER = 3
# People and tasks are no limits that something else could hold instead of.
_TOLD_APART = frozenset({LimitKind.DEMAND.value, LimitKind.TASK.value})


@dataclass
class Resumed:
    """Solves levels of a solved plan again with limits moved; `left` is how often it may yet.

    Of a `large` plan, of which a level takes a fifth of a second and a decision a second, levels
    after the one that was asked about are left alone, and decisions too after the first that could
    not be turned round within the steps allowed: on national 25 of 27 could not. `in_vain` is how
    many could not in a row, `again` the solved model, loaded once and with whole decisions kept as
    they were taken.
    """

    solved: Solved
    left: int
    large: bool = False
    in_vain: int = 0
    again: Again = field(init=False)

    def __post_init__(self) -> None:
        """Take the solved model; it is loaded when something is first solved again."""
        model = kept_whole(linear_model(self.solved.problem), self.solved.solution.values)
        self.again = Again(model, self.solved.solution, Terms())

    def for_others(self, left: int) -> Resumed:
        """Return the same for other questions, which have so many solves of their own."""
        others = copy(self)
        others.left = left
        return others

    def confirm(self, each: Binding) -> Confirmed | None:
        """Return what a unit more of a limit is worth; `None` where it cannot be told so."""
        level = each.worth.level
        if self.left <= len(FURTHER) or not self.exact(each.limit, level):
            return None
        one = self._change(each.limit, level, 1.0)
        if one is None:
            return None
        if abs(one) <= self._slack(level):
            later = self._later(each.limit, level)
            return replace(later, together=self._together(each.limit, level))
        for by in FURTHER:
            change = self._change(each.limit, level, by)
            if change is not None and abs(change - by * one) <= self._slack(level):
                return Confirmed(Worth(level, one), by, level)
        return Confirmed(Worth(level, one), 1.0, level)

    def _later(self, limit: Limit, level: int) -> Confirmed:
        """Return the first later level that a unit more changes, where it changed none until one.

        Each level is held to what was just found for it: the prices of the plan do not describe
        the optima of a level at which one of several limits that are as tight is moved.
        """
        if self.large:
            return Confirmed(None, 0.0, level)
        held = self.again.held()
        for later in range(level + 1, len(self.solved.solution.levels)):
            if self.left <= len(FURTHER):
                return Confirmed(None, 0.0, later - 1)
            self.left -= 1
            found = self.again.value(later, limit.moved, 1.0, held)
            if found is None:
                return Confirmed(None, 0.0, later - 1)
            change = found - self.solved.solution.levels[later].value
            if abs(change) > self._slack(later):
                return Confirmed(Worth(later, change), 1.0, later)
            held = self.again.held()
        return Confirmed(None, 0.0, len(self.solved.solution.levels) - 1)

    def _together(self, limit: Limit, level: int) -> Together | None:
        """Return the limits that hold now that this one is looser, with what all give together.

        A ceiling given twice, or beds and a ceiling of the same size: neither changes anything
        alone. `None` where what holds is worth something by itself, and is told by itself.
        """
        others: tuple[Limit, ...] = ()
        moved = limit.moved
        for _ in range(1 if self.large else MOST_TOGETHER):
            if self.left <= len(FURTHER) or self._change_of(moved, level, 1.0) is None:
                return None
            other = self._holding((limit, *others), level)
            if other is None:
                return None
            others = (*others, other)
            moved = _moved((limit, *others))
            without = self._change_of(_moved(others), level, 1.0)
            change = self._change_of(moved, level, 1.0)
            if without is None or change is None or without < -self._slack(level):
                return None
            if change < -self._slack(level):
                return Together(others, Worth(level, change))
        return None

    def _holding(self, those: tuple[Limit, ...], level: int) -> Limit | None:
        """Return the limit of which a unit more is worth most, now that others are looser."""
        best, most = None, -NOTHING
        for each in limits(self.solved):
            if each in those or each.sort in _TOLD_APART or not self.exact(each, level):
                continue
            worth = self.again.worth(each.moved)
            if worth < most and not self.solved.prices.touched(each.moved)[:level].any():
                best, most = each, worth
        return best

    def affordable(self) -> bool:
        """Whether a decision may yet be turned round at every level, and is worth trying."""
        patience = 1 if self.large else IN_VAIN
        return self.in_vain < patience and self.left >= len(self.solved.solution.levels)

    def turned(
        self, columns: Sequence[tuple[Variable, float]], *, at_least: bool
    ) -> Confirmed | None:
        """Return what holding columns at least or at most at values changes, and at which level.

        Level by level, each over the optima of those before: where a level comes to what it came
        to, its prices still describe its optima. `None` where a level could not be solved.
        """
        moved = self._held(columns, at_least=at_least)
        last = len(self.solved.solution.levels) - 1
        for level, settled in enumerate(self.solved.solution.levels):
            self.left -= 1
            found = self.again.value(level, moved, 1.0)
            if found is None:
                self.in_vain += 1
                return None
            change = found - settled.value - (self._ties_broken() if level == last else 0.0)
            if abs(change) > self._slack(level):
                self.in_vain = 0
                return Confirmed(Worth(level, change), 1.0, level)
        self.in_vain = 0
        return Confirmed(None, 0.0, last)

    def _ties_broken(self) -> float:
        """Return what of the last level's change is only another location out of some as good."""
        before, after = self.solved.solution.values, self.again.values
        return ties_of(self.solved.problem, after) - ties_of(self.solved.problem, before)

    def _held(self, columns: Sequence[tuple[Variable, float]], *, at_least: bool) -> Moved:
        """Return by how much bounds move for columns to be held at values."""
        lower, upper = self.again.model.lower, self.again.model.upper
        at = [(self.solved.problem.columns.index(column), value) for column, value in columns]
        lowers = [(n, value - lower[n]) for n, value in at if at_least or lower[n] > value]
        uppers = [(n, value - upper[n]) for n, value in at if not at_least or upper[n] < value]
        return Moved(columns=tuple(uppers), lowers=tuple(lowers))

    def exact(self, limit: Limit, level: int) -> bool:
        """Whether a unit of a limit moves only limits that were solved, and bounds."""
        solved_rows = len(self.solved.problem.lower)
        choose = self.solved.problem.choose
        hanging = {*choose.extend, *choose.open, *(location for location, _ in choose.closed)}
        least = max(FURTHER) if limit.sort == LimitKind.DEMAND else 0.0
        return (
            not limit.bends
            and limit.subject not in hanging
            and not (limit.sort == LimitKind.TASK and choose.worst_province)
            and not (limit.sort == LimitKind.DEMAND and self._shared(level))
            and all(number < solved_rows for number, _ in limit.moved.rows)
            and all(row.row.limit >= least for row in limit.rows)
        )

    def _shared(self, level: int) -> bool:
        """Whether shares of people without a place move with the people, at a level or before."""
        levels = [each.content.level for each in self.solved.problem.levels]
        if level < levels.index(Level.SHARED):
            return False
        shares = self.solved.problem.choose.worst_share.values()
        return any(self.solved.value(share) > 0 for share in shares)

    def _change(self, limit: Limit, level: int, by: float) -> float | None:
        return self._change_of(limit.moved, level, by)

    def _change_of(self, moved: Moved, level: int, by: float) -> float | None:
        self.left -= 1
        found = self.again.value(level, moved, by)
        return None if found is None else found - self.solved.solution.levels[level].value

    def _slack(self, level: int) -> float:
        return SAME * max(1.0, abs(self.solved.solution.levels[level].value))


def _moved(those: tuple[Limit, ...]) -> Moved:
    """Return how limits move where several figures are a unit looser."""
    rows = tuple(part for each in those for part in each.moved.rows)
    return Moved(rows, tuple(part for each in those for part in each.moved.columns))
