"""From a difference to the edits that explain it: each alone, each taken away, and together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker

from ui.comparing.columns import signed
from ui.comparing.others import OtherPlan
from ui.comparing.page import Page
from ui.flow_layout import FlowBox
from ui.results.model import ResultModel, ShownColumn, decimals
from ui.results.table import ResultGrid
from ui.still import StillChoice
from ui.why_not import allow
from ui.widgets import button, heading, muted, plain_label

if TYPE_CHECKING:
    from planner.compare.views import ShownContributions, ShownFigure
    from ui.comparing.work import ComparisonWork
    from ui.view import Context


class ExplainedPage(Page):
    """Asks for what explains a plan's difference, and shows it for one figure at a time."""

    def __init__(self, context: Context, work: ComparisonWork, *, within: bool = False) -> None:
        """Show what was found about the plans of a comparison; `within` another page or alone."""
        super().__init__(context, work)
        words = context.words
        self._title = heading(1.3)
        self._lead = muted()
        self.other = OtherPlan(work, words)
        self.start = button(self._ask, main=True)
        self._figure_label = plain_label()
        self.figure = StillChoice()
        self._figure_label.setBuddy(self.figure)
        self._digits = 0
        self.model = ResultModel(
            [
                ShownColumn("comparison_edit"),
                ShownColumn("comparison_alone", words=self._signed),
                ShownColumn("comparison_away", words=self._signed),
                ShownColumn("unit"),
            ],
            words,
        )
        self.table = ResultGrid(self.model)
        self._copy = button(self.table.copy_all)
        self._told = muted()
        self._lay_out(within=within)
        self.other.chosen.connect(self.fill)
        self.figure.currentIndexChanged.connect(lambda _at: self._show_figure())
        work.compared.connect(self.fill)
        work.explained.connect(self.fill)
        work.going.connect(lambda _told: self._show_start())
        self.follow()

    def fill(self) -> None:
        """Show what was found about the chosen plan, or offer to find it."""
        found = self._found
        with QSignalBlocker(self.figure):
            before = self.figure.currentIndex()
            self.figure.clear()
            for each in () if found is None else found.figures:
                title = self._words.title(each.title)
                self.figure.addItem(title[:1].upper() + title[1:])
            self.figure.setCurrentIndex(max(min(before, self.figure.count() - 1), 0))
        self._show_start()
        self._show_figure()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say("comparison.explained.title"))
        self._lead.setText(self._words.say("comparison.explained.lead"))
        self.start.setText(self._words.say("comparison.explained.start"))
        self._figure_label.setText(self._words.say("comparison.explained.figure"))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self.table.setAccessibleName(self._words.say("comparison.explained.title"))
        self.fill()

    def _ask(self) -> None:
        self._work.explain(self.other.at)

    @property
    def _found(self) -> ShownContributions | None:
        return self._work.contributed.get(self.other.at)

    def _show_start(self) -> None:
        """Offer to find what explains the chosen plan, or say why that cannot be found."""
        shown, at = self._work.shown, self.other.at
        why_not = shown.unexplained[at] if shown is not None and at else None
        found = self._found
        self.start.setVisible(found is None)
        able = bool(at) and why_not is None and not self._work.finding
        key = "going" if self._work.finding else "no_comparison"
        told = self._words.say(f"why_not.{key}") if why_not is None else self._words.tell(why_not)
        allow(self.start, "" if able else told)
        if why_not is not None:
            self._told.setText(self._words.tell(why_not))
        elif found is None:
            self._told.setText("")
        else:
            key = "comparison.explained.reads" if found.figures else "comparison.explained.none"
            self._told.setText(self._words.say(key, solves=found.solves))

    def _show_figure(self) -> None:
        found, at = self._found, self.figure.currentIndex()
        there = found is not None and at >= 0
        for each in (self._figure_label, self.figure, self.table, self._copy):
            each.setVisible(there)
        if found is not None and at >= 0:
            rows = self._rows(found.figures[at])
            self._digits = decimals(value for row in rows for value in row)
            self.model.show(rows)

    def _signed(self, value: object) -> str:
        return str(signed(self._words, self._digits)(value))

    def _rows(self, figure: ShownFigure) -> list[tuple[object, ...]]:
        """Return the edits, what they do only together, and the whole, which adds up."""
        unit = figure.unit
        rows: list[tuple[object, ...]] = [
            (self._words.tell(part.edit), part.alone, part.switched_off, unit)
            for part in figure.parts
        ]
        if len(figure.parts) > 1:
            rows.append(
                (self._words.say("comparison.explained.together"), figure.together, None, unit)
            )
        return [
            *rows,
            (self._words.say("comparison.explained.whole"), figure.whole, figure.whole, unit),
        ]

    def _lay_out(self, *, within: bool) -> None:
        self.lay_out(
            self._title,
            self._lead,
            FlowBox(self.other, self.start, self._figure_label, self.figure, self._copy),
            self._told,
            self.table,
            fills=self.table,
            within=within,
        )
