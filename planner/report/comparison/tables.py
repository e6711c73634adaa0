"""The tables of a comparison on paper: the difference on top, the figure itself below it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planner.compare.comparison import TOTALS
from planner.compare.theme import ComparedTheme, difference_column, plan_column, same
from planner.core.texts import show, show_month
from planner.input.column import Column, ColumnType
from planner.report.comparison.printed import Printed
from planner.report.paper import Paper, PrintedColumn
from planner.sheets.compare_tables import ROW_KEY, comparison_table

# So many rows of a theme are printed: the largest differences. The workbook has them all.
MOST_ROWS = 12
# Columns that stand behind or below another one, so that six plans fit beside one another.
_BEHIND: Mapping[str, tuple[str, ...]] = {
    "title": ("unit",),
    "rule_title": ("unit", "source"),
    "location": ("location_name", "province", "region"),
    "table": ("row_name",),
    "sheet": ("cell",),
}
# Where the source has been told already, by rule.
_SOURCE_TOLD = ("shortfalls_province", "shortfalls_location", "rules_places")
BINDING = "rules"  # they bind, or they do not
_SHARES: Mapping[str, float] = {"month": 1.1, "decision": 1.4}
_BROAD, _NARROW = 0.132, 0.098  # the part of the width that a plan takes
_MONEY = ("levels", "measures")
_ROOM = 120.0  # points below a heading: the head of a table and its first rows


def themes(paper: Paper, printed: Printed, *keys: str) -> None:
    """Print themes one after another, each only as far as its plans differ."""
    for key in keys:
        theme_table(paper, printed, key)


def theme_table(paper: Paper, printed: Printed, key: str, most: int = MOST_ROWS) -> None:
    """Print the rows of a theme that differ, or that none do.

    Of a long list the largest differences are printed, and how many more there are.
    """
    declared = comparison_table(key, printed.names)
    theme = printed.theme(key)
    differing = theme.differing
    room = 20.0 if differing.empty else _ROOM
    paper.heading(declared.title.in_(printed.language), 2, below=room)
    if differing.empty:
        paper.paragraph(printed.say("compare.paper.equal"))
        return
    if key in TOTALS:
        own_months(paper, printed)
    about = _about(key, printed)
    part = _BROAD if key in _MONEY else _NARROW
    whole = sum(each.share for each in about)
    left = 1.0 - part * len(printed.names)
    columns = [
        PrintedColumn(each.column.title.in_(printed.language), left * each.share / whole)
        for each in about
    ]
    columns += [PrintedColumn(head, part, right=True) for head in printed.heads()]
    kept = largest(differing, theme, most)
    rows = [
        (
            *(each.cell(row, printed) for each in about),
            *_figures(printed, theme, row),
        )
        for _, row in kept.iterrows()
    ]
    paper.table(columns, rows)
    more_rows(paper, printed, len(differing) - len(rows))


def own_months(paper: Paper, printed: Printed) -> None:
    """Print that totals are of each plan's own months, where those are not the same."""
    if not printed.comparison.one_span:
        paper.paragraph(printed.say("compare.note.own_months"), small=True)


def more_rows(paper: Paper, printed: Printed, left: int) -> None:
    """Print how many rows are not printed, if any."""
    if left > 0:
        paper.paragraph(printed.say("compare.paper.more_rows", count=left), small=True)


@dataclass(frozen=True)
class _About:
    """A column that says what a row is about, with what stands behind it in its cells."""

    column: Column
    behind: tuple[Column, ...]

    @property
    def share(self) -> float:
        """How broad it is beside the others."""
        return _SHARES.get(self.column.key, 2.0)

    def cell(self, row: pd.Series, printed: Printed) -> str:
        """Return the words of a row."""
        told = _told(printed, row[self.column.key], self.column)
        for each in self.behind:
            more = _told(printed, row[each.key], each)
            if each.key == "unit":
                told = f"{told} ({more})" if more else told
            elif each.key == "source":
                told = f"{told}\n{more}"
            else:
                told = f"{told} {more}".strip()
        return told


def _about(key: str, printed: Printed) -> list[_About]:
    columns = {
        each.key: each
        for each in comparison_table(key, printed.names).columns
        if not each.key.startswith(("plan_", "difference_"))
        and each.key != ROW_KEY
        and not (each.key == "source" and key in _SOURCE_TOLD)
    }
    behind = {
        first: tuple(columns[each] for each in names if each in columns)
        for first, names in _BEHIND.items()
        if first in columns
    }
    taken = {each.key for columns_behind in behind.values() for each in columns_behind}
    return [
        _About(each, behind.get(each.key, ())) for each in columns.values() if each.key not in taken
    ]


def largest(differing: pd.DataFrame, theme: ComparedTheme, most: int) -> pd.DataFrame:
    """Return the rows that differ most, in their order; all of them where there are few."""
    if len(differing) <= most:
        return differing
    columns = [difference_column(number) for number in range(1, theme.count)]
    if any(each not in differing for each in columns):
        return differing.head(most)
    sizes = differing[columns].abs().max(axis=1).fillna(np.inf).astype(float)
    kept = sizes.nlargest(most, keep="first").index
    return differing[differing.index.isin(kept)]


def _figures(printed: Printed, theme: ComparedTheme, row: pd.Series) -> tuple[str, ...]:
    """Return what stands below the plans: the base's figure, and each difference and figure."""
    cells = [_told(printed, row[plan_column(0)])]
    for number in range(1, theme.count):
        value = row[plan_column(number)]
        less = row.get(difference_column(number))
        if theme.key == BINDING:
            cells.append(_turned(printed, row[plan_column(0)], value))
        elif isinstance(less, float) and not np.isnan(less):
            cells.append(f"{printed.signed(less)}\n{printed.number(value)}" if less else "=")
        else:
            equal = same(row[plan_column(0)], value)
            cells.append("=" if equal else _told(printed, value))
    return tuple(cells)


def _turned(printed: Printed, was: object, now: object) -> str:
    """Return whether a rule began or ceased to bind."""
    return (
        "="
        if bool(was) == bool(now)
        else printed.say("compare.paper.began" if now else "compare.paper.ceased")
    )


def _told(printed: Printed, value: object, column: Column | None = None) -> str:
    """Return a value in words; a dash where it is not known."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "\N{EN DASH}"
    if isinstance(value, float) and column is None:
        return printed.number(value)
    if column is not None and column.choices is not None:
        label = next((each.label for each in column.choices if each.value == value), value)
        return show(label, printed.language)
    if isinstance(value, dt.date) and column is not None and column.holds is ColumnType.MONTH:
        return show_month(value, printed.language)
    return show(getattr(value, "label", value), printed.language)


def frame_table(
    paper: Paper,
    frame: pd.DataFrame,
    columns: Sequence[tuple[PrintedColumn, str, Callable[[Any], str]]],
) -> None:
    """Print a frame: for each column its head, its key, and how a cell is worded."""
    cells = [[say(value) for value in frame[key].tolist()] for _, key, say in columns]
    paper.table([head for head, _, _ in columns], list(zip(*cells, strict=True)))
