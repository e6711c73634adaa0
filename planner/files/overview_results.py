"""What each priority came to, and what falls short by source, on the first sheet's last page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from planner.core.over_months import SHARES, OverMonths
from planner.core.texts import Language, month_words, say, show
from planner.files.cell_writer import INDENTED
from planner.files.overview_page import OverviewPage
from planner.input.kinds import Standing
from planner.sheets.answer import COST_BESIDE, cost_beside
from planner.sheets.cell_links import Links
from planner.sheets.counted_once import counted_once
from planner.sheets.result_tables import LevelName
from planner.sheets.units import digits_of, unit_key, unit_title

_MOST_SHORTFALLS = 12
_LEVELS, _SHORTFALLS = (3, 2, 3), (5, 1, 2)


class ResultLines:
    """Writes priorities and shortfalls."""

    def __init__(self, page: OverviewPage, links: Links) -> None:
        """Keep the page to write on, and where its figures lead."""
        self._page = page
        self._links = links

    def _say(self, key: str, /, **fields: object) -> str:
        return say(key, self._page.language, **fields)

    def _unit(self, unit: object) -> str:
        return unit_title(show(unit, self._page.language), self._page.language)

    def levels(self, frame: pd.DataFrame, measures: pd.DataFrame | None) -> None:
        """Write what each priority came to.

        Below the cost stands what people without a place would cost, if there are any.
        """
        self._page.heading(self._say("overview.levels"))
        titles = [self._say(f"overview.{key}") for key in ("level", "value", "unit")]
        self._page.cells(titles, _LEVELS, header=True, numbers=(1,))
        labels = {each.value: each.label.in_(self._page.language) for each in LevelName}
        labels |= {COST_BESIDE: self._say("overview.cost_unplaced")}
        for name, unit, value in _with_cost_beside(frame, measures):
            share = unit_key(show(unit, Language.EN)) in SHARES
            digits = "0.0%" if share else "#,##0.0#" if digits_of(value) else "#,##0"
            title = labels.get(str(name), str(name))
            urls = (self._links.levels.get(str(name)),)
            self._page.cells([title, value, self._unit(unit)], _LEVELS, digits=digits, urls=urls)

    def shortfalls(self, frame: pd.DataFrame, until: dt.date) -> None:
        """Write what falls short by source: the worst month, and below it the rest and why."""
        self._page.heading(self._say("overview.shortfalls"))
        lines = shortfalls_by_source(counted_once(frame), self._page.language, until)
        if not lines:
            self._page.text(self._say("overview.no_shortfalls"))
            return
        for rule, title, source, short in lines[:_MOST_SHORTFALLS]:
            month, worst = short.worst
            words = self._say(
                "overview.unit_in", unit=self._unit(short.unit), month=month_words(month)
            )
            digits = "#,##0" if digits_of(worst) == 0 else "#,##0.0#"
            urls = (self._links.lines.get((rule, "")), self._links.shortfalls.get((rule, month)))
            self._page.cells([title, worst, words], _SHORTFALLS, digits=digits, urls=urls)
            rest = f"{short.after_worst.text(self._page.language)} · {source}"
            self._page.text(rest, 0, font_color="#555555", **INDENTED)
        if len(lines) > _MOST_SHORTFALLS:
            self._page.text(self._say("overview.more", count=len(lines) - _MOST_SHORTFALLS))


def _with_cost_beside(
    frame: pd.DataFrame, measures: pd.DataFrame | None
) -> Iterator[tuple[object, object, float]]:
    """Yield name, unit and value of each level, and of what the cost leaves out below it."""
    beside = cost_beside(measures)
    for name, unit, value in frame[["name", "unit", "value"]].itertuples(index=False):
        yield name, unit, value
        if name == "cost" and beside is not None:
            yield COST_BESIDE, *beside


def shortfalls_by_source(
    frame: pd.DataFrame, language: Language, until: dt.date
) -> list[tuple[str, str, str, OverMonths]]:
    """Return each rule and source that falls short: rule, title, source, how much by month.

    Laws come first, then exceptions and the others; inside, the order is that of the levels. The
    source begins with what the rule rests on, where the plan says so.
    """
    if frame.empty:
        return []
    told = "standing" in frame.columns
    labels = {each.value: each.label for each in Standing}
    order = list(labels)
    cited = frame.groupby(["rule", frame["source"].map(str)], sort=False)
    rows_of = [rows for _, rows in cited]
    if told:
        rows_of.sort(key=lambda rows: order.index(str(rows["standing"].iloc[0])))
    found = []
    for rows in rows_of:
        first = rows.iloc[0]
        title = first["rule_title"] if "rule_title" in frame.columns else first["rule"]
        source = show(first["source"], language)
        if told:
            source = f"{labels[str(first['standing'])].in_(language)}: {source}"
        line = (
            str(first["rule"]),
            show(title, language),
            source,
            OverMonths.of(
                unit_key(show(first["unit"], Language.EN)),
                zip(rows["month"], rows["amount"], strict=True),
                until,
            ),
        )
        found.append(line)
    return found
