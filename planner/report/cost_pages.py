"""The page on costs: by line, kind of place, province and municipality, a column a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from planner.core.texts import Language, say, show, show_number
from planner.input.kinds import PlaceKind
from planner.report.paper import Paper, PrintedColumn
from planner.result import PlanOfBook

# More municipalities than this are told as one; the sheet has them all.
_MOST = 25
_KINDS = {kind.value: kind.label for kind in PlaceKind}


def costs(paper: Paper, plan: PlanOfBook, language: Language) -> None:
    """Print what the plan costs each year, what is not known, and what stands beside the total."""
    paper.heading(say("report.costs", language), 1)
    frame = plan.tables.get("costs")
    if frame is None:
        paper.paragraph(say("report.questions.older", language))
        return
    paper.paragraph(say("report.costs.text", language))
    counted = frame[frame["counted"].eq(other=True)]
    years = sorted(set(counted["year"].dropna().tolist()))
    for by in ("line", "kind", "province", "municipality"):
        columns = [PrintedColumn(say(f"report.costs.{by}", language), 5)]
        columns += [PrintedColumn(str(year), 2, right=True) for year in years]
        columns += [PrintedColumn(say("report.total", language), 2, right=True)]
        paper.table(columns, list(_rows(counted, by, years, language)))
        if by == "line":
            _not_in_total(paper, frame, language)


def _not_in_total(paper: Paper, frame: pd.DataFrame, language: Language) -> None:
    beside = frame[~frame["counted"].eq(other=True)]
    points = list(_beside(beside, language))
    if points:
        paper.heading(say("report.costs.beside", language), 3)
        paper.points(points)


def _rows(
    frame: pd.DataFrame, by: str, years: Sequence[object], language: Language
) -> Iterator[tuple[str, ...]]:
    """Yield what each part costs a year, the largest first, and all of them together."""
    named = frame.assign(part=frame["title"] if by == "line" else frame[by]).astype(
        {"part": object}
    )
    named["part"] = [_name(each, by, language) for each in named["part"].tolist()]
    sums = named.pivot_table(index="part", columns="year", values="amount", aggfunc="sum")
    sums = sums.reindex(columns=list(years)).fillna(0.0)
    order = sums.sum(axis=1).sort_values(ascending=False, kind="stable").index
    shown, others = list(order[:_MOST]), list(order[_MOST:])
    for part in shown:
        yield _line(str(part), sums.loc[part].tolist(), language)
    if others:
        title = say("report.costs.others", language, count=len(others))
        yield _line(title, sums.loc[others].sum().tolist(), language)
    yield _line(say("report.total", language), sums.sum().tolist(), language)


def _name(part: object, by: str, language: Language) -> str:
    if part is None or (isinstance(part, float) and pd.isna(part)):
        return say("report.costs.nowhere", language)
    if by == "kind":
        return _KINDS[str(part)].in_(language)
    return show(part, language)


def _line(title: str, amounts: Sequence[float], language: Language) -> tuple[str, ...]:
    cells = [*amounts, sum(amounts)]
    return (title, *(show_number(each, language, 0) for each in cells))


def _beside(frame: pd.DataFrame, language: Language) -> Iterator[str]:
    """Yield what is not part of the total: what is not known, and people without a place."""
    for line, rows in frame.groupby("line", sort=False):
        title = show(rows["title"].iloc[0], language)
        if line == "cost_unplaced":
            amount = show_number(float(rows["amount"].sum()), language, 0)
            yield say("report.costs.unplaced", language, title=title, amount=amount)
        else:
            why = show(rows["why"].iloc[0], language)
            yield say("report.costs.unknown", language, title=title, why=why)
