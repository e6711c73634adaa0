"""Causes that several shortfalls have in common: what all levels come to without one figure.

A trial of one cause for one shortfall tells of that alone, and a plan has more shortfalls than can
be tried one by one. The plan without one figure, solved once, tells of every level at once what it
would come to: up to emergency reception, or up to the level for which the figure is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from planner.explain.causes.cause import Cause
from planner.explain.causes.demand import SINCE, WHOLE
from planner.explain.causes.likeliest import WORTH_TELLING, Causes
from planner.explain.rise_of_all import LAST
from planner.explain.shortfalls import Shortfall
from planner.explain.trials import SAME

# So many causes of the shortfalls of a rule, the likeliest first, are tried before those of others.
_OF_A_RULE = 3


@dataclass(frozen=True)
class CauseInCommon:
    """A figure, and what the levels come to with and without it, in their order and unit."""

    cause: Cause
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def first(self) -> int:
        """The first level that comes to less without it."""
        return next(iter(self._less()))

    @property
    def largest_part(self) -> float:
        """The largest part that is gone of a level, 0 where none comes to less."""
        return max(
            ((self.before[at] - self.after[at]) / self.before[at] for at in self._less()),
            default=0.0,
        )

    def _less(self) -> Iterator[int]:
        for at, (before, after) in enumerate(zip(self.before, self.after, strict=True)):
            if before - after > SAME * max(1.0, before):
                yield at


def causes_in_common(causes: Causes, short: Sequence[Shortfall]) -> list[CauseInCommon]:
    """Return what several levels fall short by, as far as trials go: by level, the largest first.

    `short` are the shortfalls of the plan. What takes a small part off every level is left out, and
    the rise of all groups together, which is asked for by itself.
    """
    solved = causes.solved
    values = tuple(each.value for each in solved.solution.levels)
    most = solved.level_place(LAST.value)
    found: list[CauseInCommon] = []
    tried: set[tuple[str, str]] = set()
    for level, cause in _likely(causes, short):
        if (cause.sort, cause.subject) in tried:
            continue
        if not causes.trials.affordable():
            break
        tried.add((cause.sort, cause.subject))
        last = max(level, most)
        after = causes.trials.solve(cause.without(solved.case), last)
        if after is not None:
            found.append(CauseInCommon(cause, values[: last + 1], after.levels))
    told = [each for each in found if each.largest_part >= WORTH_TELLING]
    return sorted(told, key=lambda each: (each.first, -each.largest_part))


def _likely(causes: Causes, short: Sequence[Shortfall]) -> Iterator[tuple[int, Cause]]:
    """Yield the likeliest causes of all that falls short of each rule, of each rule in turn.

    Each with the level of the rule.
    """
    of_rule: dict[str, Shortfall] = {}
    for each in short:
        of_rule.setdefault(each.rule.name, each)
    likely = [
        [(e.level, cause) for cause in causes.likely_of_rule(e) if cause.sort not in {WHOLE, SINCE}]
        for e in of_rule.values()
    ]
    turns = zip_longest(*(mine[:_OF_A_RULE] for mine in likely))
    yield from filter(None, chain.from_iterable(turns))
