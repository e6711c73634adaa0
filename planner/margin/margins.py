"""`margins`: how much of each setback a plan's decisions bear, per bound, and what breaks first."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from math import fsum

import numpy as np

from planner.core.outcome import CancelToken
from planner.core.texts import Text
from planner.input.case import Case
from planner.margin.bearing import Bearing, Direction, Most, by_group, moved_limits
from planner.margin.limits import DOL_RULE, ROUNDING, BreakingBound, frozen, outside_dol
from planner.margin.quick import most_people
from planner.margin.stress import Kind, People, Setbacks, Stress, with_people
from planner.model.build import build
from planner.model.demand import demand_of
from planner.model.fixed_decisions import FixedDecisions
from planner.model.rules import RULES
from planner.model.rules.rule import Level
from planner.result.plan import Plan

# Nobody asks whether a plan bears more than eleven times the people, or stays five times as long.
MOST_PART, LONGEST = 10.0, 4.0
_HALVINGS = 24
_PRICED = 1e-9
# Less than half a person is nobody, for want of sharper figures than the plan's own.
_HALF = 0.5
# Somebody must be there for a limit to move at all.
_HARDLY_ANYBODY = 1e-6
# What hands a shortage on without being one: people within places, places within what is open.
_PASSING = frozenset({"everyone_placed"})
# The rules that stand for beds, and for what is fitted out.
BEDS_RULE, DOL_PREPARED = "places_within_beds", "dol_within_prepared"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Margin:
    """How much of a setback is borne before a bound breaks.

    `part` is a share: of the people, of the length of stays, of the beds extended. It is `None`
    where even the most that was asked for is borne. `people` is what it comes to in the month that
    breaks first: persons, or beds for extensions. `broken` is whether the plan is at the bound
    already, so that nothing is borne. `rule` and `where` are the limit that breaks first and its
    places, by what one more unit of them would bring.
    """

    stress: Stress
    bound: BreakingBound
    part: float | None
    people: float
    month: dt.date | None = None
    group: str = ""
    rule: Text | None = None
    where: tuple[str, ...] = ()
    broken: bool = False


def margins(
    case: Case,
    plan: Plan,
    cancel: CancelToken | None = None,
    tell: Tell | None = None,
    *,
    first_only: bool = False,
) -> tuple[Margin, ...]:
    """Return every margin of a plan, by setback and bound; its decisions are kept, people move.

    `first_only` gives the first alone: of everybody, until somebody is without a place.

    `CancelledError` when cancelled; `NoMarginError` where the plan's own figures cannot be met with
    its decisions kept, or an answer is not proven. Whole numbers count for what was decided; that
    a DOL part has a smallest size does not.
    """
    asked = _Margins(case, plan, cancel, tell or (lambda _: None))
    return (asked.first(),) if first_only else tuple(asked.each())


class _Margins:
    """The problem of one plan, and what each setback moves in it."""

    def __init__(self, case: Case, plan: Plan, cancel: CancelToken | None, tell: Tell) -> None:
        # Whatever number of people is tried, as large a part of them must have a school seat.
        case = self._case = replace(case, pupils=case.pupils or demand_of(case).pupils)
        self._cancel = cancel
        self._tell = tell
        self._decided = FixedDecisions.of_table(plan.tables["decisions"])
        self._setbacks = Setbacks(case)
        self._now = self._setbacks.now
        extends = any(
            self._decided.shares.get((each, "extend"), 0.0) > 0 for each in case.locations
        )
        self._stresses = tuple(self._setbacks.each(extends=extends))
        self._present = self._somebody()
        self._problem = build(with_people(case, self._present))
        self._solved = [each for each in self._problem.rows if each.number is not None]
        self._levels = plan.level_values
        self._outside = outside_dol(plan.tables["shortfalls"])

    def _somebody(self) -> People:
        """Return the people present, hardly anybody where only a setback brings somebody."""
        bent = [
            self._setbacks.people(each, LONGEST) for each in self._stresses if not each.is_straight
        ]
        return {
            key: _HARDLY_ANYBODY if not people and any(b[key] > 0 for b in bent) else people
            for key, people in self._now.items()
        }

    @cached_property
    def _everybody(self) -> np.ndarray:
        """What the limits move by when every group doubles."""
        return self._moved({key: 2 * people for key, people in self._present.items()})

    @cached_property
    def _groups(self) -> Mapping[str, np.ndarray]:
        """What the limits move by when each group doubles."""
        registering = {
            name: self._moved(
                {key: 2 * n if key[0] == name else n for key, n in self._present.items()}
            )
            for name, group in self._case.groups.items()
            if group.registers
        }
        return by_group(self._problem, self._everybody, registering)

    def _moved(self, present: People) -> np.ndarray:
        return moved_limits(self._problem, build(with_people(self._case, present)))

    def first(self) -> Margin:
        """Return how many more people of every group are borne until somebody has no place."""
        stress, unplaced = Stress(Kind.ALL), self._levels[Level.UNPLACED.value]
        self._tell(stress.kind.value)
        most = most_people(
            self._problem, self._decided, self._everybody, unplaced, MOST_PART, self._cancel
        )
        return self._margin(stress, BreakingBound.PLACE, most, MOST_PART)

    def each(self) -> Iterator[Margin]:
        straight = [each for each in self._stresses if each.is_straight]
        found: dict[tuple[Stress, BreakingBound], Margin] = {}
        for bound in BreakingBound:
            if bound is BreakingBound.DOL and not self._has_dublin():
                continue
            sums = list(frozen(self._problem, bound, self._levels, self._outside))
            directions = [self._direction(each) for each in straight]
            bearing = Bearing(self._problem, self._decided, sums, directions, self._cancel)
            for stress in self._stresses:
                self._tell(stress.kind.value)
                if stress.is_straight:
                    most = bearing.most(_name(stress))
                    cap = 1.0 if stress.kind is Kind.REFUSED else MOST_PART
                    found[stress, bound] = self._margin(stress, bound, most, cap)
                else:
                    found[stress, bound] = self._bent(stress, bound, bearing)
        return iter([found[s, b] for s in self._stresses for b in BreakingBound if (s, b) in found])

    def _has_dublin(self) -> bool:
        return any(each.rule.name == DOL_RULE for each in self._problem.rows)

    def _direction(self, stress: Stress) -> Direction:
        match stress.kind:
            case Kind.ALL:
                return Direction(_name(stress), self._everybody, MOST_PART)
            case Kind.GROUP:
                return Direction(_name(stress), self._groups[stress.group], MOST_PART)
            case _:
                return Direction(_name(stress), np.zeros(len(self._problem.lower)), 1.0)

    def _margin(self, stress: Stress, bound: BreakingBound, most: Most, cap: float) -> Margin:
        if most.part >= cap - ROUNDING:
            return Margin(stress, bound, None, 0.0)
        pressing = self._pressing(stress, most)
        month = max(pressing, key=lambda key: pressing[key])[1] if pressing else None
        group = max(pressing, key=lambda key: pressing[key])[0] if pressing else ""
        rule, where = self._breaking(most, month)
        people = most.part * self._size(stress, month)
        broken = people < _HALF
        return Margin(stress, bound, most.part, people, month, group, rule, where, broken)

    def _size(self, stress: Stress, month: dt.date | None) -> float:
        """Return the people, or beds extended, that a setback is a part of in a month."""
        if stress.kind is Kind.REFUSED:
            shares = self._decided.shares
            return fsum(
                each.beds * shares.get((each.id, "extend"), 0.0)
                for each in self._case.locations.values()
            )
        return fsum(
            people
            for (group, when), people in self._now.items()
            if when == month and stress.group in {"", group}
        )

    def _pressing(self, stress: Stress, most: Most) -> Mapping[tuple[str, dt.date], float]:
        """Return how much each group and month presses on what is frozen."""
        moves = self._direction(stress).rows
        if stress.kind is Kind.REFUSED:
            moves = self._everybody
        found: dict[tuple[str, dt.date], float] = defaultdict(float)
        for at in np.flatnonzero(np.abs(most.duals[: len(moves)] * moves) > _PRICED):
            key = self._solved[at].row.key
            if key.month is not None:
                found[key.group, key.month] += abs(float(most.duals[at] * moves[at]))
        return found

    def _breaking(self, most: Most, month: dt.date | None) -> tuple[Text | None, tuple[str, ...]]:
        """Return the rule that is worth most where it breaks, and its places, the dearest first."""
        worth: Counter[str] = Counter()
        places: dict[str, Counter[str]] = defaultdict(Counter)
        for name, place, size in chain(self._rows_in(most, month), self._columns_in(most, month)):
            worth[name] += size  # type: ignore[assignment] # counts in shares
            if place:
                places[name][place] += size  # type: ignore[assignment] # the same
        if not worth:
            return None, ()
        name = worth.most_common(1)[0][0]
        title = next(each.title for each in RULES if each.name == name)
        return title, tuple(each for each, _ in places[name].most_common())

    def _rows_in(self, most: Most, month: dt.date | None) -> Iterator[tuple[str, str, float]]:
        """Yield what each rule's limits give to the most, with the place: name, place, size."""
        for at in np.flatnonzero(np.abs(most.duals[: len(self._solved)]) > _PRICED):
            row = self._solved[at]
            key, size = row.row.key, abs(float(most.duals[at]) * row.row.limit)
            if size > _PRICED and key.month in {month, None} and row.rule.name not in _PASSING:
                yield row.rule.name, key.location or key.province or key.region, size

    def _columns_in(self, most: Most, month: dt.date | None) -> Iterator[tuple[str, str, float]]:
        """Yield what the beds of locations and the decisions kept give to the most."""
        choose = self._problem.choose
        found = [
            *((BEDS_RULE, key[0], each) for key, each in choose.places.items() if key[2] == month),
            *((BEDS_RULE, key, each) for key, each in choose.open.items()),
            *((DOL_PREPARED, key[0], each) for key, each in choose.dol_fitted_out.items()),
        ]
        for name, place, column in found:
            at = self._problem.columns.index(column)
            size = abs(float(most.reduced_costs[at] * most.values[at]))
            if size > _PRICED:
                yield name, place, size

    def _bent(self, stress: Stress, bound: BreakingBound, bearing: Bearing) -> Margin:
        """Return the margin of a setback that is not straight, halved until no person differs."""
        if bearing.bears(self._moves(stress, LONGEST)):
            return Margin(stress, bound, None, 0.0)
        low, high = 0.0, LONGEST
        for _ in range(_HALVINGS):
            if self._more(stress, low, high)[0] < 1.0:
                break
            middle = (low + high) / 2
            if bearing.bears(self._moves(stress, middle)):
                low = middle
            else:
                high = middle
        people, _, _ = self._more(stress, 0.0, low)
        # Where it breaks is where nobody more at all is borne.
        everybody = Stress(Kind.ALL)
        most = bearing.most(_name(everybody), self._moves(stress, low))
        _, month, group = self._more(stress, 0.0, high)
        pressing = self._pressing(everybody, most)
        month = max(pressing, key=lambda key: pressing[key])[1] if pressing else month
        rule, where = self._breaking(most, month)
        broken = people < _HALF
        return Margin(stress, bound, low, people, month, group, rule, where, broken)

    def _moves(self, stress: Stress, part: float) -> np.ndarray:
        """Return what the limits move by when a setback comes to a part."""
        people = self._setbacks.people(stress, part)
        moved = np.zeros(len(self._problem.lower))
        for group, moves in self._groups.items():
            for at in np.flatnonzero(moves):
                month = self._solved[at].row.key.month
                if month is not None:
                    before = self._present[group, month]
                    moved[at] += moves[at] * (people[group, month] - before) / before
        return moved

    def _more(self, stress: Stress, low: float, high: float) -> tuple[float, dt.date | None, str]:
        """Return the most people that a month has more from one part to another; when, who most."""
        before, after = (self._setbacks.people(stress, part) for part in (low, high))
        more = {
            month: fsum(after[g, month] - before[g, month] for g in self._case.groups)
            for month in self._case.months
        }
        month = max(more, key=lambda each: more[each])
        group = max(self._case.groups, key=lambda g: after[g, month] - before[g, month])
        return more[month], month, group


def _name(stress: Stress) -> str:
    return f"{stress.kind.value} {stress.group}".strip()
