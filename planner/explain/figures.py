"""The figures of the input that limit a plan, family by family.

A limit gathers every row and bound that moves with one figure: a bed more at a location moves its
limit in every month, and what its province and the reserve count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from planner.explain.changes import (
    with_ceiling,
    with_location,
    with_parameter,
    with_people,
    with_province_staff,
    with_task,
)
from planner.explain.solved import Solved
from planner.input.case import Case
from planner.input.kinds import LocationType, PlaceKind
from planner.input.location import Location
from planner.model.algebra import Sense
from planner.model.build import RuleRow
from planner.model.rules.arrival import WEEKS_A_MONTH, arrivals_per_person
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
    is not.
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


def limits(solved: Solved) -> Iterator[Limit]:
    """Yield every limit that the input sets, whether it matters or not."""
    for family in (_beds, _dol_parts, _facilities, _ceilings, _parameters, _norm, _staff, _demand):
        yield from family(solved)


def _beds(solved: Solved) -> Iterator[Limit]:
    """Yield the beds of each location: a bed more, in every month it can be used."""
    by_location = _by_location(solved.by_rule.get("places_within_beds", ()))
    counting = {
        name: {(e.row.key.location or e.row.key.province, e.row.key.month): e for e in rows}
        for name, rows in solved.by_rule.items()
        if name in _ADD_UP_BEDS
    }
    for name, rows in by_location.items():
        location = solved.case.locations[name]
        parts: list[tuple[int, float]] = []
        for each in rows:
            month = each.row.key.month
            share = solved.share(location, month) if month is not None else 0.0
            parts += solved.part(each, share)
            for rule, counted in counting.items():
                place = _ADD_UP_BEDS[rule](location)
                other = None if place is None else counted.get((place, month))
                if other is not None:
                    # More beds there is the same as asking for fewer.
                    parts += solved.part(other, -share)
        yield Limit(
            sort="beds",
            subject=name,
            rule=rows[0].rule,
            unit="beds",
            rows=tuple(rows),
            moved=Moved(tuple(parts), _place_bounds(solved, location)),
            looser=_field_looser(name, "beds"),
            cells=(("locations", name, "beds"),),
        )


# The rules that add up beds, with what they add a location's up for, `None` where it is left out.
_ADD_UP_BEDS: dict[str, Callable[[Location], str | None]] = {
    "reserve": lambda _: "",
    "room_to_arrive": lambda location: "" if location.type is LocationType.COL else None,
    "municipality_task": lambda each: each.municipality if each.durable else None,
    "province_task": lambda location: location.province if location.durable else None,
    "province_worst": lambda location: location.province if location.durable else None,
}


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
    rows_of = _by_location(solved.by_rule.get("dol_within_prepared", ()))
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
            sort="dol_part",
            subject=name,
            rule=rows[0].rule,
            unit="beds",
            rows=tuple(rows),
            moved=Moved(tuple(parts), tuple((choose.columns.index(c), 1.0) for c in columns)),
            looser=_field_looser(name, "dol_beds"),
            cells=(("locations", name, "dol_beds"),),
        )


_FACILITIES = (
    (("school_seats", "school_seats_together"), "school_seats", "seats"),
    (("accessible_beds",), "accessible_beds", "beds"),
    (("max_people",), "max_people", "persons"),
)


def _facilities(solved: Solved) -> Iterator[Limit]:
    """Yield school seats, accessible beds and agreed maxima of each location."""
    for rules, field, unit in _FACILITIES:
        limiting = [each for rule in rules for each in solved.by_rule.get(rule, ())]
        for name, rows in _by_location(limiting).items():
            yield Limit(
                sort=field,
                subject=name,
                rule=rows[0].rule,
                unit=unit,
                rows=tuple(rows),
                moved=Moved(solved.parts(rows)),
                looser=_field_looser(name, field),
                cells=(("locations", name, field),),
            )


def _ceilings(solved: Solved) -> Iterator[Limit]:
    """Yield the ceilings of one or more locations together."""
    rows = _by_location(solved.by_rule.get("ceilings", ()))
    for ceiling in solved.case.ceilings:
        mine = tuple(
            each
            for each in rows.get(";".join(ceiling.locations), [])
            if ceiling.month in {None, each.row.key.month} and each.row.limit == ceiling.people
        )
        if mine:
            name, people = ceiling.name, ceiling.people

            def looser(case: Case, by: float, name: str = name, people: int = people) -> Case:
                return with_ceiling(case, name, people + by)  # type: ignore[arg-type] # part of a person

            yield Limit(
                sort="ceiling",
                subject=name,
                rule=mine[0].rule,
                unit="persons",
                rows=mine,
                moved=Moved(solved.parts(mine)),
                looser=looser,
                cells=(("ceilings", name, "people"),),
            )


_PARAMETERS = (
    ("dol_growth", "dol_growth_per_month", 1.0, "places"),
    ("dol_band_high", "dol_band_high", 1.0, "places"),
    ("dol_band_low", "dol_band_low", -1.0, "places"),
    ("reserve", "reserve_places", -1.0, "places"),
)


def _parameters(solved: Solved) -> Iterator[Limit]:
    """Yield the limits that stand as one parameter for all months."""
    for rule, parameter, looser_by, unit in _PARAMETERS:
        rows = solved.by_rule.get(rule, ())
        if rows:
            yield Limit(
                sort=rule,
                subject="",
                rule=rows[0].rule,
                unit=unit,
                rows=rows,
                moved=Moved(solved.parts(rows, looser_by)),
                looser=_parameter_looser(parameter, looser_by),
                cells=(("parameters", parameter, "value"),),
            )


def _parameter_looser(name: str, step: float) -> Looser:
    """Return how a parameter grows or shrinks by steps."""

    def looser(case: Case, by: float) -> Case:
        now = case.parameters.by_name[name].value
        if not isinstance(now, int | float):
            raise TypeError(f"the parameter {name} is no number")
        return with_parameter(case, name, now + step * by)

    return looser


PERCENT = 0.01


def _norm(solved: Solved) -> Iterator[Limit]:
    """Yield the occupancy norm: a percentage point more, where no location has its own."""
    choose = solved.problem.choose
    rows = tuple(
        each
        for each in solved.by_rule.get("occupancy_norm", ())
        if each.row.key.kind != PlaceKind.DOL
        and solved.case.locations[each.row.key.location].occupancy_norm is None
    )
    parts: list[tuple[int, float]] = []
    for each in rows:
        key = each.row.key
        if key.month is not None:
            places = choose.places[key.location, PlaceKind[key.kind.upper()], key.month]
            parts += solved.part(each, PERCENT * solved.value(places))
    if rows:
        yield Limit(
            sort="occupancy_norm",
            subject="",
            rule=rows[0].rule,
            unit="points",
            rows=rows,
            moved=Moved(tuple(parts)),
            looser=_parameter_looser("occupancy_norm", PERCENT),
            cells=(("parameters", "occupancy_norm", "value"),),
        )


def _staff(solved: Solved) -> Iterator[Limit]:
    """Yield the staff of each region and the task of each province."""
    for each_rule, sort, sign in (("staff", "staff", 1.0), ("province_task", "task", -1.0)):
        found: dict[str, list[RuleRow]] = defaultdict(list)
        for each in solved.by_rule.get(each_rule, ()):
            found[each.row.key.region or each.row.key.province].append(each)
        for name, rows in found.items():
            at_region = each_rule == "staff"
            yield Limit(
                sort=sort,
                subject=name,
                rule=rows[0].rule,
                unit="fte" if at_region else "places",
                rows=tuple(rows),
                moved=Moved(solved.parts(rows, sign) + _worst_parts(solved, name, rows)),
                looser=_staff_looser(name) if at_region else _task_looser(name),
                cells=() if at_region else (("provinces", name, "task"),),
                size=None if at_region else solved.case.provinces[name].task,
            )


def _worst_parts(solved: Solved, province: str, rows: list[RuleRow]) -> Parts:
    """Return the parts of the largest arrears that move with a province's task."""
    task = solved.case.provinces.get(province)
    if rows[0].rule.name != "province_task" or task is None or not task.task:
        return ()
    worst = 1.0 - solved.value(solved.problem.choose.worst_province[0])
    mine = [e for e in solved.by_rule.get("province_worst", ()) if e.row.key.province == province]
    return solved.parts(mine, -worst)


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
    for each in solved.by_rule.get("everyone_placed", ()):
        found[each.row.key.group].append(each)
    for name, rows in found.items():
        yield Limit(
            sort="demand",
            subject=name,
            rule=rows[0].rule,
            unit="persons",
            rows=tuple(rows),
            moved=Moved(
                solved.parts(rows, -1.0)
                + _share_parts(solved, name)
                + _parts_of_people(solved, name)
            ),
            looser=_demand_looser(name, {e.row.key.month: e.row.limit for e in rows}),
            cells=tuple(("forecast", f"{e.row.key.month}|{name}", "people") for e in rows[:1]),
        )


def _share_parts(solved: Solved, group: str) -> Parts:
    """Return the parts of the largest share that move with a person fewer of a group."""
    shares = solved.problem.choose.worst_share
    return tuple(
        part
        for each in solved.by_rule.get("largest_share", ())
        if each.row.key.group == group
        and (month := each.row.key.month) is not None
        and solved.problem.choose.demand[group, month] > 1
        for part in solved.parts([each], solved.value(shares[month]))
    )


def _parts_of_people(solved: Solved, name: str) -> Parts:
    """Return the limits of other rules that a person fewer of a group moves."""
    case, group, parts = solved.case, solved.case.groups[name], list[tuple[int, float]]()
    shares = {"women_safe": group.women_share, "child_suitable": group.families_share}
    for rule, share in shares.items():
        for each in solved.by_rule.get(rule, ()):
            if each.row.key.group == name and not each.row.key.location:
                parts += solved.part(each, -(share or 0.0))
    if group.registers:
        for each in (*solved.by_rule.get("room_to_arrive", ()), *solved.by_rule.get("intake", ())):
            if each.row.key.month is not None:
                month = each.row.key.month
                week = arrivals_per_person(case, month)
                at_once = (
                    WEEKS_A_MONTH
                    if each.rule.name == "intake"
                    else case.parameters.number("peak_week_factor", month)
                )
                parts += solved.part(each, -week * at_once)
    return tuple(parts)


def _demand_looser(group: str, present: dict[object, float]) -> Looser:
    def looser(case: Case, by: float) -> Case:
        people = {
            (group, month): max(present[month] - by, 0.0)
            for month in case.months
            if month in present
        }
        return with_people(case, people)

    return looser
