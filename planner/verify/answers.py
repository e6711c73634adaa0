"""The tables on children and on the five questions: every figure counted again.

What is counted on is the plan's own people, places and moves. The questions on needs and
representatives repeat checks, which are counted in `beside`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from planner.input.kinds import EMERGENCY_KINDS, PlaceKind
from planner.verify.breach import Breach, BreachPlace, breach, differ
from planner.verify.tally import Tally

# Less than half a person is nobody.
_NOBODY = 0.5
_SEEN = 1e-6


@dataclass
class _Month:
    """What there is in a month, by the names of the columns of the table on children."""

    figures: dict[str, float | None] = field(default_factory=dict)
    unplaced: float = 0.0
    without_care: int = 0
    care_unknown: int = 0


def answer_breaches(tally: Tally, tables: Mapping[str, pd.DataFrame]) -> Iterator[Breach]:
    """Yield each figure of the two tables that is not what is counted; older plans lack them."""
    if "children" not in tables and "questions" not in tables:
        return
    months = {month: _counted(tally, month) for month in tally.case.months}
    if "children" in tables:
        yield from _children(months, tables["children"])
    if "questions" in tables:
        yield from _questions(months, tables["questions"])


def _counted(tally: Tally, month: dt.date) -> _Month:
    found = _Month()
    alone = {n for n, each in tally.case.groups.items() if each.prefers(PlaceKind.MINORS)}
    minors = sum(tally.demand[name, month] for name in alone)
    at_home = emergency = used = 0.0
    pupils: dict[str, float] = defaultdict(float)
    living: dict[str, float] = defaultdict(float)
    for (group, place, kind, each), people in tally.claim.people.items():
        if each != month:
            continue
        child = 1.0 if group in alone else tally.case.groups[group].school_share
        emergency += people * child if kind in EMERGENCY_KINDS else 0.0
        at_home += people if kind is PlaceKind.MINORS and group in alone else 0.0
        pupils[place] += people * tally.pupils[group, month]
        living[place] += people if people >= _NOBODY else 0.0
    for (_, kind, each), places in tally.claim.places.items():
        used += places if each == month and kind is PlaceKind.MINORS else 0.0
    seats = {place: tally.case.locations[place].school_seats for place in pupils}
    waiting = 0.0
    for name in tally.case.groups:
        missing = tally.unplaced.get((name, month), 0.0)
        found.unplaced += missing
        waiting += missing * tally.pupils.get((name, month), 0.0)
    known = {place: room for place, room in seats.items() if room is not None and pupils[place]}
    each_has = tally.case.parameters.optional("minors_per_guardian", month)
    moving = [n for n, g in tally.case.groups.items() if g.school_share > 0 and n not in alone]
    found.figures = {
        "minors": minors,
        "minors_places": used,
        "minors_elsewhere": max(0.0, minors - at_home),
        "pupils": sum(pupils.values()) + waiting,
        "seats": float(sum(known.values())),
        "no_seat": waiting + sum(max(0.0, pupils[place] - room) for place, room in known.items()),
        "seats_unknown": sum(count for place, count in pupils.items() if seats[place] is None),
        "guardians_needed": minors / each_has if each_has else None,
        "guardians": tally.case.parameters.optional("guardians", month),
        "moved": sum(
            people
            for (group, _, each), people in tally.claim.moves.items()
            if each == month and group in moving
        ),
        "in_emergency": emergency,
        "emergency": sum(
            people
            for (_, _, kind, each), people in tally.claim.people.items()
            if each == month and kind in EMERGENCY_KINDS
        ),
    }
    care = [tally.case.locations[place].health_care for place, people in living.items() if people]
    found.without_care, found.care_unknown = care.count(False), care.count(None)
    return found


def _children(months: Mapping[dt.date, _Month], table: pd.DataFrame) -> Iterator[Breach]:
    told = {row["month"]: row for row in table.to_dict("records")}
    for month, counted in months.items():
        row = told.get(month, {})
        for name, figure in counted.figures.items():
            if name != "emergency":
                yield from _compared(f"children.{name}", month, row.get(name), figure)


def _questions(months: Mapping[dt.date, _Month], table: pd.DataFrame) -> Iterator[Breach]:
    """Yield figures of capacity, education and care that are not so, and verdicts beside them."""
    rows: dict[tuple[str, dt.date], list[Mapping[Hashable, object]]] = defaultdict(list)
    verdicts: dict[str, object] = {}
    for row in table.to_dict("records"):
        if row["month"] is None or pd.isna(row["month"]):
            verdicts[str(row["question"])] = row["holds"]
        else:
            rows[str(row["question"]), row["month"]].append(row)
    holds: dict[str, list[bool | None]] = defaultdict(list)
    for month, counted in months.items():
        figures = counted.figures
        no_seat, unknown = figures["no_seat"] or 0.0, figures["seats_unknown"] or 0.0
        seated = False if no_seat >= _NOBODY else None if unknown >= _NOBODY else True
        cared = False if counted.without_care else None if counted.care_unknown else True
        asked = {
            "capacity": (counted.unplaced, figures["emergency"]),
            "school": (figures["pupils"], no_seat),
            "care": (float(counted.without_care),),
        }
        holds["capacity"].append(counted.unplaced < _NOBODY)
        holds["school"].append(seated)
        holds["care"].append(cared)
        for question, values in asked.items():
            told = rows.get((question, month), [])
            for at, figure in enumerate(values):
                value = told[at]["value"] if at < len(told) else None
                yield from _compared(f"questions.{question}", month, value, figure)
    for question, each in holds.items():
        whole = False if False in each else None if None in each else True
        said = verdicts.get(question)
        same = (said is None or pd.isna(said)) if whole is None else said == whole  # type: ignore[call-overload] # a cell
        if not same:
            yield breach("answer_verdict", 1, question=question)


def _compared(name: str, month: dt.date, told: object, counted: float | None) -> Iterator[Breach]:
    one = None if told is None or pd.isna(told) else float(told)  # type: ignore[call-overload,arg-type] # a cell
    if one is None and counted is None:
        return
    amount = abs((one or 0.0) - (counted or 0.0))
    if (one is None) != (counted is None) or (
        differ(one or 0.0, counted or 0.0) and amount > _SEEN
    ):
        yield breach(
            "answer_figure",
            amount,
            BreachPlace(month=month),
            figure=name,
            told=one,
            counted=counted,
        )
