"""Single changes of a case: the same case with one thing more, fewer, longer or earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from planner.input.case import Case, GroupMonth
from planner.input.kinds import PlaceKind, Suitability
from planner.input.settings import Ceiling
from planner.model.build import Problem
from planner.model.demand import demand_of


def with_location(case: Case, location: str, **fields: Any) -> Case:  # noqa: ANN401 - any field of the record
    """Return the case with fields of a location changed."""
    changed = replace(case.locations[location], **fields)
    return replace(case, locations={**case.locations, location: changed})


def with_kind(case: Case, group: str, kind: PlaceKind, suits: Suitability) -> Case:
    """Return the case in which a kind of place is otherwise for a group."""
    fields: dict[str, Any] = {"return_" if kind is PlaceKind.RETURN else kind.value: suits}
    changed = replace(case.groups[group], **fields)
    return replace(case, groups={**case.groups, group: changed})


def with_parameter(case: Case, name: str, value: float | None) -> Case:
    """Return the case with a parameter's value changed, valid when it was."""
    old = case.parameters.by_name[name]
    changed = replace(old, value=value)
    by_name = {**case.parameters.by_name, name: changed}
    return replace(case, parameters=replace(case.parameters, by_name=by_name))


def with_ceiling(case: Case, name: str, people: int | None) -> Case:
    """Return the case with a ceiling at another number of people; `None` takes it away."""
    kept: list[Ceiling] = []
    for each in case.ceilings:
        if each.name != name:
            kept.append(each)
        elif people is not None:
            kept.append(replace(each, people=people))
    return replace(case, ceilings=tuple(kept))


def with_people(
    case: Case, people: Mapping[GroupMonth, float], before: Problem | None = None
) -> Case:
    """Return the case with another number of people expected of some groups in some months.

    Everybody else is given too, so that nobody has to be computed again; where the case has the
    people of a problem `before`, they are taken from there.
    """
    known = demand_of(case) if before is None else before.present.of(case)
    return replace(case, forecast={**known.people, **people}, pupils=known.pupils)


def with_task(case: Case, province: str, by: float) -> Case:
    """Return the case with a province's task larger (or smaller) by so many places."""
    old = case.provinces[province]
    changed = replace(old, task=max((old.task or 0.0) + by, 0.0))
    return replace(case, provinces={**case.provinces, province: changed})


def with_province_staff(case: Case, province: str, by: float) -> Case:
    """Return the case with so many fte more in a province."""
    old = case.provinces[province]
    changed = replace(old, staff_fte=(old.staff_fte or 0.0) + by)
    return replace(case, provinces={**case.provinces, province: changed})
