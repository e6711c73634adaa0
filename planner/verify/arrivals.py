"""The people who follow from arrivals, counted again: each number from what it is made of.

Where the calculation itself sums whole series at once, this asks backwards, one number at a time:
who is present is who came and has not left, and who came is who left elsewhere. Months count from
the first planned one; those before it are negative.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from planner.input.case import Case
from planner.input.months import last_day, later
from planner.input.streams import Stream
from planner.verify.backlog import decided_elsewhere, still_waiting
from planner.verify.border import BORDER, from_the_border
from planner.verify.stays import Term
from planner.verify.streams import (
    BACKLOG,
    EARLIER,
    PERMIT_HOLDERS,
    PERMITS,
    SINCE,
    Cohort,
    FlowRows,
)

GroupMonth = tuple[str, dt.date]

LONGEST_HISTORY = 60
KINDS = (EARLIER, SINCE)


def people_from_arrivals(case: Case) -> dict[GroupMonth, float]:
    """Return the people per group and planned month who follow from the sheet Inflow."""
    counted = _Arriving(case)
    return {
        (group, month): counted.people(group, at)
        for group in case.groups
        for at, month in enumerate(case.months)
    }


def newcomers_from_arrivals(case: Case) -> dict[GroupMonth, float]:
    """Return who of each group came so lately, by month, that school may wait for them."""
    counted = _Arriving(case)
    pupils = [name for name, group in case.groups.items() if group.school_share]
    return {
        (group, month): counted.newcomers(group, at)
        for group in pupils
        for at, month in enumerate(case.months)
    }


class _Arriving:
    """The people of a case who follow from the sheet Inflow."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rows = FlowRows(case)
        names = tuple(dict.fromkeys(each.scenario for each in case.inflow))
        only = names[0] if len(names) == 1 else "middle"
        name = case.scenario if case.scenario in names else only
        self._inflow = {
            (each.stream, each.month): each.people for each in case.inflow if each.scenario == name
        }
        self._elsewhere = decided_elsewhere(case, self._inflow)
        self._method, self._waits = still_waiting(case)
        self._earliest = self._first_followed()
        self._known: dict[tuple[object, ...], float] = {}
        self._limits: dict[Cohort, str] = {}

    def people(self, group: str, month: int) -> float:
        """Return the people of a group on the first day of a month."""
        return sum(self._present(spot, month) for spot in self._rows.spots if spot.group == group)

    def newcomers(self, group: str, month: int) -> float:
        """Return who joined a group from outside or from registration in the months before."""
        waits = int(self._rows.number("school_access_months", self._month(month)) or 0.0)
        people = 0.0
        for spot in self._rows.spots:
            for row, _ in self._rows.into(spot) if spot.group == group else ():
                if not self._from_outside(row):
                    continue
                for begin in range(max(month - waits, self._earliest), month):
                    kept = self._held(spot) if begin < 0 else 1.0
                    for kind in KINDS:
                        joined = self._came(spot, row, begin, kind) * kept
                        term = self._rows.term(row, kind, self._month(begin))
                        people += joined * term.present(month - begin) if joined else 0.0
        return people

    def _from_outside(self, row: Stream) -> bool:
        if self._rows.from_spot(row):
            return row.stream in self._case.groups and self._case.groups[row.stream].registers
        return row.stream not in {BACKLOG, BORDER}

    def _once(self, *question: object, answer: Callable[[], float]) -> float:
        if question not in self._known:
            self._known[question] = answer()
        return self._known[question]

    def _month(self, at: int) -> dt.date:
        return later(self._case.months[0], at)

    def _first_followed(self) -> int:
        """Return the first month whose arrivals are followed one by one."""
        start, first = self._case.parameters.date("dublin_start_date"), self._case.months[0]
        if start is None:
            return 0
        ahead = (first.year - start.year) * 12 + first.month - start.month
        return -min(max(ahead, 0), LONGEST_HISTORY)

    def _present(self, spot: Cohort, month: int) -> float:
        people = self._old_present(spot, month) + self._queued(spot, month)
        for joined, begin, term in self._joined(spot, month - 1):
            people += joined * term.present(month - begin)
        return people + sum(held for held, _ in self._held_by_cohort(spot, month - 1))

    def _joined(self, spot: Cohort, last: int) -> Iterator[tuple[float, int, Term]]:
        """Yield who joined a spot by a month and counts in the plan: how many, when, how long."""
        for row, _ in self._rows.into(spot):
            for begin in range(self._earliest, last + 1):
                kept = self._held(spot) if begin < 0 else 1.0
                for kind in KINDS:
                    people = self._came(spot, row, begin, kind) * kept
                    if people:
                        yield people, begin, self._rows.term(row, kind, self._month(begin))

    def _came(self, spot: Cohort, row: Stream, month: int, kind: int) -> float:
        """Return who joins a spot by a row in a month; before the plan, only newcomers."""
        if month < 0 and kind == EARLIER:
            return 0.0
        question = "came", spot, self._rows.number_of(row), month, kind
        return self._once(*question, answer=lambda: self._comers(spot, row, month, kind))

    def _comers(self, spot: Cohort, row: Stream, month: int, kind: int) -> float:
        """Return who comes to a spot by a row in a month, its delay taken into account."""
        whole = int(row.delay_months or 0.0)
        part = (row.delay_months or 0.0) - whole
        people = self._sent(spot, row, month - whole, kind) * (1.0 - part)
        return people + part * self._sent(spot, row, month - whole - 1, kind) if part else people

    def _sent(self, spot: Cohort, row: Stream, month: int, kind: int) -> float:
        """Return who of a row's stream is bound for a spot in the month that they set out."""
        share = self._rows.share(row, kind, self._month(month))
        part = next(parts[kind] for other, parts in self._rows.into(spot) if other is row)
        if not share:
            return 0.0
        if self._rows.comes_back(row):
            # Who was kept out of DOL stays out of it when he is back.
            group = spot.group if spot.instead_of else row.stream
            before = Cohort(group, row.stage_left, row.stream if spot.instead_of else "")
            return share * self._absconded(before, month, kind)
        return share * part * self._source(row, month, kind)

    def _source(self, row: Stream, month: int, kind: int) -> float:
        here = (row.stream, row.stage_left)
        return self._once(
            "source", here, month, kind, answer=lambda: self._leavers_of(row, month, kind)
        )

    def _leavers_of(self, row: Stream, month: int, kind: int) -> float:
        if self._rows.from_spot(row):
            here = (row.stream, row.stage_left)
            spots = [each for each in self._rows.spots if each.follows == here]
            return sum(self._leaves(each, month, kind) for each in spots)
        if row.stream == BACKLOG:
            in_time = month >= 0 and kind == EARLIER
            return self._elsewhere.get(self._month(month), 0.0) if in_time else 0.0
        if row.stream == PERMITS:
            return self._granted(month, kind)
        since = self._part_since(month)
        arrived = self._inflow.get((row.stream, self._month(month)), 0.0)
        if row.stream == BORDER:
            arrived = from_the_border(self._case, self._inflow, self._month(month))
        return arrived * (since if kind == SINCE else 1.0 - since)

    def _granted(self, month: int, kind: int) -> float:
        """Return who gets a permit by a decision in a month."""
        return sum(
            self._came(spot, row, month, kind)
            for spot in self._rows.spots
            if spot.group == PERMIT_HOLDERS
            for row, _ in self._rows.into(spot)
            if self._rows.from_spot(row)
        )

    def _leaves(self, spot: Cohort, month: int, kind: int) -> float:
        """Return who goes on from a spot in a month: out of DOL, only at the transfer term."""
        late = self._late(spot)
        if self._limited(spot):
            return self._going(spot, month) if kind == SINCE and month >= 0 else 0.0
        if late:
            return self._at_end(spot, month, kind)
        return self._wanting(spot, month, kind)

    def _late(self, spot: Cohort) -> bool:
        return bool(spot.instead_of) or self._rows.is_dol(spot.group)

    def _wanting(self, spot: Cohort, month: int, kind: int) -> float:
        """Return who of a spot is ready to go on in a month."""
        return self._once(
            "wanting", spot, month, kind, answer=lambda: self._ready(spot, month, kind)
        )

    def _cohorts(
        self, spot: Cohort, month: int, kind: int
    ) -> Iterator[tuple[float, Callable[[int], float], Callable[[int], float], Term, int]]:
        """Yield each part of a spot's people with what leaves of it and what reaches the end.

        In a month of the plan those who came before it count as far as the stock holds them.
        """
        for row, _ in self._rows.into(spot):
            for begin in range(self._earliest, month + 1):
                kept = self._held(spot) if begin < 0 <= month else 1.0
                people = self._came(spot, row, begin, kind) * kept
                if people:
                    term = self._rows.term(row, kind, self._month(begin))
                    yield people, term.leaving, term.at_end, term, begin
        if kind == EARLIER and month >= 0:
            term = self._rows.old_term(spot)
            yield self._old(spot), term.old_leaving, term.old_at_end, term, 0

    def _ready(self, spot: Cohort, month: int, kind: int) -> float:
        people = 0.0
        for joined, leaving, _, term, begin in self._cohorts(spot, month, kind):
            old = leaving == term.old_leaving
            people += 0.0 if old else joined * leaving(month - begin)
        if kind == EARLIER and month >= 0:
            people += self._old_present(spot, month) - self._old_present(spot, month + 1)
        return people

    def _at_end(self, spot: Cohort, month: int, kind: int) -> float:
        """Return who reaches the transfer term in a month, those held back until then too."""
        return self._once("end", spot, month, kind, answer=lambda: self._ended(spot, month, kind))

    def _ended(self, spot: Cohort, month: int, kind: int) -> float:
        people = sum(
            joined * at_end(month - begin)
            for joined, _, at_end, _, begin in self._cohorts(spot, month, kind)
        )
        return people + self._held_to_the_end(spot, month, kind)

    def _absconded(self, spot: Cohort, month: int, kind: int) -> float:
        """Return who leaves DOL before the term without being transferred."""
        return self._once("gone", spot, month, kind, answer=lambda: self._gone(spot, month, kind))

    def _gone(self, spot: Cohort, month: int, kind: int) -> float:
        return sum(
            joined * (leaving(month - begin) - at_end(month - begin)) * (1.0 - self._due(term))
            for joined, leaving, at_end, term, begin in self._cohorts(spot, month, kind)
        )

    def _due(self, term: Term) -> float:
        """Return the part of those who leave before their term who are to be transferred."""
        share = self._case.parameters.number("dublin_transferred_share")
        early = 1.0 - term.reaching()
        return min(1.0, share / early) if early > 0 else 0.0

    def _stopped(self, month: int) -> float:
        stop = (
            self._rows.number("dublin_transfers_stopped", self._month(month)) if month >= 0 else 0
        )
        return stop or 0.0

    def _kept(self, month: int) -> float:
        """Return the part of those held back who are still so at the end of a month."""
        before = self._stopped(month - 1)
        return min(1.0, self._stopped(month) / before) if before else 0.0

    def _held_by_cohort(
        self, spot: Cohort, month: int, only: int | None = None
    ) -> Iterator[tuple[float, float]]:
        """Yield of each cohort who is held back at the end of a month, and whose term ended in it.

        Both are nothing where no transfers are stopped.
        """
        if month < 0 or not self._late(spot) or not any(map(self._stopped, range(month + 1))):
            return
        for kind in KINDS if only is None else (only,):
            for joined, leaving, at_end, term, begin in self._cohorts(spot, month, kind):
                held = ended = 0.0
                for at in range(max(begin, 0), month + 1):
                    due = leaving(at - begin) - at_end(at - begin)
                    caught = joined * due * self._due(term) * self._stopped(at)
                    held, ended = held * self._kept(at) + caught, 0.0
                    if term.longest is not None and at - begin >= term.longest:
                        held, ended = 0.0, held
                yield held, ended

    def _held_to_the_end(self, spot: Cohort, month: int, kind: int) -> float:
        return sum(ended for _, ended in self._held_by_cohort(spot, month, kind))

    def _old_present(self, spot: Cohort, month: int) -> float:
        """Return who is there still of those at the start, beside those who wait in a queue."""
        term, people = self._rows.old_term(spot), self._preparing(spot)
        if self._order(spot) is None or month <= self._method:
            return people * term.old_present(month)
        return people * term.old_present(self._method) - self._taken(spot, month)

    def _order(self, spot: Cohort) -> int | None:
        stage = self._rows.stage(spot.group, spot.stage, self._case.months[0])
        return None if stage is None or spot.instead_of else stage.run_off_order

    def _taken(self, spot: Cohort, month: int) -> float:
        """Return who of a spot is decided before a month since the new method began."""
        waiting = {
            each: self._preparing(each) * self._rows.old_term(each).old_present(self._method)
            for each in self._rows.spots
            if self._order(each) is not None
        }
        mine = self._order(spot) or 0
        first = sum(n for each, n in waiting.items() if (self._order(each) or 0) < mine)
        beside = sum(n for each, n in waiting.items() if self._order(each) == mine)
        turn = sum(waiting.values()) * (1.0 - self._waits[month]) - first
        return waiting[spot] / beside * min(max(turn, 0.0), beside) if beside else 0.0

    def _old(self, spot: Cohort) -> float:
        """Return who is there at the start, beside those whose arrival is known."""
        return self._once("old", spot, answer=lambda: self._old_people(spot))

    def _old_people(self, spot: Cohort) -> float:
        if spot.instead_of:
            return sum(
                self._divided(each).get(spot, 0.0)
                for each in self._rows.spots
                if each.group == spot.group and not each.instead_of
            )
        return self._divided(spot).get(spot, 0.0)

    def _divided(self, spot: Cohort) -> dict[Cohort, float]:
        """Return the people of a spot at the start, and which of them have to stay out of DOL."""
        own = [e for e in self._rows.spots if e.group == spot.group and not e.instead_of]
        parts = [self._share_at_start(each) for each in own]
        parts[0] += max(0.0, 1.0 - sum(parts))
        stock = float(self._case.people_at_start(spot.group))
        rest = stock - self._newcomers(spot.group) * self._fits(spot.group)
        people = rest * parts[own.index(spot)] / sum(parts)
        weights = {spot: _mean(self._rows, spot)}
        for each in self._rows.spots:
            for row in self._rows.rows:
                apart = each.instead_of == row.group and each.stage == row.stage
                here = (row.stream, row.stage_left) == (spot.group, spot.stage)
                if apart and here and each.group == spot.group:
                    share = self._rows.share(row, EARLIER, self._case.months[0])
                    weights[each] = share * _mean(self._rows, each)
        whole = sum(weights.values())
        if whole in {0.0, float("inf")}:
            return {spot: people}
        return {each: people * weight / whole for each, weight in weights.items()}

    def _share_at_start(self, spot: Cohort) -> float:
        stage = self._rows.stage(spot.group, spot.stage, self._case.months[0])
        return 0.0 if stage is None else stage.share_at_start or 0.0

    def _newcomers(self, group: str) -> float:
        """Return who arrived since the start date, came to a group, and should be there still."""
        return self._once("newcomers", group, answer=lambda: self._newcomers_of(group))

    def _newcomers_of(self, group: str) -> float:
        return sum(
            self._came(spot, row, begin, SINCE)
            * self._rows.term(row, SINCE, self._month(begin)).present(-begin)
            for spot in self._rows.spots
            if spot.group == group and not self._limited(spot)
            for row, _ in self._rows.into(spot)
            for begin in range(self._earliest, 0)
        )

    def _fits(self, group: str) -> float:
        """Return the part of the newcomers for whom there is room in the people counted."""
        return self._once("fits", group, answer=lambda: self._room_for(group))

    def _room_for(self, group: str) -> float:
        there, stock = self._newcomers(group), float(self._case.people_at_start(group))
        return stock / there if there > stock else 1.0

    def _held(self, spot: Cohort) -> float:
        """Return the part of a spot's newcomers who count in the plan as such."""
        return 0.0 if self._limited(spot) else self._fits(spot.group)

    def _limited(self, spot: Cohort) -> bool:
        """Whether only so many can leave a spot in a month."""
        return bool(self._limit_name(spot))

    def _limit_name(self, spot: Cohort) -> str:
        if spot not in self._limits:
            self._limits[spot] = self._limit_in_rows(spot)
        return self._limits[spot]

    def _limit_in_rows(self, spot: Cohort) -> str:
        here = (spot.group, spot.stage)
        rows = [each for each in self._rows.rows if (each.group, each.stage) == here]
        name = next((each.leave_parameter for each in rows if each.leave_parameter), "")
        return "" if spot.instead_of else name

    def _most(self, spot: Cohort, month: int) -> float:
        """Return the most people who leave a spot in a month."""
        most = self._case.parameters.optional(self._limit_name(spot), self._month(month))
        return float("inf") if most is None else most

    def _preparing(self, spot: Cohort) -> float:
        """Return who of those at the start cannot leave yet; the others wait in the queue."""
        people = self._old(spot)
        if not self._limited(spot):
            return people
        mean, most = _mean(self._rows, spot), self._most(spot, 0)
        return people if float("inf") in {mean, most} else min(people, mean * most)

    def _queued(self, spot: Cohort, month: int) -> float:
        """Return who would have left a spot before a month and could not."""
        if not self._limited(spot):
            return 0.0
        if month == 0:
            return self._old(spot) - self._preparing(spot)
        return self._once("queued", spot, month, answer=lambda: self._left_over(spot, month - 1))

    def _left_over(self, spot: Cohort, month: int) -> float:
        ready = self._queued(spot, month) + self._all_wanting(spot, month)
        return max(0.0, ready - self._most(spot, month))

    def _all_wanting(self, spot: Cohort, month: int) -> float:
        return sum(self._wanting(spot, month, kind) for kind in KINDS)

    def _going(self, spot: Cohort, month: int) -> float:
        ready = self._queued(spot, month) + self._all_wanting(spot, month)
        return ready - self._left_over(spot, month)

    def _part_since(self, month: int) -> float:
        """Return the part of a month that lies on or after the start date for DOL."""
        start = self._case.parameters.date("dublin_start_date")
        begin = self._month(month)
        days = last_day(begin).day
        if start is None:
            return 1.0
        return min(1.0, max(0.0, (days - (start - begin).days) / days))


def _mean(rows: FlowRows, spot: Cohort) -> float:
    term = rows.old_term(spot)
    return float("inf") if term.mean is None else term.real_mean()
