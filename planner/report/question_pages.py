"""The pages on the five questions of 23-06-2026 and on children."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from planner.core.texts import Language, say, show, show_month, show_number
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook
from planner.sheets.result_tables import RESULT_TABLES

# Below this a decimal tells something.
FEW = 10.0
# As many months as fit beside one another on upright paper.
MONTHS_ACROSS = 12
_VERDICTS = {
    True: "questions.holds",
    False: "questions.does_not_hold",
    None: "questions.not_known",
}


def five_questions(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the five questions with their verdicts, and their figures by month."""
    paper.heading(say("report.questions", language), 1)
    frame = plan.tables.get("questions")
    if frame is None:
        paper.paragraph(say("report.questions.older", language))
        return
    paper.paragraph(say("report.questions.text", language))
    rows = _lines(frame)
    columns = [
        PrintedColumn(say("report.questions.question", language), 4.5),
        PrintedColumn(say("report.questions.verdict", language), 1.6),
        PrintedColumn(say("report.questions.why", language), 5.5),
    ]
    whole = [each for each in rows if each["month"] is None]
    paper.table(columns, [_verdict(each, language) for each in whole])
    paper.paragraph(say("report.questions.against", language), small=True)
    _by_month(paper, [each for each in rows if each["month"] is not None], language)


def _lines(frame: pd.DataFrame) -> list[Mapping[str, Any]]:
    cells = frame.astype(object)
    return [
        {str(name): value for name, value in each.items()}
        for each in cells.where(cells.notna(), None).to_dict("records")
    ]


def _verdict(line: Mapping[str, Any], language: Language) -> tuple[str, str, str]:
    holds = None if line["holds"] is None else bool(line["holds"])
    why = "" if line["why"] is None else show(line["why"], language)
    return show(line["figure"], language), say(_VERDICTS[holds], language), why


def _by_month(paper: Paper, lines: Sequence[Mapping[str, Any]], language: Language) -> None:
    """Print one row a figure, one column a month."""
    cells: dict[str, dict[dt.date, str]] = {}
    for each in lines:
        told = cells.setdefault(show(each["figure"], language), {})
        told[each["month"]] = _cell(each["value"], each["limit"], language)
    _months_across(paper, sorted({each["month"] for each in lines}), cells, language)


def _months_across(
    paper: Paper,
    months: Sequence[dt.date],
    cells: Mapping[str, Mapping[dt.date, str]],
    language: Language,
) -> None:
    """Print figures by month, as many months in a table as fit beside one another."""
    for first in range(0, len(months), MONTHS_ACROSS):
        span = months[first : first + MONTHS_ACROSS]
        columns = [PrintedColumn(say("report.figure", language), 3.4)]
        columns += [PrintedColumn(show_month(each, language), 1.25, right=True) for each in span]
        rows = [(title, *(told.get(each, "-") for each in span)) for title, told in cells.items()]
        paper.table(columns, rows)


def _cell(value: float | None, limit: float | None, language: Language) -> str:
    """Return a figure, with its limit where that is more than none."""
    shown = "-" if value is None else _number(value, language)
    return shown if not limit else f"{shown} / {_number(limit, language)}"


def _number(value: float, language: Language) -> str:
    """Return a number of people, places or guardians, with a decimal where there are few."""
    few = abs(value) < FEW and round(value, 1) != round(value)
    return show_number(value, language, 1 if few else 0)


def children(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print the figures on children, one row a month."""
    paper.heading(say("report.children", language), 1)
    frame = plan.tables.get("children")
    if frame is None:
        paper.paragraph(say("report.questions.older", language))
        return
    paper.paragraph(say("report.children.text", language))
    declared = [each for each in RESULT_TABLES["children"].columns if each.key in frame.columns]
    lines = _lines(frame)
    cells = {
        each.title.in_(language): {
            line["month"]: _cell(line[each.key], None, language) for line in lines
        }
        for each in declared
        if each.key != "month"
    }
    _months_across(paper, [line["month"] for line in lines], cells, language)
