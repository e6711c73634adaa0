"""Arrivals and forecasts month by month: against the months beside it, other streams and scenarios.

A month that is several times its neighbours may be a real peak. Where the same month of other
streams and of other scenarios tells the same, it is one; where these all tell otherwise, a digit is
wrong, or two streams changed places.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from planner.core.errors import Finding
from planner.input.months import later
from planner.input.suspicious.remark import LEAP, Odd, remarks
from planner.input.suspicious.slips import is_slip_of
from planner.input.typed import TypedRow, TypedTables

# Fewer people may well come to six times as many, or to none.
_FEW = 20.0
# Of streams of a few people a digit shows only where everything beside it tells of it.
_FEWEST = 3.0
# At an end both neighbours lie on one side, so that a steep rise must not be taken for a leap.
_LEAP_AT_END, _ALIKE = 8.0, 1.5
_SHORTEST = 3
# How far a month must be off by the months beside it and one of other streams and other scenarios;
# by all three; and where two numbers changed places, since both then fit when put back.
_OFF, _OFF_BY_ALL, _OFF_WHEN_SWAPPED, _FITS = 2.2, 1.4, 1.25, 1.15
_SPREADS = 5.0
_EXACT = math.log(_OFF_WHEN_SWAPPED) + 1e-9
_OF_NORMAL = 1.4826
_WITNESSES, _ALL_WITNESSES = 2, 3
_FEWEST_MONTHS = 6

Series = dict[tuple[str, str], dict[dt.date, TypedRow]]
# The logarithm of what stands there, where that is more than nothing.
Logs = Mapping[tuple[str, str], Mapping[dt.date, float]]
_TABLES = (("forecast", "group"), ("inflow", "stream"))


def months_follow_months(typed: TypedTables) -> Iterator[Finding]:
    """Yield people expected or arriving in a month that are far from what is told beside it."""

    def odd() -> Iterator[Odd]:
        for table, name in _TABLES:
            series = _series(typed, table, name)
            logs = {key: _logs(rows) for key, rows in series.items()}
            told: set[int] = set()
            for each in (*_swapped(table, series, logs), *_unlike(table, series, logs)):
                if each.row not in told:
                    told.add(each.row)
                    yield each

    return remarks(typed, odd())


def _series(typed: TypedTables, table: str, name: str) -> Series:
    """Return the rows by scenario and stream or group, in the order of their months."""
    series: Series = defaultdict(dict)
    for each in sorted(typed.rows(table), key=lambda row: row.record.month):
        series[each.record.scenario, getattr(each.record, name)][each.record.month] = each
    return series


def _logs(rows: Mapping[dt.date, TypedRow]) -> Mapping[dt.date, float]:
    return {at: math.log(each.record.people) for at, each in rows.items() if each.record.people > 0}


def _unlike(table: str, series: Series, logs: Logs) -> Iterator[Odd]:
    for key, rows in series.items():
        ordered = list(rows.values())
        if len(ordered) < _SHORTEST:
            continue
        for at, each in enumerate(ordered):
            leap = _leap(ordered, at)
            low, high = _beside(ordered, at)
            others = _elsewhere(series, key, each.record.month)
            shared = {one for one in others if others.count(one) >= _WITNESSES}
            people, month = each.record.people, each.record.month
            few = LEAP if max(low, people) < _FEW else 0.0
            if leap is None and (
                _is_off(_told(logs, key, month), few)
                or any(is_slip_of(people, one) for one in shared - {people})
                or (people not in others and _scenarios_agree(logs, key, month))
            ):
                leap = low, high
            if leap is not None:
                low, high = leap
                fields = {"people": each.record.people, "low": low, "high": high, "who": key[1]}
                yield Odd(table, each.row, "people", "month_leap", fields)


def _elsewhere(series: Series, key: tuple[str, str], month: dt.date) -> list[float]:
    """Return what other scenarios have for a month of a series.

    Scenarios share what lies before they part: a month that has the number of another is no slip,
    and one that is a slip of what two others have is.
    """
    return [
        rows[month].record.people
        for other, rows in series.items()
        if other[1] == key[1] and other != key and month in rows
    ]


def _beside(rows: Sequence[TypedRow], at: int) -> tuple[float, float]:
    """Return the lesser and the larger of a month's two neighbours; at an end the nearest two."""
    people = [float(each.record.people) for each in rows]
    if at == 0:
        near = people[1:3]
    else:
        near = people[-3:-1] if at == len(rows) - 1 else [people[at - 1], people[at + 1]]
    return min(near), max(near)


def _leap(rows: Sequence[TypedRow], at: int) -> tuple[float, float] | None:
    """Return the neighbours of a month that is a digit away from both of them."""
    people, (low, high) = float(rows[at].record.people), _beside(rows, at)
    ends = at in {0, len(rows) - 1}
    if ends and (high > _ALIKE * low or not people):
        return None
    times = _LEAP_AT_END if ends else LEAP
    above = high > 0 and people >= times * high and people - high >= _FEW
    below = low >= _FEW and people * times <= low
    return (low, high) if above or below else None


def _told(logs: Logs, key: tuple[str, str], month: dt.date) -> Sequence[_Witness]:
    """Return all that tells of a month, the months beside it first; empty where one is at ease.

    They must all tell that it is off in one direction.
    """
    told: list[_Witness] = []
    for each in _witnesses(logs, key, month):
        if not each.is_off or (told and (each.off > 0) is not (told[0].off > 0)):
            return ()
        told.append(each)
    return told if len(told) >= _WITNESSES else ()


def _is_off(told: Sequence[_Witness], few: float) -> bool:
    """Whether a month is so far off by all that tells of it that it is hardly meant."""
    least = _OFF_BY_ALL if len(told) >= _ALL_WITNESSES else _OFF
    return bool(told) and min(abs(each.off) for each in told) >= math.log(max(least, few))


def _scenarios_agree(logs: Logs, key: tuple[str, str], month: dt.date) -> bool:
    """Whether a month alone is off by two other scenarios that keep one distance to its series.

    Scenarios that are made of one another tell of a few people too, and of a month at the end.
    """
    others = [logs[other] for other in logs if other[1] == key[1] and other != key]
    off = {
        at: [
            told.off
            for each in others
            if (told := _beside_other(logs[key], each, at)) and told.is_exact
        ]
        for at in (later(month, -1), month, later(month, 1))
        if at in logs[key]
    }
    here = _least(off.pop(month, ()))
    return abs(here) > math.log(_OFF_BY_ALL) and not any(_least(near) for near in off.values())


def _least(off: Sequence[float]) -> float:
    """Return the least that several tell a month to be off; nothing where they do not agree."""
    agree = len(off) >= _WITNESSES and (min(off) > 0 or max(off) < 0)
    least = min(off, key=abs, default=0.0)
    return least if agree and abs(least) > math.log(_OFF_WHEN_SWAPPED) else 0.0


@dataclass(frozen=True)
class _Witness:
    """What one comparison says of a month: how far off it is, and how far it may be."""

    off: float
    most: float

    @property
    def is_off(self) -> bool:
        return abs(self.off) > self.most

    @property
    def is_exact(self) -> bool:
        """Whether all the other months are as good as alike."""
        return self.most <= _EXACT


def _witnesses(logs: Logs, key: tuple[str, str], month: dt.date) -> Iterator[_Witness]:
    """Yield what the neighbours, the other scenarios and the other streams tell, in that order."""
    own = logs[key]
    beside = [own[near] for near in (later(month, -1), later(month, 1)) if near in own]
    if month not in own or len(beside) < _WITNESSES or max(own[month], *beside) < math.log(_FEWEST):
        return
    changes = [
        own[each] - (own[later(each, -1)] + own[later(each, 1)]) / 2
        for each in own
        if later(each, -1) in own and later(each, 1) in own
        if month not in {each, later(each, -1), later(each, 1)}
    ]
    # Beside the edge of a peak of several months one neighbour is as high: that is no slip.
    steps = [own[month] - each for each in beside]
    away = min(map(abs, steps)) if steps[0] * steps[1] > 0 else 0.0
    yield _Witness(math.copysign(away, steps[0]), _most(changes))
    scenario, name = key
    for others in (
        [other for other in logs if other[1] == name and other != key],
        [other for other in logs if other[0] == scenario and other != key],
    ):
        found = [told for other in others if (told := _beside_other(own, logs[other], month))]
        if found:
            yield _Witness(median(each.off for each in found), median(each.most for each in found))


def _beside_other(
    own: Mapping[dt.date, float], theirs: Mapping[dt.date, float], month: dt.date
) -> _Witness | None:
    """Return what another series tells of a month, by the ratio in the months nearest to it.

    Scenarios part from some month on, so that the nearest months tell most.
    """
    shared = [at for at in own if at in theirs and at != month]
    if month not in theirs or len(shared) < _FEWEST_MONTHS:
        return None
    near = sorted(shared, key=lambda at: abs((at - month).days))[:_FEWEST_MONTHS]
    ratios = [own[at] - theirs[at] for at in near]
    usual = median(ratios)
    return _Witness(own[month] - theirs[month] - usual, _most([each - usual for each in ratios]))


def _most(usual: Sequence[float]) -> float:
    """Return how much a month may be off, by how much the others are."""
    if not usual:
        return math.log(_OFF)
    spread = _OF_NORMAL * median(abs(each) for each in usual)
    return max(_SPREADS * spread, math.log(_OFF_WHEN_SWAPPED))


def _swapped(table: str, series: Series, logs: Logs) -> Iterator[Odd]:
    """Yield two numbers of one month of a scenario that fit where the other stands."""
    off: dict[tuple[str, dt.date], list[str]] = defaultdict(list)
    for key, rows in series.items():
        for month in rows:
            if _told(logs, key, month):
                off[key[0], month].append(key[1])
    for (scenario, month), names in off.items():
        for one, other in combinations(names, 2):
            first, second = series[scenario, one][month], series[scenario, other][month]
            there = _fits(series[scenario, one], month, second)
            if there and _fits(series[scenario, other], month, first):
                for each, who, instead in ((first, one, other), (second, other, one)):
                    fields = {"people": each.record.people, "who": who, "other": instead}
                    yield Odd(table, each.row, "people", "months_swapped", fields)


def _fits(rows: Mapping[dt.date, TypedRow], month: dt.date, instead: TypedRow) -> bool:
    """Whether a number fits between the months beside it."""
    beside = [rows[near] for near in (later(month, -1), later(month, 1)) if near in rows]
    people = [each.record.people for each in (*beside, instead)]
    if len(beside) < _WITNESSES or min(people) <= 0:
        return False
    usual = (math.log(people[0]) + math.log(people[1])) / 2
    return abs(math.log(people[2]) - usual) <= math.log(_FITS)


def months_stand_together(typed: TypedTables) -> Iterator[Finding]:
    """Yield the month of a row that is one too many in a series that lacks another month.

    What the others of its scenario have is what it should have; of two rows of one month that one
    is the slip which stands nearer to where the others have the month that is missing.
    """

    def odd() -> Iterator[Odd]:
        for table, name in _TABLES:
            at: dict[tuple[str, str], list[TypedRow]] = defaultdict(list)
            for each in typed.rows(table):
                at[each.record.scenario, getattr(each.record, name)].append(each)
            for (scenario, who), rows in at.items():
                beside = [mine for key, mine in at.items() if key[0] == scenario and key[1] != who]
                found = _instead(rows, beside)
                if found is not None:
                    slip, month = found
                    fields = {"month": slip.record.month, "missing": month, "who": who}
                    yield Odd(table, slip.row, "month", "month_apart", fields)

    return remarks(typed, odd())


def _instead(
    rows: Sequence[TypedRow], beside: Sequence[Sequence[TypedRow]]
) -> tuple[TypedRow, dt.date] | None:
    """Return the row that stands for another month than the one its series lacks, and that."""
    own = [each.record.month for each in rows]
    expected = (
        set.intersection(*({each.record.month for each in other} for other in beside))
        if beside
        else _without_a_gap(sorted(set(own)))
    )
    missing = expected - set(own)
    apart = [each for each in rows if each.record.month not in expected]
    twice = [each for each in rows if own.count(each.record.month) > 1]
    spare = apart or twice
    if len(rows) < _FEWEST_MONTHS or len(missing) != 1 or len(apart) > 1 or not spare:
        return None
    month = missing.pop()
    there = [each.row for other in beside for each in other if each.record.month == month]
    return min(
        spare, key=lambda each: min((abs(each.row - row) for row in there), default=0)
    ), month


def _without_a_gap(months: Sequence[dt.date]) -> set[dt.date]:
    """Return the months of a series alone, the one that stands apart in the place of a gap."""
    apart = [each for each in months if not {later(each, -1), later(each, 1)} & {*months}]
    if len(apart) != 1:
        return {*months}
    rest = [each for each in months if each != apart[0]]
    return {*rest, *(later(each, 1) for each in rest[:-1])}
