"""What the views of the demand calculation share: where charts go, columns, and choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from planner.sheets.forecast_tables import FORECAST_TABLES
from ui.results.model import ShownColumn
from ui.still import StillChoice
from ui.view import Context, View
from ui.widgets import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from planner.jobs.requests import Failed
    from ui.dialogs import Asking
    from ui.forecast.forecasts import Forecasts
    from ui.words import Words


@dataclass(frozen=True)
class Setting(Context):
    """What a view of the demand stands on; `asking` asks and tells the user."""

    forecasts: Forecasts
    asking: Asking

    def tell_failed(self, failed: Failed) -> None:
        """Tell that something could not be done, and why."""
        self.asking.inform(
            self.words.say("forecast.failed"), self.words.tell(failed.told), failed.findings
        )


class ForecastView(View):
    """A view of the last forecast."""

    def __init__(self, setting: Setting) -> None:
        """Stand on what views of the demand share."""
        super().__init__(setting)
        self._forecasts = setting.forecasts

    def take(self) -> None:
        """Show the last forecast."""

    def reword(self) -> None:
        self.take()


def columns(
    table: str, *keys: str, digits: int | None = 0, words: Callable[[object], str] | None = None
) -> list[ShownColumn]:
    """Return columns of a result sheet of the demand, as that declares them."""
    known = {each.key: each for each in FORECAST_TABLES[table].columns}
    return [ShownColumn(key, digits, words, known[key]) for key in keys]


class LabelledChoice:
    """A labelled list to choose from; what is chosen stays when the names are worded again."""

    def __init__(self, key: str, words: Words, chosen: Callable[[], None]) -> None:
        """Label it with a text of the catalogue; `chosen` is called when the user chooses."""
        self._key = key
        self._words = words
        self.label = plain_label()
        self.box = StillChoice()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.label.setBuddy(self.box)
        self.box.activated.connect(lambda _at: chosen())

    @property
    def widgets(self) -> tuple[QWidget, QWidget]:
        """The label and the list."""
        return self.label, self.box

    @property
    def value(self) -> object:
        """What is chosen; nothing where there is nothing to choose."""
        return self.box.currentData()

    def offer(self, options: Sequence[tuple[str, object]]) -> None:
        """Offer options, each a text and a value; the chosen value is kept where it is offered."""
        before = self.value
        with QSignalBlocker(self.box):
            self.box.clear()
            for text, value in options:
                self.box.addItem(text, value)
            values = [value for _, value in options]
            self.box.setCurrentIndex(values.index(before) if before in values else 0)
        self.label.setText(self._words.say(self._key))

    def choose(self, value: object) -> None:
        """Choose a value that is offered, as the program; nobody is called."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(value))
