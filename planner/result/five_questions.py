"""The five questions that parliament asked on 23-06-2026, each with its verdict and its figures.

Capacity, education, care, the timely assessment of needs, and representatives of unaccompanied
minors (questions of the Senate, 23-06-2026, question 5).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from planner.core.over_months import COUNTED, counted
from planner.core.texts import Message, Text, message, month_words
from planner.model.build import Problem
from planner.result.children import School, school_by_month
from planner.result.sums import SUMS
from planner.sheets.answer import monthly
from planner.sheets.without_place import SOMEBODY, unplaced_rows

COLUMNS = ("question", "month", "figure", "value", "limit", "unit", "holds", "why")
QUESTIONS = ("capacity", "school", "care", "needs", "guardians")

Tables = Mapping[str, pd.DataFrame]
Counted = Mapping[dt.date, float]


@dataclass(frozen=True)
class _Asked:
    """A figure of a question in a month; one that `decides` has a limit, or says why not known."""

    figure: str
    month: dt.date | None
    value: float | None
    limit: float | None
    unit: str
    holds: bool | None = None
    why: Text | None = None
    decides: bool = True


def five_questions(problem: Problem, tables: Tables) -> pd.DataFrame:
    """Return the five questions: of each its verdict, in a row without month, and its figures.

    `tables` are the result tables by name, those of the checks among them. `holds` is yes, no, or
    empty where it is not known; then `why` says for want of what.
    """
    figures = {
        "capacity": list(_capacity(problem, tables)),
        "school": list(_school(problem, tables)),
        "care": list(_care(problem, tables)),
        "needs": list(_of_check(tables, "needs_assessment")),
        "guardians": list(_of_check(tables, "guardians_needed")),
    }
    rows: list[tuple[object, ...]] = []
    for question in QUESTIONS:
        rows.append(_verdict(question, figures[question]))
        for each in figures[question]:
            if each.month is not None:
                title = message(f"questions.{each.figure}").both
                figure = (each.value, each.limit, each.unit, each.holds, each.why)
                rows.append((question, each.month, title, *figure))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({"value": float, "limit": float, "holds": object, "why": object})


def _verdict(question: str, figures: list[_Asked]) -> tuple[object, ...]:
    """Return the row of a question as a whole: no where it fails in any month."""
    deciding = [each for each in figures if each.decides]
    failing = [each for each in deciding if each.holds is False]
    unknown = [each for each in deciding if each.holds is None]
    holds = False if failing else None if unknown else True
    title = message(f"questions.{question}").both
    why = _failing(failing) if failing else unknown[0].why if unknown else _behind(figures)
    return (question, None, title, None, None, None, holds, why)


def _failing(failing: list[_Asked]) -> Text:
    worst = max(failing, key=_lacking)
    fields: dict[str, object] = {
        "figure": message(f"questions.{worst.figure}").both,
        "value": counted(worst.value or 0.0, worst.unit),
        "limit": counted(worst.limit or 0.0, worst.unit),
        "months": len(failing),
    }
    if worst.month is None:
        return message("questions.fails", **fields).both
    return message("questions.fails_most", month=month_words(worst.month), **fields).both


def _lacking(asked: _Asked) -> float:
    """Return how much is too many or too few, in whole ones as the first page tells it."""
    lacking = (asked.value or 0.0) - (asked.limit or 0.0)
    return round(lacking) if asked.unit in COUNTED else lacking


def as_counted(frame: pd.DataFrame, unplaced: Counted, emergency: Counted) -> pd.DataFrame:
    """Return the five questions with people counted as they are shown elsewhere, by month."""
    counted = {
        message("questions.unplaced").both: unplaced,
        message("questions.emergency").both: emergency,
    }
    values = [
        counted[figure].get(month, 0.0) if figure in counted else value
        for figure, month, value in zip(
            frame["figure"].tolist(), frame["month"].tolist(), frame["value"].tolist(), strict=True
        )
    ]
    whys = [
        _with_emergency(emergency)
        if figure == message("questions.capacity").both and holds
        else why
        for figure, holds, why in zip(
            frame["figure"].tolist(), frame["holds"].tolist(), frame["why"].tolist(), strict=True
        )
    ]
    return frame.assign(
        value=pd.Series(values, index=frame.index, dtype=float),
        why=pd.Series(whys, index=frame.index, dtype=object),
    )


def _behind(figures: list[_Asked]) -> Text | None:
    """Return what has to be known of a question that is answered with yes, if anything."""
    return _with_emergency(
        {
            each.month: each.value or 0.0
            for each in figures
            if each.figure == "emergency" and each.month is not None
        }
    )


def _with_emergency(people: Counted) -> Text | None:
    most = max(people, key=lambda month: people[month], default=None)
    if most is None or people[most] < SOMEBODY:
        return None
    count = round(people[most])
    return message("questions.with_emergency", people=count, month=month_words(most)).both


def _capacity(problem: Problem, tables: Tables) -> Iterator[_Asked]:
    """Yield who has no place, and who lives in emergency reception."""
    missing = monthly(unplaced_rows(tables["shortfalls"]), "amount", problem.case.months)
    emergency = SUMS["emergency"].rows(tables).groupby("month")["people"].sum()
    for month, people in zip(problem.case.months, missing, strict=True):
        yield _Asked("unplaced", month, people, 0.0, "persons", people < SOMEBODY)
        housed = float(emergency.get(month, 0.0))
        yield _Asked("emergency", month, housed, None, "persons", decides=False)


def _school(problem: Problem, tables: Tables) -> Iterator[_Asked]:
    """Yield pupils against school seats, and those without one where they live."""
    for month, school in school_by_month(problem.case, tables, problem.choose.pupils).items():
        yield _Asked("pupils", month, school.pupils, school.seats, "persons", decides=False)
        holds, why = _seated(school)
        yield _Asked("no_seat", month, school.without, 0.0, "persons", holds, why)


def _seated(school: School) -> tuple[bool | None, Text | None]:
    if school.without >= SOMEBODY:
        return False, None
    if school.unknown >= SOMEBODY:
        return None, message("questions.seats_unknown", people=round(school.unknown)).both
    return True, None


def _care(problem: Problem, tables: Tables) -> Iterator[_Asked]:
    """Yield the locations in use without necessary health care within reach."""
    people = tables["placement"]
    used = people[people["people"] >= SOMEBODY].groupby("month")["location"].unique()
    for month in problem.case.months:
        care = [problem.case.locations[name].health_care for name in used.get(month, ())]
        without, unknown = care.count(False), care.count(None)
        holds = False if without else None if unknown else True
        told: Message | None = None
        if unknown:
            told = message("questions.care_unknown", count=unknown, of=len(care))
        why = None if told is None else told.both
        yield _Asked("no_care", month, float(without), 0.0, "locations", holds, why)


def _of_check(tables: Tables, name: str) -> Iterator[_Asked]:
    """Yield the rows of a check beside the plan."""
    checks = tables["checks"]
    mine = checks[checks["check"] == name].astype(object)
    columns = ("month", "value", "limit", "unit", "holds", "why")
    lines = mine.where(mine.notna(), None)
    for cells in zip(*(lines[each].tolist() for each in columns), strict=True):
        yield _Asked(name, *cells)
