"""A page with one subject of a comparison as a table: the differences first, then every plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from planner.core.texts import message
from ui.comparing.columns import (
    RULES,
    PlansModel,
    names_of,
    theme_columns,
    theme_digits,
    theme_rows,
    title_of,
    with_binding,
)
from ui.comparing.page import Page
from ui.flow_layout import FlowBox
from ui.results.table import ResultGrid
from ui.widgets import button, heading, muted

if TYPE_CHECKING:
    from ui.comparing.work import ComparisonWork
    from ui.view import Context


class ThemePage(Page):
    """One subject side by side; only what differs, unless everything is asked for."""

    def __init__(self, key: str, context: Context, work: ComparisonWork) -> None:
        """Show a subject by its key."""
        super().__init__(context, work)
        self._key = key
        self._title = heading(1.3)
        self._lead = muted()
        self.differing = QCheckBox()
        self.differing.setChecked(True)
        self._count = muted()
        self.model = PlansModel(context.words)
        self.table = ResultGrid(self.model)
        self.table.sort_by_header()
        self._copy = button(self.table.copy_all)
        self.lay_out(
            self._title,
            self._lead,
            FlowBox(self.differing, self._copy),
            self._count,
            self.table,
            fills=self.table,
        )
        self.differing.toggled.connect(lambda _checked: self.fill())
        self.follow()

    def fill(self) -> None:
        """Show the comparison that there is."""
        shown = self._work.shown
        differing = self.differing.isChecked()
        meaning = self._words.title(title_of(self._key)[1])
        lead = meaning if differing else self._words.say("comparison.everything")
        if shown is not None and self._key in shown.totals_apart:
            lead = f"{lead}. {self._words.tell(message('compare.note.own_months'))}"
        self._lead.setText(lead)
        if shown is None:
            return
        frame = shown.frames[self._key]
        if self._key in RULES:
            frame = with_binding(frame, len(shown.names))
        names = names_of(shown, self._words)
        columns = theme_columns(self._key, names, self._words, None)
        rows = theme_rows(self._key, frame, columns, differing=differing)
        digits = theme_digits(self._key, rows)
        columns = theme_columns(self._key, names, self._words, digits)
        self.model.show_plans(columns, rows, names)
        said = "comparison.rows" if rows else "comparison.no_rows"
        self._count.setText(self._words.say(said, count=len(rows), whole=len(frame)))

    def reword(self) -> None:
        """Say everything again in the language in use."""
        title = self._words.title(title_of(self._key)[0])
        self._title.setText(title)
        self.table.setAccessibleName(title)
        self.differing.setText(self._words.say("comparison.differing"))
        self._copy.setText(self._words.say("chart.copy_data"))
        self._copy.setIcon(self._theme.icon("copy"))
        self.fill()
