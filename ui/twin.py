"""A chart and its table twin: what the one draws, the other lists; both can be taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from ui.pieces import button, heading, muted, row
from ui.result_table import ResultTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.charts import ChartPanel
    from ui.result_model import ResultModel
    from ui.theme import Theme
    from ui.words import Words


class Twin(QScrollArea):
    """A chart above the table of the same figures."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        key: str,
        chart: ChartPanel,
        model: ResultModel,
        *,
        words: Words,
        theme: Theme,
        ask_path: Callable[[str], Path | None],
    ) -> None:
        """Show a chart and a table; texts go by `key`; `ask_path` asks where to save."""
        super().__init__()
        self._key = key
        self._words = words
        self._theme = theme
        self._ask_path = ask_path
        self.chart = chart
        self.model = model
        self._title = heading()
        self._lead = muted()
        self._copy_picture = button(chart.copy_picture)
        self._copy_data = button(self._copy_table)
        self._save = button(self._save_chart)
        self._table = ResultTable(model)
        self._lay_out()
        words.changed.connect(self.reword)
        theme.changed.connect(self.reword)
        self.reword()

    def reword(self) -> None:
        """Say everything again in the language in use."""
        self._title.setText(self._words.say(f"{self._key}.title"))
        self._lead.setText(self._words.say(f"{self._key}.lead"))
        self._copy_picture.setText(self._words.say("chart.copy_picture"))
        self._copy_data.setText(self._words.say("chart.copy_data"))
        self._save.setText(self._words.say("chart.save"))
        self._copy_picture.setIcon(self._theme.icon("picture"))
        self._copy_data.setIcon(self._theme.icon("copy"))
        self._save.setIcon(self._theme.icon("export"))
        self._table.setAccessibleName(self._words.say(f"{self._key}.title"))
        self._table.fit_columns()

    def _copy_table(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_text())

    def _save_chart(self) -> None:
        path = self._ask_path(self._words.say(f"{self._key}.title"))
        if path is not None:
            self.chart.save(path)

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.chart)
        halves.addWidget(self._table)
        halves.setSizes([600, 400])
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        # What the halves would like does not count: the page scrolls only below their least.
        halves.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        lines = self.fontMetrics().height()
        self._table.setMinimumHeight(lines * 8)
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(16, 14, 16, 14)
        box.addWidget(self._title)
        box.addWidget(self._lead)
        box.addWidget(row(self._copy_picture, self._copy_data, self._save))
        box.addWidget(halves, 1)
        self.setWidgetResizable(True)  # a small or enlarged screen scrolls instead of cutting off
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(page)
