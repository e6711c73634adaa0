"""The figures of the input that limit a plan, as the rules declare them.

A limit gathers every row and bound that moves with one figure: a bed more at a location moves its
limit in every month, and what its province and the reserve count.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

from planner.core.task_control import TaskControl
from planner.core.texts import Text
from planner.explain.changes import (
    with_ceiling,
    with_location,
    with_parameter,
    with_people,
    with_province_staff,
    with_task,
)
from planner.explain.moved_rows import LITTLE, MovedRow, moved_by_people, moved_rows
from planner.explain.solved import Solved
from planner.input.case import Case
from planner.input.kinds import PlaceKind
from planner.input.location import Location
from planner.input.parameters import supplied
from planner.input.records import table
from planner.input.settings import Ceiling
from planner.model.algebra import Sense
from planner.model.build import Problem, RuleRow
from planner.model.rules.limit import LimitKind, OfLocation, OfParameter
from planner.model.rules.rule import Rule
from planner.solver.warm_resolve import Moved, Parts

Looser = Callable[[Case, float], Case]
CellKey = tuple[str, str, str]


@dataclass(frozen=True)
class Limit:
    """A figure of the input that limits the plan.

    `sort` says what it is (beds, school_seats, …) and `subject` of what: a location, group,
    region, province or ceiling. `rows` are the rows it is the limit of, `moved` how all limits
    move when it is one `unit` looser, `looser` the case when it is looser by so much, `cells` the
    cells it stands in (table, key, column). `size` is the figure itself where a row's own limit
    is not. `repairs` says that a planner can change it to mend a shortfall, and `bends` that a
    unit moves coefficients too.
    """

    sort: str
    subject: str
    rule: Rule
    unit: str
    rows: tuple[RuleRow, ...]
    moved: Moved
    looser: Looser
    cells: tuple[CellKey, ...]
    size: float | None = None
    repairs: bool = False
    bends: bool = False

    @property
    def title(self) -> Text:
        """What the figure is called on its sheet; staff stands at several places."""
        if isinstance(self.rule.limit, OfParameter):
            return supplied()[self.rule.limit.parameter].title
        for sheet, _, column in self.cells:
            return table(sheet).column(column).title
        return self.rule.title


_FOUND: WeakKeyDictionary[Solved, tuple[Limit, ...]] = WeakKeyDictionary()


def limits(solved: Solved, control: TaskControl | None = None) -> tuple[Limit, ...]:
    """Return every limit that the input sets, whether it matters or not.

    `CancelledError` where whoever has the `control` waits no longer: of a large plan it takes long.
    """
    if solved not in _FOUND:
        families = (_beds, _dol_parts, _columns, _ceilings, _parameters, _staff, _tasks, _demand)
        control, found = control or TaskControl(), list[Limit]()
        for each in chain.from_iterable(family(solved) for family in families):
            control.check()
            found.append(each)
        _FOUND[solved] = tuple(found)
    return _FOUND[solved]


def _limited_by(solved: Solved, figure: LimitKind) -> Sequence[RuleRow]:
    """Return the rows of the rules that a figure is the limit of."""
    return [
        each for rows in solved.by_rule.values() if rows[0].rule.limit is figure for each in rows
    ]


def _beds(solved: Solved) -> Iterator[Limit]:
    """Yield the beds of each location: a bed more, in every month it can be used."""
    by_location = _by_location(_limited_by(solved, LimitKind.BEDS))
    counting = [
        (beds.at, {(e.row.key.location or e.row.key.province, e.row.key.month): e for e in rows})
        for rows in solved.by_rule.values()
        if (beds := rows[0].rule.beds) is not None
    ]
    for name, rows in by_location.items():
        location = solved.case.locations[name]
        parts: list[tuple[int, float]] = []
        for each in rows:
            month = each.row.key.month
            share = solved.share(location, month) if month is not None else 0.0
            parts += solved.part(each, share)
            for at, counted in counting:
                place = at(location)
                other = None if place is None else counted.get((place, month))
                if other is not None:
                    # More beds there is the same as asking for fewer.
                    parts += solved.part(other, -share)
        yield Limit(
            sort=LimitKind.BEDS.value,
            subject=name,
            rule=rows[0].rule,
            unit="beds",
            rows=tuple(rows),
            moved=Moved(tuple(parts), _place_bounds(solved, location)),
            looser=_field_looser(name, "beds"),
            cells=(("locations", name, "beds"),),
            repairs=True,
        )


def _place_bounds(solved: Solved, location: Location) -> Parts:
    """Return the columns of a location's places whose upper bound is its beds."""
    choose, base = solved.problem.choose, location.type.base_kind
    keys = ((location.id, base, month) for month in solved.case.months)
    return tuple(
        (choose.columns.index(choose.places[key]), 1.0) for key in keys if key in choose.places
    )


def _by_location(rows: Iterable[RuleRow]) -> dict[str, list[RuleRow]]:
    found: dict[str, list[RuleRow]] = defaultdict(list)
    for each in rows:
        found[each.row.key.location].append(each)
    return found


def _field_looser(location: str, field: str) -> Looser:
    """Return how a location's figure grows."""

    def looser(case: Case, by: float) -> Case:
        now = getattr(case.locations[location], field)
        return with_location(case, location, **{field: (now or 0) + by})

    return looser


def _dol_parts(solved: Solved) -> Iterator[Limit]:
    """Yield the separable part of each location: a DOL bed more."""
    choose = solved.problem.choose
    rows_of = _by_location(_limited_by(solved, LimitKind.DOL_PART))
    hanging = _by_location(solved.by_rule.get("dol_within_part", ()))
    shrinking = _by_location(solved.by_rule.get("dol_never_shrinks", ()))
    for name, rows in rows_of.items():
        location = solved.case.locations[name]
        columns = [
            family[key]
            for month in solved.case.months
            for family in (choose.dol_prepared, choose.dol_fitted_out)
            if (key := (name, month)) in family
        ]
        in_use = ((name, PlaceKind.DOL, month) for month in solved.case.months)
        columns += [choose.places[key] for key in in_use if key in choose.places]
        parts: list[tuple[int, float]] = []
        for each in hanging.get(name, []):
            month = each.row.key.month
            parts += () if month is None else solved.part(each, solved.share(location, month))
        for each in shrinking.get(name, []):
            if each.row.sense is Sense.AT_LEAST and name in choose.extend:
                parts += solved.part(each, solved.value(choose.extend[name]) - 1.0)
        yield Limit(
            sort=LimitKind.DOL_PART.value,
            subject=name,
            rule=rows[0].rule,
            unit="beds",
            rows=tuple(rows),
            moved=Moved(tuple(parts), tuple((choose.columns.index(c), 1.0) for c in columns)),
            looser=_field_looser(name, "dol_beds"),
            cells=(("locations", name, "dol_beds"),),
            repairs=True,
        )


def _columns(solved: Solved) -> Iterator[Limit]:
    """Yield the columns of each location that its people stay within: seats, agreed maxima."""
    by_column: dict[str, list[RuleRow]] = defaultdict(list)
    units: dict[str, str] = {}
    for rows in solved.by_rule.values():
        if isinstance(limit := rows[0].rule.limit, OfLocation):
            by_column[limit.column] += rows
            units[limit.column] = limit.unit
    for column, limiting in by_column.items():
        for name, mine in _by_location(limiting).items():
            yield Limit(
                sort=column,
                subject=name,
                rule=mine[0].rule,
                unit=units[column],
                rows=tuple(mine),
                moved=Moved(solved.parts(mine)),
                looser=_field_looser(name, column),
                cells=(("locations", name, column),),
                repairs=True,
            )


def _ceilings(solved: Solved) -> Iterator[Limit]:
    """Yield the ceilings of one or more locations together."""
    rows = deque(_limited_by(solved, LimitKind.CEILING))
    for ceiling in solved.case.ceilings:
        mine = tuple(_rows_of_ceiling(rows, ceiling))
        if mine:
            name, people = ceiling.name, ceiling.people

            def looser(case: Case, by: float, name: str = name, people: int = people) -> Case:
                return with_ceiling(case, name, people + by)  # type: ignore[arg-type] # part of a person

            yield Limit(
                sort=LimitKind.CEILING.value,
                subject=name,
                rule=mine[0].rule,
                unit="persons",
                rows=mine,
                moved=Moved(solved.parts(mine)),
                looser=looser,
                cells=(("ceilings", name, "people"),),
                repairs=True,
            )


def _rows_of_ceiling(rows: deque[RuleRow], ceiling: Ceiling) -> Iterator[RuleRow]:
    """Take a ceiling's rows from those left, which stand by ceiling and then by month.

    Another ceiling may be of the same locations and as many people; it moves by itself.
    """
    last: dt.date | None = None
    while rows:
        key = rows[0].row.key
        month = key.month
        own = key.location == ";".join(ceiling.locations) and ceiling.month in {None, month}
        if not own or month is None or (last is not None and month <= last):
            return
        last = month
        yield rows.popleft()


def _parameters(solved: Solved) -> Iterator[Limit]:
    """Yield the limits that stand as one parameter for all months."""
    for name, rows in solved.by_rule.items():
        if isinstance(limit := rows[0].rule.limit, OfParameter):
            moved = _moved_by_parameter(solved, rows[0].rule, limit)
            if moved:
                yield Limit(
                    sort=name,
                    subject="",
                    rule=rows[0].rule,
                    unit=limit.unit,
                    rows=tuple(each.row for each in moved),
                    moved=Moved(tuple(p for e in moved for p in solved.part(e.row, e.by))),
                    looser=_parameter_looser(limit.parameter, limit.step),
                    cells=(("parameters", limit.parameter, "value"),),
                    repairs=limit.repairs,
                    bends=any(each.bends for each in moved),
                )


def _moved_by_parameter(solved: Solved, rule: Rule, limit: OfParameter) -> list[MovedRow]:
    """Return the rows of a rule that move with a parameter, by how much for a unit of room."""
    looser, choose = _parameter_looser(limit.parameter, limit.step), solved.problem.choose
    if solved.case.parameters.optional(limit.parameter) is None:
        return []
    moved = moved_rows(solved, rule, looser(solved.case, 1.0), choose)
    if moved is not None:
        return moved
    little = moved_rows(solved, rule, looser(solved.case, LITTLE), choose) or ()
    return [MovedRow(each.row, each.by / LITTLE, each.bends) for each in little]


def _parameter_looser(name: str, step: float) -> Looser:
    """Return how a parameter grows or shrinks by steps."""

    def looser(case: Case, by: float) -> Case:
        now = case.parameters.by_name[name].value
        if not isinstance(now, int | float):
            raise TypeError(f"the parameter {name} is no number")
        return with_parameter(case, name, now + step * by)

    return looser


def _staff(solved: Solved) -> Iterator[Limit]:
    """Yield the staff of each region."""
    found: dict[str, list[RuleRow]] = defaultdict(list)
    for each in _limited_by(solved, LimitKind.STAFF):
        found[each.row.key.region].append(each)
    for name, rows in found.items():
        yield Limit(
            sort=LimitKind.STAFF.value,
            subject=name,
            rule=rows[0].rule,
            unit="fte",
            rows=tuple(rows),
            moved=Moved(solved.parts(rows)),
            looser=_staff_looser(name),
            cells=(),
            repairs=True,
        )


def _tasks(solved: Solved) -> Iterator[Limit]:
    """Yield the task of each province."""
    found: dict[str, list[RuleRow]] = defaultdict(list)
    for each in _limited_by(solved, LimitKind.TASK):
        found[each.row.key.province].append(each)
    for name, rows in found.items():
        yield Limit(
            sort=LimitKind.TASK.value,
            subject=name,
            rule=rows[0].rule,
            unit="places",
            rows=tuple(rows),
            moved=Moved(solved.parts(rows, -1.0) + _following(solved, name, rows[0].rule)),
            looser=_task_looser(name),
            cells=(("provinces", name, "task"),),
            size=solved.case.provinces[name].task,
        )


def _following(solved: Solved, province: str, rule: Rule) -> Parts:
    """Return the parts of the rules that follow a province's task and move with it."""
    smaller, parts = with_task(solved.case, province, -1.0), list[tuple[int, float]]()
    for rows in solved.by_rule.values():
        if rows[0].rule.follows == rule.name:
            moved = moved_rows(solved, rows[0].rule, smaller, solved.problem.choose) or ()
            parts += [part for each in moved for part in solved.part(each.row, each.by)]
    return tuple(parts)


def _staff_looser(region: str) -> Looser:
    def looser(case: Case, by: float) -> Case:
        inside = [each for each in case.locations.values() if each.region == region]
        first = inside[0]
        if any(each.staff_fte is None for each in inside):
            return with_province_staff(case, first.province, by)
        return with_location(case, first.id, staff_fte=(first.staff_fte or 0.0) + by)

    return looser


def _task_looser(province: str) -> Looser:
    def looser(case: Case, by: float) -> Case:
        return with_task(case, province, -by)

    return looser


def _demand(solved: Solved) -> Iterator[Limit]:
    """Yield the people expected of each group: a person fewer in every month."""
    found: dict[str, list[RuleRow]] = defaultdict(list)
    for each in _limited_by(solved, LimitKind.DEMAND):
        found[each.row.key.group].append(each)
    moving = moved_by_people(solved)
    for name, rows in found.items():
        others = (part for row, by in moving.get(name, ()) for part in solved.part(row, -by))
        yield Limit(
            sort=LimitKind.DEMAND.value,
            subject=name,
            rule=rows[0].rule,
            unit="persons",
            rows=tuple(rows),
            moved=Moved((*solved.parts(rows, -1.0), *others)),
            looser=_demand_looser(
                solved.problem, name, {e.row.key.month: e.row.limit for e in rows}
            ),
            cells=tuple(("forecast", f"{e.row.key.month}|{name}", "people") for e in rows[:1]),
        )


def _demand_looser(problem: Problem, group: str, present: dict[object, float]) -> Looser:
    def looser(case: Case, by: float) -> Case:
        people = {
            (group, month): max(present[month] - by, 0.0)
            for month in case.months
            if month in present
        }
        return with_people(case, people, problem)

    return looser
