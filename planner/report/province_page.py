"""A page for a province: what is decided and falls short there, by quarter and by municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pandas as pd

from planner.core.errors import UnusableInputError
from planner.core.texts import Language, message, say, show, show_month, show_number
from planner.input.kinds import EMERGENCY_KINDS
from planner.report.one_page import about_plan
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook
from planner.result.areas import areas

# Of each column of a province its heading, and what is said where it has nothing to tell.
_TOLD_OF_A_PROVINCE = {
    "decided": ("overview.to_decide", "overview.nothing_to_decide"),
    "short": ("report.short", "report.nothing_short"),
}
_TASK = "province_task"
_QUARTERS = (1, 4, 7, 10)
_MOST_MONTHS = 9  # that a table has room for beside the names


def province_page(paper: Paper, plan: PlanOfBook, language: Language, province: str) -> None:
    """Print what a plan means for a province and each municipality in it.

    `UnusableInputError` where the plan has no such province.
    """
    frame = areas(plan)
    rows = frame[frame["province"].str.casefold() == province.casefold()]
    if rows.empty:
        known = ", ".join(dict.fromkeys(filter(None, frame["province"].tolist())))
        raise UnusableInputError(message("report.no_province", province=province, known=known))
    whole = rows[rows["municipality"].isna()].iloc[0]
    paper.heading(say("report.province", language, province=whole["province"]), 1)
    paper.paragraph(about_plan(plan, language), small=True)
    for key, (title, nothing) in _TOLD_OF_A_PROVINCE.items():
        paper.heading(say(title, language), 2)
        told = whole[key]
        if told is None:
            paper.paragraph(say(nothing, language))
        else:
            paper.points(show(told, language).split("; "))
    _by_quarter(paper, plan, language, str(whole["province"]))
    paper.heading(say("report.areas", language), 2)
    titles = ("area", "beds_last", "people_last", "emergency", "dol", "task", "cost")
    columns = [
        PrintedColumn(
            say(f"report.areas.{key}", language), 3.0 if key == "area" else 2.4, right=at > 0
        )
        for at, key in enumerate(titles)
    ]
    lines = []
    for _, row in rows.iterrows():
        named = row["municipality"]
        name = say("report.areas.whole", language) if pd.isna(named) else named
        cells = [
            "" if pd.isna(row[key]) else show_number(float(row[key]), language, 0)
            for key in titles[1:]
        ]
        lines.append((str(name), *cells))
    paper.table(columns, lines)


def _by_quarter(paper: Paper, plan: PlanOfBook, language: Language, province: str) -> None:
    """Print places, people, emergency reception, DOL and what lacks of the task over the plan."""
    months = _told_months(plan.months)
    columns = [PrintedColumn(say("report.by_quarter.what", language), 3.4)]
    columns += [PrintedColumn(show_month(each, language), 1.3, right=True) for each in months]
    paper.heading(say("report.by_quarter", language), 2)
    rows = [
        (
            say(f"report.by_quarter.{key}", language),
            *(show_number(each, language, 0) for each in row),
        )
        for key, row in _figures(plan, province, months)
    ]
    paper.table(columns, rows)


def _told_months(months: Sequence[dt.date]) -> list[dt.date]:
    """Return the first and last month and those that begin a quarter; if too many, a half year."""
    for told in (_QUARTERS, _QUARTERS[::2], _QUARTERS[:1]):
        found = [each for each in months if each.month in told or each in {months[0], months[-1]}]
        if len(found) <= _MOST_MONTHS:
            break
    return found


def _figures(
    plan: PlanOfBook, province: str, months: Sequence[dt.date]
) -> Iterator[tuple[str, list[float]]]:
    """Yield what is told of a province by its key, in places or people of each month."""
    here = {name for name, site in plan.sites.items() if site.province == province}
    at = [plan.months.index(each) for each in months]

    def of(table: str, column: str, kinds: Sequence[str] = ()) -> list[float]:
        found = plan.monthly(table, column, kinds, here)
        return [found[each] for each in at]

    yield "places", of("places", "places")
    yield "people", of("placement", "people")
    yield "emergency", of("placement", "people", [each.value for each in EMERGENCY_KINDS])
    yield "dol", of("dol", "prepared")
    short = plan.tables.get("shortfalls", pd.DataFrame())
    if not short.empty:
        task = short[(short["rule"] == _TASK) & (short["province"] == province)]
        lacking = task.groupby("month")["amount"].sum()
        yield "task", [float(lacking.get(each, 0.0)) for each in months]
