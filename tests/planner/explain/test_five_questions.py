"""The five questions of 23-06-2026 and the table on children, on a case worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from planner.input.case import Case
from planner.input.streams import Inflow
from planner.result.checks import checks_beside
from planner.result.children import children
from planner.result.five_questions import QUESTIONS, five_questions
from tests.rules.cases import AUG, JUL, case, group, location
from tests.rules.planned import planned

FAMILIES = group("families", "regular", "emergency_tent", protected=True, school_share=0.5)
MINORS = group("amv", "minors")


def crowded(**changed: Any) -> Case:
    """Twenty in families and six minors on ten regular beds, eight in a tent, four for minors."""
    return case(
        location("azc", beds=10, school_seats=3, health_care=True),
        location("tent", "emergency_tent", beds=8, school_seats=changed.pop("seats", None)),
        location("amv", "amv", beds=4, school_seats=0, health_care=changed.pop("care", True)),
        groups=[FAMILIES, MINORS],
        people={"families": (20, 18), "amv": (6, 4)},
        months=2,
        occupancy_norm=1.0,
        **changed,
    )


def asked(of: Case) -> pd.DataFrame:
    made = planned(of)
    tables = {**made.tables, "checks": checks_beside(made.problem, made.tables)}
    frame = five_questions(made.problem, tables).astype(object)
    return frame.where(frame.notna(), None)


def verdict(of: Case, question: str) -> tuple[bool | None, str]:
    frame = asked(of)
    row = frame[(frame["question"] == question) & frame["month"].isna()].iloc[0]
    return row.holds, "" if row.why is None else row.why.en


def test_every_question_has_a_verdict_before_its_figures() -> None:
    frame = asked(crowded())
    whole = frame[frame["month"].isna()]
    assert list(QUESTIONS) == whole["question"].tolist()
    assert list(QUESTIONS) == list(dict.fromkeys(frame["question"]))


def test_capacity_fails_where_anybody_has_no_place() -> None:
    # Two of twenty in families and two of six minors in July, nobody in August.
    assert (
        False,
        "not in 1 month; the most in Jul 2026: 4 against 0 (people without a place)",
    ) == (verdict(crowded(), "capacity"))


def test_capacity_with_emergency_reception_is_said_to_be_so() -> None:
    of = crowded()
    enough = replace(of, forecast=dict.fromkeys(of.forecast, 4.0))
    holds, why = verdict(enough, "capacity")
    assert (True, "") == (holds, why)
    fuller = replace(
        of,
        forecast={
            (name, month): 14.0 if name == "families" else 4.0 for name, month in of.forecast
        },
    )
    assert (True, "with emergency reception: the most in Jul 2026, 4 people") == verdict(
        fuller, "capacity"
    )


def test_a_pupil_without_a_seat_or_without_a_place_fails_education() -> None:
    # Ten in the centre are five pupils on three seats; two without a place are one more.
    frame = asked(crowded(seats=4))
    july = frame[(frame["question"] == "school") & (frame["month"] == JUL)]
    missing = july.iloc[1]
    assert (pytest.approx(2 + 1), False) == (missing.value, missing.holds)
    assert (pytest.approx(10), 7) == (july.iloc[0].value, july.iloc[0].limit)


def test_care_is_not_known_where_it_is_not_filled_in() -> None:
    holds, why = verdict(crowded(), "care")
    assert holds is None
    assert "for 1 of 3 locations in use it is not filled in" in why
    assert verdict(crowded(care=False), "care")[0] is False


def test_needs_and_guardians_are_the_checks() -> None:
    assert (None, "the sheet Inflow has no rows for scenario “middle”") == verdict(
        crowded(), "needs"
    )
    late = replace(
        crowded(needs_assessment_capacity=5),
        inflow=tuple(
            Inflow(scenario="middle", month=month, stream="first", people=people)
            for month, people in ((JUL, 6.0), (AUG, 5.0))
        ),
    )
    assert verdict(late, "needs")[0] is False
    assert (None, "the parameter “Guardians” has no value then") == verdict(crowded(), "guardians")
    assert verdict(crowded(guardians=1), "guardians")[0] is True


def test_the_table_on_children_counts_each_month() -> None:
    made = planned(crowded(seats=4, guardians=1))
    frame = children(made.problem.case, made.tables, made.problem.choose.pupils)
    july = frame[frame["month"] == JUL].iloc[0]
    assert (6, 4, 2) == (july.minors, july.minors_places, july.minors_elsewhere)
    # Eight in the tent are four pupils; no minor alone lives there.
    assert 4 == pytest.approx(july.in_emergency)
    assert (pytest.approx(0.2), 1) == (july.guardians_needed, july.guardians)
    assert (10, 7, 3, 0) == pytest.approx(
        (july.pupils, july.seats, july.no_seat, july.seats_unknown)
    )
    plan = planned(crowded())
    unknown = children(crowded(), plan.tables, plan.problem.choose.pupils)
    assert 4 == pytest.approx(unknown["seats_unknown"].iloc[0])
