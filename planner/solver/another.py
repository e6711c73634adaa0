"""Another plan beside a solved one: the least of a wish first, then the levels that may change.

The wish is minimised with shares from where the solved plan was left at, which tells what no plan
can have less of. Whole choices are that optimum rounded, or else what branching finds in time from
the better of it and the solved plan. With these kept the levels are settled, from the bases of the
solved plan: they are as good as these choices allow, and nothing more is proven of them.

In a large model each way is as long as solving was, so those come first that lead somewhere, and
nothing is branched on. Where the wish counts choices it is minimised with shares, what is counted
is taken whole, and every other choice is that of the solved plan. Anything else is minimised with
all choices of the solved plan, and with shares for the bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.core.errors import CancelledError
from planner.core.outcome import Stop
from planner.solver.arithmetic import level_value
from planner.solver.branching import branch
from planner.solver.face import scale
from planner.solver.first_whole import SAME, roundings
from planner.solver.highs import Terms
from planner.solver.lexicographic import FEW_COLUMNS, STEPS_OF_FEW
from planner.solver.on_face import FIRST_STEPS
from planner.solver.outcome import (
    AT_LOWER,
    AT_UPPER,
    BASIC,
    Basis,
    LevelCost,
    LinearModel,
    Solution,
)
from planner.solver.rounding import kept_whole, relaxed, rounded_up
from planner.solver.sections import begun_as_fitted_out
from planner.solver.walk import Run, settle
from planner.solver.work_clock import worked_s

# A wish this near to what no plan has less of is not branched on, and branching ends there.
_NEAR = 0.01
# A wish that costs so small a part of the columns is one of decisions, and not of who lives where.
_FEW_WISHED = 0.02
# Of whole columns that each count for one, a part of one less is none less.
_PART_OF_ONE = 1e-3


@dataclass(frozen=True)
class Another:
    """The values of a plan with less of a wish, `None` where none was found; and a proven bound."""

    values: np.ndarray | None
    bound: float


def another(
    model: LinearModel, solved: Solution, wish: LevelCost, seconds: float, terms: Terms
) -> Another:
    """Return the plan of a model that has the least of a wish, then the least of its levels.

    The model allows the `solved` plan; it may have more rows, which only keep what levels come to.
    The wish costs nothing less than nothing. It is looked for that many `seconds` of work, and the
    plan is then settled. `CancelledError` when cancelled.
    """
    return _Beside(model, solved, wish, terms, seconds).found()


class _Beside:
    """The model of a wish, and the solved plan that it is begun from."""

    def __init__(
        self, model: LinearModel, solved: Solution, wish: LevelCost, terms: Terms, seconds: float
    ) -> None:
        self._seconds = seconds
        self._until = worked_s() + seconds
        self._wish = wish
        self._solved = solved.values
        self._alone = replace(model, levels=(wish,))
        self._all = replace(model, levels=(wish, *model.levels))
        self._terms = replace(terms, work_until=self._until)
        self._many = len(model.lower) > FEW_COLUMNS
        self._steps = FIRST_STEPS if self._many else STEPS_OF_FEW
        self._bases = {
            each.name: self._here(each.basis) for each in solved.levels if each.basis is not None
        }

    def found(self) -> Another:
        if self._many and not self._counts_choices():
            return self._with_own_choices()
        wish, before = self._wish, level_value(self._wish, self._solved)
        shares = self._settled(relaxed(self._alone), self._last())
        if shares.values is None:
            return Another(None, self._nothing_known())
        bound = self._whole(shares.results[wish.name].value)
        if not _less(bound, before):
            return Another(None, bound)
        if self._many:
            return Another(self._of_choices(shares.values), bound)
        return self._of_shares(shares, bound)

    def _of_shares(self, shares: Run, bound: float) -> Another:
        """Return the plan of a model that is not large, branched on where it is far from shares."""
        before = level_value(self._wish, self._solved)
        if not self._alone.whole.any():
            return Another(self._kept(relaxed(self._all), self._basis_of(shares)).values, bound)
        plan = self._chosen(shares)
        least = before if plan is None else plan.results[self._wish.name].value
        if least - bound > _NEAR * abs(least):
            found, told = self._branched(plan)
            bound = max(bound, told)
            if found is not None:
                plan, least = found, found.results[self._wish.name].value
        if plan is None or plan.values is None or not _less(least, before):
            return Another(None, bound)
        return Another(begun_as_fitted_out(self._all, plan.values), bound)

    def _of_choices(self, shares: np.ndarray) -> np.ndarray | None:
        """Return the plan of a large model with fewer of the choices that the wish counts."""
        before = level_value(self._wish, self._solved)
        for values in self._taken_whole(shares):
            if _less(level_value(self._wish, values), before):
                # The basis of shares is no vertex here: mended it takes twice as long as joined.
                plan = self._kept(kept_whole(self._all, values), None)
                if plan.values is not None:
                    return begun_as_fitted_out(self._all, plan.values)
        return None

    def _taken_whole(self, shares: np.ndarray) -> Iterator[np.ndarray]:
        """Yield whole choices: the counted of shares and else those solved; then all rounded."""
        counted = self._wish.cost != 0
        yield np.where(counted, np.ceil(shares - SAME), self._solved)
        for _, values in roundings(Run(self._alone, self._terms, None), shares):
            yield np.ceil(values - SAME)

    def _with_own_choices(self) -> Another:
        """Return the plan of a large model with less of a wish, with the choices of the solved one.

        Where these have no less, the shares with less are rounded.
        """
        before = level_value(self._wish, self._solved)
        shares, own = self._shares_and_own()
        bound = self._value(shares, self._nothing_known())
        if not _less(bound, before):
            return Another(None, bound)
        plan: Run | None = None
        if own is not None and _less(self._value(own, before), before):
            plan = self._of_own(own)
        elif shares.values is not None:
            plan = self._rounded(shares.values)
        if plan is None or plan.values is None:
            return Another(None, bound)
        return Another(begun_as_fitted_out(self._all, plan.values), bound)

    def _shares_and_own(self) -> tuple[Run, Run | None]:
        """Return the wish with shares and with the choices of the solved plan, where that helps.

        A wish of decisions is a few steps from these choices to shares, and of who lives where as
        far as from the solved plan.
        """
        model, last = kept_whole(self._alone, self._solved), self._last()
        if self._few_wished:
            own = self._settled(model, last)
            return self._settled(relaxed(self._alone), self._basis_of(own)), own
        shares = self._settled(relaxed(self._alone), last)
        before = level_value(self._wish, self._solved)
        if not _less(self._value(shares, self._nothing_known()), before):
            return shares, None
        return shares, self._settled(model, last)

    def _value(self, run: Run, unknown: float) -> float:
        return unknown if run.values is None else run.results[self._wish.name].value

    @property
    def _few_wished(self) -> bool:
        cost = self._wish.cost
        return bool(np.count_nonzero(cost) <= _FEW_WISHED * len(cost))

    def _of_own(self, own: Run) -> Run:
        """Return every level settled after the wish, with the choices of the solved plan.

        Where few columns are wished for, as places of DOL, they stay as they are at the optimum of
        the wish, so that the months can be joined anew: from that optimum emergency reception of
        the national demo does not end in 80 s, and so all levels take 14.
        """
        model, cost = kept_whole(self._all, self._solved), self._wish.cost
        if own.values is None or not self._few_wished:
            return self._kept(model, self._basis_of(own))
        wished = np.where(cost != 0, np.clip(own.values, model.lower, model.upper), np.nan)
        free = np.isnan(wished)
        lower = np.where(free, model.lower, wished)
        upper = np.where(free, model.upper, wished)
        return self._kept(replace(model, lower=lower, upper=upper), None)

    def _nothing_known(self) -> float:
        """Return the least that the limits of what is wished for allow."""
        wish, counted = self._wish, self._wish.cost != 0
        return float(wish.cost[counted] @ self._alone.lower[counted] + wish.constant)

    def _counts_choices(self) -> bool:
        """Whether the wish costs whole choices and nothing else."""
        return bool(self._alone.whole[self._wish.cost != 0].all())

    def _rounded(self, shares: np.ndarray) -> Run | None:
        """Return the plan with what shares take in part taken whole, with less of the wish."""
        before = level_value(self._wish, self._solved)
        for _, values in roundings(Run(self._alone, self._terms, None), shares):
            alone = self._settled(rounded_up(self._alone, values), self._last())
            if not _less(self._value(alone, before), before):
                continue
            plan = self._kept(rounded_up(self._all, values), self._basis_of(alone))
            if plan.values is not None:
                return plan
        return None

    def _chosen(self, shares: Run) -> Run | None:
        """Return the best plan with the choices of the solved one, or with those of shares whole.

        The solved one's where both are as good: nothing is then chosen otherwise than before.
        """
        own = self._with(kept_whole(self._all, self._solved))
        shares = self._kept(relaxed(self._all), self._basis_of(shares))
        if shares.values is None:
            return own
        for _, values in roundings(Run(self._alone, self._terms, None), shares.values):
            plan = self._with(rounded_up(self._all, values))
            if plan is not None:
                return plan if own is None or _better(plan, own) else own
        return own

    def _with(self, model: LinearModel) -> Run | None:
        plan = self._kept(model, self._last())
        return None if plan.values is None else plan

    def _branched(self, plan: Run | None) -> tuple[Run | None, float]:
        """Return the plan with less than one that branching finds in time, and the bound."""
        wish, values = self._wish, self._solved
        if plan is not None and plan.values is not None:
            values = plan.values
        unit = scale(wish.cost)
        tried = branch(self._alone, wish.cost / unit, self._terms, values, _NEAR)
        self._heed()
        bound = self._whole(tried.bound * unit + wish.constant)
        least = level_value(wish, values)
        if tried.values is None or not _less(level_value(wish, tried.values), least):
            return None, bound
        found = self._kept(kept_whole(self._all, tried.values), self._last())
        return found if found.values is not None else None, bound

    def _kept(self, model: LinearModel, begin: Basis | None) -> Run:
        """Return the wish and every level settled, for which there is twice as much time."""
        return self._settled(model, begin, worked_s() + 2.0 * self._seconds)

    def _settled(self, model: LinearModel, begin: Basis | None, until: float = 0.0) -> Run:
        run = Run(
            model,
            replace(self._terms, work_until=max(until, self._until)),
            None,
            begin=begin,
            bases=self._bases,
            first_steps=self._steps,
            trial=True,
        )
        stop = settle(run)
        self._heed()
        if stop is not Stop.FINISHED:
            run.values = None
            run.results.clear()
        return run

    def _heed(self) -> None:
        if self._terms.cancelled:
            raise CancelledError

    def _last(self) -> Basis | None:
        return next(reversed(self._bases.values()), None)

    def _basis_of(self, run: Run) -> Basis | None:
        return run.results[self._wish.name].basis or self._last()

    def _whole(self, bound: float) -> float:
        """Return a bound on the wish; where it counts whole columns, the next whole number."""
        wish = self._wish
        counted = wish.cost != 0
        if self._alone.whole[counted].all() and np.isin(wish.cost[counted], 1.0).all():
            return float(np.ceil(bound - wish.constant - _PART_OF_ONE)) + wish.constant
        return bound

    def _here(self, basis: Basis) -> Basis:
        """Return a basis of the solved plan as one of this model: rows more, whole columns free.

        Where a whole choice was kept, both of its bounds were where it is; here it is at one.
        """
        model, values = self._alone, self._solved
        columns, rows = basis
        sits = ((columns == AT_LOWER) | (columns == AT_UPPER)) & (model.lower < model.upper)
        upper = sits & (model.upper - values <= SAME)
        columns = np.where(sits & (values - model.lower <= SAME), AT_LOWER, columns)
        columns = np.where(upper, AT_UPPER, columns).astype(basis[0].dtype)
        more = np.full(len(model.row_lower) - len(rows), BASIC, dtype=rows.dtype)
        return columns, np.concatenate([rows, more])


def _less(value: float, than: float) -> bool:
    return than - value > SAME * max(1.0, abs(than))


def _better(one: Run, other: Run) -> bool:
    """Whether a plan is less at the first level at which two differ."""
    for name, each in one.results.items():
        value, than = each.value, other.results[name].value
        if _less(value, than) or _less(than, value):
            return value < than
    return False
