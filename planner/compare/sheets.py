"""A comparison as sheets and charts of a workbook: only what differs, and charts of the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pandas as pd

from planner.compare.areas import AREAS
from planner.compare.binding import RULES_PLACES
from planner.compare.changes import change_list, places_of
from planner.compare.comparison import TOTALS, UNPLACED, Comparison
from planner.compare.contributions import Contributions, ExplainedFigure
from planner.compare.first_page import first_page
from planner.compare.regret import RegretMatrix, difference
from planner.compare.theme import ComparedTheme, difference_column, plan_column
from planner.compare.words import NAME, SENTENCE, sentences
from planner.core.display_names import called
from planner.core.texts import Message, message, month_words
from planner.files.compare_charts import LineChart, SheetWaterfall
from planner.input.kinds import Listed
from planner.model.measures import MEASURES
from planner.model.objective import LEVELS
from planner.result import PlanOfBook
from planner.sheets.compare_tables import (
    CHANGES,
    CONTRIBUTIONS,
    REGRET,
    THEMES,
    WORDS,
    beside_table,
    comparison_table,
    glance_table,
)
from planner.sheets.result_sheets import ResultSheet


def comparison_sheets(comparison: Comparison) -> Iterator[ResultSheet]:
    """Yield the figures that are read first, words, a sheet a theme, and the change lists."""
    yield beside_sheet(comparison)
    told = sentences(comparison)
    note = message("compare.note.base", base=called(comparison.names[0]))
    notes = (note, *map(_told_of, comparison.plans))
    if comparison.empty:
        notes = (*notes, message("compare.note.same"))
    worded = told[SENTENCE].map(lambda each: each.both)
    yield ResultSheet(WORDS, told.assign(**{NAME: told[NAME].map(called), SENTENCE: worded}), notes)
    for key in THEMES:
        apart = key in TOTALS and not comparison.one_span
        yield ResultSheet(
            comparison_table(key, comparison.names),
            shown(comparison.themes[key]),
            (
                message(f"compare.note.{'places' if key == RULES_PLACES else 'differing'}"),
                *((message("compare.note.areas"),) if key == AREAS else ()),
                *((message("compare.note.own_months"),) if apart else ()),
            ),
        )
    yield ResultSheet(CHANGES, _changes(comparison), (message("compare.note.changes"),))


def beside_sheet(comparison: Comparison) -> ResultSheet:
    """Return the first sheet: people without a place, what else lacks, and each level."""
    page = first_page(comparison)
    rows = []
    for line in page.lines:
        cells: list[object] = [line.what, line.unit, line.figures[0]]
        beside = zip(line.figures[1:], line.more, line.verdicts, strict=True)
        for figure, more, verdict in beside:
            cells += [figure, more, message(f"compare.verdict.{verdict.value}").both]
        rows.append(cells)
    table = beside_table(comparison.names)
    frame = pd.DataFrame(rows, columns=[each.key for each in table.columns], dtype=object)
    note = message("compare.note.base", base=called(comparison.names[0]))
    apart = () if comparison.one_span else (message("compare.note.own_months"),)
    return ResultSheet(table, frame, (note, *page.firsts, *apart, *page.notes()))


def _told_of(plan: PlanOfBook) -> Message:
    """Return which plan goes by a name: its scenario and its months."""
    first, last = (month_words(month) for month in (plan.months[0], plan.months[-1]))
    scenario = called(plan.scenario) if plan.scenario else message("compare.empty").both
    key = "plan_beyond" if plan.case.beyond_forecast else "plan"
    return message(
        f"compare.note.{key}", name=called(plan.name), scenario=scenario, first=first, last=last
    )


def shown(theme: ComparedTheme) -> pd.DataFrame:
    """Return the rows of a theme that differ, in words where a sheet has them."""
    frame = theme.differing
    if "series" in frame:
        worded = [message(f"compare.series.{each}").both for each in frame["series"]]
        frame = frame.assign(series=pd.Series(worded, index=frame.index, dtype=object))
    if theme.key == "inputs":
        columns = [plan_column(number) for number in range(theme.count)]
        return frame.assign(**{each: _labelled(frame[each]) for each in columns})
    return frame


def _labelled(cells: pd.Series) -> pd.Series:
    """Return listed values by their labels, everything else as it is."""
    values = [each.label if isinstance(each, Listed) else each for each in cells]
    return pd.Series(values, index=cells.index, dtype=object)


def _changes(comparison: Comparison) -> pd.DataFrame:
    """Return the change list from the base to each other plan, below one another."""
    base = comparison.plans[0]
    lists = []
    for name, plan in zip(comparison.names[1:], comparison.plans[1:], strict=True):
        made = change_list(places_of(base), plan, base)
        made.insert(0, "name", pd.Series([called(name)] * len(made), dtype=object))
        lists.append(made)
    whole = pd.concat(lists, ignore_index=True) if lists else pd.DataFrame()
    frame = comparison.themes["places"].frame
    names = dict(zip(frame["location"], frame["location_name"], strict=True))
    return whole.assign(location_name=whole["location"].map(names).fillna(""))


def line_charts(comparison: Comparison) -> tuple[LineChart, ...]:
    """Return the charts by month: who has no place, run-off, DOL, emergency and elsewhere."""
    return (
        _chart(comparison, "people", (UNPLACED,), "persons"),
        _chart(comparison, "runoff", ("runoff.needed_beds", "runoff.portfolio_beds"), "beds"),
        _chart(comparison, "dol", ("dol.people", "dol.prepared"), "persons"),
        _chart(comparison, "people", ("people.emergency",), "persons"),
        _chart(comparison, "people", ("people.regular",), "persons"),
    )


def _chart(comparison: Comparison, theme: str, series: Sequence[str], unit: str) -> LineChart:
    frame = comparison.themes[theme].frame
    months: tuple[dt.date, ...] = tuple(sorted(set(frame["month"])))
    figures = {}
    for each in series:
        own = frame[frame["series"] == each].set_index("month").reindex(list(months))
        columns = [own[plan_column(number)].tolist() for number in range(len(comparison.names))]
        figures[each] = [[_known(value) for value in column] for column in columns]
    titles = {each: message(f"compare.series.{each}").both for each in series}
    title = message(f"compare.chart.{series[0]}").both
    return LineChart(title, message(f"unit.{unit}").both, months, figures, titles)


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def waterfalls(comparison: Comparison) -> tuple[SheetWaterfall, ...]:
    """Return how the base's cost becomes each other plan's, part by part."""
    return tuple(waterfall(comparison, number) for number in range(1, len(comparison.names)))


def waterfall(comparison: Comparison, number: int) -> SheetWaterfall:
    """Return how the base's cost becomes another plan's; parts that are equal are left out."""
    parts, measures = comparison.themes["cost"].frame, comparison.themes["measures"].frame
    total = measures[measures["name"] == "cost"].iloc[0]
    steps = tuple(
        (title, float(step))
        for title, step in zip(parts["title"], parts[difference_column(number)], strict=True)
        if step
    )
    base, name = comparison.names[0], comparison.names[number]
    return SheetWaterfall(
        message("compare.chart.cost", base=called(base), name=called(name)).both,
        message("unit.euro").both,
        (called(base), float(total[plan_column(0)])),
        steps,
        (called(name), float(total[plan_column(number)])),
    )


def regret_sheet(matrix: RegretMatrix) -> ResultSheet:
    """Return the regret matrix as a sheet."""
    titles = {each.level.value: each.title for each in LEVELS}
    frame = matrix.frame()
    first = [titles.get(each, "") for each in frame["first_level"]]
    column = pd.Series(first, dtype=object)
    return ResultSheet(
        REGRET,
        frame.assign(first_title=column, **_titled(frame, "decisions_of", "scenario")),
        matrix.notes(),
    )


def _titled(frame: pd.DataFrame, *columns: str) -> dict[str, pd.Series]:
    """Return columns of names of plans as their titles."""
    return {
        name: pd.Series([called(each) for each in frame[name]], index=frame.index, dtype=object)
        for name in columns
    }


def regret_at_a_glance(matrix: RegretMatrix) -> ResultSheet:
    """Return the matrix as one: a row for each decision, a column for what happens.

    A cell names the first level that differs and how much is regretted there.
    """
    titles = {each.level.value: each.title for each in LEVELS}
    rows = []
    for chosen in matrix.names:
        cells: list[object] = [called(chosen)]
        for happens in matrix.names:
            first = matrix.entry(chosen, happens).first
            cells.append(
                message("compare.no_regret").both
                if first is None
                else message("compare.regret_at", level=titles[first[0]], amount=first[1]).both
            )
        rows.append(cells)
    declared = glance_table(matrix.names)
    frame = pd.DataFrame(rows, columns=[each.key for each in declared.columns], dtype=object)
    return ResultSheet(declared, frame, matrix.notes())


def contribution_sheet(found: Sequence[Contributions]) -> ResultSheet:
    """Return what each edit contributes as a sheet; figures that do not differ are left out."""
    rows = [row for each in found for row in _contributed(each)]
    columns = [each.key for each in CONTRIBUTIONS.columns]
    solves = sum(each.solves for each in found)
    notes = [message("compare.note.contributions", solves=solves)]
    if any(each.in_parts for each in found):
        notes.append(message("compare.note.in_parts"))
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    return ResultSheet(CONTRIBUTIONS, frame, tuple(notes))


def _contributed(found: Contributions) -> Iterator[tuple[object, ...]]:
    titles = [each.both for each in found.titles()]
    named = {
        **{("level", each.level.value): each.title for each in LEVELS},
        **{("measure", each.name): each.title for each in MEASURES},
    }
    for each in found.figures:
        if not difference(each.scenario, each.base) and not _any_part(each):
            continue
        about = (found.scenario, named[each.kind, each.name], message(f"unit.{each.unit}").both)
        whole = message("compare.contribution.whole").both
        yield *about, whole, each.whole, each.whole
        for title, part in zip(titles, each.parts, strict=True):
            yield *about, title, part.alone, part.switched_off
        if len(each.parts) > 1:
            yield *about, message("compare.contribution.together").both, each.together, None


def _any_part(each: ExplainedFigure) -> bool:
    return any(
        difference(each.base + (value or 0.0), each.base)
        for part in each.parts
        for value in (part.alone, part.switched_off)
    )
