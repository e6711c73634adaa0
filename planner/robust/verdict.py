"""Whether decisions for all scenarios are worth it, in futures that they were not chosen for.

Both plans are tried in the same futures. Level by level, in their order, the mean of what the plan
for the base scenario comes to more is told with an interval, by drawing the futures again with
replacement. The first level whose interval leaves out nothing decides; where none does, it is not
clear. The chance to be wrong is shared out over the levels, so that it is 5 % for all together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from planner.core.outcome import CancelToken
from planner.ensemble.prepared import Kept
from planner.ensemble.trial import FutureFailedError, FutureResult, Trial
from planner.input.case import Case
from planner.margin.stress import People
from planner.model.rules.rule import Level

WRONG = 0.05
_DRAWS, _SEED = 4000, 0
# Less of a level than this part of it is rounding.
_SAME = 1e-6


@dataclass(frozen=True)
class Apart:
    """How much more a level comes to on average with the decisions of the base scenario alone.

    `of` is what the level comes to on average with them.
    """

    level: str
    mean: float
    low: float
    high: float
    of: float = 0.0

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out that there is no difference."""
        return self.low > 0 or self.high < 0

    @property
    def part(self) -> float:
        """The difference as a part of what the level comes to; infinite where that is nothing."""
        return abs(self.mean) / self.of if self.of > 0 else inf


@dataclass(frozen=True)
class RobustVerdict:
    """What futures say: how many were tried and failed, and how far apart each level is.

    `ours` and `theirs` are the measures in each future, of the plan and of that for the base alone.
    """

    tried: int
    failed: int
    apart: tuple[Apart, ...]
    ours: tuple[FutureResult, ...]
    theirs: tuple[FutureResult, ...]

    @property
    def cost(self) -> Apart | None:
        """How much dearer the plan for the base scenario alone is."""
        return next((each for each in self.apart if each.level == Level.COST.value), None)

    @property
    def decisive(self) -> Apart | None:
        """The first level that is clearly better or worse; None where it is not clear."""
        return next((each for each in self.apart if each.is_clear), None)


def verdict(  # noqa: PLR0913, PLR0917 - two plans, where they are tried, and who waits
    case: Case,
    ours: Kept,
    theirs: Kept,
    futures: Sequence[People],
    tell: Callable[[int], None],
    cancel: CancelToken | None = None,
) -> RobustVerdict:
    """Try two sets of decisions in futures; `CancelledError` when cancelled.

    A future in which either has no proven placement is counted as failed and left out of both.
    """
    # To fit out for more than is expected is what such a plan does; that speaks not against it.
    untold = {Level.CHANGE.value}
    mine = Trial(case, ours, cancel, untold)
    its = mine if theirs == ours else Trial(case, theirs, cancel, untold)
    found: list[tuple[FutureResult, FutureResult]] = []
    failed = 0
    for number, people in enumerate(futures):
        tell(number)
        try:
            here = mine.of(people)
            found.append((here, here if its is mine else its.of(people)))
        except FutureFailedError:
            failed += 1
    one, other = tuple(each for each, _ in found), tuple(each for _, each in found)
    names = list(mine.expected.levels)
    return RobustVerdict(len(found), failed, tuple(_apart(names, one, other)), one, other)


def _apart(
    names: Sequence[str], ours: Sequence[FutureResult], theirs: Sequence[FutureResult]
) -> list[Apart]:
    if not ours:
        return []
    chance = np.random.default_rng(_SEED)
    draws = chance.integers(0, len(ours), (_DRAWS, len(ours)))
    part = 100 * WRONG / len(names) / 2
    found = []
    for name in names:
        mine = np.array([each.levels[name] for each in ours])
        its = np.array([each.levels[name] for each in theirs])
        more = its - mine
        more[np.abs(more) <= _SAME * np.maximum(1.0, np.abs(mine))] = 0.0
        means = more[draws].mean(axis=1)
        low, high = np.percentile(means, [part, 100 - part])
        ends = float(more.mean()), float(low), float(high)
        found.append(Apart(name, *ends, float(its.mean())))
    return found
