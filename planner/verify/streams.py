"""What the rows of Streams say, read again for the verifier: who goes where, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.tables.case import Case
from planner.tables.kinds import PlaceKind, StayFamily
from planner.tables.people import Stream
from planner.tables.supplied_streams import supplied_streams
from planner.verify.stays import DEFAULT_SPREAD, Term

BACKLOG, WAITING, BEFORE = "backlog", "dublin_before", "_before"
EARLIER, SINCE = 0, 1


@dataclass(frozen=True)
class Spot:
    """People who stay together: a group, or those of it who may not join a DOL group."""

    group: str
    instead_of: str = ""

    @property
    def follows(self) -> str:
        """The group whose rows say where they go."""
        return self.instead_of or self.group


class Rows:
    """The rows by which the people of a case go from stream to group and from group to group."""

    def __init__(self, case: Case) -> None:
        """Keep the workbook's rows, or the supplied ones about groups of the case."""
        self._case = case
        self.rows = case.streams or tuple(
            replace(each, group_before_start=self._or_none(each.group_before_start))
            for each in supplied_streams()
            if each.group in case.groups
        )
        spots = dict.fromkeys(Spot(group) for group in case.groups)
        for row in self.rows:
            if self.is_dol(row.group) and self.waiting(row):
                spots[Spot(self.waiting(row), row.group)] = None
        self.spots = tuple(spots)

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

    def into(self, spot: Spot) -> Iterator[tuple[Stream, tuple[float, float]]]:
        """Yield the rows that bring people to a spot, with the parts of them who come here."""
        trafficked = self._case.parameters.number("trafficking_share")
        for row in self.rows:
            if spot.instead_of:
                if row.group == spot.instead_of and self.waiting(row) == spot.group:
                    yield row, (1.0, trafficked)
            elif row.group == spot.group:
                yield row, (0.0, 1.0 - trafficked) if self.is_dol(row.group) else (1.0, 1.0)

    def share(self, row: Stream, kind: int) -> float:
        """Return a row's part of its stream, of who arrived earlier or since."""
        if row.delay_months:
            return self._figure(row, kind)
        beside = [r for r in self.rows if r.stream == row.stream and not r.delay_months]
        named = sum(self._figure(r, kind) for r in beside if r.share_parameter)
        if row.share_parameter:
            return self._figure(row, kind) / max(named, 1.0)
        if not any(r.share_parameter for r in beside):
            return self._figure(row, kind)
        others = sum(self._figure(r, kind) for r in beside if not r.share_parameter)
        return self._figure(row, kind) / others * max(0.0, 1.0 - named) if others else 0.0

    def _figure(self, row: Stream, kind: int) -> float:
        parameters = self._case.parameters
        earlier = row.share_parameter + BEFORE
        if row.share_parameter and kind == EARLIER and earlier in parameters.by_name:
            return parameters.optional(earlier) or 0.0
        given = parameters.optional(row.share_parameter) if row.share_parameter else row.share
        return given or 0.0

    def term(self, row: Stream) -> Term:
        """Return how long those stay who join by a row."""
        group = self._case.groups[row.group]
        number = self._case.parameters.number
        mean = group.stay_months if row.stay_months is None else row.stay_months
        spread = DEFAULT_SPREAD if row.stay_spread is None else row.stay_spread
        term = Term(row.stay_family, mean, spread, self._longest(row.group))
        if row.stay_family is not StayFamily.DUBLIN_CLOCKS:
            return term
        charge = number("take_charge_share")
        clocks = (
            (number("take_back_months"), 1.0 - charge),
            (number("take_charge_months"), charge),
        )
        told = sum(months * share for months, share in clocks)
        return replace(
            term, mean=told if row.stay_months is None else row.stay_months, clocks=clocks
        )

    def _longest(self, group: str) -> float | None:
        return self._case.parameters.optional("transfer_months") if self.is_dol(group) else None

    def old_term(self, spot: Spot) -> Term:
        """Return how long those stay who are there at the start."""
        group = self._case.groups[spot.instead_of or spot.group]
        into = [row for row in self.rows if row.group == group.group]
        if not into:
            exponential, longest = StayFamily.EXPONENTIAL, self._longest(group.group)
            return Term(exponential, group.stay_months, DEFAULT_SPREAD, longest)
        first = self.term(into[0])
        clocked = first.family is StayFamily.DUBLIN_CLOCKS
        return (
            first
            if clocked or group.stay_months is None
            else replace(first, mean=group.stay_months)
        )
