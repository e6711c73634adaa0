"""What one unit more is worth, found by solving again, and how far that holds."""

from __future__ import annotations

from dataclasses import dataclass

from planner.explain.figures import Limit
from planner.explain.prices import Worth
from planner.explain.trials import SAME, Trials, first_change

# How many units at most a range is followed.
FARTHEST = 1024.0


@dataclass(frozen=True)
class Confirmed:
    """What a unit more changes, solved, and the number of units up to which each one does.

    `worth` is `None` where a unit more changes nothing up to the level `until`. Where it changes
    nothing at the level that was asked about, `together` is what a unit more of this and of other
    limits change there, as far as that is known.
    """

    worth: Worth | None
    up_to: float
    until: int
    together: Together | None = None


@dataclass(frozen=True)
class Together:
    """Other limits that hold where one alone changes nothing, and what all give, solved."""

    others: tuple[Limit, ...]
    worth: Worth


def confirm(
    trials: Trials, limit: Limit, level: int, farthest: float = FARTHEST
) -> Confirmed | None:
    """Solve with a limit one unit looser, and looser still while each unit is worth the same.

    Levels up to `level` are solved. `None` where no plan came out. A level's value is convex in a
    limit, so three values on a line mean that all between them are.
    """
    before = trials.before(level)
    after = trials.solve(limit.looser(trials.solved.case, 1.0), level)
    if before is None or after is None:
        return None
    worth = first_change(before.levels, after.levels)
    if worth is None:
        return Confirmed(None, 0.0, level)
    up_to, by = 1.0, 2.0
    while by <= farthest and trials.affordable():
        further = trials.solve(limit.looser(trials.solved.case, by), worth.level)
        expected = before.levels[worth.level] + worth.change * by
        if further is None or not _same(expected, further.levels[worth.level]):
            break
        up_to, by = by, 2.0 * by
    return Confirmed(worth, up_to, worth.level)


def _same(expected: float, found: float) -> bool:
    return abs(found - expected) <= SAME * max(1.0, abs(expected))
