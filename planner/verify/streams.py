"""What Streams and Stages say, read again for the verifier: who goes where, for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from planner.input.case import Case
from planner.input.kinds import PlaceKind, StayFamily
from planner.input.months import last_day
from planner.input.streams import Stage, Stream
from planner.input.supplied_streams import supplied_stages, supplied_streams
from planner.verify.stays import Term

BACKLOG, PERMITS, PERMIT_HOLDERS = "backlog", "permits", "permit_holders"
WAITING, REGISTRATION, BEFORE = "dublin_before", "in_registration", "_before"
EARLIER, SINCE = 0, 1
_DAYS_A_MONTH = 365.25 / 12

Dated = TypeVar("Dated", Stream, Stage)
_Sorted = dict[tuple[str, ...], list[Dated]]


class Cohort(NamedTuple):
    """People who stay together: a stage of a group, or those who may not join a DOL group."""

    group: str
    stage: str = ""
    instead_of: str = ""

    @property
    def follows(self) -> tuple[str, str]:
        """The group and stage whose rows say where they go."""
        return self.instead_of or self.group, self.stage


class FlowRows:
    """The rows by which the people of a case go from stream to group and from group to group."""

    def __init__(self, case: Case) -> None:
        """Keep the workbook's rows, or the supplied ones about groups of the case."""
        self._case = case
        self.rows = case.streams or tuple(self._supplied())
        ways = [(row.group, row.stage) for row in self.rows]
        ways += [(row.stream, row.stage_left) for row in self.rows]
        ways = [way for way in ways if way[0] in case.groups]
        known = (each for each in supplied_stages() if (each.group, each.stage) in ways)
        self.stages = case.stages or tuple(known)
        # Looked up for every row and month of a case.
        self._same = _by(self.rows, _way)
        self._leaving_at_once = _by([e for e in self.rows if not e.delay_months], _source)
        self._stages_of = _by(self.stages, lambda each: (each.group, each.stage))
        spots: dict[Cohort, None] = {}
        for group in case.groups:
            found = [row.stage for row in self.rows if row.group == group]
            found += [row.stage_left for row in self.rows if row.stream == group]
            found += [each.stage for each in self.stages if each.group == group]
            spots |= dict.fromkeys(Cohort(group, stage) for stage in found or [""])
        for row in self.rows:
            if self.is_dol(row.group) and self.waiting(row):
                spots[Cohort(self.waiting(row), row.stage, row.group)] = None
        self.spots = tuple(spots)
        self._left = frozenset(spot.follows for spot in self.spots)
        # Asked for every row and month of a case; a row is known by its place among the rows.
        self._at = {id(row): at for at, row in enumerate(self.rows)}
        self._terms: dict[tuple[int, int, dt.date], Term] = {}
        self._into: dict[Cohort, tuple[tuple[Stream, tuple[float, float]], ...]] = {}

    def number_of(self, row: Stream) -> int:
        """Return which of the rows it is."""
        return self._at[id(row)]

    def _supplied(self) -> Iterator[Stream]:
        groups = self._case.groups
        first = next(row.stream for row in supplied_streams() if row.group == REGISTRATION)
        for row in supplied_streams():
            if row.group not in groups:
                continue
            passed = row.stream == REGISTRATION and REGISTRATION not in groups
            here = replace(row, stream=first, stage_left="") if passed else row
            yield replace(here, group_before_start=self._or_none(row.group_before_start))

    def _or_none(self, group: str) -> str:
        return group if group in self._case.groups else ""

    def is_dol(self, group: str) -> bool:
        """Whether a group's own places are in a DOL part."""
        return self._case.groups[group].prefers(PlaceKind.DOL)

    def waiting(self, row: Stream) -> str:
        """Return the group of those whom a row may not bring into DOL, empty where unknown."""
        if row.group_before_start:
            return row.group_before_start
        return self._or_none(row.stream) or self._or_none(WAITING)

    def comes_back(self, row: Stream) -> bool:
        """Whether a row is about people who absconded from DOL."""
        return (
            row.stream in self._case.groups and self.is_dol(row.stream) and self.is_dol(row.group)
        )

    def from_spot(self, row: Stream) -> bool:
        """Whether a row is about who leaves a group, and not about a stream."""
        return (row.stream, row.stage_left) in self._left

    def into(self, spot: Cohort) -> tuple[tuple[Stream, tuple[float, float]], ...]:
        """Return the rows that bring people to a spot, with the parts of them who come here."""
        if spot not in self._into:
            self._into[spot] = tuple(self._bringing(spot))
        return self._into[spot]

    def _bringing(self, spot: Cohort) -> Iterator[tuple[Stream, tuple[float, float]]]:
        trafficked = self._case.parameters.number("trafficking_share")
        for row in self.rows:
            if row.stage != spot.stage:
                continue
            if spot.instead_of:
                if row.group == spot.instead_of and self.waiting(row) == spot.group:
                    yield row, (1.0, trafficked)
            elif row.group == spot.group:
                yield row, (0.0, 1.0 - trafficked) if self.is_dol(row.group) else (1.0, 1.0)

    def share(self, row: Stream, kind: int, month: dt.date) -> float:
        """Return a row's part of its stream, of who arrived earlier or since, in a month."""
        if not self._holds(row, month):
            return 0.0
        if row.delay_months:
            return self._figure(row, kind, month)
        at_once = self._leaving_at_once.get(_source(row), [])
        beside = [other for other in at_once if self._holds(other, month)]
        named = sum(self._figure(r, kind, month) for r in beside if r.share_parameter)
        own = self._figure(row, kind, month)
        if row.share_parameter:
            return own / max(named, 1.0)
        if not any(other.share_parameter for other in at_once):
            return own
        others = sum(self._figure(r, kind, month) for r in beside if not r.share_parameter)
        whole = max(others, 1.0) if row.stage_left else others
        return own / whole * max(0.0, 1.0 - named) if whole else 0.0

    def _holds(self, row: Stream, month: dt.date) -> bool:
        """Whether a row is the one of its kind that counts in a month."""
        return _valid(self._same.get(_way(row), []), month) is row

    def _figure(self, row: Stream, kind: int, month: dt.date) -> float:
        if not row.share_parameter:
            return row.share or 0.0
        return self.number(row.share_parameter, month, earlier=kind == EARLIER) or 0.0

    def number(self, name: str, month: dt.date, *, earlier: bool = False) -> float | None:
        """Return a parameter as it is in a month, that of earlier arrivals where there is one."""
        parameters = self._case.parameters
        if earlier and name + BEFORE in parameters.by_name:
            name += BEFORE
        for row in parameters.dated.get(name, ()):
            if _within(row.valid_from, row.valid_until, month):
                return float(row.value) if isinstance(row.value, int | float) else None
        return parameters.optional(name)

    def term(self, row: Stream, kind: int, month: dt.date) -> Term:
        """Return how long those stay who join by a row in a month."""
        question = self.number_of(row), kind, month
        if question not in self._terms:
            self._terms[question] = self._stay(row, kind, month)
        return self._terms[question]

    def _stay(self, row: Stream, kind: int, month: dt.date) -> Term:
        passed = row.delay_months or 0.0 if row.stream in self._case.groups else 0.0
        longest = self._longest(row.group, row.stage, month, passed)
        stage = self.stage(row.group, row.stage, month)
        if stage is None or row.stay_months is not None:
            return self._term(row, row.stay_months, row.group, month, longest)
        return self._staged(stage, kind, month, longest)

    def stage(self, group: str, name: str, month: dt.date) -> Stage | None:
        """Return the row of Stages that counts in a month."""
        return _valid(self._stages_of.get((group, name), []), month)

    def _staged(self, stage: Stage, kind: int, month: dt.date, longest: float | None) -> Term:
        mean = stage.stay_months
        if stage.stay_parameter:
            mean = self.number(stage.stay_parameter, month, earlier=kind == EARLIER)
            unit = self._case.parameters.by_name[stage.stay_parameter].unit
            if mean is not None and unit.startswith("days"):
                mean /= _DAYS_A_MONTH
            elif mean is not None and unit.startswith("weeks"):
                mean /= _DAYS_A_MONTH / 7
        return self._term(stage, mean, stage.group, month, longest)

    def _term(
        self,
        said: Stream | Stage,
        mean: float | None,
        group: str,
        month: dt.date,
        longest: float | None,
    ) -> Term:
        spread = said.stay_spread
        if spread is None:
            spread = self.number("stay_spread", month) or 0.0
        stage = said.stage
        whole = self._own_mean(group, stage) if mean is None else mean
        term = Term(said.stay_family, whole, spread, longest)
        if said.stay_family is not StayFamily.DUBLIN_CLOCKS:
            return term
        charge = self.number("take_charge_share", month) or 0.0
        clocks = (
            (self.number("take_back_months", month) or 0.0, 1.0 - charge),
            (self.number("take_charge_months", month) or 0.0, charge),
        )
        told = sum(months * share for months, share in clocks)
        return term._replace(mean=told if mean is None else mean, clocks=clocks)

    def _own_mean(self, group: str, stage: str) -> float | None:
        """Return a group's own stay: nothing where a rate says how many leave in a month."""
        return 0.0 if self._by_rate(group, stage) else self._case.groups[group].stay_months

    def _by_rate(self, group: str, stage: str) -> bool:
        rows = [r for r in self.rows if (r.group, r.stage) == (group, stage)]
        return any(row.leave_parameter for row in rows)

    def _longest(self, group: str, stage: str, month: dt.date, passed: float) -> float | None:
        if not self.is_dol(group):
            return None
        said = self.stage(group, stage, month)
        name = said.term_parameter if said is not None and said.term_parameter else ""
        term = self.number(name or "transfer_months", month)
        if term is None or not passed:
            return term
        return max(term - passed, self.number("transfer_months_after_return", month) or 0.0)

    def old_term(self, spot: Cohort) -> Term:
        """Return how long those stay who are there at the start."""
        month = self._case.months[0]
        group = self._case.groups[spot.instead_of or spot.group]
        longest = self._longest(group.group, spot.stage, month, 0.0)
        stage = self.stage(group.group, spot.stage, month)
        if stage is not None:
            return self._staged(stage, EARLIER, month, longest)
        into = [r for r in self.rows if (r.group, r.stage) == (group.group, spot.stage)]
        if not into:
            return Term(StayFamily.EXPONENTIAL, group.stay_months, 0.0, longest)
        first = self.term(into[0], SINCE, month)
        clocked = first.family is StayFamily.DUBLIN_CLOCKS
        return (
            first
            if clocked or self._by_rate(group.group, spot.stage) or group.stay_months is None
            else first._replace(mean=group.stay_months)
        )


def _way(row: Stream) -> tuple[str, ...]:
    """Return from where to where a row leads."""
    return row.stream, row.stage_left, row.group, row.stage


def _source(row: Stream) -> tuple[str, ...]:
    """Return the stream, or group and stage, that a row leads from."""
    return row.stream, row.stage_left


def _by(rows: Sequence[Dated], key: Callable[[Dated], tuple[str, ...]]) -> _Sorted[Dated]:
    """Return rows by a key, in their order."""
    found: _Sorted[Dated] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _valid(rows: Sequence[Dated], month: dt.date) -> Dated | None:
    """Return the row that counts in a month: one for that time before one without dates."""
    always = None
    for row in rows:
        if row.valid_from is None and row.valid_until is None:
            always = always or row
        elif _within(row.valid_from, row.valid_until, month):
            return row
    return always


def _within(begin: dt.date | None, end: dt.date | None, month: dt.date) -> bool:
    return (begin or month) <= month and (end or last_day(month)) >= last_day(month)
