"""A number that is told in several places is the same one, in the small demo's plan."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planner.core.over_months import OverMonths
from planner.core.texts import Language, message, month_words, show
from planner.result.whole_people import in_whole
from planner.sheets.answer import in_emergency
from planner.sheets.counted_once import counted_once
from planner.sheets.dol_beds import dol_beds
from tests.small_plan import small_plan
from tests.tables import table_rows

PLANNED = small_plan().tables
SHOWN = in_whole(PLANNED)


def by_month(frame: pd.DataFrame) -> dict[dt.date, float]:
    sums = frame.groupby("month")["people"].sum()
    return dict(zip(sums.index.tolist(), sums.astype(float).tolist(), strict=True))


def test_people_in_emergency_reception_are_as_many_in_the_five_questions() -> None:
    questions = SHOWN["questions"]
    title = message("questions.emergency").both
    asked = [row for row in table_rows(questions) if row.figure == title]
    shown = by_month(in_emergency(SHOWN["placement"]))
    assert {row.month: row.value for row in asked} == shown
    planned = by_month(in_emergency(PLANNED["placement"]))
    assert all(abs(shown[month] - planned[month]) <= 1 for month in planned)


def test_pupils_without_a_seat_are_most_in_the_same_month_in_the_five_questions() -> None:
    (verdict,) = (
        row
        for row in table_rows(SHOWN["questions"])
        if row.figure == message("questions.school").both
    )
    seats = [row for row in table_rows(SHOWN["shortfalls"]) if row.rule == "school_seats_together"]
    shown = OverMonths.of("seats", ((row.month, row.amount) for row in seats))
    assert show(month_words(shown.worst[0]), Language.EN) in verdict.why.en


def test_a_part_for_dol_has_one_size_until_it_grows() -> None:
    sizes: dict[tuple[str, float], set[float]] = {}
    for planned, shown in zip(table_rows(PLANNED["dol"]), table_rows(SHOWN["dol"]), strict=True):
        sizes.setdefault((str(planned.location), round(planned.prepared, 4)), set()).add(
            shown.prepared
        )
        assert shown.people <= shown.in_use <= shown.prepared
    assert all(len(each) == 1 for each in sizes.values())
    planned_most = PLANNED["dol"].groupby("month")["prepared"].sum().max()
    assert round(planned_most) == SHOWN["dol"].groupby("month")["prepared"].sum().max()


def test_beds_fitted_out_are_as_full_as_the_rest_of_their_location() -> None:
    for beds in dol_beds(SHOWN).values():
        assert beds.prepared == beds.dublin + beds.regular + beds.empty
        # The norm leaves nine in a hundred of the beds in regular use empty; a part in use may
        # have its least size.
        assert beds.empty <= 0.09 * (beds.prepared - beds.dublin) + 2


def test_every_decision_says_by_when_it_has_to_be_taken() -> None:
    decisions = small_plan().tables["decisions"]
    assert len(decisions) > 0
    assert all(row.before <= row.month for row in table_rows(decisions))


def test_pupils_without_a_seat_are_told_once() -> None:
    short = counted_once(SHOWN["shortfalls"])
    assert "school_seats_together" in set(short["rule"])
    assert "school_seats" in set(SHOWN["shortfalls"]["rule"]) - set(short["rule"])
