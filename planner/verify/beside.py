"""The checks on needs and on guardians beside a plan, and the questions that repeat them.

Each figure, its limit and whether it holds are counted again from the input; what cannot be known
must not be answered.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from planner.input.case import Case
from planner.input.kinds import EMERGENCY_KINDS, PlaceKind, Suitability
from planner.input.people import Group
from planner.verify.breach import Breach, BreachPlace, above, breach, differ
from planner.verify.system_rules import emergency_weights
from planner.verify.tally import Tally

# Who was admitted before coming here, or applied before, does not apply now.
_ADMITTED = frozenset({"backlog", "permits", "family_reunion", "resettled"})
_QUESTIONS = {"needs": "needs_assessment", "guardians": "guardians_needed"}
_SMALLEST = 1e-6
# Fewer people than this are nobody.
_HALF = 0.5


class _Figure(NamedTuple):
    """What a check comes to, of how much, and whether it holds; `None` where it is not known."""

    value: float | None = None
    limit: float | None = None
    holds: bool | None = None

    @staticmethod
    def of(value: float, limit: float | None) -> _Figure:
        return _Figure(value, limit, None if limit is None else not above(value, limit))


_Figures = dict[dt.date | None, _Figure]


def beside_breaches(tally: Tally, tables: Mapping[str, pd.DataFrame]) -> Iterator[Breach]:
    """Yield each figure, limit or verdict of these checks that is not so."""
    counted = {
        "needs_assessment": _needs(tally.case),
        "guardians_needed": _guardians(tally, "minors_per_guardian"),
        "guardians_exceptional": _guardians(tally, "minors_per_guardian_exceptional"),
    }
    if "checks" in tables and "emergency_few" in set(tables["checks"]["check"]):
        counted["emergency_few"] = _few(tally)
    if "checks" in tables:
        for name, figures in counted.items():
            yield from _compared(name, _told(tables["checks"], "check", name), figures)
    if "questions" in tables:
        for question, name in _QUESTIONS.items():
            told = _told(tables["questions"], "question", question)
            verdict = told.pop(None, _Figure()).holds
            dated: _Figures = {
                month: each for month, each in counted[name].items() if month is not None
            }
            yield from _compared(question, told, dated)
            if verdict is not _verdict(counted[name]):
                yield breach("answer_verdict", 1, question=question)


def _needs(case: Case) -> _Figures:
    """Return who applies in a month against the needs that can be assessed in it."""
    names = [each.scenario for each in case.inflow]
    own = case.scenario if case.scenario in names or len(set(names)) != 1 else names[0]
    scenario = own if own in names else "middle"
    applying: dict[dt.date, float] = {}
    for each in case.inflow:
        if each.scenario == scenario and each.stream not in _ADMITTED:
            applying[each.month] = applying.get(each.month, 0.0) + each.people
    if not applying:
        return {None: _Figure()}
    figures: _Figures = {}
    for month in case.months:
        most = case.parameters.optional("needs_assessment_capacity", month)
        days = case.parameters.optional("needs_assessment_days", month)
        known = month in applying and most is not None and days is not None
        figures[month] = _Figure.of(applying[month], most) if known else _Figure()
    return figures


def _guardians(tally: Tally, parameter: str) -> _Figures:
    """Return the guardians that the unaccompanied minors of a month need, and those there are."""
    case = tally.case
    alone = [name for name, group in case.groups.items() if group.prefers(PlaceKind.MINORS)]
    if not alone:
        return {None: _Figure(holds=True)}
    figures: _Figures = {}
    for month in case.months:
        each = case.parameters.optional(parameter, month)
        minors = sum(tally.demand[name, month] for name in alone)
        there = case.parameters.optional("guardians", month)
        figures[month] = _Figure.of(minors / each, there) if each else _Figure()
    return figures


def _few(tally: Tally) -> _Figures:
    """Return the emergency locations of a month with few people whom others have room for."""
    case = tally.case
    places = {n for n, each in case.locations.items() if each.type.base_kind in EMERGENCY_KINDS}
    if not places:
        return {None: _Figure(holds=True)}
    figures: _Figures = {}
    for month in case.months:
        fewest = case.parameters.optional("emergency_fewest_people", month) or 0.0
        usual = case.parameters.number("occupancy_norm", month)
        lived = {place: n for place in places if (n := tally.at.get((place, month), 0.0)) >= _HALF}
        holds = {
            place: tally.beds.capacity[place, month]
            * (usual if (own := case.locations[place].occupancy_norm) is None else own)
            for place in lived
        }
        few = {place for place, n in lived.items() if above(min(fewest, holds[place]), n)}
        room = {place: max(0.0, holds[place] - lived[place]) for place in lived.keys() - few}
        moved = [place for place in few if _fits(tally, place, month, room)]
        figures[month] = _Figure.of(float(len(moved)), 0.0)
    return figures


def _fits(tally: Tally, place: str, month: dt.date, room: Mapping[str, float]) -> bool:
    """Whether everybody in a place finds room in others, each group as well there as here.

    Nobody is turned away if no set of other places is all that more people than it has room for
    can use: whoever can use nothing outside some places has to find room in them.
    """
    weights = emergency_weights(tally.case, month)
    usable: list[tuple[float, frozenset[str]]] = []
    for name, group in tally.case.groups.items():
        if people := tally.of_group.get((name, place, month), 0.0):
            others = (to for to in room if _as_well(tally.case, group, place, to, weights))
            usable.append((people, frozenset(others)))
    within = [frozenset[str]()]
    for _, suits in usable:
        within += [each for some in within if (each := some | suits) not in within]
    return not any(
        above(sum(n for n, suits in usable if suits <= some), sum(map(room.__getitem__, some)))
        for some in within
    )


def _as_well(
    case: Case, group: Group, place: str, to: str, weights: Mapping[PlaceKind, float]
) -> bool:
    """Whether a group may be in an emergency place instead of another, without counting worse."""
    now, then = case.locations[place], case.locations[to]
    if group.suitability(then.type.base_kind) is Suitability.BARRED:
        return False
    if weights[then.type.base_kind] > weights[now.type.base_kind]:
        return False
    lost = {
        name
        for name in ("child_suitable", "women_safe")
        if getattr(now, name) > getattr(then, name)
    }
    asked = {
        "child_suitable": group.needs_child_suitable or group.families_share,
        "women_safe": group.needs_women_safe or group.women_share,
    }
    return not any(asked[name] for name in lost)


def _verdict(figures: _Figures) -> bool | None:
    answers = [each.holds for each in figures.values()]
    return False if False in answers else None if None in answers else True


def _told(table: pd.DataFrame, column: str, name: str) -> _Figures:
    """Return what a table tells of a check or question by month."""
    rows = table[table[column] == name]
    figures: _Figures = {}
    for month, value, limit, holds in zip(
        *(rows[each].tolist() for each in ("month", "value", "limit", "holds")), strict=True
    ):
        when = None if pd.isna(month) else month
        verdict = None if pd.isna(holds) else bool(holds)
        figures[when] = _Figure(_number(value), _number(limit), verdict)
    return figures


def _number(cell: object) -> float | None:
    return None if cell is None or pd.isna(cell) else float(cell)  # type: ignore[call-overload,arg-type] # a cell


def _compared(name: str, told: _Figures, counted: _Figures) -> Iterator[Breach]:
    for month in dict.fromkeys([*counted, *told]):
        one, other = told.get(month, _Figure()), counted.get(month, _Figure())
        spot = BreachPlace(month=month)
        for part, said, is_so in (("", one.value, other.value), (".limit", one.limit, other.limit)):
            off = abs((said or 0.0) - (is_so or 0.0))
            apart = differ(said or 0.0, is_so or 0.0) and off > _SMALLEST
            if apart or (said is None) != (is_so is None):
                yield breach(
                    "answer_figure", off, spot, figure=f"{name}{part}", told=said, counted=is_so
                )
        if one.holds is not other.holds:
            yield breach("check_verdict", 1, spot, check=name)
