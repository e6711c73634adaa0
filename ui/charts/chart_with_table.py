"""A chart and its table twin: what the one draws, the other lists; both can be taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.core.errors import OpvangplanError
from ui.charts.panel import ChartPanel
from ui.flow_layout import GAP, FlowBox
from ui.results.table import ResultGrid
from ui.splitter_state import keep_share
from ui.view import View
from ui.widgets import Saying, button, heading, muted, plain_label, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from ui.charts.parts import Picture
    from ui.results.model import ResultModel
    from ui.view import Context

MARGIN = 16  # pixels beside a page


class Halves(QSplitter):
    """Two widgets that share the height; a page scrolls only below the least that they need."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class ChartWithTable(View):
    """A chart above the table of the same figures."""

    def __init__(  # noqa: PLR0913 - what it stands on
        self,
        key: str,
        chart: Picture,
        model: ResultModel,
        context: Context,
        *,
        controls: Sequence[QWidget] = (),
        above: QWidget | None = None,
    ) -> None:
        """Show a chart and a table; texts go by `key`.

        `controls` choose what is shown and stand above the chart; `above` stands between them.
        """
        super().__init__(context)
        self._key = key
        self.chart = ChartPanel(chart, context.words, context.theme)
        self.model = model
        self._title = heading()
        self._lead = muted()
        self._copy_picture = button(self.chart.copy_picture)
        self._copy_data = button(self._copy_table)
        self._save = button(self._save_chart)
        self._table = ResultGrid(model)
        self._remark = plain_label()
        self._remark.setWordWrap(True)
        self._remark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remark.hide()
        self._told = Saying(self._words)  # how saving went
        self._told.hide()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._links = FlowBox(self._copy_picture, self._copy_data, self._save)
        self._lay_out(controls, above)
        self.chart.share_month(context.session.month)
        context.session.month.changed.connect(self._take_month)
        self.follow()

    def remark(self, text: str) -> None:
        """Say something about what is shown, above the chart; nothing when empty."""
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    @property
    def table(self) -> ResultGrid:
        """The table of the figures that the chart draws."""
        return self._table

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
        self._place_links()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_links()

    def _place_links(self) -> None:
        """Put what takes the chart along beside the title where both fit on a line, else below."""
        links = (self._copy_picture, self._copy_data, self._save)
        wanted = sum(each.sizeHint().width() + GAP for each in links)
        title = self._title.fontMetrics().horizontalAdvance(self._title.text())
        beside = title + wanted + 4 * MARGIN <= self.width()
        self._links.setMinimumWidth(wanted if beside else 0)
        ways = QBoxLayout.Direction
        self._head.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _take_month(self) -> None:
        """Choose the row of the month that is looked at, where there is one."""
        month = self._session.month.month
        for at in range(self.model.rowCount()):
            if self.model.row(at)[0] == month:
                self._table.setCurrentIndex(self.model.index(at, 0))
                return

    def _copy_table(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_text())

    def _save_chart(self) -> None:
        path = self._context.ask_path(self._words.say(f"{self._key}.title"))
        if path is None:
            return
        try:
            self.chart.save(path)
        except OpvangplanError as fault:
            told = fault.told
            self._told.tell(lambda: self._words.tell(told))
        else:
            self._told.tell(lambda: self._words.say("map.saved", path=path))
        self._told.show()

    def _lay_out(self, controls: Sequence[QWidget], above: QWidget | None) -> None:
        halves = Halves(Qt.Orientation.Vertical)
        halves.addWidget(self.chart)
        halves.addWidget(self._table)
        halves.setSizes([600, 400])
        halves.setStretchFactor(0, 3)
        halves.setStretchFactor(1, 2)
        halves.setChildrenCollapsible(False)
        lines = self.fontMetrics().height()
        self._table.setMinimumHeight(lines * 6)
        keep_share(halves, f"chart/{self._key}")
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(MARGIN, 10, MARGIN, 10)
        for each in (self._copy_picture, self._copy_data, self._save):
            each.setProperty("link", "true")
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._links)
        box.addLayout(self._head)
        box.addWidget(self._lead)
        box.addWidget(self._remark)
        if controls:
            box.addWidget(FlowBox(*controls))
        box.addWidget(self._told)
        if above is not None:
            box.addWidget(above)
        box.addWidget(halves, 1)
        self.hold(scrolling(page))
