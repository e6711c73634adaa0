"""What made a plan fall short: which figures of the input, the likeliest first.

A cause is a figure that could have been otherwise, with the case as it would then be: a contract
that goes on, people who do not grow in number, seats that are enough. Prices say which figures to
try; only what was solved without it, and then fell less short, is a cause. Of causes that take off
as much, the one goes first that the input shows most plainly: a limit below what was there on the
reference date, or an end in the very month in which the shortfall begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.explain.beds import BedPrices
from planner.explain.causes.cause import AskedCauses, Cause, Evidence
from planner.explain.causes.demand import SINCE, WHOLE, demand_causes, whole_demand_causes
from planner.explain.causes.facilities import facility_causes
from planner.explain.causes.own_limits import own_causes
from planner.explain.causes.parameters import parameter_causes
from planner.explain.causes.terms import term_causes
from planner.explain.figures import CellKey, Limit, limits
from planner.explain.shortfalls import Shortfall
from planner.explain.solved import Solved
from planner.explain.trials import Trials, better_by
from planner.input.case import Case
from planner.model.build import RuleRow
from planner.model.rules.limit import LimitKind

# A cause that explains this part of a shortfall is a candidate to be named first.
MOST = 0.5
# A cause that explains this part of a level explains (nearly) all of it.
NEARLY_ALL = 0.9
# Less than this part explains nothing.
LEAST = 0.01
# Less than this part is not worth a reader's time.
WORTH_TELLING = 0.05
# How many causes of a shortfall are told, and how many are tried.
TOLD = 3
TRIED = 6


# Of equal causes the first is named: what a planner can change goes before demand, and a group
# before all of them.
_FAMILIES = (
    term_causes,
    own_causes,
    facility_causes,
    parameter_causes,
    demand_causes,
    whole_demand_causes,
)


@dataclass(frozen=True)
class ExplainedShortfall:
    """The causes of a shortfall, the largest first, each found by solving without it.

    `in_turn` is what each takes off more, in the level's unit, when they are taken away one after
    another in their order; it adds up to what all of them take off at once. It is empty where
    there is one cause, or where that could not be solved.
    `solved` is false where nothing was tried, so that nothing is known.
    """

    causes: tuple[Cause, ...] = ()
    in_turn: tuple[float, ...] = ()
    solved: bool = True


@dataclass
class Causes:
    """Finds the causes of shortfalls by solving again without each."""

    solved: Solved
    trials: Trials
    beds: BedPrices = field(init=False)
    limits: tuple[Limit, ...] = field(init=False)
    _short: tuple[tuple[RuleRow, float], ...] = field(init=False)
    _by_level: dict[tuple[int, str], dict[tuple[str, str], float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Set up the prices of beds that are not there, and the limits."""
        self.beds = BedPrices(self.solved)
        self.limits = limits(self.solved, self.trials.control)
        self._short = self.solved.short

    def of(self, shortfall: Shortfall, told: int = TOLD) -> ExplainedShortfall:
        """Return the causes of a shortfall, the one that explains most of it first."""
        if not self.trials.affordable():
            return ExplainedShortfall(solved=False)
        asked = AskedCauses(self.solved, shortfall, self.beds, self.limits)
        wide = self._wide(shortfall)
        candidates = [
            replace(each, wide=wide.get((each.sort, each.subject), 0.0))
            for each in self._candidates(asked)
        ]
        likely = sorted(candidates, key=_rank, reverse=True)
        tried = likely[: TRIED if self.trials.left is not None else None]
        measured = [cause for each in tried if (cause := self._measured(shortfall, each))]
        found = [each for each in measured if each.part >= WORTH_TELLING]
        kept = tuple(_told_once(sorted(found, key=_largest, reverse=True))[:told])
        solved = bool(measured) or not tried
        return ExplainedShortfall(kept, self._in_turn(shortfall, kept), solved)

    def _in_turn(self, shortfall: Shortfall, causes: tuple[Cause, ...]) -> tuple[float, ...]:
        """Return what each cause takes off more when those before it are gone, by solving."""
        if len(causes) < 2:  # noqa: PLR2004 - one is no sum
            return ()
        case, so_far = self.solved.case, 0.0
        turns: list[float] = []
        for number, cause in enumerate(causes):
            case = cause.without(case)
            # The first alone has been solved.
            gone = self._gone(shortfall, case) if number else cause.part * shortfall.weighted
            if gone is None:
                return ()
            gone = min(max(gone, so_far), shortfall.weighted)
            turns.append(gone - so_far)
            so_far = gone
        return tuple(turns)

    def own_cells(self, shortfall: Shortfall) -> tuple[CellKey, ...]:
        """Return where the limits stand that the worst row of a shortfall passes."""
        worst = id(shortfall.worst[0])
        return self._cells_of_rows.get(worst, ())

    @cached_property
    def _cells_of_rows(self) -> dict[int, tuple[CellKey, ...]]:
        """Where the limit of each row stands, by the identity of the row."""
        found: dict[int, tuple[CellKey, ...]] = {}
        for limit in self.limits:
            for each in limit.rows:
                if each.rule is limit.rule:
                    found[id(each)] = (*found.get(id(each), ()), *limit.cells)
        return found

    def _wide(self, shortfall: Shortfall) -> dict[tuple[str, str], float]:
        """Return which part of all that is short at the level each cause explains, by estimate."""
        key = (shortfall.level, shortfall.rule.name)
        if key not in self._by_level:
            name = self.solved.level(shortfall.level).level
            short = [(each, amount) for each, amount in self._short if each.rule.level is name]
            asked = self._asked_of(shortfall, short)
            self._by_level[key] = {(e.sort, e.subject): e.part for e in self._candidates(asked)}
        return self._by_level[key]

    def likely_of_rule(self, shortfall: Shortfall) -> list[Cause]:
        """Return causes of all that falls short of a shortfall's rule, the likeliest first.

        By estimate: none of them was solved.
        """
        rule = shortfall.rule
        short = [(each, amount) for each, amount in self._short if each.rule is rule]
        return sorted(self._candidates(self._asked_of(shortfall, short)), key=_rank, reverse=True)

    def _asked_of(
        self, shortfall: Shortfall, short: Sequence[tuple[RuleRow, float]]
    ) -> AskedCauses:
        """Return what is asked where rows are taken together, as one shortfall of a rule."""
        rows, amounts = tuple(each for each, _ in short), tuple(amount for _, amount in short)
        whole = Shortfall(shortfall.rule, shortfall.level, shortfall.key, rows, amounts)
        return AskedCauses(self.solved, whole, self.beds, self.limits)

    def _candidates(self, asked: AskedCauses) -> Iterator[Cause]:
        for family in _FAMILIES:
            for each in family(asked):
                part = min(each.removes / asked.shortfall.weighted, 1.0)
                if part > LEAST:
                    yield replace(each, part=part)

    def _measured(self, shortfall: Shortfall, cause: Cause) -> Cause | None:
        """Return the cause with the parts it explains, of a shortfall and its level, by solving."""
        tried = self._tried(shortfall, cause.without(self.solved.case))
        if tried is None:
            return None
        gone, of_level = tried
        part = min(max(gone / shortfall.weighted, 0.0), 1.0)
        return replace(cause, part=part, wide=of_level)

    def _gone(self, shortfall: Shortfall, case: Case) -> float | None:
        """Return what is gone of a shortfall in another case; `None` where it was not solved."""
        tried = self._tried(shortfall, case)
        return None if tried is None else tried[0]

    def _tried(self, shortfall: Shortfall, case: Case) -> tuple[float, float] | None:
        """Return what is gone of a shortfall in another case, and which part of its whole level.

        `None` where it was not solved.
        """
        level = shortfall.level
        before = self.trials.before(level)
        after = self.trials.left_of(shortfall, case) if self.trials.affordable() else None
        if before is None or after is None:
            return None
        of_level = better_by(before, after, level) / max(before.levels[level], shortfall.weighted)
        return shortfall.weighted - after.chosen, of_level


def _rank(cause: Cause) -> tuple[bool, bool, Evidence, float, float]:
    """Return what puts one cause before another, to be tried.

    First what explains most of the shortfall; of those the limit that was too small from the
    start, and then what explains (nearly) all that is short at the level; of those the one that
    the input shows most plainly.
    """
    if cause.part < MOST:
        return (False, False, Evidence.REACHED, 0.0, cause.part)
    first = cause.shown >= Evidence.AT_ODDS or cause.wide >= NEARLY_ALL
    return (True, first, cause.shown, cause.wide, cause.part)


def _told_once(largest_first: list[Cause]) -> list[Cause]:
    """Return the causes without those that are part of another, or that have another as part.

    The rise of a group is part of the rise of all, so that of both only the larger is told; where
    they take off as much, of the shortfall and of its level, the smaller change.
    """
    whole = [each for each in largest_first if each.sort in {WHOLE, SINCE}]
    groups = [each for each in largest_first if each.sort == LimitKind.DEMAND.value]
    if not whole:
        return largest_first
    most = max(whole, key=lambda each: (*_taken_off(each), each.sort == SINCE))
    larger = not groups or _taken_off(most) > max(map(_taken_off, groups))
    left_out = groups if larger else [most]
    left_out = [*left_out, *(each for each in whole if each is not most)]
    return [each for each in largest_first if not any(each is other for other in left_out)]


def _largest(cause: Cause) -> tuple[float, float, bool, Evidence]:
    """Return what puts one solved cause before another.

    What it takes off of the shortfall; of several that take off all of it, what it takes off of
    everything that is short at the level; then how plainly the input shows it.
    """
    return (*_taken_off(cause), cause.shown >= Evidence.AT_ODDS, cause.shown)


def _taken_off(cause: Cause) -> tuple[float, float]:
    """Return which part a solved cause takes off of the shortfall, and of its level."""
    return round(cause.part, 2), round(cause.wide, 2)
