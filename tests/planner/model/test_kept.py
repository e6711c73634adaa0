"""A problem made again for a changed case: the same as one made anew, of as little as can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.input.case import Case, usable
from planner.input.edit_lines import EditLine, edits_in
from planner.input.edits import apply
from planner.model.asked import Asked, Changed, Remembered
from planner.model.build import Problem, build
from planner.model.identity import column_identities, row_identities
from planner.model.kept import KeptProblem
from planner.whatif.levers import LEVERS
from tests.small_plan import small_book

BOOK = small_book()
MOVED = {
    "arrivals": 1.04,
    "dublin_stay": 3.3,
    "dublin_claims": 0.2,
    "dol_growth": 80,
    "norm": 0.93,
    "housing": 900,
}
# What an edit may do: move limits, coefficients or costs, and bring or take columns and rows.
EDITS = {
    **{key: LEVERS[key].lines(BOOK, value) for key, value in MOVED.items()},
    "beds": (EditLine("locations", "L01", "beds", 1234),),
    "closing": (EditLine("locations", "L16", "open_until", "2026-12-31"),),
    "seats": (EditLine("locations", "L04", "school_seats", 3),),
    "unsuited": (EditLine("locations", "L04", "child_suitable", "no"),),
    "cost": (EditLine("locations", "L04", "cost_per_bed_month", 3000),),
    "holidays": (EditLine("parameters", "school_holiday_first_month", "value", 6),),
    "order": (EditLine("parameters", "priority_moves", "value", 1),),
    "off": (EditLine("parameters", "rule_staff", "value", 0),),
}
ARRAYS = ["starts", "numbers", "coefficients", "lower", "upper", "row_stages", "joining"]


@pytest.fixture(name="kept", scope="module")
def kept_problem() -> KeptProblem:
    return KeptProblem.of(usable(BOOK))


def with_edits(edits: tuple[EditLine, ...]) -> Case:
    return usable(apply(BOOK, edits_in(BOOK, "middle", edits))[0])


def assert_same(one: Problem, other: Problem) -> None:
    for name in ARRAYS:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert np.array_equal(one.columns.upper_bounds(), other.columns.upper_bounds())
    for each, its in zip(one.levels, other.levels, strict=True):
        assert each.content == its.content
        assert np.array_equal(each.costs, its.costs), each.content.level
        assert each.constant == its.constant
    assert [(e.rule, e.number, *e.row[:1], *e.row[2:5]) for e in one.rows] == [
        (e.rule, e.number, *e.row[:1], *e.row[2:5]) for e in other.rows
    ]
    assert one.choose.demand == other.choose.demand
    assert one.choose.pupils == other.choose.pupils


@pytest.mark.parametrize("edit", EDITS)
def test_a_changed_case_has_the_problem_that_is_made_of_it_anew(
    kept: KeptProblem, edit: str
) -> None:
    case = with_edits(EDITS[edit])
    again, anew = kept.changed(case), build(case)
    assert_same(again.problem, anew)
    rows = row_identities(anew)
    assert rows == again.rows
    assert column_identities(anew, rows) == again.columns
    # And back again, from what was changed.
    assert_same(again.changed(kept.problem.case).problem, kept.problem)


def test_only_what_asked_for_a_changed_figure_is_made_again(kept: KeptProblem) -> None:
    def anew(edit: str) -> list[str]:
        parts = zip(kept.changed(with_edits(EDITS[edit])).parts, kept.parts, strict=True)
        return [now[0].rule.name for now, was in parts if now[0] is not was[0]]

    assert ["dol_growth"] == anew("dol_growth")
    assert ["occupancy_norm"] == anew("norm")
    assert [] == anew("cost")
    assert ["school_seats", "school_seats_together"] == anew("seats")


def test_what_was_not_asked_may_differ_and_what_was_asked_may_not() -> None:
    case = usable(BOOK)
    name, place = next(iter(case.locations.items()))
    more = replace(case, locations={**case.locations, name: replace(place, beds=place.beds + 1)})
    fewer = replace(case, locations=dict(list(case.locations.items())[1:]))

    def touched(other: Case, asked: Asked) -> bool:
        return Changed(case, other).touches(asked)

    of_beds, of_regions, of_which, of_people = Asked(), Asked(), Asked(), Asked()
    assert place.beds == of_beds.of(case).locations[name].beds
    assert place.region == of_regions.of(case).locations[name].region
    assert len(case.locations) == len(of_which.of(case).locations)
    assert case.people_at_start("men") == of_people.of(case).people_at_start("men")
    every = (of_beds, of_regions, of_which, of_people)
    assert [True, False, False, False] == [touched(more, each) for each in every]
    assert [True, True, True, False] == [touched(fewer, each) for each in every]
    empty = replace(case, occupancy=dict.fromkeys(case.occupancy, 0))
    assert [False, False, False, True] == [touched(empty, each) for each in every]
    assert not any(touched(replace(case), each) for each in every)


def test_what_is_worked_out_of_a_case_is_worked_out_again_only_where_that_tells_otherwise() -> None:
    case = usable(BOOK)
    worked: list[str] = []

    def beds(of: Case) -> int:
        worked.append(of.scenario)
        return sum(each.beds for each in of.locations.values())

    remembered = Remembered(beds)
    name, place = next(iter(case.locations.items()))
    renamed = replace(case, locations={**case.locations, name: replace(place, name="other")})
    more = replace(case, locations={**case.locations, name: replace(place, beds=place.beds + 7)})
    before = remembered.of(case)
    assert before == remembered.of(renamed)
    assert 1 == len(worked)
    assert before + 7 == remembered.of(more)
    assert 2 == len(worked)


def test_a_problem_that_other_columns_make_is_taken_from_one_that_has_them(
    kept: KeptProblem,
) -> None:
    closed = kept.changed(with_edits(EDITS["unsuited"]))
    case = with_edits(EDITS["norm"])
    again = closed.changed(case, kept)
    assert again.columns is kept.columns
    assert_same(again.problem, build(case))
