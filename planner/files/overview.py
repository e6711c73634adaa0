"""The first sheet of a plan's workbook: what a director reads on one page, and what it rests on.

Page one: who has a place, what does not hold, what is to be decided where, from when and for how
much, and three charts. The pages after it: assumptions, the months, priorities and shortfalls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from planner.core.over_months import WHOLE_FROM
from planner.core.texts import Language, Message, say, show, show_date, show_month
from planner.files.cell_writer import Styles
from planner.files.made_by import LAYOUT
from planner.files.overview_charts import CHART_ROWS, OverviewCharts
from planner.files.overview_months import MonthTable
from planner.files.overview_page import OverviewPage
from planner.files.overview_results import ResultLines
from planner.sheets.answer import in_short
from planner.sheets.cell_links import Links
from planner.sheets.check_verdicts import unknown_checks
from planner.sheets.decision_lines import decision_lines, largest
from planner.sheets.result_sheets import ResultSheet
from planner.sheets.result_tables import RESULT_TABLES, TOLD_ELSEWHERE

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_MOST_DECISIONS = 10
# The note that belongs before every figure.
BEYOND_FORECAST = "plan.beyond_forecast"


class OverviewWriter:
    """Writes the overview of a plan in a language."""

    def __init__(
        self,
        workbook: Workbook,
        page: Worksheet,
        styles: Styles,
        language: Language,
        links: Links | None = None,
    ) -> None:
        """Keep the workbook, the sheet to write on, and where its figures lead."""
        self._links = links or Links()
        self._workbook = workbook
        self._sheet = page
        self._page = OverviewPage(page, styles, language)
        self._styles = styles
        self._language = language

    def write(
        self,
        results: Mapping[str, ResultSheet],
        runoff: tuple[str, int],
        labels: Iterable[str],
    ) -> None:
        """Write the pages; `runoff` is the name of that sheet and the row of its header, from 0."""
        frames = {key: each.frame for key, each in results.items()}
        self._head(results, labels)
        self._page.heading(self._say("overview.answer"))
        self._answer(frames)
        self._decisions(frames)
        charts_at = self._page.row
        self._page.skip(CHART_ROWS)
        assumptions = self._page.row
        self._assumptions(frames, results["summary"])
        table_at = self._page.row
        first = MonthTable(self._page, self._links).write(frames, runoff)
        months = len(frames["runoff"])
        OverviewCharts(self._workbook, self._sheet, self._language).draw(charts_at, first, months)
        priorities = self._page.row
        lines = ResultLines(self._page, self._links)
        lines.levels(frames["levels"], frames.get("measures"))
        lines.shortfalls(frames["shortfalls"], frames["runoff"]["month"].tolist()[-1])
        self._page.printed()
        hidden = tuple(RESULT_TABLES[key].title for key in TOLD_ELSEWHERE if key in results)
        words = (
            self._say("overview.hidden", sheets=hidden),
            self._say("overview.layout", version=LAYOUT),
        )
        self._page.text(" ".join(words), font_color="#555555")
        # The first page is for who decides; charts that it has no room for begin the second.
        own = {assumptions} if self._page.fits(0, assumptions) else set()
        blocks = (charts_at, assumptions, table_at, priorities)
        self._page.finish(self._page.breaks(blocks, {*own, priorities}))

    def _say(self, key: str, /, **fields: object) -> str:
        return say(key, self._language, **fields)

    def _head(self, results: Mapping[str, ResultSheet], labels: Iterable[str]) -> None:
        """Write the title, and which plan it is."""
        months = results["runoff"].frame["month"].tolist()
        first, last = (show_month(each, self._language) for each in (months[0], months[-1]))
        self._page.title(self._say("overview.title", first=first, last=last))
        summary = results["summary"].frame
        told = [
            f"{show(subject, self._language)}: {show(value, self._language)}"
            for subject, value in summary[["subject", "value"]].iloc[2:5].itertuples(index=False)
        ]
        self._page.text(" · ".join([*told, *labels]), font_color="#555555")
        self._page.text(self._say("overview.status.draft"), font_color="#555555")
        for note in results["summary"].notes:
            if isinstance(note, Message) and note.key == BEYOND_FORECAST:
                self._page.text(show(note, self._language), bold=True)

    def _answer(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Write what the plan answers, a sentence a row; who has a place stands out."""
        verdict, *others = in_short(frames)
        self._page.text(verdict.text(self._language), bold=True, font_size=12, bg_color="#E8EDF3")
        for sentence in others:
            self._page.text(f"\N{BULLET} {sentence.text(self._language)}")

    def _decisions(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Write what is to be decided: where, what, by and from when, how many places, the cost."""
        self._page.heading(self._say("overview.to_decide"))
        found = list(decision_lines(frames))
        if not found:
            self._page.text(self._say("overview.nothing_to_decide"))
            return
        shown = largest(found, _MOST_DECISIONS)
        keys = ("place", "decision", "before", "month", "beds", "cost")
        self._page.cells(
            [self._say(f"overview.decided.{key}") for key in keys],
            _SPANS,
            header=True,
            numbers=(4, 5),
        )
        for each in shown:
            whole = round((each.cost or 0) / _MILLION, 1) >= WHOLE_FROM
            self._page.cells(
                [
                    ", ".join(filter(None, (each.location, each.where))),
                    each.decision.label.in_(self._language),
                    "" if each.before is None else show_date(each.before, self._language),
                    show_month(each.month, self._language),
                    each.places,
                    each.cost,
                ],
                _SPANS,
                digits=("", "", "", "", "#,##0", _WHOLE_MILLIONS if whole else _MILLIONS),
            )
        more = len(found) - len(shown)
        words = [self._say("overview.more_decisions", count=more)] if more else []
        words.append(self._say("overview.decided.all_cost"))
        self._page.text(" ".join(words), font_color="#555555")

    def _assumptions(self, frames: Mapping[str, pd.DataFrame], summary: ResultSheet) -> None:
        """Write what has to be known first: what differs from the supplied values, and such."""
        self._page.heading(self._say("overview.assumptions"))
        notes = [show(note, self._language) for note in summary.notes]
        notes += [each.text(self._language) for each in unknown_checks(frames)]
        for note in notes or [self._say("overview.as_supplied")]:
            self._page.text(f"\N{BULLET} {note}")


# In millions, so that it fits, and from ten on without decimals; the cell holds the euros.
_MILLIONS, _WHOLE_MILLIONS = "#,##0.0,,", "#,##0,,"
_MILLION = 1e6
# How many columns of the page each of the six cells of a decision takes.
_SPANS = (3, 1, 1, 1, 1, 1)
