"""The people who follow from arrivals, counted again: each number from what it is made of.

Where the calculation itself sums whole series at once, this asks backwards, one number at a time:
who is present is who came and has not left, and who came is who left elsewhere. Months count from
the first planned one; those before it are negative.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from planner.tables.case import Case
from planner.tables.months import last_day, later
from planner.tables.people import Stream
from planner.verify.backlog import undecided
from planner.verify.streams import BACKLOG, EARLIER, SINCE, Rows, Spot

GroupMonth = tuple[str, dt.date]

LONGEST_HISTORY = 60


def people_from_arrivals(case: Case) -> dict[GroupMonth, float]:
    """Return the people per group and planned month who follow from the sheet Inflow."""
    counted = _Arriving(case)
    return {
        (group, month): counted.people(group, at)
        for group in case.groups
        for at, month in enumerate(case.months)
    }


class _Arriving:
    """The people of a case who follow from the sheet Inflow."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rows = Rows(case)
        names = tuple(dict.fromkeys(each.scenario for each in case.inflow))
        only = names[0] if len(names) == 1 else "middle"
        name = case.scenario if case.scenario in names else only
        self._inflow = {
            (each.stream, each.month): each.people for each in case.inflow if each.scenario == name
        }
        self._stock = {group: float(case.people_at_start(group)) for group in case.groups}
        self._waiting_decision = undecided(case, self._rows, self._inflow)
        self._known: dict[tuple[object, ...], float] = {}

    def people(self, group: str, month: int) -> float:
        """Return the people of a group on the first day of a month."""
        return sum(self._present(spot, month) for spot in self._rows.spots if spot.group == group)

    def _once(self, *question: object, answer: Callable[[], float]) -> float:
        if question not in self._known:
            self._known[question] = answer()
        return self._known[question]

    def _present(self, spot: Spot, month: int) -> float:
        people = self._old(spot) * self._rows.old_term(spot).old_present(month)
        for row, _ in self._rows.into(spot):
            term = self._rows.term(row)
            for begin in range(self._earliest(spot), month):
                came = sum(self._came(spot, row, begin, kind) for kind in (EARLIER, SINCE))
                people += came * term.present(month - begin)
        return people + self._queued(spot, month) + self._backlog(spot, month)

    def _came(self, spot: Spot, row: Stream, month: int, kind: int) -> float:
        """Return who joins a spot by a row in a month, as far as the stock does not hold them."""
        if month < 0 and (kind == EARLIER or not self._leads_to_dol(spot)):
            return 0.0
        key = (row.stream, row.group)
        return self._once(
            "came", spot, key, month, kind, answer=lambda: self._comers(spot, row, month, kind)
        )

    def _comers(self, spot: Spot, row: Stream, month: int, kind: int) -> float:
        part = next(parts[kind] for each, parts in self._rows.into(spot) if each == row)
        people = part * self._rows.share(row, kind) * self._later(row, month, kind)
        return people * self._held(spot) if month < 0 else people

    def _later(self, row: Stream, month: int, kind: int) -> float:
        """Return who comes to a row in a month, its delay taken into account."""
        whole = int(row.delay_months or 0.0)
        part = (row.delay_months or 0.0) - whole
        begin = month - whole
        people = self._source(row.stream, begin, kind) * (1.0 - part)
        return people + part * self._source(row.stream, begin - 1, kind) if part else people

    def _source(self, stream: str, month: int, kind: int) -> float:
        return self._once(
            "source", stream, month, kind, answer=lambda: self._leavers_of(stream, month, kind)
        )

    def _leavers_of(self, stream: str, month: int, kind: int) -> float:
        spots = [each for each in self._rows.spots if each.follows == stream]
        if stream == BACKLOG:
            in_time = month >= 0 and kind == EARLIER
            return self._decided(month) if in_time else 0.0
        if not spots:
            since = self._part_since(month)
            return self._arrivals(stream, month) * (since if kind == SINCE else 1.0 - since)
        return sum(self._leaves(each, month, kind) for each in spots) if month >= 0 else 0.0

    def _leaves(self, spot: Spot, month: int, kind: int) -> float:
        """Return who goes on from a spot in a month: out of DOL, only at the transfer term."""
        if self._most(spot, 0) is not None:
            return self._going(spot, month) if kind == SINCE else 0.0
        return self._wanting(spot, month, kind)

    def _wanting(self, spot: Spot, month: int, kind: int) -> float:
        """Return who of a spot is ready to go on in a month."""
        return self._once(
            "wanting", spot, month, kind, answer=lambda: self._ready(spot, month, kind)
        )

    def _ready(self, spot: Spot, month: int, kind: int) -> float:
        late = bool(spot.instead_of) or self._rows.is_dol(spot.group)
        old = self._rows.old_term(spot)
        people = 0.0
        if kind == EARLIER:
            gone = old.old_present(month) - old.old_present(month + 1)
            people = self._old(spot) * (old.old_at_end(month) if late else gone)
        for row, _ in self._rows.into(spot):
            term = self._rows.term(row)
            left = term.at_end if late else term.leaving
            for begin in range(self._earliest(spot), month + 1):
                people += self._came(spot, row, begin, kind) * left(month - begin)
        return people

    def _old(self, spot: Spot) -> float:
        """Return who is there at the start, beside those whose arrival is known."""
        return self._once("old", spot, answer=lambda: self._old_people(spot))

    def _old_people(self, spot: Spot) -> float:
        group = spot.group
        people = self._stock[group] - self._backlog(Spot(group), 0)
        if self._leads_to_dol(Spot(group)):
            people -= self._newcomers(Spot(group)) * self._held(Spot(group))
        weights = {Spot(group): _mean(self._rows, Spot(group))}
        for each in self._rows.spots:
            rows = [r for r in self._rows.rows if r.stream == group and r.group == each.instead_of]
            if each.instead_of and each.group == group and rows:
                share = self._rows.share(rows[0], EARLIER)
                weights[each] = share * _mean(self._rows, each)
        whole = sum(weights.values())
        if whole in (0.0, float("inf")):
            return 0.0 if spot.instead_of else people
        return people * weights.get(spot, 0.0) / whole

    def _leads_to_dol(self, spot: Spot) -> bool:
        """Whether people of a spot go on to a DOL part."""
        rows = [each for each in self._rows.rows if each.stream == spot.group]
        return not spot.instead_of and any(self._rows.is_dol(each.group) for each in rows)

    def _earliest(self, spot: Spot) -> int:
        """Return the first month whose arrivals are followed one by one."""
        start = self._case.parameters.date("dublin_start_date")
        if start is None or not self._leads_to_dol(spot):
            return 0
        first = self._case.months[0]
        ahead = (first.year - start.year) * 12 + first.month - start.month
        return -min(max(ahead, 0), LONGEST_HISTORY)

    def _newcomers(self, spot: Spot) -> float:
        """Return who arrived since the start date, went to a spot, and should be there still."""
        return self._once("newcomers", spot, answer=lambda: self._newcomers_of(spot))

    def _newcomers_of(self, spot: Spot) -> float:
        people = 0.0
        for row, parts in self._rows.into(spot):
            term = self._rows.term(row)
            for begin in range(self._earliest(spot), 0):
                share = parts[SINCE] * self._rows.share(row, SINCE)
                people += share * self._later(row, begin, SINCE) * term.present(-begin)
        return people

    def _held(self, spot: Spot) -> float:
        """Return the part of the newcomers for whom there is room in the people counted."""
        there, stock = self._newcomers(spot), self._stock[spot.group]
        return stock / there if there > stock else 1.0

    def _most(self, spot: Spot, month: int) -> float | None:
        """Return the most people who leave a spot in a month, `None` where nothing limits it."""
        rows = [each for each in self._rows.rows if each.group == spot.group]
        name = next((each.leave_parameter for each in rows if each.leave_parameter), "")
        if not name or spot.instead_of:
            return None
        most = self._case.parameters.optional(name, self._case.months[month])
        return float("inf") if most is None else most

    def _queued(self, spot: Spot, month: int) -> float:
        """Return who would have left a spot before a month and could not."""
        if month == 0 or self._most(spot, 0) is None:
            return 0.0
        return self._once("queued", spot, month, answer=lambda: self._left_over(spot, month - 1))

    def _left_over(self, spot: Spot, month: int) -> float:
        most = self._most(spot, month)
        ready = self._queued(spot, month) + self._all_wanting(spot, month)
        return 0.0 if most is None else max(0.0, ready - most)

    def _all_wanting(self, spot: Spot, month: int) -> float:
        return sum(self._wanting(spot, month, kind) for kind in (EARLIER, SINCE))

    def _going(self, spot: Spot, month: int) -> float:
        ready = self._queued(spot, month) + self._all_wanting(spot, month)
        return ready - self._left_over(spot, month)

    def _backlog(self, spot: Spot, month: int) -> float:
        """Return the backlog in a spot that is not decided before a month."""
        waiting = self._waiting_decision.get(spot.group)
        return 0.0 if waiting is None or spot.instead_of else waiting[month]

    def _decided(self, month: int) -> float:
        return sum(each[month] - each[month + 1] for each in self._waiting_decision.values())

    def _arrivals(self, stream: str, month: int) -> float:
        return self._inflow.get((stream, later(self._case.months[0], month)), 0.0)

    def _part_since(self, month: int) -> float:
        """Return the part of a month that lies on or after the start date for DOL."""
        start = self._case.parameters.date("dublin_start_date")
        begin = later(self._case.months[0], month)
        days = last_day(begin).day
        if start is None:
            return 1.0
        return min(1.0, max(0.0, (days - (start - begin).days) / days))


def _mean(rows: Rows, spot: Spot) -> float:
    term = rows.old_term(spot)
    return float("inf") if term.mean is None else term.real_mean()
